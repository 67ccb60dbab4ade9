"""Findings of the checks as numbers."""

from __future__ import annotations

from collections import Counter

from features.block import Block
from features.checks import CHECKS, findings_of
from features.registry import unknown
from features.text import Analysis


class CheckRates(Block):
    """Findings per 1000 words, one column per check.

    Parameters
    ----------
    axis
        Only the checks of this axis; None takes all.

    Notes
    -----
    A check that does not read the language of an article, or lacks what it needs (a source, a
    field), yields NaN, not 0: "not looked at" and "looked at, clean" are different facts.
    """

    def __init__(self, axis: str | None = None) -> None:
        self.axis = axis

    def names(self) -> list[str]:
        """Names of the checks, sorted."""
        names = sorted(name for name, check in CHECKS.items() if self.axis is None or check.axis == self.axis)
        if not names:
            raise unknown("axis", str(self.axis), {str(c.axis) for c in CHECKS.values()})
        return names

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Findings per 1000 words of headline and body.

        Raises
        ------
        KeyError
            If a check of a stored model is no longer there.
        """
        if gone := [c for c in columns if c not in CHECKS]:
            raise KeyError(f"No check {gone[0]!r} in this version: the model was trained with another. Train it again.")
        words = max(analysis.headline.n_words + analysis.body.n_words, 1)
        counts = Counter(finding.check for finding in findings_of(analysis))
        return [1000.0 * counts[c] / words if CHECKS[c].applies(analysis) else float("nan") for c in columns]


class Penalties(Block):
    """MQM penalty of the findings per 100 words, one column an axis, and their total."""

    def names(self) -> list[str]:
        """The axes and the total."""
        return ["penalty_translation", "penalty_factual", "penalty_attribution", "penalty_total"]

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Sum of severities (minor 1, major 5, critical 25) per 100 words."""
        words = max(analysis.headline.n_words + analysis.body.n_words, 1)
        sums = Counter[str]()
        for finding in findings_of(analysis):
            sums[f"penalty_{finding.axis}"] += finding.severity.penalty
        sums["penalty_total"] = sum(sums.values())
        return [100.0 * sums[c] / words for c in columns]
