"""What comes of one system on one task."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from data.schema import Article, Finding
from data.tasks import System, Target, Task
from experiments.predictions import Predictions
from features.text import Analysis
from models.metrics import Array
from models.span_metrics import SPAN_METRICS, is_span_metric, stats

#: Called with what has just been fitted.
Tick = Callable[[str], None]


@dataclass(slots=True)
class Result:
    """Predictions by part, and the fitted model with its dev threshold.

    ``model`` is a `models.scorer.Scorer`, or for span tasks a `models.taggers.Tagger`; ``found`` holds the
    spans of the first repeat by part, in the order of ``rows``.
    """

    task: Task
    system: System
    control: str | None
    predictions: dict[str, Predictions]
    rows: dict[str, list[Article]]
    model: Any
    threshold: float
    found: dict[str, list[list[Finding]]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name on the board."""
        if self.control:
            return f"control: {self.control}"
        return " / ".join(filter(None, self.system))


def span_stats(
    task: Task, analyses: Sequence[Analysis], runs: Sequence[Sequence[Sequence[Finding]]]
) -> dict[str, Array]:
    """Counts of the span metrics of a task, (n_repeats, n_items, n_counts) each."""
    # ``mcc`` and ``f1`` count tokens in a span task, articles in every other.
    known = SPAN_METRICS if task.target is Target.SPANS else ()
    names = [metric for metric in task.metrics if is_span_metric(metric) or metric.partition("/")[0] in known]
    return {name: np.array([stats(name, analyses, found) for found in runs]) for name in names}
