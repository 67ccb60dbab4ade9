"""An n-gram language model in a few arrays, for words or for the letters of a word.

Interpolated absolute discounting (Ney, Essen and Kneser 1994): a discount is taken from every count and handed to the
model of shorter context; the shortest one backs off to an even spread. n-grams are known by hash, so that a fitted
model holds no text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator

from features.alignment_model import word_hash

Numbers = NDArray[np.float64]
Keys = NDArray[np.uint64]

_EDGE: Final = np.uint64(1)
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_DISCOUNT: Final = 0.8
#: The even spread that the shortest context backs off to: one of so many words.
_SPREAD: Final = 1_000_000.0


def _sequence(tokens: Sequence[str], order: int) -> Keys:
    """Hashes of the tokens with edges before and one behind them."""
    out = np.full(len(tokens) + order, _EDGE, dtype=np.uint64)
    out[order - 1 : -1] = np.fromiter((word_hash(t) for t in tokens), dtype=np.uint64, count=len(tokens))
    return out


def _rolled(sequence: Keys, order: int) -> Keys:
    """Key of each stretch of ``order`` tokens, shape (n - order + 1,)."""
    n = len(sequence) - order + 1
    keys = sequence[:n].copy()
    for k in range(1, order):
        keys = keys * _FACTOR + sequence[k : k + n]
        keys ^= keys >> np.uint64(29)
    return keys


def _before(sequence: Keys, order: int) -> Keys:
    """Key of the context of each n-gram; that of a single token is 0."""
    return _rolled(sequence[:-1], order - 1) if order > 1 else np.zeros(len(sequence), dtype=np.uint64)


def _look_up(keys: Keys, values: NDArray[Any], wanted: Keys) -> Numbers:
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], 0).astype(float)


class LanguageModel(BaseEstimator):  # type: ignore[misc]
    """How likely each token is after those before it.

    Parameters
    ----------
    order
        Length of the longest n-gram.
    least
        An n-gram of the longest order must occur so often to be kept.

    Attributes
    ----------
    keys_, counts_ : list of array, one an order
        Hash and count of every n-gram.
    contexts_, totals_, kinds_ : list of array, one an order
        Hash of each context, what follows it, and how many different tokens do.
    """

    def __init__(self, order: int = 3, least: int = 1) -> None:
        self.order = order
        self.least = least

    def fit(self, X: Iterable[Sequence[str]], y: Any = None) -> Self:
        """Count the n-grams of token sequences.

        Raises
        ------
        ValueError
            If there is no sequence.
        """
        sequences = [_sequence(tokens, self.order) for tokens in X]
        if not sequences:
            raise ValueError("The language model needs at least one sequence of tokens, got none.")
        self.keys_: list[Keys] = []
        self.counts_: list[NDArray[np.uint16]] = []
        self.contexts_: list[Keys] = []
        self.totals_: list[NDArray[np.float32]] = []
        self.kinds_: list[NDArray[np.float32]] = []
        for order in range(1, self.order + 1):
            self._count([s[self.order - order :] for s in sequences], order)
        return self

    def _count(self, sequences: list[Keys], order: int) -> None:
        keys, first, counts = np.unique(
            np.concatenate([_rolled(s, order) for s in sequences]), return_index=True, return_counts=True
        )
        before = np.concatenate([_before(s, order) for s in sequences])
        contexts, place = np.unique(before[first], return_inverse=True)
        total, kinds = np.bincount(place, counts), np.bincount(place)
        # A context seen once knows nothing that the shorter one does not.
        told = total > (1 if order > 1 else 0)
        self.contexts_.append(contexts[told])
        self.totals_.append(total[told].astype(np.float32))
        self.kinds_.append(kinds[told].astype(np.float32))
        kept = counts >= (self.least if order == self.order else 1)
        self.keys_.append(keys[kept])
        self.counts_.append(np.minimum(counts[kept], 65535).astype(np.uint16))

    def surprisal(self, tokens: Sequence[str]) -> Numbers:
        """Minus log2 probability of each token and of the end, shape (n_tokens + 1,)."""
        return self.both(tokens)[0]

    def both(self, tokens: Sequence[str]) -> tuple[Numbers, NDArray[np.int64]]:
        """Surprisal as above, and the length of the longest n-gram known at each place, both (n_tokens + 1,)."""
        whole = _sequence(tokens, self.order)
        value = np.full(len(tokens) + 1, 1.0 / _SPREAD)
        known = np.zeros(len(tokens) + 1, dtype=np.int64)
        for order in range(1, self.order + 1):
            own = whole[self.order - order :]
            count = _look_up(self.keys_[order - 1], self.counts_[order - 1], _rolled(own, order))
            before = _before(own, order)
            total = _look_up(self.contexts_[order - 1], self.totals_[order - 1], before)
            kinds = _look_up(self.contexts_[order - 1], self.kinds_[order - 1], before)
            seen = total > 0
            safe = np.where(seen, total, 1.0)
            mixed = np.maximum(count - _DISCOUNT, 0) / safe + _DISCOUNT * kinds / safe * value
            value = np.where(seen, mixed, value)
            known[count > 0] = order
        return -np.log2(np.maximum(value, 1e-12)), known
