"""German Wikinews with quotations and their speakers, cues, frames and addressees (corpora card 17).

One article a document, one finding a quotation. The first piece of a discontinuous
quotation is the finding, further pieces are related places with the role
``continuation``; a role of several pieces gives several related places. The official
structure, which the scorer needs, is kept word for word in ``quotations_json``. Title and
date come from the name of the document. The official test split is there only where its
files are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import chain
from typing import Any, Final

from data.cache import Files
from data.corpus import Splits
from data.schema import Article, Axis, Finding, Related

EXTRA: Final = {"sentence_offsets": "list<int32>", "token_offsets": "list<int32>", "quotations_json": "string"}

FORMS: Final = {
    "Direct": "direct",
    "Indirect": "indirect",
    "FreeIndirect": "free-indirect",
    "IndirectFreeIndirect": "indirect-free-indirect",
    "Reported": "reported",
}
ROLES: Final = ("speaker", "cue", "frame", "addressee")
#: "11059 - Passagierflugzeug landete in Guam (2005-08-20)"
_NAME = re.compile(r"(\d+) - (.*) \((\d{4}-\d\d-\d\d)\)")


def load(files: Files) -> Splits:
    """``train`` and ``dev``; ``test`` where all of its files are in the cache."""
    splits: Splits = {split: partial(_articles, files, f"data/{split}/") for split in ("train", "dev")}
    test = [file for file in files.corpus.files if file.path.startswith("data/test/")]
    if test and all(files.has(file.path) for file in test):
        splits["test"] = partial(_articles, files, "data/test/")
    return splits


def _articles(files: Files, folder: str) -> Iterator[Article]:
    for path in files.all(folder):
        yield read_document(json.loads(files.read(path)))


def read_document(document: dict[str, Any]) -> Article:
    """Article of one upstream document."""
    name = document["documentName"]
    named = _NAME.fullmatch(name)
    key = f"wikinews-quotations-de/{named[1] if named else name}"
    return Article(
        id=key,
        language="de",
        headline=named[2] if named else None,
        body=document["originalText"],
        outlet="Wikinews",
        published=_date(named[3]) if named else None,
        group=key,
        findings=tuple(_finding(quotation) for quotation in document["annotations"]),
        extra={
            "sentence_offsets": _offsets(document["sentences"]),
            "token_offsets": _offsets(document["tokens"]),
            "quotations_json": json.dumps(document["annotations"], ensure_ascii=False, separators=(",", ":")),
        },
    )


def _date(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _offsets(units: list[dict[str, Any]]) -> list[int]:
    """Give starts and ends in turn: start, end, start, end."""
    return list(chain.from_iterable((unit["charBegin"], unit["charEnd"]) for unit in units))


def _finding(quotation: dict[str, Any]) -> Finding:
    first, *rest = ((span["charBegin"], span["charEnd"]) for span in quotation["quote"]["spans"])
    related = [Related("continuation", "body", *span) for span in rest]
    for role in ROLES:
        for span in quotation[role]["spans"]:
            related.append(Related(role, "body", span["charBegin"], span["charEnd"]))
    kind = FORMS[quotation["type"]]
    return Finding(Axis.ATTRIBUTION, kind, "body", *first, note=quotation["medium"], related=tuple(related))
