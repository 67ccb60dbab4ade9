"""``python -m experiments.leaderboard``: rebuild the board from the tracked runs, or enter an outside system."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from data.schema import PARTS

if TYPE_CHECKING:
    from data.schema import Article
    from data.tasks import Task
    from experiments.board import Entry, Row

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def rebuild(path: Path) -> list[Row]:
    """Write the board, and a page beside it, from the latest finished run of every system.

    The old files stay until the new ones are whole.
    """
    from experiments.board import rows_of, to_csv, write_atomic
    from experiments.report.board import board_page
    from experiments.tracking import tracked_entries

    rows = rows_of(tracked_entries())
    table = to_csv(rows)
    write_atomic(table, path)
    write_atomic(board_page(list(csv.DictReader(table.splitlines()))), path.with_suffix(".html"))
    return rows


@app.command()
def main(
    leaderboard: Annotated[Path, typer.Option(help="where the board is written")] = Path("leaderboard.csv"),
    add: Annotated[
        Path | None, typer.Option(help="outside system: CSV id,score (higher is worse), for spans JSONL")
    ] = None,
    system: Annotated[str, typer.Option(help="name of the outside system")] = "",
    task: Annotated[str, typer.Option(help="task it was run on")] = "",
) -> None:
    """Rebuild the leaderboard; with --add, enter an outside system by its per-item scores first."""
    from experiments.errors import UsageError, told

    with told():
        if add is not None:
            if not system or not task:
                raise UsageError("--add needs --system NAME and --task NAME.")
            _add(add, system, task)
        rows = rebuild(leaderboard)
        typer.echo(f"{len(rows)} rows in {leaderboard}")


def read_scores(path: Path) -> dict[str, float]:
    """Scores by id from a CSV with the columns ``id`` and ``score``.

    Raises
    ------
    UsageError
        If a column is missing, an id occurs twice or a score is no finite number.
    """
    import math

    from experiments.errors import UsageError

    scores: dict[str, float] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not {"id", "score"} <= set(reader.fieldnames or ()):
            raise UsageError(f"{path}: expected the columns id and score, got {reader.fieldnames}.")
        for row in reader:
            try:
                value = float(row["score"])
            except (TypeError, ValueError):
                value = math.nan
            if not math.isfinite(value):
                raise UsageError(f"{path}:{reader.line_num}: score must be a finite number, got {row['score']!r}.")
            if row["id"] in scores:
                raise UsageError(f"{path}:{reader.line_num}: id {row['id']!r} occurs twice.")
            scores[row["id"]] = value
    return scores


def read_spans(path: Path) -> dict[str, list[Any]]:
    """Findings, still as records, by id from JSONL records with ``id`` and ``findings``; further fields are not read.

    Raises
    ------
    UsageError
        If a line is no such record or an id occurs twice.
    """
    import json

    from experiments.errors import UsageError

    found: dict[str, list[Any]] = {}
    for line, text in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        try:
            record = json.loads(text)
            name, findings = record["id"], record["findings"]
        except (ValueError, KeyError, TypeError):
            raise UsageError(
                f"{path}:{line}: expected a JSON object with id and findings, got {text[:60]!r}."
            ) from None
        if name in found:
            raise UsageError(f"{path}:{line}: id {name!r} occurs twice.")
        found[name] = findings
    return found


def _span_stats(task: Task, rows: list[Article], spans: dict[str, list[Any]]) -> dict[str, Any]:
    """Counts of the task's span metrics for findings given as records."""
    from data.records import finding_from_record
    from experiments.errors import UsageError
    from experiments.results import span_stats
    from features.documents import documents

    found = []
    for row in rows:
        texts = {part: row.text(part) for part in PARTS}

        def problem(message: str, name: str = row.id) -> UsageError:
            return UsageError(f"findings of {name!r}: {message}")

        found.append([finding_from_record(own, texts, problem) for own in spans[row.id]])
    return span_stats(task, documents(rows), [found])


def _add(path: Path, system: str, name: str) -> None:
    from data.tasks import get_task
    from experiments.board import rows_of
    from experiments.tracking import command_run, log_system

    task = get_task(name)
    spans = read_spans(path) if task.target == "spans" else {}
    scores = {own: float(len(found)) for own, found in spans.items()} if spans else read_scores(path)
    entry = _outside_entry(task, system, scores, spans)
    with command_run(f"add {system}", {"task": name, "system": system}):
        log_system([entry], rows_of([entry]), None, {"repeats": 1, "final": entry.split == "test"}, 0.0)


def _outside_entry(
    task: Task, system: str, scores: dict[str, float], spans: dict[str, list[Any]] | None = None
) -> Entry:
    """Entry of an outside system for the part whose ids it covers, decided by thresholds of other groups."""
    from importlib.metadata import version

    import numpy as np

    from data.splits import digest, group_of, grouped_folds
    from data.tasks import Target
    from experiments.board import Entry
    from experiments.errors import UsageError
    from experiments.predictions import of_rows
    from models.calibration import crossfit_decisions

    parts = {name: rows for name, rows in task.rows().items() if rows and name != "train"}
    covered = {name: sum(a.id in scores for a in rows) for name, rows in parts.items()}
    part = max(covered, key=lambda name: covered[name] / len(parts[name]))
    rows = sorted(parts[part], key=lambda a: a.id)
    if covered[part] < len(rows):
        missing = next(a.id for a in rows if a.id not in scores)
        raise UsageError(
            f"{system} scores {covered[part]} of the {len(rows)} items of {task.name}, {part}; "
            f"missing for example {missing!r}. "
            "An outside system is entered with all items, so that rows compare."
        )
    run = np.array([[scores[a.id] for a in rows]])
    y = np.array([a.label for a in rows], dtype=float)
    decided = (run > 0).astype(float) if spans else np.zeros_like(run)
    if task.target is Target.CLASSIFY:
        halves = grouped_folds([group_of(a) for a in rows], list(y), 2, 0)
        decided = crossfit_decisions(y, run[0], halves, task.threshold_metric)[None, :]
    return Entry(
        task=task.name,
        axis=task.axis,
        language=task.language,
        split="cv" if part == "all" else part,
        system=system,
        features="outside",
        model="outside",
        control="",
        metrics=task.metrics,
        ceiling=task.ceiling,
        data_sha256=digest(rows),
        version=version("newsproof"),
        predictions=of_rows(task, rows, run, decided, _span_stats(task, rows, spans) if spans else None),
    )


if __name__ == "__main__":
    app()
