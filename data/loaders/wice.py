"""WiCE: Wikipedia claims against the page they cite (corpora card 13).

``dev`` and ``test``: one article a claim, ``source`` the page (one line a sentence),
label 1 for partially or not supported. ``dev_tokens`` and ``test_tokens``: the sub-claims
with tokens that the page does not support, each run of them a finding. Group is the page.
The official train file is not pinned.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import Any, Final

from data.cache import Files
from data.corpus import Splits
from data.loaders.keys import text_key
from data.loaders.qe2022 import align
from data.schema import Article, Axis, Finding, Severity

EXTRA: Final = {
    "support": "string",
    "supporting_sentences": "string",
    "context": "string",
    "token_offsets": "list<int32>",
    "unsupported": "list<bool>",
}


def load(files: Files) -> Splits:
    """``dev`` and ``test``, each also as sub-claims with tokens."""
    folders = {"": "entailment_retrieval/claim", "_tokens": "non_supported_tokens"}
    return {
        part + suffix: partial(_articles, files, f"data/{folder}/{part}.jsonl")
        for suffix, folder in folders.items()
        for part in ("dev", "test")
    }


def _articles(files: Files, path: str) -> Iterator[Article]:
    for line in files.read(path).removesuffix("\n").split("\n"):
        yield read_row(json.loads(line))


def read_row(row: dict[str, Any]) -> Article:
    """Article of one claim or sub-claim."""
    page = "\n".join(row["evidence"])
    tokens: list[str] | None = row.get("claim_tokens")
    offsets = align(tokens, row["claim"]) if tokens else []
    wrong: list[bool] = row.get("non_supported_spans", [])
    kind = "claim" if tokens is None else "tokens"
    return Article(
        id=f"wice/{kind}/{row['meta']['id']}",
        language="en",
        body=row["claim"],
        source=page,
        group=text_key(page),
        label=float(row["label"] != "supported"),
        findings=tuple(_findings(offsets, wrong)),
        extra={
            "support": row["label"],
            "supporting_sentences": json.dumps(row["supporting_sentences"]),
            "context": row["meta"]["claim_context"],
            "token_offsets": offsets,
            "unsupported": wrong,
        },
    )


def _findings(offsets: list[int], wrong: list[bool]) -> Iterator[Finding]:
    """Findings of the runs of tokens that are not supported."""
    for is_wrong, run in groupby(range(len(wrong)), key=wrong.__getitem__):
        if is_wrong:
            numbers = list(run)
            span = (offsets[2 * numbers[0]], offsets[2 * numbers[-1] + 1])
            yield Finding(Axis.FACTUAL, "unsupported", "body", *span, severity=Severity.MAJOR)
