"""Recall of the checks on synthetic faults."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from data.perturb import CORRUPTIONS
from data.schema import Article
from experiments.recall import app, recall_of, recalls

BODY = (
    "Die Stadt baut den Hafen aus.\n\n"
    "„Wir brauchen den neuen Hafen für unsere Fischer“, sagte Jan Petersohn am Freitag.\n\nEs kostet {n} Euro."
)
ARTICLES = [
    Article(f"a{n}", "de", "Hafen", BODY.format(n=n), byline="Von Ina", published="2024-03-15") for n in (20, 21, 22)
]


def test_a_missing_closing_mark_is_found_wherever_it_is_made():
    recall = recall_of(CORRUPTIONS["unclosed-quotation"], ARTICLES)
    assert (recall.axis, recall.found, recall.made, recall.missed) == ("attribution", 3, 3, [])


def test_a_fault_that_stands_nowhere_is_found_by_its_kind():
    assert recall_of(CORRUPTIONS["missing-byline"], ARTICLES)[2:] == (3, 3, [])


def test_what_is_missed_is_shown():
    recall = recall_of(CORRUPTIONS["unsupported"], [Article("a", "de", body=BODY, source="Der Hafen wird größer.")])
    assert recall.made == 1
    assert len(recall.missed) == recall.made - recall.found


def test_corruptions_without_a_place_are_left_out():
    names = {r.corruption for r in recalls(ARTICLES[:1])}
    assert "orphan-quotation" in names
    assert not names & {"age", "unsupported", "right-sum"}


@pytest.mark.slow
def test_command_prints_one_line_a_corruption(tmp_path: Path):
    from data.records import write_articles

    file = tmp_path / "clean.jsonl"
    write_articles(ARTICLES, file)
    done = CliRunner().invoke(app, ["--data", str(file)])
    assert done.exit_code == 0
    assert any(line.split()[:3] == ["attribution", "missing-byline", "3/3"] for line in done.output.splitlines())
