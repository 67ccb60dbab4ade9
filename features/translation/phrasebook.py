"""Phrases that are word-for-word renderings, looked up in tables by their first word.

A table row is ``kind TAB pattern TAB what the language says``. A pattern is words in lower case: ``a|b`` either,
``abc~`` any word that begins so (four letters at least), ``_`` one word, ``*`` up to three words, ``#`` a number,
``Y`` a year, ``A`` a word with a capital. Signs end every pattern. The lookup is linear in the text: each word tries
the rows that begin with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from data.schema import Axis
from features.registry import Hit, check
from features.text import Analysis, Text

_FOLDER: Final = Path(__file__).parent
#: Languages with a table.
TABLES: Final = ("de", "en")
_WILD: Final = frozenset("_*#AY")
_KEY: Final = 4
_GAP: Final = 3


class Row(NamedTuple):
    """A row of a table: its kind, its elements, and the remedy."""

    kind: str
    elements: tuple[str, ...]
    remedy: str
    #: Words of which the text must have one, empty if its last element is no plain word.
    need: frozenset[str]


class Rows:
    """Rows with one first word: those whose second is literal by it, and the others."""

    def __init__(self) -> None:
        self.by_second: dict[str, list[Row]] = defaultdict(list)
        self.others: list[Row] = []

    def add(self, row: Row) -> None:
        """Put a row where its second element says."""
        second = row.elements[1] if len(row.elements) > 1 else "*"
        if second in _WILD or "~" in second:
            self.others.append(row)
        for word in second.split("|") if row not in self.others else ():
            self.by_second[word].append(row)


@cache
def table(language: str) -> dict[str, Rows]:
    """Rows of a language by first word; a first word given by its beginning stands under its first four letters.

    Raises
    ------
    ValueError
        For a row that has not three cells or begins with no word.
    """
    found: dict[str, Rows] = defaultdict(Rows)
    path = _FOLDER / f"calques-{language}.tsv"
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.exists() else [], 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3 or cells[1].split()[0] in _WILD:
            raise ValueError(
                f"{path.name}, line {n}: expected kind, pattern that begins with a word, remedy; got {line!r}."
            )
        elements = tuple(cells[1].split())
        last = elements[-1]
        need = frozenset() if last in _WILD or "~" in last else frozenset(last.split("|"))
        for first in elements[0].split("|"):
            found[first[:_KEY] + "~" if first.endswith("~") else first].add(Row(cells[0], elements, cells[2], need))
    return dict(found)


def _fits(element: str, text: Text, i: int) -> bool:
    word = text.lower[i]
    if element == "_":
        return word[0].isalnum()
    if element == "#":
        return word[0].isdigit() or word in text.language.number_words
    if element == "Y":
        return len(word) == 4 and word.isdigit()
    if element == "A":
        return text.tokens[i].text[0].isupper()
    return any(word.startswith(e[:-1]) if e.endswith("~") else word == e for e in element.split("|"))


def _end(elements: tuple[str, ...], text: Text, i: int, k: int = 0) -> int:
    """Index after the last word of a match of ``elements[k:]`` at token i; -1 if there is none."""
    if k == len(elements):
        return i
    if i >= len(text.tokens):
        return -1
    if elements[k] == "*":
        for skipped in range(_GAP + 1):
            if i + skipped > len(text.tokens) or any(not w[0].isalnum() for w in text.lower[i : i + skipped]):
                return -1
            if (end := _end(elements, text, i + skipped, k + 1)) >= 0:
                return end
        return -1
    return _end(elements, text, i + 1, k + 1) if _fits(elements[k], text, i) else -1


def matches(analysis: Analysis, part: str) -> list[tuple[int, int, Row]]:
    """Matches of all rows in a part, found once: first token, token after the last, row."""
    key = ("phrasebook", part)
    found: list[tuple[int, int, Row]] | None = analysis.memo.get(key)
    if found is None:
        found = analysis.memo[key] = list(_matches(analysis.text(part), table(analysis.article.language)))
    return found


def _matches(text: Text, rows: dict[str, Rows]) -> Iterator[tuple[int, int, Row]]:
    lower, last = text.lower, len(text.lower) - 1
    done = -1
    here = set(lower)
    begins = [i for i, word in enumerate(lower) if word in rows or word[:_KEY] + "~" in rows]
    for i in begins:
        word, follows = lower[i], lower[i + 1] if i < last else ""
        for key in (word, word[:_KEY] + "~"):
            found = rows.get(key)
            if found is None or i < done:
                continue
            for row in (*found.by_second.get(follows, ()), *found.others):
                if row.need and here.isdisjoint(row.need):
                    continue
                end = _end(row.elements, text, i)
                if end > i and "\n" not in text.raw[text.tokens[i].start : text.tokens[end - 1].end]:
                    yield i, end, row
                    done = end
                    break


def _hits(analysis: Analysis, kinds: frozenset[str]) -> Iterator[Hit]:
    for part in ("headline", "body"):
        text = analysis.text(part)
        for first, end, row in matches(analysis, part):
            if row.kind in kinds:
                place = text.tokens[first].start, text.tokens[end - 1].end
                yield Hit(part, *place, f"“{text.raw[slice(*place)]}”: {analysis.language.name} says {row.remedy}")


@check(Axis.TRANSLATION, "calque", langs=TABLES)
def phrase_word_for_word(analysis: Analysis) -> Iterator[Hit]:
    """Flag a phrase that the table of the language lists as a word-for-word rendering or false friend.

    A phrase that is a calque and good usage by now ("Sinn machen") is not in the table.
    """
    yield from _hits(analysis, frozenset({"calque"}))


@check(Axis.TRANSLATION, "government", langs=TABLES)
def wrong_preposition(analysis: Analysis) -> Iterator[Hit]:
    """Flag a verb, adjective or noun with the preposition of another language ("teilnehmen auf", "interested on").

    Only the words between them that a table row allows may stand there.
    """
    yield from _hits(analysis, frozenset({"government"}))


@check(Axis.TRANSLATION, "tense", langs=TABLES)
def tense_word_for_word(analysis: Analysis) -> Iterator[Hit]:
    """Flag a tense that the other language would use ("is since 2019 running").

    Quoted speech is flagged, too.
    """
    yield from _hits(analysis, frozenset({"tense"}))


@check(Axis.TRANSLATION, "untranslated", langs=TABLES)
def phrase_left_standing(analysis: Analysis) -> Iterator[Hit]:
    """Flag a phrase of another language that copy here never borrows ("severance pay", "Seefahrtsamt").

    Titles of works that hold it are flagged, too.
    """
    yield from _hits(analysis, frozenset({"untranslated"}))


@check(Axis.TRANSLATION, "word-order", langs=TABLES)
def order_word_for_word(analysis: Analysis) -> Iterator[Hit]:
    """Flag a row of words in the order of another language, from the table.

    Verse and quotations are flagged, too.
    """
    yield from _hits(analysis, frozenset({"word-order"}))
