"""All feature blocks by name, and their combination.

A feature set is written as names joined by ``+``: ``words+chars+checks``. Some names take a value
after a colon: ``checks:translation``, ``embeddings:/path/to/encoder``. Adding a block is one line here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.pipeline import FeatureUnion, Pipeline

from features.attribution.saying_signs import SayingSigns
from features.attribution.table import Sourcing
from features.craft import Craft, Evened, Recorded
from features.differences import Differences, PairWords
from features.doubt import Doubt
from features.embeddings import Embeddings
from features.fluency import Fluency
from features.ngrams import NGrams
from features.novelty import Novelty
from features.pairs import SourcePairs
from features.rates import CheckRates, Penalties
from features.registry import unknown
from features.relations import Relations
from features.rendering import Rendering
from features.sayings import Sayings
from features.skeleton import Skeleton
from features.stacked import Summed
from features.stylometry import Length, Position, Stylometry, Typography
from features.tally import Tally
from features.transferred import Transferred


class Standardise(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Columns to mean 0 and standard deviation 1 over the values that are there; NaN becomes 0, the mean.

    Values are cut at ±8 standard deviations, so that one odd text cannot dominate a linear model. Shape (n, k) stays.
    """

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn mean and deviation of each column; a constant or empty column becomes 0."""
        counts = np.maximum((~np.isnan(X)).sum(axis=0), 1)
        self.mean_ = np.nansum(X, axis=0) / counts
        self.sd_ = np.sqrt(np.nansum((X - self.mean_) ** 2, axis=0) / counts)
        return self

    def transform(self, X: Any) -> np.ndarray:
        """Standardised copy."""
        sd = np.where(self.sd_ > 1e-12, self.sd_, np.inf)
        return np.asarray(np.clip(np.nan_to_num((X - self.mean_) / sd, nan=0.0), -8, 8))

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the input."""
        return np.asarray(input_features, dtype=object)


def _dense(block: Callable[[str | None], Any]) -> Callable[[str | None], Any]:
    return lambda value: Pipeline([("block", block(value)), ("scale", Standardise())])


def _even(names: str | None) -> Pipeline:
    """Dense blocks, names joined by commas, weighed so that they can stand beside n-grams."""
    return Pipeline([("blocks", build_features((names or "stylometry,craft").replace(",", "+"))), ("even", Evened())])


#: Name -> maker; the argument is what stands after the colon, None if nothing does.
BLOCKS: Final[dict[str, Callable[[str | None], Any]]] = {
    "checks": _dense(lambda axis: CheckRates(axis)),
    "penalties": _dense(lambda _: Penalties()),
    "length": _dense(lambda _: Length()),
    "typography": _dense(lambda _: Typography()),
    "position": _dense(lambda _: Position()),
    "stylometry": _dense(lambda _: Stylometry()),
    "pairs": _dense(lambda _: SourcePairs()),
    "rendering": _dense(lambda _: Rendering()),
    "fluency": _dense(lambda _: Fluency()),
    "relations": _dense(lambda pairing: Relations(pairing or "source")),
    "novelty": lambda pairing: Novelty(pairing or "source"),
    "differences": _dense(lambda _: Differences()),
    "pair-words": lambda _: PairWords(),
    "summed": _dense(lambda ngrams: Summed(ngrams or "novelty")),
    "doubt": _dense(lambda _: Doubt()),
    "tally": _dense(lambda axis: Tally(axis or "factual")),
    "transferred": _dense(lambda _: Transferred()),
    "sayings": _dense(lambda _: Sayings()),
    "saying-signs": lambda _: SayingSigns(),
    "sourcing": _dense(lambda _: Sourcing()),
    "words": lambda part: NGrams("word", 1, 2, part=part or "text"),
    "chars": lambda part: NGrams("char", 2, 5, part=part or "text"),
    "words-normalised": lambda part: NGrams("word", 1, 2, part=part or "text", view="normalised"),
    "chars-normalised": lambda part: NGrams("char", 2, 5, part=part or "text", view="normalised"),
    "words-masked": lambda part: NGrams("word", 1, 3, part=part or "text", view="masked"),
    "skeleton": lambda _: Skeleton("word", 1, 3),
    "craft": _dense(lambda _: Craft()),
    "even": _even,
    "recorded": _dense(lambda field: Recorded(field or "masked")),
    "embeddings": lambda encoder: Embeddings(encoder or "tfidf"),
}

#: Names whose value after the colon means something.
WITH_VALUE: Final = frozenset(
    {"checks", "embeddings", "even", "recorded", "relations", "novelty", "summed", "tally"}
    | {n for n in BLOCKS if n.startswith(("words", "chars"))}
)


def build_features(spec: str) -> FeatureUnion:
    """An unfitted union of blocks.

    Parameters
    ----------
    spec
        Block names joined by ``+``.

    Raises
    ------
    KeyError
        For a name that is no block (the message offers the nearest) or a value that a block does not take.
    """
    parts = []
    for piece in spec.split("+"):
        name, _, value = piece.partition(":")
        if name not in BLOCKS:
            raise unknown("feature block", name, BLOCKS)
        if value and name not in WITH_VALUE:
            raise KeyError(
                f"Feature block {name!r} takes no value, got {value!r}. With a value: {', '.join(sorted(WITH_VALUE))}."
            )
        block = BLOCKS[name](value or None)
        if name == "checks" and value:
            CheckRates(value).names()
        parts.append((piece, block))
    return FeatureUnion(parts)
