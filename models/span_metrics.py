"""Metrics of spans: counted by article, summed under weights, then combined.

A span metric turns gold and found spans of one article into a few counts; a figure is
computed from their sums, so that the bootstrap over groups is a weighted sum. ``name/view`` counts only
the spans of one kind (``content``) or of one related role (``speaker``, ``cue``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from data.schema import Finding
from features.text import Analysis
from models.attribution import official
from models.metrics import METRICS, Array

Place = tuple[str, int, int]
Counter = Callable[[Analysis, Sequence[Finding], Sequence[Finding], str | None], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class SpanMetric:
    """``count`` gives the counts of one article (analysis, gold, found, view); ``combine`` a figure from sums.

    ``combine`` takes an array of shape (n_resamples, n_counts) and gives (n_resamples,); NaN where undefined.
    """

    count: Counter
    combine: Callable[[Array], Array]


def places(findings: Iterable[Finding], view: str | None = None) -> list[Place]:
    """Spans (part, start, end) of findings with their continuations, or those of one kind or related role."""
    found: list[Place] = []
    for finding in findings:
        if view is None or finding.kind == view:
            found.append((finding.part, finding.start, finding.end))
        wanted = "continuation" if view is None or finding.kind == view else view
        found += [(r.part, r.start, r.end) for r in finding.related if r.role == wanted]
    return found


def _ratio(numerator: Array, denominator: Array) -> Array:
    out: Array = np.full(np.shape(numerator), np.nan)
    np.divide(numerator, denominator, out=out, where=denominator > 0)
    return out


def token_flags(analysis: Analysis, spans: Iterable[Place]) -> Array:
    """1 for each token of the body that a span touches, else 0; shape (n_tokens,)."""
    body = analysis.body
    flags = np.zeros(len(body.tokens))
    for part, start, end in spans:
        if part != "body":
            continue
        inside = body.tokens_in(start, end)
        first = inside.start
        # A span may begin inside a token.
        if first and body.tokens[first - 1].end > start:
            first -= 1
        flags[first : inside.stop] = 1
    return flags


def _token_counts(
    analysis: Analysis, gold: Sequence[Finding], found: Sequence[Finding], view: str | None
) -> tuple[float, ...]:
    """True positive, false positive, false negative and true negative tokens of the body."""
    y, p = token_flags(analysis, places(gold, view)), token_flags(analysis, places(found, view))
    return (
        float((y * p).sum()),
        float(((1 - y) * p).sum()),
        float((y * (1 - p)).sum()),
        float(((1 - y) * (1 - p)).sum()),
    )


def _official_counts(
    analysis: Analysis, gold: Sequence[Finding], found: Sequence[Finding], view: str | None
) -> tuple[float, ...]:
    """Counts as above, but over the tokens and tags that a corpus gives (``token_offsets`` and ``tags``), if it does.

    A token of no length, such as ``<EOS>``, is never found; it counts all the same.
    """
    extra = analysis.article.extra
    if not extra.get("tags") or not extra.get("token_offsets"):
        return _token_counts(analysis, gold, found, view)
    offsets = np.array(extra["token_offsets"]).reshape(-1, 2)
    y = np.array([tag == "BAD" for tag in extra["tags"]], dtype=float)
    p = np.zeros(len(y))
    for part, start, end in places(found, view):
        if part == "body":
            p[(offsets[:, 0] < end) & (offsets[:, 1] > start)] = 1
    sums = ((y * p).sum(), ((1 - y) * p).sum(), (y * (1 - p)).sum(), ((1 - y) * (1 - p)).sum())
    return tuple(float(v) for v in sums)


def _token_f1(sums: Array) -> Array:
    tp, fp, fn = sums[:, 0], sums[:, 1], sums[:, 2]
    return _ratio(2 * tp, 2 * tp + fp + fn)


def _token_mcc(sums: Array) -> Array:
    tp, fp, fn, tn = sums.T
    product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    return np.nan_to_num(_ratio(tp * tn - fp * fn, np.sqrt(product)))


def _overlap(one: Place, other: Place) -> bool:
    if one[0] != other[0]:
        return False
    absent = one[1] == one[2], other[1] == other[2]
    return all(absent) or (not any(absent) and one[1] < other[2] and other[1] < one[2])


def _span_counts(
    analysis: Analysis, gold: Sequence[Finding], found: Sequence[Finding], view: str | None
) -> tuple[float, ...]:
    """Found spans that touch a gold one, found spans, gold spans that a found one touches, gold spans.

    With a view (a kind), only gold spans of that kind are looked for, among all found spans.
    """
    wanted = [(f.part, f.start, f.end) for f in gold]
    given = [(f.part, f.start, f.end) for f in found]
    right = sum(any(_overlap(g, w) for w in wanted) for g in given)
    sought = [(f.part, f.start, f.end) for f in gold if view is None or f.kind == view]
    hit = sum(any(_overlap(w, g) for g in given) for w in sought)
    return float(right), float(len(given)), float(hit), float(len(sought))


def _span_f1(sums: Array) -> Array:
    precision, recall = _ratio(sums[:, 0], sums[:, 1]), _ratio(sums[:, 2], sums[:, 3])
    precision = np.where(sums[:, 1] == 0, 0.0, precision)
    return _ratio(2 * precision * recall, precision + recall)


SPAN_METRICS: Final[dict[str, SpanMetric]] = {
    "token_f1": SpanMetric(_token_counts, _token_f1),
    "token_mcc": SpanMetric(_token_counts, _token_mcc),
    "mcc": SpanMetric(_official_counts, _token_mcc),
    "f1": SpanMetric(_official_counts, _token_f1),
    "span_f1": SpanMetric(_span_counts, _span_f1),
    "span_precision": SpanMetric(_span_counts, lambda sums: _ratio(sums[:, 0], sums[:, 1])),
    "message_f1": SpanMetric(official.message_counts, official.f1_of_means),
    "roles_f1": SpanMetric(official.role_counts, official.f1_of_means),
    "joint_f1": SpanMetric(official.joint_counts, official.f1_of_means),
    "form_f1": SpanMetric(official.form_counts, official.f1_of_means),
    "overlap_accuracy": SpanMetric(official.speaker_counts, official.share),
    "exact_match": SpanMetric(official.exact_counts, official.share),
    "span_recall": SpanMetric(_span_counts, lambda sums: _ratio(sums[:, 2], sums[:, 3])),
}


def is_span_metric(metric: str) -> bool:
    """Whether ``name`` or ``name/view`` is a metric of spans everywhere; ``mcc`` and ``f1`` are in span tasks alone."""
    name = metric.partition("/")[0]
    return name in SPAN_METRICS and name not in METRICS


def stats(metric: str, analyses: Sequence[Analysis], found: Sequence[Sequence[Finding]]) -> Array:
    """Counts of a metric for each article against its own gold findings, shape (n_articles, n_counts)."""
    name, _, view = metric.partition("/")
    count = SPAN_METRICS[name].count
    rows: list[Any] = [count(a, a.article.findings, own, view or None) for a, own in zip(analyses, found, strict=True)]
    return np.array(rows, dtype=float)
