"""Percentages, fractions and factors that do not fit the figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from data.schema import Axis, Related, Severity
from features.factual.arithmetic import alike, amounts, near_percent, shares
from features.registry import Hit, check
from features.statements import Quantity, Statements, statements_of
from features.text import Analysis, Span

_OF: Final = re.compile(r"\s*(?:der|von|von den|von rund|aus|of|of the|out of|in)\s+", re.IGNORECASE)
_OF_THEM: Final = re.compile(r"[^.;!?]{0,30}?\b(?:von ihnen|davon|of them|of those|of these|of whom)\b", re.IGNORECASE)
_FROM: Final = re.compile(r"\b(?:nach|von|statt|from|against|gegenüber|zuvor|vorher|than|als)\b", re.IGNORECASE)
_FROM_TO: Final = re.compile(r"\b(?:von|from)\b[^.;]{0,60}?\b(?:auf|to)\b", re.IGNORECASE)
_FROM_BEFORE: Final = re.compile(r"\b(?:von|from|nach|after|statt)\s+(?:\S+\s+)?$", re.IGNORECASE)
#: A sentence that takes up the one before: "Das sind …", "Mehr als ein Drittel …".
_TAKES_UP: Final = re.compile(
    r"(?:das (?:ist|sind|entspricht|macht|waren)|that(?:'s|’s| is| makes| was)|mehr als|fast|rund|gut|knapp|ein)\b",
    re.IGNORECASE,
)
_TARGET: Final = re.compile(
    r"\b(?:auf|to|at|bei|als|than|die|der)\s+(?:rund |etwa |about |über |more than )?$", re.IGNORECASE
)
_SHARE_OF: Final = re.compile(r"\s*(?:\)|(?:der|des|aller|of|davon)\b)", re.IGNORECASE)
_TO_VALUE: Final = re.compile(r"\b(?:to|auf|at|bei)\s+(?:close at )?$", re.IGNORECASE)
_CUE_ROOM: Final = 40
_TIMES: Final = frozenset({"y", "mo", "d"})


def contradicting(*places: Quantity) -> tuple[Related, ...]:
    """The other side of a clash in the body."""
    return tuple(Related("contradicts", "body", q.start, q.end) for q in sorted(places))


class Claim(NamedTuple):
    """A percentage, the bounds of its sentence, and where its operands may begin."""

    quantity: Quantity
    start: int
    end: int
    reach: int


def claims(statements: Statements) -> Iterator[Claim]:
    """All percentages; a sentence that takes up the one before it reaches back to that one's beginning."""
    sentences = statements.text.sentences
    for q in statements.quantities:
        if q.dimension == "%" and 0 < q.value < 1000:
            k = statements.text.sentence_at(q.start)
            start, end = sentences[k]
            back = k and q.start - start < 60 and _TAKES_UP.match(statements.text.raw, start)
            yield Claim(q, start, end, sentences[k - 1].start if back else start)


def of_pairs(statements: Statements, found: list[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Pairs part and whole that the text names as such: "26 von 40", or "26 von ihnen" after a count."""
    raw = statements.text.raw
    for i, part in enumerate(found):
        if i + 1 < len(found):
            whole = found[i + 1]
            if whole.value > part.value > 0 and _OF.fullmatch(raw, part.digits_end, whole.start):
                yield part, whole
        if i and _OF_THEM.match(raw, part.digits_end):
            whole = found[i - 1]
            if whole.noun and whole.value > part.value > 0 and not whole.dimension:
                yield part, whole


def _before(statements: Statements, claim: Claim, sentences: int) -> list[Quantity]:
    """Amounts before the claim, from so many sentences before its own on."""
    k = statements.text.sentence_at(claim.start)
    first = statements.text.sentences[max(0, k - sentences)].start
    return [q for q in amounts(statements.within(min(first, claim.reach), claim.quantity.start)) if q.value > 0]


@check(Axis.FACTUAL, "percent", severity=Severity.MAJOR)
def share_against_parts(analysis: Analysis) -> Iterator[Hit]:
    """Flag a share that is not the quotient of the two figures it is said to be computed from.

    Needs "26 von 40" or "26 von ihnen" before it and a word of equation ("also", "das sind", "or"). A share of
    something else that stands in the same breath is flagged, too, unless figures of that sentence give it.
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    for claim in claims(statements):
        if not _is_equated(statements, claim):
            continue
        found = _before(statements, claim, 2)
        own = [q for q in found if q.start >= claim.reach]
        pairs = [(a, b) for a, b in of_pairs(statements, found) if alike(a, b) and a.start >= claim.reach]
        pairs = pairs or _plain_pair(own)
        if not pairs or any(near_percent(claim.quantity, value) for value in shares(own)):
            continue
        part, whole = pairs[-1]
        between = statements.within(max(part, whole).end, claim.quantity.start)
        if any(x.dimension == "%" for x in between):
            continue
        if found[-1] not in (part, whole) or claim.quantity.start - max(part, whole).end > _CUE_ROOM + 40:
            continue
        share = 100 * part.value / whole.value
        if not near_percent(claim.quantity, share):
            note = f"{part.value:g} of {whole.value:g} is {share:.3g} per cent"
            yield Hit("body", *claim.quantity[:2], note, related=contradicting(part, whole))


def _is_equated(statements: Statements, claim: Claim) -> bool:
    """Whether a word of equation stands just before or after a percentage."""
    raw, words, q = statements.text.raw, statements.words, claim.quantity
    cue = words.equation.search(raw, max(claim.start, q.start - _CUE_ROOM), q.start)
    return cue is not None or words.equation.match(raw, q.end + 1) is not None


def _plain_pair(own: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """The only two amounts of one kind and unit, the smaller first."""
    if len(own) != 2 or not alike(*own) or not own[0].dimension or own[0].dimension in _TIMES:
        return []
    small, large = sorted(own, key=lambda q: q.value)
    return [(small, large)] if small.value < large.value < 1000 * small.value else []


@check(Axis.FACTUAL, "percent", severity=Severity.MAJOR)
def change_against_figures(analysis: Analysis) -> Iterator[Hit]:
    """Flag a rise or fall in per cent that the figures before and after it do not give.

    Needs both figures in the same sentence ("um 20 Prozent auf 212 Millionen, nach 265 Millionen") and a word of
    change. A change of one thing told beside two figures of another is flagged unless it happens to fit.
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    raw, words = analysis.body.raw, statements.words
    for claim in claims(statements):
        start, end = claim.reach, claim.end
        if not _is_change(statements, claim):
            continue
        turn = words.rise.search(raw, start, end) or words.fall.search(raw, start, end)
        if turn is None and not _FROM_TO.search(raw, start, end):
            continue
        own = [q for q in amounts(statements.within(start, end)) if q.value > 0 and q.dimension not in _TIMES]
        pair = _change_pair(statements, own, claim)
        if pair is None:
            continue
        new, old, possible = pair
        if not any(near_percent(claim.quantity, value) for value in possible) and possible[0] < 500:
            note = f"from {old.value:g} to {new.value:g} is {possible[0]:.3g} per cent"
            yield Hit("body", *claim.quantity[:2], note, related=contradicting(new, old))


def _is_change(statements: Statements, claim: Claim) -> bool:
    """Whether a percentage can be a change: the only one, no target ("auf 5 Prozent"), no share ("des BIP")."""
    raw, q = statements.text.raw, claim.quantity
    if sum(x.dimension == "%" for x in statements.within(claim.start, claim.end)) != 1:
        return False
    return not _TARGET.search(raw[max(claim.start, q.start - 14) : q.start]) and not _SHARE_OF.match(raw, q.end)


def _change_pair(
    statements: Statements, own: list[Quantity], claim: Claim
) -> tuple[Quantity, Quantity, list[float]] | None:
    """New value, old value and the changes they allow, where there are just two amounts of one kind near the claim.

    An amount with "weniger" after it is the difference itself. Without a preposition that tells which value is
    the old one, the change may be counted from either.
    """
    if len(own) != 2 or not alike(*own) or own[1].start - own[0].end > 100:
        return None
    a, b = own
    raw, q = statements.text.raw, claim.quantity
    if min(abs(x.start - q.start) for x in own) > 80 or a.value == b.value:
        return None
    if b.value < a.value and _more_or_less(statements, b):
        up = statements.words.rise.search(raw, b.digits_end, b.digits_end + 20) is not None
        base = a.value - b.value if up else a.value + b.value
        return a, b, [100 * b.value / base]
    if a.value < 0.5 * b.value and re.search(
        r"\b(?:to|auf|at|bei)\s+(?:close at )?$", raw[max(0, b.start - 14) : b.start]
    ):
        # "fell $1.25, or 1.4 percent, to $88.95": the first is the difference.
        return b, a, [100 * a.value / (b.value + a.value), 100 * a.value / (b.value - a.value)]
    if _FROM_BEFORE.search(raw[max(claim.reach, a.start - 20) : a.start]):
        a, b = b, a
    elif not _FROM.search(raw, a.end, b.start):
        if not _is_equated(statements, claim):
            return None
        return a, b, [100 * abs(a.value - b.value) / x for x in (b.value, a.value)]
    return a, b, [100 * abs(a.value - b.value) / b.value]


def _more_or_less(statements: Statements, q: Quantity) -> bool:
    """Whether a word of change follows an amount, so that it is a difference."""
    raw, words = statements.text.raw, statements.words
    room = q.digits_end + 20
    return any(
        m is not None and raw[q.digits_end : m.start()].count(" ") < 3
        for m in (words.rise.search(raw, q.digits_end, room), words.fall.search(raw, q.digits_end, room))
    )


@check(Axis.FACTUAL, "percent", severity=Severity.MAJOR)
def factor_against_figures(analysis: Analysis) -> Iterator[Hit]:
    """Flag "twice as much" beside two figures of one kind whose quotient is another.

    Only where the sentence has just these two figures; a factor of something else told beside them is flagged, too.
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    sentences = statements.text.sentences
    for k in sorted({statements.text.sentence_at(q.start) for q in amounts(statements.quantities)}):
        if len(statements.within(*sentences[k])) > 1:
            yield from _factors(statements, sentences[k])


def _factors(statements: Statements, sentence: Span) -> Iterator[Hit]:
    """Factors of one sentence that its two amounts do not give."""
    for pattern, factor in statements.words.factors:
        for match in pattern.finditer(statements.text.raw, *sentence):
            found = [q for q in amounts(statements.within(*sentence)) if not match.start() <= q.start < match.end()]
            own = [q for q in found if q.value > 0 and q.dimension not in (*_TIMES, "s")]
            if len(own) != 2 or not alike(*own) or own[0].value == own[1].value or own[1].start - own[0].end > 100:
                continue
            small, large = sorted(own, key=lambda q: q.value)
            quotient, wanted = large.value / small.value, max(factor, 1 / factor)
            if abs(quotient - wanted) > 0.25 * wanted and quotient < 20 and (large.value > 10 or large.dimension):
                note = f"{large.value:g} is {quotient:.3g} times {small.value:g}"
                yield Hit("body", match.start(), match.end(), note, related=contradicting(small, large))


@check(Axis.FACTUAL, "percent", severity=Severity.MAJOR)
def fraction_against_amount(analysis: Analysis) -> Iterator[Hit]:
    """Flag "ein Zehntel davon, 260 Stunden" or "die Hälfte, jeweils 1.100 Euro" that the whole before it does not give.

    The whole is the last amount of the same unit before; where that is another thing, a right figure is flagged.
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    raw = analysis.body.raw
    for claim in claims(statements):
        q = claim.quantity
        after = [
            x for x in amounts(statements.within(q.end, claim.end)) if raw[q.end : x.start].strip(" ,") in _APPOSED
        ]
        if not after or not q.approximate or (not after[0].dimension and not after[0].noun):
            continue
        part = after[0]
        wholes = [x for x in _before(statements, claim, 1) if x.dimension == part.dimension and x.noun == part.noun]
        if wholes and not any(abs(part.value - w.value * q.value / 100) <= 0.12 * part.value for w in wholes):
            note = f"{q.value:.3g} per cent of {wholes[-1].value:g} is {wholes[-1].value * q.value / 100:g}"
            yield Hit("body", part.start, part.end, note, related=contradicting(wholes[-1], q))


_APPOSED: Final = frozenset(
    {"", "jeweils", "also", "das sind", "rund", "or", "that is", "also jeweils", "davon", "knapp"}
)
