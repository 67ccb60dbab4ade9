"""Tasks of the attribution axis on public corpora."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from data.arrow import articles as corpus_articles
from data.arrow import load_corpus
from data.schema import Article
from data.tasks.task import Parts, System, Target, Task

_OPENING, _CLOSING = "„»", "“”«"


def with_context(rows: list[Article]) -> list[Article]:
    """Sentences with what their neighbours of the same group hold, in the order of the records.

    Adds the extra fields ``previous``, ``following``, ``position``, ``n_in_group`` and ``inside_quotation``
    (whether a quotation opened earlier in the article is still open).
    """
    members: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        members[row.group or row.id].append(i)
    out = list(rows)
    for indices in members.values():
        is_open = False
        for k, i in enumerate(indices):
            context = {
                "previous": rows[indices[k - 1]].body if k else "",
                "following": rows[indices[k + 1]].body if k + 1 < len(indices) else "",
                "position": k,
                "n_in_group": len(indices),
                "inside_quotation": float(is_open),
            }
            out[i] = replace(rows[i], extra={**rows[i].extra, **context})
            is_open = _still_open(rows[i].body, is_open)
    return out


def _still_open(sentence: str, is_open: bool) -> bool:
    for sign in sentence:
        if sign in _OPENING:
            is_open = True
        elif sign in _CLOSING:
            is_open = False
        elif sign == '"':
            is_open = not is_open
    return is_open


def sentences_of(article: Article) -> Iterable[Article]:
    """Sentences as the corpus gives them; label 1 if a quotation (any form) overlaps them.

    The extra field ``form`` is the form of the first quotation that does, "none" otherwise.
    """
    offsets = article.extra["sentence_offsets"]
    for k, (start, end) in enumerate(zip(offsets[::2], offsets[1::2], strict=True)):
        form = next(
            (f.kind for f in article.findings if _touches(f.part, f.start, f.end, f.related, start, end)), "none"
        )
        yield Article(
            id=f"{article.id}#{k}",
            language="de",
            body=article.body[start:end],
            group=article.group,
            label=float(form != "none"),
            extra={"form": form},
        )


def _touches(part: str, first: int, last: int, related: Iterable[object], start: int, end: int) -> bool:
    if first < end and last > start:
        return True
    places = [r for r in related if getattr(r, "role", "") == "continuation"]
    return any(getattr(r, "start", 0) < end and getattr(r, "end", 0) > start for r in places)


def _sentence_rows() -> Parts:
    """Official train and dev; test where its files are here."""
    names = {"train": "train", "dev": "dev", "test": "test"}
    splits = load_corpus("wikinews-quotations-de")
    return {
        part: with_context([s for a in corpus_articles("wikinews-quotations-de", split) for s in sentences_of(a)])
        for part, split in names.items()
        if split in splits
    }


SENTENCE_DE = Task(
    name="attribution/sentence-de",
    axis="attribution",
    language="de",
    target=Target.CLASSIFY,
    corpora=("wikinews-quotations-de",),
    split="official train, dev and (where a user has it) test; group article",
    metrics=("f1", "macro_f1", "average_precision", "roc_auc", "brier"),
    controls=("majority", "length", "typography", "position"),
    systems=(
        System("sayings", "logistic"),
        System("sayings", "boosting"),
        System("words+chars", "logistic"),
        System("words+chars+words:previous+sayings", "logistic"),
        System("words+chars+words:previous+sayings", "svm"),
    ),
    rows=_sentence_rows,
    prepare=with_context,
    ceiling="agreement of annotators on the form: Krippendorff .56-.86",
)

TASKS = (SENTENCE_DE,)
