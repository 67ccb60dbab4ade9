"""Words given twice in a row, and jumps between the ways to address the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from data.schema import Axis
from features.registry import Hit, check
from features.text import Analysis

_SHORTEST, _LONGEST = 3, 40


@check(Axis.TRANSLATION, "repetition")
def words_twice(analysis: Analysis) -> Iterator[Hit]:
    """Flag three words or more that are given twice in a row, whatever signs stand between ("… ersetzt, … ersetzt").

    A figure of speech of three words ("und so weiter, und so weiter") is flagged, too.
    """
    text = analysis.body
    at = [i for i, token in enumerate(text.tokens) if token.text[0].isalnum()]
    words = [text.lower[i] for i in at]
    last: dict[tuple[str, ...], int] = {}
    done = -1
    for i, key in enumerate(zip(words, words[1:], words[2:], strict=False)):
        before = last.get(key, -_LONGEST)
        last[key] = i
        size = i - before
        if i <= done or not _SHORTEST <= size < _LONGEST or words[before:i] != words[i : i + size]:
            continue
        if any(word.isdigit() for word in key) and size == _SHORTEST:
            continue
        done = i + size
        yield Hit(
            "body", text.tokens[at[i]].start, text.tokens[at[i + size - 1]].end, "the same words stand just before"
        )


_FORMAL: Final = re.compile(r"(?<=[a-zäöüß,–] )(?:Sie|Ihnen|Ihre[mnrs]?)\b")
_FAMILIAR: Final = re.compile(r"\b(?:[Dd]u|[Dd]ich|[Dd]ir|[Dd]ein(?:e[mnrs]?)?)\b(?: \w+)?")


@check(Axis.TRANSLATION, "register", langs={"de"})
def familiar_beside_formal(analysis: Analysis) -> Iterator[Hit]:
    """Flag "du" next to a sentence, or in one, that says "Sie" to the reader.

    Only where both stand inside, or both outside, quotation marks; a speaker who changes on purpose is flagged.
    """
    text = analysis.body
    formal = [match.start() for match in _FORMAL.finditer(text.raw)]
    if not formal:
        return
    places = [(text.sentence_at(start), text.quoted(start)) for start in formal]
    for match in _FAMILIAR.finditer(text.raw):
        here, quoted = text.sentence_at(match.start()), text.quoted(match.start())
        if any(abs(sentence - here) <= 1 and quoted == inside for sentence, inside in places):
            yield Hit("body", *match.span(), "“du” beside “Sie”")
