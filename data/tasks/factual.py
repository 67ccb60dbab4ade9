"""Tasks of the factual axis on public corpora.

In the ``transfer-`` tasks no row of the corpus that is judged, and no article it shares with another one, is
trained on; their dev part gives the threshold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Final

from data.arrow import articles
from data.schema import Article
from data.splits import group_of
from data.tasks.task import Parts, System, Target, Task

#: Corpora of judged summaries: name in the tasks -> corpus, its splits, and the origin within it (None: all).
_SUMMARIES: Final[dict[str, tuple[str, tuple[str, ...], str | None]]] = {
    "defacto": ("defacto", ("train", "val", "test"), None),
    "qags-xsum": ("qags", ("xsum",), None),
    "qags-cnndm": ("qags", ("cnndm",), None),
    "cliff-xsum": ("cliff", ("val", "test"), "xsum"),
    "cliff-cnndm": ("cliff", ("val", "test"), "cnndm"),
    "goyal21-xsum": ("goyal21", ("val", "test"), "xsum"),
}


def _of(name: str, splits: Iterable[str] | None = None) -> list[Article]:
    corpus, own, origin = _SUMMARIES[name]
    rows = [a for split in splits or own for a in articles(corpus, split) if a.label is not None]
    return [a for a in rows if origin is None or a.extra["origin"] == origin]


def corrections(rows: Iterable[Article]) -> list[Article]:
    """What people made of faulty summaries, as faultless ones of the same group."""
    return [
        replace(a, id=f"{a.id}/correction", body=a.extra["correction"], label=0.0, extra={"correction": None})
        for a in rows
        if a.label and a.extra.get("correction") and a.extra["correction"].strip() != a.body.strip()
    ]


def _grounded_rows() -> Parts:
    """DeFacto's official parts, the corrections of faulty training summaries added as clean ones."""
    train = _of("defacto", ["train"])
    return {
        "train": train + corrections(train),
        "dev": _of("defacto", ["val"]),
        "test": _of("defacto", ["test"]),
    }


def _pool(name: str) -> list[Article]:
    """Rows of a corpus to train others on, with corrections; DeFacto's test part is left out."""
    rows = _of(name, ("train", "val") if name == "defacto" else None)
    return rows + corrections(rows)


def _transfer_rows(held_out: str) -> Parts:
    """All other corpora for training; dev is the corpus's own first cut, or DeFacto's where it has none."""
    splits = _SUMMARIES[held_out][1]
    test = _of(held_out, splits[-1:])
    own = {group_of(a) for a in test}
    judged = _of(held_out, splits[-2:-1]) if len(splits) > 1 else _of("defacto", ["val"])
    dev = [a for a in judged if group_of(a) not in own]
    apart = own | {group_of(a) for a in dev}
    train = [a for name in _SUMMARIES if name != held_out for a in _pool(name) if group_of(a) not in apart]
    return {"train": train, "dev": dev, "test": test}


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


_METRICS: Final = ("balanced_accuracy", "roc_auc", "average_precision", "brier")
_PAIR_SYSTEMS: Final = (
    System("pairs", "logistic"),
    System("novelty", "logistic"),
    System("pairs+relations", "blend"),
    System("pairs+relations+summed", "blend"),
    System("pairs+relations+summed+summed:chars", "blend"),
)

GROUNDED_EN = Task(
    name="factual/grounded-en",
    axis="factual",
    language="en",
    target=Target.CLASSIFY,
    corpora=("defacto",),
    split="DeFacto official train (with the human corrections as clean summaries), val, test; group article",
    metrics=("balanced_accuracy", "roc_auc", "average_precision", "roc_auc/intrinsic", "roc_auc/extrinsic", "brier"),
    controls=("majority", "length", "typography", "hypothesis"),
    systems=_PAIR_SYSTEMS,
    rows=_grounded_rows,
    views={"intrinsic": _intrinsic, "extrinsic": _extrinsic},
    ceiling="",
)


def _transfer(held_out: str, ceiling: str = "") -> Task:
    return Task(
        name=f"factual/transfer-{held_out}",
        axis="factual",
        language="en",
        target=Target.CLASSIFY,
        corpora=("defacto", "qags", "cliff", "goyal21"),
        split=f"trained on the other corpora without shared articles, judged on {held_out}; group article",
        metrics=("roc_auc", "balanced_accuracy", "average_precision", "brier"),
        controls=("majority", "length", "hypothesis"),
        systems=_PAIR_SYSTEMS[:4],
        rows=partial(_transfer_rows, held_out),
        ceiling=ceiling,
    )


def _grounded_de_rows() -> Parts:
    """WMT23 news: label 1 if two of three raters mark a major mistranslation, omission or addition."""
    rows = articles("wmt23-sxs-mqm", "all")
    return {"all": [replace(a, label=float(a.extra["accuracy_major"])) for a in rows]}


GROUNDED_DE = Task(
    name="factual/grounded-de",
    axis="factual",
    language="de",
    target=Target.CLASSIFY,
    corpora=("wmt23-sxs-mqm",),
    split="grouped cross-validation by document (30), never by system",
    metrics=("roc_auc", "balanced_accuracy", "average_precision", "roc_auc/wide"),
    controls=("majority", "length", "typography", "hypothesis"),
    systems=(
        System("transferred", "logistic:C=0.01"),
        System("transferred", "blend:C=0.01,leaf=40"),
        System("transferred+stylometry+checks:translation", "blend:C=0.01,leaf=40"),
        System("transferred+summed:body", "blend:C=0.01,leaf=40"),
    ),
    rows=_grounded_de_rows,
    views={
        "wide": lambda row: (
            None if row.extra.get("wide_accuracy_major") is None else float(row.extra["wide_accuracy_major"])
        )
    },
    ceiling="three raters; two of them must agree",
)


def _three_way(row: Article) -> float | None:
    """Contradiction against everything else."""
    kind = row.extra.get("three_way")
    return None if kind is None else float(kind == "contradiction")


def _entailment_rows() -> Parts:
    """RTE-3: what does not follow (neutral or contradicting) against what does; cross-validated on dev."""
    return {"all": articles("rte3-de", "dev"), "test": articles("rte3-de", "test")}


def _contradiction_rows() -> Parts:
    """Contradictions against entailments of both halves."""
    rows = [*articles("rte3-de", "dev"), *articles("rte3-de", "test")]
    kept = [a for a in rows if a.extra["three_way"] in ("contradiction", "entailment")]
    return {"all": [replace(a, label=float(a.extra["three_way"] == "contradiction")) for a in kept]}


_SHORT_SYSTEMS: Final = (
    System("pairs", "logistic:C=0.1"),
    System("pairs+relations", "logistic:C=0.1"),
    System("pairs+relations", "blend"),
    System("pairs+relations+summed", "blend"),
    System("pairs+relations+summed+summed:body", "blend"),
)

ENTAILMENT_DE = Task(
    name="factual/entailment-de",
    axis="factual",
    language="de",
    target=Target.CLASSIFY,
    corpora=("rte3-de",),
    split="official dev, cross-validated by text; official test; group text",
    metrics=("balanced_accuracy", "roc_auc", "roc_auc/contradiction", "brier"),
    controls=("majority", "length", "hypothesis"),
    systems=_SHORT_SYSTEMS,
    rows=_entailment_rows,
    views={"contradiction": _three_way},
    ceiling="",
)

CONTRADICTION_DE = Task(
    name="factual/contradiction-de",
    axis="factual",
    language="de",
    target=Target.CLASSIFY,
    corpora=("rte3-de",),
    split="contradiction against entailment, both halves, cross-validated by text",
    metrics=("roc_auc", "balanced_accuracy", "average_precision"),
    controls=("majority", "length", "hypothesis"),
    systems=_SHORT_SYSTEMS,
    rows=_contradiction_rows,
    ceiling="",
)


def with_first_line(rows: list[Article]) -> list[Article]:
    """Sentence pairs whose first sentence stands in the extra field ``first``, too."""
    return [replace(a, extra={**a.extra, "first": a.body.partition("\n")[0]}) for a in rows]


INTERNAL_EN = Task(
    name="factual/internal-en",
    axis="factual",
    language="en",
    target=Target.CLASSIFY,
    corpora=("chatprotect",),
    split="grouped cross-validation by target (960)",
    metrics=("roc_auc", "balanced_accuracy", "average_precision", "brier"),
    controls=("majority", "length", "typography", "first line", "words only"),
    systems=(
        System("differences", "logistic:C=0.1"),
        System("differences", "blend"),
        System("pair-words", "logistic:C=3"),
        System("differences+summed:pair-words", "blend"),
        System("differences+summed:pair-words+summed:novelty-lines", "blend"),
    ),
    rows=lambda: {"all": with_first_line(articles("chatprotect", "all"))},
    prepare=with_first_line,
    ceiling="",
)


def _headline_rows() -> Parts:
    """Disagreeing against agreeing pairs; what only discusses is left out."""
    return {"all": [a for a in articles("fnc1", "all") if a.label is not None]}


HEADLINE_EN = Task(
    name="factual/headline-en",
    axis="factual",
    language="en",
    target=Target.CLASSIFY,
    corpora=("fnc1",),
    split="grouped cross-validation by connected component of headlines and bodies (110)",
    metrics=("roc_auc", "balanced_accuracy", "average_precision"),
    controls=("majority", "length", "headline only", "words only"),
    systems=(
        System("relations:headline", "logistic:C=0.003"),
        System("doubt", "blend:C=0.003,leaf=60"),
        System("relations:headline+doubt", "logistic:C=0.003"),
        System("relations:headline+doubt", "blend:C=0.003,leaf=60"),
    ),
    rows=_headline_rows,
    ceiling="",
)

SUPPORT_EN = Task(
    name="factual/support-en",
    axis="factual",
    language="en",
    target=Target.CLASSIFY,
    corpora=("wice",),
    split="WiCE claims: official dev, cross-validated by claim and page; official test",
    metrics=("roc_auc", "balanced_accuracy", "average_precision", "brier"),
    controls=("majority", "length", "hypothesis"),
    systems=_SHORT_SYSTEMS,
    rows=lambda: {"all": articles("wice", "dev"), "test": articles("wice", "test")},
    ceiling="T5-3B trained on WiCE .900 balanced accuracy on 100 claims with oracle chunks",
)

_CEILINGS: Final[dict[str, str]] = {
    "cliff-xsum": "DAE .754, SummaC-Conv .666 balanced accuracy",
    "cliff-cnndm": "QuestEval .740, DAE .730 balanced accuracy",
    "goyal21-xsum": "QuestEval .814 balanced accuracy",
    "qags-xsum": "raters unanimous on 51 % of sentences",
    "qags-cnndm": "raters unanimous on 71 % of sentences",
}

TASKS: Final[tuple[Task, ...]] = (
    GROUNDED_EN,
    *(_transfer(name, _CEILINGS.get(name, "")) for name in _SUMMARIES),
    GROUNDED_DE,
    ENTAILMENT_DE,
    CONTRADICTION_DE,
    INTERNAL_EN,
    HEADLINE_EN,
    SUPPORT_EN,
)
