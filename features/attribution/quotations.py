"""Quotations: who speaks them, and where they end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from data.schema import Axis, Severity
from features.attribution.speaking import cue_at, reported
from features.quotes import Quote, quotes_of
from features.registry import Hit, check
from features.text import Analysis, Span, Text

# A quotation of fewer words is a title, an ironic word or a term, which needs no speaker.
_WORDS = 4
#: The sentence after a quotation that names its speaker begins so ("So Meyer.", "Das sagte …").
_POINTS_BACK = re.compile(r"\s*(?:So |Das |Dies |Mit diesen |Diese |Sagt |That |This |So said |Those )")
_SENTENCE = ".!?…"
# A quotation goes on from another one if fewer words, and fewer characters, stand between them.
_GAP, _NEAR = 12, 120


def _line(text: Text, offset: int) -> Span:
    """The paragraph that holds an offset."""
    return text.paragraphs[max(0, bisect_right(text.paragraphs, (offset, 1 << 60)) - 1)]


def _stands_alone(text: Text, quote: Quote) -> bool:
    """Whether no word outside the marks belongs to the sentence of the quotation."""
    before = text.raw[max(_line(text, quote.start).start, quote.start - 3) : quote.start].rstrip()
    after = text.raw[quote.end : quote.end + 1]
    inner = text.raw[max(quote.start + 1, quote.end - 4) : quote.end - 1].rstrip()
    starts = not before or before[-1] in _SENTENCE + '“”"»«+'
    return starts and inner[-1:] in tuple(_SENTENCE) and (not after or after.isspace())


def _led(analysis: Analysis, quote: Quote, previous: tuple[int, bool]) -> bool:
    """Whether the sentences beside a quotation that stands alone say whose it is.

    ``previous`` is the end of the quotation before, and whether that one has a speaker.
    """
    body = analysis.body
    line = _line(body, quote.start)
    first = body.sentence_at(quote.start)
    before = body.sentences[first - 1] if first else None
    if before is not None and before.start >= line.start:
        # Only a sentence that is itself about saying, not one that merely holds another's saying.
        if cue_at(analysis, *before) >= 0:
            return previous[1] or previous[0] < before.start
        if reported(body, *before):
            return True
    near = previous[0] >= line.start and quote.start - previous[0] < _NEAR
    if near and body.raw.count(" ", previous[0], quote.start) < _GAP and previous[1]:
        return True
    end = min(line.end, quote.end + 2 * _NEAR)
    return bool(_POINTS_BACK.match(body.raw, quote.end)) and cue_at(analysis, quote.end, end) >= 0


@check(Axis.ATTRIBUTION, "orphan-quotation", severity=Severity.MAJOR)
def orphan_quotation(analysis: Analysis) -> Iterator[Hit]:
    """Flag a quotation of four words or more that is a sentence of its own and is given to nobody.

    It is given to somebody by a colon before it, by a sentence of saying just before it in its paragraph, by a
    quotation with a speaker that it goes on from, or by a sentence after it that points back. A quotation inside a
    sentence is never flagged, although that sentence may name nobody.
    """
    body = analysis.body
    previous = (-1, False)
    for quote in quotes_of(analysis):
        if not (quote.opened and quote.closed):
            continue
        words = body.raw.count(" ", quote.start, quote.end) + 1
        alone = _stands_alone(body, quote)
        spoken = not alone or _led(analysis, quote, previous)
        if alone and words >= _WORDS and not spoken:
            yield Hit("body", quote.start, quote.end, "nobody is named who says this")
        previous = (quote.end, spoken)


@check(Axis.ATTRIBUTION, "unclosed-quotation")
def unclosed_quotation(analysis: Analysis) -> Iterator[Hit]:
    """Flag a quotation whose paragraph has no closing mark, or a closing mark that nothing opened.

    A quotation that runs on in the next paragraph, which opens again, is no fault, nor is an inch mark after a figure.
    The span ends before the words that give the quotation to somebody.
    """
    body = analysis.body
    starts = [p.start for p in body.paragraphs]
    for quote in quotes_of(analysis):
        if quote.opened and quote.closed:
            continue
        if not quote.opened:
            sentence = body.sentences[body.sentence_at(quote.end - 1)]
            yield Hit("body", min(sentence.start, quote.start), quote.end, "nothing opens this")
            continue
        following = bisect_left(starts, quote.end)
        if following < len(starts) and body.raw[starts[following]] in "„»«“\"'‘" and _ends_line(body, quote):
            continue
        yield Hit("body", quote.start, _probable_end(analysis, quote), "a quotation that is never closed")


def _ends_line(text: Text, quote: Quote) -> bool:
    return text.raw[quote.end : quote.end + 1] in ("", "\n")


def _probable_end(analysis: Analysis, quote: Quote) -> int:
    """Where the quotation may have ended: before a comma that a word of saying follows, else with its sentence."""
    body = analysis.body
    sentence_end = max(body.sentences[body.sentence_at(quote.start)].end, quote.start + 1)
    end = min(quote.end, sentence_end)
    for comma in re.finditer(r"[,!?]\s", body.raw[quote.start : end]):
        at = quote.start + comma.end()
        if cue_at(analysis, at, min(end, at + 25)) >= 0:
            return quote.start + comma.start()
    return end
