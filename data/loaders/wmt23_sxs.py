"""WMT23 side-by-side MQM, English news to German, 3 raters a unit (corpora card 6).

One article a (system, segment). Beside the MQM columns there are two votes a rater: has
the unit a major mistranslation, omission or addition (``votes``), and the same with
gender mismatch and source-language fragment (``wide_votes``); two votes of three make
``accuracy_major`` and ``wide_accuracy_major``. Categories are matched by their beginning.
Attention tests (severity "HOTW-test") are left out. Documents are those of `wmt23_mqm`
and have the same ``doc``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from data.cache import Files
from data.corpus import Splits
from data.loaders import mqm
from data.loaders.archives import read_member
from data.loaders.mqm import Error, Segment, modal, untag
from data.loaders.tables import rows
from data.schema import Article

EXTRA: Final = mqm.EXTRA | {
    "votes": "list<bool>",
    "wide_votes": "list<bool>",
    "accuracy_major": "bool",
    "wide_accuracy_major": "bool",
}

_ARCHIVE: Final = "generalMT2023/ende/sxs_mqm_generalMT2023_ende.3ratingsPerSegment.tsv.tar.gz"
_MEMBER: Final = "sxs_mqm_generalMT2023_ende.3ratingsPerSegment.tsv"
COLUMNS: Final = [
    *("system", "doc", "docSegId", "globalSegId", "rater", "source", "target", "category", "severity"),
]
NARROW: Final = ("Accuracy/Mistranslation", "Accuracy/Omission", "Accuracy/Addition")
WIDE: Final = (*NARROW, "Accuracy/Gender Mismatch", "Accuracy/Source language fragment")
ATTENTION: Final = "HOTW-test"

Row = dict[str, str]


def load(files: Files) -> Splits:
    """One split, ``all``."""
    return {"all": partial(_articles, files)}


def _articles(files: Files) -> Iterator[Article]:
    text = read_member(files.path(_ARCHIVE), _MEMBER).decode("utf-8")
    units: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows(text, COLUMNS, _MEMBER):
        if row["severity"] != ATTENTION:
            units.setdefault((row["system"], row["doc"], row["docSegId"]), []).append(row)
    for unit in units.values():
        yield read_unit(unit, files.corpus.name)


def read_unit(unit: list[Row], corpus: str) -> Article:
    """Article of all rows of one (system, segment)."""
    read = [(row["rater"], *untag(row["source"]), *untag(row["target"]), row) for row in unit]
    source = modal((rater, source) for rater, source, *_ in read)
    target = modal((rater, target) for rater, _, _, target, _, _ in read)
    errors, kept = [], []
    for rater, s, in_source, t, in_target, row in read:
        part, (start, end) = ("source", in_source[0]) if in_source else ("body", in_target[0] if in_target else (0, 0))
        error = Error(rater, row["category"], row["severity"], part, start, end)
        errors.append(error)
        kept += [error] if (s == source if part == "source" else t == target) else []
    first = unit[0]
    doc = first["doc"].removeprefix("news_").removesuffix(":en-de")
    human = first["system"].startswith("ref")
    segment = Segment(corpus, first["system"], doc, first["docSegId"], source, target, human)
    narrow, wide = _votes(errors, NARROW), _votes(errors, WIDE)
    return segment.article(
        errors,
        kept,
        votes=narrow,
        wide_votes=wide,
        accuracy_major=sum(narrow) * 2 > len(narrow),
        wide_accuracy_major=sum(wide) * 2 > len(wide),
    )


def _votes(errors: list[Error], beginnings: tuple[str, ...]) -> list[bool]:
    """Say for each rater, in order of name, whether any error is major and of these categories."""
    raters = sorted({error.rater for error in errors})
    found = {error.rater for error in errors if error.is_major and error.category.startswith(beginnings)}
    return [rater in found for rater in raters]
