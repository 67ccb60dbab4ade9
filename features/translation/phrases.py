"""Word-for-word renderings from the table of the language file."""

from __future__ import annotations

from collections.abc import Iterator

from data.schema import Axis
from features.languages import LANGUAGES
from features.patterns import table_matches
from features.registry import Hit, check
from features.text import Analysis
from features.translation.phrasebook import TABLES


@check(Axis.TRANSLATION, "calque", langs=sorted(set(LANGUAGES) - set(TABLES)))
def calque(analysis: Analysis) -> Iterator[Hit]:
    """Flag a phrase that the language file lists as a word-for-word rendering.

    Languages with a phrase table of their own (`features.translation.phrasebook`) are read there.
    """
    for part in ("headline", "body"):
        text = analysis.text(part)
        for match, remedy in table_matches(text, analysis.language.calques, r"\b", r"\b"):
            yield Hit(part, match.start(), match.end(), f"“{match.group()}”: {analysis.language.name} says {remedy}")


@check(Axis.TRANSLATION, "repetition")
def repeated_sentence(analysis: Analysis) -> Iterator[Hit]:
    """Flag a sentence of five words or more that was given before, as faulty decoding does.

    A refrain in a report on a song is flagged, too.
    """
    body = analysis.body
    seen: set[str] = set()
    for start, end in body.sentences:
        sentence = body.raw[start:end]
        if sentence.count(" ") >= 4:
            if sentence in seen:
                yield Hit("body", start, end, "the same sentence stands above")
            seen.add(sentence)
