"""Metrics under weights agree with scikit-learn and scipy, ties included, and with rows repeated by hand."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn import metrics as theirs

from models.metrics import (
    LOWER_IS_BETTER,
    METRICS,
    OF_DECISION,
    Scored,
    codes,
    distribution,
    group_weights,
    interval,
    point,
)

# Few values: ties are the hard case.
SCORES = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.5000001, 0.9, 1.0])
CLASSES = st.lists(st.tuples(st.booleans(), SCORES), min_size=2, max_size=40)
GRADES = st.lists(st.tuples(st.integers(0, 5), SCORES, st.integers(-1, 3)), min_size=2, max_size=40)


def scored(y, score, item=None):
    y, score = np.array(y, dtype=float), np.array(score, dtype=float)
    return Scored(y, score, (score >= 0.5).astype(float), np.array(item if item is not None else [-1] * len(y)))


SKLEARN = {
    "roc_auc": lambda s: theirs.roc_auc_score(s.y, s.score),
    "average_precision": lambda s: theirs.average_precision_score(s.y, s.score),
    "f1": lambda s: theirs.f1_score(s.y, s.pred),
    "macro_f1": lambda s: theirs.f1_score(s.y, s.pred, average="macro", labels=[0, 1]),
    "accuracy": lambda s: theirs.accuracy_score(s.y, s.pred),
    "balanced_accuracy": lambda s: theirs.balanced_accuracy_score(s.y, s.pred),
    "mcc": lambda s: theirs.matthews_corrcoef(s.y, s.pred),
    "brier": lambda s: theirs.brier_score_loss(s.y, s.score),
}


@pytest.mark.parametrize("name", SKLEARN)
@given(rows=CLASSES)
def test_metrics_of_two_classes_are_those_of_scikit_learn(name, rows):
    s = scored(*zip(*rows, strict=True))
    if len(set(s.y)) == 2:
        assert point(name, s) == pytest.approx(SKLEARN[name](s), abs=1e-9)


SCIPY = {
    "spearman": lambda s: stats.spearmanr(s.y, s.score).statistic,
    "kendall": lambda s: stats.kendalltau(s.y, s.score).statistic,
}


@pytest.mark.parametrize("name", SCIPY)
@given(rows=GRADES)
def test_rank_correlations_are_those_of_scipy(name, rows):
    y, score, _ = zip(*rows, strict=True)
    s = scored(y, score)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a constant column is no correlation, for scipy with a warning
        expected = SCIPY[name](s)
    assert point(name, s) == pytest.approx(expected, abs=1e-9, nan_ok=True)


@given(rows=GRADES)
def test_within_item_accuracy_counts_pairs_of_one_item(rows):
    y, score, item = zip(*rows, strict=True)
    pairs = [
        (a, b) for a in range(len(y)) for b in range(len(y)) if item[a] == item[b] >= 0 and y[a] > y[b]
    ]  # fmt: skip
    wins = [1.0 if score[a] > score[b] else 0.5 if score[a] == score[b] else 0.0 for a, b in pairs]
    expected = np.mean(wins) if wins else np.nan
    assert point("within_item_accuracy", scored(y, score, item)) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("name", sorted(METRICS))
@given(rows=GRADES, data=st.data())
def test_a_weight_is_the_row_so_many_times(name, rows, data):
    y, score, item = zip(*rows, strict=True)
    # The rows of an item stand in one group and are drawn together; an item drawn twice is two items.
    of_item = data.draw(st.lists(st.integers(0, 3), min_size=5, max_size=5))
    weights = [of_item[i] for i in item]
    if sum(weights) == 0:
        return
    y = y if name in ("spearman", "kendall", "within_item_accuracy") else [float(v > 2) for v in y]
    s = scored(y, score, item)
    many = [(i, copy) for i, w in enumerate(weights) for copy in range(w)]
    index = [i for i, _ in many]
    copies = codes([None if item[i] < 0 else (item[i], copy) for i, copy in many])
    again = Scored(s.y[index], s.score[index], s.pred[index], copies)
    ours = METRICS[name](s, np.array([weights], dtype=float))[0]
    assert ours == pytest.approx(point(name, again), abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("name", sorted(METRICS))
def test_what_is_not_defined_is_nan_and_not_0(name):
    value = point(name, scored([1, 1], [0.1, 0.9]))
    of_one_class = {"f1", "macro_f1", "accuracy", "brier", "average_precision", "ece", "error_at_70"}
    assert np.isnan(value) != (name in of_one_class)


def test_kendall_of_many_rows_is_close_to_that_of_all():
    rng = np.random.default_rng(0)
    y = rng.normal(size=4000)
    s = scored(y, y + rng.normal(size=4000))
    assert point("kendall", s) == pytest.approx(stats.kendalltau(s.y, s.score).statistic, abs=0.03)
    assert point("kendall", s) == point("kendall", s)


def test_names_tell_what_is_a_decision_and_what_is_better_low():
    assert set(METRICS) >= OF_DECISION
    assert {"brier", "ece", "error_at_70"} == LOWER_IS_BETTER


def test_the_bootstrap_draws_whole_groups():
    groups = codes(["a", "b", "a", "c", "b"])
    weights = group_weights(groups, resamples=400)
    assert (weights[:, 0] == weights[:, 2]).all()
    assert (weights[:, 1] == weights[:, 4]).all()
    per_group = weights[:, [0, 1, 3]]
    assert (per_group.sum(axis=1) == 3).all()
    assert per_group.mean(axis=0) == pytest.approx([1, 1, 1], abs=0.15)
    assert (weights == group_weights(groups, resamples=400)).all()
    assert (weights != group_weights(groups, resamples=400, seed=1)).any()


def test_a_distribution_is_the_metric_of_each_resample():
    s = scored([0, 1, 1, 0, 1], [0.1, 0.9, 0.4, 0.6, 0.8])
    weights = group_weights(codes(list("abcde")), resamples=250)
    values = distribution("roc_auc", s, weights)
    assert values.shape == (250,)
    one = METRICS["roc_auc"](s, weights[123:124].astype(float))[0]
    assert values[123] == pytest.approx(one, nan_ok=True)


def test_the_interval_of_a_mean_is_that_of_its_standard_error():
    rng = np.random.default_rng(1)
    y = (rng.random(500) < 0.7).astype(float)
    s = Scored(np.ones(500), y, y, np.full(500, -1))
    low, high = interval(distribution("accuracy", s, group_weights(np.arange(500))))
    error = 1.96 * np.sqrt(y.mean() * (1 - y.mean()) / 500)
    assert (low, high) == pytest.approx((y.mean() - error, y.mean() + error), abs=0.008)


def test_an_interval_passes_over_resamples_that_are_not_defined():
    assert interval(np.array([np.nan, 1.0, 1.0])) == (1.0, 1.0)
    assert np.isnan(interval(np.array([np.nan]))).all()


def test_codes_number_names_in_order_and_none_is_minus_1():
    assert codes(["b", None, "a", "b"]).tolist() == [0, -1, 1, 0]
