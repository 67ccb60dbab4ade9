"""Derive the word tables ``words-*.tsv``: run by hand, ``python -m features.attribution.learn_words de``.

Words are placed by what stands around them in newspaper text (positive pointwise mutual information with the 3,000
most frequent words at distances -2 to 2, cut to 100 dimensions: Levy, Goldberg and Dagan 2015). The table keeps two
things of that: a cluster, and how like a cue a word is, by a logistic regression on the train parts of the annotated
corpora. No text is kept. German reads FANG-COVID and the train part of the Wikinews quotations, English the train
parts of PolNeAR and DeFacto.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy import sparse

from data.arrow import articles
from data.schema import Article

_TOKEN: Final = re.compile(r"\w+(?:[-’'‑]\w+)*|[^\w\s]")
_TEXTS: Final = {
    "de": (("fang-covid", "all", "body"), ("wikinews-quotations-de", "train", "body")),
    "en": (("polnear", "train", "body"), ("defacto", "train", "source")),
}
_LABELLED: Final = {"de": "wikinews-quotations-de", "en": "polnear"}
_WORDS: Final = {"de": 25_000, "en": 12_000}
_MIN_COUNT: Final = 8
_CONTEXT: Final = 3_000
_CLUSTERS: Final = 400


def _tokens(text: str) -> list[str]:
    return [w.lower() if not w[0].isdigit() else "0" for w in _TOKEN.findall(text)]


def vectors(documents: list[list[str]], vocabulary: list[str]) -> Any:
    """Unit vectors of words, shape (n_words, 100)."""
    from sklearn.utils.extmath import randomized_svd

    index = {word: i for i, word in enumerate(vocabulary)}
    n_context = min(_CONTEXT, len(vocabulary))
    gap = [-1, -1]
    line = np.array([i for d in documents for i in [*(index.get(w, -1) for w in d), *gap]])
    shape = (len(vocabulary), 4 * n_context)
    counts: Any = sparse.csr_matrix(np.zeros((0, shape[1]), dtype=np.float32))
    counts.resize(shape)
    for k, offset in enumerate((-2, -1, 1, 2)):
        a, b = line[max(0, -offset) : len(line) - max(0, offset)], line[max(0, offset) : len(line) - max(0, -offset)]
        kept = (a >= 0) & (b >= 0) & (b < n_context)
        ones = np.ones(int(kept.sum()), dtype=np.float32)
        counts = counts + sparse.coo_matrix((ones, (a[kept], b[kept] + k * n_context)), shape=shape).tocsr()
    rows, columns = np.asarray(counts.sum(axis=1)).ravel(), np.asarray(counts.sum(axis=0)).ravel() ** 0.75
    cells = counts.tocoo()
    values = np.log(cells.data / (rows[cells.row] * (columns / columns.sum())[cells.col] + 1e-9))
    kept = values > 0
    ppmi = sparse.csr_matrix((values[kept], (cells.row[kept], cells.col[kept])), shape=counts.shape)
    left, strength, _ = randomized_svd(ppmi, 100, n_iter=4, random_state=0)
    found = left * np.sqrt(strength)
    return found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-9)


def cue_likeness(rows: list[Article], vocabulary: list[str], places: Any) -> Any:
    """Probability of each word of the vocabulary to be part of a cue, shape (n_words,)."""
    from sklearn.linear_model import LogisticRegression

    index = {word: i for i, word in enumerate(vocabulary)}
    seen, cues = Counter[int](), Counter[int]()
    for row in rows:
        spans = [(r.start, r.end) for f in row.findings for r in f.related if r.role == "cue"]
        for match in _TOKEN.finditer(row.body):
            if (i := index.get(match.group().lower(), -1)) >= 0:
                seen[i] += 1
                cues[i] += any(start <= match.start() < end for start, end in spans)
    known = sorted(seen)
    X, half = np.vstack([places[known]] * 2), len(known)
    weight = np.sqrt(np.array([*(cues[i] for i in known), *(seen[i] - cues[i] for i in known)], dtype=float))
    y = np.r_[np.ones(half), np.zeros(half)]
    return LogisticRegression(C=10, max_iter=500).fit(X, y, weight).predict_proba(places)[:, 1]


def main(language: str) -> None:
    """Write the table of one language."""
    from sklearn.cluster import MiniBatchKMeans

    texts = [a.text(part) for name, split, part in _TEXTS[language] for a in articles(name, split)]
    documents = [_tokens(text) for text in texts]
    counts = Counter(word for document in documents for word in document)
    ranked = sorted((w for w, n in counts.items() if n >= _MIN_COUNT), key=lambda w: (-counts[w], w))
    vocabulary = ranked[: _WORDS[language]]
    places = vectors(documents, vocabulary)
    likeness = cue_likeness(articles(_LABELLED[language], "train"), vocabulary, places)
    groups = MiniBatchKMeans(_CLUSTERS, random_state=0, batch_size=4096, n_init=1, max_iter=40).fit_predict(places)
    lines = (f"{w}\t{g}\t{round(100 * p)}\n" for w, g, p in zip(vocabulary, groups, likeness, strict=True))
    path = Path(__file__).with_name(f"words-{language}.tsv")
    head = "# word, cluster of words in like surroundings, likeness to a cue in percent; made by learn_words.py\n"
    path.write_text(head + "".join(sorted(lines)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
