"""The board: figures with intervals, controls, ties; the same bytes for the same results."""

import csv
import io
import math

import numpy as np
import pytest

from experiments.board import COLUMNS, Entry, rows_of, tie_groups, to_csv, write_atomic
from experiments.predictions import Predictions
from models.metrics import Scored, point

RNG = np.random.default_rng(0)
LABELS = (RNG.random(200) < 0.4).astype(float)
NOISE = RNG.normal(size=200)


def predictions(scores, labels=LABELS):
    runs = np.atleast_2d(np.asarray(scores, dtype=float))
    n = len(labels)
    return Predictions(
        ids=[f"a{i:03}" for i in range(n)],
        groups=[f"g{i // 2}" for i in range(n)],
        items=[None] * n,
        labels=labels,
        views={"even": np.where(np.arange(n) % 2, np.nan, labels)},
        scores=runs,
        decisions=(runs >= 0.5).astype(float),
    )


def entry(system, scores, **changes):
    values = {
        "task": "t/one", "axis": "factual", "language": "en", "split": "dev", "system": system, "features": "f",
        "model": "m", "control": "", "metrics": ("roc_auc", "brier", "roc_auc/even"), "ceiling": "", "version": "1",
        "data_sha256": "abc", "predictions": predictions(scores),
    }  # fmt: skip
    return Entry(**{**values, **changes})


def skilled(amount, seed=1):
    noise = np.random.default_rng(seed).normal(size=200)
    return 1 / (1 + np.exp(-(amount * (LABELS - 0.5) + noise)))


GOOD, BETTER = entry("good", skilled(3)), entry("better", skilled(6, seed=2))
CONTROL = entry("control: length", skilled(0), control="length")


def of(entries, metric="roc_auc"):
    return {row.entry.system: row for row in rows_of(entries) if row.metric == metric}


def test_a_row_holds_the_figure_and_an_interval_around_it():
    row = of([GOOD])["good"]
    p = GOOD.predictions
    assert row.score == point("roc_auc", Scored(p.labels, p.scores[0], p.decisions[0], np.full(200, -1)))
    assert row.ci_low < row.score < row.ci_high
    assert row.spread == 0.0
    assert (row.best_control, row.beats_control) == ("", "")


def test_a_model_is_compared_with_the_best_control():
    worse = entry("control: position", 1 - skilled(1), control="position")
    found = of([GOOD, CONTROL, worse])
    assert (found["good"].best_control, found["good"].beats_control) == ("length", "yes")
    assert found["control: length"].beats_control == ""


def test_a_model_that_is_no_better_than_its_best_control_is_marked_so():
    twin = entry("twin", CONTROL.predictions.scores[0])
    assert of([twin, CONTROL])["twin"].beats_control == "no"
    # A little better is not significantly better.
    found = of([entry("little", skilled(0.4, seed=9)), CONTROL])
    assert found["little"].score > found["control: length"].score
    assert found["little"].beats_control == "no"


def test_less_is_better_for_brier():
    found = of([GOOD, entry("sure and wrong", 1 - LABELS, control="x")], "brier")
    assert list(found) == ["good", "sure and wrong"]
    assert found["good"].beats_control == "yes"
    assert (found["good"].tie_group, found["sure and wrong"].tie_group) == (1, 2)


def test_rows_are_sorted_headline_first_then_by_falling_score():
    found = rows_of([GOOD, BETTER, CONTROL, entry("good", skilled(3), task="t/a")])
    assert [(r.entry.task, r.metric, r.entry.system) for r in found][:6] == [
        ("t/a", "roc_auc", "good"),
        ("t/a", "brier", "good"),
        ("t/a", "roc_auc_even", "good"),
        ("t/one", "roc_auc", "better"),
        ("t/one", "roc_auc", "good"),
        ("t/one", "roc_auc", "control: length"),
    ]


def test_a_view_is_a_row_of_its_own():
    p = GOOD.predictions
    kept = ~np.isnan(p.views["even"])
    expected = point("roc_auc", Scored(p.labels[kept], p.scores[0][kept], p.decisions[0][kept], np.full(100, -1)))
    assert of([GOOD], "roc_auc_even")["good"].score == expected


def test_a_metric_that_is_not_defined_has_no_row():
    flat = entry("one class", skilled(1), predictions=predictions(skilled(1), labels=np.ones(200)))
    assert {row.metric for row in rows_of([flat])} == {"brier"}


def test_the_mean_of_repeats_has_a_spread():
    runs = [skilled(2, seed=s) for s in (3, 4, 5)]
    row = of([entry("three", runs)])["three"]
    single = [of([entry("one", run)])["one"].score for run in runs]
    assert row.score == pytest.approx(np.mean(single))
    assert row.spread == pytest.approx(np.std(single))
    assert row.cells()[COLUMNS.index("repeats")] == "3"


def test_equal_repeats_count_as_often_as_they_are():
    one, other = skilled(2, seed=3), skilled(2, seed=4)
    twice = of([entry("s", [one, one, other])])["s"]
    a, b = (of([entry("s", run)])["s"].score for run in (one, other))
    assert twice.score == pytest.approx((2 * a + b) / 3)


def test_other_rows_are_not_compared():
    other = entry("other", skilled(1)[:199], predictions=predictions(skilled(1)[:199], labels=LABELS[:199]))
    with pytest.raises(ValueError, match="t/one, dev: other was scored on other rows than good"):
        rows_of([GOOD, other])


@pytest.mark.parametrize(
    ("means", "groups"),
    [
        ([0.9, 0.89, 0.5], [1, 1, 2]),
        ([0.9, 0.5, 0.1], [1, 2, 3]),
        ([0.9, 0.86, 0.82, 0.78], [1, 1, 2, 2]),  # the leader of a group decides, not the neighbour
        ([0.9], [1]),
        ([], []),
    ],
)
def test_systems_that_differ_insignificantly_share_a_tie_group(means, groups):
    draws = np.random.default_rng(0).normal(size=(len(means), 1000)) * 0.02
    assert tie_groups([mean + draw for mean, draw in zip(means, draws, strict=True)]) == groups


def test_paired_systems_are_told_apart_although_their_intervals_overlap():
    common = np.random.default_rng(0).normal(size=1000) * 0.1
    assert tie_groups([common + 0.02, common]) == [1, 2]


def test_the_order_of_the_entries_does_not_change_a_byte():
    entries = [GOOD, BETTER, CONTROL]
    assert to_csv(rows_of(entries)) == to_csv(rows_of(entries[::-1]))


def test_the_csv_has_the_promised_columns_and_neutral_cells():
    text = to_csv(rows_of([entry("=1+1", skilled(2), ceiling="-0.5")]))
    header, first, *_ = csv.reader(io.StringIO(text))
    assert header == list(COLUMNS)
    cells = dict(zip(header, first, strict=True))
    assert (cells["system"], cells["ceiling"]) == ("'=1+1", "'-0.5")
    assert (cells["n_items"], cells["n_groups"], cells["tie_group"]) == ("200", "100", "1")
    assert len(cells["score"].split(".")[1]) == 4
    assert "\r" not in text


def test_nothing_in_a_row_depends_on_the_day():
    cells = rows_of([GOOD])[0].cells()
    assert len(cells) == len(COLUMNS)
    assert not math.isnan(float(cells[COLUMNS.index("score")]))


def test_a_file_is_whole_or_not_there(tmp_path):
    path = tmp_path / "b.csv"
    write_atomic("one\n", path)
    write_atomic("two\n", path)
    assert path.read_text() == "two\n"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(FileNotFoundError, match="is no folder; make it, or write the board elsewhere"):
        write_atomic("x", tmp_path / "no" / "b.csv")
