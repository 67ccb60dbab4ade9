"""Two sentences on one subject: what each has that the other lacks, by kind, and where they part.

The pair stands in the body as two lines. Two sentences that give the same slot another filler ("played for Villach",
"played for Klagenfurt") part after the same words; two that add to each other do not.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any, Final

from features.alignment import STEM
from features.block import Block
from features.documents import documents
from features.ngrams import NGrams
from features.relations import PAIRINGS, Sides, relation_names, relations, words_with_kind
from features.text import Analysis, Span, Text

_KINDS: Final = ("name", "figure", "word")
_OF_KIND: Final = ("shared", "only_first", "only_second", "disjoint", "replaced", "jaccard")
_REST: Final = (
    *("years_replaced", "years_equal", "years_one_side", "common_beginning", "common_end", "length_ratio"),
    *("n_first", "n_second", "equal", "slots_equal", "slots_other", "slots_other_share"),
)


def _common(first: list[str], second: list[str]) -> int:
    """Length of the common beginning of two lists."""
    n = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        n += 1
    return n


def _slots(first: list[str], second: list[str]) -> tuple[int, int]:
    """How often the word after a shared pair of words is one that follows the pair in the first, and how often not."""
    after: dict[tuple[str, str], set[str]] = {}
    for (a, b), c in zip(pairwise(first), first[2:], strict=False):
        after.setdefault((a, b), set()).add(c)
    same = other = 0
    for (a, b), c in zip(pairwise(second), second[2:], strict=False):
        if (a, b) in after:
            same += c in after[a, b]
            other += c not in after[a, b]
    return same, other


def _values(first: Text, second: Text) -> list[float]:
    found = [words_with_kind(t, Span(0, len(t.raw))) for t in (first, second)]
    values: list[float] = []
    for kind in _KINDS:
        a, b = ({w.stem for w in words if w.kind == kind} for words in found)
        values += [len(a & b), len(a - b), len(b - a), float(bool(a and b) and not a & b)]
        values += [float(bool(a - b) and bool(b - a)), len(a & b) / max(1, len(a | b))]
    a, b = ({w.stem for w in words if w.kind == "figure" and len(w.stem) == 4} for words in found)
    one, two = first.lower, second.lower
    same, other = _slots(one, two)
    n = max(len(two), 1)
    return [
        *values,
        float(bool(a - b) and bool(b - a)),
        float(bool(a) and a == b),
        float(bool(a) != bool(b)),
        _common(one, two) / n,
        _common(one[::-1], two[::-1]) / n,
        len(one) / n,
        float(len(one)),
        float(len(two)),
        float(first.raw.strip() == second.raw.strip()),
        float(same),
        float(other),
        other / max(1, same + other),
    ]


class Differences(Block):
    """Relations of two lines both ways, what is replaced by kind, and slots filled otherwise; NaN for one line."""

    def names(self) -> list[str]:
        """Names of the columns."""
        both = [f"{side}_{name}" for side in ("second", "first") for name in relation_names()]
        return [*both, *(f"{kind}_{name}" for kind in _KINDS for name in _OF_KIND), *_REST]

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Values of one pair."""
        sides = PAIRINGS["lines"](analysis)
        if sides is None:
            return [math.nan] * len(columns)
        first, second = sides.premise, sides.statement
        turned = Sides(first, Span(0, len(first.raw)), second)
        names = relation_names()
        there, back = relations(sides), relations(turned)
        return [*(float(v[name]) for v in (there, back) for name in names), *_values(first, second)]


def marked_pair(sides: Sides) -> str:
    """Words of both sentences, each with whose it is and whether the other has its stem; figures levelled."""
    first, second = sides.premise, sides.statement
    stems = [{w[:STEM] for w in t.lower} for t in (first, second)]
    out = []
    for text, other, only, shared in ((first, stems[1], "a", "ab"), (second, stems[0], "b", "ba")):
        for word in text.lower:
            form = ("Year" if len(word) == 4 else "Figure") if word[0].isdigit() else word
            out.append(f"{shared if word[:STEM] in other else only}_{form}")
        out.append("end")
    return " ".join(out)


class PairWords(NGrams):
    """TF-IDF of the marked words of two lines and of their pairs; the output is that of `NGrams`."""

    def __init__(self, min_df: int = 2, max_terms: int = 50_000) -> None:
        super().__init__("word", 1, 2, min_df=min_df, max_terms=max_terms)

    def _texts(self, X: Any) -> list[str]:
        found = [PAIRINGS["lines"](analysis) for analysis in documents(X)]
        return ["" if sides is None else marked_pair(sides) for sides in found]
