"""Names of what is so at a token, for taggers of quotations, cues and sources.

Four layers: the sentence with its neighbours, the clause with its neighbours, a window of words, and the token itself.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from features.attribution.reading import MARK, Reading

_BREAKS: Final = frozenset(",;:–()")
_WINDOW: Final = (-3, -2, -1, 1, 2, 3)


class _Clause(NamedTuple):
    tokens: range
    mood: str
    cue: str
    first: str


_NONE: Final = _Clause(range(0), "^", "^", "^")


def shape_of(text: str) -> str:
    """Coarse form of a token: "9", "XX", "Xx", "x", or the sign itself."""
    if text[0].isdigit():
        return "9"
    if not text[0].isalpha():
        return text
    return "XX" if text.isupper() and len(text) > 1 else "Xx" if text[0].isupper() else "x"


def token_names(reading: Reading) -> list[list[str]]:
    """Names for each token of a text, in order; tokens outside all sentences have one name only."""
    rows: list[list[str]] = [["outside"] for _ in reading.tokens]
    shapes = [shape_of(t.text) for t in reading.tokens]
    for i, span in enumerate(reading.sentences):
        around = _sentence(reading, i)
        clauses = _clauses(reading, span)
        for k, clause in enumerate(clauses):
            shared = around + _clause(clauses, k)
            last = clause.tokens.stop - 1
            for t in clause.tokens:
                place = "first" if t == clause.tokens.start else "last" if t == last else "middle"
                rows[t] = [*shared, f"in-clause={place}", *_token(reading, t), *_around(reading, shapes, t)]
        if len(span):
            rows[span.start].append("begins")
            rows[span.stop - 1].append("ends")
    return rows


def _sentence(reading: Reading, i: int) -> list[str]:
    n, span = len(reading.sentences), reading.sentences[i]
    names = [f"s={sign}" for sign in sorted(reading.flags[i])]
    names += [f"sp={sign}" for sign in sorted(reading.flags[i - 1])] if i else ["sp=edge"]
    names += [f"sn={sign}" for sign in sorted(reading.flags[i + 1])] if i + 1 < n else ["sn=edge"]
    own, before = reading.flags[i], reading.flags[i - 1] if i else frozenset()
    mood = "moodK" in own or "moodk" in own
    said = "say" in before or "FRAME" in before
    names.append(f"sum={mood:d}{'say' in own:d}{'FRAME' in own:d}{said:d}{'moodK' in before:d}")
    names.append(f"at={min(i, 2)}/{min(n - 1 - i, 1)}")
    if len(span):
        names.append(f"starts={reading.words[span.start]}")
        names.append(f"starts2={' '.join(reading.words[span.start : span.start + 2])}")
    return names


def _clauses(reading: Reading, span: range) -> list[_Clause]:
    """Stretches between commas and like signs, the sign at their end."""
    borders = [t + 1 for t in span if reading.words[t] in _BREAKS or reading.words[t] == MARK]
    found = []
    for start, stop in zip([span.start, *borders], [*borders, span.stop], strict=True):
        if start < stop:
            tokens = range(start, stop)
            mood = "".join(sorted({reading.moods[t] for t in tokens} - {""}))
            cue = max((reading.bands[t] for t in tokens), default="")
            found.append(_Clause(tokens, mood, cue, reading.words[start]))
    return found


def _clause(clauses: list[_Clause], k: int) -> list[str]:
    own = clauses[k]
    before = clauses[k - 1] if k else _NONE
    after = clauses[k + 1] if k + 1 < len(clauses) else _NONE
    earlier = max((c.cue for c in clauses[:k]), default="")
    later = max((c.cue for c in clauses[k + 1 :]), default="")
    return [
        f"cm={own.mood}", f"cc={own.cue}", f"cf={own.first}",
        f"cm-={before.mood}", f"cc-={before.cue}", f"cf-={before.first}",
        f"cm+={after.mood}", f"cc+={after.cue}", f"cf+={after.first}",
        f"cf|cc-={own.first}|{before.cue}", f"cm|cc+={own.mood}|{after.cue}",
        f"earlier={earlier}", f"later={later}", f"cf|earlier={own.first}|{earlier}", f"clause={min(k, 4)}",
    ]  # fmt: skip


def _token(reading: Reading, t: int) -> list[str]:
    word, known = reading.words[t], reading.known[t]
    names = [f"w={word}", f"l={reading.lemmas[t]}", f"e={word[-3:]}", f"sh={shape_of(reading.tokens[t].text)}"]
    names += [f"m={reading.moods[t]}", f"q={reading.state[t]}", f"ql={min(9, reading.quoted[t] // 2)}"]
    names.append(f"b={reading.bands[t]}")
    if known.cluster >= 0:
        names.append(f"k={known.cluster}")
    return names


def _around(reading: Reading, shapes: list[str], t: int) -> list[str]:
    words, names = reading.words, []
    for offset in _WINDOW:
        k = t + offset
        if not 0 <= k < len(words):
            continue
        if abs(offset) < 3:
            names += [f"w{offset}={words[k]}", f"sh{offset}={shapes[k]}", f"q{offset}={reading.state[k]}"]
        if abs(offset) == 1:
            names.append(f"l{offset}={reading.lemmas[k]}")
            if reading.known[k].cluster >= 0:
                names.append(f"k{offset}={reading.known[k].cluster}")
        if reading.bands[k]:
            names.append(f"b{offset}={reading.bands[k]}")
        if reading.moods[k]:
            names.append(f"m{offset}={reading.moods[k]}")
    if t:
        names.append(f"w-w={words[t - 1]} {words[t]}")
    if t + 1 < len(words):
        names.append(f"ww+={words[t]} {words[t + 1]}")
    return names
