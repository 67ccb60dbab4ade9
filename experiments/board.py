"""Rows of the leaderboard from predictions: figures, intervals, controls, ties.

A pure function of the predictions, so that the same results give the same bytes.
"""

from __future__ import annotations

import csv
import io
import math
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from data.records import neutral_cell
from experiments.predictions import Predictions
from models.metrics import LOWER_IS_BETTER, Array, codes, distribution, group_weights, interval, point
from models.span_metrics import SPAN_METRICS, is_span_metric

COLUMNS: Final = (
    *("task", "axis", "language", "split", "system", "features", "model", "repeats", "n_items", "n_groups", "metric"),
    *("score", "ci_low", "ci_high", "best_control", "beats_control", "tie_group", "ceiling", "data_sha256", "version"),
    "spread",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One system on one part of a task, as it was run."""

    task: str
    axis: str
    language: str
    split: str
    system: str
    features: str
    model: str
    #: Name of the control it is, "" for a model.
    control: str
    #: "name" or "name/view", the headline metric first.
    metrics: tuple[str, ...]
    ceiling: str
    data_sha256: str
    version: str
    predictions: Predictions


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the board; ``spread`` is the standard deviation over the repeats."""

    entry: Entry
    metric: str
    score: float
    ci_low: float
    ci_high: float
    spread: float
    best_control: str
    beats_control: str
    tie_group: int

    def cells(self) -> list[str]:
        """Cells in the order of `COLUMNS`."""
        e, p = self.entry, self.entry.predictions
        texts = [
            e.task,
            e.axis,
            e.language,
            e.split,
            e.system,
            e.features,
            e.model,
            str(len(p.scores)),
            str(len(p.ids)),
        ]
        texts += [str(p.n_groups), self.metric]
        numbers = [_number(v) for v in (self.score, self.ci_low, self.ci_high)]
        rest = [self.best_control, self.beats_control, str(self.tie_group), e.ceiling, e.data_sha256, e.version]
        return [*map(neutral_cell, texts), *numbers, *map(neutral_cell, rest), _number(self.spread)]


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.4f}"


def metric_name(metric: str) -> str:
    """Name on the board: ``roc_auc/major`` is ``roc_auc_major``."""
    return metric.replace("/", "_")


def rows_of(entries: Sequence[Entry]) -> list[Row]:
    """Rows of entries of any tasks, sorted by task, split, metric (headline first) and falling score."""
    fields: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        fields.setdefault((entry.task, entry.split), []).append(entry)
    return [row for key in sorted(fields) for row in _field(sorted(fields[key], key=lambda e: e.system))]


def _field(entries: list[Entry]) -> list[Row]:
    """Rows of all systems on one part: the same rows for all, checked by the digest of the data."""
    first = entries[0].predictions
    for entry in entries:
        if entry.predictions.ids != first.ids:
            raise ValueError(
                f"{entry.task}, {entry.split}: {entry.system} was scored on other rows than {entries[0].system}."
            )
    weights = group_weights(codes(first.groups))
    rows: list[Row] = []
    for metric in entries[0].metrics:
        rows += _ranked(entries, metric, weights)
    return rows


def measured(predictions: Predictions, metric: str, weights: np.ndarray) -> tuple[float, float, Array]:
    """Figure (mean over repeats), spread over repeats, and bootstrap values of the mean, shape (n_resamples,)."""
    if metric in predictions.stats or is_span_metric(metric):
        return _measured_spans(predictions, metric, weights)
    name, _, view = metric.partition("/")
    points, values = [], []
    # Repeats of a model without chance are equal: computed once.
    runs = np.unique(np.vstack([predictions.scores.T, predictions.decisions.T]).T, axis=0, return_index=True)[1]
    counts = [int((predictions.scores == predictions.scores[r]).all(axis=1).sum()) for r in runs]
    for repeat in runs:
        scored, kept = predictions.scored(int(repeat), view or None)
        if not kept.any():
            return math.nan, math.nan, np.full(len(weights), np.nan)
        points.append(point(name, scored))
        values.append(distribution(name, scored, weights[:, kept]))
    share = np.array(counts) / sum(counts)
    mean = float(share @ np.array(points))
    spread = float(np.sqrt(share @ (np.array(points) - mean) ** 2))
    return mean, spread, np.asarray(share @ np.array(values))


def _measured_spans(predictions: Predictions, metric: str, weights: np.ndarray) -> tuple[float, float, Array]:
    counts = predictions.stats.get(metric)
    if counts is None:
        return math.nan, math.nan, np.full(len(weights), np.nan)
    combine = SPAN_METRICS[metric.partition("/")[0]].combine
    points = np.array([combine(run.sum(axis=0, keepdims=True))[0] for run in counts])
    values = np.mean([combine(weights.astype(float) @ run) for run in counts], axis=0)
    return float(points.mean()), float(points.std()), values


def _ranked(entries: list[Entry], metric: str, weights: np.ndarray) -> list[Row]:
    sign = -1.0 if metric.partition("/")[0] in LOWER_IS_BETTER else 1.0
    found = [(entry, *measured(entry.predictions, metric, weights)) for entry in entries]
    found = [f for f in found if not math.isnan(f[1])]
    found.sort(key=lambda f: (-sign * f[1], f[0].system))
    controls = [f for f in found if f[0].control]
    best = controls[0] if controls else None
    ties = tie_groups([sign * f[3] for f in found])
    rows = []
    for (entry, score, spread, values), tie in zip(found, ties, strict=True):
        low, high = interval(values)
        beats = ""
        if best is not None and not entry.control:
            beats = "yes" if interval(sign * (values - best[3]))[0] > 0 else "no"
        name = best[0].control if best else ""
        rows.append(Row(entry, metric_name(metric), score, low, high, spread, name, beats, tie))
    return rows


def tie_groups(values: Sequence[Array]) -> list[int]:
    """Group number of each system, best first: a system joins the group whose leader it is not significantly below.

    Paired bootstrap, 95 %, as the clusters of WMT are formed; a group ends at the first system that its leader beats.
    """
    groups: list[int] = []
    leader: Array | None = None
    for value in values:
        if leader is None or interval(leader - value)[0] > 0:
            leader = value
            groups.append(groups[-1] + 1 if groups else 1)
        else:
            groups.append(groups[-1])
    return groups


def to_csv(rows: Iterable[Row]) -> str:
    """The board as CSV text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(row.cells() for row in rows)
    return out.getvalue()


def write_atomic(text: str, path: Path) -> None:
    """Write a file so that it is there whole or not at all; the folder must exist.

    Raises
    ------
    FileNotFoundError
        If the folder does not exist.
    """
    folder = path.parent
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is no folder; make it, or write the board elsewhere with --leaderboard.")
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
        out.write(text)
    Path(name).chmod(0o644)
    Path(name).replace(path)
