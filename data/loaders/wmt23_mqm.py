"""WMT23 general task en-de with MQM errors (corpora card 5), all domains.

One article a (system, rated segment); line n of every file belongs together. Errors that
index the source (omissions, issues of the source) are findings of the part ``source``.
The stored scores of three outside metrics are at hand as `outside_scores`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from data.cache import Files
from data.corpus import Splits
from data.loaders import mqm
from data.loaders.mqm import Error, Segment
from data.schema import Article

EXTRA: Final = mqm.EXTRA | {"domain": "string"}

_FOLDER: Final = "data/mt-metrics-eval-v2/wmt23"
#: Outside metrics that see the source and no reference.
METRICS: Final = ("CometKiwi", "MetricX-23-QE", "XCOMET-QE-Ensemble")


def load(files: Files) -> Splits:
    """One split, ``all``; segments that nobody rated are left out."""
    return {"all": partial(_articles, files)}


def _lines(files: Files, path: str) -> list[str]:
    return files.read(f"{_FOLDER}/{path}").removesuffix("\n").split("\n")


def _by_system(files: Files, path: str) -> dict[str, list[str]]:
    """Values of a ``system<TAB>value`` file, in line order within each system."""
    values: dict[str, list[str]] = {}
    for line in _lines(files, path):
        system, _, value = line.partition("\t")
        values.setdefault(system, []).append(value)
    return values


def _segments(files: Files) -> Iterator[tuple[Segment, str, list[dict[str, Any]], int]]:
    """Rated segments with domain, errors as upstream gives them, and line number from 0."""
    documents = [line.split("\t") for line in _lines(files, "documents/en-de.docs")]
    sources = _lines(files, "sources/en-de.txt")
    for system, ratings in _by_system(files, "human-scores/en-de.mqm.merged.seg.rating").items():
        targets = _lines(files, f"system-outputs/en-de/{system}.txt")
        if not len(documents) == len(sources) == len(targets) == len(ratings):
            raise ValueError(f"wmt23-mqm: the files of {system} differ in length; download them again.")
        number: dict[str, int] = {}
        for line, ((domain, doc), source, target, rating) in enumerate(
            zip(documents, sources, targets, ratings, strict=True)
        ):
            number[doc] = number.get(doc, 0) + 1
            if rating != "None":
                human = system.startswith("ref")
                segment = Segment(files.corpus.name, system, doc, str(number[doc]), source, target, human)
                yield segment, domain, json.loads(rating)["errors"], line


def _articles(files: Files) -> Iterator[Article]:
    for segment, domain, marked, _ in _segments(files):
        errors = [_error(mark) for mark in marked]
        yield segment.article(errors or [Error("", "no-error", "no-error")], errors, domain=domain)


def _error(mark: dict[str, Any]) -> Error:
    part = "source" if mark["is_source_error"] else "body"
    return Error("", mark["category"], mark["severity"], part, mark["start"], mark["end"])


def outside_scores(files: Files) -> dict[str, dict[str, float]]:
    """Give the stored scores of each outside metric by article id; higher is worse (upstream's sign is turned)."""
    scores = {}
    for metric in METRICS:
        values = _by_system(files, f"metric-scores/en-de/{metric}-src.seg.score")
        scores[metric] = {
            segment.id: -float(values[segment.system][line])
            for segment, _, _, line in _segments(files)
            if segment.system in values
        }
    return scores
