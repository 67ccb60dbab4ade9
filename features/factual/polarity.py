"""A statement and its denial: antonyms and negations in sentences that speak of the same thing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from data.schema import Axis, Related, Severity
from features.alignment import Reference, stems
from features.crosslingual_facts import source_facts
from features.factual.words import words_of
from features.registry import Hit, check
from features.text import Analysis, Span, Text

_FILE: Final = Path(__file__).with_name("antonyms.toml")
#: Share of a sentence's weight that the other must hold.
_SOURCE: Final = 0.45
_LEAD: Final = 6


class Pair(NamedTuple):
    """Two sides of which one denies the other, as patterns of beginnings of words."""

    left: re.Pattern[str]
    right: re.Pattern[str]


@cache
def antonyms(code: str) -> tuple[Pair, ...]:
    """Pairs of a language, empty where there are none."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8")).get(code, [])
    sides = [tuple(re.compile(rf"\b(?:{side.strip()})\w*", re.IGNORECASE) for side in row.split(" | ")) for row in rows]
    return tuple(Pair(left, right) for left, right in sides)


@cache
def _any(code: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p.pattern})" for pair in antonyms(code) for p in pair) or r"(?!)", re.IGNORECASE)


def opposed(text: Text, span: Span, other: Text, place: Span) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Words of a sentence whose antonyms stand in another one that does not hold the word itself, nor a negation.

    A negation on either side makes two antonyms agree ("nicht gesunken", "gestiegen"): such sentences are passed over.
    """
    code = text.language.code
    words = words_of(code)
    if words is None or not _any(code).search(text.raw, *span):
        return
    if _negated(text, span, words.negators) or _negated(other, place, words.negators):
        return
    for pair in antonyms(code):
        for one, two in (pair, pair[::-1]):
            here, there = one.search(text.raw, *span), two.search(other.raw, *place)
            if here and there and not two.search(text.raw, *span) and not one.search(other.raw, *place):
                yield here, there


def _negated(text: Text, span: Span, negators: frozenset[str]) -> bool:
    return any(text.lower[i] in negators for i in text.tokens_in(*span))


@check(Axis.FACTUAL, "negation", severity=Severity.MAJOR)
def headline_against_body(analysis: Analysis) -> Iterator[Hit]:
    """Flag a word of the headline whose antonym stands in the sentence of the lead that says the same otherwise.

    "Fahrer bestreitet Fehler" over "hat der Fahrer Fehler eingeräumt". A headline about one side of a story that
    reports both is flagged, too, unless the body also has the headline's word.
    """
    head, body = analysis.headline, analysis.body
    if not head.raw or not body.sentences or not _any(head.language.code).search(head.raw):
        return
    whole = Span(0, len(head.raw))
    lowered = body.raw.lower()
    reference = Reference(body, _LEAD)
    wanted = set(stems(head, whole))
    for k, span in enumerate(reference.sentences):
        if len(wanted & reference.stems[k]) < 1:
            continue
        for here, there in opposed(head, whole, body, span):
            if here.group().lower()[:5] not in lowered:
                place = Related("contradicts", "body", *there.span())
                yield Hit("headline", *here.span(), f"the body has {there.group()}", related=(place,))
                return


@check(Axis.FACTUAL, "negation", severity=Severity.MAJOR, needs_source=True)
def polarity_against_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a word whose antonym stands in the source sentence that covers the article's sentence best.

    Only with a source in the language of the article. A sentence that sums up two of the source may meet the
    antonym of something else.
    """
    body = analysis.body
    if source_facts(analysis).language != analysis.language.code:
        return
    reference = _reference(analysis)
    for span in body.sentences:
        wanted = stems(body, span)
        if len(wanted) < 3:
            continue
        k, score, _ = reference.best(wanted)
        if score < _SOURCE:
            continue
        for here, there in opposed(body, span, analysis.source, analysis.source.sentences[k]):
            place = Related("contradicts", "source", *there.span())
            yield Hit("body", *here.span(), f"the source has {there.group()}", related=(place,))


def _reference(analysis: Analysis) -> Reference:
    found: Reference | None = analysis.memo.get("source_reference")
    if found is None:
        found = analysis.memo["source_reference"] = Reference(analysis.source)
    return found
