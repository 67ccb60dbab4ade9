"""Feature matrices of one collection: fitted once a fold, n-grams counted once for all folds."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.pipeline import FeatureUnion

from data.splits import group_of
from data.tasks import Parts
from features.blocks import build_features
from features.documents import documents
from features.ngrams import Counts, NGrams
from features.text import Analysis

#: Row numbers of a collection.
Rows = NDArray[np.int64]


class Counted:
    """N-grams of a whole collection, counted once for all folds."""

    def __init__(self, found: list[Analysis]) -> None:
        self.found = found
        self._counts: dict[str, Counts] = {}

    def of(self, piece: str, transformer: NGrams) -> Counts:
        """Counts of a piece over the whole collection."""
        if piece not in self._counts:
            self._counts[piece] = transformer.count(self.found)
        return self._counts[piece]


class Pieces:
    """Feature pieces fitted on one training part of a collection, with their matrices.

    ``train`` and ``others`` are row numbers of the collection.
    """

    def __init__(self, counted: Counted, train: Rows, others: dict[str, Rows]) -> None:
        self.counted, self.train, self.others = counted, train, others
        self.y = np.array([counted.found[i].article.label for i in train], dtype=float)
        self.items = [counted.found[i].article.item for i in train]
        self._done: dict[str, tuple[Any, Any, dict[str, Any]]] = {}

    def _piece(self, piece: str) -> tuple[Any, Any, dict[str, Any]]:
        if piece not in self._done:
            transformer = build_features(piece).transformer_list[0][1]
            fit = self._fit_counts if isinstance(transformer, NGrams) else self._fit_rows
            self._done[piece] = fit(piece, transformer)
        return self._done[piece]

    def _fit_counts(self, piece: str, transformer: NGrams) -> tuple[Any, Any, dict[str, Any]]:
        counts = self.counted.of(piece, transformer)
        train = counts.rows(self.train)
        kept = transformer.fit_counts(train)
        others = {name: transformer.transform_counts(counts.rows(rows), kept) for name, rows in self.others.items()}
        return transformer, transformer.transform_counts(train, kept), others

    def _fit_rows(self, piece: str, transformer: Any) -> tuple[Any, Any, dict[str, Any]]:
        found = self.counted.found
        matrix = transformer.fit_transform([found[i] for i in self.train], self.y)
        others = {name: transformer.transform([found[i] for i in rows]) for name, rows in self.others.items()}
        return transformer, matrix, others

    def of(self, features: str) -> tuple[FeatureUnion, Any, dict[str, Any]]:
        """Fitted union, training matrix, and the matrix of each other part."""
        names = features.split("+")
        pieces = [self._piece(name) for name in names]
        union = FeatureUnion([(name, piece[0]) for name, piece in zip(names, pieces, strict=True)])
        return union, _stack([p[1] for p in pieces]), {n: _stack([p[2][n] for p in pieces]) for n in self.others}


def _stack(matrices: list[Any]) -> Any:
    if any(sparse.issparse(m) for m in matrices):
        return sparse.hstack([sparse.csr_matrix(m) for m in matrices]).tocsr()
    return np.hstack(matrices)


def trained(counted: Counted, train: Rows, copies: Rows, others: dict[str, Rows]) -> dict[bool, Pieces]:
    """Pieces of the training rows alone (False), and with the synthetic copies of their groups (True).

    A copy whose original is not among the training rows stays out.
    """
    groups = {group_of(counted.found[i].article) for i in train}
    own = np.array([i for i in copies if group_of(counted.found[i].article) in groups], dtype=np.int64)
    return {False: Pieces(counted, train, others), True: Pieces(counted, np.concatenate([train, own]), others)}


def collection(parts: Parts) -> tuple[Counted, Rows, dict[str, Rows]]:
    """Parts as one collection: the analyses, the rows to train on, and the rows of each other part."""
    ends = np.cumsum([0, *(len(rows) for rows in parts.values())])
    index = {name: np.arange(a, b) for name, a, b in zip(parts, ends, ends[1:], strict=False)}
    found = [analysis for rows in parts.values() for analysis in documents(rows)]
    return Counted(found), index.pop("train"), index
