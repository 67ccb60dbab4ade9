"""DeFacto: summaries of BBC articles, human labels and corrections (corpora card 9).

One article a summary: ``body`` the candidate, ``source`` the BBC article. The article that
stands in train and in val is dropped from val (1 row), so that 485 rows remain there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Final

from data.cache import Files
from data.corpus import Splits
from data.loaders.keys import article_key
from data.schema import Article

EXTRA: Final = {"has_error": "bool", "intrinsic": "bool", "extrinsic": "bool", "correction": "string"}


def load(files: Files) -> Splits:
    """Official splits ``train``, ``val``, ``test``."""
    return {split: partial(_articles, files, split) for split in ("train", "val", "test")}


def _articles(files: Files, split: str) -> Iterator[Article]:
    in_train = {article.group for article in _all(files, "train")} if split == "val" else set()
    return (article for article in _all(files, split) if article.group not in in_train)


def _all(files: Files, split: str) -> Iterator[Article]:
    for number, line in enumerate(files.read(f"data/{split}.jsonl").rstrip("\n").split("\n"), 1):
        row = json.loads(line)
        key = article_key(row["article"])
        yield Article(
            id=f"defacto/{split}/{number}",
            language="en",
            body=row["candidate"],
            source=row["article"],
            group=key,
            label=float(row["has_error"]),
            extra={
                "has_error": row["has_error"],
                "intrinsic": row["intrinsic_error"],
                "extrinsic": row["extrinsic_error"],
                "correction": row["feedback"]["summary"] or None,
            },
        )
