"""Statements of a text: quantities with what they count, and years; found once and shared by all checks.

Reading is literal: a quantity is a number with the unit or noun after it, no meaning is computed. All
offsets are code points into the text, half open; everything is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import Final, NamedTuple

from features.factual.words import Words, words_of
from features.text import Text

_DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)*")
_GROUP: Final = re.compile(r"\d{3}")
_YEAR: Final = range(1500, 2101)
_STEM: Final = 6
#: How many lower-case words may stand between a number and its noun in a language with capital nouns.
_ADJECTIVES: Final = 3


class Quantity(NamedTuple):
    """A number with its unit; ``start`` to ``end`` holds both, ``digits_end`` ends the number.

    ``dimension`` is that of the unit ("€", "m", "%"), "" for a bare count; ``value`` is in the base unit
    of the dimension, ``noun`` the stem of the word that is counted, "" if none is near. A fraction
    ("ein Drittel") is a percentage. ``approximate`` tells that the writer says "rund", "fast"; ``number`` is the
    number without magnitude and unit, the 70 of "70 Millionen".
    """

    start: int
    end: int
    value: float
    dimension: str
    noun: str
    approximate: bool
    digits_end: int
    token: int
    number: float


class Year(NamedTuple):
    """A calendar year in digits."""

    start: int
    end: int
    value: int


def parse_digits(written: str, decimal: str) -> float | None:
    """Value of digits with separators; None for times, dates, versions.

    A single separator before exactly three digits groups thousands in either language, as copy with foreign
    separators has it ("600,000" in German); "0,125" is a decimal.
    """
    groups = re.split(r"[.,]", written)
    signs = re.findall(r"[.,]", written)
    if not signs:
        return float(written)
    thousands = all(len(g) == 3 for g in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0][0] != "0"
    if thousands and len(set(signs)) == 1:
        return float("".join(groups))
    if len(signs) == 1:
        return float(groups[0] + "." + groups[1])
    if len(set(signs)) == 2 and signs[-1] == decimal and signs.count(decimal) == 1:
        return float("".join(groups[:-1]) + "." + groups[-1])
    return None


class Statements:
    """Quantities and years of one text."""

    def __init__(self, text: Text, words: Words) -> None:
        self.text = text
        self.words = words

    @cached_property
    def _found(self) -> tuple[list[Quantity], list[Year]]:
        quantities: list[Quantity] = []
        years: list[Year] = []
        dates = [(d.start, d.end) for d in self.text.dates]
        starts = [d[0] for d in dates]
        tokens, lower, words = self.text.tokens, self.text.lower, self.words
        i = 0
        while i < len(tokens):
            token = tokens[i]
            if not (token.text[0].isdigit() or lower[i] in words.numbers or lower[i] in words.fractions):
                i += 1
                continue
            at = bisect_left(starts, token.end) - 1
            if at >= 0 and dates[at][1] >= token.end:
                if len(token.text) == 4 and token.text.isdigit():
                    years.append(Year(token.start, token.end, int(token.text)))
                i += 1
                continue
            if self._is_year(i):
                years.append(Year(token.start, token.end, int(token.text)))
                i += 1
                continue
            quantity, i = self._quantity(i)
            if quantity is not None:
                quantities.append(quantity)
        return quantities, years

    @property
    def quantities(self) -> list[Quantity]:
        """All numbers that are neither dates, years, times nor scores."""
        return self._found[0]

    @property
    def years(self) -> list[Year]:
        """All years in digits, also those of dates."""
        return self._found[1]

    def _is_year(self, i: int) -> bool:
        """Four digits in the range of years with no unit, and in a language of capital nouns no noun, after them."""
        written = self.text.tokens[i].text
        if len(written) != 4 or not written.isdigit() or int(written) not in _YEAR:
            return False
        before = self.text.lower[i - 1] if i else ""
        if before in "$€£" and before:
            return False
        if i + 1 == len(self.text.tokens):
            return True
        after = self.text.lower[i + 1]
        if after in self.words.units or after in self.words.magnitudes:
            return False
        follows = self.text.tokens[i + 1].text
        if not (self.text.language.capital_nouns and follows[0].isupper() and follows.isalpha()):
            return True
        context = {"jahr", "jahre", "im", "seit", "ende", "anfang", "mitte", "sommer", "winter", "herbst", "bis", "von"}
        return before in context or before in self.text.language.months or i == 0 or after[-1] == "s"

    def _number(self, i: int) -> tuple[float | None, float, int]:
        """Value of the number that begins at a token, the same without magnitude, and the index after it."""
        tokens, lower, words = self.text.tokens, self.text.lower, self.words
        if tokens[i].text[0].isdigit():
            if not _DIGITS.fullmatch(tokens[i].text):
                return None, 0.0, i + 1
            written, j = tokens[i].text, i + 1
            # "100 000" with spaces between groups of three.
            while j < len(tokens) and len(written) <= 6 and _GROUP.fullmatch(tokens[j].text) and written.isdigit():
                if len(tokens[i].text) > 3 or tokens[j].start - tokens[j - 1].end != 1:
                    break
                written, j = written + tokens[j].text, j + 1
            value = parse_digits(written, self.text.language.decimal)
            if value is None:
                return None, 0.0, j
        else:
            value, j = words.numbers[lower[i]], i + 1
        number = value
        if j < len(tokens) and lower[j] in words.magnitudes and tokens[j].start - tokens[j - 1].end <= 1:
            value *= words.magnitudes[lower[j]]
            j += 1
            if j + 1 < len(tokens) and tokens[j].text == "." and tokens[j + 1].text[0].islower():
                j += 1
        return value, number, j

    def _quantity(self, i: int) -> tuple[Quantity | None, int]:
        tokens, lower, words = self.text.tokens, self.text.lower, self.words
        if lower[i] in words.fractions:
            return self._fraction(i, i + 1, 1.0)
        value, number, j = self._number(i)
        range_end = (
            i > 1 and tokens[i - 1].text in "-–/" and tokens[i - 2].text.isdigit() and len(tokens[i - 2].text) == 4
        )
        if (
            value is None
            or range_end
            or (j < len(tokens) and tokens[j].text == ":" and tokens[j].start == tokens[j - 1].end)
        ):
            return None, j
        if j < len(tokens) and lower[j] in words.fractions and value <= 10:
            return self._fraction(i, j + 1, value)
        start, dimension = tokens[i].start, ""
        if i and tokens[i - 1].text in ("$", "€", "£") and tokens[i - 1].end == start:
            dimension, start = words.units[tokens[i - 1].text][0], tokens[i - 1].start
        end, noun = tokens[j - 1].end, ""
        digits_end = end
        k = j + 1 if j + 1 < len(tokens) and tokens[j].text in "-‑–" and tokens[j].start == end else j
        if k < len(tokens) and lower[k] in words.units and not dimension:
            dimension, size = words.units[lower[k]]
            value, end, j = value * size, tokens[k].end, k + 1
        elif j + 1 < len(tokens) and lower[j] == "per" and lower[j + 1] == "cent":
            dimension, end, j = "%", tokens[j + 1].end, j + 2
        elif j < len(tokens):
            noun, end = self._noun(j, end)
        return Quantity(start, end, value, dimension, noun, self._is_approximate(i, start), digits_end, i, number), j

    def _fraction(self, i: int, j: int, times: float) -> tuple[Quantity | None, int]:
        """A share such as "zwei Drittel"; "Viertel nach drei" and quarters of a year are none."""
        tokens, lower = self.text.tokens, self.text.lower
        value = times * self.words.fractions[lower[j - 1]]
        first = i - 1 if i and lower[i - 1] in self.words.article_one else i
        bare = (
            first == i and times == 1 and not (i and lower[i - 1] in ("die", "der", "ein", "fast", "about", "nearly"))
        )
        if value > 100 or bare:
            return None, j
        start, end = tokens[first].start, tokens[j - 1].end
        noun = self._noun(j, end)[0] if j < len(tokens) else ""
        return Quantity(start, end, value, "%", noun, True, end, i, value), j

    def _noun(self, j: int, end: int) -> tuple[str, int]:
        """Stem of the word counted and its end; "" if a sign or a small word without a noun follows."""
        tokens = self.text.tokens
        if not self.text.language.capital_nouns:
            word = tokens[j].text
            known = self.text.lower[j] in self.text.language.function_words
            ok = word.isalpha() and len(word) > 2 and not known
            return (self.text.lower[j].rstrip("s")[:_STEM], tokens[j].end) if ok else ("", end)
        for k in range(j, min(j + _ADJECTIVES, len(tokens))):
            word = tokens[k].text
            if not word[0].isalpha():
                break
            if word[0].isupper():
                return self.text.lower[k][:_STEM], tokens[k].end
            if self.text.lower[k] in self.text.language.function_words:
                break
        return "", end

    def _is_approximate(self, i: int, start: int) -> bool:
        """Whether one of the two words before says so."""
        before = self.text.tokens[max(0, i - 3)].start
        return self.words.approximate.search(self.text.raw, before, start) is not None

    def within(self, start: int, end: int) -> list[Quantity]:
        """Quantities that begin in a span."""
        at = bisect_left(self._starts, start)
        return self.quantities[at : bisect_left(self._starts, end)]

    @cached_property
    def _starts(self) -> list[int]:
        return [q.start for q in self.quantities]


def statements_of(text: Text) -> Statements | None:
    """Statements of a text, kept with it; None for a language whose words are not known."""
    found = text.__dict__.get("_statements", False)
    if found is False:
        words = words_of(text.language.code)
        found = text.__dict__["_statements"] = Statements(text, words) if words is not None else None
    return found  # type: ignore[no-any-return]
