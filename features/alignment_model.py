"""Lexical translation probabilities learned from sentence pairs, in two arrays.

IBM model 1 (Brown et al. 1993) with the diagonal prior of fast_align (Dyer, Chahuneau and Smith 2013) and their
variational Bayes update. Words are known by hash, so that a fitted table holds no text and loads at once.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any, Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma
from sklearn.base import BaseEstimator

Numbers = NDArray[np.float64]
Words = Sequence[str]

#: The word that stands for "no source word", 0 among the hashes.
_NULL: Final = 0
_NULL_SHARE: Final = 0.08


def word_hash(word: str) -> int:
    """Non-zero hash of a word, below 2 to the 32; two of 50,000 words share one about once in three vocabularies."""
    return zlib.crc32(word.encode()) or 1


def hashes(words: Words) -> NDArray[np.uint64]:
    """Hashes of words."""
    return np.fromiter((word_hash(word) for word in words), dtype=np.uint64, count=len(words))


def diagonal(n_to: int, n_from: int, sharpness: float) -> Numbers:
    """Prior of each place, shape (n_to, 1 + n_from): near the diagonal is likelier; the first column is "none"."""
    rows = (np.arange(n_to) + 0.5)[:, None] / max(n_to, 1)
    columns = (np.arange(n_from) + 0.5)[None, :] / max(n_from, 1)
    near = np.exp(-sharpness * np.abs(rows - columns))
    near *= (1 - _NULL_SHARE) / near.sum(axis=1, keepdims=True)
    return np.hstack([np.full((n_to, 1), _NULL_SHARE), near])


class _Cells(NamedTuple):
    """All cells of all sentence pairs, flat: number of the word pair, prior, and where each row of cells begins."""

    pair: NDArray[np.int64]
    prior: NDArray[np.float32]
    starts: NDArray[np.int64]
    keys: NDArray[np.uint64]


def _cells(pairs: Sequence[tuple[Words, Words]], sharpness: float) -> _Cells:
    keys, priors, lengths = [], [], []
    for given, made in pairs:
        if not given or not made:
            continue
        source = np.r_[np.uint64(_NULL), hashes(given)]
        keys.append(((source[None, :] << np.uint64(32)) | hashes(made)[:, None]).ravel())
        priors.append(diagonal(len(made), len(given), sharpness).astype(np.float32).ravel())
        lengths.append(np.full(len(made), len(source)))
    if not keys:
        raise ValueError("The lexical model needs sentence pairs with words on both sides; there are none.")
    unique, pair = np.unique(np.concatenate(keys), return_inverse=True)
    starts = np.cumsum(np.r_[0, np.concatenate(lengths)])[:-1]
    return _Cells(pair, np.concatenate(priors), starts, unique)


class LexicalModel(BaseEstimator):  # type: ignore[misc]
    """How likely a word is given one of the other language.

    Parameters
    ----------
    rounds
        Rounds of expectation and maximisation.
    sharpness
        Strength of the diagonal prior; 0 is model 1.
    floor
        Word pairs below this probability are dropped from the fitted table.

    Attributes
    ----------
    keys_ : array of uint64, ascending
        Hash of the given word in the upper, of the produced word in the lower half.
    values_ : array of float32
        Probability of the produced word given the given one.
    """

    def __init__(self, rounds: int = 5, sharpness: float = 4.0, floor: float = 1e-3) -> None:
        self.rounds = rounds
        self.sharpness = sharpness
        self.floor = floor

    def fit(self, X: Sequence[tuple[Words, Words]], y: Any = None) -> Self:
        """Learn from (given words, produced words) of each sentence pair.

        Raises
        ------
        ValueError
            If there is no pair with words on both sides.
        """
        cells = _cells(X, self.sharpness)
        lengths = np.diff(np.r_[cells.starts, len(cells.pair)])
        given = np.unique(cells.keys >> np.uint64(32), return_inverse=True)[1]
        value = np.ones(len(cells.keys), dtype=np.float32)
        for _ in range(self.rounds):
            weight = value[cells.pair] * cells.prior
            weight /= np.repeat(np.add.reduceat(weight, cells.starts), lengths)
            counts = np.bincount(cells.pair, weight, minlength=len(cells.keys))
            total = np.bincount(given, counts)
            spread = np.bincount(given)
            # Variational Bayes with a Dirichlet prior of .01: rare words collect less that is not theirs.
            value = np.exp(digamma(counts + 0.01) - digamma(total + 0.01 * spread)[given]).astype(np.float32)
        kept = value >= self.floor
        self.keys_, self.values_ = cells.keys[kept], value[kept]
        self.known_ = np.unique(self.keys_ >> np.uint64(32))
        return self

    def table(self, given: Words, made: Words) -> Numbers:
        """Probability of each produced word by each given word, shape (n_made, 1 + n_given); 0 where not known.

        The first column is the probability without a given word.
        """
        source = np.r_[np.uint64(_NULL), hashes(given)]
        wanted = (source[None, :] << np.uint64(32)) | hashes(made)[:, None]
        at = np.minimum(np.searchsorted(self.keys_, wanted), len(self.keys_) - 1)
        return np.where(self.keys_[at] == wanted, self.values_[at], 0.0).astype(float)

    def knows(self, words: Words) -> NDArray[np.bool_]:
        """Whether each given word was ever seen."""
        wanted = hashes(words)
        at = np.minimum(np.searchsorted(self.known_, wanted), len(self.known_) - 1)
        return np.asarray(self.known_[at] == wanted)
