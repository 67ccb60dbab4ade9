"""Tasks of the attribution axis on public corpora."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Final

from data.arrow import articles as corpus_articles
from data.arrow import load_corpus
from data.schema import Article, Finding
from data.sentences import ENGLISH, sentence_spans
from data.tasks.task import Parts, System, Target, Task

_OPENING, _CLOSING = "„»", "“”«"


def with_context(rows: list[Article]) -> list[Article]:
    """Sentences with what their neighbours of the same group hold, in the order of the records.

    Adds the extra fields ``previous``, ``following``, ``position``, ``n_in_group``, ``inside_quotation`` (whether a
    quotation opened earlier in the article is still open), and the article itself: ``document`` (its sentences
    joined by blanks) with ``document_offsets`` (start, end, start, end …).
    """
    members: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        members[row.group or row.id].append(i)
    out = list(rows)
    for indices in members.values():
        is_open = False
        document, offsets = _joined([rows[i].body for i in indices])
        for k, i in enumerate(indices):
            context = {
                "previous": rows[indices[k - 1]].body if k else "",
                "following": rows[indices[k + 1]].body if k + 1 < len(indices) else "",
                "position": k,
                "n_in_group": len(indices),
                "inside_quotation": float(is_open),
                "document": document,
                "document_offsets": offsets,
            }
            out[i] = replace(rows[i], extra={**rows[i].extra, **context})
            is_open = _still_open(rows[i].body, is_open)
    return out


def _joined(sentences: list[str]) -> tuple[str, tuple[int, ...]]:
    offsets: list[int] = []
    at = 0
    for sentence in sentences:
        offsets += [at, at + len(sentence)]
        at += len(sentence) + 1
    return " ".join(sentences), tuple(offsets)


def _still_open(sentence: str, is_open: bool) -> bool:
    for sign in sentence:
        if sign in _OPENING:
            is_open = True
        elif sign in _CLOSING:
            is_open = False
        elif sign == '"':
            is_open = not is_open
    return is_open


def sentences_of(article: Article, spans: Iterable[tuple[int, int]]) -> Iterable[Article]:
    """Sentences as records; label 1 if attributed content (any form) overlaps them.

    The extra field ``form`` is the kind of the first finding that does, "none" otherwise.
    """
    for k, (start, end) in enumerate(spans):
        touching = (f for f in article.findings if any(a < end and b > start for a, b in _pieces(f)))
        form = next((f.kind for f in touching), "none")
        yield Article(
            id=f"{article.id}#{k}",
            language=article.language,
            body=article.body[start:end],
            group=article.group,
            label=float(form != "none"),
            extra={"form": form},
        )


def _pieces(finding: Finding) -> list[tuple[int, int]]:
    """The span of a finding and its continuations; those of nothing (0, 0) are left out."""
    pieces = [(finding.start, finding.end)]
    pieces += [(r.start, r.end) for r in finding.related if r.role == "continuation"]
    return [(start, end) for start, end in pieces if end > start]


def _corpus_sentences(article: Article) -> list[Article]:
    offsets = article.extra["sentence_offsets"]
    return list(sentences_of(article, zip(offsets[::2], offsets[1::2], strict=True)))


def _cut_sentences(article: Article) -> list[Article]:
    return list(sentences_of(article, sentence_spans(article.body, ENGLISH)))


def _sentence_rows(corpus: str, cut: Callable[[Article], list[Article]]) -> Parts:
    """Official train and dev; test where its files are here."""
    splits = load_corpus(corpus)
    return {
        part: with_context([s for a in corpus_articles(corpus, part) for s in cut(a)])
        for part in ("train", "dev", "test")
        if part in splits
    }


#: What quotation marks become in the robustness task, by turns of the article: (opening, closing).
GLYPHS: Final = (('"', '"'), ("»", "«"), ("‚", "‘"), ("“", "”"), ("«", "»"), ("''", "''"))


def with_other_glyphs(row: Article, pair: tuple[str, str]) -> Article:
    """A sentence record whose German quotation marks are replaced by another pair."""
    table = str.maketrans({"„": pair[0], "“": pair[1], "”": pair[1]})
    return replace(row, body=row.body.translate(table))


def _glyph_rows() -> Parts:
    """Train as it is; dev with other quotation marks, one pair an article."""
    parts = _sentence_rows("wikinews-quotations-de", _corpus_sentences)
    groups = {group: k for k, group in enumerate(sorted({row.group or row.id for row in parts["dev"]}))}
    turned = [with_other_glyphs(r, GLYPHS[groups[r.group or r.id] % len(GLYPHS)]) for r in parts["dev"]]
    return {"train": parts["train"], "dev": with_context(turned)}


_METRICS: Final = ("f1", "macro_f1", "average_precision", "roc_auc", "brier")
_SYSTEMS: Final = (
    System("sayings", "boosting"),
    System("words+chars+words:previous+sayings", "logistic"),
    System("saying-signs", "logistic:C=3"),
    System("saying-signs", "svm"),
    System("saying-signs+sayings", "logistic:C=3"),
)

SENTENCE_DE = Task(
    name="attribution/sentence-de",
    axis="attribution",
    language="de",
    target=Target.CLASSIFY,
    corpora=("wikinews-quotations-de",),
    split="official train, dev and (where a user has it) test; group article",
    metrics=_METRICS,
    controls=("majority", "length", "typography", "position"),
    systems=_SYSTEMS,
    rows=partial(_sentence_rows, "wikinews-quotations-de", _corpus_sentences),
    prepare=with_context,
    ceiling="agreement of annotators on the form: Krippendorff .56-.86",
)

SENTENCE_DE_GLYPHS = replace(
    SENTENCE_DE,
    name="attribution/sentence-de-glyphs",
    split="train as sentence-de; its dev with other quotation marks, one style an article",
    rows=_glyph_rows,
)

SENTENCE_EN = replace(
    SENTENCE_DE,
    name="attribution/sentence-en",
    language="en",
    corpora=("polnear",),
    split="official temporal train, dev and (where a user has it) test; first annotator; group article",
    metrics=("macro_f1", "f1", "average_precision", "roc_auc", "brier"),
    rows=partial(_sentence_rows, "polnear", _cut_sentences),
    ceiling="two people: macro-F1 .87",
)


def _article_rows(corpus: str) -> Parts:
    """Whole articles with their attributions as findings; label 1 if there is one."""
    splits = load_corpus(corpus)
    return {
        part: [replace(a, label=float(bool(a.findings))) for a in corpus_articles(corpus, part)]
        for part in ("train", "dev", "test")
        if part in splits
    }


QUOTATIONS_DE = Task(
    name="attribution/quotations-de",
    axis="attribution",
    language="de",
    target=Target.SPANS,
    corpora=("wikinews-quotations-de",),
    split="official train, dev and (where a user has it) test; group article",
    metrics=(
        *("message_f1", "joint_f1", "roles_f1", "form_f1"),
        *(f"token_f1/{form}" for form in ("direct", "indirect", "indirect-free-indirect", "free-indirect", "reported")),
    ),
    controls=("nothing", "quotation marks"),
    systems=(System("", "quotations"),),
    rows=partial(_article_rows, "wikinews-quotations-de"),
    article_level=True,
    ceiling="agreement of annotators on roles: Krippendorff .61-.83",
)

SPEAKER_DE = replace(
    QUOTATIONS_DE,
    name="attribution/speaker-de",
    metrics=("overlap_accuracy", "exact_match", "token_f1/speaker", "overlap_accuracy/direct"),
    controls=("nearest name",),
    systems=(System("", "speakers"),),
    ceiling="",
)

SPANS_EN = replace(
    QUOTATIONS_DE,
    name="attribution/spans-en",
    language="en",
    corpora=("polnear",),
    split="official temporal train, dev and (where a user has it) test; first annotator; group article",
    metrics=("token_f1/content", "token_f1/speaker", "token_f1/cue"),
    controls=("nothing", "quotation marks"),
    systems=(System("", "sources"),),
    rows=partial(_article_rows, "polnear"),
    ceiling="two people, F1 of characters: content .911, source .810, cue .686",
)

TASKS = (SENTENCE_DE, SENTENCE_DE_GLYPHS, SENTENCE_EN, QUOTATIONS_DE, SPEAKER_DE, SPANS_EN)
