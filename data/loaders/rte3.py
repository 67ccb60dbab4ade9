"""RTE-3 in German, with the three-way labels of the French edition (corpora card 14).

One article a pair: ``body`` the hypothesis, ``source`` the text, label 1 for NO. The two
editions are joined by number within a split. Left out: the pairs whose two labels
contradict each other (5), and in dev the texts that stand in test as well.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import partial
from typing import Final

from data.cache import Files
from data.corpus import Splits
from data.loaders.keys import text_key
from data.loaders.tables import rows
from data.schema import Article

EXTRA: Final = {"three_way": "string", "task": "string", "length": "string"}

_GERMAN: Final = "RTE3-DEdata-original-format/RTE3_DE_V1_2012-10-22/RTE3-DE-{}.xml"
_PATHS: Final = {
    "dev": (_GERMAN.format("dev-set"), "RTE3-FR-dev-set-3class.tsv"),
    "test": (_GERMAN.format("test-set-GS"), "RTE3-FR-test-gold-3class.tsv"),
}
_COLUMNS: Final = ["id", "language", "premise", "hypothesis", "label", "label_text", "task"]


def load(files: Files) -> Splits:
    """Official splits ``dev`` and ``test``."""
    return {split: partial(_articles, files, split) for split in _PATHS}


def _articles(files: Files, split: str) -> Iterator[Article]:
    shared = {article.group for article in _all(files, "test")} if split == "dev" else set()
    return (article for article in _all(files, split) if article.group not in shared)


def _all(files: Files, split: str) -> Iterator[Article]:
    german, french = _PATHS[split]
    text = files.read(french).replace("\r\n", "\n")
    three_way = {row["id"]: row["label_text"] for row in rows(text, _COLUMNS, french)}
    for pair in ET.fromstring(files.path(german).read_bytes()).iter("pair"):
        number, answer = str(pair.get("id")), str(pair.get("entailment"))
        if (answer == "YES") == (three_way[number] == "entailment"):
            yield _article(pair, split, answer, three_way[number])


def _article(pair: ET.Element, split: str, answer: str, three_way: str) -> Article:
    text, hypothesis = ((pair.findtext(tag) or "").strip() for tag in ("t", "h"))
    return Article(
        id=f"rte3-de/{split}/{pair.get('id')}",
        language="de",
        body=hypothesis,
        source=text,
        group=text_key(text),
        label=float(answer == "NO"),
        extra={"three_way": three_way, "task": pair.get("task"), "length": pair.get("length")},
    )
