"""N-grams summed up in one column: the log-odds of a linear model, out of fold on what it was fitted on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.linear_model import LogisticRegression

from data.splits import group_of, grouped_folds
from features.differences import PairWords
from features.documents import documents
from features.ngrams import NGrams
from features.novelty import Novelty

#: Name -> the n-grams that are summed up.
SUMMED: Final[dict[str, Callable[[], NGrams]]] = {
    "novelty": lambda: Novelty("source"),
    "novelty-lines": lambda: Novelty("lines"),
    "novelty-headline": lambda: Novelty("headline"),
    "pair-words": lambda: PairWords(),
    "body": lambda: NGrams("word", 1, 2, part="body"),
    "chars": lambda: NGrams("char", 2, 5, part="body"),
}


class Summed(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Log-odds of label 1 by logistic regression on n-grams; shape (n_articles, 1).

    ``fit_transform`` gives each article the score of a model that has not seen its group (``article.group``), so that
    what is learned on top of it is not misled.

    Parameters
    ----------
    ngrams
        A key of `SUMMED`.
    C
        Inverse strength of regularisation.
    folds
        Number of inner folds.
    """

    def __init__(self, ngrams: str = "novelty", C: float = 2.0, folds: int = 5) -> None:
        self.ngrams = ngrams
        self.C = C
        self.folds = folds

    def _model(self) -> LogisticRegression:
        return LogisticRegression(C=self.C, max_iter=1000, class_weight="balanced")

    def fit(self, X: Any, y: Any) -> Self:
        """Fit n-grams and model on all rows."""
        found = documents(X)
        self.transformer_ = SUMMED[self.ngrams]()
        self.model_ = self._model().fit(self.transformer_.fit_transform(found), np.asarray(y))
        return self

    def transform(self, X: Any) -> NDArray[np.float64]:
        """Log-odds by the model of all training rows."""
        return np.asarray(self.model_.decision_function(self.transformer_.transform(X)), dtype=float)[:, None]

    def fit_transform(self, X: Any, y: Any = None, **params: Any) -> NDArray[np.float64]:
        """Fit, and give out-of-fold log-odds.

        Raises
        ------
        ValueError
            Without labels.
        """
        if y is None:
            raise ValueError("Summed n-grams learn from labels; fit_transform got y=None.")
        found, labels = documents(X), np.asarray(y, dtype=float)
        self.fit(found, labels)
        groups = [group_of(d.article) for d in found]
        out = np.zeros((len(found), 1))
        if len(set(groups)) < self.folds:
            return self.transform(found)
        fold_of = grouped_folds(groups, list(labels), self.folds, 0)
        for fold in range(self.folds):
            inside, held = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
            transformer = SUMMED[self.ngrams]()
            model = self._model().fit(transformer.fit_transform([found[i] for i in inside]), labels[inside])
            out[held, 0] = model.decision_function(transformer.transform([found[i] for i in held]))
        return out

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """One name."""
        return np.array([f"log_odds_{self.ngrams}"], dtype=object)
