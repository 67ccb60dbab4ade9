"""Figures kept with a run: precision-recall, calibration, confusion; for rankings, score against label."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from experiments.predictions import Predictions

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def classification(predictions: Predictions, title: str) -> Figure:
    """Three panels from the first repeat: precision over recall, observed over predicted share, confusion."""
    from matplotlib.figure import Figure

    y, score, decided = predictions.labels, predictions.scores[0], predictions.decisions[0]
    figure = Figure(figsize=(12, 3.8), layout="constrained")
    curve, calibration, confusion = figure.subplots(1, 3)
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(y[order])
    curve.step(hits / max(y.sum(), 1), hits / np.arange(1, len(y) + 1), where="post")
    curve.axhline(y.mean(), linestyle=":", color="grey")
    curve.set(xlabel="recall", ylabel="precision", xlim=(0, 1), ylim=(0, 1.02), title="precision and recall")
    bins = np.array_split(np.argsort(score, kind="stable"), min(10, len(score)))
    calibration.plot([0, 1], [0, 1], linestyle=":", color="grey")
    calibration.plot([score[b].mean() for b in bins], [y[b].mean() for b in bins], marker="o")
    calibration.set(
        xlabel="mean score", ylabel="share of label 1", xlim=(0, 1), ylim=(0, 1), title="calibration (tenths)"
    )
    table = np.array([[((y == a) & (decided == b)).sum() for b in (0, 1)] for a in (0, 1)])
    confusion.imshow(table, cmap="Blues")
    for (i, j), count in np.ndenumerate(table):
        confusion.text(
            j, i, str(count), ha="center", va="center", color="white" if count > table.max() / 2 else "black"
        )
    confusion.set(xticks=[0, 1], yticks=[0, 1], xlabel="decided", ylabel="label", title="confusion")
    figure.suptitle(title)
    return figure


def ranking(predictions: Predictions, title: str) -> Figure:
    """Label over score, first repeat."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5, 4), layout="constrained")
    axes = figure.subplots()
    axes.scatter(predictions.scores[0], predictions.labels, s=4, alpha=0.3)
    axes.set(xlabel="score", ylabel="label (higher is worse)", title=title)
    return figure
