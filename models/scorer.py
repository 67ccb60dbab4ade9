"""Features and head in one: from articles to a score each."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator

from features.blocks import build_features
from features.documents import documents
from models.heads import make_head
from models.metrics import Array

#: Articles are scored in portions, so that memory does not grow with their number.
PORTION = 512


class Scorer(BaseEstimator):  # type: ignore[misc]
    """A feature set and a model by name; ``score`` gives one number an article, higher is worse.

    Parameters
    ----------
    features
        Block names joined by ``+`` (`features.blocks`).
    model
        Name of a head (`models.heads`).
    """

    def __init__(self, features: str, model: str, seed: int = 0) -> None:
        self.features = features
        self.model = model
        self.seed = seed

    def fit(self, X: Any, y: Array) -> Self:
        """Learn from articles and their labels."""
        found = documents(X)
        self.features_ = build_features(self.features)
        matrix = self.features_.fit_transform(found, y)
        self.head_ = make_head(self.model, self.seed).fit(matrix, y, [a.article.item for a in found])
        return self

    @classmethod
    def of(cls, features: str, model: str, seed: int, fitted: Any, head: Any) -> Self:
        """Put parts together that were fitted apart."""
        scorer = cls(features, model, seed)
        scorer.features_, scorer.head_ = fitted, head
        return scorer

    def score(self, X: Any) -> Array:
        """Scores, shape (n_articles,)."""
        found = documents(X)
        parts = [
            self.head_.score(self.features_.transform(found[i : i + PORTION])) for i in range(0, len(found), PORTION)
        ]
        return np.concatenate(parts) if parts else np.array([])

    def predict(self, X: Any) -> Array:
        """Scores under scikit-learn's name, as MLflow asks for them."""
        return self.score(X)

    def weights(self) -> list[tuple[str, float]]:
        """Columns with their weights, the heaviest first; empty for a model that is not linear."""
        weights = self.head_.coefficients()
        if weights is None:
            return []
        names = self.features_.get_feature_names_out()
        order = np.argsort(-np.abs(weights), kind="stable")
        return [(str(names[i]), float(weights[i])) for i in order]
