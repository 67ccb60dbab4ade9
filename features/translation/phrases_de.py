"""Noun groups of German: determiner, adjectives, noun, and the preposition before them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from features.text import Text
from features.translation.determiners import CELLS, CONTRACTED, DEFINITE, PREPOSITIONS
from features.translation.nouns import cells, genders, noun_of
from features.translation.words import words

_WEAK: Final = {
    "e": frozenset({"mn", "fn", "fa", "nn", "na"}),
    "en": frozenset({"ma", "md", "mg", "fd", "fg", "nd", "ng", "pn", "pa", "pd", "pg"}),
}
_MIXED: Final = {**_WEAK, "er": frozenset({"mn"}), "es": frozenset({"nn", "na"}), "e": frozenset({"fn", "fa"})}
_ALL: Final = frozenset(gender + case for gender in "mfnp" for case in "nadg")
_STRONG_AFTER: Final = frozenset({"dieser", "diese", "dieses", "diesen", "diesem"})
#: Lower-case words that look like adjectives by their ending.
_NO_ADJECTIVES: Final = words("phrases_de", "no_adjectives")
#: Words between determiner and adjective that say nothing about agreement.
_TRANSPARENT: Final = words("phrases_de", "transparent")


class Group(NamedTuple):
    """Token indices of a group, its preposition (-1 if none), and the cells that are left by each of its words."""

    preposition: int
    determiner: int
    noun: int
    #: Cells that fit determiner and noun.
    agreeing: frozenset[str]
    #: Those that fit the adjectives, too.
    declined: frozenset[str]
    #: Those that fit the preposition, too.
    governed: frozenset[str]


def groups(text: Text) -> Iterator[Group]:
    """Faulty groups: their noun is known, and their determiner is no pronoun by what stands around it."""
    lower = text.lower
    for i, word in enumerate(lower):
        if word in CELLS and i + 1 < len(lower):
            group = _group(text, i)
            if group is not None:
                yield group


def _group(text: Text, i: int) -> Group | None:
    tokens, lower = text.tokens, text.lower
    noun, adjectives = _noun_after(text, i)
    if noun < 0 or not genders(tokens[noun].text):
        return None
    agreeing = CELLS[lower[i]] & cells(tokens[noun].text)
    declined = agreeing & _fitting(lower[i], adjectives)
    before = i - 1 if i and lower[i] not in CONTRACTED and lower[i - 1] in PREPOSITIONS else -1
    governed = declined
    if before >= 0:
        if before and (tokens[before - 1].text in ",–-(" or lower[before - 1] in ("was", "wie", "so", "diejenigen")):
            return None
        if text.raw[tokens[before].end : tokens[i].start] != " ":
            return None
        cases = PREPOSITIONS[lower[before]]
        governed = frozenset(cell for cell in declined if cell[1] in cases)
    if governed or _ambiguous(text, i, noun):
        return None
    return Group(before, i, noun, agreeing, declined, governed)


def _noun_after(text: Text, i: int) -> tuple[int, list[str]]:
    """Index of the noun after a determiner (-1 if there is none at once) and the adjectives between them."""
    tokens, lower = text.tokens, text.lower
    adjectives: list[str] = []
    for j in range(i + 1, min(i + 5, len(tokens))):
        word = tokens[j].text
        if tokens[j].start != tokens[j - 1].end + 1 or text.raw[tokens[j].start - 1] != " ":
            return -1, []
        if word[0].isupper():
            return (j if word[1:].isalpha() or "-" in word else -1), adjectives
        if lower[j] in _TRANSPARENT or word.endswith(("ziger", "weise", "weile", "nuller")):
            continue
        if not word.isalpha() or word in _NO_ADJECTIVES or word in CELLS or _ending(word) is None:
            return -1, []
        adjectives.append(word)
    return -1, []


def _ending(word: str) -> str | None:
    for ending in ("en", "er", "es", "em", "e"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return ending
    return None


def _fitting(determiner: str, adjectives: list[str]) -> frozenset[str]:
    """Cells that fit the endings of the adjectives after a determiner."""
    # An adverb may look like an adjective ("eine größer angelegte Feier"): only the last word must have the ending.
    adjectives = [word for word in adjectives[:-1] if _ending(word) in ("e", "en")] + adjectives[-1:]
    fitting = _ALL
    if not adjectives:
        return fitting
    table = _WEAK if determiner in DEFINITE or determiner in CONTRACTED or determiner in _STRONG_AFTER else _MIXED
    for word in adjectives:
        fitting &= table.get(str(_ending(word)), frozenset())
    return fitting


def _ambiguous(text: Text, i: int, noun: int) -> bool:
    """Whether the group may be something else: a relative pronoun, a half compound, a name, a proper adjective."""
    tokens, lower = text.tokens, text.lower
    word = tokens[noun].text
    if lower[i] == "das" and ("p" in genders(word) or (lower[i + 1].endswith("en") and noun > i + 1)):
        return True
    if lower[i] == "am" and lower[i + 1].endswith("sten"):
        return True
    if len(word) < 3 or not word[-1].islower() or not word.replace("-", "").isalpha():
        return True
    if i and tokens[i - 1].text in ",–—-/&" and lower[i][0] == "d":
        return True
    if lower[i] in ("ihr", "sein") and not tokens[i].text[0].isupper():
        return True
    if i and lower[i].startswith("ein") and lower[i - 1] in CELLS:
        return True
    if noun + 1 < len(tokens):
        follows = tokens[noun + 1]
        if follows.text in "-/&’'":
            return True
        named = lower[i] == "des" or noun_of(word).separate or genders(follows.text)
        if follows.text[0].isupper() and named:
            return True
        # "ein Fleisch verarbeitender Betrieb", "das Anfang 2020 eröffnete Haus"
        if follows.text.endswith(("enden", "ender", "ende", "endes", "endem")) or word in ("Anfang", "Ende", "Mitte"):
            return True
        if follows.text == "." and len(word) < 5:
            return True
    return text.quoted(tokens[noun].start) != text.quoted(tokens[i].start)
