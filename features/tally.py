"""The findings of one axis summed up: how many, how grave, of how many kinds, where."""

from __future__ import annotations

from data.schema import Axis, Severity
from features.block import Block
from features.checks import findings_of
from features.registry import unknown
from features.text import Analysis


class Tally(Block):
    """Counts over the findings of an axis; a rate per check has too few hits to learn from, their sum has not.

    Parameters
    ----------
    axis
        Whose findings are counted; those of the other axes do not enter.
    """

    def __init__(self, axis: str) -> None:
        self.axis = axis

    def names(self) -> list[str]:
        """Names of the columns."""
        if self.axis not in {str(axis) for axis in Axis}:
            raise unknown("axis", self.axis, {str(axis) for axis in Axis})
        own = ("findings", "per_100_words", "penalty", "kinds", "checks", "major", "in_headline", "with_both_places")
        return [f"{self.axis}_{name}" for name in own]

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Values of one article."""
        found = [f for f in findings_of(analysis) if f.axis == self.axis]
        words = max(analysis.headline.n_words + analysis.body.n_words, 1)
        return [
            float(len(found)),
            100.0 * len(found) / words,
            float(sum(f.severity.penalty for f in found)),
            float(len({f.kind for f in found})),
            float(len({f.check for f in found})),
            float(sum(f.severity is not Severity.MINOR for f in found)),
            float(sum(f.part == "headline" for f in found)),
            float(sum(bool(f.related) for f in found)),
        ]
