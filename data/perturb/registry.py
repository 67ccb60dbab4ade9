"""The register of corruptions: one function each, entered by its decorator under its own name.

A corruption looks at an article and proposes one change, or None where it finds no place for it. It
opens no file but the tables, keeps no state, and draws every choice from the generator it is given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from data.perturb.edit import Change, apply, fits
from data.perturb.tables import LANGUAGES
from data.schema import Article, Axis

Propose = Callable[[Article, Random], Change | None]
#: What stands before the names of corruptions in `Article.system`.
SYNTHETIC: Final = "synthetic:"


@dataclass(frozen=True, slots=True)
class Corruption:
    """A registered corruption; calling it makes one change.

    Attributes
    ----------
    axis
        None for an innocent change: it looks like the work of a corruption and is no fault.
    weight
        How often it is drawn, in proportion to the others of its axis; set by how often the fault occurs in the seeds.
    """

    name: str
    axis: Axis | None
    weight: float
    langs: frozenset[str]
    propose: Propose

    def change(self, article: Article, rng: Random) -> Change | None:
        """A change that touches no span marked already, or None."""
        if article.language not in self.langs:
            return None
        change = self.propose(article, rng)
        return change if change is not None and fits(article, change) else None

    def __call__(self, article: Article, rng: Random) -> Article | None:
        """The article with one more fault, or None where there is no place for it."""
        change = self.change(article, rng)
        return None if change is None else stamped(apply(article, change), self.name)


def stamped(article: Article, name: str) -> Article:
    """The article with a corruption's name in its system: ``synthetic:agreement+locale``."""
    done = article.system if article.system and article.system.startswith(SYNTHETIC) else SYNTHETIC
    return replace(article, system=done + ("" if done == SYNTHETIC else "+") + name)


CORRUPTIONS: Final[dict[str, Corruption]] = {}


def corruption(
    axis: Axis | None, weight: float = 1.0, langs: frozenset[str] | set[str] = LANGUAGES
) -> Callable[[Propose], Propose]:
    """Enter a function under its own name.

    Raises
    ------
    ValueError
        If the name is taken.
    """

    def enter(function: Propose) -> Propose:
        name = function.__name__.replace("_", "-").strip("-")
        if name in CORRUPTIONS:
            raise ValueError(f"Two corruptions are called {name!r}; a name is used once.")
        CORRUPTIONS[name] = Corruption(name, axis, weight, frozenset(langs), function)
        return function

    return enter
