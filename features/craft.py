"""Craft of a news text: how it names, dates, quotes and measures, in any language with a file.

Nothing here reads line ends, white space or the glyph of a quotation mark: these tell who typed a text.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

from features.block import Block
from features.lexicon import zipf
from features.patterns import union
from features.text import Analysis, Quotation, Text

#: A name this many tokens from a cue verb is its speaker.
_NEAR = 4
#: A quotation is attributed if a cue verb stands within so many tokens of it.
_REACH = 12

#: Columns by group; the functions below give their values in this order.
WORDS = (
    *("zipf", "sd_zipf", "rare_words", "unknown_words", "frequent_words", "pronouns", "negations", "say_verbs"),
    *("distinct_say_verbs", "weekdays", "months", "titles", "hyphens", "capitals", "distinct_capitals", "shouted"),
    *("different_words",),
)
SENTENCES = ("shortest", "longest", "first", "last", "questions", "exclamations", "colons", "brackets", "commas")
SOURCING = (
    *("quotations", "quoted", "words_per_quotation", "attributed_quotations", "named_sayings", "source_frames"),
    *("vague_sources", "anonymous_sources", "harm_claims", "dates", "figures"),
)
HEADLINE = ("headline_words", "headline_capitals", "headline_in_body", "headline_marks", "headline_shouted")


class Craft(Block):
    """Words, sentences, sourcing and headline of an article; rates are per 100 words.

    NaN for a language without a file, and for the headline columns of an article without a headline.
    """

    def names(self) -> list[str]:
        """Columns of the four groups."""
        return [*WORDS, *SENTENCES, *SOURCING, *HEADLINE]

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Values of one article."""
        body = analysis.body
        if not analysis.known_language or not body.n_words:
            return [math.nan] * len(columns)
        return [*_words(body), *_sentences(body), *_sourcing(body), *_headline(analysis)]


def _share(flags: Sequence[bool] | list[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0


def _words(body: Text) -> list[float]:
    language = body.language
    words = [t for t in body.tokens if t.text[0].isalpha()]
    lower = [t.text.lower() for t in words]
    known = [zipf(t.text, language.code) for t in words if t.text.islower()] or [0.0]
    capitals = [t.text for t in words if t.text[0].isupper()]
    said = [w for w in lower if w in language.say_verbs]
    rate = 100.0 / max(len(words), 1)
    return [
        statistics.fmean(known),
        statistics.pstdev(known),
        _share([0 < z < 4 for z in known]),
        _share([z == 0 for z in known]),
        _share([z > 5.5 for z in known]),
        rate * sum(w in language.pronouns for w in lower),
        rate * sum(w in language.negations for w in lower),
        rate * len(said),
        len(set(said)) / max(len(said), 1),
        rate * sum(w in language.weekdays for w in lower),
        rate * sum(w in language.months for w in lower),
        rate * sum(w in language.titles for w in lower),
        rate * sum("-" in w for w in lower),
        rate * len(capitals),
        len(set(capitals)) / max(len(capitals), 1),
        rate * sum(w.isupper() and len(w) > 3 for w in capitals),
        len(set(lower)) / max(len(lower), 1),
    ]


def _sentences(body: Text) -> list[float]:
    lengths = [len(body.tokens_in(*s)) for s in body.sentences] or [0]
    rate = 100.0 / body.n_words
    signs = [rate * sum(map(body.raw.count, signs)) for signs in ("?", "!", ":", "([", ",")]
    return [*map(math.log1p, (min(lengths), max(lengths), lengths[0], lengths[-1])), *signs]


def _sourcing(body: Text) -> list[float]:
    language, rate = body.language, 100.0 / body.n_words
    quotations = body.quotations
    inside = sum(q.end - q.start for q in quotations)
    at = [i for i, word in enumerate(body.lower) if word in language.say_verbs]
    patterns = (language.source_frames, language.vague_sources, language.anonymous_sources, language.harm_claims)
    return [
        rate * len(quotations),
        inside / len(body.raw),
        math.log1p(inside / max(len(quotations), 1)),
        _share([_attributed(body, q, at) for q in quotations]),
        rate * sum(_named(body, i) for i in at),
        *(rate * sum(1 for _ in union(p).finditer(body.raw)) for p in patterns),
        rate * len(body.dates),
        rate * len(body.figures),
    ]


def _attributed(body: Text, quotation: Quotation, cues: list[int]) -> bool:
    """Whether a cue verb stands shortly before or after a quotation."""
    tokens = body.tokens_in(quotation.start, quotation.end)
    return any(tokens.start - _REACH <= i < tokens.start or tokens.stop <= i < tokens.stop + _REACH for i in cues)


def _named(body: Text, cue: int) -> bool:
    """Whether a capitalised word that begins no sentence stands near a cue verb."""
    near = range(max(1, cue - _NEAR), min(len(body.tokens), cue + _NEAR + 1))
    return any(body.tokens[i].text[0].isupper() and body.tokens[i - 1].text not in ".!?" for i in near)


def _headline(analysis: Analysis) -> list[float]:
    text = analysis.headline
    words = [t.text for t in text.tokens if t.text[0].isalpha()]
    if not words:
        return [math.nan] * len(HEADLINE)
    body = set(analysis.body.lower)
    return [
        math.log1p(len(words)),
        _share([w[0].isupper() for w in words]),
        _share([w.lower() in body for w in words]),
        float(sum(map(text.raw.count, "?!"))),
        float(text.raw.isupper()),
    ]


class Recorded(Block):
    """A number that the task noted in an extra field of the record: a control of what was taken out."""

    def __init__(self, field: str) -> None:
        self.field = field

    def names(self) -> list[str]:
        """The field."""
        return [self.field]

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """``log(1 + value)``; NaN where it is not recorded."""
        value = analysis.article.extra.get(self.field)
        return [math.nan if value is None else math.log1p(float(value))]


class Evened(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Dense columns divided by the root of their number, so that a row weighs about half as much as one of TF-IDF.

    Half was best of .5, 1 and 2 on the folds of FakeNewsAMT and of the German outlets. Beside n-grams of length 1,
    standardised columns would else decide a regularised linear model alone.
    """

    def __init__(self, weight: float = 0.5) -> None:
        self.weight = weight

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn the number of columns."""
        self.scale_ = self.weight / math.sqrt(max(X.shape[1], 1))
        return self

    def transform(self, X: Any) -> np.ndarray:
        """Scaled copy, shape (n, k)."""
        return np.asarray(X * self.scale_, dtype=float)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the input."""
        return np.asarray(input_features, dtype=object)
