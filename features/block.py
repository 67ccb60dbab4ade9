"""The base of feature blocks that compute a row for each article on its own."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

from features.documents import documents
from features.text import Analysis


class Block(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """A dense block: ``names`` gives the columns, ``row`` the values of one article.

    ``X`` is a sequence of articles, analyses, or a DataFrame with the record fields; the output has shape
    (n_articles, n_columns), float64. NaN means "not looked at". Nothing is learned but the list of columns,
    which is fixed at ``fit``, so that a column added later does not change a model already trained. Rows are
    kept with the analysis: folds and models that share an article compute it once.

    Attributes
    ----------
    columns_ : list of str
    """

    def names(self) -> list[str]:
        """Names of the columns as of now."""
        raise NotImplementedError

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Values of the given columns for one article."""
        raise NotImplementedError

    def fit(self, X: Any, y: Any = None) -> Self:
        """Fix the columns."""
        self.columns_ = self.names()
        return self

    def transform(self, X: Any) -> np.ndarray:
        """Values by article and column."""
        key = (type(self).__name__, repr(sorted(self.get_params().items())), tuple(self.columns_))
        rows = [self._row(analysis, key) for analysis in documents(X)]
        return np.array(rows, dtype=float).reshape(len(rows), len(self.columns_))

    def _row(self, analysis: Analysis, key: Any) -> list[float]:
        row: list[float] | None = analysis.memo.get(key)
        if row is None:
            row = analysis.memo[key] = self.row(analysis, self.columns_)
        return row

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Names of the columns."""
        return np.array(self.columns_, dtype=object)
