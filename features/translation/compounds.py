"""Words that German writes together or with a capital, and here are not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from data.schema import Axis
from features.lexicon import is_known, zipf
from features.registry import Hit, check
from features.text import Analysis
from features.translation.determiners import CELLS
from features.translation.nouns import cells, genders, noun_of, nouns
from features.translation.persons import first_names, gender_of_title
from features.translation.words import words

#: A part that begins so many compounds of the table is a modifier, one that ends so many a head.
_ENOUGH: Final = 3


@cache
def _parts() -> tuple[Counter[str], Counter[str]]:
    """How many nouns of the table begin with a part, and how many end with a noun (both in lower case)."""
    table = {form.lower() for form in nouns()}
    first, last = Counter[str](), Counter[str]()
    for word in table:
        for cut in range(3, len(word) - 2):
            if word[cut:] in table and len(word) - cut > 3:
                first[word[:cut].rstrip("-")] += 1
                last[word[cut:]] += 1
    return first, last


@lru_cache(maxsize=1 << 16)
def joined(one: str, two: str) -> str:
    """The compound of two words if a list has it, "" if not."""
    word = one + two.lower()
    return word if word in nouns() or zipf(word.lower(), "de") > 0 or is_known(word, "de") else ""


@lru_cache(maxsize=1 << 16)
def likely(one: str, two: str) -> bool:
    """Whether the first word begins other compounds and the second ends others."""
    first, last = _parts()
    return first[one.lower()] + first[one.lower() + "s"] >= _ENOUGH and last[two.lower()] >= _ENOUGH


@lru_cache(maxsize=1 << 16)
def _is_bound(one: str) -> bool:
    """Whether a word only occurs as the first part of compounds ("Schul", "Betriebs")."""
    if one in _BOUND:
        return True
    if not one.endswith(("s", "ung")) or one in first_names() or _parts()[0][one.lower()] < _ENOUGH:
        return False
    return one.endswith("s") and not _plural(one) and bool(genders(one[:-1]))


def _plural(one: str) -> bool:
    return "pn" in cells(one) and one[:-1] + "en" not in nouns() and zipf(one.lower(), "de") > _FREE


def _fault(determiner: str, one: str, two: str) -> str:
    """The joined word if two capitalised words are one compound, "" if they may stand side by side.

    Three grounds: the first word cannot stand alone; the determiner fits the second and not the first; or the joined
    word is well known and neither stands before or after others in print.
    """
    if len(one) < 3 or len(two) < 3 or not (one[1:].replace("-W", "").islower() and two[1:].islower()):
        return ""
    if _is_bound(one) and two in nouns():
        return one + two.lower()
    if len(two) < 4 or not genders(two) or two in first_names() or one in first_names():
        return ""
    word = one + two.lower()
    fits = CELLS.get(determiner, frozenset())
    if fits and not fits & cells(one) and fits & cells(two) and genders(one):
        return word if joined(one, two) or likely(one, two) else ""
    if noun_of(one).separate or noun_of(two).separate or gender_of_title(one) or one in _ALONE or two in _AFTER:
        return ""
    return joined(one, two) if genders(one) and (not fits or fits & cells(two)) else ""


@check(Axis.TRANSLATION, "compound", langs={"de"})
def compound_in_two_words(analysis: Analysis) -> Iterator[Hit]:
    """Flag two nouns side by side that German joins ("Wirtschafts Ausschuss", "Blut Werte").

    Titles, names, months, measures and all nouns that stand before others in print are left alone.
    """
    for part in ("headline", "body"):
        text = analysis.text(part)
        tokens = text.tokens
        for i in range(len(tokens) - 1):
            one, two = tokens[i], tokens[i + 1]
            if not (one.text[0].isupper() and two.text[0].isupper()) or text.raw[one.end : two.start] != " ":
                continue
            if word := _fault(text.lower[i - 1] if i else "", one.text, two.text):
                yield Hit(part, one.start, two.end, f"one word in German: {word}")


#: Zipf frequency from which a word that is no noun is taken for a word of its own.
_FREE: Final = 3.5
_BOUND: Final = words("compounds", "bound")
#: Nouns that follow others without being joined to them ("mit dem Zug Verspätung haben").
_AFTER: Final = words("compounds", "after")
_ALONE: Final = words("compounds", "alone")

_DAYS: Final = "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|vormittag|nachmittag"
_MONTHS: Final = "januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
_SMALL_DATES: Final = re.compile(
    rf"\b(?:(?:am|vom|bis|seit|ab|ersten|jeden|diesen|letzten|nächsten|kommenden) (?:{_DAYS})"
    rf"|(?:im|ende|anfang|mitte|seit|\d{{1,2}}\.) (?:{_MONTHS}))\b"
)
_SMALL_LANGUAGES: Final = re.compile(
    r"\bauf (?:deutsch|englisch|französisch|serbisch|türkisch|russisch|spanisch|polnisch|arabisch)\b(?! [A-ZÄÖÜ])"
)


@check(Axis.TRANSLATION, "capitalisation", langs={"de"})
def small_month_or_day(analysis: Analysis) -> Iterator[Hit]:
    """Flag a weekday, month or name of a language with a small letter ("am sonntag", "auf serbisch").

    Only after a word that calls for the noun: "montags" and "sonntags" are adverbs.
    """
    for part in ("headline", "body"):
        for pattern in (_SMALL_DATES, _SMALL_LANGUAGES):
            for match in pattern.finditer(analysis.text(part).raw):
                yield Hit(part, *match.span(), "nouns have a capital letter")


_BEFORE_NOUN: Final = words("compounds", "before_noun")


@check(Axis.TRANSLATION, "capitalisation", langs={"de"})
def small_noun(analysis: Analysis) -> Iterator[Hit]:
    """Flag a noun with a small letter right after a determiner ("das orchester").

    Only words whose single dictionary form is a noun; slang in small letters is flagged, too.
    """
    text = analysis.body
    lower, tokens = text.lower, text.tokens
    for i in range(1, len(tokens) - 1):
        word = tokens[i].text
        if len(word) < 5 or lower[i - 1] not in _BEFORE_NOUN or word != lower[i] or not _is_noun_only(word):
            continue
        if (
            not tokens[i + 1].text[0].isupper()
            and tokens[i + 1].text not in "-_@/&"
            and tokens[i + 1].start > tokens[i].end
        ):
            yield Hit("body", tokens[i].start, tokens[i].end, f"“{word.capitalize()}” has a capital letter")


@lru_cache(maxsize=1 << 16)
def _is_noun_only(word: str) -> bool:
    if not word.isalpha() or not genders(word.capitalize()) or word.capitalize() not in nouns():
        return False
    from simplemma import lemmatize

    return str(lemmatize(word, lang="de"))[0].isupper() or not is_known(word, "de")
