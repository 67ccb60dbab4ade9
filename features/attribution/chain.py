"""Conditional random fields over the tokens of a text, by CRFsuite, stored without pickle."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator

#: What CRFsuite is told: L1 and L2 strength, and how often a name must occur.
_PARAMS: Final = {"c1": 0.2, "c2": 0.1, "feature.minfreq": 3}


class Chain(BaseEstimator):  # type: ignore[misc]
    """A linear-chain CRF (Lafferty, McCallum and Pereira 2001; Okazaki's CRFsuite) from token names to labels.

    Parameters
    ----------
    iterations
        Passes of L-BFGS at most.

    Attributes
    ----------
    labels_ : list of str
        Label of each column of `marginals`.
    model_ : array of uint8
        Bytes of CRFsuite's own model file, which holds names and weights only.
    """

    def __init__(self, iterations: int = 60) -> None:
        self.iterations = iterations

    def fit(self, X: Iterable[Sequence[Sequence[str]]], y: Iterable[Sequence[str]]) -> Self:
        """Learn from texts (names of each token) and the labels of their tokens."""
        import pycrfsuite

        trainer = pycrfsuite.Trainer(verbose=False)
        trainer.set_params({**_PARAMS, "max_iterations": self.iterations})
        labels: set[str] = set()
        for names, own in zip(X, y, strict=True):
            if names:
                trainer.append(names, own)
                labels.update(own)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "model.crfsuite"
            trainer.train(str(path))
            self.model_ = np.frombuffer(path.read_bytes(), dtype=np.uint8).copy()
        self.labels_ = sorted(labels)
        return self

    def _tagger(self) -> Any:
        # Opened once in a process; the handle is no fitted state and is not stored.
        tagger = self.__dict__.get("_handle")
        if tagger is None:
            import pycrfsuite

            tagger = pycrfsuite.Tagger()
            # CRFsuite reads from the bytes as long as it lives: they are kept beside the handle.
            content = self.model_.tobytes()
            tagger.open_inmemory(content)
            self.__dict__["_handle"], self.__dict__["_content"] = tagger, content
        return tagger

    def __getstate__(self) -> dict[str, Any]:
        """Fitted state without the open handle."""
        return {key: value for key, value in super().__getstate__().items() if key not in ("_handle", "_content")}

    def marginals(self, names: Sequence[Sequence[str]]) -> NDArray[np.float64]:
        """Probability of each label at each token, shape (n_tokens, n_labels)."""
        if not names:
            return np.zeros((0, len(self.labels_)))
        tagger = self._tagger()
        tagger.set(names)
        return np.array([[tagger.marginal(label, t) for label in self.labels_] for t in range(len(names))])

    def tag(self, names: Sequence[Sequence[str]]) -> list[str]:
        """The most probable sequence of labels."""
        return list(self._tagger().tag(names)) if names else []
