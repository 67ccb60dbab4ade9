"""``python -m experiments.ablation``: what each axis and each feature block adds, in one command.

Every variant is a system of the task with one model, under the same folds; a gain is the paired bootstrap difference
over groups. The variants are tracked like any training, so that `make ui` compares them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from experiments.results import Result
    from models.metrics import Array

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

#: Parts of the full feature set by name: n-grams, then dense blocks.
SPARSE: Final = {"words": "words", "skeleton": "skeleton"}
DENSE: Final = {
    "style": "stylometry,craft,typography,length",
    "translation": "checks:translation",
    "factual": "checks:factual",
    "attribution": "checks:attribution",
}
AXES: Final = ("translation", "factual", "attribution")


def spec(names: Sequence[str]) -> str:
    """Feature set of some parts, dense ones weighed to stand beside n-grams."""
    dense = ",".join(DENSE[n] for n in DENSE if n in names)
    return "+".join([*(SPARSE[n] for n in SPARSE if n in names), *([f"even:{dense}"] if dense else [])])


def variants() -> dict[str, tuple[tuple[str, ...], str]]:
    """Name -> (parts, name of the variant it is compared with)."""
    everything = (*SPARSE, *DENSE)
    table = {"all": (everything, "all"), "words": (("words",), "all"), "words + axes": (("words", *AXES), "words")}
    table["axes"] = (AXES, "all")
    table["all but the axes"] = (tuple(n for n in everything if n not in AXES), "all")
    for name in everything:
        table[f"without {name}"] = (tuple(n for n in everything if n != name), "all")
    return table


@dataclass(frozen=True, slots=True)
class Gain:
    """A variant, its figure, and its difference from what it is compared with (positive: the variant is better)."""

    variant: str
    score: float
    low: float
    high: float
    against: str
    difference: float
    difference_low: float
    difference_high: float

    @property
    def significant(self) -> bool:
        """Whether the 95 % interval of the difference leaves out 0."""
        return self.difference_low > 0 or self.difference_high < 0


def gains(results: dict[str, Result], metric: str) -> list[Gain]:
    """Figure of each variant and its paired difference, on the part that is no test.

    Parameters
    ----------
    results
        Results by name of variant; all were scored on the same rows.
    """
    from experiments.board import measured
    from models.metrics import LOWER_IS_BETTER, codes, group_weights, interval

    predictions = {name: _development(result) for name, result in results.items()}
    weights = group_weights(codes(predictions["all"].groups))
    sign = -1.0 if metric.partition("/")[0] in LOWER_IS_BETTER else 1.0
    found: dict[str, tuple[float, Array]] = {}
    for name, own in predictions.items():
        score, _, values = measured(own, metric, weights)
        found[name] = score, values
    out = []
    for name, (_, against) in variants().items():
        (score, values), (other, base) = found[name], found[against]
        out.append(
            Gain(name, score, *interval(values), against, sign * (score - other), *interval(sign * (values - base)))
        )
    return out


def _development(result: Result) -> Any:
    return next(p for name, p in result.predictions.items() if name != "test")


def to_csv(task: str, metric: str, rows: Sequence[Gain]) -> str:
    """The table as CSV text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["task", "metric", "variant", "score", "ci_low", "ci_high", "against", "gain", "gain_low", "gain_high"]
    )
    for r in rows:
        numbers = (f"{v:.4f}" for v in (r.score, r.low, r.high))
        differences = (f"{v:.4f}" for v in (r.difference, r.difference_low, r.difference_high))
        writer.writerow([task, metric, r.variant, *numbers, r.against, *differences])
    return out.getvalue()


def figure(task: str, metric: str, rows: Sequence[Gain], path: Path) -> None:
    """Gains with intervals as one figure."""
    from matplotlib.figure import Figure

    shown = [r for r in rows if r.variant != r.against]
    picture = Figure(figsize=(7, 0.35 * len(shown) + 1.2), layout="constrained")
    axes = picture.subplots()
    for i, r in enumerate(reversed(shown)):
        colour = "black" if r.significant else "grey"
        axes.plot([r.difference_low, r.difference_high], [i, i], color=colour)
        axes.plot(r.difference, i, "o", color=colour)
    axes.axvline(0, linestyle=":", color="grey")
    axes.set_yticks(range(len(shown)), [f"{r.variant} − {r.against}" for r in reversed(shown)])
    axes.set(xlabel=f"difference of {metric}, 95 % interval", title=task)
    picture.savefig(path, dpi=150)


def run(task: Any, model: str, repeats: int, jobs: int, track: bool) -> list[Gain]:
    """Train every variant and compare; ``track`` writes the runs to MLflow."""
    from data.tasks import System
    from experiments.runner import check_systems, run_task
    from experiments.train import _checked

    systems = {name: System(spec(parts), model) for name, (parts, _) in variants().items()}
    named = [(system, None) for system in systems.values()]
    check_systems(task, named)
    parts = _checked(task)
    done = list(run_task(task, parts, named, repeats, jobs, lambda what: None, final=False))
    if track:
        _track(task, done, {"repeats": repeats, "final": False})
    return gains(dict(zip(systems, done, strict=True)), task.metrics[0])


def _track(task: Any, done: Sequence[Result], params: dict[str, Any]) -> None:
    from experiments.board import rows_of
    from experiments.tracking import command_run, log_system
    from experiments.train import _entries

    entries = {result.name: _entries(result) for result in done}
    rows = rows_of([entry for own in entries.values() for entry in own])
    with command_run(f"ablation {task.name}", {**params, "tasks": task.name}):
        for result in done:
            own = [row for row in rows if row.entry.system == result.name]
            log_system(entries[result.name], own, None, params, 0.0)


@app.command()
def main(
    task: Annotated[list[str], typer.Option(help="name of a task (may be repeated)")],
    model: Annotated[str, typer.Option(help="one model for all variants; '' takes one by target")] = "",
    repeats: Annotated[int, typer.Option(min=1, help="random folds")] = 1,
    jobs: Annotated[int, typer.Option(min=1, help="models fitted at a time")] = 1,
    out: Annotated[Path | None, typer.Option(help="also write the table here, as CSV")] = None,
    picture: Annotated[Path | None, typer.Option(help="also draw the gains here (one task)")] = None,
    track: Annotated[bool, typer.Option(help="write the runs to MLflow")] = True,
) -> None:
    """Measure what each axis and each feature block adds."""
    from data.tasks import get_task
    from experiments.board import write_atomic
    from experiments.errors import told

    with told():
        texts = []
        for name in task:
            found = get_task(name)
            rows = run(found, model or ("ridge" if found.target == "rank" else "logistic:C=10"), repeats, jobs, track)
            _show(name, found.metrics[0], rows)
            texts.append(to_csv(name, found.metrics[0], rows))
            if picture is not None:
                figure(name, found.metrics[0], rows, picture)
        if out is not None:
            write_atomic(texts[0] + "".join(t.partition("\n")[2] for t in texts[1:]), out)


def _show(task: str, metric: str, rows: Sequence[Gain]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{task}: {metric}", title_justify="left")
    for column in ("variant", "score", "95 % interval", "against", "difference", "95 % interval"):
        table.add_column(column, justify="left", overflow="fold")
    for r in rows:
        cells = [r.variant, f"{r.score:.3f}", f"{r.low:.3f} to {r.high:.3f}"]
        if r.variant != r.against:
            star = " *" if r.significant else ""
            cells += [r.against, f"{r.difference:+.3f}{star}", f"{r.difference_low:+.3f} to {r.difference_high:+.3f}"]
        table.add_row(*cells)
    Console().print(table)


if __name__ == "__main__":
    app()
