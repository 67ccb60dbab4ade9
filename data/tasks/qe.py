"""Quality estimation of translated segments: how bad is it, and which words are wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from statistics import fmean, pstdev

from data.arrow import articles
from data.parallel import CORPORA as RAW
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
    corpora=("newstest2020-mqm", "ted2021-mqm", "newstest2021-mqm", "wmt23-mqm", *RAW),
    split="train newstest2020 + TED, dev newstest2021 (MT), test WMT23 news (MT); group document, item source",
    metrics=("within_item_accuracy", "roc_auc/major", "average_precision/major", "spearman"),
    controls=("constant", "length (rank)", "typography (rank)", "source only (rank)"),
    systems=(
        System("words", "ridge"),
        System("words", "pairwise"),
        System("fluency", "two-level"),
        System("rendering", "two-level"),
        System("rendering+fluency", "two-level"),
    ),
    rows=_severity_rows,
    views={"major": _has_major},
    ceiling="one rater against another (2020) .65-.67; CometKiwi .706 on the test part",
)


def _marked(rows: Iterable[Article]) -> list[Article]:
    """Rows with gold spans, labelled by whether there is one; who marks nothing has a label, too."""
    return [replace(row, label=float(any(f.part == "body" for f in row.findings))) for row in rows]


def _span_rows() -> Parts:
    """Train on machine translations of 2020, 2021 and TED; dev and test are those of QE-2022, with official tokens."""
    train = [row for name in ("newstest2020-mqm", "newstest2021-mqm", "ted2021-mqm") for row in articles(name, "all")]
    return {
        "train": _marked(_machine(train)),
        "dev": _marked(articles("qe2022", "dev")),
        "test": _marked(articles("qe2022", "test")),
    }


ERROR_SPANS = Task(
    name="translation/error-spans",
    axis="translation",
    language="de",
    target=Target.SPANS,
    corpora=("newstest2020-mqm", "newstest2021-mqm", "ted2021-mqm", "qe2022", *RAW),
    split="train newstest2020 + 2021 + TED (MT), dev and threshold QE-2022 dev, test QE-2022 test; group document",
    metrics=("mcc", "f1", "span_f1"),
    controls=("nothing", "position of token", "length of token"),
    systems=(
        System("", "rules"),
        System("words", "window"),
        System("reading", "token-boosting"),
        System("reading+rendering", "token-boosting"),
    ),
    rows=_span_rows,
    ceiling="NJUQE .352, OpenKiwi .182 on the test part, both with the source",
)

TASKS = (SEVERITY_RANK, ERROR_SPANS)
