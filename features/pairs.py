"""How much of a text stands in its source document: lexical features of one language."""

from __future__ import annotations

import math
from itertools import pairwise

from features.block import Block
from features.text import Analysis, Text

_STEM = 6


def _content(text: Text) -> list[str]:
    """Words that carry content, cut to six letters so that inflection matters little."""
    stop = text.language.function_words
    return [w[:_STEM] for w in text.lower if w[0].isalnum() and w not in stop]


def _share(found: int, of: int) -> float:
    return found / of if of else 0.0


def _names(text: Text) -> list[str]:
    """Capitalised words that begin no sentence."""
    starts = {s.start for s in text.sentences}
    return [t.text.lower() for t in text.tokens if t.text[0].isupper() and t.start not in starts]


def _longest_run(words: list[str], source: list[str]) -> int:
    """Length of the longest stretch of words that the source has, too; linear by indexing word pairs."""
    positions: dict[str, list[int]] = {}
    for i, word in enumerate(source):
        if len(positions.setdefault(word, [])) < 50:
            positions[word].append(i)
    best = 0
    ends: dict[int, int] = {}
    for word in words:
        ends = {p: ends.get(p - 1, 0) + 1 for p in positions.get(word, ())}
        best = max([best, *ends.values()])
    return best


class SourcePairs(Block):
    """Overlap and novelty of the body against the source: what is not there, and how it is spread.

    NaN for articles without a source. Every feature is a share 0..1 unless its name says otherwise; "novel" is what
    the source lacks. Sentences of the source are compared by content words (idf over the source's own sentences).
    """

    def names(self) -> list[str]:
        """Names of the columns."""
        return [
            "novel_words",
            "novel_content",
            "novel_pairs",
            "novel_triples",
            "novel_names",
            "novel_figures",
            "count_novel_content",
            "count_novel_names",
            "count_novel_figures",
            "longest_run",
            "best_sentence",
            "mean_best_sentence",
            "second_best_sentence",
            "spread",
            "position_of_best",
            "negations_differ",
            "log_words",
            "log_source_words",
            "idf_covered",
            "first_novel_name",
            "content_words_far_apart",
        ]

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Values of one article."""
        if not analysis.article.source:
            return [math.nan] * len(columns)
        body, source = analysis.body, analysis.source
        content, given = _content(body), _content(source)
        words = [w for w in body.lower if w[0].isalnum()]
        source_words = [w for w in source.lower if w[0].isalnum()]
        vocabulary, given_set = set(source_words), set(given)
        pairs, given_pairs = list(pairwise(words)), set(pairwise(source_words))
        triples = list(zip(words, words[1:], words[2:], strict=False))
        given_triples = set(zip(source_words, source_words[1:], source_words[2:], strict=False))
        names = _names(body)
        new_names = [n for n in names if n not in vocabulary]
        values = {f.value for f in source.figures}
        written = {t for t in source.lower if t[0].isdigit()}
        new_figures = [f for f in body.figures if f.value not in values and body.raw[f.start : f.end] not in written]
        new_content = sum(w not in given_set for w in content)
        scores = _sentence_scores(content, source)
        return [
            _share(sum(w not in vocabulary for w in words), len(words)),
            _share(new_content, len(content)),
            _share(sum(p not in given_pairs for p in pairs), len(pairs)),
            _share(sum(t not in given_triples for t in triples), len(triples)),
            _share(len(new_names), len(names)),
            _share(len(new_figures), len(body.figures)),
            float(new_content),
            float(len(new_names)),
            float(len(new_figures)),
            _share(_longest_run(words, source_words), len(words)),
            *scores,
            float(_negations(body) != 0) - float(_negations(source) != 0),
            math.log1p(len(words)),
            math.log1p(len(source_words)),
            _idf_covered(content, source),
            float(bool(names) and names[0] not in vocabulary),
            _far_apart(content, given),
        ]


def _negations(text: Text) -> int:
    return sum(word in text.language.negations for word in text.lower)


def _sentence_scores(content: list[str], source: Text) -> list[float]:
    """Share of content words in the best source sentence, mean of the best three, the second best, spread and place."""
    wanted = set(content)
    stop = source.language.function_words
    shares = []
    for start, end in source.sentences:
        have = {source.lower[i][:_STEM] for i in source.tokens_in(start, end) if source.lower[i] not in stop}
        shares.append(_share(len(wanted & have), len(wanted)))
    if not shares:
        return [0.0] * 5
    ranked = sorted(shares, reverse=True)
    top = ranked[:3]
    second = ranked[1] if len(ranked) > 1 else 0.0
    return [ranked[0], sum(top) / len(top), second, ranked[0] - second, shares.index(ranked[0]) / len(shares)]


def _idf_covered(content: list[str], source: Text) -> float:
    """Weight of the content words that the source has, rare ones (in few source sentences) counting more."""
    n = max(len(source.sentences), 1)
    df: dict[str, int] = {}
    for start, end in source.sentences:
        for word in {source.lower[i][:_STEM] for i in source.tokens_in(start, end)}:
            df[word] = df.get(word, 0) + 1
    total = sum(math.log((1 + n) / (1 + df.get(w, 0))) + 1 for w in content)
    return sum(math.log((1 + n) / (1 + df[w])) + 1 for w in content if w in df) / total if total else 0.0


def _far_apart(content: list[str], given: list[str]) -> float:
    """Median distance, in source words, between the places of neighbouring content words (log); 0 if all are near."""
    places: dict[str, int] = {}
    for i, word in enumerate(given):
        places.setdefault(word, i)
    gaps = sorted(abs(places[a] - places[b]) for a, b in pairwise(w for w in content if w in places))
    return math.log1p(gaps[len(gaps) // 2]) if gaps else 0.0
