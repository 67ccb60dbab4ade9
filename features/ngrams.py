"""Word and character n-grams, weighted by TF-IDF."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from features.documents import documents
from features.text import Analysis

_WORD: Final = r"(?u)\w+|[^\w\s]"
_GLYPHS: Final = str.maketrans(
    {**dict.fromkeys('„“”»«‟"', '"'), **dict.fromkeys("‚‘’'", "'"), **dict.fromkeys("–—‑", "-"), "…": "..."}
)
_DIGITS: Final = re.compile(r"\d")
_LOWER_WORD: Final = re.compile(r"\b[a-zäöüßà-ÿ]+\b")


def normalised(text: str) -> str:
    """Text with one kind of quotation mark, apostrophe and dash, and every digit as 0."""
    return _DIGITS.sub("0", text.translate(_GLYPHS))


def masked(text: str) -> str:
    """Only the lower-case words: no capitalised word, digit or punctuation is left."""
    return " ".join(_LOWER_WORD.findall(text))


#: Views of a text by name; "raw" is the text itself.
VIEWS: Final[dict[str, Callable[[str], str]]] = {"raw": lambda text: text, "normalised": normalised, "masked": masked}


def _read(analysis: Analysis, part: str) -> str:
    """A part of the article, "text" for headline and body together, or a text of its extra fields."""
    article = analysis.article
    if part == "text":
        return f"{article.headline or ''}\n{article.body}"
    if part in ("headline", "body", "source"):
        return article.text(part)
    return str(article.extra.get(part) or "")


class Counts(NamedTuple):
    """Counts of all n-grams: their names, shape (n_terms,), and a sparse matrix, shape (n_articles, n_terms)."""

    terms: Any
    matrix: Any

    def rows(self, index: Any) -> Counts:
        """The counts of some of the articles."""
        return Counts(self.terms, self.matrix[index])


class NGrams(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """TF-IDF of word or character n-grams; the output is sparse, (n_articles, n_terms), rows of length 1.

    Parameters
    ----------
    unit
        "word" (words and signs) or "char" (inside word boundaries, as scikit-learn's ``char_wb``).
    low, high
        Shortest and longest n-gram.
    part
        "text" (headline and body), "headline", "body", "source", or the name of an extra field.
    view
        "raw", "normalised" (typography levelled) or "masked" (lower-case words only).
    min_df
        An n-gram must stand in so many training articles.
    max_terms
        The most frequent ones are kept.

    Attributes
    ----------
    terms_ : array of str, shape (n_terms,)
        Kept as an array rather than a dict, which stores and loads far faster.
    idf_ : array of float, shape (n_terms,)
        ``ln((1 + n) / (1 + df)) + 1``, scikit-learn's smoothed form.
    """

    def __init__(
        self,
        unit: str = "word",
        low: int = 1,
        high: int = 2,
        part: str = "text",
        view: str = "raw",
        min_df: int = 2,
        max_terms: int = 50_000,
    ) -> None:
        self.unit = unit
        self.low = low
        self.high = high
        self.part = part
        self.view = view
        self.min_df = min_df
        self.max_terms = max_terms

    def _texts(self, X: Any) -> list[str]:
        view = VIEWS[self.view]
        return [view(_read(analysis, self.part)) for analysis in documents(X)]

    def _counter(self, **options: Any) -> CountVectorizer:
        by_unit = {"analyzer": "word", "token_pattern": _WORD} if self.unit == "word" else {"analyzer": "char_wb"}
        return CountVectorizer(
            ngram_range=(self.low, self.high), lowercase=True, dtype=np.float32, **by_unit, **options
        )

    def count(self, X: Any) -> Counts:
        """Every n-gram of articles with its count, before any choice is made."""
        return self._count(self._texts(X))

    def _count(self, texts: list[str]) -> Counts:
        counter = self._counter()
        try:
            matrix = counter.fit_transform(texts)
        except ValueError:
            # No term at all (empty parts): a block without columns, which is what the texts hold.
            return Counts(np.array([], dtype=str), sparse.csr_matrix(np.zeros((len(texts), 0), dtype=np.float32)))
        return Counts(counter.get_feature_names_out(), matrix.tocsr())

    def fit(self, X: Any, y: Any = None) -> Self:
        """Choose terms and weights from training articles."""
        self.fit_counts(self.count(X))
        return self

    def fit_transform(self, X: Any, y: Any = None, **params: Any) -> Any:
        """Fit and transform in one pass over the texts."""
        counts = self.count(X)
        return self._weigh(counts.matrix[:, self.fit_counts(counts)])

    def fit_counts(self, counts: Counts) -> NDArray[np.int64]:
        """Choose terms and weights from counted articles; returns the columns that were kept.

        Columns that no row has are never kept, so that counts of a larger collection, cut to the training rows, give
        the same result as counts of the training rows alone.
        """
        n = counts.matrix.shape[0]
        df = np.bincount(counts.matrix.indices, minlength=counts.matrix.shape[1])
        kept = np.flatnonzero(df >= max(1, min(self.min_df, n)))
        if len(kept) > self.max_terms:
            total = np.asarray(counts.matrix[:, kept].sum(axis=0)).ravel()
            kept = np.sort(kept[np.argsort(-total, kind="stable")[: self.max_terms]])
        self.terms_ = counts.terms[kept].astype(str)
        self.idf_ = np.log((1 + n) / (1 + df[kept])) + 1
        return kept

    def transform_counts(self, counts: Counts, kept: NDArray[np.int64]) -> Any:
        """TF-IDF rows from counts, given the columns that `fit_counts` kept."""
        return self._weigh(counts.matrix[:, kept])

    def _weigh(self, counts: Any) -> Any:
        weighted = counts.tocsr().copy()
        if not weighted.shape[1]:
            return weighted
        # Sublinear term frequency: a word said ten times is not ten times the evidence.
        weighted.data = (1 + np.log(weighted.data)) * self.idf_[weighted.indices]
        return normalize(weighted, copy=False)

    def transform(self, X: Any) -> Any:
        """TF-IDF rows of articles."""
        texts = self._texts(X)
        if not len(self.terms_):
            return sparse.csr_matrix(np.zeros((len(texts), 0), dtype=np.float32))
        counter = self._counter(vocabulary={term: i for i, term in enumerate(self.terms_)})
        return self._weigh(counter.transform(texts).tocsr())

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The terms, with unit and part before them."""
        return np.array([f"{self.unit}:{self.part}:{term}" for term in self.terms_], dtype=object)
