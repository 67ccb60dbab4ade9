"""Quality estimation of translated segments: how bad is it, and which words are wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from statistics import fmean, pstdev

from data.arrow import articles
from data.schema import Article
from data.tasks.task import Parts, System, Target, Task


def standardised(rows: Iterable[Article]) -> list[Article]:
    """Rows whose label is the MQM penalty, standardised per rater and averaged over the raters of a segment.

    Raters and years differ in how much they mark (clean segments .13 in 2020, .59 in 2021, .27 in 2023), so that
    raw penalties must not be pooled.
    """
    kept = list(rows)
    by_rater: dict[str, list[float]] = defaultdict(list)
    for row in kept:
        for rater, score in zip(row.extra["raters"], row.extra["rater_scores"], strict=True):
            by_rater[rater].append(score)
    scale = {rater: (fmean(scores), pstdev(scores) or 1.0) for rater, scores in by_rater.items()}
    out = []
    for row in kept:
        pairs = zip(row.extra["raters"], row.extra["rater_scores"], strict=True)
        label = fmean((score - scale[rater][0]) / scale[rater][1] for rater, score in pairs)
        out.append(replace(row, label=round(label, 6)))
    return out


def _machine(rows: Iterable[Article]) -> list[Article]:
    return [row for row in rows if not row.extra["is_human"]]


def _severity_rows() -> Parts:
    """Train newstest2020 and TED, dev newstest2021 (machine only), test WMT23 news (machine only)."""
    test = [row for row in articles("wmt23-mqm", "all") if row.extra["domain"] == "news"]
    return {
        "train": standardised(articles("newstest2020-mqm", "all")) + standardised(articles("ted2021-mqm", "all")),
        "dev": standardised(_machine(articles("newstest2021-mqm", "all"))),
        "test": standardised(_machine(test)),
    }


def _has_major(row: Article) -> float | None:
    value = row.extra.get("has_major")
    return None if value is None else float(value)


SEVERITY_RANK = Task(
    name="translation/severity-rank",
    axis="translation",
    language="de",
    target=Target.RANK,
    corpora=("newstest2020-mqm", "ted2021-mqm", "newstest2021-mqm", "wmt23-mqm"),
    split="train newstest2020 + TED, dev newstest2021 (MT), test WMT23 news (MT); group document, item source",
    metrics=("within_item_accuracy", "roc_auc/major", "average_precision/major", "spearman"),
    controls=("constant", "length (rank)", "typography (rank)", "source only (rank)"),
    systems=(
        System("words", "ridge"),
        System("words", "pairwise"),
        System("chars", "ridge"),
        System("words+chars", "pairwise"),
        System("words+chars+stylometry+checks", "pairwise"),
    ),
    rows=_severity_rows,
    views={"major": _has_major},
    ceiling="one rater against another (2020) .65-.67; CometKiwi .706 on the test part",
)

TASKS = (SEVERITY_RANK,)
