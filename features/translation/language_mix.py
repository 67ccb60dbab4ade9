"""Words of another language: left standing, or half translated."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from data.schema import Axis, Severity
from features.languages import LANGUAGES
from features.lexicon import is_known, zipf
from features.registry import Hit, check
from features.text import Analysis, Text

# Zipf 3.5 is about three times in a million words: a word any reader of the other language knows.
_COMMON = 3.5


@cache
def _foreign_function_words(code: str) -> dict[str, str]:
    """Function words of every other language that are none here -> language name."""
    own = LANGUAGES[code].function_words
    return {w: other.name for other in LANGUAGES.values() if other.code != code for w in other.function_words - own}


def _runs(text: Text, foreign: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Token index ranges of stretches with two foreign function words or more, outside quotations."""
    start = last = -1
    count = 0
    for i, word in enumerate(text.lower):
        if word in foreign and zipf(word, text.language.code) < 5.0:
            if last < 0 or i - last > 4:
                if count >= 2:
                    yield start, last + 1
                start, count = i, 0
            count, last = count + 1, i
    if count >= 2:
        yield start, last + 1


@check(Axis.TRANSLATION, "untranslated", severity=Severity.MAJOR)
def untranslated_run(analysis: Analysis) -> Iterator[Hit]:
    """Flag a stretch of text in another language, shown by two of its function words close together.

    A foreign title without quotation marks is flagged, too.
    """
    text = analysis.body
    foreign = _foreign_function_words(analysis.language.code)
    if foreign.keys().isdisjoint(text.lower):
        return
    for first, last in _runs(text, foreign):
        start, end = text.tokens[first].start, text.tokens[last - 1].end
        if not text.quoted(start):
            yield Hit("body", start, end, f"“{text.raw[start:end]}” is {foreign[text.lower[first]]}")


@check(Axis.TRANSLATION, "untranslated", severity=Severity.MAJOR, langs={"de"})
def unknown_lower_case_word(analysis: Analysis) -> Iterator[Hit]:
    """Flag a lower-case word that is no German word but a common one of English.

    German nouns are capitalised, so that a lower-case word is verb, adjective or particle and
    nearly always in the lexicon. Rare dialect words are no English words and pass.
    """
    text = analysis.body
    for token in text.tokens:
        word = token.text
        if not (word.islower() and word.isalpha() and len(word) > 3) or is_known(word, "de"):
            continue
        if zipf(word, "en") >= _COMMON and zipf(word, "de") < 3.0 and not text.quoted(token.start):
            yield Hit("body", token.start, token.end, f"“{word}” is no German word")
