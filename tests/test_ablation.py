"""Ablation and transfer: paired gains, readable tables."""

from dataclasses import replace

import numpy as np
import pytest

from data.schema import Article
from data.tasks import Target, Task
from experiments import ablation, transfer
from features.blocks import build_features


def story(i: int, label: int) -> Article:
    words = (
        "Insiders say it is rumoured to be a fraud!" if label else "The mayor, Ann Lee, said on Monday that it rained."
    )
    return Article(
        f"{i}-{label}", "en", f"News {i}", f"{words} It is story number {i}.", group=f"{i}", label=float(label)
    )


@pytest.fixture
def task() -> Task:
    rows = [story(i, label) for i in range(20) for label in (0, 1)]
    return Task(
        "quality/toy", "overall", "en", Target.CLASSIFY, (), "toy", ("roc_auc", "macro_f1"), (), (),
        rows=lambda: {"all": rows},
    )  # fmt: skip


def test_every_variant_is_a_feature_set():
    for name, (parts, against) in ablation.variants().items():
        assert build_features(ablation.spec(parts)).transformer_list, name
        assert against in ablation.variants()


def test_gains_are_paired(task):
    rows = {r.variant: r for r in ablation.run(task, "logistic:C=10", 1, 1, track=False)}
    assert set(rows) == set(ablation.variants())
    assert rows["all"].difference == 0.0
    assert not rows["all"].significant
    assert rows["axes"].score == pytest.approx(rows["all"].score + rows["axes"].difference)


def test_ablation_table_and_figure(task, tmp_path):
    rows = ablation.run(task, "logistic:C=10", 1, 1, track=False)
    text = ablation.to_csv(task.name, "roc_auc", rows)
    assert text.splitlines()[0].startswith("task,metric,variant,score")
    assert len(text.splitlines()) == 1 + len(rows)
    ablation.figure(task.name, "roc_auc", rows, tmp_path / "gains.png")
    assert (tmp_path / "gains.png").stat().st_size > 1000


def test_a_gain_whose_interval_holds_zero_is_not_significant():
    gain = ablation.Gain("x", 0.8, 0.7, 0.9, "all", 0.01, -0.01, 0.03)
    assert not gain.significant
    assert replace(gain, difference_low=0.005).significant


def test_transfer_matrix_has_every_pair():
    one = [story(i, label) for i in range(12) for label in (0, 1)]
    other = [replace(a, id=f"o{a.id}", group=f"o{a.group}", label=1 - (a.label or 0)) for a in one]
    cells = transfer.matrix({"one": one, "other": other}, "even:craft,checks", "logistic", "en")
    score = {(c.trained, c.tested): c.score for c in cells}
    assert len(score) == 4
    assert score["one", "one"] > 0.9
    assert score["one", "other"] < 0.1
    assert np.isfinite([c.low for c in cells]).all()
    assert transfer.to_csv(cells).count("\n") == 5
