"""Fit and score every system of a task, each fold and repeat, and nothing twice.

Heads share the feature matrices of a fold; a model that knows no chance runs once on a fixed split.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from sklearn.pipeline import FeatureUnion

from data.schema import Article
from data.splits import group_of, grouped_folds
from data.tasks import CONTROLS, Parts, System, Target, Task
from experiments.pieces import Counted, Pieces, Rows, collection, trained
from experiments.predictions import of_rows
from experiments.results import Result, Tick, span_stats
from experiments.span_runner import check_tagger, run_spans, span_steps
from features.blocks import build_features
from features.checks import findings_of
from features.documents import documents
from features.text import Analysis
from models.calibration import best_threshold, crossfit_decisions
from models.heads import make_head
from models.metrics import Array
from models.scorer import Scorer

Named = tuple[System, str | None]
#: Models whose result depends on the random seed.
_RANDOM: Final = frozenset({"svm", "boosting", "boosted-ridge", "pairwise"})


class _Scored(NamedTuple):
    """Rows of one part with the scores of each repeat, shape (n_repeats, n_items)."""

    part: str
    found: list[Analysis]
    scores: Array


def systems_of(task: Task, models: Iterable[str] = (), features: Iterable[str] = ()) -> list[Named]:
    """Systems to run, each with the name of the control it is (None for a model), controls first.

    A choice of models or features replaces the task's own: every chosen feature set with every chosen model.
    """
    own: list[Named] = [(system, None) for system in task.systems]
    chosen_models, chosen_features = list(models), list(features)
    if chosen_models or chosen_features:
        sets = chosen_features or list(dict.fromkeys(s.features for s in task.systems))
        heads = chosen_models or list(dict.fromkeys(s.model for s in task.systems))
        own = [(System(f, m), None) for f in sets for m in heads]
    return [*((CONTROLS[name], name) for name in task.controls), *own]


def check_systems(task: Task, systems: Sequence[Named]) -> None:
    """Make every system once, unfitted, so that a wrong name stops the command before anything runs.

    Raises
    ------
    KeyError
        For an unknown feature block or model; the message offers the nearest.
    ValueError
        If a system wants synthetic rows of a task that makes none.
    """
    for system, _ in systems:
        if system.synthetic and (task.augment is None or task.target is Target.SPANS):
            raise ValueError(f"{task.name} makes no synthetic training rows; use {system.head!r} for {system.model!r}.")
        if task.target is Target.SPANS:
            check_tagger(task, system)
        else:
            build_features(system.features)
            make_head(system.head)


def run_task(
    task: Task, parts: Parts, systems: Sequence[Named], repeats: int, jobs: int, tick: Tick, final: bool
) -> Iterable[Result]:
    """Results of all systems in their order, each as soon as it is there."""
    kept = {name: rows for name, rows in parts.items() if name != "test" or final}
    if task.target is Target.SPANS:
        return run_spans(task, kept, systems, repeats, tick)
    if "all" in kept:
        return _cross_validated(task, kept, systems, repeats, jobs, tick)
    return _fixed(task, kept, systems, repeats, jobs, tick)


def _labels(found: Sequence[Analysis]) -> Array:
    return np.array([a.article.label for a in found], dtype=float)


def _fit(system: System, seed: int, X: Any, y: Array, items: list[str | None], others: dict[str, Any]) -> Any:
    head = make_head(system.head, seed).fit(X, y, items)
    return head, {name: head.score(matrix) for name, matrix in others.items()}


def _fit_all(
    systems: Sequence[tuple[System, int]], pieces: dict[bool, Pieces], jobs: int, tick: Tick
) -> list[tuple[Any, FeatureUnion, dict[str, Array]]]:
    """Fit heads on shared matrices, ``jobs`` at a time; (head, union, scores of each other part) in order."""
    from joblib import Parallel, delayed

    unions, calls = [], []
    for system, seed in systems:
        own = pieces[system.synthetic]
        union, X, others = own.of(system.features)
        unions.append(union)
        calls.append(delayed(_fit)(system, seed, X, own.y, own.items, others))
    done = []
    for (system, _), union, result in zip(systems, unions, Parallel(jobs, return_as="generator")(calls), strict=True):
        tick(f"{system.features} / {system.model}")
        done.append((result[0], union, result[1]))
    return done


def _threshold(task: Task, y: Array, score: Array) -> float:
    if task.cut is not None:
        return task.cut
    return best_threshold(y, score, task.threshold_metric) if task.target is Target.CLASSIFY else 0.0


def _decide(task: Task, y: Array, score: Array, folds: Rows) -> Array:
    if task.target is not Target.CLASSIFY:
        return np.zeros(len(y))
    if task.cut is not None:
        return np.asarray(score >= task.cut, dtype=float)
    return crossfit_decisions(y, score, folds, task.threshold_metric)


def _result(task: Task, system: Named, own: _Scored, decisions: Array, test: _Scored | None, scorer: Scorer) -> Result:
    """Assemble a result; the test part is decided by the thresholds of the whole dev part."""
    y = _labels(own.found)
    parts = [(own, decisions)]
    if test is not None:
        # A cross-validated task has several runs on its own rows, and one model, fitted on all, for the test part.
        runs = own.scores if len(own.scores) == len(test.scores) else [own.scores.mean(axis=0)] * len(test.scores)
        cuts = [_threshold(task, y, run) for run in runs]
        parts.append((test, np.array([run >= cut for run, cut in zip(test.scores, cuts, strict=True)], dtype=float)))
    result = Result(task, *system, {}, {}, scorer, _threshold(task, y, own.scores.mean(axis=0)))
    for scored, decided in parts:
        rows = [analysis.article for analysis in scored.found]
        counts = {}
        if system[1] is None and any("span" in metric for metric in task.metrics):
            # A classifier finds no spans: those of its axis come from the checks.
            found = [[f for f in findings_of(a) if f.axis == task.axis] for a in scored.found]
            counts = span_stats(task, scored.found, [found] * len(scored.scores))
        result.predictions[scored.part] = of_rows(task, rows, scored.scores, decided, counts)
        result.rows[scored.part] = rows
    return result


def _seeds(system: System, repeats: int) -> range:
    return range(repeats if system.head.partition(":")[0] in _RANDOM else 1)


def _copies(task: Task, systems: Sequence[Named], rows: list[Article]) -> list[Article]:
    """Synthetic copies of rows, if a system wants them."""
    wanted = task.augment is not None and any(system.synthetic for system, _ in systems)
    return task.augment(rows) if wanted and task.augment is not None else []


def _fixed(task: Task, parts: Parts, systems: Sequence[Named], repeats: int, jobs: int, tick: Tick) -> Iterable[Result]:
    counted, train, index = collection({**parts, "copies": _copies(task, systems, parts["train"])})
    pieces = trained(counted, train, index.pop("copies"), index)
    found = {name: [counted.found[i] for i in rows] for name, rows in index.items()}
    y = _labels(found["dev"])
    halves = grouped_folds([group_of(a.article) for a in found["dev"]], list(y), 2, 0)
    for system, control in systems:
        done = _fit_all([(system, seed) for seed in _seeds(system, repeats)], pieces, jobs, tick)
        scored = {name: _Scored(name, found[name], np.array([result[2][name] for result in done])) for name in index}
        decisions = np.array([_decide(task, y, run, halves) for run in scored["dev"].scores])
        scorer = Scorer.of(system.features, system.head, 0, done[0][1], done[0][0])
        yield _result(task, (system, control), scored["dev"], decisions, scored.get("test"), scorer)


def _folds(task: Task, rows: Sequence[Article], y: Array, repeat: int) -> Rows:
    """Fold of each row: the task's own, or dealt out by group."""
    if task.fold_of is not None:
        return np.array([task.fold_of(row) for row in rows])
    return grouped_folds([group_of(row) for row in rows], list(y), task.folds, repeat)


def _cross_validated(
    task: Task, parts: Parts, systems: Sequence[Named], repeats: int, jobs: int, tick: Tick
) -> Iterable[Result]:
    copies = _copies(task, systems, parts["all"])
    counted = Counted(documents([*parts["all"], *copies]))
    y = _labels(counted.found[: len(parts["all"])])
    extra = np.arange(len(y), len(counted.found))
    scores, decisions = np.zeros((2, len(systems), repeats, len(y)))
    for repeat in range(repeats):
        folds = _folds(task, parts["all"], y, repeat)
        for fold in range(task.folds):
            held = np.flatnonzero(folds == fold)
            pieces = trained(counted, np.flatnonzero(folds != fold), extra, {"held": held})
            for k, result in enumerate(_fit_all([(s, repeat) for s, _ in systems], pieces, jobs, tick)):
                scores[k, repeat, held] = result[2]["held"]
        for k in range(len(systems)):
            decisions[k, repeat] = _decide(task, y, scores[k, repeat], folds)
    test_part = {name: rows for name, rows in parts.items() if name == "test"}
    counted, train, index = collection({"train": parts["all"], **test_part, "copies": copies})
    pieces = trained(counted, train, index.pop("copies"), index)
    found = {name: [counted.found[i] for i in rows] for name, rows in {"cv": train, **index}.items()}
    for k, (system, control) in enumerate(systems):
        head, union, others = _fit_all([(system, 0)], pieces, 1, tick)[0]
        test = _Scored("test", found["test"], others["test"][None, :]) if "test" in index else None
        own = _Scored("cv", found["cv"], scores[k])
        scorer = Scorer.of(system.features, system.head, 0, union, head)
        yield _result(task, (system, control), own, decisions[k], test, scorer)


def steps(task: Task, parts: Parts, systems: Sequence[Named], repeats: int) -> int:
    """Number of fits, for the progress display."""
    if task.target is Target.SPANS:
        return span_steps(task, parts, systems, repeats)
    if "all" in parts:
        return len(systems) * (repeats * task.folds + 1)
    return sum(len(_seeds(system, repeats)) for system, _ in systems)
