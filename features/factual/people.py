"""Roles and ages of one person that do not fit each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from data.schema import Axis, Related, Severity
from features.registry import Hit, check
from features.text import Analysis, Token

_AGE = re.compile(r"\b([A-ZÄÖÜ]\w+) ?\((\d{1,3})\)|\b([A-ZÄÖÜ]\w+), (\d{1,3}),")


@check(Axis.FACTUAL, "age", severity=Severity.MAJOR)
def two_ages(analysis: Analysis) -> Iterator[Hit]:
    """Flag a second age for one surname, written "Weber (34)" or "Weber, 34,".

    Two relatives of one surname are flagged, too, unless a first name stands before one of them only.
    """
    seen: dict[str, tuple[str, int, int]] = {}
    for match in _AGE.finditer(analysis.body.raw):
        name, age = (match[1], match[2]) if match[1] else (match[3], match[4])
        group = 2 if match[1] else 4
        first = seen.setdefault(name, (age, match.start(group), match.end(group)))
        if first[0] != age:
            place = Related("contradicts", "body", first[1], first[2])
            yield Hit("body", match.start(group), match.end(group), f"{name} is {first[0]} above", related=(place,))


def _first_names(tokens: list[Token], titles: frozenset[str]) -> Iterator[tuple[int, str, str, str]]:
    """Places where a title, a first name and a surname follow each other: index, title, first name, surname."""
    for i in range(len(tokens) - 2):
        one, two = tokens[i + 1].text, tokens[i + 2].text
        if (
            one[0].isupper()
            and two[0].isupper()
            and one.isalpha()
            and two.isalpha()
            and _is_title(tokens[i].text, titles)
        ):
            yield i, tokens[i].text, one, two


@lru_cache(maxsize=1 << 14)
def _is_title(word: str, titles: frozenset[str]) -> bool:
    """Whether a word is a title or a compound that ends in one ("Landgerichtspräsident")."""
    return any(word.lower().endswith(title) for title in titles if len(title) > 4)


@check(Axis.FACTUAL, "name", severity=Severity.MAJOR)
def two_first_names(analysis: Analysis) -> Iterator[Hit]:
    """Flag a second first name for one title and surname ("Richterin Eva Holm … Richterin Anna Holm").

    Siblings in the same office are flagged, too.
    """
    seen: dict[tuple[str, str], Token] = {}
    tokens = analysis.body.tokens
    for i, title, first, surname in _first_names(tokens, analysis.language.titles):
        before = seen.setdefault((title, surname), tokens[i + 1])
        if before.text != first:
            place = Related("contradicts", "body", before.start, before.end)
            yield Hit(
                "body", tokens[i + 1].start, tokens[i + 2].end, f"above {before.text} {surname}", related=(place,)
            )
