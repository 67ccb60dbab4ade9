"""The form that every language file fills in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Language:
    """Word lists and conventions of one language.

    Words are in lower case. A pattern is the inside of a regular expression; it is compiled without
    regard to case and must not contain nested repetition (every check is linear in the text).
    """

    code: str
    name: str
    decimal: str
    thousands: str
    #: A day or other ordinal is written with a dot, which ends no sentence ("9. April").
    dotted_ordinals: bool
    #: Every noun has a capital: a capital alone does not show a name.
    capital_nouns: bool
    #: Frequent words that hardly occur in other languages: they identify the language.
    function_words: frozenset[str]
    #: Without the final dot: a dot after one of these ends no sentence.
    abbreviations: frozenset[str]
    #: Verb forms that introduce what somebody says or writes.
    say_verbs: frozenset[str]
    negations: frozenset[str]
    pronouns: frozenset[str]
    #: Titles and functions that stand before a name.
    titles: frozenset[str]
    #: Opening and closing marks that copy in this language uses, the usual pair first.
    quotes: tuple[tuple[str, str], ...]
    #: Patterns that name a source without a verb ("laut", "according to").
    source_frames: tuple[str, ...]
    #: Patterns of sources that nobody can find.
    vague_sources: tuple[str, ...]
    #: Patterns of persons described but not named.
    anonymous_sources: tuple[str, ...]
    #: Patterns that give a reason for anonymity.
    anonymity_reasons: tuple[str, ...]
    #: Patterns of accusations that must have a source.
    harm_claims: tuple[str, ...]
    #: Patterns of page furniture, each matched at the start of a line or sentence.
    furniture: tuple[str, ...]
    months: dict[str, int]
    weekdays: dict[str, int]
    #: Words that multiply the figure before them.
    magnitudes: dict[str, float]
    number_words: dict[str, int]
    #: Pattern of a word-for-word rendering -> what the language says instead.
    calques: dict[str, str]
    #: Patterns of numbers, dates and times as other languages write them -> the form here.
    foreign_locale: dict[str, str]

    @classmethod
    def from_toml(cls, data: dict[str, Any]) -> Self:
        """Fill the form from a parsed file; word lists are texts with white space between the words.

        Raises
        ------
        ValueError
            If a field is missing or unknown.
        """
        known = {field.name: str(field.type) for field in fields(cls)}
        if wrong := sorted(known.keys() ^ data.keys()):
            raise ValueError(f"Language file {data.get('code', '?')}.toml: missing or unknown field(s) {wrong}.")
        convert: dict[str, Callable[[Any], Any]] = {
            "frozenset[str]": lambda text: frozenset(text.split()),
            "tuple[str, ...]": tuple,
            "tuple[tuple[str, str], ...]": lambda pairs: tuple((a, b) for a, b in pairs),
        }
        return cls(**{name: convert.get(kind, lambda value: value)(data[name]) for name, kind in known.items()})
