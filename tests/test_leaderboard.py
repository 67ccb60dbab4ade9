"""The board from the tracked runs; an outside system enters by its scores."""

import csv

import pytest
from conftest import Workplace

from data.tasks import TASKS
from experiments.errors import UsageError
from experiments.leaderboard import read_scores

ROWS = TASKS["seeds/attribution"].rows()["all"]


def scores(path, value=lambda article: article.label, rows=ROWS):
    lines = [f"{a.id},{value(a)}" for a in rows]
    path.write_text("\n".join(["id,score", *lines]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("name,score\na,1\n", r"s\.csv: expected the columns id and score, got \['name', 'score'\]"),
        ("id,score\na,high\n", r"s\.csv:2: score must be a finite number, got 'high'"),
        ("id,score\na,1\nb,nan\n", r"s\.csv:3: score must be a finite number, got 'nan'"),
        ("id,score\na,1\na,2\n", r"s\.csv:3: id 'a' occurs twice"),
        ("", r"s\.csv: expected the columns id and score, got None"),
    ],
)
def test_scores_that_cannot_be_read_are_named_by_line(tmp_path, content, problem):
    path = tmp_path / "s.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=problem):
        read_scores(path)


def test_scores_are_read_by_id(tmp_path):
    path = tmp_path / "s.csv"
    path.write_text("\ufeffscore,id,note\n0.5,a,x\n-1e3,b,\n", encoding="utf-8")
    assert read_scores(path) == {"a": 0.5, "b": -1000.0}


def board(place):
    with place.board.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
def test_an_outside_system_stands_on_the_board_beside_the_others(tmp_path):
    place = Workplace(tmp_path)
    add = ("experiments.leaderboard", "--leaderboard", place.board, "--task", "seeds/attribution", "--add")
    place.run(*add, scores(tmp_path / "gold.csv"), "--system", "knows the answer")
    (headline,) = [row for row in board(place) if row["metric"] == "roc_auc"]
    assert (headline["system"], headline["split"], headline["features"]) == ("knows the answer", "cv", "outside")
    assert (float(headline["score"]), float(headline["ci_low"])) == (1.0, 1.0)
    assert int(headline["n_items"]) == len(ROWS)
    # A second one is compared with it, and the board can be rebuilt from the store.
    place.run(*add, scores(tmp_path / "flat.csv", lambda a: 0.3), "--system", "flat")
    found = {row["system"]: row for row in board(place) if row["metric"] == "roc_auc"}
    assert {name: (row["score"], row["tie_group"]) for name, row in found.items()} == {
        "knows the answer": ("1.0000", "1"),
        "flat": ("0.5000", "2"),
    }
    before = place.board.read_bytes()
    place.board.unlink()
    place.run("experiments.leaderboard", "--leaderboard", place.board)
    assert place.board.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--system", "s"], "--add needs --system NAME and --task NAME."),
        (
            ["--system", "s", "--task", "seeds/atribution"],
            "No task 'seeds/atribution'. Did you mean 'seeds/attribution'?",
        ),
        (
            ["--system", "s", "--task", "seeds/attribution"],
            f"s scores {len(ROWS) - 1} of the {len(ROWS)} items of seeds/",
        ),
    ],
)
def test_an_outside_system_that_cannot_be_compared_is_refused(tmp_path, arguments, problem):
    place = Workplace(tmp_path)
    path = scores(tmp_path / "s.csv", rows=ROWS[1:])
    _, err = place.run("experiments.leaderboard", "--leaderboard", place.board, "--add", path, *arguments, code=2)
    assert problem in err
    assert "Traceback" not in err
    assert not place.board.exists()
