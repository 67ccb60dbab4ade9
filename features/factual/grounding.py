"""What the article says and its source document does not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from data.schema import Axis, Related, Severity
from features.crosslingual_facts import SourceFacts, source_facts
from features.factual.figures import rounding
from features.factual.words import words_of
from features.registry import Hit, check
from features.statements import Quantity, statements_of
from features.text import Analysis

#: A name of two words, the first a first name by its form, the second a surname.
_NAME: Final = re.compile(r"\b(?=([A-ZÄÖÜ][\w’'-]{1,40}) ([A-ZÄÖÜ][\w’'-]{1,40})\b)")
_NO_FIRST: Final = frozenset(
    [
        "die",
        "der",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
        "einer",
        "unsere",
        "herr",
        "frau",
        "the",
        "our",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
    ]
)
#: Units of time that stand for each other ("72 Stunden", "drei Tage"), and ages.
_CALENDAR: Final = frozenset({"s", "d", "mo", "y", "age"})


def _has(values: tuple[float, ...], value: float, room: float) -> bool:
    at = bisect_left(values, value - room)
    return at < len(values) and values[at] <= value + room


def _supported(q: Quantity, facts: SourceFacts) -> bool:
    """Whether a source gives a quantity in its unit, or two figures near each other in the source make it."""
    room = 0.1 * q.value if q.approximate else rounding(q)
    for mark in facts.marks:
        if abs(mark.value - q.value) <= room or mark.value == q.number:
            one_unit = mark.dimension in (q.dimension, "", "?") or (not q.dimension and not q.noun)
            if one_unit or {mark.dimension, q.dimension} <= _CALENDAR:
                return True
    if q.value in facts.years or _has(facts.made, q.value, 0.5 * room) or _has(facts.made, q.number, 0.001):
        return True
    if q.dimension == "%":
        return _has(facts.shares, q.value, max(0.06 * q.value, 1.0))
    years = sorted(facts.years)
    return any(b - a == q.value for i, a in enumerate(years) for b in years[i:])


@check(Axis.FACTUAL, "number", severity=Severity.MAJOR, needs_source=True)
def figure_not_in_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a figure that the source document neither gives nor lets one compute from two of its figures.

    Compared by value without regard to the unit, in any language whose numbers are read. A figure computed from three
    others, or known to the writer otherwise, is flagged although it may be right.
    """
    facts = source_facts(analysis)
    if not facts.language or len(facts.marks) < 3:
        return
    for part in ("headline", "body"):
        statements = statements_of(analysis.text(part))
        for q in statements.quantities if statements else ():
            if q.dimension == "clock" or q.value < (2 if q.dimension else 4):
                continue
            if not (q.dimension or q.noun or analysis.text(part).raw[q.start].isdigit()):
                continue
            if not _supported(q, facts):
                written = analysis.text(part).raw[q.start : q.end]
                yield Hit(part, q.start, q.end, f"the source does not give {written}")


@check(Axis.FACTUAL, "date", severity=Severity.MAJOR, needs_source=True)
def date_not_in_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a day that the source names no day like, where it names other days of the month.

    Days within a week before publication pass, since a source says "heute" or "am Montag".
    """
    facts = source_facts(analysis)
    if not facts.days:
        return
    published = analysis.published
    for part in ("headline", "body"):
        for date in analysis.text(part).dates:
            if (date.day, date.month) in facts.days:
                continue
            if published is not None and published.month == date.month and -1 <= published.day - date.day <= 7:
                continue
            near = [d for d in facts.days if d[1] == date.month or d[0] == date.day]
            if near:
                text = analysis.text(part).raw[date.start : date.end]
                yield Hit(part, date.start, date.end, f"the source does not give {text}")


@check(Axis.FACTUAL, "date", severity=Severity.MAJOR, needs_source=True)
def year_not_in_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a year that the source does not give, unless it is that of publication or next to it, or can be computed."""
    facts = source_facts(analysis)
    if not facts.years:
        return
    published = analysis.published.year if analysis.published else 0
    for part in ("headline", "body"):
        statements = statements_of(analysis.text(part))
        for year in statements.years if statements else ():
            if year.value in facts.years or abs(year.value - published) <= 1:
                continue
            if any(y - m.value == year.value for m in facts.marks for y in (published, *facts.years)):
                continue
            yield Hit(part, year.start, year.end, f"the source does not give {year.value}")


@check(Axis.FACTUAL, "name", severity=Severity.MAJOR, needs_source=True)
def first_name_against_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag "Ulrike Imhoff" where the source has "Carola Imhoff" and no "Ulrike Imhoff".

    Two relatives of whom the source names one are flagged, too.
    """
    source = analysis.source.raw
    given = list(_full_names(source))
    pairs = {(first, last) for first, last, _, _ in given}
    firsts = {first for first, _ in pairs}
    for part in ("headline", "body"):
        for first, last, start, end in _full_names(analysis.text(part).raw):
            if first not in firsts or (first, last) in pairs or not _is_first_name(first, analysis):
                continue
            other = next((g for g in given if g[1] == last and _is_first_name(g[0], analysis)), None)
            if other is not None:
                place = Related("contradicts", "source", other[2], other[3])
                yield Hit(part, start, end, f"the source has {other[0]} {last}", related=(place,))


def _full_names(raw: str) -> Iterator[tuple[str, str, int, int]]:
    """Every two capitalised words in a row, also overlapping ones: first, second, start and end of both."""
    for match in _NAME.finditer(raw):
        yield match[1], match[2], match.start(1), match.end(2)


def _is_first_name(word: str, analysis: Analysis) -> bool:
    """Whether a word before a surname can be a first name: no role, article, title or noun."""
    words = words_of(analysis.language.code)
    role = words is not None and (word.lower() in words.roles or word.lower() in words.classes)
    if word.lower() in _NO_FIRST or role or word.lower() in analysis.language.titles or len(word) > 12:
        return False
    return not any(word.lower().endswith(t) for t in analysis.language.titles if len(t) > 4)
