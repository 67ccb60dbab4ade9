"""QE-2023 task 2 gold, en-de (corpora card 4): translations with error spans, no source texts.

The ten inserted hallucinations are left out. Upstream gives neither documents nor
sources; groups are blocks of 20 sentences, so that neighbours stay together. Most of the
sentences lie inside WMT23: one test set with `wmt23_mqm` and `wmt23_sxs`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from data.cache import Files
from data.corpus import Splits
from data.loaders.qe2022 import span_findings
from data.loaders.tables import rows, unquote
from data.schema import Article

EXTRA: Final = {"score": "float64"}

_COLUMNS: Final = ["lp", "gold", "sid", "mt", "start_id", "end_id", "error"]
BLOCK: Final = 20


def load(files: Files) -> Splits:
    """One split, ``test``."""
    return {"test": partial(_articles, files)}


def _table(files: Files, name: str, columns: list[str]) -> list[dict[str, str]]:
    path = f"gold_labels/hallucinations_{name}.tsv"
    return [row for row in rows(files.read(path), columns, path) if row["lp"] == "en-de"]


def _articles(files: Files) -> Iterator[Article]:
    inserted = {row["sid"] for row in _table(files, "idx", ["lp", "sid"])}
    scores = {row["sid"]: row["score"] for row in _table(files, "gold_T1s_header", ["lp", "gold", "sid", "score"])}
    for row in _table(files, "gold_T2_header", _COLUMNS):
        number, target = row["sid"], unquote(row["mt"])
        if number in inserted:
            continue
        yield Article(
            id=f"qe2023/{number}",
            language="de",
            body=target,
            group=f"qe2023/block-{int(number) // BLOCK}",
            label=-float(scores[number]),
            findings=tuple(span_findings(row["start_id"], row["end_id"], row["error"], target)),
            extra={"score": float(scores[number])},
        )
