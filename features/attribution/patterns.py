"""The patterns of ``patterns.toml``, compiled once a language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from features.languages import LANGUAGES
from features.text import Analysis, Token

#: How a described person begins: "ein Lotse", "one rider"; with regard to case.
_PERSON: Final = {
    "de": r"\b(?P<who>[Ee]ine?(?: (?:[a-zäöü]\w+|[A-ZÄÖÜ]\w+er))? (?P<noun>(?=[A-ZÄÖÜ])(?i:\w*{ending})))\b",
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
        self._affixes: dict[str, tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]] = {}

    def compiled(self, name: str) -> re.Pattern[str]:
        """One pattern for all of a list (or a single pattern), whole words, for text in lower case."""
        if name not in self._compiled:
            given = self.data.get(name, [])
            inner = "|".join([given] if isinstance(given, str) else given) or "(?!)"
            self._compiled[name] = re.compile(rf"\b(?:{inner})(?!\w)")
        return self._compiled[name]

    def find(self, name: str, analysis: Analysis, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Non-overlapping matches in a stretch of the body."""
        text = lowered(analysis)
        return self.compiled(name).finditer(text, start, len(text) if end is None else end)

    def endings(self, name: str, analysis: Analysis) -> Iterator[Token]:
        """Tokens of the body that end in a word of a list; one written with "*" at its end is a beginning."""
        if name not in self._affixes:
            words = self.data.get(name, "").split()
            self._affixes[name] = (
                frozenset(w[1:] for w in words if w.startswith("=")),
                tuple(w[:-1] for w in words if w.endswith("*")),
                tuple(w for w in words if not w.endswith("*") and not w.startswith("=")),
            )
        whole, heads, tails = self._affixes[name]
        for token, low in zip(analysis.body.tokens, analysis.body.lower, strict=True):
            if low in whole or low.startswith(heads) or low.endswith(tails):
                yield token

    def words(self, name: str) -> frozenset[str]:
        """Words of a list."""
        return frozenset(self.data.get(name, "").split())


def lowered(analysis: Analysis) -> str:
    """The body in lower case, character for character: a letter whose small form is longer stays as it is."""
    text: str | None = analysis.memo.get("lowered")
    if text is None:
        raw = analysis.body.raw
        text = raw.lower()
        if len(text) != len(raw):
            text = "".join(low if len(low := c.lower()) == 1 else c for c in raw)
        analysis.memo["lowered"] = text
    return text


@cache
def patterns_of(code: str) -> Patterns:
    """Patterns of a language; one without a section here has those of its language file."""
    data = tomllib.loads(Path(__file__).with_name("patterns.toml").read_text(encoding="utf-8"))
    own = LANGUAGES.get(code)
    return Patterns(code, data.get(code) or {"circles": list(own.vague_sources) if own else []})
