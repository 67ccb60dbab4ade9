"""Thresholds: chosen on scores that the rows they decide had no part in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.metrics import OF_DECISION, Array


def best_threshold(y: Array, score: Array, metric: str = "balanced_accuracy") -> float:
    """Cut between two neighbouring scores that maximises a decision metric (f1, macro_f1, mcc or balanced_accuracy).

    Of equally good cuts the one in the middle is taken. A metric that is none of a decision is replaced
    by balanced accuracy. Linear in the number of distinct scores after sorting.
    """
    values = np.unique(score)
    if len(values) == 1:
        return float(values[0])
    cuts = (values[1:] + values[:-1]) / 2
    order = np.argsort(score, kind="stable")
    below = np.searchsorted(score[order], cuts)
    positives = np.r_[0.0, np.cumsum(y[order])]
    fn, tp = positives[below], positives[-1] - positives[below]
    tn, fp = below - fn, (len(y) - below) - tp
    quality = _quality(metric if metric in OF_DECISION else "balanced_accuracy", tp, fp, fn, tn)
    best = np.flatnonzero(quality >= np.nanmax(quality) - 1e-12)
    return float(cuts[best[len(best) // 2]])


def _quality(metric: str, tp: Array, fp: Array, fn: Array, tn: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        positive, negative = 2 * tp / (2 * tp + fp + fn), 2 * tn / (2 * tn + fp + fn)
        table = {
            "f1": lambda: positive,
            "macro_f1": lambda: (np.nan_to_num(positive) + np.nan_to_num(negative)) / 2,
            "accuracy": lambda: (tp + tn) / (tp + tn + fp + fn),
            "balanced_accuracy": lambda: (tp / (tp + fn) + tn / (tn + fp)) / 2,
            "mcc": lambda: (tp * tn - fp * fn) / np.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)),
        }
        return np.asarray(np.nan_to_num(table[metric](), nan=-1.0))


def crossfit_decisions(y: Array, score: Array, folds: NDArray[np.int64], metric: str) -> Array:
    """Decisions 0/1 where each fold is cut at the threshold of the other folds' scores.

    So a row on dev is never decided by a threshold that saw its label.
    """
    out = np.zeros(len(y))
    for fold in np.unique(folds):
        own = folds == fold
        out[own] = score[own] >= best_threshold(y[~own], score[~own], metric)
    return out


def _logit(score: Array) -> Array:
    clipped = np.clip(score, 1e-6, 1 - 1e-6)
    return np.log(clipped / (1 - clipped))


def platt(y: Array, score: Array) -> tuple[float, float]:
    """Slope and offset of Platt scaling on the log-odds of scores in 0..1 (Platt 1999, with his smoothed targets)."""
    from sklearn.linear_model import LogisticRegression

    positive = float(y.sum())
    high, low = (positive + 1) / (positive + 2), 1 / (len(y) - positive + 2)
    target = np.where(y > 0, high, low)
    x = _logit(score)[:, None]
    # A row with target t is t of a positive and 1 - t of a negative.
    model = LogisticRegression(C=1e6)
    model.fit(np.vstack([x, x]), np.r_[np.ones(len(y)), np.zeros(len(y))], np.r_[target, 1 - target])
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def calibrated(score: Array, slope: float, offset: float) -> Array:
    """Probabilities from scores by Platt scaling."""
    return np.asarray(1 / (1 + np.exp(-(slope * _logit(score) + offset))))
