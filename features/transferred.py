"""A translation beside its source: what can be compared without a dictionary.

Figures, names, signs and lengths stay much the same when a text is translated; what is missing on one side is a
sign of an omission or addition.
"""

from __future__ import annotations

import math

from features.block import Block
from features.crosslingual_facts import source_facts
from features.factual.figures import rounding
from features.statements import statements_of
from features.text import Analysis, Text

_SIGNS = '.,;:!?()-–"“'


def _capitals(text: Text) -> set[str]:
    """Words with a capital or digit, cut to five letters, without those that begin a sentence."""
    starts = {s.start for s in text.sentences}
    return {
        t.text.lower()[:5]
        for t in text.tokens
        if (t.text[0].isupper() and t.start not in starts) or (len(t.text) > 3 and t.text.isupper())
    }


def _trigrams(text: Text) -> set[str]:
    words = [w for w in text.lower if len(w) > 3 and w.isalpha()]
    return {w[i : i + 4] for w in words for i in range(len(w) - 3)}


class Transferred(Block):
    """Ratios of length, figures and names on either side only, kept strings, signs; NaN without a source."""

    def names(self) -> list[str]:
        """Names of the columns."""
        own = ["log_words", "log_source_words", "ratio_words", "ratio_letters", "ratio_sentences", "ratio_far"]
        facts = [
            "figures_lost",
            "figures_added",
            "n_figures",
            "names_lost",
            "n_names",
            "capitals_kept",
            "trigrams_kept",
        ]
        more = ["long_words", "words_per_sentence", "repeated", "copied_words", "quotes_differ"]
        return [*own, *facts, *more, *(f"sign_{i}" for i in range(len(_SIGNS)))]

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Values of one segment."""
        if not analysis.article.source:
            return [math.nan] * len(columns)
        body, source = analysis.body, analysis.source
        words, given = max(body.n_words, 1), max(source.n_words, 1)
        letters = max(len(body.raw), 1) / max(len(source.raw), 1)
        capitals, kept = _capitals(source), {t.text.lower()[:5] for t in body.tokens}
        lost = [c for c in capitals if c not in kept]
        grams, own = _trigrams(source), _trigrams(body)
        content = [w for w in body.lower if w.isalpha() and len(w) > 3]
        source_words = {w for w in source.lower if w.isalpha() and len(w) > 3}
        return [
            math.log(words),
            math.log(given),
            words / given,
            letters,
            len(body.sentences) / max(len(source.sentences), 1),
            abs(math.log(letters / 1.15)),
            *_figures(analysis),
            float(len(lost)),
            float(len(capitals)),
            1 - len(lost) / len(capitals) if capitals else 1.0,
            len(grams & own) / max(len(grams), 1),
            sum(len(w) > 14 for w in body.lower) / words,
            words / max(len(body.sentences), 1),
            1 - len(set(content)) / max(len(content), 1),
            sum(w in source_words for w in content) / max(len(content), 1),
            float(abs(len(body.quotations) - len(source.quotations))),
            *(float(body.raw.count(s) - source.raw.count(s)) for s in _SIGNS),
        ]


def _figures(analysis: Analysis) -> list[float]:
    """Figures of the source that the translation lacks, the reverse, and how many the source has."""
    facts, statements = source_facts(analysis), statements_of(analysis.body)
    own = statements.quantities if statements else []
    years = {float(y.value) for y in statements.years} if statements else set()
    values = {v for q in own for v in (q.value, q.number)} | years
    marks = {m.start: m.value for m in facts.marks if m.value > 1}
    lost = sum(
        value not in values and not any(abs(value - v) <= 0.01 * value for v in values) for value in marks.values()
    )
    given = [m.value for m in facts.marks] + [float(y) for y in facts.years]
    added = sum(not any(abs(q.value - v) <= rounding(q) or q.number == v for v in given) for q in own)
    return [float(lost), float(added), float(len(marks))]
