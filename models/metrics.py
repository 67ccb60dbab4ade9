"""Metrics under weights, so that a figure, its interval and a paired test are one computation.

Every metric takes the predictions and a weight matrix of shape (n_resamples, n_items) and gives
one value a resample, shape (n_resamples,); weights of 1 give the plain figure. A bootstrap over groups
draws how often each group counts; two systems under the same draws are compared pair by pair.
Where a metric is not defined (one class only, no pair) it is NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Metric = Callable[["Scored", Array], Array]

RESAMPLES: Final = 1000
_CHUNK: Final = 100


@dataclass(frozen=True, slots=True)
class Scored:
    """Gold labels beside the scores of one system, all of shape (n_items,).

    ``y`` is 0/1 or graded, higher is worse, as is ``score``; ``pred`` is the decision 0/1 at
    the threshold chosen on dev; ``item`` are codes of what is compared in a ranking (-1: none).
    """

    y: Array
    score: Array
    pred: Array
    item: NDArray[np.int64]


def _safe(numerator: Array, denominator: Array) -> Array:
    out: Array = np.full(np.shape(numerator), np.nan)
    np.divide(numerator, denominator, out=out, where=denominator > 0)
    return out


def _blocks(values: Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ascending order of values, and where each block of equal values begins in it."""
    order = np.argsort(values, kind="stable")
    ranked = values[order]
    return order, np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])


def roc_auc(s: Scored, w: Array) -> Array:
    """Area under the ROC curve: P(score of a positive > score of a negative), ties count half."""
    order, starts = _blocks(s.score)
    positive = np.add.reduceat(w[:, order] * s.y[order], starts, axis=1)
    negative = np.add.reduceat(w[:, order] * (1 - s.y[order]), starts, axis=1)
    below = np.cumsum(negative, axis=1) - negative
    wins = (positive * (below + 0.5 * negative)).sum(axis=1)
    return _safe(wins, positive.sum(axis=1) * negative.sum(axis=1))


def average_precision(s: Scored, w: Array) -> Array:
    """Sum over thresholds of (recall gained) x precision, as scikit-learn defines it."""
    order, starts = _blocks(-s.score)
    positive = np.add.reduceat(w[:, order] * s.y[order], starts, axis=1)
    everything = np.add.reduceat(w[:, order], starts, axis=1)
    precision = np.nan_to_num(_safe(np.cumsum(positive, axis=1), np.cumsum(everything, axis=1)))
    return _safe((positive * precision).sum(axis=1), positive.sum(axis=1))


def _confusion(s: Scored, w: Array) -> tuple[Array, Array, Array, Array]:
    tp, fp = w @ (s.y * s.pred), w @ ((1 - s.y) * s.pred)
    fn, tn = w @ (s.y * (1 - s.pred)), w @ ((1 - s.y) * (1 - s.pred))
    return tp, fp, fn, tn


def f1(s: Scored, w: Array) -> Array:
    """F1 of the positive class."""
    tp, fp, fn, _ = _confusion(s, w)
    return _safe(2 * tp, 2 * tp + fp + fn)


def macro_f1(s: Scored, w: Array) -> Array:
    """Mean of the F1 of both classes; a class that neither occurs nor is predicted counts 0."""
    tp, fp, fn, tn = _confusion(s, w)
    halves = _safe(2 * tp, 2 * tp + fp + fn), _safe(2 * tn, 2 * tn + fp + fn)
    return (np.nan_to_num(halves[0]) + np.nan_to_num(halves[1])) / 2


def accuracy(s: Scored, w: Array) -> Array:
    """Share of right decisions."""
    return _safe(w @ (s.y == s.pred).astype(float), w.sum(axis=1))


def balanced_accuracy(s: Scored, w: Array) -> Array:
    """Mean of the recall of both classes."""
    tp, fp, fn, tn = _confusion(s, w)
    return (_safe(tp, tp + fn) + _safe(tn, tn + fp)) / 2


def mcc(s: Scored, w: Array) -> Array:
    """Matthews correlation coefficient; 0 where one class is never predicted."""
    tp, fp, fn, tn = _confusion(s, w)
    product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    defined = (tp + fn > 0) & (tn + fp > 0)
    return np.where(defined, np.nan_to_num(_safe(tp * tn - fp * fn, np.sqrt(product))), np.nan)


def brier(s: Scored, w: Array) -> Array:
    """Mean squared distance of probability and label; lower is better."""
    return _safe(w @ (np.clip(s.score, 0, 1) - s.y) ** 2, w.sum(axis=1))


#: Share of rows that are decided when the most doubtful ones are left out.
_COVERED: Final = 0.7


def error_at_70(s: Scored, w: Array) -> Array:
    """Share of wrong decisions among the 70 % most certain rows: what "cannot tell" on the rest would leave.

    Certainty is the probability of the decided label; a score that is no probability gives a meaningless order.
    One point of the risk-coverage curve (El-Yaniv and Wiener 2010).
    """
    certainty = np.where(s.pred > 0, s.score, 1 - s.score)
    order = np.argsort(-certainty, kind="stable")
    weight = w[:, order]
    before = np.cumsum(weight, axis=1) - weight
    kept = np.clip(_COVERED * weight.sum(axis=1, keepdims=True) - before, 0, weight)
    return _safe(kept @ (s.y != s.pred)[order].astype(float), kept.sum(axis=1))


#: Equal-width bins of the calibration error.
_BINS: Final = 10


def ece(s: Scored, w: Array) -> Array:
    """Expected calibration error: distance of mean probability and share of label 1, by bin of probability.

    Ten bins of equal width, weighed by their rows (Naeini et al. 2015); lower is better. Small samples give a figure
    above 0 even for perfect probabilities.
    """
    probability = np.clip(s.score, 0, 1)
    bins = np.minimum((probability * _BINS).astype(np.int64), _BINS - 1)
    inside = np.eye(_BINS)[bins]
    distance = np.abs((w * (probability - s.y)) @ inside).sum(axis=1)
    return _safe(distance, w.sum(axis=1))


def _ranks(values: Array, w: Array) -> Array:
    """Weighted mid-ranks, shape of ``w``."""
    order, starts = _blocks(values)
    block = np.add.reduceat(w[:, order], starts, axis=1)
    middle = np.cumsum(block, axis=1) - block / 2
    ranks = np.empty_like(w)
    ranks[:, order] = np.repeat(middle, np.diff(np.r_[starts, len(values)]), axis=1)
    return ranks


def spearman(s: Scored, w: Array) -> Array:
    """Rank correlation over all rows, ties with their mean rank."""
    a, b = _ranks(s.y, w), _ranks(s.score, w)
    total = w.sum(axis=1, keepdims=True)
    a = a - (w * a).sum(axis=1, keepdims=True) / total
    b = b - (w * b).sum(axis=1, keepdims=True) / total
    return _safe((w * a * b).sum(axis=1), np.sqrt((w * a * a).sum(axis=1) * (w * b * b).sum(axis=1)))


#: Kendall's tau compares all pairs; above this number of rows a fixed random subset is taken.
_KENDALL_ROWS: Final = 2000


def kendall(s: Scored, w: Array) -> Array:
    """Kendall's tau-b; from a fixed random subset of 2,000 rows where there are more."""
    y, score = s.y, s.score
    if len(y) > _KENDALL_ROWS:
        chosen = np.random.default_rng(0).choice(len(y), _KENDALL_ROWS, replace=False)
        y, score, w = y[chosen], score[chosen], w[:, chosen]
    dy, ds = np.sign(y[:, None] - y[None, :]), np.sign(score[:, None] - score[None, :])
    agree, ties_y, ties_s = dy * ds, np.abs(dy), np.abs(ds)

    def pairs(matrix: Array) -> Array:
        return np.asarray(((w @ matrix) * w).sum(axis=1))

    return _safe(pairs(agree), np.sqrt(pairs(ties_y) * pairs(ties_s)))


def item_pairs(y: Array, item: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Index pairs (worse, better) of rows of one item with different labels; item -1 takes no part."""
    order = np.argsort(item, kind="stable")
    order = order[item[order] >= 0]
    empty = np.array([], dtype=np.int64)
    worse, better = [empty], [empty]
    for rows in np.split(order, np.flatnonzero(np.diff(item[order])) + 1):
        i, j = np.nonzero(y[rows][:, None] > y[rows][None, :])
        worse.append(rows[i])
        better.append(rows[j])
    return np.concatenate(worse), np.concatenate(better)


def within_item_accuracy(s: Scored, w: Array) -> Array:
    """Share of pairs within an item that the scores order as the labels do; equal scores count half.

    The "pairwise accuracy" of Kocmi et al. (2021), on segments of one source; pairs with equal labels are left out.
    """
    worse, better = item_pairs(s.y, s.item)
    if not len(worse):
        return np.full(len(w), np.nan)
    right = np.sign(s.score[worse] - s.score[better]) / 2 + 0.5
    weight = w[:, worse]
    return _safe(weight @ right, weight.sum(axis=1))


METRICS: Final[dict[str, Metric]] = {
    "roc_auc": roc_auc,
    "average_precision": average_precision,
    "f1": f1,
    "macro_f1": macro_f1,
    "accuracy": accuracy,
    "balanced_accuracy": balanced_accuracy,
    "mcc": mcc,
    "brier": brier,
    "ece": ece,
    "error_at_70": error_at_70,
    "spearman": spearman,
    "kendall": kendall,
    "within_item_accuracy": within_item_accuracy,
}

#: Metrics of which less is better.
LOWER_IS_BETTER: Final = frozenset({"brier", "ece", "error_at_70"})
#: Metrics of the decision, not of the score: they depend on a threshold.
OF_DECISION: Final = frozenset({"f1", "macro_f1", "accuracy", "balanced_accuracy", "mcc"})


def codes(values: Sequence[Any]) -> NDArray[np.int64]:
    """Numbers for names, None becomes -1."""
    table: dict[Any, int] = {}
    return np.array([-1 if v is None else table.setdefault(v, len(table)) for v in values], dtype=np.int64)


def group_weights(groups: NDArray[np.int64], resamples: int = RESAMPLES, seed: int = 0) -> NDArray[np.float32]:
    """Bootstrap over groups: how often each row counts in each resample, shape (n_resamples, n_items)."""
    n = int(groups.max()) + 1
    draws = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=resamples)
    return draws[:, groups].astype(np.float32)


def distribution(metric: str, scored: Scored, weights: NDArray[np.float32]) -> Array:
    """Values of a metric over the resamples, computed in slices so that memory stays small."""
    function = METRICS[metric]
    slices = [weights[i : i + _CHUNK].astype(np.float64) for i in range(0, len(weights), _CHUNK)]
    return np.concatenate([function(scored, part) for part in slices])


def point(metric: str, scored: Scored) -> float:
    """The plain figure."""
    return float(METRICS[metric](scored, np.ones((1, len(scored.y))))[0])


def interval(values: Array) -> tuple[float, float]:
    """95 % percentile interval; NaN where no resample is defined."""
    kept = values[~np.isnan(values)]
    if not len(kept):
        return float("nan"), float("nan")
    low, high = np.percentile(kept, [2.5, 97.5])
    return float(low), float(high)
