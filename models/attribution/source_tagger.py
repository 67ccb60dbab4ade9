"""Source, cue and content of attributions in English articles, by one CRF over combined labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from data.schema import Axis, Finding, Related
from features.attribution.chain import Chain
from features.attribution.reading import Reading
from features.attribution.token_names import token_names
from features.text import Analysis
from models.attribution.quotation_tagger import Grid, pieces, reading_of
from models.taggers import Tagger

#: Role -> letter of the label; a token inside a content may itself be part of an inner source or cue ("Xs").
_LETTERS: Final = {"speaker": "s", "cue": "c"}
_CONTENT: Final = "X"
#: Passes of L-BFGS: 60 gain nothing on dev.
_ITERATIONS: Final = 40
#: Probability from which a token belongs to a role: better than the best sequence of labels for cues (a fifth of train:
#: .534 against .514 on dev), the same for the others.
_SURE: Final = 0.5


def labels_of(grid: Grid, findings: Sequence[Finding]) -> list[str]:
    """Label of each token: "X" inside a content, then "s" in a source or else "c" in a cue; "O" for none."""
    content = set(grid.tokens(p for f in findings for p in pieces(f)))
    roles = {role: set(grid.tokens(p for f in findings for p in pieces(f, role))) for role in _LETTERS}
    labels = []
    for t in range(len(grid.starts)):
        role = next((letter for role, letter in _LETTERS.items() if t in roles[role]), "")
        labels.append((_CONTENT if t in content else "") + role or "O")
    return labels


class SourceTagger(Tagger):
    """Finds contents with their sources and cues: each role belongs to the nearest content."""

    def fit(self, X: Sequence[Analysis], y: Any = None) -> Self:
        """Learn from articles whose findings are attributions."""
        readings = [reading_of(a) for a in X]
        labels = [labels_of(Grid(r), a.article.findings) for r, a in zip(readings, X, strict=True)]
        self.chain_ = Chain(_ITERATIONS).fit((token_names(r) for r in readings), labels)
        return self

    def find(self, X: Sequence[Analysis], threshold: float = 0.5) -> list[list[Finding]]:
        """Attributions of each article; a role without any content in the article stands at a place of nothing."""
        return [self._find(reading_of(analysis)) for analysis in X]

    def _find(self, reading: Reading) -> list[Finding]:
        marginals = self.chain_.marginals(token_names(reading))
        grid = Grid(reading)
        inside = self._tokens(marginals, _CONTENT)
        contents = [place for span in reading.sentences for place in grid.places([t for t in span if t in inside])]
        related: list[list[Related]] = [[] for _ in contents or [(0, 0)]]
        for role, letter in _LETTERS.items():
            own = self._tokens(marginals, letter)
            for place in grid.places(sorted(own)):
                related[_nearest(contents, place)].append(Related(role, "body", *place))
        return [
            Finding(Axis(self.axis), "content", "body", *place, related=tuple(own))
            for place, own in zip(contents or [(0, 0)], related, strict=True)
            if place != (0, 0) or own
        ]

    def _tokens(self, marginals: NDArray[np.float64], letter: str) -> set[int]:
        """Tokens that are more probably than not part of a role, whatever else they are."""
        columns = [k for k, label in enumerate(self.chain_.labels_) if letter in label]
        return set(np.flatnonzero(marginals[:, columns].sum(axis=1) >= _SURE).tolist())


def _nearest(contents: Sequence[tuple[int, int]], place: tuple[int, int]) -> int:
    """Number of the content with the least distance, 0 where there is none."""
    return min(range(len(contents)), key=lambda k: max(contents[k][0] - place[1], place[0] - contents[k][1]), default=0)
