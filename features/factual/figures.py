"""Figures of the headline that the body does not bear out, and figures that cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from data.schema import Axis, Related, Severity
from features.factual.arithmetic import NO_AMOUNT, alike
from features.registry import Hit, check
from features.statements import Quantity, Statements, statements_of
from features.text import Analysis, Figure

#: How far apart, in letters, two amounts may stand that are added up.
_NEAR: Final = 300
#: Dimensions of time: a headline rounds them ("nach zwei Jahren") more often than it errs.
_TIMES: Final = frozenset({"clock", "age", "d", "y", "mo"})


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


def given(q: Quantity, others: Sequence[Quantity], raw: str, written: str) -> bool:
    """Whether a text gives a quantity: equal, equal after rounding, the number alone, or the same digits as written."""
    if written and written in raw:
        return True
    room = 0.1 * q.value if q.approximate else rounding(q)
    return any(
        (abs(o.value - q.value) <= room or o.number == q.number) and (o.dimension == q.dimension or not o.dimension)
        for o in others
    )


def rounding(q: Quantity) -> float:
    """Half of the last digit written, and six per cent for a magnitude ("vier Millionen" for 3,9 or 4,2)."""
    digits = f"{q.number:g}"
    if q.value != q.number:
        return 0.06 * q.value
    zeros = len(digits) - len(digits.rstrip("0")) if "." not in digits else 0
    return 0.5 * 10**zeros if zeros and q.value >= 100 else 0.005 * q.value


def computed(q: Quantity, others: Sequence[Quantity]) -> bool:
    """Whether two amounts near each other make a quantity as sum, difference or (for a share) quotient."""
    kept = [o for o in others if alike(o, q)]
    room = max(rounding(q), 0.01 * q.value)
    if q.dimension == "%":
        amounts = sorted({o.value for o in others if o.dimension not in NO_AMOUNT and o.value})[:30]
        return any(
            abs(100 * a / b - q.value) < 2 or abs(100 * (b - a) / a - q.value) < 2
            for a in amounts
            for b in amounts
            if a <= b
        )
    pairs = [(a.value, b.value) for i, a in enumerate(kept) for b in kept[i + 1 : i + 6] if b.start - a.end < _NEAR]
    return any(abs(a + b - q.value) <= room or abs(abs(b - a) - q.value) <= room for a, b in pairs)


@check(Axis.FACTUAL, "number", severity=Severity.MAJOR)
def headline_figure_absent(analysis: Analysis) -> Iterator[Hit]:
    """Flag a figure of the headline that the body neither gives nor lets one compute.

    Figures are compared by value, in digits or words. Times, ages, and figures whose noun the body does not count at
    all are passed over; a figure that only a picture gives is flagged although it may be right.
    """
    head, body = statements_of(analysis.headline), statements_of(analysis.body)
    if head is None or body is None or not body.quantities:
        return
    raw = analysis.headline.raw
    for q in head.quantities:
        if q.dimension in _TIMES or (not q.dimension and not q.noun) or q.value < 2:
            continue
        written = raw[q.start : q.digits_end] if any(c.isdigit() for c in raw[q.start : q.digits_end]) else ""
        if given(q, body.quantities, analysis.body.raw, written) or computed(q, body.quantities):
            continue
        rivals = _rivals(q, body)
        if rivals or q.value >= 20:
            related = tuple(Related("contradicts", "body", r.start, r.end) for r in rivals[:1])
            yield Hit("headline", q.start, q.end, f"{raw[q.start : q.end]} is not in the body", related=related)


def _rivals(q: Quantity, body: Statements) -> list[Quantity]:
    """Other figures of the body with the same unit or noun."""
    same = [o for o in body.quantities if o.dimension == q.dimension and o.value != q.value]
    if q.dimension:
        return same
    return [o for o in same if o.noun and (o.noun[:5] == q.noun[:5])]


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
