"""Names of places and people in article, headline, caption and source that do not fit each other."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from data.schema import Axis, Related, Severity
from features.crosslingual_facts import source_facts
from features.factual.words import words_of
from features.registry import Hit, check
from features.statements import statements_of
from features.text import Analysis, Text

_FILE: Final = Path(__file__).with_name("countries.toml")


@cache
def _countries() -> dict[str, str]:
    """Name of a country or its beginning, in lower case, by language and without -> its code."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {form: code for code, forms in table["countries"].items() for form in forms.split()}


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(_countries(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(forms) + r")\w{0,6}", re.IGNORECASE)


def countries(raw: str) -> Iterator[tuple[re.Match[str], str]]:
    """Countries named, also by an adjective or their people, with their code."""
    table = _countries()
    for match in _pattern().finditer(raw):
        word = match.group().lower()
        code = next((table[word[:n]] for n in range(len(word), 2, -1) if word[:n] in table), "")
        if code:
            yield match, code


@check(Axis.FACTUAL, "place", severity=Severity.MAJOR)
def headline_country_absent(analysis: Analysis) -> Iterator[Hit]:
    """Flag a country of the headline that the body never names while it names others.

    A headline that gives the country of a town of the body is flagged, too, where other countries are named.
    """
    head = list(countries(analysis.headline.raw))
    if not head:
        return
    body = list(countries(analysis.body.raw))
    named = {code for _, code in body}
    for match, code in head:
        lead = [m for m, c in body if c not in {h for _, h in head} and m.start() < len(analysis.body.raw) // 2]
        if code not in named and lead and match.group()[0].isupper():
            place = Related("contradicts", "body", *lead[0].span())
            yield Hit("headline", *match.span(), f"the body does not name {match.group()}", related=(place,))


@check(Axis.FACTUAL, "place", severity=Severity.MAJOR, needs_source=True)
def country_not_in_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a country that the source does not name, where the source names one that the article does not.

    Read in any language whose names of countries are known. The country of a town that only the source leaves out
    is flagged where the source names yet another country.
    """
    source = list(countries(analysis.article.source or ""))
    given = {code for _, code in source}
    own = {code for part in ("headline", "body") for _, code in countries(analysis.text(part).raw)}
    lost = [m for m, code in source if code not in own]
    if not lost:
        return
    seen: set[str] = set()
    for match, code in countries(analysis.body.raw):
        if code not in given and code not in seen and match.group()[0].isupper():
            seen.add(code)
            place = Related("contradicts", "source", *lost[0].span())
            yield Hit("body", *match.span(), f"the source does not name {match.group()}", related=(place,))


_CAPTION_LINE: Final = re.compile(r"[^\n]*")
_CAPITAL: Final = re.compile(r"(?<![\w.])[A-ZÄÖÜ][\w’'-]{3,40}")


def captions(analysis: Analysis) -> Iterator[tuple[int, int]]:
    """Lines of the body that begin as a caption does."""
    words = words_of(analysis.language.code)
    if words is None:
        return
    for match in words.caption.finditer(analysis.body.raw):
        line = _CAPTION_LINE.match(analysis.body.raw, match.end())
        if line is not None and line.group().strip():
            yield match.end(), line.end()


@check(Axis.FACTUAL, "date", severity=Severity.MINOR)
def caption_year_absent(analysis: Analysis) -> Iterator[Hit]:
    """Flag a year or figure of a caption that the text does not give while it gives others of the kind.

    A caption that alone knows when its picture was taken is flagged, too, unless the year is that of publication.
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    for start, end in captions(analysis):
        rest = [y for y in statements.years if not start <= y.start < end]
        for year in statements.years:
            if start <= year.start < end and rest and all(y.value != year.value for y in rest):
                near = [y for y in rest if _looks_like(str(y.value), str(year.value))]
                if near:
                    place = Related("contradicts", "body", near[0].start, near[0].end)
                    yield Hit("body", year.start, year.end, f"the text has {near[0].value}", related=(place,))


def _looks_like(one: str, two: str) -> bool:
    """Whether two figures are the same but for one digit or the order of their digits."""
    return sorted(one) == sorted(two) or (
        sum(a != b for a, b in zip(one, two, strict=False)) == 1 and len(one) == len(two)
    )


_CORRECTED: Final = re.compile(
    r"bericht(?:ig)|korrig|vertausch|fassung|zunächst|ursprünglich|zuvor|statt|correct|swapped|first|earlier|instead|originally",
    re.IGNORECASE,
)
#: An article of so many quantities is a table or a ticker.
_TABLE: Final = 45


def _is_corrected(analysis: Analysis, part: str, at: int) -> bool:
    """Whether the sentence of a figure, or the next, tells of a correction."""
    text = analysis.text(part)
    k = text.sentence_at(at)
    end = text.sentences[min(k + 1, len(text.sentences) - 1)].end
    return _CORRECTED.search(text.raw, text.sentences[k].start, end) is not None


@check(Axis.FACTUAL, "number", severity=Severity.MAJOR)
def figure_transposed(analysis: Analysis) -> Iterator[Hit]:
    """Flag a figure made of the digits of another one in another order ("212.000", later "221.000").

    At least three digits that are no zeros at the end, and one unit; two quantities may have such figures by chance.
    """
    seen: dict[tuple[str, str, int], tuple[float, str, int, int]] = {}
    for part in ("body", "headline"):
        statements = statements_of(analysis.text(part))
        for q in statements.quantities if statements and len(statements.quantities) < _TABLE else ():
            digits = f"{q.number:.10g}".replace(".", "")
            core = digits.rstrip("0")
            if not (q.dimension or q.noun) or (q.number != int(q.number) and q.value < 100):
                continue
            if (len(core) < 3 and not (len(core) == 2 and len(digits) > 3)) or q.dimension in ("clock", "age"):
                continue
            key = "".join(sorted(digits)), q.dimension, len(f"{q.value:.10g}")
            first = seen.setdefault(key, (q.value, part, q.start, q.end))
            if first[0] != q.value and not _is_corrected(analysis, part, q.start):
                written = analysis.text(first[1]).raw[first[2] : first[3]]
                place = Related("contradicts", first[1], *first[2:])
                yield Hit(part, q.start, q.end, f"{written} before", related=(place,))


_STATION: Final = re.compile(
    r"\b(?:in|nach|aus|bei|von|to|from|at|near) ([A-ZÄÖÜ][\w’'-]{3,40}(?: [A-ZÄÖÜ][\w’'-]{2,40})?)(?! (?:der|des|of)\b)"
)


@check(Axis.FACTUAL, "place", severity=Severity.MAJOR, langs={"en"}, needs_source=True)
def place_not_in_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a place ("in Genoa") of which neither source nor the rest of the article has a word.

    English only: in a language of capital nouns a place cannot be told from a thing. A place that the writer added
    from knowledge is flagged, though it may be right.
    """
    facts = source_facts(analysis)
    if facts.language != "en":
        return
    source = (analysis.article.source or "").lower()
    body = analysis.body.raw
    for match in _STATION.finditer(body):
        words = [w.lower().removesuffix("’s").removesuffix("'s") for w in match[1].split()]
        if any(w in analysis.language.months or w in analysis.language.weekdays for w in words):
            continue
        if all(w[:4] not in source for w in words) and body.count(match[1]) == 1 and not _said(analysis.body, match):
            yield Hit("body", *match.span(1), f"the source does not name {match[1]}")


def _said(text: Text, match: re.Match[str]) -> bool:
    """Whether a match lies in a line that does not belong to the story: byline, caption, furniture."""
    line = text.raw[text.raw.rfind("\n", 0, match.start()) + 1 : match.end() + 80].split("\n")[0]
    return len(line.split()) < 9 or bool(
        re.match(r"(?i)(?:photo|picture|caption|source|editing|read|more|reporting)", line)
    )
