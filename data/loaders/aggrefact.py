"""CLIFF and Goyal21: summaries with error types and spans (corpora card 10).

One article a summary; splits ``val`` and ``test`` are the official cut, ``origin`` says
xsum or cnndm. Clean is written ``correct`` in CLIFF and as an empty string in Goyal21.
Each annotated span that stands in the summary is a finding (its first place); a whole
wrong sentence whose span is a remark instead ("[really bad overall]") is one finding over
all. Upstream gives types and spans as two lists without a link, so a finding has the class
of the summary where there is one, else "unsupported" with all types in the note.
"""

from __future__ import annotations

import ast
import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from data.cache import Files
from data.corpus import Splits
from data.loaders.keys import article_key
from data.schema import Article, Axis, Finding, Severity

EXTRA: Final = {"origin": "string", "error_types": "list<string>"}

_TABLES: Final = {
    "cliff": "data/error_type_mapping/CLIFF_error_types.csv",
    "goyal21": "data/error_type_mapping/Goyal21_error_types.csv",
}
CLEAN: Final = ("correct", "")
#: The only types that decide between the two classes of factual error.
_KINDS: Final = ("intrinsic", "extrinsic")


def load(files: Files) -> Splits:
    """Official cuts ``val`` and ``test``."""
    return {split: partial(_articles, files, split) for split in ("val", "test")}


def _articles(files: Files, split: str) -> Iterator[Article]:
    name = files.corpus.name
    csv.field_size_limit(10_000_000)
    table = csv.DictReader(io.StringIO(files.read(_TABLES[name]), newline=""))
    for number, row in enumerate(table, 1):
        if row["cut"] == split:
            yield read_row(row, f"{name}/{number}")


def read_row(row: dict[str, str], name: str) -> Article:
    """Article of one row of the table."""
    faulty = row["error_type"] not in CLEAN
    types = [str(kind) for kind in ast.literal_eval(row["error_type"])] if faulty else []
    return Article(
        id=name,
        language="en",
        body=row["summ"],
        source=row["doc"],
        group=article_key(row["doc"]),
        system=row.get("model_name"),
        label=float(faulty),
        findings=tuple(_findings(row, types)) if faulty else (),
        extra={"origin": row["origin"], "error_types": types},
    )


def _findings(row: dict[str, str], types: list[str]) -> Iterator[Finding]:
    kinds = {kind for kind in _KINDS if any(t.startswith(kind) for t in types)}
    kind = kinds.pop() if len(kinds) == 1 else "unsupported"
    spans = dict.fromkeys(_texts(ast.literal_eval(row["annotated_span"] or "[]")))
    places = [(start, start + len(span)) for span in spans if (start := row["summ"].find(span)) >= 0]
    if not places and any(t.endswith("entire_sent") for t in types):
        places = [(0, len(row["summ"]))]
    for place in places:
        yield Finding(Axis.FACTUAL, kind, "body", *place, severity=Severity.MAJOR, note=" ".join(types))


def _texts(value: Any) -> Iterator[str]:
    """Texts of a list that Goyal21 nests and CLIFF does not; blank ones are left out."""
    if isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str) and value.strip():
        yield value
