"""Words of another language: left standing, or half translated."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from data.schema import Axis, Severity
from features.languages import LANGUAGES
from features.lexicon import in_dictionary, is_known, zipf
from features.registry import Hit, check
from features.text import Analysis, Text
from features.translation.nouns import genders, nouns
from features.translation.words import words


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


#: Languages that news is translated from, and the Zipf frequency from which a word is taken for theirs. French shares
#: many forms with names, so that it must be more frequent there.
_FOREIGN = (("en", 3.0), ("fr", 3.6), ("es", 3.8))


@cache
def _loanwords() -> frozenset[str]:
    path = Path(__file__).parent / "loanwords-de.txt"
    return frozenset(path.read_text(encoding="utf-8").split()) if path.exists() else frozenset()


def _foreign(word: str) -> str:
    """Language of a word that neither a German list nor a German newspaper has, "" if it is none of the known ones."""
    return "" if word in _loanwords() else foreign_to_lists(word)


@lru_cache(maxsize=1 << 16)
def foreign_to_lists(word: str) -> str:
    """Language of a word that no German list has, "" if it is none of the known ones."""
    if not 4 <= len(word) <= 30 or is_known(word, "de") or is_known(word.capitalize(), "de"):
        return ""
    return next((code for code, least in _FOREIGN if zipf(word, code) >= least and in_dictionary(word, code)), "")


def _stands_free(text: Text, i: int) -> bool:
    """Whether a token is no part of an address, tag or quotation."""
    start, end = text.tokens[i].start, text.tokens[i].end
    before, after = text.raw[max(0, start - 1) : start], text.raw[end : end + 2]
    return (
        before not in (".", "@", "#", "/", "_")
        and not (after[:1] in "@/_." and after[1:].isalnum())
        and not text.quoted(start)
    )


@check(Axis.TRANSLATION, "untranslated", severity=Severity.MAJOR, langs={"de"})
def unknown_lower_case_word(analysis: Analysis) -> Iterator[Hit]:
    """Flag a lower-case word that is no German word but a common one of English, French or Spanish.

    German nouns are capitalised, so that a lower-case word is verb, adjective or particle and
    nearly always in the lexicon. Rare dialect words are no English words and pass.
    """
    text = analysis.body
    for i, token in enumerate(text.tokens):
        word = token.text
        if _is_foreign_verb(word) and _stands_free(text, i):
            yield Hit("body", token.start, token.end, f"“{word}” is no German word")


@lru_cache(maxsize=1 << 16)
def _is_foreign_noun(word: str) -> bool:
    return word[0].isupper() and word[1:].islower() and word.isalpha() and bool(_foreign(word.lower()))


@lru_cache(maxsize=1 << 16)
def _is_foreign_verb(word: str) -> bool:
    return word.islower() and word.isalpha() and len(word) > 3 and bool(_foreign(word))


#: Words that stand before names of places and people as often as before nouns.
_BEFORE_NAMES: Final = words("language_mix", "before_names")


@check(Axis.TRANSLATION, "untranslated", severity=Severity.MAJOR, langs={"de"})
def foreign_noun(analysis: Analysis) -> Iterator[Hit]:
    """Flag a capitalised word of another language in the place of a German noun ("wegen Embezzlement verurteilt").

    Only between German words in small letters: a neighbour with a capital makes it a name or title.
    """
    text = analysis.body
    tokens = text.tokens
    for i in range(1, len(tokens) - 1):
        word = tokens[i].text
        if not _is_foreign_noun(word):
            continue
        beside = (tokens[i - 1].text, tokens[i + 1].text)
        if beside[0] in _BEFORE_NAMES or beside[1] in ("of", "and", "for") or word.endswith("ing"):
            continue
        if beside[0].islower() and (beside[1].islower() or beside[1] in ".,") and _stands_free(text, i):
            yield Hit("body", tokens[i].start, tokens[i].end, f"“{word}” is no German word")


@check(Axis.TRANSLATION, "hybrid", severity=Severity.MAJOR, langs={"de"})
def half_translated_word(analysis: Analysis) -> Iterator[Hit]:
    """Flag a hyphenated word with one German part and one that only another language has ("Soot-Schicht").

    Loanwords that a German list has pass ("Lockdown-Regel").
    """
    for part in ("headline", "body"):
        text = analysis.text(part)
        for token in text.tokens:
            pieces = token.text.split("-")
            if not 2 <= len(pieces) <= 3 or not all(len(p) > 2 and p.isalpha() and not p.isupper() for p in pieces):
                continue
            foreign = [p for p in pieces if _foreign(p.lower())]
            if foreign and any(genders(p.capitalize()) and is_known(p.lower(), "de") for p in pieces):
                yield Hit(part, token.start, token.end, f"“{foreign[0]}” is no German word")


@lru_cache(maxsize=1 << 16)
def _is_german(word: str) -> bool:
    """Whether a word is German and not English."""
    low = word.lower()
    if not 4 <= len(word) <= 30 or is_known(low, "en") or is_known(low.rstrip("s"), "en"):
        return False
    return any(is_known(form, "de") and form.capitalize() in nouns() for form in (low, low.removesuffix("s")))


@check(Axis.TRANSLATION, "untranslated", severity=Severity.MAJOR, langs={"en"})
def german_noun_in_english(analysis: Analysis) -> Iterator[Hit]:
    """Flag a German noun in an English text right after a word that calls for a noun ("the Vermessung").

    A German proper name after "the" is flagged, too, unless another capital stands beside it.
    """
    text = analysis.body
    tokens = text.tokens
    for i in range(1, len(tokens) - 1):
        word = tokens[i].text
        if text.lower[i - 1] not in _BEFORE_ENGLISH or not word.isalpha() or not _is_german(word):
            continue
        if not tokens[i + 1].text[0].isupper() and _stands_free(text, i):
            yield Hit("body", tokens[i].start, tokens[i].end, f"“{word}” is German")


_BEFORE_ENGLISH: Final = frozenset(
    {"the", "a", "an", "its", "his", "her", "their", "our", "new", "early", "old", "first", "night", "of", "in", "half"}
)


@check(Axis.TRANSLATION, "hybrid", severity=Severity.MAJOR, langs={"en"})
def half_english_word(analysis: Analysis) -> Iterator[Hit]:
    """Flag a hyphenated word with a German and an English part ("Lager-house").

    German loanwords of English count as English.
    """
    text = analysis.body
    for token in text.tokens:
        pieces = token.text.split("-")
        if len(pieces) != 2 or not all(len(piece) > 3 and piece.isalpha() for piece in pieces):
            continue
        german = [piece for piece in pieces if _is_german(piece)]
        if german and any(is_known(piece.lower(), "en") for piece in pieces):
            yield Hit("body", token.start, token.end, f"“{german[0]}” is German")
