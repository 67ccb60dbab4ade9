"""A ranker for graded labels of items: how the rows of one item differ, and how hard the item is.

Within an item only differences of rows count; between items the columns that hardly differ inside an item (those of
the source) say how hard it is. The second part cannot change an order within an item.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator
from sklearn.linear_model import LogisticRegression, Ridge

from models.metrics import Array, codes, item_pairs

#: A column whose variance inside items is below this share of its variance belongs to the item.
_OF_ITEM = 1e-3


class TwoLevelRanker(BaseEstimator):  # type: ignore[misc]
    """Logistic regression on pairs within an item, weighted by how far their labels are apart, plus the item's level.

    The pairwise part is that of `models.heads.PairwiseRanker` with weights (a pair of nearly equal labels is mostly
    noise) and a strong penalty, meant for dense standardised columns.

    Parameters
    ----------
    C
        Inverse strength of the penalty of the pairwise part.
    between
        Weight of the item's level, in standard deviations of the pairwise part.
    max_pairs
        At most so many pairs are drawn, each in one random direction.
    """

    def __init__(self, C: float = 1e-3, between: float = 2.0, max_pairs: int = 60_000, seed: int = 0) -> None:
        self.C = C
        self.between = between
        self.max_pairs = max_pairs
        self.seed = seed

    def fit(self, X: Any, y: Array, items: list[str | None] | None = None) -> Self:
        """Fit both parts.

        Raises
        ------
        ValueError
            If no item has two rows with different labels.
        """
        X = np.asarray(X.toarray() if sparse.issparse(X) else X, dtype=float)  # type: ignore[attr-defined]
        y = np.asarray(y, dtype=float)
        item = codes(items or [None] * len(y))
        within = self._within(X, y, item)
        level = _level(X, y, item)
        scale = max(float((X @ within).std()), 1e-12) / max(float((X @ level).std()), 1e-12)
        self.coef_ = within + self.between * scale * level
        return self

    def _within(self, X: Array, y: Array, item: NDArray[np.int64]) -> Array:
        rng = np.random.default_rng(self.seed)
        worse, better = item_pairs(y, item)
        if not len(worse):
            raise ValueError("The ranker needs items with two rows of different labels; there are none.")
        chosen = rng.permutation(len(worse))[: self.max_pairs]
        worse, better = worse[chosen], better[chosen]
        sign = np.where(rng.random(len(chosen)) < 0.5, -1.0, 1.0)
        model = LogisticRegression(C=self.C, fit_intercept=False, max_iter=500)
        gap = np.minimum(y[worse] - y[better], 3.0)
        model.fit((X[worse] - X[better]) * sign[:, None], sign > 0, sample_weight=gap)
        return np.ravel(model.coef_)

    def score(self, X: Any) -> Array:
        """Linear score, shape (n_rows,)."""
        return np.asarray(X @ self.coef_, dtype=float)

    def coefficients(self) -> Array:
        """Weight of each column."""
        return self.coef_


def _level(X: Array, y: Array, item: NDArray[np.int64]) -> Array:
    """Weights of the columns that belong to the item, by ridge regression on the rows; 0 for all others."""
    n = np.bincount(item[item >= 0])
    kept = np.flatnonzero(item >= 0)
    own = item[kept]
    inside = np.zeros(X.shape[1])
    for column in range(X.shape[1]):
        values = X[kept, column]
        mean = np.bincount(own, values, minlength=len(n)) / np.maximum(n, 1)
        inside[column] = float(((values - mean[own]) ** 2).mean())
    columns = np.flatnonzero((inside <= _OF_ITEM * np.maximum(X[kept].var(axis=0), 1e-12)) & (X[kept].var(axis=0) > 0))
    weights = np.zeros(X.shape[1])
    if len(columns):
        weights[columns] = Ridge(alpha=100.0).fit(X[np.ix_(kept, columns)], y[kept]).coef_
    return weights
