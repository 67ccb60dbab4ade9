"""Falke19: a correct and an incorrect summary sentence for one article sentence (corpora card 12).

Two articles a triple, compared within ``item``. Three triples whose two sentences are the
same are dropped: 370 remain. Groups are articles; only the sentence is given as source.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Final

from data.cache import Files
from data.corpus import Splits
from data.schema import Article

EXTRA: Final[dict[str, str]] = {}


def load(files: Files) -> Splits:
    """One split, ``all``."""
    return {"all": partial(_articles, files)}


def _articles(files: Files) -> Iterator[Article]:
    for number, row in enumerate(json.loads(files.read("data/falke-correctness/val_sentence_pairs.json")), 1):
        if row["correct_sent"] == row["incorrect_sent"]:
            continue
        for key, label in (("correct", 0.0), ("incorrect", 1.0)):
            yield Article(
                id=f"falke19/{number}/{key}",
                language="en",
                body=row[f"{key}_sent"],
                source=row["article_sent"],
                group=f"falke19/{row['article_id']}",
                item=f"falke19/{number}",
                label=label,
            )
