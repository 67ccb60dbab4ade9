"""One analysis of an article, made once and shared by everything that looks at it.

`analyse` wraps each part of the article in a `Text`, whose tokens, sentences, quotations,
figures and dates are found at the first question and kept. Every pattern here is linear in
the text. All offsets are code points into the part, half open.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Any, Final, NamedTuple

from data.schema import Article
from data.sentences import sentence_spans
from features.languages import LANGUAGES, Language

# A number keeps its separators, a word its inner hyphens, apostrophes and dots (U.S., z.B.).
_TOKEN: Final = re.compile(r"\d+(?:[.,:]\d+)*|\w+(?:[-’'‑]\w+)*|[^\w\s]")
_PARAGRAPH: Final = re.compile(r"[^\n]+")
_QUOTE: Final = re.compile('[„“”"»«‟]')
_FIGURE: Final = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
_YEAR: Final = range(1000, 2100)


class Token(NamedTuple):
    """A word, number or single other sign, with its place."""

    text: str
    start: int
    end: int


class Span(NamedTuple):
    """A half-open stretch of code points."""

    start: int
    end: int


class Quotation(NamedTuple):
    """A stretch between quotation marks; ``end`` is after the closing mark.

    ``closer`` is "" where no closing mark was found before the end of the paragraph.
    """

    start: int
    end: int
    opener: str
    closer: str


class Figure(NamedTuple):
    """A number in digits or words, multiplied out; ``unit`` is the word or sign after it, lower case."""

    start: int
    end: int
    value: float
    unit: str


class Date(NamedTuple):
    """A calendar date; a year of 0 means that none is written. ``weekday`` is 0 for Monday, None if not given.

    ``start`` and ``end`` hold the weekday, too.
    """

    start: int
    end: int
    day: int
    month: int
    year: int
    weekday: int | None


class Text:
    """A text of one language with what was found in it."""

    def __init__(self, raw: str, language: Language) -> None:
        self.raw = raw
        self.language = language

    @cached_property
    def tokens(self) -> list[Token]:
        """Words, numbers and signs in order."""
        return [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(self.raw)]

    @cached_property
    def lower(self) -> list[str]:
        """The tokens in lower case."""
        return [token.text.lower() for token in self.tokens]

    @cached_property
    def n_words(self) -> int:
        """Number of tokens that are no sign."""
        return sum(1 for token in self.tokens if token.text[0].isalnum())

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def tokens_in(self, start: int, end: int) -> range:
        """Indices of the tokens that begin inside the span."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    @cached_property
    def paragraphs(self) -> list[Span]:
        """Lines that are not empty."""
        return [Span(*m.span()) for m in _PARAGRAPH.finditer(self.raw) if not m.group().isspace()]

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentences without the white space around them; a line end always ends one."""
        language = self.language
        return [Span(*s) for s in sentence_spans(self.raw, language.abbreviations, language.dotted_ordinals)]

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds an offset (the last one that begins before it)."""
        return max(0, bisect_right(self.sentences, (offset, 1 << 60)) - 1)

    @cached_property
    def quotations(self) -> list[Quotation]:
        """Stretches between double quotation marks, by paragraph, the marks included."""
        return [q for paragraph in self.paragraphs for q in self._quotations_of(paragraph)]

    def _quotations_of(self, paragraph: Span) -> list[Quotation]:
        found: list[Quotation] = []
        opened: tuple[int, str] | None = None
        for match in _QUOTE.finditer(self.raw, *paragraph):
            glyph, at = match.group(), match.start()
            if opened is None:
                opened = (at, glyph)
            elif glyph == "„":
                # A second opening mark: the first one was never closed.
                found.append(Quotation(opened[0], at, opened[1], ""))
                opened = (at, glyph)
            else:
                found.append(Quotation(opened[0], match.end(), opened[1], glyph))
                opened = None
        if opened is not None:
            found.append(Quotation(opened[0], paragraph.end, opened[1], ""))
        return found

    def quoted(self, offset: int) -> bool:
        """Whether an offset lies between quotation marks."""
        at = bisect_right(self.quotations, (offset, 1 << 60, "", "")) - 1
        return at >= 0 and self.quotations[at].end > offset

    @cached_property
    def figures(self) -> list[Figure]:
        """Numbers in digits with magnitude and unit, and number words; bare years are left out."""
        tokens, lower, words = self.tokens, self.lower, self.language.number_words
        found: list[Figure] = []
        # Few tokens are numbers: they are picked out before anything is asked of them.
        for i in [i for i, word in enumerate(lower) if word[0].isdigit() or word in words]:
            token = tokens[i]
            value = self._value(token.text) if token.text[0].isdigit() else float(words[lower[i]])
            if value is None:
                continue
            end, unit = token.end, ""
            j = i + 1
            if j < len(tokens) and lower[j] in self.language.magnitudes:
                value *= self.language.magnitudes[lower[j]]
                end, j = tokens[j].end, j + 1
                if j < len(tokens) and tokens[j].text == ".":
                    j += 1
            elif value in _YEAR and token.text.isdigit() and len(token.text) == 4:
                continue
            if j < len(tokens) and (tokens[j].text[0].isalpha() or tokens[j].text in "%€$£°"):
                unit = lower[j]
            found.append(Figure(token.start, end, value, unit))
        return found

    def _value(self, written: str) -> float | None:
        """Value of digits by the conventions of the language; None for times, dates and scores."""
        if ":" in written:
            return None
        decimal, thousands = self.language.decimal, self.language.thousands
        whole, _, fraction = written.partition(decimal)
        groups = whole.split(thousands)
        if len(groups) > 1 and any(len(g) != 3 for g in groups[1:]):
            # "1.32" in German copy: the foreign decimal sign; three parts are a date.
            return float(written.replace(thousands, ".")) if len(groups) == 2 and not fraction else None
        if not fraction.isdigit() and fraction:
            return None
        return float("".join(groups) + "." + (fraction or "0"))

    @cached_property
    def dates(self) -> list[Date]:
        """Dates with day and month, with the weekday before them."""
        return [d for m in _date_pattern(self.language.code).finditer(self.raw) if (d := self._date(m))]

    def _date(self, match: re.Match[str]) -> Date | None:
        got = match.groupdict()
        months, weekdays = self.language.months, self.language.weekdays
        day = int(got.get("day") or got.get("day2") or got.get("day3") or 0)
        name = (got.get("month") or got.get("month2") or "").lower()
        month = months[name] if name else int(got.get("month3") or 0)
        year = int(got.get("year") or got.get("year2") or got.get("year3") or 0)
        weekday = (got.get("weekday") or "").lower()
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return None
        return Date(match.start(), match.end(), day, month, year, weekdays.get(weekday) if weekday else None)


_DATE_PATTERNS: dict[str, re.Pattern[str]] = {}


def _date_pattern(code: str) -> re.Pattern[str]:
    """Pattern of dates of a language: ``14. März 2024``, ``March 14, 2024``, ``14.03.2024``."""
    if code not in _DATE_PATTERNS:
        language = LANGUAGES[code]
        months, weekdays = "|".join(language.months), "|".join(language.weekdays)
        _DATE_PATTERNS[code] = re.compile(
            rf"(?:\b(?P<weekday>{weekdays})\w{{0,2}}\b,? (?:(?:dem|den|der|the) )?)?"
            rf"(?:\b(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)? (?:of |de )?(?P<month>{months})\b"
            r"(?:,? (?:del? )?(?P<year>\d{4})\b)?"
            rf"|\b(?P<month2>{months}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,? (?P<year2>\d{{4}})\b)?"
            r"|\b(?P<day3>\d{1,2})\.(?P<month3>\d{1,2})\.(?P<year3>\d{4})\b)",
            re.IGNORECASE,
        )
    return _DATE_PATTERNS[code]


class Analysis:
    """An article with the analysis of its parts; ``memo`` keeps what later layers compute of it."""

    def __init__(self, article: Article, language: Language, known_language: bool) -> None:
        self.article = article
        self.language = language
        #: False where no file describes the language: checks then report nothing and rates are NaN.
        self.known_language = known_language
        self.memo: dict[Any, Any] = {}

    @cached_property
    def headline(self) -> Text:
        """The headline, an empty text where there is none."""
        return Text(self.article.headline or "", self.language)

    @cached_property
    def body(self) -> Text:
        """The body."""
        return Text(self.article.body, self.language)

    @cached_property
    def source(self) -> Text:
        """The grounding document, an empty text where there is none."""
        language = self.article.extra.get("source_language")
        return Text(self.article.source or "", LANGUAGES.get(str(language), self.language))

    @cached_property
    def published(self) -> datetime.date | None:
        """Day of publication, None if it is not known or no date."""
        try:
            return datetime.date.fromisoformat((self.article.published or "")[:10])
        except ValueError:
            return None

    def text(self, part: str) -> Text:
        """The analysed headline, body or source."""
        views: dict[str, Text] = {"headline": self.headline, "body": self.body, "source": self.source}
        return views[part]


def analyse(article: Article) -> Analysis:
    """Prepare an article for checks and features; the work is done at the first question."""
    language = LANGUAGES.get(article.language)
    return Analysis(article, language or LANGUAGES["en"], language is not None)
