"""``python -m experiments.peers FOLDER``: write the stored scores of outside systems in the form `--add` takes.

CometKiwi, MetricX-23-QE and XCOMET-QE-Ensemble on the test part of severity-rank (CSV, higher is worse); the word tags
of OpenKiwi and NJUQE on that of error-spans (JSONL with findings). They are what the systems' authors handed in, read
from the corpora; nothing is computed here. Then, for each file:
``python -m experiments.leaderboard --add FILE --system NAME --task TASK``.
"""

from __future__ import annotations

import csv
import json
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.schema import Article, Finding

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(folder: Annotated[Path, typer.Argument(help="where the files are written")]) -> None:
    """Write one file an outside system, and print the command that enters each."""
    from experiments.errors import told

    with told():
        folder.mkdir(parents=True, exist_ok=True)
        written = [("translation/severity-rank", path) for path in write_scores(folder)]
        written += [("translation/error-spans", path) for path in write_spans(folder)]
        for task, path in written:
            typer.echo(f"python -m experiments.leaderboard --add {path} --system {path.stem} --task {task}")


def write_scores(folder: Path) -> list[Path]:
    """A CSV a metric, with the rows of the test part alone."""
    from data.cache import Files
    from data.corpora import get_corpus
    from data.loaders.wmt23_mqm import outside_scores
    from data.tasks import get_task

    ids = sorted(row.id for row in get_task("translation/severity-rank").rows()["test"])
    paths = []
    for name, scores in outside_scores(Files(get_corpus("wmt23-mqm"))).items():
        paths.append(folder / f"{name}.csv")
        with paths[-1].open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(("id", "score"))
            writer.writerows((own, scores[own]) for own in ids)
    return paths


def write_spans(folder: Path) -> list[Path]:
    """A JSONL a system: id and findings of each segment."""
    from data.arrow import articles
    from data.cache import Files
    from data.corpora import get_corpus
    from data.loaders.qe2022 import outside_tags
    from data.records import finding_to_record

    rows = {row.id: row for row in articles("qe2022", "test")}
    paths = []
    for name, tags in outside_tags(Files(get_corpus("qe2022"))).items():
        paths.append(folder / f"{name}.jsonl")
        lines = [
            {"id": own, "findings": [finding_to_record(f) for f in tagged_spans(rows[own], tags[own])]}
            for own in sorted(rows)
        ]
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def tagged_spans(row: Article, tags: Sequence[str]) -> list[Finding]:
    """Stretches of tokens tagged BAD as findings; ``<EOS>`` has no place and is left out.

    Raises
    ------
    ValueError
        If there are not as many tags as official tokens.
    """
    from data.schema import Axis, Finding

    offsets = row.extra["token_offsets"]
    places = list(zip(offsets[::2], offsets[1::2], strict=True))
    if len(tags) != len(places):
        raise ValueError(f"{row.id}: expected {len(places)} tags, got {len(tags)}.")
    found = []
    for tag, run in groupby(zip(tags, places, strict=True), key=lambda pair: pair[0]):
        inside = [place for _, place in run if place[0] < place[1]]
        if tag == "BAD" and inside:
            found.append(Finding(Axis.TRANSLATION, "other", "body", inside[0][0], inside[-1][1]))
    return found


if __name__ == "__main__":
    app()
