"""Sentences that the source does not carry, and roles that it gives to the person otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from data.schema import Axis, Related, Severity
from features.alignment import stems
from features.crosslingual_facts import source_facts
from features.factual.people import mentions
from features.factual.words import words_of
from features.registry import Hit, check
from features.statements import statements_of
from features.text import Analysis, Span

#: Share of a sentence's content words, by their first four letters, that the source must have.
_CARRIED: Final = 0.26
_FEWEST: Final = 5
_PREFIX: Final = 4
_OUTSIDE: Final = re.compile(
    r"(?i)\W*(?:photo|picture|caption|source|editing|read|more|reporting|foto|bild|quelle|redaktion|mit material"
    r"|lesen|jetzt|newsletter|werbung|anzeige|artikel|teilen|abonnieren|kommentare|das könnte|sign up|subscribe"
    r"|advert|share|hinweis|transparenz|von|by|editor)\b"
)


def carried(analysis: Analysis, span: Span) -> float:
    """Share of the content words of a sentence whose beginning the source has; compounds count by either half."""
    known: set[str] | None = analysis.memo.get("source_prefixes")
    if known is None:
        known = {w[:_PREFIX] for w in analysis.source.lower if len(w) > 2}
        known |= {w[-5:] for w in analysis.source.lower if len(w) > 8}
        analysis.memo["source_prefixes"] = known
    own = stems(analysis.body, span)
    full = [analysis.body.lower[i] for i in analysis.body.tokens_in(*span)]
    found = [w for w in full if w[0].isalnum() and w[:6] in own]
    kept = sum(w[:_PREFIX] in known or (len(w) > 8 and (w[-5:] in known or w[-4:] in known)) for w in found)
    return kept / len(found) if found else 1.0


@check(Axis.FACTUAL, "unsupported", severity=Severity.MINOR, needs_source=True)
def sentence_not_in_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a sentence of five content words or more of which the source, in the same language, has hardly any.

    Comment of the writer, background and furniture that no pattern knows are flagged, too.
    """
    if source_facts(analysis).language != analysis.language.code:
        return
    body = analysis.body
    first = body.sentences[0] if body.sentences else Span(0, 0)
    for span in body.sentences:
        raw = body.raw[span.start : span.end]
        if span == first or raw.endswith("?") or _OUTSIDE.match(raw) or "http" in raw or ".example" in raw:
            continue
        if len(stems(body, span)) < _FEWEST or carried(analysis, span) >= _CARRIED:
            continue
        if not _shares_figure(analysis, span):
            yield Hit("body", span.start, span.end, "the source says nothing of it")


def _shares_figure(analysis: Analysis, span: Span) -> bool:
    """Whether a sentence gives a figure or day that the source gives, too: then it is a free rendering."""
    statements = statements_of(analysis.body)
    facts = source_facts(analysis)
    own = statements.within(*span) if statements else []
    values = {m.value for m in facts.marks}
    days = {(d.day, d.month) for d in analysis.body.dates if span.start <= d.start < span.end}
    return any(q.number in values or q.value in values for q in own) or bool(days & facts.days)


@check(Axis.FACTUAL, "role", severity=Severity.MAJOR, needs_source=True)
def role_against_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a role before a surname to which the source gives another role of the list.

    Only with a source in the language of the article; one with two roles, of which each text names one, is flagged.
    """
    if source_facts(analysis).language != analysis.language.code or words_of(analysis.language.code) is None:
        return
    given = {m.surname: m for m in mentions(analysis.source)}
    for mention in mentions(analysis.body):
        other = given.get(mention.surname)
        if other is None or other.role.endswith(mention.role) or mention.role.endswith(other.role):
            continue
        if all(m.role != mention.role for m in mentions(analysis.source) if m.surname == mention.surname):
            place = Related("contradicts", "source", other.start, other.end)
            yield Hit(
                "body", mention.start, mention.end, f"the source has {other.role} {other.surname}", related=(place,)
            )
