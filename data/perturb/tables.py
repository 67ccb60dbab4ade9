"""The tables of a language: ``de.toml`` and ``en.toml`` beside this module."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

_HERE: Final = Path(__file__).resolve().parent
LANGUAGES: Final = frozenset(path.stem for path in _HERE.glob("*.toml"))


@cache
def tables(language: str) -> dict[str, Any]:
    """All tables of a language; an empty dict where there is no file."""
    path = _HERE / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if language in LANGUAGES else {}


@cache
def pairs(language: str, name: str) -> dict[str, str]:
    """A table of pairs, right -> wrong."""
    return dict(tables(language).get(name, []))


@cache
def words(language: str, name: str) -> tuple[str, ...]:
    """A table that is a list of words in one string."""
    return tuple(tables(language).get(name, "").split())


@cache
def finder(language: str, name: str) -> re.Pattern[str]:
    """Any entry (left side of a pair, or word) of a table as a whole word; long ones first."""
    table = tables(language).get(name, [])
    entries = table.split() if isinstance(table, str) else [e if isinstance(e, str) else e[0] for e in table]
    listed = "|".join(re.escape(e) for e in sorted(set(entries), key=lambda e: (-len(e), e)))
    return re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])" if listed else r"(?!)")
