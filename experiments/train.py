"""``python -m experiments.train``: train, measure, track, choose champions, write the board."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    suite: Annotated[str, typer.Option(help="seeds, public (one task an axis) or all")] = "seeds",
    task: Annotated[list[str] | None, typer.Option(help="only this task (may be repeated)")] = None,
    model: Annotated[
        list[str] | None, typer.Option(help="this model instead of the task's own (may be repeated)")
    ] = None,
    features: Annotated[list[str] | None, typer.Option(help="this feature set instead, such as words+checks")] = None,
    repeats: Annotated[int, typer.Option(min=1, help="random seeds")] = 3,
    jobs: Annotated[int, typer.Option(min=1, help="models fitted at a time")] = 2,
    leaderboard: Annotated[Path, typer.Option(help="where the board is written")] = Path("leaderboard.csv"),
    final: Annotated[bool, typer.Option("--final", help="also score the test parts")] = False,
) -> None:
    """Train on the embedded seeds, or on public corpora, and write the leaderboard."""
    from experiments.errors import told

    with told():
        _train(suite, task or [], model or [], features or [], repeats, jobs, leaderboard, final)


def _train(
    suite: str,
    names: list[str],
    models: list[str],
    features: list[str],
    repeats: int,
    jobs: int,
    board: Path,
    final: bool,
) -> None:
    from data.tasks import SUITES, get_task
    from experiments.errors import UsageError
    from experiments.leaderboard import rebuild
    from experiments.runner import check_systems, systems_of
    from experiments.tracking import command_run
    from features.registry import unknown

    if suite not in SUITES:
        raise unknown("suite", suite, SUITES)
    tasks = [get_task(name) for name in names or SUITES[suite]]
    try:
        for t in tasks:
            check_systems(t, systems_of(t, models, features))
    except ValueError as error:  # an option of a model
        raise UsageError(str(error)) from None
    if not board.parent.is_dir():
        raise UsageError(f"{board.parent} is no folder; make it, or give --leaderboard a path in one that exists.")
    # All data is loaded and checked before the first run, so that a missing corpus stops the command at once.
    loaded = [(t, _checked(t)) for t in tasks]
    params = {"repeats": repeats, "final": final}
    with command_run(f"train {', '.join(names) or suite}", {**params, "tasks": ",".join(t.name for t in tasks)}):
        for t, parts in loaded:
            _train_task(t, parts, models, features, params, jobs)
    rows = rebuild(board)
    _show(rows, {t.name for t in tasks}, board)


def _checked(task: Any) -> Any:
    """Rows of a task after the leak guard; equal sentences on both sides are told."""
    from rich import print as show

    from data.splits import guard

    parts = {name: rows for name, rows in task.rows().items() if rows}
    for overlap in guard(parts, task.article_level):
        show(f"[dim]{task.name}: {overlap.texts} equal text(s) in {overlap.left} and {overlap.right}[/dim]")
    return parts


def _train_task(
    task: Any, parts: Any, models: list[str], features: list[str], params: dict[str, Any], jobs: int
) -> None:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from experiments.board import rows_of
    from experiments.champion import best_of, export
    from experiments.runner import run_task, steps, systems_of
    from experiments.tracking import log_system, register_champion

    systems = systems_of(task, models, features)
    columns = (
        TextColumn("{task.fields[name]}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns) as progress:
        bar = progress.add_task("", total=steps(task, parts, systems, params["repeats"]), name=task.name)

        def tick(what: str) -> None:
            progress.update(bar, advance=1, description=what)

        started = time.monotonic()
        results = []
        for result in run_task(task, parts, systems, params["repeats"], jobs, tick, params["final"]):
            results.append((result, time.monotonic() - started))
            started = time.monotonic()
        progress.update(bar, description="figures")
        entries = {result.name: _entries(result) for result, _ in results}
        rows = rows_of([entry for own in entries.values() for entry in own])
        best = best_of([result for result, _ in results], rows)
        progress.update(bar, description="tracking")
        for result, seconds in results:
            own = [row for row in rows if row.entry.system == result.name]
            logged = log_system(entries[result.name], own, result.model, params, seconds, result.found)
            if result is best:
                export(result, [r for r, _ in results], params)
                register_champion(task.name, logged)
        progress.update(bar, description=f"champion: {best.name}" if best else "no model")


def _entries(result: Any) -> list[Any]:
    from importlib.metadata import version

    from data.splits import digest
    from experiments.board import Entry

    task = result.task
    return [
        Entry(
            task=task.name, axis=task.axis, language=task.language, split=split, system=result.name,
            features=result.system.features, model=result.system.model, control=result.control or "",
            metrics=task.metrics, ceiling=task.ceiling,
            data_sha256=digest(sorted(result.rows[split], key=lambda a: a.id)),
            version=version("newsproof"), predictions=predictions,
        )
        for split, predictions in result.predictions.items()
    ]  # fmt: skip


def _show(rows: list[Any], names: set[str], board: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    for name in sorted(names):
        own = [r for r in rows if r.entry.task == name]
        if not own:
            continue
        headline = own[0].metric
        table = Table(title=f"{name}: {headline}", title_justify="left")
        for column in ("split", "system", "score", "95 % interval", "n", "beats control", "tie"):
            table.add_column(column, justify="right" if column in ("score", "n", "tie") else "left", overflow="fold")
        for r in (r for r in own if r.metric == headline):
            low_high = f"{r.ci_low:.3f} to {r.ci_high:.3f}"
            count = f"{len(r.entry.predictions.ids)}"
            table.add_row(
                r.entry.split, r.entry.system, f"{r.score:.3f}", low_high, count, r.beats_control, str(r.tie_group)
            )
        console.print(table)
    console.print(f"{len(rows)} rows in {board}; compare the runs with: make ui")


if __name__ == "__main__":
    app()
