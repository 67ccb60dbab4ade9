"""Features of pairs, their summed n-grams, and the tasks of the factual axis."""

from __future__ import annotations

import numpy as np
import pytest

from data.schema import Article
from data.tasks.factual import TASKS, corrections
from features.blocks import build_features
from features.differences import Differences
from features.doubt import Doubt
from features.novelty import marked
from features.relations import PAIRINGS, Relations
from features.stacked import Summed
from features.tally import Tally
from features.text import analyse
from models.blend import Blend


def row(block, **fields):
    """Values of one English article by the name of the column."""
    article = Article(id="a", language="en", **fields)
    return dict(zip(block.fit([article]).columns_, block.transform([article])[0], strict=True))


_SOURCE = (
    "Tom Hill sold the old mill in Leeds after long talks with several local buyers last spring. "
    "Nobody had expected so quick a deal in that part of the country. Ann Reed bought the mine in York for 40 pounds."
)


def test_company_tells_a_swapped_name_from_the_right_one():
    right = row(Relations(), body="Yesterday Tom Hill sold the mill.", source=_SOURCE)
    wrong = row(Relations(), body="Yesterday Ann Reed sold the mill.", source=_SOURCE)
    assert right["source_company_name_least"] > wrong["source_company_name_least"]
    assert right["source_n_new_name"] == wrong["source_n_new_name"] == 0


def test_a_new_name_and_figure_are_counted():
    values = row(Relations(), body="Yesterday Tom Hill sold the mill to Eve Stone for 90 pounds.", source=_SOURCE)
    assert (values["source_n_new_name"], values["source_n_new_figure"]) == (2, 1)


def test_without_a_source_nothing_is_looked_at():
    assert all(np.isnan(v) for v in row(Relations(), body="Tom sold it.").values())


def test_novelty_marks_what_the_source_lacks():
    article = Article("a", "en", body="They sold 40 mills to Stone.", source=_SOURCE)
    sides = PAIRINGS["source"](analyse(article))
    assert "new_stone" in marked(sides).split()
    assert "new_Figure" not in marked(sides).split()


def test_differences_see_a_slot_filled_otherwise():
    other = row(Differences(), body="He played for Villach in 1990.\nHe played for Klagenfurt in 1990.")
    more = row(Differences(), body="He played for Villach in 1990.\nHe played for Villach in 1990.")
    assert (other["name_replaced"], more["name_replaced"]) == (1.0, 0.0)
    assert other["slots_other"] > more["slots_other"] == 0


def test_doubt_clashes_where_only_the_body_refutes():
    doubtful = row(Doubt(), headline="Boy finds gold", body="The story that a boy found gold is a hoax.")
    plain = row(Doubt(), headline="Boy finds gold", body="A boy found gold in the river.")
    assert (doubtful["clash"], plain["clash"]) == (1.0, 0.0)


def _rows(n: int) -> list[Article]:
    return [
        Article(
            f"a{i}", "en", body=f"word{i % 2} and more", source="nothing here", group=f"g{i // 2}", label=float(i % 2)
        )
        for i in range(n)
    ]


def test_summed_ngrams_are_out_of_fold_in_training():
    rows = _rows(40)
    y = np.array([a.label for a in rows])
    block = Summed("body", folds=4)
    inside = block.fit_transform(rows, y)
    assert inside.shape == (40, 1)
    assert not np.array_equal(inside, block.transform(rows))
    assert (block.transform(rows)[y == 1] > block.transform(rows)[y == 0].max()).all()


def test_summed_ngrams_need_labels():
    with pytest.raises(ValueError, match="learn from labels"):
        Summed("body").fit_transform(_rows(10))


@pytest.mark.parametrize(
    "spec", ["relations", "relations:lines", "novelty:headline", "differences", "doubt", "transferred"]
)
def test_blocks_are_entered(spec):
    rows = _rows(6)
    matrix = build_features(spec).fit_transform(rows)
    assert matrix.shape[0] == 6


def test_the_blend_is_a_mean_of_probabilities():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(80, 3))
    y = (X[:, 0] > 0).astype(float)
    proba = Blend(leaf=5, trees=2).fit(X, y).predict_proba(X)
    np.testing.assert_allclose(proba.sum(axis=1), 1)
    assert proba[y == 1, 1].mean() > 0.8


def test_corrections_are_clean_rows_of_the_same_group():
    faulty = Article("a", "en", body="He left.", group="g", label=1.0, extra={"correction": "He stayed."})
    clean = Article("b", "en", body="He left.", group="g", label=0.0, extra={"correction": "He stayed."})
    (made,) = corrections([faulty, clean])
    assert (made.body, made.label, made.group) == ("He stayed.", 0.0, "g")


def test_every_task_has_controls_and_names_known_blocks():
    assert len(TASKS) == 13
    for task in TASKS:
        assert "majority" in task.controls
        for system in task.systems:
            build_features(system.features)


def test_a_tally_counts_the_findings_of_its_axis_alone():
    article = Article("a", "de", body="14 der 32 Stände sind zerstört, die übrigen 20 verrußt.")
    factual, other = Tally("factual").fit([article]), Tally("attribution").fit([article])
    assert factual.transform([article])[0, 0] == 1
    assert other.transform([article])[0, 0] == 0


def test_an_unknown_axis_is_named():
    with pytest.raises(KeyError, match="No axis 'facts'"):
        Tally("facts").names()
