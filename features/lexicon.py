"""Word knowledge from wordfreq and simplemma, loaded at first use."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import count
from typing import Final


@cache
def _frequencies(language: str) -> dict[str, float]:
    from wordfreq import get_frequency_dict

    table: dict[str, float] = get_frequency_dict(language, "small")
    return table


def zipf(word: str, language: str) -> float:
    """Zipf frequency of a lower-case word (log10 of its rate per billion words), 0 if unknown.

    Speer, wordfreq (2022), the lists frozen in 2021, "small" size: words above Zipf 3.
    """
    from math import log10

    rate = _frequencies(language).get(word, 0.0)
    return log10(rate) + 9 if rate else 0.0


@lru_cache(maxsize=1 << 16)
def is_known(word: str, language: str) -> bool:
    """Whether wordfreq or simplemma knows a word."""
    return word in _frequencies(language) or _in_simplemma(word, language)


@lru_cache(maxsize=1 << 14)
def in_dictionary(word: str, language: str) -> bool:
    """Whether simplemma's dictionary has a word: names that are frequent in newspapers are mostly not in it."""
    return _in_simplemma(word, language)


#: Number of lookups so far; simplemma answers the same in both forms.
_asked = count()
#: The small form of the dictionary loads in .5 s (33 MB) and takes 13 µs a word, the fast one .9 s (122 MB) and 2 µs:
#: one article is answered by the small one, a collection by the fast one.
_FEW: Final = 3000


def _in_simplemma(word: str, language: str) -> bool:
    from simplemma import is_known as known

    return bool(known(word, lang=language, low_memory=next(_asked) < _FEW))
