"""Original or translated, human or machine: tasks on whole passages.

How bad a single segment is, and which of its words are wrong (severity-rank, error-spans), stands in `data.tasks.qe`.
A row is a chunk of 100 words inside one document. Rows up to 2021 are cross-validated by year: what is read off a
choice is the score of the 2021 rows by a model of the years before; the final model is fitted on all of them.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, Final

from data.arrow import articles
from data.neutral import levelled
from data.schema import Article
from data.tasks.task import Parts, System, Target, Task

_WORDS, _LEAST = 100, 50
#: Machine systems of a document that stand in training; more of them repeat the same content.
_SYSTEMS: Final = 4
#: Families that come back every year: a test on them would be a test on old acquaintances.
_FAMILIES: Final = re.compile(r"^online|^etranslation$", re.IGNORECASE)
_LOWER_WORD: Final = re.compile(r"\b[a-zäöüßà-ÿ]+\b")
_LAST_DEVELOPED: Final = 2021

Track = Callable[[str], str]


def masked(text: str) -> str:
    """Only the words in small letters: no noun, name, digit or sign is left to tell topic or typography."""
    return " ".join(_LOWER_WORD.findall(text))


def chunks(row: Article, track: Track) -> Iterator[Article]:
    """Pieces of 100 words of a document in one track; a rest under 50 words is dropped."""
    words = row.body.split()
    for number, start in enumerate(range(0, len(words), _WORDS)):
        piece = words[start : start + _WORDS]
        if len(piece) >= _LEAST:
            yield replace(row, id=f"{row.id}/{number}", body=track(" ".join(piece)), findings=())


def _document(row: Article, year: int, kind: str) -> Article:
    extra = {"year": year, "pair": row.extra.get("pair", "en-de"), "kind": kind}
    return replace(row, extra=extra, headline=None, source=None, item=None, label=None)


def _segments_2020() -> list[Article]:
    """Documents of newstest2020, put together from their segments."""
    parts: dict[tuple[str, str], list[Article]] = defaultdict(list)
    for row in articles("newstest2020-mqm", "all"):
        parts[row.group or "", row.system or ""].append(row)
    out = []
    for (group, system), rows in parts.items():
        kind = "human" if rows[0].extra["is_human"] else "machine"
        whole = replace(rows[0], id=f"{group}/{system}", body="\n".join(r.body for r in rows))
        out.append(_document(whole, 2020, kind))
    return out


def _news_2023() -> list[Article]:
    """WMT23 news segments (paragraphs), joined by document."""
    parts: dict[tuple[str, str], list[Article]] = defaultdict(list)
    for row in articles("wmt23-mqm", "all"):
        if row.extra["domain"] == "news":
            parts[row.group or "", row.system or ""].append(row)
    return [
        _document(
            replace(rows[0], id=f"{group}/{system}", body="\n".join(r.body for r in rows)),
            2023,
            "human" if rows[0].extra["is_human"] else "machine",
        )
        for (group, system), rows in parts.items()
    ]


def _documents(name: str, year: int) -> list[Article]:
    """News documents of WMT21 or WMT22."""
    return [_document(row, year, row.extra["kind"]) for row in articles(name, "all") if row.extra["domain"] == "news"]


def _older_originals() -> list[Article]:
    """German originals 2008 to 2018."""
    rows = [row for split in ("train", "dev") for row in articles("ht-vs-mt", split) if row.extra["pair"] == "de"]
    return [_document(row, int(row.extra["doc"][:4]), "original") for row in rows]


def few_systems(rows: Iterable[Article]) -> list[Article]:
    """Rows with at most four machine systems a document, none of a recurring family; the choice is by hash."""
    machine: dict[str, list[Article]] = defaultdict(list)
    kept = []
    for row in rows:
        if row.extra["kind"] != "machine":
            kept.append(row)
        elif not _FAMILIES.match(row.system or ""):
            machine[row.group or ""].append(row)
    for versions in machine.values():
        ranked = sorted(versions, key=lambda r: hashlib.sha256(r.id.encode()).hexdigest())
        kept += ranked[:_SYSTEMS]
    return kept


def _rows(documents: Iterable[Article], kinds: dict[str, float], track: Track) -> list[Article]:
    """Labelled chunks of the documents whose kind has a label."""
    chosen = (replace(d, label=kinds[d.extra["kind"]]) for d in documents if d.extra["kind"] in kinds)
    return [chunk for document in chosen for chunk in chunks(document, track)]


_ORIGINAL: Final = {"original": 0.0, "machine": 1.0}
_HUMAN: Final = {"human": 0.0, "machine": 1.0}


def _original(track: Track) -> Parts:
    developed = [*_older_originals(), *_segments_2020(), *_documents("wmt21-documents", 2021)]
    return {
        "all": _rows(few_systems(developed), _ORIGINAL, track),
        "test": _rows(_documents("wmt22-documents", 2022), _ORIGINAL, track),
    }


def _from_french(track: Track) -> Parts:
    """Translations from French only; the test holds both languages."""
    parts = _original(track)
    kept = [row for row in parts["all"] if row.label == 0 or row.extra["pair"] == "fr-de"]
    return {"all": kept, "test": parts["test"]}


def _human_or_machine(track: Track) -> Parts:
    def english(rows: list[Article]) -> list[Article]:
        return [row for row in rows if row.extra["pair"] == "en-de"]

    developed = [*_segments_2020(), *english(_documents("wmt21-documents", 2021))]
    test = [*english(_documents("wmt22-documents", 2022)), *_news_2023()]
    return {"all": _rows(few_systems(developed), _HUMAN, track), "test": _rows(test, _HUMAN, track)}


def _english_twin(track: Track) -> Parts:
    """HT-vs-MT: the same German news in English, by people, DeepL and Google; test 2019."""

    def of(split: str) -> list[Article]:
        rows = [row for row in articles("ht-vs-mt", split) if row.extra["pair"] == "de-en"]
        return _rows([_document(row, int(row.extra["doc"][:4]), row.extra["kind"]) for row in rows], _HUMAN, track)

    return {"train": of("train"), "dev": of("dev"), "test": of("test")}


def _fold_of_year(row: Article) -> int:
    return int(row.extra["year"] == _LAST_DEVELOPED)


def _unseen_year(row: Article) -> float | None:
    """Rows whose year no training row of the same measurement has: 2021 out of fold, and the test."""
    return row.label if row.extra.get("year", _LAST_DEVELOPED) >= _LAST_DEVELOPED else None


def _of_year(year: int, row: Article) -> float | None:
    return row.label if row.extra.get("year") == year else None


def _prepare(track: Track, rows: list[Article]) -> list[Article]:
    return [replace(row, body=track(row.body), extra={**row.extra, "year": 9999}) for row in rows]


_SYSTEMS_DE: Final = (
    System("words", "logistic:C=10"),
    System("chars", "logistic:C=10"),
    System("words+chars", "logistic:C=10"),
    System("words+chars+stylometry", "logistic:C=3"),
    System("chars", "svm"),
)


def _task(name: str, rows: Callable[[Track], Parts], track: Track, split: str, **options: object) -> Task:
    settings: dict[str, object] = {
        "language": "de",
        "corpora": ("newstest2020-mqm", "wmt21-documents", "wmt22-documents", "ht-vs-mt"),
        "metrics": ("roc_auc/new", "roc_auc", "average_precision", "balanced_accuracy"),
        "controls": ("majority", "length", "typography"),
        "views": {"new": _unseen_year},
        "systems": _SYSTEMS_DE,
        "folds": 2,
        "fold_of": _fold_of_year,
        **options,
    }
    return Task(
        name=f"translation/{name}",
        axis="translation",
        target=Target.CLASSIFY,
        split=split,
        rows=partial(rows, track),
        prepare=partial(_prepare, track),
        **settings,  # type: ignore[arg-type]
    )


_BY_YEAR: Final = "up to 2020 against 2021, both ways; test 2022 news; group document; chunks of 100 words"
_VIEWS_HUMAN: Final = {"new": _unseen_year, "2022": partial(_of_year, 2022), "2023": partial(_of_year, 2023)}
_METRICS_HUMAN: Final = ("roc_auc/new", "roc_auc", "roc_auc/2022", "roc_auc/2023", "balanced_accuracy")
_HUMAN_CORPORA: Final = ("newstest2020-mqm", "wmt21-documents", "wmt22-documents", "wmt23-mqm")
_OPTIONS_HUMAN: Final[dict[str, Any]] = {"metrics": _METRICS_HUMAN, "views": _VIEWS_HUMAN, "corpora": _HUMAN_CORPORA}

TASKS: tuple[Task, ...] = (
    _task("original", _original, masked, f"masked; {_BY_YEAR}", ceiling="no published score on this set"),
    _task("original-raw", _original, str, f"raw text; {_BY_YEAR}"),
    _task(
        *("original-from-french", _from_french, masked),
        "masked; translations from French only, 5 folds by document; test 2022 news of both languages",
        folds=5,
        fold_of=None,
        metrics=("roc_auc", "average_precision", "balanced_accuracy"),
        views={},
    ),
    _task(
        *("human-or-machine", _human_or_machine, levelled),
        f"typography levelled; {_BY_YEAR} and 2023",
        **_OPTIONS_HUMAN,
    ),
    _task("human-or-machine-masked", _human_or_machine, masked, f"masked; {_BY_YEAR} and 2023", **_OPTIONS_HUMAN),
    _task(
        *("human-or-machine-en", _english_twin, levelled),
        "HT-vs-MT: train 2008-2017, dev 2018, test 2019; group document",
        language="en",
        corpora=("ht-vs-mt",),
        fold_of=None,
        metrics=("roc_auc", "balanced_accuracy", "average_precision"),
        views={},
    ),
)  # fmt: skip
