"""Sources that cannot be found, and claims without any."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.schema import Axis, Severity
from features.patterns import matches, union
from features.registry import Hit, check
from features.text import Analysis

_BARE = re.compile(
    r"^(?:Quellen?|Sources?|Via)\s*:\s*"
    r"(?:(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/?|Internet|the internet|Social Media|Web)\s*$",
    re.IGNORECASE | re.MULTILINE,
)


@check(Axis.ATTRIBUTION, "vague-source")
def vague_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a source that no reader can find ("Insider", "wie es heißt", "experts say").

    Inside a quotation it is the speaker's affair and passes.
    """
    body = analysis.body
    for match in matches(body, analysis.language.vague_sources):
        if not body.quoted(match.start()):
            yield Hit("body", *match.span(), f"“{match.group()}”: who?")


@check(Axis.ATTRIBUTION, "anonymous-source")
def anonymous_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a person who is described, not named, and says something, where no reason for it is given nearby.

    The reason may stand in the sentence or in the one before or after.
    """
    body = analysis.body
    reasons = union(analysis.language.anonymity_reasons)
    for match in matches(body, analysis.language.anonymous_sources):
        at = body.sentence_at(match.start())
        sentence = body.sentences[at]
        speaks = any(body.lower[i] in analysis.language.say_verbs for i in body.tokens_in(*sentence))
        around = body.sentences[max(0, at - 1)].start, body.sentences[min(len(body.sentences) - 1, at + 1)].end
        named = re.match(r",? (?:namens )?[A-ZÄÖÜ]\w+ [A-ZÄÖÜ]\w+", body.raw[match.end() : match.end() + 60])
        if speaks and not named and not body.quoted(match.start()) and not reasons.search(body.raw, *around):
            yield Hit("body", *match.span(), f"“{match.group()}” is not named, and no reason is given")


@check(Axis.ATTRIBUTION, "unsourced-claim", severity=Severity.CRITICAL)
def harm_without_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a sentence that accuses somebody and names no source, nor does the sentence before or after.

    Vague words ("es wird berichtet") count as no source.
    """
    body, language = analysis.body, analysis.language
    claims, frames = union(language.harm_claims), union(language.source_frames)
    last = -1
    for match in claims.finditer(body.raw):
        at = body.sentence_at(match.start())
        if at == last or body.quoted(match.start()):
            continue
        last = at
        start, end = body.sentences[max(0, at - 1)].start, body.sentences[min(len(body.sentences) - 1, at + 1)].end
        cued = any(body.lower[i] in language.say_verbs for i in body.tokens_in(start, end))
        if not cued and not frames.search(body.raw, start, end):
            yield Hit("body", *body.sentences[at], f"“{match.group()}”: who says so?")


@check(Axis.ATTRIBUTION, "bare-domain")
def bare_domain(analysis: Analysis) -> Iterator[Hit]:
    """Flag a source line that gives nothing but a domain or "Internet"."""
    for match in _BARE.finditer(analysis.body.raw):
        yield Hit("body", *match.span(), "a domain alone names no author and no document")
