"""PolNeAR 1.0: news of the US election with source, cue and content of every attribution (corpora card 18).

One article a text, one finding an attribution: its content, with speaker (upstream:
Source) and cue as related places. Articles with several annotations take the first
annotator by name. ``Discuss`` and ``Discard`` are no attributions. The official test split
is there only where its files are.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from data.cache import Files
from data.corpus import Splits
from data.loaders.tables import rows
from data.schema import Article, Axis, Finding, Related

EXTRA: Final = {"publisher": "string"}

EVENTS: Final = ("Attribution", "Attribution-no-source")
_ROLES: Final = {"Source": "speaker", "Cue": "cue"}
_META: Final = ["compartment", "filename", "level", "annotators", "publisher", "publication_date", "author", "title"]

Spans = list[tuple[int, int]]


def load(files: Files) -> Splits:
    """``train`` and ``dev``; ``test`` where all of its files are in the cache."""
    splits: Splits = {split: partial(_articles, files, split) for split in ("train", "dev")}
    test = [file for file in files.corpus.files if file.path.startswith("data/test/")]
    if test and all(files.has(file.path) for file in test):
        splits["test"] = partial(_articles, files, "test")
    return splits


def _articles(files: Files, split: str) -> Iterator[Article]:
    meta = {row["filename"]: row for row in rows(files.read("data/metadata.tsv"), _META, "data/metadata.tsv")}
    annotations = first_annotator(files.all(f"data/{split}/attributions/"))
    for path in files.all(f"data/{split}/text/"):
        name = path.rsplit("/", 1)[-1].removesuffix(".txt")
        row = meta[name]
        known = {key: value if value != "None" else None for key, value in row.items()}
        yield Article(
            id=f"polnear/{name}",
            language="en",
            headline=known["title"],
            body=files.read(path),
            byline=known["author"],
            outlet=known["publisher"],
            published=known["publication_date"],
            group=f"polnear/{name}",
            findings=tuple(read_brat(files.read(annotations[name]))),
            extra={"publisher": row["publisher"]},
        )


def first_annotator(paths: list[str]) -> dict[str, str]:
    """Article name to the path of its first annotation by name (``<article>_<annotator>.ann``)."""
    chosen: dict[str, str] = {}
    for path in sorted(paths):
        chosen.setdefault(path.rsplit("/", 1)[-1].rpartition("_")[0], path)
    return chosen


def read_brat(annotation: str) -> Iterator[Finding]:
    """Findings of a brat file, in its order; lines of a broken text and notes are skipped."""
    spans: dict[str, Spans] = {}
    events: list[list[str]] = []
    for line in annotation.split("\n"):
        key, tab, rest = line.partition("\t")
        if tab and key[:1] == "T" and key[1:].isdigit():
            spans[key] = _spans(rest.split("\t")[0].partition(" ")[2])
        elif tab and key[:1] == "E" and key[1:].isdigit():
            events.append(rest.split())
    for head, *parts in events:
        kind = head.partition(":")[0]
        if kind in EVENTS and parts:
            yield _finding(kind, [part.split(":") for part in parts], spans)


def _spans(text: str) -> Spans:
    """Offsets of a text-bound line: "120 140;150 160"."""
    return [(int(start), int(end)) for start, end in (piece.split() for piece in text.split(";"))]


def _finding(kind: str, parts: list[list[str]], spans: dict[str, Spans]) -> Finding:
    """Finding of one event; "Content2" is a second piece of the content."""
    content = [span for role, key in parts if role.startswith("Content") for span in spans[key]]
    first, *rest = content or [(0, 0)]
    related = [Related("continuation", "body", *span) for span in rest]
    for role, key in parts:
        name = _ROLES.get(role.rstrip("0123456789"))
        related += [Related(name, "body", *span) for span in spans[key]] if name else []
    return Finding(Axis.ATTRIBUTION, "content", "body", *first, note=kind, related=tuple(related))
