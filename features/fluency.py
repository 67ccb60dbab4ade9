"""How a German segment reads: surprise under models of newspaper German and of machine German."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, Final, NamedTuple, Self

import numpy as np

from data.parallel import german_news, machine_german
from features.bilingual import Numbers, zipf
from features.block import Block
from features.language_model import LanguageModel
from features.languages import LANGUAGES
from features.rendering import mean, quantile
from features.text import Analysis, Text

_RARE_BITS: Final = 14.0
#: A word form below this frequency is judged by its letters.
_UNKNOWN_ZIPF: Final = 1.5


def model_tokens(text: Text) -> Iterator[tuple[range, list[str]]]:
    """Tokens of each sentence as a language model reads them, with their places; a number is "0"."""
    for start, end in text.sentences:
        places = text.tokens_in(start, end)
        yield places, ["0" if text.lower[i][0].isdigit() else text.lower[i] for i in places]


def _sentences(texts: Sequence[str]) -> list[list[str]]:
    return [tokens for raw in texts for _, tokens in model_tokens(Text(raw, LANGUAGES["de"]))]


class GermanModels(NamedTuple):
    """Words of newspaper German, words of machine German, letters of a word."""

    news: LanguageModel
    machine: LanguageModel
    letters: LanguageModel


@cache
def german_models() -> GermanModels:
    """The three models, fitted once a process on cached corpora."""
    news = _sentences(german_news())
    counts = Counter(w for sentence in news for w in sentence if w[0].isalpha() and len(w) > 3)
    # Once-seen forms are names and typing errors more often than not.
    types = [w for w, count in counts.items() if count > 1]
    return GermanModels(
        LanguageModel(3, least=2).fit(news),
        LanguageModel(3, least=2).fit(_sentences(machine_german())),
        LanguageModel(5).fit([list(w) for w in sorted(types)]),
    )


class Surprise(NamedTuple):
    """By token of a body: bits under both models, and the length of the longest n-gram that newspapers had."""

    news: Numbers
    machine: Numbers
    known: Numbers


def surprise(text: Text, news: LanguageModel, machine: LanguageModel) -> Surprise:
    """Surprise of each token, read sentence by sentence."""
    out = Surprise(*(np.zeros(len(text.tokens)) for _ in range(3)))
    for places, tokens in model_tokens(text):
        if tokens:
            own = slice(places.start, places.stop)
            bits, known = news.both(tokens)
            out.news[own], out.known[own] = bits[:-1], known[:-1]
            out.machine[own] = machine.surprisal(tokens)[:-1]
    return out


def strangeness(word: str, letters: LanguageModel) -> float:
    """Bits a letter of a word form that frequency lists do not have; 0 for a known word or a short one."""
    if len(word) <= 3 or not word.isalpha() or zipf(word, "de") >= _UNKNOWN_ZIPF:
        return 0.0
    return float(letters.surprisal(list(word)).mean())


class Fluency(Block):
    """Surprise, unknown words and repetition of the body; NaN for other languages than German.

    Genuine news is surprising, too: a low surprise is no merit in itself. Names and rare compounds count as unknown.

    Attributes
    ----------
    news_, machine_, letters_ : LanguageModel
    """

    def names(self) -> list[str]:
        """Names of the columns."""
        return [
            *("news_mean", "news_upper_tenth", "news_most", "news_rare", "news_worst_three", "news_worst_sentence"),
            *("unseen_pairs", "unseen_words", "seen_triples", "machine_mean", "news_over_machine"),
            *("zipf_mean", "zipf_zero", "zipf_tenth", "lower_unknown", "strange_most", "strange_sum", "english_words"),
            *("word_length", "pairs_repeated", "words_doubled", "begins_lower", "straight_quotes", "spaced_hyphen"),
        ]

    def fit(self, X: Any, y: Any = None) -> Self:
        """Fit the models on cached corpora; ``X`` is not read."""
        super().fit(X)
        self.news_, self.machine_, self.letters_ = german_models()
        return self

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Values of one article."""
        body = analysis.body
        words = [w for w in body.lower if w[0].isalnum()]
        if analysis.article.language != "de" or not words:
            return [math.nan] * len(columns)
        found = surprise(body, self.news_, self.machine_)
        return [*_bits(found, body), *self._lexicon(words, body), *_form(words, body)]

    def _lexicon(self, words: list[str], body: Text) -> list[float]:
        frequencies = np.array([zipf(w, "de") for w in words])
        strange = [strangeness(w, self.letters_) for w in words]
        lower = [t.text for t in body.tokens if t.text.islower() and len(t.text) > 3]
        english = [len(w) > 2 and zipf(w, "en") > zipf(w, "de") + 0.7 for w in words]
        return [
            float(frequencies.mean()),
            mean(frequencies == 0),
            quantile(frequencies, 0.1),
            float(sum(zipf(w, "de") == 0 for w in lower)) / len(words),
            max(strange),
            sum(strange) / len(words),
            mean(english),
        ]


def _bits(found: Surprise, body: Text) -> list[float]:
    news = found.news
    three = np.convolve(news, np.ones(3) / 3, "valid") if len(news) >= 3 else news
    by_sentence = [mean(news[body.tokens_in(*s).start : body.tokens_in(*s).stop]) for s in body.sentences]
    return [
        mean(news),
        quantile(news, 0.9),
        float(news.max()),
        mean(news > _RARE_BITS),
        float(three.max()),
        max(by_sentence, default=0.0),
        mean(found.known <= 1),
        mean(found.known == 0),
        mean(found.known == 3),
        mean(found.machine),
        mean(news - found.machine),
    ]


def _form(words: list[str], body: Text) -> list[float]:
    pairs = list(pairwise(words))
    return [
        mean([len(w) for w in words]),
        (len(pairs) - len(set(pairs))) / len(words),
        float(sum(a == b for a, b in pairs)) / len(words),
        float(body.raw[:1].islower()),
        float('"' in body.raw),
        float(" - " in body.raw),
    ]
