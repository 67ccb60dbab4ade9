"""``python -m experiments.evaluate``: a task's champion and controls on a user's labelled records."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from data.schema import Article
    from data.tasks import Task
    from experiments.predictions import Predictions

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    task: Annotated[str, typer.Option(help="name of a task")],
    data: Annotated[Path, typer.Option(help="labelled records: JSONL, CSV or Parquet")],
    format: Annotated[str, typer.Option(help="text or json")] = "text",
) -> None:
    """Score labelled records with the task's trained model and print the task's metrics."""
    from experiments.errors import UsageError, told

    with told():
        if format not in ("text", "json"):
            raise UsageError(f"--format must be text or json, got {format!r}.")
        report = evaluate(task, data)
        if format == "json":
            typer.echo(json.dumps(report, indent=1, ensure_ascii=False, allow_nan=False))
        else:
            _print(report)


def evaluate(name: str, path: Path) -> dict[str, Any]:
    """Metrics of the champion and of each control on a file of records.

    Raises
    ------
    UsageError
        If the file holds no record, or the task has no champion yet.
    RecordError
        If a record breaks the format or has no label.
    """
    from data.records import RecordError, format_of, read_articles
    from data.tasks import get_task
    from experiments.errors import UsageError
    from models.persistence import ModelError, load_bundle, models_dir

    task = get_task(name)
    if not path.exists():
        raise UsageError(f"{path} does not exist.")
    try:
        kind = format_of(path)
    except ValueError as error:
        raise UsageError(str(error)) from None
    rows = task.prepare(list(read_articles(path, kind)))
    if not rows:
        raise UsageError(f"{path} holds no record; one article a line is expected.")
    if task.target == "spans":
        rows = [replace(row, label=float(bool(row.findings))) if row.label is None else row for row in rows]
    for line, row in enumerate(rows, 1):
        if row.label is None:
            raise RecordError(str(path), line, "label", f"record {row.id!r} has none; evaluate needs a label for each")
    try:
        estimators, meta = load_bundle(models_dir() / name)
    except ModelError as error:
        raise UsageError(f"{error} Train the task first: python -m experiments.train --task {name}") from None
    _warn(rows)
    return _report(task, rows, estimators, meta)


def _warn(rows: list[Article]) -> None:
    """Tell what makes figures doubtful; the run goes on."""
    bodies = len({" ".join(r.body.lower().split()) for r in rows})
    if bodies < len(rows):
        typer.echo(f"Warning: {len(rows) - bodies} of {len(rows)} bodies occur more than once.", err=True)
    if all(r.group is None and r.item is None for r in rows):
        typer.echo("Warning: no record has a group; intervals treat every record as independent.", err=True)


def _report(task: Task, rows: list[Article], estimators: dict[str, Any], meta: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    from experiments.board import measured, metric_name
    from experiments.predictions import of_rows
    from experiments.results import span_stats
    from features.checks import findings_of
    from features.documents import documents
    from models.metrics import codes, group_weights, interval

    found = documents(rows)
    thresholds = {"champion": meta["threshold"]}
    thresholds |= {f"control: {name}": cut for name, cut in meta["control_thresholds"].items()}

    def predicted(key: str) -> Predictions:
        model, cut = estimators[key], thresholds[key]
        if task.target == "spans":
            spans = model.find(found, cut)
            scores = np.array([[float(len(own)) for own in spans]])
            return of_rows(task, rows, scores, (scores > 0).astype(float), span_stats(task, found, [spans]))
        scores = model.score(found)[None, :]
        own_spans = [[f for f in findings_of(a) if f.axis == task.axis] for a in found] if key == "champion" else None
        counts = span_stats(task, found, [own_spans]) if own_spans is not None else {}
        return of_rows(task, rows, scores, (scores >= cut).astype(float), counts)

    own = predicted("champion")
    weights = group_weights(codes(own.groups))
    metrics: dict[str, Any] = {}
    for metric in metrics_for(task, own):
        score, _, values = measured(own, metric, weights)
        if np.isfinite(score):
            low, high = interval(values)
            metrics[metric_name(metric)] = {"score": _round(score), "ci_low": _round(low), "ci_high": _round(high)}
    controls = {}
    for key in sorted(k for k in estimators if k.startswith("control: ")):
        p = predicted(key)
        figures = {metric_name(m): measured(p, m, weights[:1])[0] for m in metrics_for(task, own)}
        controls[key.removeprefix("control: ")] = {k: _round(v) for k, v in figures.items() if np.isfinite(v)}
    return {
        "task": task.name,
        "system": f"{meta['features']} / {meta['model']}",
        "n_items": len(rows),
        "n_groups": own.n_groups,
        "threshold": meta["threshold"],
        "metrics": metrics,
        "controls": controls,
    }


def metrics_for(task: Task, predictions: Predictions) -> list[str]:
    """The task's metrics, and what the labels allow beside them.

    Graded labels get rank correlations and lose the metrics of two classes; items get within-item accuracy.
    """
    import numpy as np

    from models.metrics import OF_DECISION

    two_classes = set(np.unique(predictions.labels)) <= {0.0, 1.0}
    binary = {*OF_DECISION, "roc_auc", "average_precision", "brier", "ece", "error_at_70"}
    names = [m for m in task.metrics if two_classes or "/" in m or m not in binary]
    if two_classes and task.target == "rank":
        names += ["roc_auc", "average_precision"]
    if not two_classes:
        names += ["spearman", "kendall"]
    if any(item is not None for item in predictions.items):
        names.append("within_item_accuracy")
    return list(dict.fromkeys(names))


def _round(value: float) -> float | None:
    return None if value != value else round(float(value), 6)


def _print(report: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{report['task']}: {report['system']}, n = {report['n_items']} in {report['n_groups']} groups")
    for column in ("metric", "score", "95 % interval", *report["controls"]):
        table.add_column(column)
    for name, m in report["metrics"].items():
        cells = [str(values.get(name, "")) for values in report["controls"].values()]
        table.add_row(name, f"{m['score']:.3f}", f"{m['ci_low']} to {m['ci_high']}", *cells)
    Console(file=sys.stdout).print(table)


if __name__ == "__main__":
    app()
