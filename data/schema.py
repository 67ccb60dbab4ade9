"""The one data shape of the project: an article, its findings, and their vocabulary.

Everything else (a public corpus, a hand-labelled seed, a machine-translated segment,
a summary with its source) is turned into an `Article` before any other layer sees it.
This module imports nothing of the project and knows no file format.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final


class Axis(StrEnum):
    """What is judged. The value is the name used in records, on the board and in reports."""

    TRANSLATION = "translation"
    FACTUAL = "factual"
    ATTRIBUTION = "attribution"


class Severity(StrEnum):
    """MQM severity of a finding."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def penalty(self) -> int:
        """Points of the MQM penalty: minor 1, major 5, critical 25."""
        return PENALTY[self]


PENALTY: Final = MappingProxyType({Severity.MINOR: 1, Severity.MAJOR: 5, Severity.CRITICAL: 25})

#: Parts of an article that a span may point into.
PARTS: Final = ("headline", "body", "byline", "source")

#: What a related place is to its finding.
ROLES: Final = ("contradicts", "evidence", "speaker", "cue", "frame", "addressee", "continuation")

#: Kinds of fault by axis, each with the line that the annotation guide and reports print.
#: Entering a kind here is all it takes to use it in a check or in a label.
KINDS: Final = MappingProxyType(
    {
        Axis.TRANSLATION: MappingProxyType(
            {
                "untranslated": "a word or phrase left in the foreign language",
                "hybrid": "a word made half of one language and half of another",
                "calque": "a word-for-word rendering: false friend, literal idiom or collocation",
                "agreement": "gender, number or case do not agree (article, adjective, noun, title, verb)",
                "government": "a verb, adjective or preposition with the wrong case or preposition",
                "word-order": "words in the order of the foreign language",
                "tense": "a tense or verb form of the foreign language",
                "compound": "a compound split, wrongly joined or wrongly built",
                "locale": "number, date, time, currency or unit written the foreign way",
                "quotation-mark": "quotation marks of another language, or an unequal pair",
                "punctuation": "comma or dash as the foreign language sets it",
                "capitalisation": "capital or small letter as the foreign language writes it",
                "name-variant": "one name in two spellings or transliterations",
                "register": "a jump between formal and familiar address or tone",
                "repetition": "a segment given twice, as faulty decoding does",
                "spelling": "a misspelt word",
                "residue": "furniture of the source page inside the text",
            }
        ),
        Axis.FACTUAL: MappingProxyType(
            {
                "number": "two figures for one quantity",
                "sum": "parts that do not add up to their total",
                "percent": "a percentage that does not fit its absolute figures",
                "date": "two dates for one event, or a date that cannot be",
                "weekday": "a weekday that does not fit its date",
                "age": "an age that does not fit a birth year or another age",
                "sequence": "events in an order that cannot be",
                "comparison": "rise for fall, more for less, or the wrong one of two",
                "role": "two roles, titles or functions for one person",
                "name": "a person or organisation under another's name",
                "place": "two places for one event, or a place that is elsewhere",
                "negation": "a statement and its denial",
                "apposition": "an apposition attached to something of another class",
                "quotation": "a quotation that its paraphrase or repetition does not match",
                "unsupported": "extrinsic error: the source document does not say it",
            }
        ),
        Axis.ATTRIBUTION: MappingProxyType(
            {
                "orphan-quotation": "a quotation that nobody speaks",
                "unclosed-quotation": "a quotation without an end or a beginning",
                "wrong-speaker": "a quotation or statement given to the wrong speaker",
                "vague-source": "a source that cannot be identified ('observers', 'it is said')",
                "anonymous-source": "an anonymous source without a reason given",
                "unsourced-claim": "a claim of harm, guilt or a strong figure without any source",
                "circular-source": "a source that is, in the end, the article or outlet itself",
                "source-mismatch": "the source line contradicts the sources in the text",
                "bare-domain": "nothing but a bare domain or 'internet' as source",
                "missing-byline": "no author or agency on the page",
                "missing-date": "no date on the page",
            }
        ),
    }
)

#: Kinds that public corpora label beside `KINDS`: MQM categories that are no single kind of
#: fault here, the two classes of factual error, and the forms of attributed content (no faults).
ANNOTATIONS: Final = MappingProxyType(
    {
        Axis.TRANSLATION: (
            *("mistranslation", "omission", "addition", "grammar", "terminology", "style", "inconsistency"),
            *("source-issue", "non-translation", "other"),
        ),
        Axis.FACTUAL: ("intrinsic", "extrinsic"),
        Axis.ATTRIBUTION: ("direct", "indirect", "free-indirect", "indirect-free-indirect", "reported", "content"),
    }
)


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to a finding, with its role (one of `ROLES`)."""

    role: str
    part: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault at a place, or a gold label of one.

    ``start`` and ``end`` are half-open code-point offsets into ``part``; 0, 0 stands
    for something absent. ``check`` names the check that found it, "" for a gold label.
    """

    axis: Axis
    kind: str
    part: str
    start: int
    end: int
    severity: Severity = Severity.MINOR
    note: str = ""
    related: tuple[Related, ...] = ()
    check: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A text to be judged. None means "not known", "" means "known to be absent".

    ``group`` is what a split must not tear apart (story, document, pair); ``item`` is
    what is compared with each other in a ranking; ``system`` says who produced the text.
    ``label`` is 0 or 1 for classification, any number for ranking; higher is worse.
    """

    id: str
    language: str
    headline: str | None = None
    body: str = ""
    source: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    group: str | None = None
    item: str | None = None
    system: str | None = None
    label: float | None = None
    findings: tuple[Finding, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)

    def text(self, part: str) -> str:
        """Text of a part, "" where it is absent or not known.

        Raises
        ------
        KeyError
            If ``part`` is none of `PARTS`.
        """
        if part not in PARTS:
            raise KeyError(f"No part {part!r}. Known: {', '.join(PARTS)}.")
        return getattr(self, part) or ""


def penalty_per_100_words(findings: tuple[Finding, ...] | list[Finding], words: int) -> float:
    """MQM penalty per 100 words (Freitag et al. 2021 count per segment; here per length).

    ``words`` below 1 count as 1, so that an empty text has a finite penalty.
    """
    return 100.0 * sum(f.severity.penalty for f in findings) / max(words, 1)


def overall_score(findings: tuple[Finding, ...] | list[Finding], words: int) -> float:
    """Overall quality 0..100: 100 is faultless, ``max(0, 100 - penalty per 100 words)``."""
    return max(0.0, 100.0 - penalty_per_100_words(findings, words))
