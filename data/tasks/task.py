"""What a benchmark task is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from data.schema import Article

#: Part name -> labelled rows. Fixed splits have train, dev and, where it is here, test; cross-validated
#: tasks have all (and test, if a part is kept apart).
Parts = dict[str, list[Article]]
View = Callable[[Article], float | None]


class Target(StrEnum):
    """What a task asks for."""

    CLASSIFY = "classify"
    RANK = "rank"
    SPANS = "spans"


#: What a model's name ends with that also learns from the task's synthetic copies of its training rows.
WITH_SYNTHETIC: Final = "+synthetic"


class System(NamedTuple):
    """A feature set and a model, by name."""

    features: str
    model: str

    @property
    def head(self) -> str:
        """Name of the model alone (`models.heads`)."""
        return self.model.removesuffix(WITH_SYNTHETIC)

    @property
    def synthetic(self) -> bool:
        """Whether synthetic copies join its training rows."""
        return self.model.endswith(WITH_SYNTHETIC)


#: Controls by name: what a score is worth that is not better than these.
CONTROLS: Mapping[str, System] = {
    "majority": System("length", "majority"),
    "constant": System("length", "constant"),
    "length": System("length", "logistic"),
    "length (rank)": System("length", "ridge"),
    "typography": System("typography", "logistic"),
    "typography (rank)": System("typography", "ridge"),
    "position": System("position", "logistic"),
    "hypothesis": System("chars:body", "logistic"),
    "source only (rank)": System("words:source", "ridge"),
    "words only": System("words", "logistic"),
    "first line": System("chars:first", "logistic"),
    "headline only": System("chars:headline", "logistic"),
    "outlet mentions": System("recorded:masked", "logistic"),
    "nothing": System("", "nothing"),
    "quotation marks": System("", "marks"),
    "nearest name": System("", "nearest-name"),
    "position of token": System("position", "window"),
    "length of token": System("length", "window"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A question, its data and how an answer is measured.

    Attributes
    ----------
    metrics
        Names of metrics, the headline metric first; ``name/view`` is the metric under another label
        (a key of ``views``), shown as ``name_view``.
    views
        Other labels of a row by name; None leaves a row out.
    controls
        Keys of `CONTROLS`.
    systems
        What is trained by default.
    rows
        Loads the labelled parts; raises `MissingCorpus` if a corpus is not here.
    prepare
        Brings a user's labelled records into the form of the task's rows.
    article_level
        Whether rows are whole articles (then an equal body in two parts is a leak).
    fold_of
        Fixed fold (0 to ``folds`` - 1) of a row of a cross-validated task; None deals groups out by chance.
    cut
        Fixed threshold on the score; None chooses it on scores that the decided rows had no part in.
    augment
        Makes labelled synthetic copies of training rows, each with the group of its original; None for a task that
        has none. Never given a held-out row: systems with "+synthetic" train on the copies of their own fold only.
    ceiling
        What people or the best published system reach, as text; "" if it is not known.
    """

    name: str
    axis: str
    language: str
    target: Target
    corpora: tuple[str, ...]
    split: str
    metrics: tuple[str, ...]
    controls: tuple[str, ...]
    systems: tuple[System, ...]
    rows: Callable[[], Parts]
    views: Mapping[str, View] = field(default_factory=dict)
    prepare: Callable[[list[Article]], list[Article]] = list
    article_level: bool = False
    folds: int = 5
    fold_of: Callable[[Article], int] | None = None
    cut: float | None = None
    augment: Callable[[list[Article]], list[Article]] | None = None
    ceiling: str = ""

    @property
    def threshold_metric(self) -> str:
        """Metric that decides the threshold: the first one of a decision, else balanced accuracy."""
        of_decision = ("f1", "macro_f1", "balanced_accuracy", "mcc", "accuracy")
        return next((m for m in self.metrics if m in of_decision), "balanced_accuracy")
