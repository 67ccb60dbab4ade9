"""ChatProtect: two sentences that a model wrote for one place, contradicting or not (corpora card 15).

One article a distinct pair: ``body`` is sentence A, a line break, sentence B. Pairs that
stand in several files are given once. Only pairs that a detector had flagged were labelled.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Final

from data.cache import Files
from data.corpus import Splits
from data.schema import Article

EXTRA: Final = {"part": "string", "prefix": "string", "target": "string"}

_RULE: Final = "---;;;"


def load(files: Files) -> Splits:
    """One split, ``all``."""
    return {"all": partial(_articles, files)}


def _articles(files: Files) -> Iterator[Article]:
    seen: set[tuple[str, str]] = set()
    for path in files.all("annotations/"):
        for row in json.loads(files.read(path)):
            first, second = (" ".join(part.split()) for part in row["text"].split(_RULE))
            if (first, second) in seen:
                continue
            seen.add((first, second))
            yield Article(
                id=f"chatprotect/{len(seen)}",
                language="en",
                body=f"{first}\n{second}",
                group=f"chatprotect/{row['target']}",
                label=float(bool(row["label"])),
                extra={"part": path.split("/")[1], "prefix": row["prefix"] or "", "target": row["target"]},
            )
