"""The mean of a linear model and of boosted trees of several seeds, for dense columns.

Random forests would serve as well, but their stored node tables are indexed without a bounds check, so that skops
rightly takes no such file from others; boosted trees by histogram are safe to load.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression


class Blend(BaseEstimator):  # type: ignore[misc]
    """Mean of the probability of logistic regression and the mean probability of some boosted models.

    Parameters
    ----------
    C
        Inverse strength of regularisation of the linear model.
    leaf
        Fewest rows in a leaf; more where groups are few and large.
    trees
        Number of boosted models; each looks at a quarter of the columns a split.
    """

    def __init__(self, C: float = 0.1, leaf: int = 20, trees: int = 4, seed: int = 0) -> None:
        self.C = C
        self.leaf = leaf
        self.trees = trees
        self.seed = seed

    def fit(self, X: NDArray[np.float64], y: NDArray[np.float64]) -> Self:
        """Fit all parts on the same rows."""
        linear = LogisticRegression(C=self.C, max_iter=1000, class_weight="balanced")
        self.parts_: list[Any] = [linear.fit(X, y)]
        for k in range(self.trees):
            model = HistGradientBoostingClassifier(
                max_iter=90,
                learning_rate=0.05,
                max_leaf_nodes=8,
                min_samples_leaf=self.leaf,
                l2_regularization=3.0,
                max_features=0.25,
                class_weight="balanced",
                random_state=self.seed * 100 + k,
            )
            self.parts_.append(model.fit(X, y))
        return self

    def predict_proba(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shape (n_articles, 2)."""
        found = [part.predict_proba(X)[:, 1] for part in self.parts_]
        score = (found[0] + np.mean(found[1:], axis=0)) / 2
        return np.column_stack([1 - score, score])
