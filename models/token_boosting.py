"""A tagger by gradient boosting on numbers of single tokens (`features.token_signals`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Self

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from features.fluency import GermanModels, german_models
from features.rendering import lexical_models
from features.text import Analysis
from features.token_signals import GROUPS, reading_signals, rendering_signals
from models.metrics import Array
from models.span_metrics import places, token_flags
from models.taggers import Tagger

#: Share of the faultless tokens that a member of the ensemble is fitted on.
_KEPT: Final = 0.35
#: Neighbours and the worst tokens of the segment lend their score: a span is rarely one token.
_NEIGHBOURS: Final = np.array([1.0, 2.0, 1.0])
_SHARPNESS: Final = 1.0


def lent(logits: Array) -> Array:
    """Log odds smoothed over neighbours, plus the level of the segment: a mean in which bad tokens weigh more."""
    if not len(logits):
        return logits
    sums, counts = np.convolve(logits, _NEIGHBOURS), np.convolve(np.ones(len(logits)), _NEIGHBOURS)
    own = (sums / counts)[1 : 1 + len(logits)]
    top = own.max()
    return np.asarray(own + top + np.log(np.mean(np.exp(_SHARPNESS * (own - top)))) / _SHARPNESS)


class TokenBoosting(Tagger):
    """Is a token wrong: the mean log odds of a few boosted ensembles, lent to neighbours and within the segment.

    A gold token counts with its share of raters, so that a place only one of three marked teaches less. Scores are
    log odds of the training mixture, not calibrated; the threshold is chosen on dev.

    Attributes
    ----------
    models_ : list of HistGradientBoostingClassifier
    """

    has_threshold = True
    random = True

    def __init__(
        self,
        axis: str = "translation",
        features: str = "reading",
        seed: int = 0,
        members: int = 3,
        segments: int = 9000,
    ) -> None:
        super().__init__(axis, features, seed)
        self.members = members
        self.segments = segments

    def known(self) -> tuple[str, ...]:
        """Names that ``features`` may join."""
        return GROUPS

    def _row(self, analysis: Analysis) -> Array:
        """Signals of the tokens of one segment, kept with its analysis."""
        parts = []
        for name in self.features.split("+"):
            key = ("token_signals", name)
            if key not in analysis.memo:
                own = (
                    reading_signals(analysis, GermanModels(*self.german_))
                    if name == "reading"
                    else rendering_signals(analysis, *self.lexical_)
                )
                analysis.memo[key] = own.astype(np.float32)
            parts.append(analysis.memo[key])
        return np.hstack(parts)

    def fit(self, X: Sequence[Analysis], y: Any = None) -> Self:
        """Learn from gold findings; at most ``segments`` segments are drawn."""
        rng = np.random.default_rng(self.seed)
        self.german_, self.lexical_ = list(german_models()), list(lexical_models())
        chosen = [X[int(i)] for i in rng.permutation(len(X))[: self.segments]]
        rows = np.vstack([self._row(a) for a in chosen])
        share = np.concatenate([marked(a) for a in chosen])
        self.models_ = []
        for member in range(self.members):
            kept = np.flatnonzero((share > 0) | (rng.random(len(share)) < _KEPT))
            weight = np.where(share[kept] > 0, share[kept], 1 / _KEPT)
            model = HistGradientBoostingClassifier(
                max_iter=60, learning_rate=0.08, max_leaf_nodes=15, min_samples_leaf=60, max_features=0.5,
                l2_regularization=2.0, random_state=self.seed + member,
            )  # fmt: skip
            self.models_.append(model.fit(rows[kept], share[kept] > 0, sample_weight=weight))
        return self

    def scores(self, X: Sequence[Analysis]) -> list[Array]:
        """Score of each token, one array an article."""
        rows = [self._row(a) for a in X]
        full = [row for row in rows if len(row)]
        if not full:
            return [np.array([]) for _ in rows]
        together = np.vstack(full)
        logits = np.mean([model.decision_function(together) for model in self.models_], axis=0)
        return [lent(own) for own in np.split(logits, np.cumsum([len(row) for row in rows])[:-1])]


def marked(analysis: Analysis) -> Array:
    """Share of the raters that marked each token of the body, punctuation errors left out; shape (n_tokens,)."""
    article = analysis.article
    by_rater: dict[str, list[Any]] = {}
    for finding in article.findings:
        if finding.kind != "punctuation":
            by_rater.setdefault(finding.note.partition(":")[0], []).append(finding)
    share = np.zeros(len(analysis.body.tokens))
    for own in by_rater.values():
        share += token_flags(analysis, places(own))
    return np.minimum(share / max(len(article.extra.get("raters") or ()), 1), 1.0)
