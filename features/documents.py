"""What every feature block takes as ``X``: analysed articles, or what can be turned into them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from data.records import REQUIRED, article_from_record
from data.schema import Article
from features.text import Analysis, analyse


def documents(X: Any) -> list[Analysis]:
    """Analyses of articles, given as analyses, articles or a DataFrame with the record fields as columns.

    Raises
    ------
    ValueError
        If a DataFrame lacks a required column.
    TypeError
        If an element is neither an article nor an analysis.
    """
    if hasattr(X, "to_dict") and hasattr(X, "columns"):
        missing = [name for name in REQUIRED if name not in X.columns]
        if missing:
            raise ValueError(f"X lacks the article column(s) {missing}; it has {list(X.columns)}.")
        rows = X.astype(object).where(X.notna(), None).to_dict(orient="records")
        return [analyse(article_from_record(row, "X", i)) for i, row in enumerate(rows)]
    return [_document(item) for item in _items(X)]


def _items(X: Any) -> Iterable[Any]:
    if isinstance(X, Article | Analysis):
        raise TypeError("X must be a sequence of articles, got a single one; write [article].")
    return X  # type: ignore[no-any-return]


def _document(item: Any) -> Analysis:
    if isinstance(item, Analysis):
        return item
    if isinstance(item, Article):
        return analyse(item)
    raise TypeError(f"X must hold articles or their analyses, got {type(item).__name__}.")
