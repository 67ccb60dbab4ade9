"""Sums, shares and changes among the figures of a passage: what explains a figure, and what does not.

A writer who says "also 14 Prozent" has computed it from figures nearby. A claimed figure is *explained*
if any two figures of the passage give it; a check reports it only where its operands stand beside it in so
many words and nothing in the passage explains it. So an unusual way of counting is passed over, not flagged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, permutations

from features.statements import Quantity, Statements
from features.text import Span

#: Dimensions that are no amounts of anything.
NO_AMOUNT = frozenset({"clock", "age", "%", "points"})
#: More operands than this are not tried.
_MOST = 10


def amounts(found: Iterable[Quantity]) -> list[Quantity]:
    """Quantities that can be added and compared: no times of day, ages or shares."""
    return [q for q in found if q.dimension not in NO_AMOUNT]


def alike(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities can be of one kind: equal dimension, or one has no unit ("von 9 auf 12 Euro")."""
    if a.dimension == b.dimension:
        return True
    return (not a.dimension and not a.noun) or (not b.dimension and not b.noun)


def in_one_unit(a: Quantity, b: Quantity) -> tuple[float, float]:
    """Values of two amounts of which the first or second may borrow magnitude and unit ("von 74 auf 70 Millionen")."""
    if _bare(a) and b.number and b.value != b.number:
        return a.number * b.value / b.number, b.value
    if _bare(b) and a.number and a.value != a.number:
        return a.value, b.number * a.value / a.number
    return a.value, b.value


def _bare(q: Quantity) -> bool:
    return not q.dimension and not q.noun and q.value == q.number


def passage(statements: Statements, k: int, before: int = 1, after: int = 0) -> Span:
    """From ``before`` sentences before sentence ``k`` to ``after`` sentences behind it, within its paragraph's text."""
    sentences = statements.text.sentences
    first, last = max(0, k - before), min(len(sentences) - 1, k + after)
    return Span(sentences[first].start, sentences[last].end)


def _tolerance(p: float, approximate: bool) -> float:
    return max(2.5, 0.12 * p) if approximate else max(1.0, 0.04 * p)


def near_percent(p: Quantity, value: float, approximate: bool = False) -> bool:
    """Whether a computed share is what is written, within rounding ("gut", "knapp" and fractions widen it)."""
    loose = approximate or p.approximate
    return abs(value - p.value) <= _tolerance(p.value, loose) or (not loose and round(value) == p.value)


def shares(found: Sequence[Quantity]) -> Iterator[float]:
    """What each amount is of each larger one of its kind, and what it leaves, in per cent."""
    for a, b in permutations(found[:_MOST], 2):
        if alike(a, b) and b.value and a.value <= b.value:
            yield 100 * a.value / b.value
            yield 100 - 100 * a.value / b.value


def distinct(found: Iterable[Quantity]) -> list[float]:
    """Values without repetition, in the order of the text."""
    return list(dict.fromkeys(q.value for q in found if q.value))


def equal(a: float, b: float, approximate: bool = False) -> bool:
    """Equality of amounts up to rounding: half a per cent, five per cent where the writer says "rund"."""
    return abs(a - b) <= (0.05 if approximate else 0.005) * max(abs(a), abs(b))


def explains_amount(value: float, others: Sequence[float], approximate: bool = False) -> bool:
    """Whether sums, differences, products or quotients of some of the others give an amount."""
    others = others[:_MOST]
    if any(equal(value, o, approximate) for o in others):
        return True
    for size in (2, 3, 4):
        if any(equal(value, sum(some), approximate) for some in combinations(others, size)):
            return True
    for a, b in permutations(others, 2):
        if equal(value, a - b, approximate) or equal(value, a * b, True) or (b and equal(value, a / b, True)):
            return True
    return any(
        equal(value, a - b - c, approximate) or equal(value, a + b - c, approximate)
        for a, b, c in permutations(others[:6], 3)
    )
