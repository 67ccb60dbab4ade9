"""Models on top of a feature matrix, by name.

A head learns from a matrix (n_items, n_columns), labels, and for ranking the item of each row;
``score`` gives one number a row, higher is worse (for classification a probability). A name may
carry options: ``logistic:C=10``. Adding a model is one line in `MODELS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator
from sklearn.calibration import CalibratedClassifierCV
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.svm import LinearSVC

from features.registry import unknown
from models.blend import Blend
from models.metrics import Array, codes, item_pairs
from models.two_level import TwoLevelRanker


class Head(BaseEstimator):  # type: ignore[misc]
    """A scikit-learn classifier or regressor with one way to be asked for scores."""

    def __init__(self, estimator: Any, dense: bool = False) -> None:
        self.estimator = estimator
        self.dense = dense

    def _matrix(self, X: Any) -> Any:
        return X.toarray() if self.dense and sparse.issparse(X) else X  # type: ignore[attr-defined]

    def fit(self, X: Any, y: Array, items: list[str | None] | None = None) -> Self:
        """Fit the estimator; ``items`` are not used."""
        self.estimator.fit(self._matrix(X), y)
        return self

    def score(self, X: Any) -> Array:
        """Probability of label 1, or the predicted value of a regressor."""
        X = self._matrix(X)
        if hasattr(self.estimator, "predict_proba"):
            return np.asarray(self.estimator.predict_proba(X)[:, -1], dtype=float)
        return np.asarray(self.estimator.predict(X), dtype=float)

    def coefficients(self) -> Array | None:
        """Weight of each column where the model is linear, else None."""
        coef = getattr(self.estimator, "coef_", None)
        if coef is None and hasattr(self.estimator, "calibrated_classifiers_"):
            coef = np.mean([c.estimator.coef_ for c in self.estimator.calibrated_classifiers_], axis=0)
        return None if coef is None else np.ravel(coef)


class PairwiseRanker(BaseEstimator):  # type: ignore[misc]
    """Logistic regression on differences of two rows of one item: which of the two is worse.

    The linear form of RankNet (Burges et al. 2005). At most ``max_pairs`` pairs are drawn, each in one
    random direction; rows without an item take no part.
    """

    def __init__(self, C: float = 1.0, max_pairs: int = 40_000, seed: int = 0) -> None:
        self.C = C
        self.max_pairs = max_pairs
        self.seed = seed

    def fit(self, X: Any, y: Array, items: list[str | None] | None = None) -> Self:
        """Draw pairs and fit.

        Raises
        ------
        ValueError
            If no item has two rows with different labels.
        """
        rng = np.random.default_rng(self.seed)
        a, b = item_pairs(np.asarray(y, dtype=float), codes(items or [None] * len(y)))
        if not len(a):
            raise ValueError("The pairwise ranker needs items with two rows of different labels; there are none.")
        chosen = rng.permutation(len(a))[: self.max_pairs]
        flip = rng.random(len(chosen)) < 0.5
        if flip.all() or not flip.any():
            # Few pairs, all drawn in one direction: the second of them, or the same one again, is turned round.
            chosen = np.resize(chosen, max(len(chosen), 2))
            flip = np.resize([False, True], len(chosen))
        first, second = np.where(flip, b[chosen], a[chosen]), np.where(flip, a[chosen], b[chosen])
        model = LogisticRegression(C=self.C, fit_intercept=False, max_iter=300)
        model.fit(X[first] - X[second], (~flip).astype(int))
        self.coef_ = np.ravel(model.coef_)
        return self

    def score(self, X: Any) -> Array:
        """Linear score; only differences within an item mean something."""
        return np.asarray(X @ self.coef_, dtype=float)

    def coefficients(self) -> Array | None:
        """Weight of each column."""
        return self.coef_


@dataclass(frozen=True, slots=True)
class Model:
    """How to make a head: from a random seed and options."""

    name: str
    targets: frozenset[str]
    make: Callable[..., Any]


def _majority(seed: int) -> Head:
    return Head(DummyClassifier(strategy="prior"))


def _logistic(seed: int, C: float = 1.0) -> Head:
    return Head(LogisticRegression(C=C, max_iter=1000, class_weight="balanced"))


def _svm(seed: int, C: float = 0.3) -> Head:
    # Platt scaling on inner folds turns margins into probabilities.
    return Head(CalibratedClassifierCV(LinearSVC(C=C, class_weight="balanced", random_state=seed), cv=3))


#: Small, regularised trees: the tables here have hundreds of rows.
_TREES: Final = {"learning_rate": 0.06, "max_leaf_nodes": 12, "l2_regularization": 1.0, "max_features": 0.5}


def _boosting(seed: int, iterations: float = 150) -> Head:
    return Head(HistGradientBoostingClassifier(max_iter=int(iterations), random_state=seed, **_TREES), dense=True)


def _blend(seed: int, C: float = 0.1, leaf: float = 20) -> Head:
    return Head(Blend(C=C, leaf=int(leaf), seed=seed), dense=True)


def _boosted_ridge(seed: int, iterations: float = 150) -> Head:
    return Head(HistGradientBoostingRegressor(max_iter=int(iterations), random_state=seed, **_TREES), dense=True)


def _two_level(seed: int, C: float = 1e-3, between: float = 2.0) -> Any:
    return TwoLevelRanker(C=C, between=between, seed=seed)


_MODELS: Final = (
    Model("majority", frozenset({"classify"}), _majority),
    Model("logistic", frozenset({"classify"}), _logistic),
    Model("svm", frozenset({"classify"}), _svm),
    Model("boosting", frozenset({"classify"}), _boosting),
    Model("blend", frozenset({"classify"}), _blend),
    Model("constant", frozenset({"rank"}), lambda seed: Head(DummyRegressor())),
    Model("ridge", frozenset({"rank"}), lambda seed, alpha=1.0: Head(Ridge(alpha=alpha))),
    Model("boosted-ridge", frozenset({"rank"}), _boosted_ridge),
    Model("pairwise", frozenset({"rank"}), lambda seed, C=1.0: PairwiseRanker(C=C, seed=seed)),
    Model("two-level", frozenset({"rank"}), _two_level),
)
MODELS: Final[dict[str, Model]] = {model.name: model for model in _MODELS}


def make_head(spec: str, seed: int = 0) -> Any:
    """An unfitted head from its name and options (``logistic:C=10``).

    Raises
    ------
    KeyError
        For an unknown name; the message offers the nearest.
    ValueError
        For an option that the model does not have or a value that is no number.
    """
    name, _, options = spec.partition(":")
    if name not in MODELS:
        raise unknown("model", name, MODELS)
    try:
        values = {key: float(value) for key, _, value in (pair.partition("=") for pair in options.split(",") if pair)}
        return MODELS[name].make(seed, **values)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"Model {spec!r}: options are written name:option=number, and must be known ({error})."
        ) from None
