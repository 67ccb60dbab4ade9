"""Thresholds and probabilities: the best cut, never seen by the rows it decides."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calibration import best_threshold, calibrated, crossfit_decisions, platt
from models.metrics import METRICS, OF_DECISION, Scored, point

ROWS = st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.2, 0.4, 0.41, 0.8, 1.0])), min_size=2, max_size=30)


def quality(metric, y, score, cut):
    return point(metric, Scored(y, score, (score >= cut).astype(float), np.full(len(y), -1)))


@pytest.mark.parametrize("metric", sorted(OF_DECISION))
@given(rows=ROWS)
def test_no_other_cut_is_better(metric, rows):
    y, score = (np.array(v, dtype=float) for v in zip(*rows, strict=True))
    values = np.unique(score)
    if len(set(y)) < 2 or len(values) < 2:
        return
    cuts = (values[1:] + values[:-1]) / 2
    found = quality(metric, y, score, best_threshold(y, score, metric))
    best = np.nanmax([np.nan_to_num(quality(metric, y, score, cut), nan=-1) for cut in cuts])
    assert np.nan_to_num(found, nan=-1) == pytest.approx(best)


def test_of_equally_good_cuts_the_middle_one_is_taken():
    y, score = np.array([0, 0, 0, 1.0]), np.array([0.1, 0.2, 0.3, 0.9])
    assert best_threshold(y, score, "f1") == pytest.approx(0.6)


def test_one_score_for_all_is_its_own_threshold():
    assert best_threshold(np.array([0.0, 1.0]), np.array([0.3, 0.3])) == 0.3


def test_a_metric_that_needs_no_threshold_is_replaced_by_balanced_accuracy():
    y, score = np.array([0, 1, 0, 1, 1.0]), np.array([0.1, 0.2, 0.3, 0.4, 0.5])
    assert best_threshold(y, score, "roc_auc") == best_threshold(y, score, "balanced_accuracy")


def test_a_fold_is_decided_by_the_labels_of_the_others_alone():
    rng = np.random.default_rng(0)
    y, score, folds = (rng.random(60) < 0.5).astype(float), rng.random(60), np.arange(60) % 3
    before = crossfit_decisions(y, score, folds, "f1")
    for fold in range(3):
        own = folds == fold
        turned = np.where(own, 1 - y, y)
        # Other labels of its own do not move the decisions of a fold, other labels elsewhere do.
        assert (crossfit_decisions(turned, score, folds, "f1")[own] == before[own]).all()
    assert (crossfit_decisions(1 - y, score, folds, "f1") != before).any()


def test_platt_finds_slope_and_offset_again():
    rng = np.random.default_rng(0)
    raw = rng.random(20_000)
    true = calibrated(raw, 2.0, -1.0)
    slope, offset = platt((rng.random(20_000) < true).astype(float), raw)
    assert (slope, offset) == pytest.approx((2.0, -1.0), abs=0.08)
    assert abs(calibrated(raw, slope, offset) - true).max() < 0.02


def test_platt_of_separable_scores_stays_finite():
    slope, offset = platt(np.array([0, 0, 1, 1.0]), np.array([0.0, 0.1, 0.9, 1.0]))
    probabilities = calibrated(np.array([0.0, 0.5, 1.0]), slope, offset)
    assert slope > 0
    assert (np.diff(probabilities) > 0).all()
    # Platt's targets (n + 1) / (n + 2): never sure of what four rows say.
    assert 0.1 < probabilities[0] < 0.3


def test_calibration_keeps_the_order_and_the_auc():
    score = np.array([0.1, 0.7, 0.3, 0.9])
    y = np.array([0, 1, 1, 1.0])
    item = np.full(4, -1)
    auc = METRICS["roc_auc"]
    weights = np.ones((1, 4))
    moved = calibrated(score, 3.0, 0.5)
    assert auc(Scored(y, moved, y, item), weights) == auc(Scored(y, score, y, item), weights)
