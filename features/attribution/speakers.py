"""Quotations that the source document gives to somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from data.schema import Axis, Related, Severity
from features.attribution.speaking import says
from features.quotes import Quote, quotes_in, quotes_of
from features.registry import Hit, check
from features.text import Analysis, Text

_MARKS: Final = "„“”\"»«‟'‘’‚"
_WORD: Final = re.compile(r"\w+")
# Titles and names after a word of saying ("sagte Amtsarzt Dr. Hinrich Falck").
_CAPITALS: Final = r"[A-ZÄÖÜ][\w’-]+(?: (?:Dr\.|Prof\.|von|van|de|der|den|la|[A-ZÄÖÜ][\w’-]+)){0,5}"
_NAMED: Final = re.compile(rf"[^.,;:\n(]{{0,40}}?\b({_CAPITALS})")
_COLON: Final = re.compile(rf"({_CAPITALS})[^.,;:\n]{{0,30}}:\s*$")
#: Share of the words of a quotation that one of the source must have, and words it needs at least.
_SHARE: Final = 0.75
_LEAST: Final = 4
#: How far around a quotation of the source its speaker stands, in characters.
_AROUND: Final = 110


class _Given(NamedTuple):
    start: int
    end: int
    words: frozenset[str]


def _speaker(text: Text, quote: Quote) -> tuple[int, int] | None:
    """Where the speaker of a quotation is named: after a word of saying behind it, or before a colon."""
    raw = text.raw
    window = text.tokens_in(quote.end, quote.end + 40)
    for i in list(window)[:4]:
        if says(text, i):
            # "…", Graham Tait said
            first = re.search(_CAPITALS, raw[quote.end : text.tokens[i].start])
            if first:
                return quote.end + first.start(), quote.end + first.end()
            named = _NAMED.match(raw, text.tokens[i].end)
            return named.span(1) if named else None
    before = _COLON.search(raw, max(0, quote.start - 90), quote.start)
    return before.span(1) if before else None


def _in_source(source: Text) -> list[_Given]:
    return [_Given(q.start, q.end, _words(source.raw[q.start : q.end])) for q in quotes_in(source) if q.closed]


def _words(text: str) -> frozenset[str]:
    return frozenset(w.lower() for w in _WORD.findall(text))


def _around(source: str, given: _Given) -> str:
    """What stands beside a quotation of the source, up to the next quotation or line."""
    before = re.split(f"[{_MARKS}\n]", source[max(0, given.start - _AROUND) : given.start])[-1]
    after = re.split(f"[{_MARKS}\n]", source[given.end : given.end + _AROUND])[0]
    # A colon says that the name stands before; what follows belongs to the next sentence.
    return before if before.rstrip().endswith(":") else f"{before} | {re.split(r'[.!?] ', after)[0]}"


@check(Axis.ATTRIBUTION, "wrong-speaker", severity=Severity.MAJOR, needs_source=True)
def other_speaker(analysis: Analysis) -> Iterator[Hit]:
    """Flag the speaker of a quotation that stands in the source beside other names only.

    The quotation must stand in the source nearly word for word, so a translated one is never compared, and the speaker
    must be named in the source elsewhere. A speaker whom the source names there by another word (his office) is
    flagged although he is the same.
    """
    body, source = analysis.body, analysis.source.raw
    known = _in_source(analysis.source)
    for quote in quotes_of(analysis) if known else []:
        words = _words(body.raw[quote.start : quote.end])
        place = _speaker(body, quote) if quote.opened and quote.closed and len(words) >= _LEAST else None
        if place is None:
            continue
        best = max(known, key=lambda g: len(words & g.words))
        beside = _around(source, best)
        names = re.findall(r"[A-ZÄÖÜ][\w’-]{3,}", body.raw[slice(*place)])[-2:]
        others = re.findall(r"[A-ZÄÖÜ][\w’-]+ [A-ZÄÖÜ][\w’-]+", beside)
        moved = bool(names) and names[-1] in source and not any(n.lower() in beside.lower() for n in names)
        if len(words & best.words) >= _SHARE * len(words) and others and moved:
            related = (Related("contradicts", "source", best.start, best.end),)
            yield Hit("body", *place, f"the source gives these words to {others[-1]}", related=related)
