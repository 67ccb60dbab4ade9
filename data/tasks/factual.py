"""Tasks of the factual axis on public corpora."""

from __future__ import annotations

from dataclasses import replace

from data.arrow import articles
from data.schema import Article
from data.tasks.task import Parts, System, Target, Task


def _grounded_rows() -> Parts:
    """DeFacto's official parts; the article shared by train and val was dropped from val by the loader."""
    parts = {"train": "train", "dev": "val", "test": "test"}
    return {
        part: [replace(row, label=float(row.extra["has_error"])) for row in articles("defacto", split)]
        for part, split in parts.items()
    }


def _intrinsic(row: Article) -> float | None:
    """Intrinsic errors alone against clean summaries; rows with an extrinsic error are left out."""
    extra = row.extra
    if extra.get("intrinsic") is None or extra.get("extrinsic"):
        return None
    return float(extra["intrinsic"])


def _extrinsic(row: Article) -> float | None:
    extra = row.extra
    if extra.get("extrinsic") is None or extra.get("intrinsic"):
        return None
    return float(extra["extrinsic"])


GROUNDED_EN = Task(
    name="factual/grounded-en",
    axis="factual",
    language="en",
    target=Target.CLASSIFY,
    corpora=("defacto",),
    split="DeFacto official train, val, test; group article",
    metrics=("balanced_accuracy", "roc_auc", "average_precision", "roc_auc/intrinsic", "roc_auc/extrinsic", "brier"),
    controls=("majority", "length", "typography", "hypothesis"),
    systems=(
        System("pairs", "logistic"),
        System("pairs", "boosting"),
        System("pairs+checks", "logistic"),
        System("pairs+checks", "boosting"),
        System("pairs+words:body", "logistic:C=0.1"),
    ),
    rows=_grounded_rows,
    views={"intrinsic": _intrinsic, "extrinsic": _extrinsic},
    ceiling="",
)

TASKS = (GROUNDED_EN,)
