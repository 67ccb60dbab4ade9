"""German verb forms, as far as word order needs them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from features.translation.words import words

AUXILIARIES: Final = words("verbs", "auxiliaries")

#: Infinitives or participles that are no finite form, adverbs and adjectives that look like one.
_NO_VERBS: Final = words("verbs", "no_verbs")


@lru_cache(maxsize=1 << 16)
def is_finite(word: str) -> bool:
    """Whether a lower-case word may be a finite verb in the third person: an auxiliary, or a form of an infinitive.

    Forms that are infinitives, too (plural "gehen"), count only for auxiliaries; participles in ge-…-t do not count.
    """
    if word in AUXILIARIES:
        return True
    if (
        not 3 <= len(word) <= 40
        or not word.isalpha()
        or not word.islower()
        or word in _NO_VERBS
        or word.endswith(("en", "end"))
    ):
        return False
    if word.startswith("ge") and word.endswith("t") and len(word) > 5 and not word.startswith(("geh", "gesch", "geb")):
        return False
    if word.endswith(("iert", "lich", "ig", "isch", "bar")) and not word.endswith("iert"):
        return False
    from simplemma import lemmatize

    lemma = str(lemmatize(word, lang="de"))
    return lemma != word and lemma.islower() and lemma.endswith("n")


@lru_cache(maxsize=1 << 16)
def is_plural_verb(word: str) -> bool:
    """Whether a lower-case word is an infinitive and so a finite plural: its third person leads back to it."""
    from simplemma import lemmatize

    if word in AUXILIARIES:
        return word.endswith("n")
    if not word.endswith("en") or not 5 <= len(word) <= 40 or not word.isalpha():
        return False
    return str(lemmatize(word[:-2] + "t", lang="de")) == word
