"""A text read for who says what: tokens with lemma, mood and likeness to a cue, and what is between quotation marks.

Quotation marks of every style count alike, so that a change of glyphs changes nothing: which way a mark
opens is read from the space around it. Linear in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from features.attribution.words import Word, band, lemma, mood, word, word_list
from features.languages import LANGUAGES
from features.text import Span, Text, Token

DOUBLE: Final = frozenset('„“”"»«‟')
_SINGLE: Final = frozenset("‚‘’'›‹")
#: What every quotation mark is written as in features.
MARK: Final = '"'
#: A quotation that is not closed after so many tokens is taken as ended.
_LONGEST: Final = 150


@dataclass(frozen=True, slots=True)
class Reading:
    """Parallel lists over the tokens of a text, and its sentences as ranges of tokens.

    ``words`` is lower case with one kind of quotation mark; ``state`` is "(" at an opening mark, ")" at a closing
    one, "in" between them, "" outside; ``quoted`` is the number of tokens between the marks, 0 outside.
    """

    tokens: list[Token]
    words: list[str]
    lemmas: list[str]
    moods: list[str]
    known: list[Word]
    bands: list[str]
    state: list[str]
    quoted: list[int]
    sentences: list[range]
    flags: list[frozenset[str]]
    particles: frozenset[str]


def quote_states(raw: str, tokens: list[Token]) -> list[str]:
    """State of each token between quotation marks (see `Reading`)."""
    states = [""] * len(tokens)
    opened, since = "", 0
    for i, (text, start, end) in enumerate(tokens):
        kind = "d" if text in DOUBLE else "s" if text in _SINGLE else ""
        if opened and (i - since > _LONGEST):
            opened = ""
        if not kind or (opened and kind != opened):
            states[i] = "in" if opened else ""
            continue
        opens = (not start or not raw[start - 1].isalnum()) and raw[end : end + 1].strip() != ""
        if text in "„‚" or (not opened and opens):
            states[i], opened, since = "(", kind, i
        elif opened:
            states[i], opened = ")", ""
    return states


def _quoted(states: list[str]) -> list[int]:
    lengths, start = [0] * len(states), -1
    for i, state in enumerate(states):
        if state == "(":
            start = i
        elif state == ")" and start >= 0:
            lengths[start : i + 1] = [i - start - 1] * (i - start + 1)
            start = -1
    return lengths


def _flags(reading: Reading, span: range, language: str) -> frozenset[str]:
    """What a sentence holds: signs of saying, mood, marks."""
    frames, sure = word_list("frames", language), word_list("sure_frames", language)
    found: set[str] = set()
    for i in span:
        own = reading.words[i]
        if reading.bands[i] in ("b", "c", "d"):
            found.add("say")
        if reading.bands[i] == "d":
            found.add("SAY")
        if own in frames:
            found.add("frame")
        if own in sure:
            found.add("FRAME")
        if reading.moods[i]:
            found.add("mood" + reading.moods[i])
        if reading.state[i]:
            found.add("quote")
        if reading.quoted[i] > 4:
            found.add("QUOTE")
        if own in ("dass", "daß", "that"):
            found.add("that")
        if own == ":":
            found.add("colon")
        if own in ("ich", "wir", "i", "we"):
            found.add("first")
    return frozenset(found)


@lru_cache(maxsize=64)
def read(raw: str, language: str, offsets: tuple[Span, ...] | None = None) -> Reading:
    """Read a text; sentences are those of the project's splitter unless they are given."""
    text = Text(raw, LANGUAGES.get(language, LANGUAGES["en"]))
    tokens = text.tokens
    states = quote_states(raw, tokens)
    words = [
        MARK if t.text in DOUBLE or (t.text in _SINGLE and state in ("(", ")")) else low
        for t, low, state in zip(tokens, text.lower, states, strict=True)
    ]
    known = [word(w, language) for w in words]
    spans = [text.tokens_in(*span) for span in (text.sentences if offsets is None else offsets)]
    reading = Reading(
        tokens=tokens,
        words=words,
        lemmas=[w if w == MARK else lemma(t.text, language) for w, t in zip(words, tokens, strict=True)],
        moods=[mood(low, language) if t.text[0].islower() else "" for low, t in zip(words, tokens, strict=True)],
        known=known,
        bands=[band(k.likeness) for k in known],
        state=states,
        quoted=_quoted(states),
        sentences=spans,
        flags=[],
        particles=word_list("particles", language),
    )
    reading.flags.extend(_flags(reading, span, language) for span in spans)
    return reading
