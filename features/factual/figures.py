"""Figures of one article that cannot all be right."""

from __future__ import annotations

from collections.abc import Iterator

from data.schema import Axis, Related, Severity
from features.registry import Hit, check
from features.text import Analysis, Figure, Text

#: Small numbers are written as words or left out so often that their absence says nothing.
_TELLING = 10


def _numerals(text: Text) -> list[Figure]:
    """Figures of ten and more that are no day of a date."""
    days = [(d.start, d.end) for d in text.dates]
    return [f for f in text.figures if f.value >= _TELLING and not any(s <= f.start < e for s, e in days)]


def supported(figure: Figure, others: list[Figure]) -> bool:
    """Whether a figure is given among others: equal, or equal when rounded to its own precision."""
    return any(abs(other.value - figure.value) <= 0.005 * abs(figure.value) for other in others)


def derived(figure: Figure, others: list[Figure]) -> bool:
    """Whether a figure is the difference or sum of two others with the same unit, as headlines compute them."""
    values = sorted({o.value for o in others if o.unit == figure.unit or not o.unit or not figure.unit})[:60]
    known = set(values)
    return any(figure.value + v in known for v in values) or any(
        figure.value - v in known for v in values if v <= figure.value
    )


@check(Axis.FACTUAL, "number", severity=Severity.MAJOR)
def headline_figure_absent(analysis: Analysis) -> Iterator[Hit]:
    """Flag a figure of the headline that the body neither gives nor lets one compute.

    Figures are compared by value, so that "1.200" and "1,2 Tausend" are equal. A figure that only
    a caption or picture gives is flagged although it may be right.
    """
    given = analysis.body.figures
    if not given:
        return
    for figure in _numerals(analysis.headline):
        same_unit = [f for f in given if f.unit == figure.unit]
        if not supported(figure, given) and not derived(figure, given):
            related = tuple(Related("contradicts", "body", f.start, f.end) for f in same_unit[:1])
            written = analysis.headline.raw[figure.start : figure.end]
            yield Hit("headline", figure.start, figure.end, f"{written} is not in the body", related=related)


@check(Axis.FACTUAL, "percent", severity=Severity.MAJOR)
def percent_above_whole(analysis: Analysis) -> Iterator[Hit]:
    """Flag a share above one hundred per cent ("130 Prozent der Befragten", "120 per cent of voters").

    Only before a genitive or "of": a rise by 130 per cent is possible.
    """
    body = analysis.body
    for figure in body.figures:
        if figure.unit not in ("prozent", "percent", "per", "%") or not 100 < figure.value < 1000:
            continue
        unit = body.raw[figure.end : figure.end + 20].split()
        after = unit[2] if unit[:2] == ["per", "cent"] and len(unit) > 2 else (unit[1] if len(unit) > 1 else "")
        if after in ("der", "aller", "of"):
            yield Hit("body", figure.start, figure.end, "a share cannot exceed 100 per cent")
