"""Which sentences of two texts speak of the same thing, by shared words, rare ones counting more.

Stems are the first six letters; the weight of a stem is its inverse document frequency over the sentences of
the reference text (Robertson and Spärck Jones 1976). One language on both sides; linear in both texts but for the
postings of a word, which are cut at fifty sentences.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cached_property
from typing import Final, NamedTuple

from features.text import Span, Text

STEM: Final = 6
_MOST_POSTINGS: Final = 50


class Aligned(NamedTuple):
    """A sentence with the reference sentence that covers it best; ``score`` is the covered share of its weight."""

    sentence: int
    reference: int
    score: float
    second: float


def stems(text: Text, span: Span | tuple[int, int]) -> list[str]:
    """Stems of the content words and numbers of a stretch."""
    stop = text.language.function_words
    return [
        text.lower[i][:STEM] for i in text.tokens_in(*span) if text.lower[i][0].isalnum() and text.lower[i] not in stop
    ]


class Reference:
    """A text indexed by the stems of its sentences."""

    def __init__(self, text: Text, sentences: int | None = None) -> None:
        self.text = text
        self.sentences = text.sentences[:sentences]

    @cached_property
    def stems(self) -> list[set[str]]:
        """Stems of each sentence."""
        return [set(stems(self.text, span)) for span in self.sentences]

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for k, own in enumerate(self.stems):
            for stem in own:
                found.setdefault(stem, []).append(k)
        return found

    def weight(self, stem: str) -> float:
        """Inverse document frequency over the sentences; a stem that does not occur weighs most."""
        n = len(self.sentences)
        return math.log((1 + n) / (1 + len(self._postings.get(stem, ())))) + 1

    def best(self, wanted: list[str]) -> tuple[int, float, float]:
        """The sentence that covers most of the weight of some stems, its share, and that of the second best."""
        weights = {stem: self.weight(stem) for stem in dict.fromkeys(wanted)}
        total = sum(weights.values())
        scores: Counter[int] = Counter()
        for stem, weight in weights.items():
            for k in self._postings.get(stem, ())[:_MOST_POSTINGS]:
                scores[k] += weight  # type: ignore[assignment]
        if not scores or not total:
            return -1, 0.0, 0.0
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:2]
        second = ranked[1][1] / total if len(ranked) > 1 else 0.0
        return ranked[0][0], ranked[0][1] / total, second


def align(text: Text, reference: Reference) -> list[Aligned]:
    """For each sentence of a text the reference sentence that covers it best; -1 where no word is shared."""
    found = []
    for k, span in enumerate(text.sentences):
        best, score, second = reference.best(stems(text, span))
        found.append(Aligned(k, best, score, second))
    return found
