"""What stands for what: a segment and its source, word by word.

A `Reading` is made once for each segment and shared by everything that asks: the segment features of
`features.rendering` and the token features of the taggers. Its arrays are by word (tokens that begin with a letter
or digit) of the body (``t``) and of the source (``s``).
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from features.alignment_model import LexicalModel
from features.text import Analysis, Text

Numbers = NDArray[np.float64]

#: English and German letters that stand for one another in related words.
_ALIKE: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "s", "k": "c", "z": "c", "y": "i"})
#: Related words must share so many letter triples (of the shorter word) to count.
_RELATED: Final = 0.5
_RELATED_WEIGHT: Final = 0.8


@cache
def zipf(word: str, language: str) -> float:
    """Frequency of a word form, log10 of its rate in a billion words; 0 if it is not known."""
    from wordfreq import zipf_frequency

    return zipf_frequency(word, language)


@cache
def _triples(word: str) -> frozenset[str]:
    marked = "^" + word.translate(_ALIKE)
    return frozenset(marked[i : i + 3] for i in range(len(marked) - 2))


def relatedness(source: list[str], target: list[str]) -> Numbers:
    """Share of common letter triples, shape (n_target, n_source): names and cognates stand out.

    Of the shorter word where both have three triples, so that a compound is related to its parts; else Dice.
    """
    by_triple: dict[str, list[int]] = {}
    sizes = np.array([len(_triples(word)) for word in source], dtype=float)
    for i, word in enumerate(source):
        for triple in _triples(word):
            by_triple.setdefault(triple, []).append(i)
    common = np.zeros((len(target), len(source)))
    own = np.array([[float(len(_triples(word)))] for word in target]).reshape(len(target), 1)
    for j, word in enumerate(target):
        for triple in _triples(word):
            common[j, by_triple.get(triple, [])] += 1
    least = np.minimum(own, sizes)
    dice = 2 * common / np.maximum(own + sizes, 1)
    return np.asarray(np.where(least >= 3, common / np.maximum(least, 1), dice))


def _places(text: Text) -> list[int]:
    return [i for i, word in enumerate(text.lower) if word[0].isalnum()]


def _content(words: list[str], text: Text) -> NDArray[np.bool_]:
    stop = text.language.function_words
    return np.array([len(w) > 2 and w not in stop for w in words], dtype=bool)


class Reading:
    """A segment beside its source under lexical models of both directions."""

    def __init__(self, analysis: Analysis, forward: LexicalModel, backward: LexicalModel) -> None:
        self.body, self.source = analysis.body, analysis.source
        self._forward, self._backward = forward, backward
        self.t_places, self.s_places = _places(self.body), _places(self.source)
        self.t = [self.body.lower[i] for i in self.t_places]
        self.s = [self.source.lower[i] for i in self.s_places]

    @cached_property
    def forward(self) -> Numbers:
        """Probability of each body word given "no word" and each source word, shape (n_t, 1 + n_s)."""
        return self._forward.table(self.s, self.t)

    @cached_property
    def backward(self) -> Numbers:
        """Probability of each source word given "no word" and each body word, shape (n_s, 1 + n_t)."""
        return self._backward.table(self.t, self.s)

    @cached_property
    def related(self) -> Numbers:
        """Likeness of the letters, shape (n_t, n_s)."""
        return relatedness(self.s, self.t)

    @cached_property
    def link(self) -> Numbers:
        """Best evidence that two words stand for one another, 0..1, shape (n_t, n_s)."""
        letters = _RELATED_WEIGHT * self.related * (self.related > _RELATED)
        return np.maximum(np.maximum(self.forward[:, 1:], self.backward[:, 1:].T), letters)

    @cached_property
    def t_best(self) -> Numbers:
        """Evidence of the best source word of each body word."""
        return np.asarray(self.link.max(axis=1, initial=0.0))

    @cached_property
    def s_best(self) -> Numbers:
        """Evidence of the best body word of each source word."""
        return np.asarray(self.link.max(axis=0, initial=0.0))

    @cached_property
    def t_content(self) -> NDArray[np.bool_]:
        """Whether a body word carries content."""
        return _content(self.t, self.body)

    @cached_property
    def s_content(self) -> NDArray[np.bool_]:
        """Whether a source word carries content."""
        return _content(self.s, self.source)

    @cached_property
    def t_known(self) -> NDArray[np.bool_]:
        """Whether the models ever saw a body word."""
        return self._backward.knows(self.t)

    @cached_property
    def s_known(self) -> NDArray[np.bool_]:
        """Whether the models ever saw a source word."""
        return self._forward.knows(self.s)
