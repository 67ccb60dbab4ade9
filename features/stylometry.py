"""How a text is written, apart from what it says: length, typography, style."""

from __future__ import annotations

import math
import statistics

from features.block import Block
from features.languages import LANGUAGES
from features.text import Analysis

#: Signs whose rates are columns of their own.
_SIGNS = ".,;:!?-–—…()[]/%&*\"'„“”»«‚‘’€$°|#@"
_WINDOW = 50


class Length(Block):
    """Length of body and headline: the control that every task prints."""

    def names(self) -> list[str]:
        """Logarithms of words, characters and sentences."""
        return ["log_words", "log_characters", "log_sentences", "log_headline_words"]

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """``log(1 + count)`` of each."""
        body = analysis.body
        counts = (body.n_words, len(body.raw), len(body.sentences), analysis.headline.n_words)
        return [math.log1p(count) for count in counts]


class Typography(Block):
    """Signs, digits, capitals and white space per 1000 characters, and no word: a control."""

    def names(self) -> list[str]:
        """One column a sign."""
        return [f"sign_{ord(sign):04x}" for sign in _SIGNS] + ["digits", "capitals", "line_ends", "double_spaces"]

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Rates per 1000 characters of the body."""
        text = analysis.body.raw
        counts = [text.count(sign) for sign in _SIGNS]
        counts += [sum(map(str.isdigit, text)), sum(map(str.isupper, text)), text.count("\n"), text.count("  ")]
        return [1000.0 * count / max(len(text), 1) for count in counts]


class Position(Block):
    """Where a sentence stands in its article: a control of sentence tasks.

    Read from the extra fields ``position`` and ``n_in_group`` that the sentence tasks set; NaN elsewhere.
    """

    def names(self) -> list[str]:
        """Index from the start, from the end, and their ratio."""
        return ["from_start", "from_end", "relative"]

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Logarithmic indices and the relative position 0..1."""
        extra = analysis.article.extra
        if "position" not in extra:
            return [math.nan] * 3
        index, size = float(extra["position"]), float(extra["n_in_group"])
        return [math.log1p(index), math.log1p(size - 1 - index), index / max(size - 1, 1)]


class Stylometry(Block):
    """Sentence and word lengths, variety, and the rate of each function word.

    The moving-average type-token ratio is that of Covington and McFall (2010), window 50 words;
    texts shorter than the window give NaN. Rates are per 1000 words. For a language without a file all columns are NaN.
    """

    def names(self) -> list[str]:
        """Statistics, then the function words of all languages."""
        words = sorted({w for language in LANGUAGES.values() for w in language.function_words})
        shape = [
            "words_per_sentence",
            "sd_words_per_sentence",
            "letters_per_word",
            "long_words",
            "mattr",
            "paragraph_words",
        ]
        shape += ["share_function_words", "share_quoted", "figures", "capitalised"]
        return shape + [f"word_{word}" for word in words]

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Values of one article."""
        body = analysis.body
        if not analysis.known_language or not body.n_words:
            return [math.nan] * len(columns)
        words = [w for w in body.lower if w[0].isalpha()] or [""]
        per_sentence = [sum(body.tokens[i].text[0].isalnum() for i in body.tokens_in(*s)) for s in body.sentences]
        rate = 1000.0 / body.n_words
        counts: dict[str, int] = {}
        for word in words:
            counts[word] = counts.get(word, 0) + 1
        shape = [
            statistics.fmean(per_sentence),
            statistics.pstdev(per_sentence),
            sum(map(len, words)) / len(words),
            rate * sum(len(w) > 12 for w in words),
            mattr(words),
            body.n_words / max(len(body.paragraphs), 1),
            sum(counts.get(w, 0) for w in body.language.function_words) / len(words),
            sum(q.end - q.start for q in body.quotations) / len(body.raw),
            rate * len(body.figures),
            rate * sum(t.text[0].isupper() for t in body.tokens),
        ]
        own = body.language.function_words
        return shape + [rate * counts.get(c[5:], 0) if c[5:] in own else 0.0 for c in columns[len(shape) :]]


def mattr(words: list[str]) -> float:
    """Moving-average type-token ratio over windows of 50 words; NaN for a shorter text.

    Linear in the text: the window's counts are kept while it moves.
    """
    if len(words) < _WINDOW:
        return math.nan
    counts: dict[str, int] = {}
    total = 0
    for i, word in enumerate(words):
        counts[word] = counts.get(word, 0) + 1
        if i >= _WINDOW:
            old = words[i - _WINDOW]
            counts[old] -= 1
            if not counts[old]:
                del counts[old]
        if i >= _WINDOW - 1:
            total += len(counts)
    return total / (len(words) - _WINDOW + 1) / _WINDOW
