"""``python -m data.agreement``: how far two annotators of the seeds agree.

``seeds/second/labels.tsv`` holds, for each article that was labelled twice, the findings of the first and of the
second annotator as they stood before disagreements were resolved. The second saw the text alone.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.schema import Axis
from data.seeds import ROOT

LABELS: Final = ROOT / "second" / "labels.tsv"


@dataclass(frozen=True, slots=True)
class Label:
    """One finding of one annotator."""

    kind: str
    part: str
    start: int
    end: int

    def touches(self, other: Label) -> bool:
        """Whether two findings share a character, or are the same absence."""
        if self.part != other.part:
            return False
        if self.start == self.end or other.start == other.end:
            return self == other
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Agreement:
    """Figures of one axis; counts of articles and spans beside them."""

    articles: int
    kappa: float
    first_spans: int
    second_spans: int
    span_f1: float
    same_kind: float


def cohen_kappa(one: Sequence[bool], other: Sequence[bool]) -> float:
    """Agreement beyond chance, ``(p_o - p_e) / (1 - p_e)`` (Cohen 1960); 1 if both give one and the same label to all.

    Raises
    ------
    ValueError
        If the sequences are empty or of unlike length.
    """
    if not one or len(one) != len(other):
        raise ValueError(f"kappa needs two sequences of one length above 0, got {len(one)} and {len(other)}.")
    n = len(one)
    observed = sum(a == b for a, b in zip(one, other, strict=True)) / n
    p, q = sum(one) / n, sum(other) / n
    expected = p * q + (1 - p) * (1 - q)
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)


def read_labels(path: Path = LABELS) -> dict[str, dict[str, dict[str, list[Label]]]]:
    """Labels by article, annotator and axis."""
    found: dict[str, dict[str, dict[str, list[Label]]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            own = found.setdefault(row["article"], {}).setdefault(row["annotator"], {})
            if row["axis"]:
                label = Label(row["kind"], row["part"], int(row["start"]), int(row["end"]))
                own.setdefault(row["axis"], []).append(label)
    return found


def agreement(axis: Axis, labels: dict[str, dict[str, dict[str, list[Label]]]]) -> Agreement:
    """Kappa on "has a finding of the axis", F1 of touching spans, and how many of those have the same kind."""
    pairs = [(both["first"].get(axis, []), both["second"].get(axis, [])) for both in labels.values()]
    kappa = cohen_kappa([bool(a) for a, _ in pairs], [bool(b) for _, b in pairs])
    first, second = sum(len(a) for a, _ in pairs), sum(len(b) for _, b in pairs)
    found = sum(any(x.touches(y) for y in b) for a, b in pairs for x in a)
    right = sum(any(x.touches(y) for y in a) for a, b in pairs for x in b)
    same = sum(any(x.touches(y) and x.kind == y.kind for y in b) for a, b in pairs for x in a)
    precision, recall = right / max(second, 1), found / max(first, 1)
    f1 = 2 * precision * recall / (precision + recall) if found else 0.0
    return Agreement(len(pairs), kappa, first, second, f1, same / max(found, 1))


def main() -> None:
    """Print the figures by axis."""
    labels = read_labels()
    for axis in Axis:
        a = agreement(axis, labels)
        print(  # noqa: T201
            f"{axis}: n = {a.articles} articles, kappa {a.kappa:.3f}; spans {a.first_spans} and {a.second_spans}, "
            f"F1 {a.span_f1:.3f}, same kind {a.same_kind:.3f}"
        )


if __name__ == "__main__":
    main()
