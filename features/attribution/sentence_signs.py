"""Names of what a sentence holds and what stands around it: the raw material of sentence classifiers.

Three families: ``s:`` signs of saying in the sentence and its neighbours with their combinations, ``l:`` lemmas
and their pairs, ``c:`` clusters of words. A family is scaled on its own, so that many words do not drown few signs.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from features.attribution.reading import Reading

FAMILIES = ("s", "l", "c")
_NEIGHBOURS = ((-2, "pp"), (-1, "p"), (1, "n"))


def sentence_names(reading: Reading, i: int) -> list[str]:
    """Names for sentence ``i`` of a text, each once."""
    span = reading.sentences[i]
    found = [*_signs(reading, i), *_lemmas(reading, span), *_clusters(reading, span)]
    return list(dict.fromkeys(found))


def _signs(reading: Reading, i: int) -> Iterator[str]:
    n = len(reading.sentences)
    own = sorted(reading.flags[i])
    yield from (f"s:{sign}" for sign in own)
    yield from (f"s:{a}&{b}" for a, b in combinations(own, 2))
    for offset, place in _NEIGHBOURS:
        other = reading.flags[i + offset] if 0 <= i + offset < n else frozenset({"edge"})
        yield from (f"s:{place}:{sign}" for sign in other)
        if offset == -1:
            yield from (f"s:{a}&p:{b}" for a in own for b in sorted(other))
    span = reading.sentences[i]
    yield f"s:at={min(i, 5)}"
    yield f"s:from-end={min(n - 1 - i, 2)}"
    for k, place in ((i - 1, "p"), (i, "o"), (i + 1, "n")):
        if 0 <= k < n:
            best = max((reading.known[t].likeness for t in reading.sentences[k]), default=0)
            yield from (f"s:{place}:like>{cut}" for cut in (5, 10, 20, 30, 50) if best > cut)
    if len(span):
        yield f"s:begins={reading.state[span.start] or 'out'}"
        yield f"s:ends={reading.state[span.stop - 1] or 'out'}"
        yield f"s:quoted={min(10, max(reading.quoted[t] for t in span))}"
        yield from _cue(reading, span)
        yield from _clauses(reading, span)


def _cue(reading: Reading, span: range) -> Iterator[str]:
    """The most cue-like word with its neighbours and the verb particle after it."""
    at = max(span, key=lambda t: reading.known[t].likeness)
    if reading.known[at].likeness < 8:
        return
    particle = next((w for w in reversed(reading.words[at + 1 : span.stop]) if w in reading.particles), "")
    yield f"s:cue={reading.lemmas[at]} {particle}"
    yield f"s:before-cue={reading.words[at - 1] if at > span.start else '^'}"
    yield f"s:after-cue={reading.words[at + 1] if at + 1 < span.stop else '$'}"
    where = "early" if at - span.start < 4 else "late" if span.stop - at < 6 else "middle"
    yield f"s:cue-{where}"


def _clauses(reading: Reading, span: range) -> Iterator[str]:
    """First words of clauses, with the best cue of the clause before."""
    start = span.start
    for t in span:
        if reading.words[t] in ",:;" and t + 1 < span.stop:
            cue = max((reading.bands[k] for k in range(start, t)), default="")
            yield f"s:clause={reading.words[t + 1]}"
            yield f"s:clause={cue}>{reading.words[t + 1]}"
            start = t + 1
    for t in span:
        if reading.moods[t]:
            yield f"s:mood={reading.words[t]}"


def _lemmas(reading: Reading, span: range) -> Iterator[str]:
    lemmas = [reading.lemmas[t] for t in span]
    yield from (f"l:{lemma}" for lemma in lemmas)
    yield from (f"l:{a} {b}" for a, b in pairwise(lemmas))
    if lemmas:
        yield f"l:^{lemmas[0]}"


def _clusters(reading: Reading, span: range) -> Iterator[str]:
    for t in span:
        own = reading.known[t].cluster
        if own >= 0:
            yield f"c:{own}"
        if t + 1 < span.stop:
            after = reading.known[t + 1].cluster
            if after >= 0:
                yield f"c:{reading.words[t]}+{after}"
            if own >= 0:
                yield f"c:{own}+{reading.words[t + 1]}"
                if after >= 0:
                    yield f"c:{own}-{after}"
