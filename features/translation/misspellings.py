"""German words that are one usual slip away from a known one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from data.schema import Axis
from features.lexicon import is_known, zipf
from features.registry import Hit, check
from features.text import Analysis
from features.translation.determiners import CELLS
from features.translation.nouns import genders, is_modifier, nouns

#: What is written for what; each is tried at every place, one at a time.
_SLIPS: Final = (("i", "ie"), ("ie", "i"), ("e", "ä"), ("ä", "e"), ("ß", "s"), ("ß", "ss"), ("ry", "rhy"), ("tz", "z"))
_DOUBLED: Final = "bdfgklmnprst"
_SHORTEST: Final = 6
#: A candidate must be at least so frequent, or a noun of the table: rare words are often names.
_COMMON: Final = 3.2


def _slips(word: str) -> Iterator[str]:
    for wrong, right in _SLIPS:
        for match in re.finditer(wrong, word[1:]):
            yield word[: match.start() + 1] + right + word[match.end() + 1 :]
    for i in range(1, len(word)):
        letter = word[i]
        if letter in _DOUBLED:
            if word[i - 1] == letter:
                yield word[:i] + word[i + 1 :]
            elif i + 1 == len(word) or word[i + 1] != letter:
                yield word[:i] + letter + word[i:]


def _is_compound(low: str) -> bool:
    """Whether a word in small letters splits into two known ones, a linking sound between them or not."""
    for cut in range(3, len(low) - 2):
        head, first = low[cut:], low[:cut]
        if not (is_known(head, "de") or head.capitalize() in nouns()):
            continue
        if any(is_known(part, "de") or is_modifier(part) for part in {first, first.rstrip("sne")} if len(part) > 2):
            return True
    return False


@lru_cache(maxsize=1 << 16)
def correction(word: str) -> str:
    """The known word that an unknown one is a slip of, "" if there is none.

    A compound whose head becomes known by the slip counts, too ("Oberflächenwaser").
    """
    low = word.lower()
    if not (_SHORTEST <= len(word) <= 30 and word.isalpha() and (word[0] + word[1:].lower() == word)):
        return ""
    if is_known(low, "de") or is_known(word, "de") or word in nouns() or genders(word) or zipf(low, "en") > 0:
        return ""
    if word.isupper() or (low.replace("ss", "ß") != low and is_known(low.replace("ss", "ß"), "de")):
        return ""
    if _is_compound(low):
        return ""
    for candidate in _slips(word):
        table = candidate in nouns() if word[0].isupper() else False
        if zipf(candidate.lower(), "de") >= _COMMON or table or (word[0].isupper() and genders(candidate)):
            return candidate
    return ""


@check(Axis.TRANSLATION, "spelling", langs={"de"})
def misspelt_word(analysis: Analysis) -> Iterator[Hit]:
    """Flag a word that no list has and that one usual slip turns into a known one ("Kompromis", "grundsetzlich").

    Swiss ss for ß passes, and a capitalised word only counts right after a determiner: elsewhere it may be a name.
    """
    text = analysis.body
    tokens = text.tokens
    for i, token in enumerate(tokens):
        if not (right := correction(token.text)) or text.raw[token.end : token.end + 1] in "-@_/":
            continue
        if token.text[0].isupper() and (_beside_capital(analysis, i) or text.lower[i - 1] not in CELLS):
            continue
        yield Hit("body", token.start, token.end, f"“{token.text}” for “{right}”")


def _beside_capital(analysis: Analysis, i: int) -> bool:
    tokens = analysis.body.tokens
    return any(0 <= k < len(tokens) and tokens[k].text[0].isupper() for k in (i - 1, i + 1))
