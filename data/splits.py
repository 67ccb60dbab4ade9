"""Grouped splits, and the guard that stops a run when something stands on both sides."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.schema import Article


class LeakError(ValueError):
    """An id, group or body on both sides of a split."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Texts that stand in two parts although ids and groups do not: reported, not forbidden."""

    left: str
    right: str
    texts: int


def group_of(article: Article) -> str:
    """What must not be split: the group; without one what it is compared with in a ranking, else the article itself.

    The bootstrap draws groups, and a pair of one item must be drawn as one.
    """
    return article.group or article.item or article.id


def guard(parts: Mapping[str, Sequence[Article]], article_level: bool) -> list[Overlap]:
    """Check every pair of parts.

    Parameters
    ----------
    article_level
        Whether an equal body is a leak; for sentences and segments it is only counted, because
        official splits have some.

    Returns
    -------
    list of Overlap
        Equal bodies in two parts of a sentence or segment task.

    Raises
    ------
    LeakError
        If an id occurs twice in a part, or an id, a group, or (articles) a body stands in two parts.
    """
    for name, rows in parts.items():
        ids = [a.id for a in rows]
        if len(set(ids)) < len(ids):
            twice = next(i for i in ids if ids.count(i) > 1)
            raise LeakError(f"Part {name!r} holds id {twice!r} twice; ids must be unique.")
    overlaps = []
    for (left, one), (right, other) in itertools.combinations(parts.items(), 2):
        for what, key in (("id", lambda a: a.id), ("group", group_of)):
            shared = sorted({key(a) for a in one} & {key(a) for a in other})
            if shared:
                raise LeakError(
                    f"{len(shared)} {what}(s) stand in both {left!r} and {right!r}, "
                    f"such as {shared[0]!r}; split by group."
                )
        bodies = {_normal(a.body) for a in one} & {_normal(a.body) for a in other}
        if bodies and article_level:
            raise LeakError(
                f"{len(bodies)} article(s) stand in both {left!r} and {right!r}, "
                f"such as {min(bodies)[:60]!r}; drop them from one."
            )
        if bodies:
            overlaps.append(Overlap(left, right, len(bodies)))
    return overlaps


def _normal(body: str) -> str:
    return " ".join(body.lower().split())


def grouped_folds(groups: Sequence[str], labels: Sequence[float], folds: int, seed: int) -> NDArray[np.int64]:
    """Fold number of each row; a group is never torn apart, and folds get alike shares of label 1.

    Groups are dealt out in random order, by falling number of label 1, to the fold with the fewest so far.

    Raises
    ------
    ValueError
        If ``folds`` is under 2 or there are fewer groups than folds.
    """
    if folds < 2:
        raise ValueError(f"folds must be at least 2 to hold anything out, got {folds}.")
    names = sorted(set(groups))
    if len(names) < folds:
        raise ValueError(f"{len(names)} group(s) cannot fill {folds} folds; give fewer folds or more articles.")
    index = {name: i for i, name in enumerate(names)}
    positive, size = np.zeros(len(names)), np.zeros(len(names))
    for group, label in zip(groups, labels, strict=True):
        positive[index[group]] += float(label > 0)
        size[index[group]] += 1
    order = np.random.default_rng(seed).permutation(len(names))
    order = order[np.lexsort((-size[order], -positive[order]))]
    filled = np.zeros((folds, 2))
    fold = np.zeros(len(names), dtype=np.int64)
    for g in order:
        target = min(range(folds), key=lambda k: (filled[k, 0] if positive[g] else filled[k, 1], filled[k, 1]))
        fold[g] = target
        filled[target] += positive[g], size[g]
    return np.array([fold[index[group]] for group in groups])


def digest(rows: Sequence[Article]) -> str:
    """sha256 over ids, texts and labels of rows, in their order."""
    state = hashlib.sha256()
    for a in rows:
        state.update(json.dumps([a.id, a.headline, a.body, a.source, a.label], ensure_ascii=False).encode())
    return state.hexdigest()
