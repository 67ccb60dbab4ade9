"""Sources that cannot be found, and claims without any."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.schema import Axis, Severity
from features.attribution.patterns import Patterns, lowered, patterns_of
from features.attribution.speaking import reported, says
from features.attribution.words import word
from features.patterns import union
from features.quotes import inside
from features.registry import Hit, check
from features.text import Analysis, Span

# How far from a group of people the word stands that says what they say, in tokens.
_REACH = 9
# How far from a person the reason for leaving out the name may stand, in characters.
_FAR = 400
# Likeness to a cue, in percent, that is enough for the verb of a described person.
_TOLD = {"de": 12, "en": 40}
# Signs after which a clause of its own begins.
_OPENERS = frozenset('“”„"»«:–—')
_NAME = re.compile(
    r"[ ,(]*(?:wie |such as |namely |namens |called |named )?(?:de[rs] |des |von |vom |of |at )?[A-ZÄÖÜ]\w"
)
_OWNER = re.compile(r"\s*(?:of|by|from|(?:de[rs]|dem|von|vom|im auftrag)\s+(?:\w+e[nrs]\s+)?[A-ZÄÖÜ\d„»\"“])")
# Words before a group that narrow it down, or that show that it is not the one who speaks.
_NARROWED = re.compile(
    r"(?i:\b(?:der|die|den|dem|ein|seine|ihre|unsere|zwei|zweier|drei|dreier|vier|mit|für|bei|unter|an|"
    r"with|to|for|among|the|two|three|its|their|his|her) )$"
)
_PLACED = re.compile(r":|\s*(?:in|aus|im|am|auf|bei|vom|von|from|on|by)\b")


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


def _leads(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a group begins its sentence and a small word that joins nothing to it follows: it does something."""
    body = analysis.body
    if body.sentences[body.sentence_at(start)].start != start:
        return False
    after = body.tokens_in(end, end + 30)
    joins = patterns_of(analysis.language.code).words("joins")
    return bool(after) and body.tokens[after[0]].text[0].islower() and body.lower[after[0]] not in joins


def _vague(analysis: Analysis, patterns: Patterns) -> Iterator[Span]:
    body = analysis.body
    people = [Span(t.start, t.end) for t in patterns.endings("vague_endings", analysis)]
    people += [Span(*m.span()) for m in patterns.find("vague_people", analysis)]
    for span in people:
        if _leads(analysis, *span) or (_unnamed(body.raw, *span) and _speaks_near(analysis, *span)):
            yield span
    for match in patterns.find("vague_documents", analysis):
        if not _OWNER.match(body.raw, match.end()):
            yield Span(*match.span())
    for match in patterns.find("hearsay", analysis):
        if not _PLACED.match(body.raw, match.end()) or match.group().startswith(("wie ", "so ", "as ")):
            yield Span(*match.span())
    for match in patterns.find("circles", analysis):
        yield Span(*match.span())


def _unnamed(raw: str, start: int, end: int) -> bool:
    """Whether no name follows a group, and no word before it narrows it down to a house."""
    before = raw[max(0, start - 24) : start]
    narrowed = _NARROWED.search(before)
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
        if _told_by(analysis, start, end) and not _named(body.raw, end) and not _reason(analysis, patterns, start):
            yield Hit("body", start, end, f"“{match['who']}” is not named, and no reason is given")


def _told_by(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a described person says something: a word of saying just before, or after it where it leads a clause."""
    body = analysis.body
    own, sentence = body.tokens_in(start, end), body.sentences[body.sentence_at(start)]
    before = own.start - 1
    if before >= 0 and body.tokens[before].start >= sentence.start and says(body, before):
        return True
    told = _TOLD.get(body.language.code, 40)
    weak = patterns_of(body.language.code).words("weak")
    leads = body.tokens[own.start].start == sentence.start or (before >= 0 and body.lower[before] in _OPENERS)
    for i in range(own.stop, min(len(body.tokens), own.stop + _REACH)):
        if body.tokens[i].start >= sentence.end or body.tokens[i].text in (",", ";", "who"):
            return False
        if body.lower[i] in weak:
            continue
        if leads and (says(body, i) or word(body.lower[i], body.language.code).likeness >= told):
            return True
    return False


_APPOSITION = re.compile(
    r"(?:,? (?:namens |named |called |wie )?[A-ZÄÖÜ][\w-]+ [A-ZÄÖÜ][\w-]+| [A-ZÄÖÜ][a-zäöü]+ [A-ZÄÖÜ])"
)


def _named(raw: str, end: int) -> bool:
    return _APPOSITION.match(raw, end) is not None


def _reason(analysis: Analysis, patterns: Patterns, start: int) -> bool:
    body = analysis.body
    at = body.sentence_at(start)
    first, last = body.sentences[max(0, at - 1)], body.sentences[min(len(body.sentences) - 1, at + 1)]
    around = max(first.start, start - _FAR), min(last.end, start + _FAR)
    given = union(analysis.language.anonymity_reasons).search(body.raw, *around)
    return given is not None or patterns.compiled("more_reasons").search(lowered(analysis), *around) is not None


@check(Axis.ATTRIBUTION, "unsourced-claim", severity=Severity.CRITICAL)
def harm_without_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a sentence that states wrongdoing as a fact and names no source itself.

    A word of saying, a source frame, the Konjunktiv, a court, an investigation, a condition or a denial in the
    sentence lets it pass. Where the sentence before carries the source it is flagged although it has one.
    """
    body = analysis.body
    patterns = patterns_of(analysis.language.code)
    last = -1
    claims = [Span(t.start, t.end) for t in patterns.endings("harm_words", analysis)]
    claims += [Span(*m.span()) for m in patterns.find("harm", analysis)]
    for claim in sorted(claims):
        at = body.sentence_at(claim.start)
        sentence = body.sentences[at]
        if at == last or inside(analysis, claim.start) or body.raw[sentence.end - 1] in "?:":
            continue
        last = at
        if not _sourced(analysis, patterns, sentence, claim):
            end = sentence.end - (body.raw[sentence.end - 1] in ".!")
            yield Hit("body", sentence.start, end, f"“{body.raw[claim.start : claim.end]}”: who says so?")


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
    return any(not (m.start() < claim[1] and m.end() > claim[0]) for m in patterns.find("sourced", analysis, *sentence))
