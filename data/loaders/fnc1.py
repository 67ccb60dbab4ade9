"""FNC-1, test half: does the body agree with the headline? (corpora card 16).

One article a related pair (agree, disagree, discuss); the 18,349 unrelated ones are left
out. Label 1 for disagree, 0 for agree, none for discuss. Bodies that are the same text
count as one, and groups are connected components: headlines repeat over bodies.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import Final

from data.cache import Files
from data.corpus import Splits
from data.loaders.keys import short_hash
from data.schema import Article

EXTRA: Final = {"stance": "string"}

LABELS: Final[dict[str, float | None]] = {"disagree": 1.0, "agree": 0.0, "discuss": None}


def load(files: Files) -> Splits:
    """One split, ``all``."""
    return {"all": partial(_articles, files)}


def _table(files: Files, name: str) -> Iterator[dict[str, str]]:
    csv.field_size_limit(10_000_000)
    return csv.DictReader(io.StringIO(files.read(f"competition_test_{name}.csv"), newline=""))


def _articles(files: Files) -> Iterator[Article]:
    bodies = {row["Body ID"]: row["articleBody"].strip() for row in _table(files, "bodies")}
    related = [row for row in _table(files, "stances") if row["Stance"] in LABELS]
    keys = [(row["Headline"].strip(), bodies[row["Body ID"]]) for row in related]
    for number, (row, (headline, body), group) in enumerate(zip(related, keys, components(keys), strict=True), 1):
        yield Article(
            id=f"fnc1/{number}",
            language="en",
            headline=headline,
            body=body,
            group=f"fnc1/{short_hash(group)}",
            label=LABELS[row["Stance"]],
            extra={"stance": row["Stance"]},
        )


def components(pairs: list[tuple[str, str]]) -> list[str]:
    """Name of the connected component of each (headline, body): its smallest member."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for headline, body in pairs:
        low, high = sorted((root(f"h {headline}"), root(f"b {body}")))
        parent[high] = low
    return [root(f"h {headline}") for headline, _ in pairs]
