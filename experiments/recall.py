"""``python -m experiments.recall``: which synthetic faults the checks find, by corruption.

Every corruption of `data.perturb` is put into clean articles one at a time, and the checks of its axis are
asked whether they mark the place. The tables of the corruptions were written without reading the checks and the
other way round, so that this shows how far checks reach beyond the texts they were developed on. It is a
diagnosis, synthetic throughout, and no row of the board.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Annotated, NamedTuple

import typer

from data.perturb import CORRUPTIONS, Corruption
from data.schema import Article, Finding
from features.checks import findings_of
from features.text import analyse

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class Recall(NamedTuple):
    """How many faults of a corruption some check marked; ``missed`` holds up to five that none did."""

    axis: str
    corruption: str
    found: int
    made: int
    missed: list[str]


def recall_of(corruption: Corruption, articles: Iterable[Article]) -> Recall:
    """Put a corruption into each article that has a place for it, and ask the checks of its axis.

    A fault counts as found if a finding overlaps it (any kind of the axis); one that stands nowhere (a missing
    byline) if a finding has its kind.
    """
    made = found = 0
    missed: list[str] = []
    for article in articles:
        changed = corruption(article, Random(article.id))
        if changed is None:
            continue
        gold = next(f for f in changed.findings[len(article.findings) :] if f.axis == corruption.axis)
        made += 1
        if any(_marks(finding, gold) for finding in findings_of(analyse(changed))):
            found += 1
        elif len(missed) < 5:
            missed.append(changed.text(gold.part)[gold.start : gold.end])
    return Recall(str(corruption.axis), corruption.name, found, made, missed)


def _marks(finding: Finding, gold: Finding) -> bool:
    if gold.end == 0:
        return finding.kind == gold.kind
    same = finding.axis == gold.axis and finding.part == gold.part
    return same and finding.start < gold.end and gold.start < finding.end


def recalls(articles: Sequence[Article]) -> list[Recall]:
    """Recall of every corruption that makes a fault, by axis, lowest first; without those that found no place."""
    found = [recall_of(c, articles) for c in CORRUPTIONS.values() if c.axis is not None]
    return sorted((r for r in found if r.made), key=lambda r: (r.axis, r.found / r.made, r.corruption))


def _articles(path: Path | None, most: int) -> list[Article]:
    from data.records import read_articles
    from data.tasks import TASKS

    if path is not None:
        return list(read_articles(path))[:most]
    return [a for a in TASKS["seeds/factual"].rows()["all"] if a.system == "clean"][:most]


@app.command()
def main(
    data: Annotated[Path | None, typer.Option(help="clean articles as records; default: clean seed stories")] = None,
    most: Annotated[int, typer.Option(min=1, help="take so many articles")] = 60,
) -> None:
    """Print how many synthetic faults the checks find."""
    from experiments.errors import told

    with told():
        for r in recalls(_articles(data, most)):
            shown = "; ".join(text[:40].replace("\n", " ") for text in r.missed[:3])
            typer.echo(f"{r.axis:12} {r.corruption:20} {r.found:4}/{r.made:<4} missed: {shown}")


if __name__ == "__main__":
    app()
