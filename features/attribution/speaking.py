"""Whether a stretch of text says that somebody says something."""

from __future__ import annotations

from features.attribution.words import word, word_list
from features.patterns import union
from features.text import Analysis, Text

#: Likeness to a cue, in percent, from which a word counts as one of saying.
_LIKE = 40


def says(text: Text, i: int) -> bool:
    """Whether token ``i`` is a word of saying: one of the language's list, or much like one."""
    lower = text.lower[i]
    if lower in text.language.say_verbs:
        return True
    return text.tokens[i].text[0].islower() and word(lower, text.language.code).likeness >= _LIKE


def cue_at(analysis: Analysis, start: int, end: int, skip: tuple[int, int] = (0, 0)) -> int:
    """Offset of the first word of saying or source frame in a stretch, outside ``skip``; -1 if there is none."""
    body = analysis.body
    for i in body.tokens_in(start, end):
        at = body.tokens[i].start
        if not skip[0] <= at < skip[1] and says(body, i):
            return at
    for match in union(body.language.source_frames).finditer(body.raw, start, end):
        if not skip[0] <= match.start() < skip[1]:
            return match.start()
    return -1


def reported(text: Text, start: int, end: int) -> bool:
    """Whether a stretch is in the Konjunktiv, as reported speech is."""
    forms = word_list("subjunctive", text.language.code)
    return any(text.lower[i] in forms for i in text.tokens_in(start, end))
