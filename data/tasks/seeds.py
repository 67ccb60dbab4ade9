"""Tasks on the project's own hand-labelled articles."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from data.perturb import copies
from data.schema import Article, Axis, penalty_per_100_words
from data.seeds import ROOT, load
from data.tasks.task import Parts, System, Target, Task

#: Story -> part; a story that is not listed belongs to train.
_SPLIT = ROOT / "split.tsv"
#: Synthetic copies of each clean story that systems with "+synthetic" train on.
COPIES = 4


def split_of_stories() -> dict[str, str]:
    """Fixed part (train, dev, test) of each story, from ``seeds/split.tsv``."""
    lines = _SPLIT.read_text(encoding="utf-8").splitlines() if _SPLIT.exists() else []
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


def labelled(axis: Axis, articles: list[Article]) -> list[Article]:
    """Articles with label 1 if they carry a gold finding of the axis, and only those findings."""
    rows = []
    for article in articles:
        own = tuple(f for f in article.findings if f.axis == axis)
        rows.append(replace(article, label=float(bool(own)), findings=own))
    return rows


def _rows(axis: Axis) -> Parts:
    parts = split_of_stories()
    rows = labelled(axis, load())
    test = [a for a in rows if parts.get(a.group or "") == "test"]
    return {"all": [a for a in rows if parts.get(a.group or "") != "test"], "test": test}


def _prepare(axis: Axis, articles: list[Article]) -> list[Article]:
    """A user's record without a label gets it from its findings."""
    return [a if a.label is not None else labelled(axis, [a])[0] for a in articles]


def _augment(axis: Axis, articles: list[Article]) -> list[Article]:
    """Corrupted and innocently changed copies of the clean stories; label and findings by axis as in the stories."""
    return labelled(axis, [copy for a in articles if a.system == "clean" for copy in copies(a, COPIES)])


def _task(axis: Axis, systems: tuple[System, ...]) -> Task:
    return Task(
        name=f"seeds/{axis}",
        axis=str(axis),
        language="de+en",
        target=Target.CLASSIFY,
        corpora=(),
        # The checks were written by readers of train and dev, so that their cross-validated rows flatter them.
        split="grouped cross-validation by story over train and dev (optimistic for checks); test only with --final",
        metrics=(
            *("roc_auc", "average_precision", "f1", "balanced_accuracy", "brier"),
            *("span_f1", "span_precision", "span_recall"),
        ),
        controls=("majority", "length", "typography", "words only"),
        systems=systems,
        rows=partial(_rows, axis),
        prepare=partial(_prepare, axis),
        article_level=True,
        augment=partial(_augment, axis),
    )


def _systems(axis: Axis) -> tuple[System, ...]:
    return (
        System(f"checks:{axis}", "logistic"),
        System(f"tally:{axis}", "logistic"),
        System(f"checks:{axis}", "logistic+synthetic"),
        System("checks", "boosting"),
        System("checks", "boosting+synthetic"),
        System("checks+stylometry", "logistic"),
        System("checks", "svm"),
        System("words+checks", "logistic"),
    )


_WORD = re.compile(r"\w+")


def penalised(articles: list[Article]) -> list[Article]:
    """Articles whose label is the MQM penalty of all gold findings per 100 words of headline and body."""
    rows = []
    for a in articles:
        words = len(_WORD.findall(f"{a.headline or ''} {a.body}"))
        rows.append(replace(a, label=round(penalty_per_100_words(a.findings, words), 6)))
    return rows


def _overall_rows() -> Parts:
    parts = split_of_stories()
    rows = penalised(load())
    test = [a for a in rows if parts.get(a.group or "") == "test"]
    return {"all": [a for a in rows if parts.get(a.group or "") != "test"], "test": test}


OVERALL = Task(
    name="seeds/overall",
    axis="overall",
    language="de+en",
    target=Target.RANK,
    corpora=(),
    split="grouped cross-validation by story over train and dev; test part only with --final",
    metrics=("within_item_accuracy", "spearman", "kendall"),
    controls=("constant", "length (rank)", "typography (rank)"),
    systems=(
        System("penalties", "ridge"),
        System("checks", "ridge:alpha=100"),
        System("checks+penalties", "ridge:alpha=100"),
        System("checks+penalties", "pairwise:C=0.03"),
        System("checks+penalties+stylometry", "boosted-ridge"),
        System("words", "ridge"),
        System("words+even:checks,penalties", "ridge"),
    ),
    rows=_overall_rows,
    prepare=lambda rows: [a if a.label is not None else penalised([a])[0] for a in rows],
    article_level=True,
)

TASKS = (*(_task(axis, _systems(axis)) for axis in Axis), OVERALL)
