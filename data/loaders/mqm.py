"""MQM ratings: tagged text, categories, weights, and the ratings of one segment as an article.

Weights follow Freitag et al. (2021, "Experts, errors, and context"): major 5, minor 1,
minor punctuation 0.1, non-translation 25, neutral 0. One deviation: punctuation is always
minor, because 566 of 621 "major" ones of 2021 come from a single rater.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from data.schema import Article, Axis, Finding, Severity

EXTRA: Final = {
    "doc": "string",
    "is_human": "bool",
    "score": "float64",
    "raters": "list<string>",
    "rater_scores": "list<float64>",
    "has_major": "bool",
}

_TAG = re.compile(r"(</?v>)")

#: Beginning of a category (lower case, ``_`` as space) to the kind of a finding; first match wins.
#: A beginning, because categories carry suffixes: "Accuracy/Omission (Translation 2)".
_KINDS: Final = (
    ("accuracy/mistranslation", "mistranslation"),
    ("accuracy/gender mismatch", "mistranslation"),
    ("accuracy/creative reinterpretation", "other"),
    ("accuracy/omission", "omission"),
    ("accuracy/addition", "addition"),
    ("accuracy/untranslated", "untranslated"),
    ("accuracy/source language fragment", "untranslated"),
    ("fluency/grammar", "grammar"),
    ("fluency/spelling", "spelling"),
    ("fluency/punctuation", "punctuation"),
    ("fluency/register", "register"),
    ("fluency/inconsistency", "inconsistency"),
    ("style", "style"),
    ("terminology", "terminology"),
    ("locale", "locale"),
    ("source", "source-issue"),
    ("non-translation", "non-translation"),
    ("fluency", "other"),  # character encoding, display, text-breaking
    ("other", "other"),
)
#: No fault of the translation: they are marked, and weigh nothing.
_WEIGHTLESS: Final = ("accuracy/creative reinterpretation", "source")
_WEIGHTS: Final = {"major": 5.0, "critical": 5.0, "minor": 1.0, "neutral": 0.0, "no-error": 0.0}


def _plain(category: str) -> str:
    return category.lower().replace("_", " ")


def kind_of(category: str) -> str:
    """Kind of a finding for an MQM category, by its beginning.

    Raises
    ------
    ValueError
        If no kind is known: a category that nobody has looked at must not become "other".
    """
    for beginning, kind in _KINDS:
        if _plain(category).startswith(beginning):
            return kind
    raise ValueError(f"MQM category {category!r} has no kind; enter its beginning in data/loaders/mqm.py.")


@dataclass(frozen=True, slots=True)
class Error:
    """One row of a rater: an error with its place, or the statement that there is none.

    ``part`` is "body", "source", or "" where no place is marked.
    """

    rater: str
    category: str
    severity: str
    part: str = ""
    start: int = 0
    end: int = 0

    @property
    def is_error(self) -> bool:
        """False for "no error" and for a neutral remark."""
        return self.severity.lower() not in ("no-error", "neutral")

    @property
    def is_major(self) -> bool:
        """Whether it counts as major: never for punctuation."""
        return self.severity.lower() in ("major", "critical") and kind_of(self.category) != "punctuation"

    @property
    def penalty(self) -> float:
        """Points by the weights of this module."""
        if not self.is_error or _plain(self.category).startswith(_WEIGHTLESS):
            return 0.0
        kind = kind_of(self.category)
        return {"punctuation": 0.1, "non-translation": 25.0}.get(kind, _WEIGHTS[self.severity.lower()])

    def finding(self, text: str) -> Finding:
        """Give the same as a finding in ``text``; the note keeps rater and category as they were.

        A place that leaves the text is clipped; an empty one becomes 0, 0: a fault without a place.
        """
        kind = kind_of(self.category)
        severity = Severity.MAJOR if self.is_major else Severity.MINOR
        if kind == "non-translation":
            severity = Severity.CRITICAL
        note = f"{self.rater}: {self.category}" if self.rater else self.category
        start, end = clip(self.start, self.end, len(text))
        return Finding(Axis.TRANSLATION, kind, self.part or "body", start, end, severity, note)


def clip(start: int, end: int, length: int) -> tuple[int, int]:
    """Half-open span inside a text of that length; 0, 0 if nothing is left of it."""
    start, end = max(start, 0), min(end, length)
    return (start, end) if start < end else (0, 0)


def untag(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Text without ``<v>…</v>``, and the half-open spans that were tagged.

    A tag that is never closed reaches to the end; a closing one without an opening is dropped.
    """
    plain: list[str] = []
    spans: list[tuple[int, int]] = []
    at, opened = 0, -1
    for piece in _TAG.split(text):
        if piece == "<v>":
            opened = at if opened < 0 else opened
        elif piece == "</v>":
            spans += [(opened, at)] if opened >= 0 else []
            opened = -1
        else:
            plain.append(piece)
            at += len(piece)
    return "".join(plain), [*spans, (opened, at)] if opened >= 0 else spans


def modal(texts: Iterable[tuple[str, str]]) -> str:
    """Text that most raters saw, given (rater, text) a row; ties by rows, then by order.

    Raters edit the text while they mark it, and one with many errors has many rows:
    hence raters before rows.
    """
    pairs = list(texts)
    by_rater = Counter(text for _, text in dict.fromkeys(pairs))
    by_row = Counter(text for _, text in pairs)
    return max(by_row, key=lambda text: (by_rater[text], by_row[text]))


@dataclass(frozen=True, slots=True)
class Segment:
    """What is known of one rated (system, segment) beside its errors."""

    corpus: str
    system: str
    doc: str
    number: str
    source: str
    target: str
    is_human: bool

    @property
    def id(self) -> str:
        """Unique over corpora."""
        return f"{self.corpus}/{self.system}/{self.doc}/{self.number}"

    def article(self, errors: list[Error], kept: list[Error], **extra: object) -> Article:
        """Make an article of it; ``label`` is the mean penalty over raters.

        Parameters
        ----------
        errors
            All rows of all raters; they make the scores.
        kept
            Those whose places were marked in ``target`` and ``source``; they make the findings.
        """
        raters = sorted({error.rater for error in errors})
        # Rounded: sums of 0.1 must not break ties.
        scores = [round(sum(e.penalty for e in errors if e.rater == rater), 4) for rater in raters]
        majors = sum(any(e.is_major for e in errors if e.rater == rater) for rater in raters)
        score = round(sum(scores) / len(scores), 4)
        texts = {"source": self.source}
        found = [e.finding(texts.get(e.part, self.target)) for e in kept if e.is_error]
        return Article(
            id=self.id,
            language="de",
            body=self.target,
            source=self.source,
            group=f"{self.corpus}/{self.doc}",
            item=f"{self.corpus}/{self.doc}/{self.number}",
            system=self.system,
            label=score,
            findings=tuple(sorted(found, key=lambda f: (f.part, f.start, f.end, f.note))),
            extra={
                "doc": self.doc,
                "is_human": self.is_human,
                "score": score,
                "raters": raters,
                "rater_scores": scores,
                "has_major": majors * 2 > len(raters),
                **extra,
            },
        )
