"""Models that find spans, by name.

A tagger learns from articles with gold findings and gives findings for others. One that scores tokens
lets the runner choose its threshold on dev; a tagger of rules or of sequences decides itself. Adding a tagger is one
line in `TAGGERS`; controls are taggers, too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Final, Self

import numpy as np
from scipy.special import expit
from sklearn.base import BaseEstimator
from sklearn.feature_extraction import FeatureHasher
from sklearn.linear_model import SGDClassifier

from data.records import finding_to_record
from data.schema import Axis, Finding
from features.checks import findings_of
from features.documents import documents
from features.registry import unknown
from features.text import Analysis
from features.tokens import TOKEN_FEATURES, token_features
from models.metrics import Array
from models.span_metrics import places, token_flags


class Tagger(BaseEstimator):  # type: ignore[misc]
    """The form of all taggers.

    Parameters
    ----------
    axis
        Axis of the findings it gives.
    features
        Names of token feature groups joined by ``+`` (`features.tokens`), "" where it uses none.
    """

    #: Whether `find` needs a threshold on token scores, which is then chosen on dev.
    has_threshold = False
    #: Whether its result depends on the seed.
    random = False

    def __init__(self, axis: str = "translation", features: str = "", seed: int = 0) -> None:
        self.axis = axis
        self.features = features
        self.seed = seed

    def known(self) -> tuple[str, ...]:
        """Names that ``features`` may join."""
        return tuple(TOKEN_FEATURES)

    def fit(self, X: Sequence[Analysis], y: Any = None) -> Self:
        """Learn from the gold findings of the articles."""
        return self

    def scores(self, X: Sequence[Analysis]) -> list[Array]:
        """Score of each token of the body, one array an article; only where ``has_threshold``."""
        raise NotImplementedError

    def spans(self, X: Sequence[Analysis], scores: Sequence[Array], threshold: float) -> list[list[Finding]]:
        """Findings from token scores: stretches of neighbouring tokens that reach the threshold."""
        return [spans_above(a, own, threshold, Axis(self.axis)) for a, own in zip(X, scores, strict=True)]

    def find(self, X: Sequence[Analysis], threshold: float = 0.5) -> list[list[Finding]]:
        """Findings of each article."""
        return self.spans(X, self.scores(X), threshold)

    def predict(self, X: Any) -> list[str]:
        """Findings of each article as JSON, at the threshold .5, as MLflow asks for them."""
        return [json.dumps([finding_to_record(f) for f in own]) for own in self.find(documents(X))]


class Nothing(Tagger):
    """Control: no span at all."""

    def find(self, X: Sequence[Analysis], threshold: float = 0.5) -> list[list[Finding]]:
        """Empty lists."""
        return [[] for _ in X]


class Rules(Tagger):
    """The findings of the checks of the axis."""

    def find(self, X: Sequence[Analysis], threshold: float = 0.5) -> list[list[Finding]]:
        """What the checks report."""
        return [[f for f in findings_of(analysis) if f.axis == self.axis] for analysis in X]


class Window(Tagger):
    """Logistic regression on hashed features of a token and its neighbours: is the token inside a gold span.

    Neighbouring tokens above the threshold become one finding of kind ``other``.
    """

    has_threshold = True
    random = True
    #: Columns of the hashed features, a power of two.
    _COLUMNS = 1 << 18

    def _matrix(self, X: Sequence[Analysis]) -> Any:
        names = self.features.split("+")
        rows = (row for analysis in X for row in token_features(analysis, names))
        return FeatureHasher(self._COLUMNS, input_type="string", alternate_sign=False).transform(rows)

    def fit(self, X: Sequence[Analysis], y: Any = None) -> Self:
        """Learn from tokens inside and outside gold spans."""
        flags = [token_flags(a, places(a.article.findings)) for a in X]
        model = SGDClassifier(
            loss="log_loss",
            alpha=2e-6,
            max_iter=8,
            tol=None,
            average=True,
            random_state=self.seed,
            class_weight="balanced",
        )
        model.fit(self._matrix(X), np.concatenate(flags))
        # Most weights of a hashed model are 0: kept sparse on disk.
        self.columns_ = np.flatnonzero(model.coef_[0])
        self.weights_ = model.coef_[0][self.columns_].astype(np.float32)
        self.offset_ = float(model.intercept_[0])
        return self

    def scores(self, X: Sequence[Analysis]) -> list[Array]:
        """Probability of each token to be inside a span."""
        weights = np.zeros(self._COLUMNS, dtype=np.float32)
        weights[self.columns_] = self.weights_
        values = expit(self._matrix(X) @ weights + self.offset_)
        return np.split(values, np.cumsum([len(a.body.tokens) for a in X])[:-1])


def spans_above(analysis: Analysis, scores: Array, threshold: float, axis: Axis, kind: str = "other") -> list[Finding]:
    """Stretches of neighbouring tokens whose scores reach a threshold, as findings of one kind."""
    above = np.r_[False, scores >= threshold, False]
    edges = np.flatnonzero(above[1:] != above[:-1])
    tokens = analysis.body.tokens
    return [
        Finding(axis, kind, "body", tokens[first].start, tokens[last - 1].end)
        for first, last in zip(edges[::2], edges[1::2], strict=True)
    ]


def _later(module: str, name: str) -> Callable[..., Tagger]:
    """A tagger whose module, which imports this one, is imported when it is made."""

    def make(**options: Any) -> Tagger:
        tagger: Tagger = getattr(import_module(module), name)(**options)
        return tagger

    return make


#: Name -> class; made with axis, features and seed.
TAGGERS: Final[dict[str, Callable[..., Tagger]]] = {
    "nothing": Nothing,
    "rules": Rules,
    "window": Window,
    "quotations": _later("models.attribution.quotation_tagger", "QuotationTagger"),
    "marks": _later("models.attribution.marks", "Marks"),
    "speakers": _later("models.attribution.quotation_tagger", "SpeakerTagger"),
    "nearest-name": _later("models.attribution.quotation_tagger", "NearestName"),
    "sources": _later("models.attribution.source_tagger", "SourceTagger"),
    "token-boosting": _later("models.token_boosting", "TokenBoosting"),
}


def make_tagger(model: str, features: str, axis: str, seed: int = 0) -> Tagger:
    """An unfitted tagger by name.

    Raises
    ------
    KeyError
        For an unknown tagger or token feature group; the message offers the nearest.
    """
    if model not in TAGGERS:
        raise unknown("tagger", model, TAGGERS)
    tagger = TAGGERS[model](axis=axis, features=features, seed=seed)
    for name in filter(None, features.split("+")):
        if name not in tagger.known():
            raise unknown("token feature group", name, tagger.known())
    return tagger
