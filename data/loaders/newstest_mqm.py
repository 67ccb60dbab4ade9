"""newstest2020, newstest2021 and TED 2021, en-de, with MQM errors (corpora cards 1 and 2).

One article a (system, segment). The body is the text that most raters saw, without tags:
raters post-edited the target column, and a row whose text is another one keeps its
penalty but not its place. A neutral remark is no finding. Segments are joined by document
and number in the document; the running number of 2021 differs between systems and
references. System names lose the marks of the campaign (``hyp.``, the number at the end),
so that a family has one name in all years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from data.cache import Files
from data.corpus import Splits
from data.loaders import mqm
from data.loaders.archives import read_member
from data.loaders.mqm import Error, Segment, modal, untag
from data.loaders.tables import rows, unquote_spans
from data.schema import Article

EXTRA: Final = mqm.EXTRA

_FOLDER: Final = "train-dev_data/task1_word-level/train/en-de_mqm"
#: Archive and its table, by corpus.
TABLES: Final = {
    "newstest2020-mqm": (f"{_FOLDER}/en-de-train-2020.tar.gz", "en-de-train-2020/mqm_newstest2020_ende.tsv"),
    "newstest2021-mqm": (f"{_FOLDER}/en-de-train-2021-news.tar.gz", "en-de-train-2021-news/mqm-newstest2021_ende.tsv"),
    "ted2021-mqm": (f"{_FOLDER}/en-de-train-2021-ted.tar.gz", "en-de-train-2021-ted/mqm-ted_ende.tsv"),
}
COLUMNS: Final = ["system", "doc", "doc_id", "seg_id", "rater", "source", "target", "category", "severity"]
_DOUBLED = re.compile('"+')

Row = dict[str, str]


def load(files: Files) -> Splits:
    """One split, ``all``."""
    archive, member = TABLES[files.corpus.name]
    return {"all": partial(_articles, files, archive, member)}


def _articles(files: Files, archive: str, member: str) -> Iterator[Article]:
    text = read_member(files.path(archive), member).decode("utf-8")
    units: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows(text, COLUMNS, member):
        units.setdefault((row["system"], row["doc"], row["doc_id"]), []).append(row)
    for unit in units.values():
        yield read_unit(unit, files.corpus.name)


def read_unit(unit: list[Row], corpus: str) -> Article:
    """Article of all rows of one (system, segment)."""
    read = [(row["rater"], *_read_row(row)) for row in unit]
    target = modal((rater, target) for rater, _, target, _ in read)
    source = modal((rater, source) for rater, source, _, _ in read)
    first = unit[0]
    system = re.sub(r"^hyp\.|\.\d+$", "", first["system"])
    is_human = system.startswith(("Human", "ref"))
    segment = Segment(corpus, system, first["doc"], first["doc_id"], source, target, is_human)
    kept = [error for _, s, t, error in read if (s == source if error.part == "source" else t == target)]
    return segment.article([error for *_, error in read], kept)


def _read_row(row: Row) -> tuple[str, str, Error]:
    """Source, target (both plain) and error of one row."""
    target, in_target = unquote_spans(*untag(row["target"]))
    source, in_source = untag(row["source"])
    part, start, end = "", 0, 0
    if in_target:
        part, (start, end) = "body", in_target[0]
    elif in_source:
        part, (start, end) = "source", in_source[0]
    return halve_marks(source), target, Error(row["rater"], row["category"], row["severity"], part, start, end)


def halve_marks(source: str) -> str:
    """Undo the doubling of every quotation mark, as the sources of 2020 have it without outer marks."""
    runs = [len(run) for run in _DOUBLED.findall(source)]
    return source.replace('""', '"') if all(length % 2 == 0 for length in runs) else source
