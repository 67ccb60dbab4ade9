"""What single words tell about who says something: lemma, mood, likeness to a cue, cluster.

The tables ``words-*.tsv`` are statistics made by `features.attribution.learn_words`.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from features.languages import LANGUAGES


@cache
def word_list(name: str, language: str) -> frozenset[str]:
    """Words of a list of ``words.toml``; empty for a language that is not in it."""
    lists = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return frozenset(lists.get(language, {}).get(name, "").split())


class Word(NamedTuple):
    """Entry of a word table; a word that is not in it has cluster -1 and likeness 0."""

    cluster: int
    #: Likeness to a cue in percent.
    likeness: int


_UNKNOWN: Final = Word(-1, 0)


@cache
def _table(language: str) -> dict[str, Word]:
    path = Path(__file__).with_name(f"words-{language}.tsv")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = (line.split("\t") for line in lines if not line.startswith("# "))
    return {word: Word(int(cluster), int(likeness)) for word, cluster, likeness in rows}


def word(lower: str, language: str) -> Word:
    """Cluster and likeness of a lower-case word."""
    return _table(language).get(lower, _UNKNOWN)


@lru_cache(maxsize=1 << 17)
def lemma(text: str, language: str) -> str:
    """Base form in lower case, by simplemma; signs and numbers stay, as do words of a language without a file."""
    if not text[0].isalpha() or language not in LANGUAGES:
        return text.lower()
    from simplemma import lemmatize

    return lemmatize(text, lang=language).lower()


@lru_cache(maxsize=1 << 16)
def mood(lower: str, language: str) -> str:
    """Mood of a German word: "K" surely Konjunktiv, "k" perhaps (a form in -e whose -t is a verb), "S" hearsay.

    Also "k" are first persons ("ich sage") and a few adjectives; "" for anything else and for other languages.
    """
    if language != "de":
        return ""
    if lower in word_list("subjunctive", language):
        return "K"
    if lower in word_list("hearsay", language):
        return "S"
    if len(lower) < 4 or not lower.endswith("e"):
        return ""
    stem = lower[:-1]
    thirds = [stem + "t", stem + "et"]
    infinitives = {stem + "en", stem + "n"}
    if lower.endswith(("ele", "ere")):
        # handele: handelt, handeln
        thirds.append(lower[:-2] + "t")
        infinitives |= {lower[:-2] + "n", lower[:-1] + "n"}
    return "k" if any(lemma(t, language) in infinitives for t in thirds) else ""


def band(likeness: int) -> str:
    """Likeness to a cue in five bands, "" below 5 percent."""
    return "" if likeness < 5 else "a" if likeness < 10 else "b" if likeness < 20 else "c" if likeness < 40 else "d"
