"""The best model of a task: chosen on dev, exported with its threshold, its calibration and its controls."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from data.tasks import Target
from experiments.board import Row, metric_name
from experiments.results import Result
from models.calibration import platt
from models.metrics import LOWER_IS_BETTER
from models.persistence import models_dir, save_bundle


def best_of(results: Sequence[Result], rows: Sequence[Row]) -> Result | None:
    """The model with the best headline metric on dev or out of fold; never by the test part, never a control.

    Of equal scores the first by name is taken. None if there is no model.
    """
    models = {r.name: r for r in results if r.control is None}
    if not models:
        return None
    task = next(iter(models.values())).task
    headline = metric_name(task.metrics[0])
    sign = -1.0 if headline in LOWER_IS_BETTER else 1.0
    scores = {
        row.entry.system: sign * row.score
        for row in rows
        if row.metric == headline and row.entry.split != "test" and row.entry.system in models
    }
    # A metric that is not defined on these rows cannot rank them.
    ranked = sorted((name for name in scores if not math.isnan(scores[name])), key=lambda name: (-scores[name], name))
    return models[ranked[0]] if ranked else None


def export(best: Result, results: Sequence[Result], params: dict[str, Any]) -> dict[str, Any]:
    """Write the champion and the fitted controls of its task; returns the description."""
    task = best.task
    part = next(name for name in best.predictions if name != "test")
    predictions = best.predictions[part]
    scores = predictions.scores.mean(axis=0)
    controls = {r.control: r for r in results if r.control}
    meta: dict[str, Any] = {
        "task": task.name,
        "axis": task.axis,
        "language": task.language,
        "target": str(task.target),
        "features": best.system.features,
        "model": best.system.model,
        "threshold": best.threshold,
        "control_thresholds": {name: r.threshold for name, r in controls.items()},
        "split": part,
        "n_items": len(predictions.ids),
        "params": params,
    }
    if task.target is Target.CLASSIFY:
        meta["platt"] = list(platt(np.asarray(predictions.labels), scores))
    estimators = {"champion": best.model, **{f"control: {name}": r.model for name, r in controls.items()}}
    save_bundle(estimators, meta, models_dir() / task.name)
    return meta
