"""``python -m experiments.transfer``: train on each article corpus, test on every other of the same language.

A cell is the area under the ROC curve, which needs no threshold; on the diagonal it is out of fold. The labels of
two corpora rarely mean the same, so that a cell says what carries over, not which corpus is right.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from data.schema import Article
    from features.text import Analysis
    from models.metrics import Array

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

#: Corpus -> task whose development rows it is. Test parts are never read here.
CORPORA: Final = {
    "FakeNewsAMT": "quality/fake-pairs-en",
    "Celebrity": "quality/fake-celebrity-en",
    "Spanish v1": "quality/fake-es",
    "German outlets": "quality/outlet-de",
    "seeds": "seeds/overall",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure with its interval over the groups of the tested corpus."""

    language: str
    trained: str
    tested: str
    n_items: int
    score: float
    low: float
    high: float


def corpora(names: Sequence[str] = tuple(CORPORA)) -> dict[str, dict[str, list[Article]]]:
    """Language -> corpus -> labelled rows; seeds are labelled 1 where they carry any fault."""
    from dataclasses import replace

    from data.tasks import get_task

    found: dict[str, dict[str, list[Article]]] = {}
    for name in names:
        for row in get_task(CORPORA[name]).rows()["all"]:
            binary = replace(row, label=float((row.label or 0) > 0))
            found.setdefault(row.language, {}).setdefault(name, []).append(binary)
    return found


def matrix(rows: dict[str, list[Article]], features: str, model: str, language: str) -> list[Cell]:
    """Cells of one language: every corpus against every other, and out of fold against itself."""
    from features.documents import documents

    found = {name: documents(own) for name, own in rows.items()}
    cells = []
    for trained, own in found.items():
        score = _scorer(own, features, model)
        for tested, other in found.items():
            values = _out_of_fold(own, features, model) if tested == trained else score(other)
            cells.append(_cell(language, trained, tested, other, values))
    return cells


def _labels(found: Sequence[Analysis]) -> Array:
    import numpy as np

    return np.array([a.article.label for a in found], dtype=float)


def _scorer(found: list[Analysis], features: str, model: str) -> Callable[[list[Analysis]], Array]:
    from models.scorer import Scorer

    return Scorer(features, model).fit(found, _labels(found)).score


def _out_of_fold(found: list[Analysis], features: str, model: str) -> Array:
    import numpy as np

    from data.splits import group_of, grouped_folds

    y = _labels(found)
    folds = grouped_folds([group_of(a.article) for a in found], list(y), 3, 0)
    scores = np.zeros(len(y))
    for fold in np.unique(folds):
        held = np.flatnonzero(folds == fold)
        train = [found[i] for i in np.flatnonzero(folds != fold)]
        scores[held] = _scorer(train, features, model)([found[i] for i in held])
    return scores


def _cell(language: str, trained: str, tested: str, found: list[Analysis], values: Array) -> Cell:
    import numpy as np

    from data.splits import group_of
    from models.metrics import Scored, codes, distribution, group_weights, interval, point

    y = _labels(found)
    scored = Scored(y, values, np.zeros(len(y)), np.full(len(y), -1))
    weights = group_weights(codes([group_of(a.article) for a in found]))
    low, high = interval(distribution("roc_auc", scored, weights))
    return Cell(language, trained, tested, len(y), point("roc_auc", scored), low, high)


def to_csv(cells: Sequence[Cell]) -> str:
    """The matrix as CSV text, one cell a line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["language", "trained", "tested", "n_items", "roc_auc", "ci_low", "ci_high"])
    for c in cells:
        writer.writerow([c.language, c.trained, c.tested, c.n_items, *(f"{v:.4f}" for v in (c.score, c.low, c.high))])
    return out.getvalue()


@app.command()
def main(
    features: Annotated[str, typer.Option(help="feature set")] = "even:stylometry,craft,checks",
    model: Annotated[str, typer.Option(help="model")] = "logistic",
    corpus: Annotated[list[str] | None, typer.Option(help="only this corpus (may be repeated)")] = None,
    out: Annotated[Path | None, typer.Option(help="also write the matrix here, as CSV")] = None,
) -> None:
    """Train on each article corpus and test on every other of the same language."""
    from experiments.board import write_atomic
    from experiments.errors import told
    from features.registry import unknown

    with told():
        for name in corpus or ():
            if name not in CORPORA:
                raise unknown("article corpus", name, CORPORA)
        cells: list[Cell] = []
        for language, rows in corpora(corpus or tuple(CORPORA)).items():
            cells += matrix(rows, features, model, language)
        _show(cells)
        if out is not None:
            write_atomic(to_csv(cells), out)


def _show(cells: Sequence[Cell]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="area under the ROC curve", title_justify="left")
    for column in ("language", "trained on", "tested on", "score", "95 % interval", "n"):
        table.add_column(column)
    for c in cells:
        table.add_row(c.language, c.trained, c.tested, f"{c.score:.3f}", f"{c.low:.3f} to {c.high:.3f}", str(c.n_items))
    Console().print(table)


if __name__ == "__main__":
    app()
