"""Word knowledge from wordfreq and simplemma, loaded at first use."""

from __future__ import annotations

from functools import cache, lru_cache


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
    if word in _frequencies(language):
        return True
    from simplemma import is_known as known

    return bool(known(word, lang=language))


@lru_cache(maxsize=1 << 14)
def in_dictionary(word: str, language: str) -> bool:
    """Whether simplemma's dictionary has a word: names that are frequent in newspapers are mostly not in it."""
    from simplemma import is_known as known

    return bool(known(word, lang=language))
