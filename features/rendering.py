"""How a segment renders its source: lexical translation, coverage, order, copied words, names, numbers, length."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from data.parallel import sentence_pairs
from features.alignment_model import LexicalModel
from features.bilingual import Numbers, Reading, zipf
from features.block import Block
from features.languages import LANGUAGES
from features.text import Analysis, Text

#: Evidence below this counts as "nothing stands for this word".
BARE: Final = 0.02
_PARTS: Final = ("t", "t_content", "s", "s_content", "t_content_known", "s_content_known")
_OF_PART: Final = ("mean", "tenth", "bare", "log_bare")
_WHOLE: Final = (
    *("ibm_forward", "ibm_backward", "ibm_forward_by_source", "ibm_backward_by_target", "related"),
    *("off_diagonal", "backward_steps", "jumps", "copied_lower", "copied", "copied_english"),
    *("names_missing", "n_names_missing", "numbers_missing", "numbers_added"),
    *("log_ratio_words", "log_ratio_characters", "ratio_off", "sentences_differ", "commas_differ"),
    *("quotes_differ", "end_differs", "source_log_words", "source_word_length", "source_zipf", "source_zipf_least"),
    *("source_rare", "source_commas", "source_names", "source_digits"),
)


def word_lists(pairs: list[tuple[str, str]]) -> list[tuple[list[str], list[str]]]:
    """Words, lower case, of English and German sentences."""

    def words(text: str, code: str) -> list[str]:
        return [w for w in Text(text, LANGUAGES[code]).lower if w[0].isalnum()]

    return [(words(english, "en"), words(german, "de")) for english, german in pairs]


@cache
def lexical_models() -> tuple[LexicalModel, LexicalModel]:
    """German given English and English given German, fitted once a process."""
    pairs = word_lists(sentence_pairs())
    return LexicalModel().fit(pairs), LexicalModel().fit([(german, english) for english, german in pairs])


def mean(values: Any, default: float = 0.0) -> float:
    """Mean, or the default where there is nothing."""
    return float(np.mean(values)) if len(values) else default


def quantile(values: Any, share: float, default: float = 0.0) -> float:
    """Quantile, or the default where there is nothing."""
    return float(np.quantile(values, share)) if len(values) else default


class Rendering(Block):
    """Features of a segment and its source; NaN for articles without a source.

    Lexical models come from sentence pairs that are no rows of a task, so that a training row is read as a test row
    is. "Bare" words have no counterpart with evidence of 2 %. What is literal is likely under these models: among good
    translations of one source a higher value is a worse segment, which a model must learn from labels.

    Attributes
    ----------
    forward_, backward_ : LexicalModel
        German given English, and the reverse.
    """

    def names(self) -> list[str]:
        """Names of the columns."""
        return [f"{part}_{value}" for part in _PARTS for value in _OF_PART] + list(_WHOLE)

    def fit(self, X: Any, y: Any = None) -> Self:
        """Fit the lexical models on cached corpora; ``X`` is not read."""
        super().fit(X)
        self.forward_, self.backward_ = lexical_models()
        return self

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Values of one article."""
        reading = Reading(analysis, self.forward_, self.backward_)
        if not reading.s or not reading.t:
            return [math.nan] * len(columns)
        values = [*_evidence(reading), *_models(reading), *_order(reading), *_copies(reading)]
        values += [*_names(reading), *_numbers(reading), *_shape(reading)]
        return values


def _evidence(r: Reading) -> list[float]:
    t, s = r.t_best, r.s_best
    parts = (t, t[r.t_content], s, s[r.s_content], t[r.t_content & r.t_known], s[r.s_content & r.s_known])
    out = []
    for part in parts:
        logs, bare = np.log(np.maximum(part, 1e-3)), part < BARE
        out += [mean(logs, -3.0), quantile(logs, 0.1, -3.0), mean(bare), math.log1p(float(bare.sum()))]
    return out


def _models(r: Reading) -> list[float]:
    """IBM-1 log probability of each side by word, and by word of the other side."""
    forward = np.log(np.maximum(r.forward.mean(axis=1), 1e-5))
    backward = np.log(np.maximum(r.backward.mean(axis=1), 1e-5))
    return [
        float(forward.mean()),
        float(backward.mean()),
        float(forward.sum()) / len(r.s),
        float(backward.sum()) / len(r.t),
        mean(r.related.max(axis=1) > 0.6),
    ]


def _order(r: Reading) -> list[float]:
    """Distance from the diagonal, steps back and jumps of the source places of neighbouring words."""
    sure = r.t_best > 0.1
    places: NDArray[np.int64] = r.link.argmax(axis=1)[sure]
    off = np.abs(places / len(r.s) - np.flatnonzero(sure) / len(r.t))
    steps = np.diff(places)
    return [mean(off), mean(steps < 0, 0.3), mean(np.abs(steps - 1), 1.0)]


def _copies(r: Reading) -> list[float]:
    given = set(r.s)
    copied = [i for i, w in zip(r.t_places, r.t, strict=True) if w in given and len(w) > 3]
    lower = [i for i in copied if r.body.tokens[i].text.islower()]
    english = [i for i in copied if zipf(r.body.lower[i], "en") > zipf(r.body.lower[i], "de") + 1]
    return [len(lower) / len(r.t), len(copied) / len(r.t), len(english) / len(r.t)]


def _names(r: Reading) -> list[float]:
    """Share of rare capitalised source words that the body lacks; number of those whose first four letters it lacks."""
    names = [
        w for i, w in zip(r.s_places, r.s, strict=True) if r.source.tokens[i].text[0].isupper() and zipf(w, "en") < 4.5
    ]
    made = set(r.t)
    heads = {w[:4] for w in made}
    return [mean([w not in made for w in names]), float(sum(w[:4] not in heads for w in names))]


def _numbers(r: Reading) -> list[float]:
    def digits(text: Text) -> list[str]:
        return [re.sub(r"[.,:]", "", w) for w in text.lower if any(map(str.isdigit, w))]

    given, made = digits(r.source), digits(r.body)
    return [float(sum(n not in made for n in given)), float(sum(n not in given for n in made))]


def _shape(r: Reading) -> list[float]:
    body, source = r.body.raw, r.source.raw
    frequencies: Numbers = np.array([zipf(w, "en") for w in r.s])
    ratio = math.log(len(body) / len(source))
    quotes = sum(body.count(c) for c in '"„“”»«') - sum(source.count(c) for c in '"„“”»«')
    return [
        math.log(len(r.t) / len(r.s)),
        ratio,
        # German is about 14 % longer than its English source.
        abs(ratio - 0.13),
        float(len(r.body.sentences) - len(r.source.sentences)),
        (body.count(",") - source.count(",")) / len(r.t),
        float(quotes),
        float(body.rstrip()[-1:] != source.rstrip()[-1:]),
        math.log(len(r.s)),
        mean([len(w) for w in r.s]),
        float(frequencies.mean()),
        float(frequencies.min()),
        mean(frequencies < 3.0),
        source.count(",") / len(r.s),
        mean([token.text[0].isupper() for token in r.source.tokens]),
        mean([w[0].isdigit() for w in r.s]),
    ]
