"""Fit taggers, choose their thresholds on dev, and count the spans they find."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from data.schema import Article, Finding
from data.splits import group_of, grouped_folds
from data.tasks import Parts, System, Task
from experiments.pieces import Rows
from experiments.predictions import of_rows
from experiments.results import Result, Tick, span_stats
from features.documents import documents
from features.text import Analysis
from models.metrics import Array
from models.span_metrics import SPAN_METRICS, stats
from models.taggers import Tagger, make_tagger

Found = list[list[Finding]]
#: Thresholds tried: quantiles of the token scores, even ones and, for spans that are rare, ever denser ones to the top.
_CUTS = np.r_[np.linspace(0.5, 0.999, 40), 1 - np.geomspace(0.05, 0.001, 25)]


def check_tagger(task: Task, system: System) -> None:
    """Make a tagger once; raises KeyError for an unknown name."""
    make_tagger(system.model, system.features, task.axis)


def _labelled(rows: list[Article]) -> list[Article]:
    """Rows whose label says whether they have a gold span, where none is given."""
    return [row if row.label is not None else replace(row, label=float(bool(row.findings))) for row in rows]


def run_spans(
    task: Task, parts: Parts, systems: Sequence[tuple[System, str | None]], repeats: int, tick: Tick
) -> Iterable[Result]:
    """Results of all taggers on a fixed split (train, dev) or by cross-validation (all)."""
    found = {name: documents(_labelled(rows)) for name, rows in parts.items()}
    run = _cross_validated if "all" in found else _fixed
    for system, control in systems:
        yield run(task, found, (system, control), repeats, tick)


def _quality(task: Task, analyses: Sequence[Analysis], found: Found) -> Array:
    return stats(task.metrics[0], analyses, found)


def choose(
    task: Task, tagger: Tagger, analyses: Sequence[Analysis], scores: list[Array], folds: Rows
) -> tuple[list[float], float]:
    """Threshold for each fold from the other folds, and one from all: the best headline metric."""
    pooled = np.concatenate(scores) if scores else np.array([0.5])
    cuts = np.unique(np.quantile(pooled, _CUTS))
    counts = np.array([_quality(task, analyses, tagger.spans(analyses, scores, cut)) for cut in cuts])
    combine = SPAN_METRICS[task.metrics[0].partition("/")[0]].combine

    def best(rows: Rows) -> float:
        values = combine(counts[:, rows].sum(axis=1))
        return float(cuts[int(np.nanargmax(np.nan_to_num(values, nan=-1.0)))])

    everyone = np.arange(len(analyses))
    return [best(np.flatnonzero(folds != fold)) for fold in range(folds.max() + 1)], best(everyone)


def _folds(analyses: Sequence[Analysis], n: int, seed: int) -> Rows:
    labels = [a.article.label or 0.0 for a in analyses]
    return grouped_folds([group_of(a.article) for a in analyses], labels, n, seed)


def _by_fold(
    tagger: Tagger, analyses: Sequence[Analysis], scores: list[Array], folds: Rows, cuts: list[float]
) -> Found:
    """Spans where each article is cut at the threshold of its fold."""
    found: Found = [[] for _ in analyses]
    for fold, cut in enumerate(cuts):
        rows = np.flatnonzero(folds == fold)
        picked = tagger.spans([analyses[int(i)] for i in rows], [scores[i] for i in rows], cut)
        for i, own in zip(rows, picked, strict=True):
            found[i] = own
    return found


def _decided(task: Task, tagger: Tagger, analyses: list[Analysis], folds: Rows) -> tuple[Found, float]:
    """Spans on dev, decided by thresholds that did not see the article, and the threshold of all of dev."""
    if not tagger.has_threshold:
        return tagger.find(analyses), 0.5
    scores = tagger.scores(analyses)
    cuts, threshold = choose(task, tagger, analyses, scores, folds)
    return _by_fold(tagger, analyses, scores, folds, cuts), threshold


def _fixed(
    task: Task, found: dict[str, list[Analysis]], named: tuple[System, str | None], repeats: int, tick: Tick
) -> Result:
    runs: dict[str, list[Found]] = {name: [] for name in found if name != "train"}
    fitted: list[tuple[Tagger, float]] = []
    folds = _folds(found["dev"], 2, 0)
    for seed in range(repeats):
        tagger = make_tagger(named[0].model, named[0].features, task.axis, seed).fit(found["train"])
        spans, threshold = _decided(task, tagger, found["dev"], folds)
        fitted.append((tagger, threshold))
        runs["dev"].append(spans)
        if "test" in runs:
            runs["test"].append(tagger.find(found["test"], threshold))
        tick(" / ".join(filter(None, named[0])))
        if not tagger.random:
            break
    return _result(task, named, {name: found[name] for name in runs}, runs, *fitted[0])


def _cross_validated(
    task: Task, found: dict[str, list[Analysis]], named: tuple[System, str | None], repeats: int, tick: Tick
) -> Result:
    rows, system = found["all"], named[0]
    runs: dict[str, list[Found]] = {"cv": []}
    cuts: list[float] = []
    for repeat in range(repeats):
        folds = _folds(rows, task.folds, repeat)
        scores: list[Array] = [np.array([])] * len(rows)
        spans: Found = [[] for _ in rows]
        for fold in range(task.folds):
            tagger = make_tagger(system.model, system.features, task.axis, repeat)
            tagger.fit([rows[i] for i in np.flatnonzero(folds != fold)])
            held = np.flatnonzero(folds == fold)
            part = [rows[i] for i in held]
            for i, own in zip(held, tagger.scores(part) if tagger.has_threshold else tagger.find(part), strict=True):
                (scores if tagger.has_threshold else spans)[i] = own  # type: ignore[call-overload]
            tick(" / ".join(filter(None, system)))
        if tagger.has_threshold:
            own_cuts, threshold = choose(task, tagger, rows, scores, folds)
            cuts.append(threshold)
            spans = _by_fold(tagger, rows, scores, folds, own_cuts)
        runs["cv"].append(spans)
    tagger = make_tagger(system.model, system.features, task.axis, 0).fit(rows)
    threshold = float(np.mean(cuts)) if cuts else 0.5
    if "test" in found:
        runs["test"] = [tagger.find(found["test"], threshold)]
    return _result(task, named, {"cv": rows, **{n: found[n] for n in runs if n == "test"}}, runs, tagger, threshold)


def _result(
    task: Task, named: tuple[System, str | None], found: dict[str, list[Analysis]], runs: dict[str, list[Found]],
    tagger: Tagger, threshold: float,
) -> Result:  # fmt: skip
    result = Result(task, *named, {}, {}, tagger, threshold)
    for part, analyses in found.items():
        rows = [a.article for a in analyses]
        # The score of an article is the number of spans found, so that articles can be ranked by it.
        scores = np.array([[float(len(own)) for own in spans] for spans in runs[part]])
        counts = span_stats(task, analyses, runs[part])
        result.predictions[part] = of_rows(task, rows, scores, (scores > 0).astype(float), counts)
        result.rows[part], result.found[part] = rows, runs[part][0]
    return result


def span_steps(task: Task, parts: Parts, systems: Sequence[tuple[System, str | None]], repeats: int) -> int:
    """Number of fits, for the progress display."""
    if "all" in parts:
        return len(systems) * repeats * task.folds
    return sum(repeats if make_tagger(s.model, s.features, task.axis).random else 1 for s, _ in systems)
