"""Sentence embeddings behind one option: a folder, a hub id, or TF-IDF reduced to few dimensions."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from features.documents import documents
from features.ngrams import NGrams


@lru_cache(maxsize=2)
def load_encoder(name: str) -> Any:
    """A SentenceTransformer from a local folder or the hub (import takes about 13 s).

    Raises
    ------
    ValueError
        If it cannot be loaded; the message says what was tried.
    """
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name, device="cpu", trust_remote_code=False)
    except (OSError, ValueError) as error:
        raise ValueError(f"No encoder {name!r}: {error}. Give 'tfidf', a local folder or a hub id.") from error


class Embeddings(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """One vector an article, rows of length 1, float64.

    Parameters
    ----------
    encoder
        "tfidf" (character n-grams reduced by SVD, learned in ``fit``), a local folder or a hub id.
    dimensions
        Only for "tfidf"; fewer where the training part has fewer rows.
    """

    def __init__(self, encoder: str = "tfidf", dimensions: int = 100, seed: int = 0) -> None:
        self.encoder = encoder
        self.dimensions = dimensions
        self.seed = seed

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn the reduction ("tfidf") or ask the encoder for its size."""
        self.fit_transform(X)
        return self

    def fit_transform(self, X: Any, y: Any = None, **params: Any) -> np.ndarray:
        """Fit and transform in one pass."""
        if self.encoder != "tfidf":
            vectors = self._encode(X)
            self.size_ = vectors.shape[1]
            return vectors
        self.ngrams_ = NGrams("char", 3, 5, max_terms=30_000)
        counts = self.ngrams_.fit_transform(X)
        self.size_ = max(1, min(self.dimensions, counts.shape[0] - 1, counts.shape[1] - 1))
        self.svd_ = TruncatedSVD(self.size_, random_state=self.seed)
        return np.asarray(normalize(self.svd_.fit_transform(counts)), dtype=float)

    def transform(self, X: Any) -> np.ndarray:
        """Vectors of articles."""
        if self.encoder != "tfidf":
            return self._encode(X)
        return np.asarray(normalize(self.svd_.transform(self.ngrams_.transform(X))), dtype=float)

    def _encode(self, X: Any) -> np.ndarray:
        found = documents(X)
        key = ("embedding", self.encoder)
        missing = [analysis for analysis in found if key not in analysis.memo]
        if missing:
            texts = [f"{a.article.headline or ''}\n{a.article.body}".strip() for a in missing]
            vectors = load_encoder(self.encoder).encode(texts, normalize_embeddings=True, show_progress_bar=False)
            for analysis, vector in zip(missing, vectors, strict=True):
                analysis.memo[key] = np.asarray(vector, dtype=float)
        return np.array([analysis.memo[key] for analysis in found])

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Numbered columns."""
        return np.array([f"embedding_{i}" for i in range(self.size_)], dtype=object)
