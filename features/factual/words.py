"""What the factual checks know of a language: one TOML file each beside this module.

The general profile of a language (months, titles, negations) is in `features.languages`; here stand the
words of quantity, change, role and class that only statements are read by. A language without a file
has no statements, and the checks built on them say nothing.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
CODES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one language, all in lower case; a pattern is the inside of a regular expression.

    Attributes
    ----------
    numbers
        Number words up to a thousand and their values; "dreieinhalb" is 3.5.
    units
        Word -> dimension and size in the base unit of the dimension ("%" is the dimension of shares).
    fractions
        Noun of a share -> per cent.
    factors
        Compiled pattern of "twice as much" -> 2.0.
    roles
        Role noun -> class of roles ("science", "court").
    classes
        Noun after the article of an apposition -> "person", "place", "thing" or "group".
    """

    code: str
    numbers: dict[str, float]
    magnitudes: dict[str, float]
    article_one: frozenset[str]
    negators: frozenset[str]
    units: dict[str, tuple[str, float]]
    fractions: dict[str, float]
    factors: tuple[tuple[re.Pattern[str], float], ...]
    rise: re.Pattern[str]
    fall: re.Pattern[str]
    approximate: re.Pattern[str]
    equation: re.Pattern[str]
    rest: re.Pattern[str]
    total: re.Pattern[str]
    each: re.Pattern[str]
    of_them: re.Pattern[str]
    roles: dict[str, str]
    classes: dict[str, str]
    group_head: re.Pattern[str]
    caption: re.Pattern[str]


def _numbers(data: dict[str, Any]) -> dict[str, float]:
    """Words for 0 to 99 and those listed, with their halves."""
    ones, tens = data["ones"].split(), data["tens"].split()
    found = {word: float(i) for i, word in enumerate(ones)}
    for i, ten in enumerate(tens, 2):
        found[ten] = 10.0 * i
        for j in range(1, 10):
            one = data["one_in_compound"] if j == 1 else ones[j]
            found[data["compound"].format(one=one, ten=ten)] = 10.0 * i + j
    if data["half"]:
        found |= {data["half"].format(one=word): i + 0.5 for i, word in enumerate(ones[:20]) if i > 1}
    return found | {word: float(value) for word, value in data["numbers"].items()}


def _by_word(table: dict[str, str]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in words.split()}


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


@cache
def words_of(code: str) -> Words | None:
    """Words of a language, None if it has no file."""
    if code not in CODES:
        return None
    data = tomllib.loads((_FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    classes = dict(data["classes"])
    group_head = classes.pop("group_head")
    patterns = {name: _whole(data["change"][name]) for name in data["change"]}
    return Words(
        code=code,
        numbers=_numbers(data),
        magnitudes=data["magnitudes"],
        article_one=frozenset(data["article_one"].split()),
        negators=frozenset(data["negators"].split()),
        units={word: (dimension, float(size)) for word, (dimension, size) in data["units"].items()},
        fractions=data["fractions"],
        factors=tuple((_whole(pattern), value) for pattern, value in data["factors"].items()),
        roles=_by_word(data["roles"]),
        classes=_by_word(classes),
        group_head=_whole(group_head),
        caption=re.compile(rf"(?:^|\n)\s?{data['caption']['line']}", re.IGNORECASE),
        **patterns,
    )
