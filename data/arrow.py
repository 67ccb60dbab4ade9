"""Corpora as typed, memory-mapped Arrow datasets, built once in the cache.

A build is keyed by the hashes of the files it was made of and by the source of the
loader, so that neither a changed file nor a changed loader is ever read from an old
build. It is made in a folder of its own and renamed: two processes at once, or one
killed half-way, leave no broken build.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, fields
from importlib import import_module
from inspect import getsource, isfunction
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from data.cache import Files, cache_dir
from data.corpora import get_corpus
from data.corpus import Corpus
from data.schema import Article, Axis, Finding, Related, Severity

if TYPE_CHECKING:
    from datasets import Dataset, DatasetDict, Features

FIELDS: Final = tuple(field.name for field in fields(Article) if field.name != "extra")
_TYPED: Final = {"label": "float64"}
_LIST = re.compile(r"list<(.+)>")
#: Rows turned into Python objects at a time.
_BATCH: Final = 1000


def features(corpus: Corpus) -> Features:
    """Columns of a corpus: the fields of `Article`, then its extra columns.

    Raises
    ------
    ValueError
        If an extra column has the name of a field.
    """
    from datasets import Features, List, Value

    if doubled := sorted(set(corpus.extra) & set(FIELDS)):
        raise ValueError(f"Corpus {corpus.name!r}: the extra columns {doubled} are fields of Article; rename them.")
    place = {"part": Value("string"), "start": Value("int32"), "end": Value("int32")}
    texts = {name: Value("string") for name in ("axis", "kind", "severity", "note", "check")}
    finding = texts | place | {"related": List({"role": Value("string")} | place)}
    columns: dict[str, Any] = {name: Value(_TYPED.get(name, "string")) for name in FIELDS}
    columns["findings"] = List(finding)
    for name, kind in corpus.extra.items():
        inner = _LIST.fullmatch(kind)
        columns[name] = List(Value(inner[1])) if inner else Value(kind)
    return Features(columns)


def load_corpus(name: str) -> DatasetDict:
    """All splits of a corpus, built at first use and memory-mapped afterwards.

    Raises
    ------
    KeyError
        If the name is unknown.
    MissingCorpus
        If files are not in the cache; the message names the command that fetches them.
    """
    from datasets import Dataset, DatasetDict, NamedSplit

    corpus = get_corpus(name)
    folder = cache_dir() / "arrow" / name / fingerprint(corpus)
    if not folder.is_dir():
        _build(corpus, folder)
    paths = {path.stem: str(path) for path in sorted(folder.glob("*.arrow"))}
    return DatasetDict({split: Dataset.from_file(path, split=NamedSplit(split)) for split, path in paths.items()})


def articles(name: str, split: str) -> list[Article]:
    """Articles of one split, in the order of the corpus.

    Raises
    ------
    KeyError
        If corpus or split is unknown.
    """
    splits = load_corpus(name)
    if split not in splits:
        raise KeyError(f"Corpus {name!r} has no split {split!r} here; it has {', '.join(sorted(splits))}.")
    return list(iter_articles(splits[split]))


def iter_articles(dataset: Dataset) -> Iterator[Article]:
    """Articles of a dataset with the columns of `features`, whatever the loader gave."""
    for batch in dataset.with_format("arrow").iter(_BATCH):
        for row in batch.to_pylist():
            yield _article(row)


def fingerprint(corpus: Corpus) -> str:
    """Key of a build, 16 hexadecimal digits: files that are here, columns, source of the loader."""
    files = sorted(f"{file.relative} {file.sha256}" for file in Files(corpus).present())
    columns = [f"{name} {kind}" for name, kind in corpus.extra.items()]
    sources = _sources(corpus.module)
    return hashlib.sha256("\n".join([*files, *columns, *sources]).encode()).hexdigest()[:16]


def _sources(module: ModuleType) -> list[str]:
    """Source of a loader and of every reader in `data.loaders` that it uses, sorted by module name."""
    found: dict[str, str] = {}
    waiting = [module.__name__, __name__, Article.__module__]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        current = import_module(name)
        found[name] = getsource(current)
        used = {value.__module__ for value in vars(current).values() if isfunction(value) or isinstance(value, type)}
        waiting += sorted(other for other in used if other.startswith("data.loaders."))
    return [found[name] for name in sorted(found)]


def _build(corpus: Corpus, folder: Path) -> None:
    """Write every split below a temporary folder, then give it its name."""
    from datasets.arrow_writer import ArrowWriter

    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    try:
        for split, stream in corpus.splits().items():
            writer = ArrowWriter(features=features(corpus), path=str(temporary / f"{split}.arrow"))
            try:
                for article in stream():
                    writer.write(_row(article, corpus))
                writer.finalize()
            finally:
                writer.close()
        try:
            temporary.rename(folder)
        except OSError:  # another process was faster, and has built the same
            if not folder.is_dir():
                raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _row(article: Article, corpus: Corpus) -> dict[str, Any]:
    """Row of an article.

    Raises
    ------
    ValueError
        If its extra columns are not those of the corpus.
    """
    if set(article.extra) != set(corpus.extra):
        raise ValueError(
            f"{article.id}: expected the extra columns {sorted(corpus.extra)}, got {sorted(article.extra)}."
        )
    row = {name: getattr(article, name) for name in FIELDS}
    row["findings"] = [asdict(finding) for finding in article.findings]
    return row | article.extra


def _article(row: dict[str, Any]) -> Article:
    values = {name: row.pop(name) for name in FIELDS}
    values["findings"] = tuple(_finding(finding) for finding in values["findings"])
    return Article(**values, extra=row)


def _finding(row: dict[str, Any]) -> Finding:
    related = tuple(Related(**place) for place in row.pop("related"))
    return Finding(axis=Axis(row.pop("axis")), severity=Severity(row.pop("severity")), related=related, **row)
