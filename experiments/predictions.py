"""Scores of one system on one part of a task, with everything a figure is computed from.

Kept as CSV with each run, so that the board can be rebuilt, and systems compared pair by pair,
without the corpora.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from data.schema import Article
from data.splits import group_of
from data.tasks import Task
from models.metrics import Array, Scored, codes

_FIXED: Final = ("id", "group", "item", "label")


@dataclass(frozen=True, slots=True)
class Predictions:
    """Rows in the order of their ids; ``scores`` and ``decisions`` have shape (n_repeats, n_items).

    ``views`` holds other labels by name, NaN where a row is left out; ``stats`` the counts of span metrics by
    name, shape (n_repeats, n_items, n_counts).
    """

    ids: list[str]
    groups: list[str]
    items: list[str | None]
    labels: Array
    views: dict[str, Array]
    scores: Array
    decisions: Array
    stats: dict[str, Array] = field(default_factory=dict)

    @property
    def n_groups(self) -> int:
        """Number of groups."""
        return len(set(self.groups))

    def scored(self, repeat: int, view: str | None = None) -> tuple[Scored, Array]:
        """What a metric takes, under the label of a view, and which rows count (mask of shape (n_items,))."""
        y = self.labels if view is None else self.views.get(view, np.full(len(self.ids), np.nan))
        kept = ~np.isnan(y)
        item = codes(self.items)
        return Scored(y[kept], self.scores[repeat][kept], self.decisions[repeat][kept], item[kept]), kept


def of_rows(
    task: Task, rows: Sequence[Article], scores: Array, decisions: Array, stats: dict[str, Array] | None = None
) -> Predictions:
    """Predictions for labelled rows; scores are rounded to eight digits, as they are stored.

    Raises
    ------
    ValueError
        If a row has no label or a score is no finite number.
    """
    if unlabelled := [a.id for a in rows if a.label is None]:
        raise ValueError(f"{len(unlabelled)} record(s) have no label, such as {unlabelled[0]!r}; give each a label.")
    if not np.isfinite(scores).all():
        raise ValueError(f"{int((~np.isfinite(scores)).sum())} score(s) of task {task.name} are no finite number.")
    order = sorted(range(len(rows)), key=lambda i: rows[i].id)
    picked = [rows[i] for i in order]
    views = {
        name: np.array([np.nan if (value := view(a)) is None else value for a in picked], dtype=float)
        for name, view in task.views.items()
    }
    return Predictions(
        ids=[a.id for a in picked],
        groups=[group_of(a) for a in picked],
        items=[a.item for a in picked],
        labels=np.array([a.label for a in picked], dtype=float),
        views=views,
        scores=np.array([[float(f"{v:.8g}") for v in run[order]] for run in scores]),
        decisions=decisions[:, order],
        stats={name: counts[:, order] for name, counts in (stats or {}).items()},
    )


def write(predictions: Predictions, path: Path) -> None:
    """Write as CSV."""
    repeats = range(len(predictions.scores))
    names = [*_FIXED, *(f"view_{v}" for v in predictions.views), *(f"score_{r}" for r in repeats)]
    names += [f"decision_{r}" for r in repeats]
    names += [f"stats_{name}_{r}" for name in predictions.stats for r in repeats]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(names)
        for i, name in enumerate(predictions.ids):
            row: list[object] = [name, predictions.groups[i], predictions.items[i] or "", _cell(predictions.labels[i])]
            row += [_cell(values[i]) for values in predictions.views.values()]
            row += [_cell(run[i]) for run in predictions.scores] + [int(run[i]) for run in predictions.decisions]
            row += [" ".join(f"{v:g}" for v in run[i]) for counts in predictions.stats.values() for run in counts]
            writer.writerow(row)


def _cell(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.8g}"


def read(path: Path) -> Predictions:
    """Read what `write` wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        names = next(reader)
        columns = dict(zip(names, zip(*reader, strict=True), strict=True))

    def numbers(name: str) -> Array:
        return np.array([float(v) if v else np.nan for v in columns[name]])

    return Predictions(
        ids=list(columns["id"]),
        groups=list(columns["group"]),
        items=[v or None for v in columns["item"]],
        labels=numbers("label"),
        views={n.removeprefix("view_"): numbers(n) for n in names if n.startswith("view_")},
        scores=np.array([numbers(n) for n in names if n.startswith("score_")]),
        decisions=np.array([numbers(n) for n in names if n.startswith("decision_")]),
        stats=_stats(columns),
    )


def _stats(columns: dict[str, tuple[str, ...]]) -> dict[str, Array]:
    runs: dict[str, list[list[list[float]]]] = {}
    for name, cells in columns.items():
        if name.startswith("stats_"):
            metric = name.removeprefix("stats_").rpartition("_")[0]
            runs.setdefault(metric, []).append([[float(v) for v in cell.split()] for cell in cells])
    return {metric: np.array(values) for metric, values in runs.items()}
