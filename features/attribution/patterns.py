"""The patterns of ``patterns.toml``, compiled once a language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

#: How a described person begins: "ein Lotse", "one rider"; with regard to case.
_PERSON: Final = {
    "de": r"\b(?P<who>(?:[Ee]ine?)(?: (?:[a-zäöü]\w+|[A-ZÄÖÜ]\w+er|[A-ZÄÖÜ]\w+))? (?P<noun>[A-ZÄÖÜ]\w*{ending}))\b",
    "en": r"\b(?P<who>(?:[Aa]n?|[Oo]ne|[Aa]nother)(?: [a-z]\w+)? (?P<noun>\w*{ending}))\b",
}


class Patterns:
    """Patterns of one language; those it does not have match nothing."""

    def __init__(self, code: str, data: dict[str, Any]) -> None:
        self.data = data
        ending = data.get("persons", "(?!)")
        self.person = re.compile(_PERSON.get(code, r"(?P<who>(?P<noun>(?!)))").replace("{ending}", ending))
        self.no_person = re.compile(data.get("not_persons", "(?!)"))
        self._compiled: dict[str, re.Pattern[str]] = {}

    def compiled(self, name: str) -> re.Pattern[str]:
        """One pattern for all of a list (or a single pattern), whole words, without regard to case."""
        if name not in self._compiled:
            given = self.data.get(name, [])
            inner = "|".join([given] if isinstance(given, str) else given) or "(?!)"
            self._compiled[name] = re.compile(rf"\b(?:{inner})(?!\w)", re.IGNORECASE)
        return self._compiled[name]

    def find(self, name: str, raw: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Non-overlapping matches in a stretch of text."""
        return self.compiled(name).finditer(raw, start, len(raw) if end is None else end)

    def words(self, name: str) -> frozenset[str]:
        """Words of a list."""
        return frozenset(self.data.get(name, "").split())


@cache
def patterns_of(code: str) -> Patterns:
    """Patterns of a language."""
    data = tomllib.loads(Path(__file__).with_name("patterns.toml").read_text(encoding="utf-8"))
    return Patterns(code, data.get(code, {}))
