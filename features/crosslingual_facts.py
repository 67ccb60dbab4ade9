"""What can be compared with a source document in any language: figures, days, years and names.

The language of the source is found by its small words. German and English sources are read like the
article; of others digits, small numbers in words and the names of months are read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from features.factual.words import CODES, words_of
from features.languages import LANGUAGES
from features.statements import Statements, parse_digits
from features.text import Analysis, Text

_FILE: Final = Path(__file__).parent / "factual" / "source.toml"
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SPACES: Final = re.compile(r"[ \u00a0\u202f]")
#: How many of the next numbers, and how near, a number is computed with.
_NEAR: Final = 5
_ROOM: Final = 220
_NUMBER: Final = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)*")
_DAY: Final = re.compile(r"(?<!\d)(\d{1,2})(?:\.|er|st|nd|rd|th)?\s+(?:de |of )?([^\W\d_]{3,})")
_MONTH_FIRST: Final = re.compile(r"\b([^\W\d_]{3,}) (\d{1,2})\b")
_MAGNITUDES: Final = (
    (1e9, ("milliard", "миллиард", "milyar", "miliard")),
    (1e6, ("million", "миллион", "milyon", "mill", "milion")),
)


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _small_words() -> dict[str, frozenset[str]]:
    """Small words by language."""
    found = {code: frozenset(LANGUAGES[code].function_words) for code in CODES}
    return found | {code: frozenset(table["function_words"].split()) for code, table in _tables().items()}


def language_of(raw: str) -> str:
    """Language of a text by the share of its small words; "" where none reaches five per cent."""
    words = [w.lower() for w in _WORD.findall(raw[:4000])]
    if not words:
        return ""
    best, code = max((sum(w in small for w in words), code) for code, small in _small_words().items())
    return code if best >= 0.05 * len(words) else ""


class Mark(NamedTuple):
    """A number of the source; ``dimension`` is that of its unit, "" without one, "?" where units are not read."""

    start: int
    value: float
    dimension: str


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """Figures, days and years of a source document.

    ``marks`` holds every number in the order of the text, also as it stands without magnitude and unit; ``made`` are
    sums, differences and shares of neighbouring ones; ``days`` are (day, month).
    """

    language: str
    marks: tuple[Mark, ...]
    made: tuple[float, ...]
    shares: tuple[float, ...]
    days: frozenset[tuple[int, int]]
    years: frozenset[int]


def _days(raw: str, months: list[str]) -> Iterable[tuple[int, int]]:
    for match in _DAY.finditer(raw):
        word = match[2].lower()
        yield from ((int(match[1]), i) for i, month in enumerate(months, 1) if word.startswith(month))
    for match in _MONTH_FIRST.finditer(raw):
        word = match[1].lower()
        yield from ((int(match[2]), i) for i, month in enumerate(months, 1) if word.startswith(month))


def _foreign(raw: str, table: dict[str, Any]) -> tuple[list[Mark], set[tuple[int, int]]]:
    """Numbers and days of a language without statements."""
    small = {word: float(i) for i, word in enumerate(table["numbers"].split())}
    small |= {word: float(value) for word, value in (pair.split("=") for pair in table["more"].split())}
    marks = [Mark(m.start(), small[w], "?") for m in _WORD.finditer(raw) if (w := m.group().lower()) in small]
    for match in _NUMBER.finditer(raw):
        value = parse_digits(_SPACES.sub("", match.group()), table["decimal"])
        if value is not None:
            after = raw[match.end() : match.end() + 12].lower()
            marks += [Mark(match.start(), v, "?") for v in (value, *_scaled(value, after))]
    return marks, set(_days(raw, table["months"].split()))


def _scaled(value: float, after: str) -> list[float]:
    word = after.strip()
    return next(([value * size] for size, names in _MAGNITUDES if word.startswith(names)), [])


def _known(text: Text, code: str) -> tuple[list[Mark], set[tuple[int, int]]]:
    """Numbers and days of a German or English source."""
    words = words_of(code)
    if words is None:
        return [], set()
    found = Statements(text, words).quantities
    marks = [Mark(q.start, v, q.dimension) for q in found for v in dict.fromkeys((q.value, q.number))]
    return marks, {(d.day, d.month) for d in text.dates}


def _made(marks: list[Mark]) -> tuple[list[float], list[float]]:
    """What neighbouring numbers make: sums and differences, and shares and changes in per cent."""
    amounts: list[float] = []
    shares: list[float] = []
    for i, a in enumerate(marks):
        for b in marks[i + 1 : i + _NEAR]:
            if b.start - a.start > _ROOM:
                break
            amounts += [a.value + b.value, abs(a.value - b.value), a.value * b.value]
            low, high = sorted((a.value, b.value))
            if low:
                shares += [100 * low / high, 100 - 100 * low / high, 100 * (high - low) / low]
                amounts.append(high / low)
    return amounts, shares


def source_facts(analysis: Analysis) -> SourceFacts:
    """Facts of the source document, computed once an article."""
    found: SourceFacts | None = analysis.memo.get("source_facts")
    if found is None:
        found = analysis.memo["source_facts"] = _read(analysis)
    return found


def _read(analysis: Analysis) -> SourceFacts:
    raw = analysis.article.source or ""
    code = str(analysis.article.extra.get("source_language") or language_of(raw))
    text = Text(raw, LANGUAGES.get(code, analysis.language))
    table = _tables().get(code)
    marks, days = _foreign(raw, table) if table is not None else _known(text, code)
    seen = {m.start for m in marks}
    for match in _NUMBER.finditer(raw):
        value = parse_digits(_SPACES.sub("", match.group()), ".")
        if value is not None and match.start() not in seen:
            marks.append(Mark(match.start(), value, ""))
    marks.sort()
    amounts, shares = _made(marks)
    years = frozenset(int(m) for m in re.findall(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", raw))
    return SourceFacts(code, tuple(marks), tuple(sorted(amounts)), tuple(sorted(shares)), frozenset(days), years)
