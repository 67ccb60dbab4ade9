"""A rise that is a fall: words of direction against the two figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from data.schema import Axis, Severity
from features.factual.arithmetic import alike, in_one_unit
from features.factual.percentages import contradicting
from features.registry import Hit, check
from features.statements import Quantity, Statements, Year, statements_of
from features.text import Analysis

#: Words of direction in the strict sense; "mehr" and "more" count only where figures are compared by "als", "than".
_UP: Final = (
    r"stieg(?:en)?|steigen|steigt|gestiegen|steigerte\w*|wuchs(?:en)?|wächst|gewachsen|kletterten?|geklettert|erhöht(?:e|en)?"
    r"|angehoben|hob|anzuheben|zugenommen|zulegten?|verteuerten?|rose|risen|rises|rising|raised|raises|raising|grew|grown|climbed"
    r"|increased|increases|jumped|up|picked up|surged"
)
_DOWN: Final = (
    r"fiel(?:en)?|fällt|gefallen|sank(?:en)?|sinkt|gesunken|senkt(?:e|en)?|gesenkt|schrumpften?|geschrumpft|verringerten?"
    r"|reduzierten?|reduziert|abgenommen|gekürzt|fell|fallen|falls|falling|dropped|drops|declined|lowered|lowers|cut|decreased"
    r"|shrank|down|slowed|slipped"
)
_DIRECTION: Final = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_FROM: Final = re.compile(r"\b(?:von|from)\s+(?:zuvor |bisher |rund |etwa |über |nur |about |some )?$", re.IGNORECASE)
_TO: Final = re.compile(r"\b(?:auf|to)\s+(?:rund |etwa |über |nur |noch |nun |jetzt |about |some )*$", re.IGNORECASE)
_AFTER: Final = re.compile(
    r"\b(?:nach|von|from|gegenüber|statt)\s+(?:zuvor |rund |etwa |noch |about )*$", re.IGNORECASE
)
_ROOM: Final = 24


class Turn(NamedTuple):
    """A word of direction with the old and the new value that belong to it."""

    start: int
    end: int
    up: bool
    old: Quantity
    new: Quantity


def _role(statements: Statements, q: Quantity) -> str:
    """Whether a preposition makes an amount the old ("from", "von") or the new value ("to", "auf")."""
    before = statements.text.raw[max(0, q.start - _ROOM) : q.start]
    if _TO.search(before):
        return "new"
    return "old" if _AFTER.search(before) else ""


def turns(statements: Statements) -> Iterator[Turn]:
    """Words of direction in sentences that name an old and a new value, next to each other, by prepositions."""
    text = statements.text
    found = [q for q in statements.quantities if q.dimension not in ("y", "clock", "age")]
    for a, b in pairwise(found):
        if b.start - a.end > 45 or not alike(a, b) or a.value == b.value:
            continue
        start, end = text.sentences[text.sentence_at(a.start)]
        if b.start >= end:
            continue
        roles = _role(statements, a), _role(statements, b)
        rising = roles in (("old", "new"), ("", "new")) and _FROM.search(text.raw[max(0, a.start - _ROOM) : a.start])
        for match in _DIRECTION.finditer(text.raw, start, end):
            if min(abs(match.start() - a.start), abs(match.start() - b.end), abs(match.end() - a.start)) > 60:
                continue
            if rising:
                yield Turn(*match.span(), match["up"] is not None, a, b)
            elif roles == ("new", "old") or (roles == ("", "old") and a.end <= match.start() < b.start):
                # "averaged 62 percent last season, down from 57 percent"
                yield Turn(*match.span(), match["up"] is not None, b, a)


@check(Axis.FACTUAL, "comparison", severity=Severity.MAJOR)
def direction_against_figures(analysis: Analysis) -> Iterator[Hit]:
    """Flag a word of rise or fall whose old and new value go the other way ("stieg von 9 auf 6").

    A loss that grows from minus 4 to minus 6 million is written without its sign and passes or fails as written;
    with two words of direction in one sentence the nearer figures may belong to the other one.
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    seen: dict[Quantity, list[Turn]] = {}
    for turn in turns(statements):
        seen.setdefault(turn.new, []).append(turn)
    for found in seen.values():
        old, new = in_one_unit(found[0].old, found[0].new)
        if old != new and all(t.up != (new > old) for t in found):
            turn = found[0]
            note = f"from {old:g} to {new:g} is a {'fall' if turn.up else 'rise'}"
            yield Hit("body", turn.start, turn.end, note, related=contradicting(turn.old, turn.new))


_LAST_YEAR: Final = re.compile(
    r"\b(?P<word>mehr|weniger|more|fewer|less)\s+(?:als|than)\s+"
    r"(?:im (?:Jahr zuvor|Vorjahr|Jahr davor)|ein Jahr zuvor|the year before|a year earlier)",
    re.IGNORECASE,
)
_LESS: Final = frozenset({"weniger", "niedriger", "langsamer", "fewer", "less", "lower"})


@check(Axis.FACTUAL, "comparison", severity=Severity.MAJOR)
def more_against_fewer(analysis: Analysis) -> Iterator[Hit]:
    """Flag "60 mehr als die 1200" beside 1140, and "mehr als im Jahr zuvor" beside two figures that fall.

    The difference must fit the two figures but for its sign, or both figures must carry their years; where
    three figures of one kind meet by chance, a right comparison is flagged.
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    yield from _differences(statements)
    for match in _LAST_YEAR.finditer(analysis.body.raw):
        start, _end = statements.text.sentences[statements.text.sentence_at(match.start())]
        found = [q for q in statements.within(start, match.start()) if q.value > 0 and q.dimension not in ("y", "d")]
        years = [y for y in statements.years if start <= y.start < match.start()]
        if len(found) == 2 and len(years) == 2 and alike(*found) and _interleaved(found, years):
            (old, new) = found if years[0].value < years[1].value else (found[1], found[0])
            if (match["word"].lower() in _LESS) != (new.value < old.value) and new.value != old.value:
                note = f"{new.value:g} after {old.value:g}"
                yield Hit("body", match.start(), match.end(), note, related=contradicting(old, new))


def _interleaved(found: list[Quantity], years: list[Year]) -> bool:
    """Whether each amount has its own year: year, amount, year, amount, or the reverse."""
    places = sorted([(q.start, "q") for q in found] + [(y.start, "y") for y in years])
    return "".join(kind for _, kind in places) in ("yqyq", "qyqy", "qyyq", "yqqy")


_MORE: Final = re.compile(
    r"\W{0,2}(?P<word>mehr|weniger|höher|niedriger|more|fewer|less|higher|lower)\b", re.IGNORECASE
)


def _differences(statements: Statements) -> Iterator[Hit]:
    """Three amounts A, D, B near each other where D "mehr" is exactly |A - B|, but A is the smaller."""
    text = statements.text
    found = [q for q in statements.quantities if q.value > 0 and q.dimension not in ("clock", "age", "%")]
    for i in range(1, len(found) - 1):
        a, d, b = found[i - 1 : i + 2]
        match = _MORE.match(text.raw, d.end) or _MORE.match(text.raw, d.digits_end)
        if match is None or not (alike(a, d) and alike(d, b) and alike(a, b)) or b.start - a.end > 160:
            continue
        fits = abs(abs(a.value - b.value) - d.value) <= (0.1 if d.approximate else 0.005) * d.value
        less = match["word"].lower() in _LESS
        if fits and a.value != b.value and less != (a.value < b.value):
            note = f"{a.value:g} is {'more' if less else 'less'} than {b.value:g}"
            yield Hit("body", match.start("word"), match.end("word"), note, related=contradicting(a, b))


_LIMIT: Final = re.compile(
    r"\b(?P<word>unter|über|below|above|under|over) (?:dem|der|den|the) (?:\w+ ){0,4}?"
    r"(?:wert|grenzwert|limit|value|mark|marke) (?:von|of) $",
    re.IGNORECASE,
)


_BESIDE: Final = re.compile(r"[^,.;:]{0,40},\s(?:\w+ )?")


@check(Axis.FACTUAL, "comparison", severity=Severity.MAJOR)
def limit_against_value(analysis: Analysis) -> Iterator[Hit]:
    """Flag "112 Mikrogramm, knapp unter dem erlaubten Wert von 50".

    Compared with the amount before it in the sentence; where that measures another thing, a right sentence is flagged.
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    raw = analysis.body.raw
    for value, limit in zip(statements.quantities, statements.quantities[1:], strict=False):
        match = _LIMIT.search(raw, max(value.end, limit.start - 80), limit.start)
        if match is None or not (value.dimension or value.noun) or (limit.dimension and not alike(value, limit)):
            continue
        if "." in raw[value.end : limit.start] or not _BESIDE.fullmatch(raw, value.end, match.start()):
            continue
        under = match["word"].lower() in ("unter", "below", "under")
        if value.value != limit.value and under != (value.value < limit.value):
            note = f"{value.value:g} is {'over' if under else 'under'} {limit.value:g}"
            yield Hit("body", match.start(), limit.end, note, related=contradicting(value))


_TAKEN_UP: Final = re.compile(
    r"(?:das (?:ist|sind|waren)|that is|(?:ihre|seine|deren) \w+ (?:liegt|lag) damit)\b[^.;]{0,30}?"
    r"\b(?P<word>mehr|weniger|unter|über|more|fewer|less|higher|lower|höher|niedriger)\b(?! als (?:die|ein))",
    re.IGNORECASE,
)


@check(Axis.FACTUAL, "comparison", severity=Severity.MAJOR)
def conclusion_against_figures(analysis: Analysis) -> Iterator[Hit]:
    """Flag "That is more than Mirov's figure" after 400 and 260: a comparison without figures about the two before it.

    The last two amounts of one kind in the two sentences before are compared; one with a third is flagged, too.
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    sentences = statements.text.sentences
    for k in range(1, len(sentences)):
        match = _TAKEN_UP.match(statements.text.raw, *sentences[k])
        if match is None or statements.within(*sentences[k]):
            continue
        found = [q for q in statements.within(sentences[max(0, k - 2)].start, sentences[k].start) if q.value > 10]
        if len(found) != 2 or not alike(*found) or found[1].start < sentences[k - 1].start:
            continue
        old, new = in_one_unit(*found)
        down = match["word"].lower() in {*_LESS, "unter"}
        if old != new and down != (new < old):
            yield Hit("body", *sentences[k], f"{new:g} after {old:g}", related=contradicting(*found))
