"""Who speaks a given quotation: a classifier of tokens around it, one for each role.

Tokens of the sentences from two before the quotation to one after it are candidates; the likeliest token
is widened to its likely neighbours. A role whose likeliest token stays below the floor is left empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.base import BaseEstimator
from sklearn.feature_extraction import FeatureHasher
from sklearn.linear_model import SGDClassifier

from features.attribution.reading import Reading
from features.attribution.token_names import shape_of

_COLUMNS: Final = 1 << 18
_BEFORE, _AFTER = 2, 1
#: A neighbour belongs to the span if it reaches this share of the likeliest token's probability.
_WIDEN: Final = 0.3
#: A span has no more tokens than this.
_LONGEST: Final = 14


class Asked(NamedTuple):
    """A quotation as token numbers, with its form; ``others`` are the tokens of the other quotations of the text."""

    form: str
    inside: frozenset[int]
    others: frozenset[int] = frozenset()

    @property
    def first(self) -> int:
        """First token."""
        return min(self.inside)

    @property
    def last(self) -> int:
        """Last token."""
        return max(self.inside)


def sentence_numbers(reading: Reading) -> list[int]:
    """Number of the sentence of each token (that of the token before, where it is in none)."""
    numbers, current = [0] * len(reading.tokens), 0
    starts = {span.start: i for i, span in enumerate(reading.sentences) if len(span)}
    for t in range(len(numbers)):
        current = starts.get(t, current)
        numbers[t] = current
    return numbers


def candidates(reading: Reading, asked: Asked, sentence: Sequence[int]) -> range:
    """Tokens that may belong to a role."""
    low = max(0, sentence[asked.first] - _BEFORE)
    high = min(len(reading.sentences) - 1, sentence[asked.last] + _AFTER)
    return range(reading.sentences[low].start, max(reading.sentences[high].stop, asked.last + 1))


def _near(reading: Reading, t: int) -> Iterator[str]:
    """Words around a token."""
    n = len(reading.tokens)
    yield f"w={reading.words[t]}"
    yield f"e={reading.words[t][-3:]}"
    for offset in (-2, -1, 0, 1, 2):
        k = t + offset
        if 0 <= k < n:
            yield f"sh{offset}={shape_of(reading.tokens[k].text)}"
            yield f"k{offset}={reading.known[k].cluster}"
            if offset:
                yield f"w{offset}={reading.words[k]}"


def _region(asked: Asked, sentence: Sequence[int], t: int) -> str:
    """Where a token stands as seen from the quotation."""
    if t in asked.inside:
        return "in"
    first, last = sentence[asked.first], sentence[asked.last]
    if asked.first < t < asked.last:
        return "between"
    side = "before" if t < asked.first else "after"
    if t in asked.others:
        side += "-quoted"
    return side if first <= sentence[t] <= last else f"{side}{min(2, max(first - sentence[t], sentence[t] - last))}"


def _cue_of(reading: Reading, tokens: Sequence[int]) -> int:
    """The most cue-like token, -1 if none is like one."""
    best = max(tokens, key=lambda k: reading.known[k].likeness, default=-1)
    return best if best >= 0 and reading.known[best].likeness >= 5 else -1


def names_of(reading: Reading, asked: Asked, sentence: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
    """Candidate tokens with their names."""
    span = candidates(reading, asked, sentence)
    own = [t for t in span if sentence[asked.first] <= sentence[t] <= sentence[asked.last]]
    outside = [t for t in own if t not in asked.inside]
    cue = _cue_of(reading, outside)
    inner = _cue_of(reading, own) if cue < 0 else cue
    mentions = Counter(reading.words)
    has_name = any(reading.tokens[t].text[0].isupper() for t in outside if reading.tokens[t].text[0].isalpha())
    nested = asked.inside <= asked.others
    frame = f"{min(len(outside), 12) // 3}{has_name:d}{cue >= 0:d}{nested:d}"
    for t in span:
        region = _region(asked, sentence, t)
        near = list(_near(reading, t))
        kind = f"{shape_of(reading.tokens[t].text)}{reading.state[t]}"
        distance = min(8, min(abs(t - asked.first), abs(t - asked.last)) // 2)
        to_cue = max(-9, min(9, t - inner)) if inner >= 0 and abs(t - inner) < 30 else "none"
        begins = t == reading.sentences[sentence[t]].start
        shared = [f"{region}", f"{region}|{frame}", f"{region}|{asked.form}|{frame}", f"{region}|{kind}|{frame}"]
        shared += [f"{region}|d{distance}", f"cue{to_cue}", f"{region}|cue{to_cue}", f"{kind}|cue{to_cue}"]
        shared += [f"{asked.form}|cue{to_cue}|{kind}", f"{region}|begins{begins:d}|{asked.form}"]
        side = "none" if inner < 0 else "at" if t == inner else "left" if t < inner else "right"
        gap = range(min(t, inner) + 1, max(t, inner)) if inner >= 0 else range(0)
        commas = min(2, sum(reading.words[k] == "," for k in gap)) if len(gap) < 30 else 3
        before = reading.words[t - 1] if t else "^"
        often = min(3, mentions[reading.words[t]])
        shared += [f"{region}|{side}|c{commas}|{kind}"]
        shared += [f"{region}|{side}|{before}|c{commas}", f"{region}|{kind}|often{often}|{frame}"]
        own_place = t - reading.sentences[sentence[t]].start
        shared += [f"{region}|at{min(own_place, 6)}|{kind}", f"{region}|b={reading.bands[t]}|{frame}"]
        yield t, ["bias", *shared, *near, *(f"{region}|{name}" for name in near)]


class Pointer(BaseEstimator):  # type: ignore[misc]
    """Finds the tokens of one role of a quotation.

    Parameters
    ----------
    floor
        Probability that the likeliest token must reach; below it the role is empty.
    loose
        Whether the role may have gaps: then it is every token that reaches half, and the likeliest one.
    """

    def __init__(self, floor: float = 0.2, loose: bool = False, seed: int = 0) -> None:
        self.floor = floor
        self.loose = loose
        self.seed = seed

    def fit(self, X: Sequence[tuple[Reading, Asked]], y: Sequence[frozenset[int]]) -> Self:
        """Learn from quotations and the tokens of their role."""
        labels: list[bool] = []

        def rows() -> Iterator[list[str]]:
            for (reading, asked), gold in zip(X, y, strict=True):
                for t, names in names_of(reading, asked, sentence_numbers(reading)):
                    labels.append(t in gold)
                    yield names

        matrix = _hashed(rows())
        model = SGDClassifier(loss="log_loss", alpha=1e-5, max_iter=6, tol=None, average=True, random_state=self.seed)
        model.fit(matrix, np.array(labels))
        self.columns_ = np.flatnonzero(model.coef_[0])
        self.weights_ = model.coef_[0][self.columns_].astype(np.float32)
        self.offset_ = float(model.intercept_[0])
        return self

    def scores(self, reading: Reading, asked: Asked, sentence: Sequence[int]) -> tuple[list[int], NDArray[np.float64]]:
        """Candidate tokens and their probabilities."""
        pairs = list(names_of(reading, asked, sentence))
        weights = self.__dict__.get("_dense")
        if weights is None:
            weights = np.zeros(_COLUMNS)
            weights[self.columns_] = self.weights_
            self.__dict__["_dense"] = weights
        margins = _hashed(names for _, names in pairs) @ weights + self.offset_
        return [t for t, _ in pairs], np.asarray(expit(margins))

    def __getstate__(self) -> dict[str, Any]:
        """Fitted state without the unpacked weights."""
        return {key: value for key, value in super().__getstate__().items() if key != "_dense"}

    def point(self, reading: Reading, asked: Asked, sentence: Sequence[int], sure: bool = False) -> list[int]:
        """Tokens of the role, none if there is no role; ``sure`` says that there is one."""
        tokens, scores = self.scores(reading, asked, sentence)
        if not len(scores):
            return []
        best = int(np.argmax(scores))
        if scores[best] < self.floor and not sure:
            return []
        if self.loose:
            return [t for t, score in zip(tokens, scores, strict=True) if score >= min(0.5, scores[best])]
        low = high = best
        cut = _WIDEN * scores[best]
        while low > 0 and scores[low - 1] >= cut and high - low < _LONGEST:
            low -= 1
        while high + 1 < len(scores) and scores[high + 1] >= cut and high - low < _LONGEST:
            high += 1
        return tokens[low : high + 1]


def _hashed(rows: Iterator[list[str]]) -> Any:
    return FeatureHasher(_COLUMNS, input_type="string", alternate_sign=False).transform(rows)
