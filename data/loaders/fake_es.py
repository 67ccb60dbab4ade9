"""Spanish Fake News Corpus, v1 (2018) and v2 (2020 to 2021) (corpora card 20).

``train`` and ``dev`` are v1, ``test`` is v2, whose category is a boolean: true means genuine.
Texts are as upstream gives them: numbers are masked as ``*NUMBER*`` in v1 and not in v2,
which a task must level. Group is the source, which nearly decides the label in v1.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from data.cache import Files
from data.corpus import Splits
from data.loaders.spreadsheets import rows
from data.schema import Article

EXTRA: Final = {"topic": "string"}

_PATHS: Final = {"train": "train.xlsx", "dev": "development.xlsx", "test": "test.xlsx"}
#: Category as written to the label: words in v1, a boolean ("genuine") in v2.
LABELS: Final = {"FAKE": 1.0, "TRUE": 0.0, "0": 1.0, "1": 0.0}


def load(files: Files) -> Splits:
    """Official splits: v1 ``train`` and ``dev``, v2 ``test``."""
    return {split: partial(_articles, files, split) for split in _PATHS}


def _articles(files: Files, split: str) -> Iterator[Article]:
    for row in rows(files.path(_PATHS[split])):
        yield read_row({key.strip().lower(): value.strip() for key, value in row.items()}, split)


def read_row(row: dict[str, str], split: str) -> Article:
    """Article of one row with lower-case column names.

    Raises
    ------
    ValueError
        If the category is none of `LABELS`.
    """
    category, source = row["category"].upper(), row["source"]
    if category not in LABELS:
        raise ValueError(f"fake-es {split} {row['id']}: expected a category of {', '.join(LABELS)}, got {category!r}.")
    return Article(
        id=f"fake-es/{split}/{row['id']}",
        language="es",
        headline=row["headline"],
        body=row["text"],
        outlet=source or None,
        url=row["link"] or None,
        group=f"fake-es/{source.lower() or f'{split}/' + row['id']}",
        label=LABELS[category],
        extra={"topic": row.get("topic") or row.get("topics") or ""},
    )
