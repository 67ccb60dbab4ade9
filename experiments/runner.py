"""Fit and score every system of a task, each fold and repeat, and nothing twice.

Feature pieces are fitted once a fold and shared by all systems that name them; a model that
knows no chance runs once on a fixed split.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.pipeline import FeatureUnion

from data.schema import Article
from data.splits import group_of, grouped_folds
from data.tasks import CONTROLS, Parts, System, Target, Task
from experiments.predictions import Predictions, of_rows
from features.blocks import build_features
from features.documents import documents
from features.text import Analysis
from models.calibration import best_threshold, crossfit_decisions
from models.heads import make_head
from models.metrics import Array
from models.scorer import Scorer

Tick = Callable[[str], None]
#: Models whose result depends on the random seed.
_RANDOM: Final = frozenset({"svm", "boosting", "boosted-ridge", "pairwise"})


@dataclass(slots=True)
class Result:
    """What came of one system on one task."""

    task: Task
    system: System
    control: str | None
    repeats: int
    predictions: dict[str, Predictions]
    scorer: Scorer
    threshold: float
    part_rows: dict[str, list[Article]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name on the board."""
        return f"control: {self.control}" if self.control else f"{self.system.features} / {self.system.model}"


class _Pieces:
    """Feature pieces fitted on one training part, with their matrices."""

    def __init__(self, train: list[Analysis], others: dict[str, list[Analysis]]) -> None:
        self.train, self.others = train, others
        self._done: dict[str, tuple[Any, Any, dict[str, Any]]] = {}

    def _piece(self, piece: str) -> tuple[Any, Any, dict[str, Any]]:
        if piece not in self._done:
            transformer = build_features(piece).transformer_list[0][1]
            matrix = transformer.fit_transform(self.train)
            self._done[piece] = transformer, matrix, {n: transformer.transform(d) for n, d in self.others.items()}
        return self._done[piece]

    def of(self, features: str) -> tuple[FeatureUnion, Any, dict[str, Any]]:
        """Fitted union, training matrix, and the matrix of each other part."""
        names = features.split("+")
        pieces = [self._piece(name) for name in names]
        union = FeatureUnion([(name, piece[0]) for name, piece in zip(names, pieces, strict=True)])
        return union, _stack([p[1] for p in pieces]), {n: _stack([p[2][n] for p in pieces]) for n in self.others}


def _stack(matrices: list[Any]) -> Any:
    if any(sparse.issparse(m) for m in matrices):
        return sparse.hstack([sparse.csr_matrix(m) for m in matrices]).tocsr()
    return np.hstack(matrices)


def systems_of(task: Task, models: Iterable[str] = (), features: Iterable[str] = ()) -> list[tuple[System, str | None]]:
    """Systems to run, each with the name of the control it is (None for a model).

    A choice of models or features replaces the task's own: every chosen feature set with every chosen model.
    """
    own: list[tuple[System, str | None]] = [(system, None) for system in task.systems]
    chosen_models, chosen_features = list(models), list(features)
    if chosen_models or chosen_features:
        sets = chosen_features or list(dict.fromkeys(s.features for s in task.systems))
        heads = chosen_models or list(dict.fromkeys(s.model for s in task.systems))
        own = [(System(f, m), None) for f in sets for m in heads]
    return [*((CONTROLS[name], name) for name in task.controls), *own]


def run_task(
    task: Task, parts: Parts, systems: list[tuple[System, str | None]], repeats: int, jobs: int, tick: Tick, final: bool
) -> Iterable[Result]:
    """Results of all systems, controls first."""
    for system, _ in systems:
        build_features(system.features)
        make_head(system.model)
    if "all" in parts:
        yield from _cross_validated(task, parts, systems, repeats, jobs, tick, final)
    else:
        yield from _fixed(task, parts, systems, repeats, jobs, tick, final)


def _labels(rows: Sequence[Article]) -> Array:
    return np.array([a.label for a in rows], dtype=float)


def _fit(system: System, seed: int, X: Any, y: Array, items: list[str | None], others: dict[str, Any]) -> Any:
    head = make_head(system.model, seed).fit(X, y, items)
    return head, {name: head.score(matrix) for name, matrix in others.items()}


def _fit_all(
    systems: list[tuple[System, int]], pieces: _Pieces, rows: Sequence[Article], jobs: int, tick: Tick
) -> list[tuple[Any, FeatureUnion, dict[str, Array]]]:
    """Fit heads on shared matrices, ``jobs`` at a time; (head, union, scores of each other part) in order."""
    from joblib import Parallel, delayed

    y, items = _labels(rows), [a.item for a in rows]
    unions, calls = [], []
    for system, seed in systems:
        union, X, others = pieces.of(system.features)
        unions.append(union)
        calls.append(delayed(_fit)(system, seed, X, y, items, others))
    done = []
    for (system, _), union, result in zip(systems, unions, Parallel(jobs, return_as="generator")(calls), strict=True):
        tick(f"{system.features} / {system.model}")
        done.append((result[0], union, result[1]))
    return done


def _decide(task: Task, rows: list[Article], score: Array, folds: NDArray[np.int64]) -> Array:
    if task.target is not Target.CLASSIFY:
        return np.zeros(len(rows))
    return crossfit_decisions(_labels(rows), score, folds, task.threshold_metric)


def _threshold(task: Task, rows: list[Article], score: Array) -> float:
    return best_threshold(_labels(rows), score, task.threshold_metric) if task.target is Target.CLASSIFY else 0.0


def _result(
    task: Task,
    system: tuple[System, str | None],
    own: tuple[str, list[Article], Array, Array],
    test: tuple[list[Article], Array] | None,
    scorer: Scorer,
) -> Result:
    """Assemble a result; the test part is decided by the threshold of the whole dev part."""
    part, rows, scores, decisions = own
    threshold = _threshold(task, rows, scores.mean(axis=0))
    predictions = {part: of_rows(task, rows, scores, decisions)}
    kept = {part: rows}
    if test is not None:
        cuts = [_threshold(task, rows, run) for run in np.broadcast_to(scores, (len(test[1]), len(rows)))]
        decided = np.array([(run >= cut).astype(float) for run, cut in zip(test[1], cuts, strict=True)])
        predictions["test"], kept["test"] = of_rows(task, test[0], test[1], decided), test[0]
    return Result(task, system[0], system[1], len(scores), predictions, scorer, threshold, kept)


def _fixed(
    task: Task, parts: Parts, systems: list[tuple[System, str | None]], repeats: int, jobs: int, tick: Tick, final: bool
) -> Iterable[Result]:
    names = ["dev", "test"] if final and parts.get("test") else ["dev"]
    pieces = _Pieces(documents(parts["train"]), {name: documents(parts[name]) for name in names})
    halves = grouped_folds([group_of(a) for a in parts["dev"]], list(_labels(parts["dev"])), 2, 0)
    for system, control in systems:
        seeds = range(repeats if system.model.partition(":")[0] in _RANDOM else 1)
        done = _fit_all([(system, seed) for seed in seeds], pieces, parts["train"], jobs, tick)
        scores = np.array([result[2]["dev"] for result in done])
        decisions = np.array([_decide(task, parts["dev"], run, halves) for run in scores])
        test = (parts["test"], np.array([result[2]["test"] for result in done])) if "test" in names else None
        scorer = Scorer.of(*system, 0, done[0][1], done[0][0])
        yield _result(task, (system, control), ("dev", parts["dev"], scores, decisions), test, scorer)


def _cross_validated(
    task: Task, parts: Parts, systems: list[tuple[System, str | None]], repeats: int, jobs: int, tick: Tick, final: bool
) -> Iterable[Result]:
    rows, found = parts["all"], documents(parts["all"])
    groups = [group_of(a) for a in rows]
    shape = (len(systems), repeats, len(rows))
    scores, decisions = np.zeros(shape), np.zeros(shape)
    for repeat in range(repeats):
        folds = grouped_folds(groups, list(_labels(rows)), task.folds, repeat)
        for fold in range(task.folds):
            train, held = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
            pieces = _Pieces([found[i] for i in train], {"held": [found[i] for i in held]})
            done = _fit_all([(s, repeat) for s, _ in systems], pieces, [rows[i] for i in train], jobs, tick)
            for k, result in enumerate(done):
                scores[k, repeat, held] = result[2]["held"]
        for k in range(len(systems)):
            decisions[k, repeat] = _decide(task, rows, scores[k, repeat], folds)
    with_test = bool(final and parts.get("test"))
    pieces = _Pieces(found, {"test": documents(parts["test"])} if with_test else {})
    for k, (system, control) in enumerate(systems):
        head, union, others = _fit_all([(system, 0)], pieces, rows, 1, tick)[0]
        test = (parts["test"], others["test"][None, :]) if with_test else None
        yield _result(
            task, (system, control), ("cv", rows, scores[k], decisions[k]), test, Scorer.of(*system, 0, union, head)
        )


def steps(task: Task, parts: Parts, systems: list[tuple[System, str | None]], repeats: int) -> int:
    """Number of fits, for the progress display."""
    if "all" in parts:
        return len(systems) * (repeats * task.folds + 1)
    return sum(repeats if s.model.partition(":")[0] in _RANDOM else 1 for s, _ in systems)
