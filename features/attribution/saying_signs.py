"""Signs of attributed content in a sentence, with its neighbours in the article, as a sparse block."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any, Final, Self

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.preprocessing import normalize

from features.attribution.reading import read
from features.attribution.sentence_signs import FAMILIES, sentence_names
from features.documents import documents
from features.text import Analysis, Span

#: Weight of each family of names after its rows were brought to length 1; chosen on dev of the German set.
_WEIGHTS: Final = {"s": 1.5, "l": 1.0, "c": 1.0}


@lru_cache(maxsize=256)
def _offsets(starts: tuple[int, ...], ends: tuple[int, ...]) -> tuple[Span, ...]:
    return tuple(Span(a, b) for a, b in zip(starts, ends, strict=True))


def names_of(analysis: Analysis) -> list[str]:
    """Names of a sentence record; kept with its analysis.

    The article is read from the extra fields ``document``, ``document_offsets`` (start, end, start, end …) and
    ``position``, which sentence tasks set; without them the body stands alone.
    """
    found: list[str] | None = analysis.memo.get("saying-signs")
    if found is None:
        article = analysis.article
        document, offsets = article.extra.get("document"), article.extra.get("document_offsets")
        if document and offsets:
            reading = read(str(document), article.language, _offsets(tuple(offsets[::2]), tuple(offsets[1::2])))
            found = sentence_names(reading, int(article.extra["position"]))
        else:
            whole = (Span(0, len(article.body)),)
            found = sentence_names(read(article.body, article.language, whole), 0)
        analysis.memo["saying-signs"] = found
    return found


class SayingSigns(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Names of `features.attribution.sentence_signs` as a sparse matrix, shape (n_sentences, n_names).

    Parameters
    ----------
    min_df
        A name must stand in so many training sentences.

    Attributes
    ----------
    names_ : array of str, sorted
    """

    def __init__(self, min_df: int = 2) -> None:
        self.min_df = min_df

    def fit(self, X: Any, y: Any = None) -> Self:
        """Choose the names."""
        counts = Counter(name for analysis in documents(X) for name in names_of(analysis))
        self.names_ = np.array(sorted(name for name, n in counts.items() if n >= self.min_df), dtype=str)
        return self

    def transform(self, X: Any) -> Any:
        """Rows of three families, each of length 1 times its weight."""
        column = {name: i for i, name in enumerate(self.names_.tolist())}
        found = documents(X)
        rows = [[i for name in names_of(analysis) if (i := column.get(name)) is not None] for analysis in found]
        ends = np.cumsum([0, *map(len, rows)])
        shape = (len(rows), len(column))
        matrix = sparse.csr_matrix((np.ones(ends[-1]), np.array([i for r in rows for i in r], dtype=int), ends), shape)
        return sparse.hstack([_WEIGHTS[f] * normalize(matrix[:, self._family(f)]) for f in FAMILIES]).tocsr()

    def _family(self, family: str) -> Any:
        return np.flatnonzero(np.char.startswith(self.names_, f"{family}:"))

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names in the order of the columns."""
        return np.concatenate([self.names_[self._family(f)] for f in FAMILIES]).astype(object)
