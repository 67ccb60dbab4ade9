"""``python -m data.outside FOLDER``: stored scores of outside systems as files for ``experiments.leaderboard --add``.

For translation/severity-rank a CSV ``id,score`` (higher is worse) of each metric that is stored with WMT23, for
translation/error-spans a JSONL of findings of each word-level submission of 2022. The rows are those of the test parts.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer

from data.arrow import articles
from data.cache import Files
from data.corpora import get_corpus
from data.loaders import qe2022, wmt23_mqm
from data.schema import Article

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def severity_rows() -> list[str]:
    """Ids of the test rows of translation/severity-rank: news, machine systems."""
    rows = articles("wmt23-mqm", "all")
    return [row.id for row in rows if row.extra["domain"] == "news" and not row.extra["is_human"]]


def findings_of_tags(row: Article, tags: list[str]) -> Iterator[dict[str, Any]]:
    """Stretches of BAD tokens as finding records; the final ``<EOS>`` has no place in the text and is left out.

    Raises
    ------
    ValueError
        If there is not one tag a token.
    """
    tokens, offsets = row.extra["tokens"], row.extra["token_offsets"]
    if len(tags) not in (len(tokens), len(tokens) + 1):
        raise ValueError(f"{row.id}: {len(tags)} tags for {len(tokens)} tokens.")
    places = [(tag, offsets[2 * i], offsets[2 * i + 1]) for i, tag in enumerate(tags[: len(tokens)])]
    for tag, stretch in groupby(places, key=lambda place: place[0]):
        run = list(stretch)
        if tag == "BAD" and run[-1][2] > run[0][1]:
            place = {"part": "body", "start": run[0][1], "end": run[-1][2]}
            yield {"axis": "translation", "kind": "mistranslation", **place, "severity": "major", "note": ""}


@app.command()
def main(folder: Annotated[Path, typer.Argument(help="where the files are written")]) -> None:
    """Write the files and print the command that enters each."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, scores in wmt23_mqm.outside_scores(Files(get_corpus("wmt23-mqm"))).items():
        path = folder / f"severity-rank.{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "score"])
            writer.writerows([row, scores[row]] for row in severity_rows())
        _tell(path, name, "translation/severity-rank")
    rows = {row.id: row for row in articles("qe2022", "test")}
    for name, tagged in qe2022.outside_tags(Files(get_corpus("qe2022"))).items():
        path = folder / f"error-spans.{name.replace('/', '-').replace(' ', '-')}.jsonl"
        records = [{"id": i, "findings": list(findings_of_tags(row, tagged[i]))} for i, row in rows.items()]
        path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        _tell(path, name, "translation/error-spans")


def _tell(path: Path, system: str, task: str) -> None:
    typer.echo(f'python -m experiments.leaderboard --add {path} --system "{system}" --task {task}')


if __name__ == "__main__":
    app()
