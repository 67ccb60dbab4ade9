"""Sources that cannot be found, and claims without any."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.schema import Axis, Severity
from features.attribution.patterns import Patterns, patterns_of
from features.attribution.speaking import reported, says
from features.patterns import union
from features.quotes import inside
from features.registry import Hit, check
from features.text import Analysis, Span

# How far from a group of people the word stands that says what they say, in tokens.
_REACH = 9
_NAME = re.compile(
    r"[ ,(]*(?:wie |such as |namely |namens |called |named )?(?:de[rs] |des |von |vom |of |at )?[A-ZÄÖÜ]\w"
)
_OWNER = re.compile(r"\s*(?:de[rs]|dem|von|vom|of|by|from|at|im auftrag)\s+(?:(?:the|\w+en|\w+er)\s+)?[A-ZÄÖÜ\d„»\"“]")
_PLACED = re.compile(r"\s*(?:in|aus|im|am|auf|bei|vom|von|from|on|by)\b")


def _speaks_near(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a word of saying stands within reach of a stretch, in its sentence."""
    body = analysis.body
    sentence = body.sentences[body.sentence_at(start)]
    own = body.tokens_in(start, end)
    span = body.tokens_in(*sentence)
    for i in range(max(span.start, own.start - 4), min(span.stop, own.stop + _REACH)):
        if i not in own and says(body, i):
            return True
    before = body.raw[max(sentence.start, start - 14) : start].lower()
    after = body.raw[end : end + 9].lower()
    return "zufolge" in after or re.search(r"(?:laut|ansicht|meinung|according to|von) $", before) is not None


def _vague(analysis: Analysis, patterns: Patterns) -> Iterator[Span]:
    body = analysis.body
    for match in patterns.find("vague_people", body.raw):
        if _unnamed(body.raw, *match.span()) and _speaks_near(analysis, *match.span()):
            yield Span(*match.span())
    for match in patterns.find("vague_documents", body.raw):
        if not _OWNER.match(body.raw, match.end()):
            yield Span(*match.span())
    for match in patterns.find("hearsay", body.raw):
        if not _PLACED.match(body.raw, match.end()) or match.group().lower().startswith(("wie ", "so ", "as ")):
            yield Span(*match.span())
    for match in patterns.find("circles", body.raw):
        yield Span(*match.span())


def _unnamed(raw: str, start: int, end: int) -> bool:
    """Whether no name follows a group, and no word before it narrows it down to a house."""
    before = raw[max(0, start - 24) : start]
    narrowed = re.search(
        r"(?:\b(?:der|die|den|dem|seine|ihre|unsere|zwei|drei|vier|the|two|three|its|their|his|her) )$", before
    )
    return _NAME.match(raw, end) is None and (narrowed is None)


@check(Axis.ATTRIBUTION, "vague-source")
def vague_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a source that no reader can find: experts, circles, hearsay, a study without an author.

    Inside a quotation it is the speaker's affair and passes. A study that is named in the sentence before is flagged
    all the same.
    """
    patterns = patterns_of(analysis.language.code)
    last = -1
    for start, end in sorted(_vague(analysis, patterns)):
        if start >= last and not inside(analysis, start):
            last = end
            yield Hit("body", start, end, f"“{analysis.body.raw[start:end]}”: who?")


@check(Axis.ATTRIBUTION, "anonymous-source")
def anonymous_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a person who is described, not named, and says something, where no reason for it is given nearby.

    The reason may stand in the sentence or in the one before or after. Those who speak for a house
    (spokesmen) are left alone. Persons are told by the ending of the noun, which misses some and takes some
    things for persons.
    """
    body = analysis.body
    patterns = patterns_of(analysis.language.code)
    for match in patterns.person.finditer(body.raw):
        start, end = match.span("who")
        if patterns.no_person.fullmatch(match["noun"].lower()) or inside(analysis, start):
            continue
        if _speaks_near(analysis, start, end) and not _named(body.raw, end) and not _reason(analysis, patterns, start):
            yield Hit("body", start, end, f"“{match['who']}” is not named, and no reason is given")


_APPOSITION = re.compile(
    r"(?:,? (?:namens |named |called |wie )?[A-ZÄÖÜ][\w-]+ [A-ZÄÖÜ][\w-]+| [A-ZÄÖÜ][a-zäöü]+ [A-ZÄÖÜ])"
)


def _named(raw: str, end: int) -> bool:
    return _APPOSITION.match(raw, end) is not None


def _reason(analysis: Analysis, patterns: Patterns, start: int) -> bool:
    body = analysis.body
    at = body.sentence_at(start)
    around = body.sentences[max(0, at - 1)].start, body.sentences[min(len(body.sentences) - 1, at + 1)].end
    given = union(analysis.language.anonymity_reasons).search(body.raw, *around)
    return given is not None or patterns.compiled("more_reasons").search(body.raw, *around) is not None


@check(Axis.ATTRIBUTION, "unsourced-claim", severity=Severity.CRITICAL)
def harm_without_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a sentence that states wrongdoing as a fact and names no source itself.

    A word of saying, a source frame, the Konjunktiv, a court, an investigation, a condition or a denial in the
    sentence lets it pass. Where the sentence before carries the source it is flagged although it has one.
    """
    body = analysis.body
    patterns = patterns_of(analysis.language.code)
    last = -1
    for match in patterns.find("harm", body.raw):
        at = body.sentence_at(match.start())
        sentence = body.sentences[at]
        if at == last or inside(analysis, match.start()) or body.raw[sentence.end - 1] in "?:":
            continue
        last = at
        if not _sourced(analysis, patterns, sentence, match.span()):
            end = sentence.end - (body.raw[sentence.end - 1] in ".!")
            yield Hit("body", sentence.start, end, f"“{match.group()}”: who says so?")


def _sourced(analysis: Analysis, patterns: Patterns, sentence: Span, claim: tuple[int, int]) -> bool:
    """Whether a sentence names a source or an authority, or leaves its claim open."""
    body = analysis.body
    if any(q in body.raw[sentence.start : sentence.end] for q in '„“”»«"'):
        return True
    outside = [i for i in body.tokens_in(*sentence) if not claim[0] <= body.tokens[i].start < claim[1]]
    if any(says(body, i) for i in outside) or reported(body, *sentence):
        return True
    if union(body.language.source_frames).search(body.raw, *sentence):
        return True
    return any(not (m.start() < claim[1] and m.end() > claim[0]) for m in patterns.find("sourced", body.raw, *sentence))
