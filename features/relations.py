"""How a statement relates to the text it is held against: beyond which of its words are new.

Three pairings: body against ``source``, the second line of the body against the first (``lines``), and the
headline against the body (``headline``). Words are compared by stems of six letters, rare ones counting more. A text
that says something else with the words of its source is looked for in the company of its words: do two words that
stand side by side here stand in one sentence there, in the same order, and is a name or figure there met by the
words that are its neighbours here?
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Final, NamedTuple

from features.alignment import STEM, Reference, stems
from features.block import Block
from features.factual.polarity import antonyms
from features.factual.words import words_of
from features.text import Analysis, Span, Text

#: How far the neighbours of a name or figure reach on either side.
_REACH: Final = 4
_MOST: Final = 40


class Sides(NamedTuple):
    """A statement and what it is held against."""

    statement: Text
    span: Span
    premise: Text


def _of_source(analysis: Analysis) -> Sides | None:
    if not analysis.article.source:
        return None
    return Sides(analysis.body, Span(0, len(analysis.body.raw)), analysis.source)


def _of_lines(analysis: Analysis) -> Sides | None:
    first, line_end, second = analysis.article.body.partition("\n")
    if not line_end or not second.strip():
        return None
    language = analysis.language
    return Sides(Text(second, language), Span(0, len(second)), Text(first, language))


def _of_headline(analysis: Analysis) -> Sides | None:
    if not analysis.article.headline:
        return None
    return Sides(analysis.headline, Span(0, len(analysis.headline.raw)), analysis.body)


#: Name of a pairing -> how its sides are found.
PAIRINGS: Final[dict[str, Callable[[Analysis], Sides | None]]] = {
    "source": _of_source,
    "lines": _of_lines,
    "headline": _of_headline,
}


class _Word(NamedTuple):
    stem: str
    kind: str
    at: int


def words_with_kind(text: Text, span: Span) -> list[_Word]:
    """Content words with their kind: "name" (a capital inside a sentence), "figure" or "word"."""
    stop = text.language.function_words
    starts = {s.start for s in text.sentences}
    found = []
    for i in text.tokens_in(*span):
        token, lower = text.tokens[i], text.lower[i]
        if not lower[0].isalnum() or lower in stop:
            continue
        kind = "figure" if lower[0].isdigit() else "word"
        if token.text[0].isupper() and token.start not in starts:
            kind = "name"
        found.append(_Word(lower[:STEM], kind, i))
    return found


def _share(part: float, whole: float, none: float = 0.0) -> float:
    return part / whole if whole else none


class Relations(Block):
    """Coverage by the best sentences, company of names and figures, order of word pairs, polarity.

    Parameters
    ----------
    pairing
        A key of `PAIRINGS`.

    Notes
    -----
    NaN where the pairing has no second side. Shares are 0..1 unless a name begins with ``n_`` or ``log_``.
    """

    def __init__(self, pairing: str = "source") -> None:
        self.pairing = pairing

    def names(self) -> list[str]:
        """Names of the columns."""
        return [f"{self.pairing}_{name}" for name in _NAMES]

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Values of one article."""
        sides = PAIRINGS[self.pairing](analysis)
        if sides is None:
            return [math.nan] * len(columns)
        values = relations(sides)
        return [float(values[name]) for name in _NAMES]


def relation_names() -> tuple[str, ...]:
    """Names of the features of a pair, in order."""
    return _NAMES


def relations(sides: Sides) -> dict[str, float]:
    """All features of a pair."""
    statement, span, premise = sides
    reference = Reference(premise)
    words = words_with_kind(statement, span)
    weights = {w.stem: reference.weight(w.stem) for w in words}
    index = _Index(premise, reference)
    values = _coverage(weights, reference, index)
    values |= _novelty(words, weights, index)
    values |= _company(words, index)
    values |= _order(words, index)
    values |= _polarity(sides, reference)
    return values


class _Index:
    """Places of the stems of a premise: sentence and token of each."""

    def __init__(self, premise: Text, reference: Reference) -> None:
        self.premise = premise
        self.places: dict[str, list[tuple[int, int]]] = {}
        for k, span in enumerate(reference.sentences):
            for i in premise.tokens_in(*span):
                found = self.places.setdefault(premise.lower[i][:STEM], [])
                if len(found) < _MOST:
                    found.append((k, i))
        self.bigrams = set(pairwise(w[:STEM] for w in premise.lower if w[0].isalnum()))
        self.prefixes = {stem[:4] for stem in self.places if len(stem) >= 4}

    def near(self, at: int) -> set[str]:
        """Stems around a token."""
        lower = self.premise.lower
        return {w[:STEM] for w in lower[max(0, at - 2 * _REACH) : at + 2 * _REACH + 1]}


def _coverage(weights: dict[str, float], reference: Reference, index: _Index) -> dict[str, float]:
    """What the best sentence, the best two together, the lead and the whole premise cover of the weight."""
    total = sum(weights.values())
    own = set(weights)

    def weight_of(some: set[str]) -> float:
        return sum(weights[s] for s in some)

    shares = sorted(((weight_of(own & have), k) for k, have in enumerate(reference.stems)), reverse=True)
    best = reference.stems[shares[0][1]] if shares else set()
    second, third = 0.0, 0.0
    rest = own - best
    gains = sorted((weight_of(rest & have) for have in reference.stems), reverse=True)
    if gains:
        second = gains[0]
        third = gains[1] if len(gains) > 1 else 0.0
    lead: set[str] = set().union(*reference.stems[:3]) if reference.stems else set()
    near = weight_of(own & best)
    jaccard = _share(len(own & best), len(own | best))
    return {
        "best": _share(near, total),
        "second_gain": _share(second, total),
        "third_gain": _share(third, total),
        "best_two": _share(near + second, total),
        "lead": _share(weight_of(own & lead), total),
        "whole": _share(weight_of(own & set(index.places)), total),
        "jaccard_best": jaccard,
        "position_of_best": _share(shares[0][1], len(reference.stems)) if shares else 0.0,
        "best_margin": _share(shares[0][0] - shares[1][0], total) if len(shares) > 1 else 1.0,
        "log_sentences": math.log1p(len(reference.stems)),
        "log_words": math.log1p(len(weights)),
        "reverse_best": _share(len(own & best), len(best)),
    }


def _novelty(words: list[_Word], weights: dict[str, float], index: _Index) -> dict[str, float]:
    """New words by kind; whether a new name is added to a known one; runs of new words."""
    new = [w for w in words if w.stem not in index.places]
    by_kind = {kind: [w for w in words if w.kind == kind] for kind in ("name", "figure", "word")}
    flags = [w.stem not in index.places for w in words]
    joined = sum(
        a.kind == b.kind == "name" and b.at == a.at + 1 and fa != fb
        for (a, fa), (b, fb) in pairwise(zip(words, flags, strict=True))
    )
    run = best = 0
    for flag in flags:
        run = run + 1 if flag else 0
        best = max(best, run)
    known_beginning = sum(w.stem[:4] in index.prefixes for w in new if len(w.stem) >= 4)
    values: dict[str, float] = {}
    for kind, found in by_kind.items():
        fresh = [w for w in found if w.stem not in index.places]
        values[f"n_new_{kind}"] = float(len(fresh))
        values[f"new_{kind}"] = _share(len(fresh), len(found))
        values[f"n_{kind}"] = float(len(found))
    return values | {
        "n_new_joined": float(joined),
        "longest_new_run": float(best),
        "new_but_akin": _share(known_beginning, len(new)),
        "first_new": float(bool(flags) and flags[0]),
        "last_new": float(bool(flags) and flags[-1]),
        "max_new_weight": max((weights[w.stem] for w in new), default=0.0),
        "new_bigrams": _share(sum((a.stem, b.stem) not in index.bigrams for a, b in pairwise(words)), len(words) - 1),
    }


def _company(words: list[_Word], index: _Index) -> dict[str, float]:
    """For each known name and figure: which share of its neighbours here are near one of its places there."""
    values: dict[str, float] = {}
    for kind in ("name", "figure", "word"):
        shares = []
        for i, word in enumerate(words):
            places = index.places.get(word.stem)
            if word.kind != kind or not places:
                continue
            mates = {w.stem for w in words[max(0, i - _REACH) : i + _REACH + 1]} - {word.stem}
            mates = {m for m in mates if m in index.places}
            if mates:
                shares.append(max(len(mates & index.near(at)) / len(mates) for _, at in places[:12]))
        values[f"company_{kind}_mean"] = sum(shares) / len(shares) if shares else 0.5
        values[f"company_{kind}_least"] = min(shares, default=0.5)
    return values


def _order(words: list[_Word], index: _Index) -> dict[str, float]:
    """Neighbouring known words: in one sentence there, near each other, in the same order, or reversed."""
    together = same = reverse = near = pairs = 0
    gaps = []
    known = [w for w in words if w.stem in index.places]
    for a, b in pairwise(known):
        if a.stem == b.stem:
            continue
        pairs += 1
        one, two = index.places[a.stem][:12], index.places[b.stem][:12]
        distances = [j - i for k, i in one for m, j in two if k == m]
        if distances:
            together += 1
            closest = min(distances, key=abs)
            same += closest > 0
            reverse += closest < 0
            near += abs(closest) <= 4
            gaps.append(abs(closest))
    return {
        "pairs_together": _share(together, pairs, 1.0),
        "pairs_near": _share(near, pairs, 1.0),
        "pairs_in_order": _share(same, pairs, 1.0),
        "pairs_reversed": _share(reverse, together),
        "n_pairs_apart": float(pairs - together),
        "log_mean_gap": math.log1p(sum(gaps) / len(gaps)) if gaps else 0.0,
    }


def _polarity(sides: Sides, reference: Reference) -> dict[str, float]:
    """Negations and antonyms of the statement and of the sentence that covers it best."""
    statement, span, premise = sides
    k, _, _ = reference.best(stems(statement, span))
    words = words_of(statement.language.code)
    negators = words.negators if words else statement.language.negations
    place = reference.sentences[k] if k >= 0 else Span(0, 0)
    own = sum(statement.lower[i] in negators for i in statement.tokens_in(*span))
    other = sum(premise.lower[i] in negators for i in premise.tokens_in(*place))
    anywhere = sum(w in negators for w in premise.lower)
    clash = agree = 0
    for pair in antonyms(statement.language.code):
        for one, two in (pair, pair[::-1]):
            if one.search(statement.raw, *span):
                clash += bool(two.search(premise.raw, *place)) and not one.search(premise.raw, *place)
                agree += bool(one.search(premise.raw, *place))
    return {
        "n_negations": float(own),
        "n_negations_of_best": float(other),
        "negation_differs": float((own > 0) != (other > 0)),
        "negation_only_here": float(own > 0 and anywhere == 0),
        "n_antonyms": float(clash),
        "n_antonyms_agree": float(agree),
    }


_NAMES: Final = (
    *("best", "second_gain", "third_gain", "best_two", "lead", "whole", "jaccard_best", "position_of_best"),
    *("best_margin", "log_sentences", "log_words", "reverse_best"),
    *(f"{a}{kind}" for kind in ("name", "figure", "word") for a in ("n_new_", "new_", "n_")),
    *("n_new_joined", "longest_new_run", "new_but_akin", "first_new", "last_new", "max_new_weight", "new_bigrams"),
    *(f"company_{kind}_{a}" for kind in ("name", "figure", "word") for a in ("mean", "least")),
    *("pairs_together", "pairs_near", "pairs_in_order", "pairs_reversed", "n_pairs_apart", "log_mean_gap"),
    *("n_negations", "n_negations_of_best", "negation_differs", "negation_only_here", "n_antonyms", "n_antonyms_agree"),
)
