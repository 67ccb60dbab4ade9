"""Labelled corruptions of clean text, for training only; what they make is called synthetic everywhere.

``CORRUPTIONS[name](article, rng)`` makes one change with its exact spans, or gives None; `perturb` makes
several that do not touch each other; `augmented` is what a task adds to its training articles.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    "perturb",
    "stamped",
]
