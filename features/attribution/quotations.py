"""Quotations: who speaks them, and where they end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.schema import Axis, Severity
from features.patterns import union
from features.registry import Hit, check
from features.text import Analysis, Quotation, Text

# A quotation of fewer words is a title, an ironic word or a term, which needs no speaker.
_WORDS = 5
_NAME_COLON = re.compile(r":\s*$")


def _has_cue(text: Text, start: int, end: int, skip: tuple[int, int]) -> bool:
    """Whether a verb of saying or a source frame stands in a span, outside the quotation itself."""
    say, frames = text.language.say_verbs, union(text.language.source_frames)
    for i in text.tokens_in(start, end):
        if text.lower[i] in say and not skip[0] <= text.tokens[i].start < skip[1]:
            return True
    return any(not skip[0] <= m.start() < skip[1] for m in frames.finditer(text.raw, start, end))


def _spoken(text: Text, quotation: Quotation) -> bool:
    """Whether the sentences of a quotation, or their neighbours in the paragraph, name who says it."""
    sentences = text.sentences
    first = text.sentence_at(quotation.start)
    last = text.sentence_at(max(quotation.start, quotation.end - 1))
    before = text.raw[text.raw.rfind("\n", 0, quotation.start) + 1 : quotation.start]
    if _NAME_COLON.search(before):
        return True
    start, end = sentences[max(0, first - 1)].start, sentences[min(len(sentences) - 1, last + 1)].end
    return _has_cue(text, start, end, (quotation.start, quotation.end))


@check(Axis.ATTRIBUTION, "orphan-quotation", severity=Severity.MAJOR)
def orphan_quotation(analysis: Analysis) -> Iterator[Hit]:
    """Flag a quotation of five words or more with no verb of saying or source in its sentence or the next ones.

    A long title in quotation marks is flagged, too.
    """
    body = analysis.body
    previous_end, previous_spoken = -1, True
    for quotation in body.quotations:
        words = body.raw.count(" ", quotation.start, quotation.end) + 1
        continued = previous_end >= 0 and quotation.start - previous_end < 200
        if words >= _WORDS and quotation.closer and not (continued and previous_spoken):
            previous_spoken = _spoken(body, quotation)
            if not previous_spoken:
                yield Hit("body", quotation.start, quotation.end, "nobody is named who says this")
        elif not continued:
            previous_spoken = True
        previous_end = quotation.end


@check(Axis.ATTRIBUTION, "unclosed-quotation")
def unclosed_quotation(analysis: Analysis) -> Iterator[Hit]:
    """Flag an opening quotation mark whose paragraph has no closing one.

    A quotation that runs on in the next paragraph, which opens again, is no fault, nor is an inch mark after a figure.
    """
    body = analysis.body
    starts = [p.start for p in body.paragraphs]
    for quotation in body.quotations:
        if quotation.closer or (quotation.start and body.raw[quotation.start - 1].isdigit()):
            continue
        following = next((s for s in starts if s >= quotation.end), None)
        if following is None or body.raw[following] not in '„»«“"':
            end = min(quotation.end, body.sentences[body.sentence_at(quotation.start)].end)
            yield Hit(
                "body", quotation.start, max(end, quotation.start + 1), f"opened with {quotation.opener}, never closed"
            )
