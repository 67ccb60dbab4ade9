"""FANG-COVID: German articles of 13 outlets on one topic; the label is the outlet (corpora card 21).

The pinned file is a sample of the 41,242 upstream articles, which a mirror may have: per
outlet the articles whose number has the smallest sha256, 1,344 of a "real" outlet and 450
of a "fake" one. Who has a clone of upstream sets ``NEWSPROOF_FANG_COVID`` to its folder;
the same sample is then made of it once, and checked. Label 1 is an outlet's reputation,
never a statement about truth.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

from data.cache import Files, cache_dir
from data.corpus import Splits
from data.schema import Article

EXTRA: Final[dict[str, str]] = {}

SAMPLE: Final = "fang_covid_balanced8k.jsonl.gz"
VARIABLE: Final = "NEWSPROOF_FANG_COVID"
SIZES: Final = {"real": 1344, "fake": 450}
_FIELDS: Final = ("url", "date", "source", "label", "header", "article")
#: sha256 over the rows of the sample, see `digest`.
DIGEST: Final = "3259de37812cd65280798e2a66e1c857b46e50bd079687e0bd36c53dd048e9b4"

Row = dict[str, Any]


def load(files: Files) -> Splits:
    """One split, ``all``.

    Raises
    ------
    MissingCorpus
        If neither the sample nor a clone is here.
    """
    if files.has(SAMPLE):
        path = files.path(SAMPLE)
    elif os.environ.get(VARIABLE):
        path = convert(Path(os.environ[VARIABLE]))
    else:
        raise files.missing()
    return {"all": partial(_articles, path)}


def _articles(path: Path) -> Iterator[Article]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield read_row(json.loads(line))


def read_row(row: Row) -> Article:
    """Article of one upstream article."""
    return Article(
        id=f"fang-covid/{row['id']}",
        language="de",
        headline=row["header"],
        body=row["article"],
        outlet=row["source"],
        url=row["url"],
        published=row["date"][:10],
        group=f"fang-covid/{row['source']}",
        label=float(row["label"] == "fake"),
    )


def convert(clone: Path, expected: str = DIGEST) -> Path:
    """Make the sample of a clone of upstream (``articles/<id>.json``), once; later calls find it.

    Raises
    ------
    FileNotFoundError
        If the clone has no folder ``articles``.
    ValueError
        If the sample is not the pinned one: the clone is incomplete or of another commit.
    """
    target = cache_dir() / "converted" / "fang-covid" / f"{expected[:16]}.jsonl.gz"
    if target.is_file():
        return target
    if not (clone / "articles").is_dir():
        raise FileNotFoundError(f"{clone} has no folder 'articles'; set {VARIABLE} to a clone of fang-covid.")
    sample = choose([_read(path) for path in (clone / "articles").glob("*.json")])
    if (found := digest(sample)) != expected:
        raise ValueError(
            f"The clone {clone} gives another sample: expected {expected}, got {found}. Check out c3c370be."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{os.getpid()}.part")
    with gzip.open(part, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in sample)
    part.replace(target)
    return target


def _read(path: Path) -> Row:
    """Row of one upstream file: its number is the name, and the tweets that link to it are left out."""
    row = json.loads(path.read_text(encoding="utf-8"))
    return {"id": int(path.stem)} | {key: row[key] for key in _FIELDS}


def choose(rows: list[Row]) -> list[Row]:
    """Sample of all articles, ordered by number."""
    by_outlet: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: hashlib.sha256(str(row["id"]).encode()).hexdigest()):
        by_outlet.setdefault(row["source"], []).append(row)
    chosen = [row for own in by_outlet.values() for row in own[: SIZES[own[0]["label"]]]]
    return sorted(chosen, key=lambda row: row["id"])


def digest(rows: list[Row]) -> str:
    """Hash of the contents of a sample, whatever file they stand in."""
    total = hashlib.sha256()
    for row in rows:
        total.update(json.dumps([row[key] for key in ("id", *_FIELDS)], ensure_ascii=True).encode())
    return total.hexdigest()
