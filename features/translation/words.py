"""Word lists of the German checks, read from ``words-de.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

_LISTS: Final = Path(__file__).parent / "words-de.toml"


@cache
def _lists() -> dict[str, dict[str, str]]:
    return tomllib.loads(_LISTS.read_text(encoding="utf-8"))


def words(module: str, name: str) -> frozenset[str]:
    """A word list by the module that uses it and its name there.

    Raises
    ------
    KeyError
        If there is none.
    """
    try:
        return frozenset(_lists()[module][name].split())
    except KeyError:
        raise KeyError(f"No word list {name!r} of {module!r} in {_LISTS.name}.") from None
