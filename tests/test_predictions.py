"""Per-item predictions: what a figure is made of is stored, and comes back the same."""

from dataclasses import replace

import numpy as np
import pytest
from small_rows import rows

from data.tasks import TASKS, Target
from experiments.predictions import of_rows, read, write

TASK = replace(
    TASKS["seeds/factual"], target=Target.RANK, views={"german": lambda a: a.label if a.language == "de" else None}
)
ROWS = rows(4)
SCORES = np.array([np.linspace(0, 1, 8) ** 3, np.linspace(1, 0, 8) / 3])


def made(**changes):
    arguments = {"scores": SCORES, "decisions": (SCORES > 0.2).astype(float), "stats": None, **changes}
    return of_rows(TASK, ROWS, **arguments)


def test_rows_are_kept_in_the_order_of_their_ids_with_their_scores():
    order = np.random.default_rng(0).permutation(8)
    shuffled = of_rows(TASK, [ROWS[i] for i in order], SCORES[:, order], (SCORES > 0.2).astype(float)[:, order])
    assert shuffled.ids == made().ids == sorted(a.id for a in ROWS)
    assert (shuffled.scores == made().scores).all()
    assert (shuffled.decisions == made().decisions).all()
    assert shuffled.groups == made().groups


def test_what_is_written_comes_back(tmp_path):
    counts = {"token_f1/major": np.arange(48, dtype=float).reshape(2, 8, 3)}
    own = made(stats=counts)
    write(own, tmp_path / "p.csv")
    back = read(tmp_path / "p.csv")
    assert (back.ids, back.groups, back.items, back.n_groups) == (own.ids, own.groups, own.items, 4)
    for name in ("labels", "scores", "decisions"):
        assert (getattr(back, name) == getattr(own, name)).all(), name
    assert np.array_equal(back.views["german"], own.views["german"], equal_nan=True)
    assert {k: v.tolist() for k, v in back.stats.items()} == {k: v.tolist() for k, v in own.stats.items()}


def test_a_view_leaves_rows_out_and_puts_its_labels_in():
    scored, kept = made().scored(1, "german")
    assert kept.sum() == len(scored.y) == 4
    assert (scored.score == made().scores[1][kept]).all()
    assert not made().scored(0, "no such view")[1].any()


def test_a_score_that_is_no_finite_number_is_an_error():
    with pytest.raises(ValueError, match=r"1 score\(s\) of task seeds/factual are no finite number"):
        made(scores=np.where(SCORES == 1 / 3, np.nan, SCORES))


def test_a_row_without_a_label_is_an_error():
    blank = [replace(ROWS[0], label=None), *ROWS[1:]]
    with pytest.raises(ValueError, match=r"1 record\(s\) have no label, such as 'a0-0'; give each a label"):
        of_rows(TASK, blank, SCORES, SCORES)
