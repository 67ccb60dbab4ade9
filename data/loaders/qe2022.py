"""QE-2022 dev and test, en-de (corpora card 3): one MT system, spans, official tokens and tags.

The spans come from the table that was republished in 2023. It lost the quotation marks
at the beginning of 97 dev and 46 test translations, while its offsets still count them;
texts are therefore those of 2022, where every span ends on a word border or nearly so.
Official tokens end with ``<EOS>``, which is tagged and counted like any token; its
offsets here are the end of the text. Never train on the test part: its sources are WMT22.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Final, NamedTuple

from data.cache import Files
from data.corpus import Splits
from data.loaders.archives import read_member
from data.loaders.mqm import clip
from data.loaders.tables import rows
from data.schema import Article, Axis, Finding, Severity

EXTRA: Final = {
    "doc": "string",
    "score": "float64",
    "tokens": "list<string>",
    "tags": "list<string>",
    "token_offsets": "list<int32>",
}

_COLUMNS: Final = [
    "mt_system",
    "doc_id",
    "seg_id",
    "annotator_id",
    "source",
    "target",
    "start_ids",
    "end_ids",
    "errors",
]
_DEV_CSV: Final = "train-dev_data/task1_mqm/dev/en-de/en-de-mqm.2022_dev.csv"
_DEV_ZIP: Final = "train-dev_data/task1_word-level/dev/en-de_mqm/en-de-dev-2022.zip"
_GOLD: Final = "test_data-gold_labels"
_WORDS: Final = f"{_GOLD}/task1_word-level/en-de/test.2022"
_SUBMISSIONS: Final = "official_submissions/task1_word-level/en-de"
EOS: Final = "<EOS>"


class _Texts(NamedTuple):
    """What stands line by line beside the table of spans."""

    sources: list[str]
    targets: list[str]
    scores: list[float]
    tokens: list[str]
    tags: list[str]


def load(files: Files) -> Splits:
    """Official splits ``dev`` and ``test``."""
    return {"dev": partial(_articles, files, "dev"), "test": partial(_articles, files, "test")}


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n")


def _dev(files: Files) -> _Texts:
    table = list(csv.DictReader(io.StringIO(files.read(_DEV_CSV), newline="")))
    tokens, tags = (
        _lines(read_member(files.path(_DEV_ZIP), f"mqm_dev2022_ende.{kind}").decode("utf-8")) for kind in ("mt", "tags")
    )
    column = {key: [row[key] for row in table] for key in ("src", "mt", "score")}
    return _Texts(column["src"], column["mt"], [float(score) for score in column["score"]], tokens, tags)


def _test(files: Files) -> _Texts:
    scores = _lines(files.read(f"{_GOLD}/task1_mqm/en-de/test.2022.en-de.mqm_score.mqm"))
    sources, targets, tokens, tags = (
        _lines(files.read(f"{_WORDS}.{kind}")) for kind in ("src", "mt", "mt_tok", "en-de.tags")
    )
    return _Texts(sources, targets, [float(score) for score in scores], tokens, tags)


_PARTS: Final = {"dev": _dev, "test": _test}


def _articles(files: Files, split: str) -> Iterator[Article]:
    path = f"task_2/dev/2022_en-de_{split}_processed.tsv"
    table = list(rows(files.read(path), _COLUMNS, path))
    for row, source, target, score, tokens, tags in zip(table, *_PARTS[split](files), strict=True):
        doc, words = row["doc_id"], [html.unescape(token) for token in tokens.split()]
        yield Article(
            id=f"qe2022/{split}/{doc}/{row['seg_id']}",
            language="de",
            body=target,
            source=source,
            group=f"qe2022/{doc}",
            item=f"qe2022/{doc}/{row['seg_id']}",
            system=row["mt_system"],
            label=100.0 - score,
            findings=tuple(_findings(row, target)),
            extra={
                "doc": doc,
                "score": score,
                "tokens": words,
                "tags": tags.split(),
                "token_offsets": align(words, target),
            },
        )


def _findings(row: dict[str, str], target: str) -> Iterator[Finding]:
    return span_findings(row["start_ids"], row["end_ids"], row["errors"], target)


def span_findings(starts: str, ends: str, errors: str, target: str) -> Iterator[Finding]:
    """Findings of three space-separated lists of equal length; "no-error" gives none.

    The lists name a severity and no category: the kind is "other".
    """
    for start, end, error in zip(starts.split(), ends.split(), errors.split(), strict=True):
        if error != "no-error":
            span = clip(int(start), int(end), len(target))
            yield Finding(Axis.TRANSLATION, "other", "body", *span, severity=Severity(error))


def align(tokens: list[str], text: str) -> list[int]:
    """Starts and ends in turn of tokens in the text that they were made of; spaces are skipped.

    Raises
    ------
    ValueError
        If a token does not follow: the tokens belong to another text.
    """
    offsets: list[tuple[int, int]] = []
    at = 0
    for token in tokens:
        while at < len(text) and text[at].isspace() and not token.isspace():
            at += 1
        if token == EOS:
            offsets.append((len(text), len(text)))
        elif text.startswith(token, at):
            offsets.append((at, at + len(token)))
            at += len(token)
        else:
            raise ValueError(
                f"Token {token!r} does not follow at {at} in {text[:80]!r}; the files belong to other texts."
            )
    return list(chain.from_iterable(offsets))


def outside_tags(files: Files) -> dict[str, dict[str, list[str]]]:
    """Give the stored word tags of outside systems on the test part, by article id, ``<EOS>`` included."""
    articles = list(_articles(files, "test"))
    systems: dict[str, dict[str, list[str]]] = {}
    for path in files.all(_SUBMISSIONS):
        for line in _lines(files.read(path))[3:]:
            _, system, _, sentence, _, _, tag = line.split("\t")
            by_id = systems.setdefault(system, {})
            by_id.setdefault(articles[int(sentence)].id, []).append(tag)
    return systems
