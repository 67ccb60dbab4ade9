"""Labelled corruptions of clean text, for training only; what they make is called synthetic everywhere.

``CORRUPTIONS[name](article, rng)`` makes one change with its exact spans, or gives None; `perturb` makes
several that do not touch each other; `augmented` is what a task adds to its training articles.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

from data.perturb import facts, innocent, persons, sources, typography, wording
from data.perturb.edit import Change, Edit, Fault, Place, apply
from data.perturb.registry import CORRUPTIONS, SYNTHETIC, Corruption, stamped
from data.schema import Article, Axis

MODULES = (facts, innocent, persons, sources, typography, wording)
#: How often a change is drawn again where there was no place for the first one.
_TRIES = 6


def _pool(axes: Iterable[Axis | None], language: str) -> list[Corruption]:
    wanted = set(axes)
    return [c for _, c in sorted(CORRUPTIONS.items()) if c.axis in wanted and language in c.langs]


def perturb(article: Article, rng: Random, strength: int, axes: Iterable[Axis | None] = tuple(Axis)) -> Article:
    """The article with up to ``strength`` changes that do not overlap.

    Parameters
    ----------
    axes
        Axes whose corruptions are drawn, each as often as the others; None stands for innocent changes.

    Returns
    -------
    Article
        Group and item are kept, ``system`` is ``synthetic:`` and the names of the corruptions in order. Fewer
        changes come out of a short text; none at all leaves the article as it was.

    Raises
    ------
    ValueError
        If ``strength`` is negative.
    """
    if strength < 0:
        raise ValueError(f"strength must be 0 or more, got {strength}.")
    pools = {axis: _pool([axis], article.language) for axis in axes}
    kinds = [axis for axis, pool in pools.items() if pool]
    for _ in range(strength if kinds else 0):
        for _ in range(_TRIES):
            pool = pools[rng.choice(kinds)]
            chosen = rng.choices(pool, [c.weight for c in pool])[0]
            changed = chosen(article, rng)
            if changed is not None:
                article = changed
                break
    return article


def copies(article: Article, number: int, seed: int = 0) -> list[Article]:
    """Copies of a clean article, each with innocent changes and, for about half of the axes, with 1 to 5 faults.

    Alike in make-up to the faulty versions of the stories: an axis is hit or not whatever the others are, so that
    a label says nothing of how much was edited. The id ends in ``~`` and a number.
    """
    made = []
    for k in range(number):
        rng = Random(f"{seed}/{article.id}/{k}")
        hit = [axis for axis in Axis if rng.random() < 0.5]
        copy = perturb(article, rng, rng.randrange(4), [None])
        for axis in hit:
            copy = perturb(copy, rng, rng.randrange(1, 6), [axis])
        system = copy.system if copy is not article else SYNTHETIC
        made.append(replace(copy, id=f"{article.id}~{k}", system=system))
    return made


__all__ = [
    "CORRUPTIONS",
    "MODULES",
    "SYNTHETIC",
    "Change",
    "Corruption",
    "Edit",
    "Fault",
    "Place",
    "apply",
    "copies",
    "perturb",
    "stamped",
]
