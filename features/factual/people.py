"""Ages, names and roles of one person that do not fit each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from data.schema import Axis, Related, Severity
from features.factual.words import Words, words_of
from features.registry import Hit, check
from features.statements import statements_of
from features.text import Analysis, Text, Token

_AGE: Final = re.compile(
    r"\b([A-ZÄÖÜ][\w’-]{1,40})(?:, (\d{2,3})(?=[,;)](?! ?\d)| Jahre alt)| \((\d{2,3})(?=\)|, [^\W\d]|;))"
)
_BORN: Final = re.compile(
    r"\b([A-ZÄÖÜ][\w’-]{1,40})(?:, | \(| ?, who was | was |, der | ist | wurde )(?:\d+, )?"
    r"(?:Jahrgang|geboren(?: im Jahr)?|born in(?: [A-Z]\w+(?: in [A-Z]\w+)?)?) ?(\d{4})"
)
_YEAR_SLACK: Final = 1


def _place(start: int, end: int, part: str = "body") -> tuple[Related, ...]:
    return (Related("contradicts", part, start, end),)


@check(Axis.FACTUAL, "age", severity=Severity.MAJOR)
def two_ages(analysis: Analysis) -> Iterator[Hit]:
    """Flag a second age for one surname ("Weber (34)", "Weber, 34,"), in headline or body.

    Two relatives of one surname are flagged, too; results of matches and seats after a name are taken for ages where
    they are written like one.
    """
    seen: dict[str, tuple[str, str, int, int]] = {}
    calendar = {*analysis.language.months, *analysis.language.weekdays}
    for part in ("body", "headline"):
        for match in _AGE.finditer(analysis.text(part).raw):
            group = 2 if match[2] else 3
            age, name = match[group], match[1]
            if not 10 <= int(age) <= 105 or name.lower() in calendar:
                continue
            first = seen.setdefault(name, (age, part, match.start(group), match.end(group)))
            if first[0] != age:
                yield Hit(
                    part,
                    match.start(group),
                    match.end(group),
                    f"{name} is {first[0]} above",
                    related=_place(*first[2:], first[1]),
                )


@check(Axis.FACTUAL, "age", severity=Severity.MAJOR, needs="published")
def age_against_birth(analysis: Analysis) -> Iterator[Hit]:
    """Flag a birth year that makes a person younger or older, on the day of publication, than the age given for them.

    A year either way passes. Of two relatives of one surname the one's age is compared with the other's birth year.
    """
    if analysis.published is None:
        return
    raw = analysis.body.raw
    ages: dict[str, re.Match[str]] = {}
    for match in _AGE.finditer(raw):
        ages.setdefault(match[1], match)
    for match in _BORN.finditer(raw):
        age = ages.get(match[1])
        if age is None:
            continue
        written = int(age[2] or age[3])
        if 10 <= written <= 105 and abs(analysis.published.year - int(match[2]) - written) > _YEAR_SLACK:
            note = f"{match[1]} is {written}"
            yield Hit("body", match.start(2), match.end(2), note, related=_place(age.start(), age.end()))


_SINCE: Final = re.compile(
    r"\b(?:gegründet|eröffnet\w*|gebaut\w*|erbaut|Gründung|seit|built|founded|opened|established|since|von|from"
    r"|aus dem Jahr)\b[^.;\n]{0,40}?\b((?:1[5-9]|20)\d\d)\b"
    r"|\b((?:1[5-9]|20)\d\d) (?:gegründet|eröffnet|gebaut|erbaut)",
    re.IGNORECASE,
)
_SPAN: Final = re.compile(
    r"\bnach (\d{2,3}) Jahren\b|\b(\d{2,3})-jährigen? (?:Geschichte|Bestehen)"
    r"|\b(\d{2,3}) Jahre nach (?:ihrer|seiner|der) Gründung"
    r"|\bthe \w+’s (\d{2,3}) years\b|\bafter (\d{2,3}) years\b|\b(\d{2,3})-year history\b",
    re.IGNORECASE,
)


@check(Axis.FACTUAL, "age", severity=Severity.MAJOR, needs="published")
def years_against_founding(analysis: Analysis) -> Iterator[Hit]:
    """Flag "nach 65 Jahren" over "1971 eröffnet": a span that no two years of the article, or one and today, make.

    Needs just one founding year in the text and a span of twenty years or more; a span of something else is flagged.
    """
    statements = statements_of(analysis.body)
    if statements is None or analysis.published is None:
        return
    body = analysis.body.raw
    founded = list(_SINCE.finditer(body))
    heads = statements_of(analysis.headline)
    years = {y.value for s in (statements, heads) if s for y in s.years} | {analysis.published.year}
    spans = {abs(a - b) + d for a in years for b in years for d in (-1, 0, 1)}
    if not founded:
        return
    for part in ("headline", "body"):
        for match in _SPAN.finditer(analysis.text(part).raw):
            group = match.lastindex or 1
            length = int(match[group])
            old = [m for m in founded if analysis.published.year - int(m[1] or m[2]) > 15]
            if length >= 20 and not any(abs(length - s) <= (5 if length % 10 == 0 else 0) for s in spans) and old:
                first = old[0]
                made = analysis.published.year - int(first[1] or first[2])
                if abs(made - length) < 60:
                    yield Hit(
                        part,
                        *match.span(),
                        f"since {first[1] or first[2]} are {made} years",
                        related=_place(*first.span()),
                    )


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
            place = _place(before.start, before.end)
            yield Hit("body", tokens[i + 1].start, tokens[i + 2].end, f"above {before.text} {surname}", related=place)


class Mention(NamedTuple):
    """A role beside a surname."""

    surname: str
    role: str
    start: int
    end: int


#: Words before a role that say it is not the present one, or another's.
_NOT_NOW: Final = re.compile(
    r"(?:früher|ehemalig|einstig|damalig|vormalig|künftig|designiert|former|then|ex|deputy|stellvertret|vize)\w*[ -]$",
    re.IGNORECASE,
)
#: Classes of roles that one person may well have together.
_TOGETHER: Final = (
    {"science", "school"},
    {"medicine", "school"},
    {"science", "medicine"},
    {"business", "trade"},
    {"politics", "court"},
    {"politics", "school"},
    {"politics", "business"},
)


@lru_cache(maxsize=1 << 15)
def _role(word: str, code: str) -> tuple[str, str] | None:
    """Head and class of a role noun, without ending of case and gender; compounds by their last part."""
    words = words_of(code)
    if words is None or len(word) < 4:
        return None
    lower = word.lower()
    for form in (lower, lower.rstrip("s"), lower.removesuffix("en"), lower.removesuffix("n")):
        if form in words.roles:
            return _neuter(form, words), words.roles[form]
    if code == "de":
        for cut in range(3, len(lower) - 5):
            for form in (lower[cut:], lower[cut:].rstrip("s"), lower[cut:].removesuffix("n")):
                if form in words.roles and len(form) > 5:
                    return _neuter(form, words), words.roles[form]
    return None


def _neuter(form: str, words: Words) -> str:
    """Masculine of a feminine role noun ("biologin" -> "biolog")."""
    stem = form.removesuffix("in") if form.endswith("in") else form.removesuffix("e")
    return stem.replace("ä", "a").replace("ö", "o").removesuffix("er").removesuffix("e")


def mentions(text: Text) -> Iterator[Mention]:
    """Role nouns right before a surname, with or without a first name between them, and after one in English."""
    tokens, code = text.tokens, text.language.code
    for i, token in enumerate(tokens[:-1]):
        role = _role(token.text, code) if token.text[0].isalpha() else None
        if role is None or _NOT_NOW.search(text.raw, max(0, token.start - 16), token.start):
            continue
        k = i + 1
        if tokens[k].text == "Dr" and k + 2 < len(tokens):
            k += 2
        run: list[Token] = []
        while k < len(tokens) and len(run) < 3 and tokens[k].text[0].isupper() and _role(tokens[k].text, code) is None:
            run.append(tokens[k])
            k += 1
        if run and (code != "de" or token.text[0].isupper()):
            name = run[-1].text
            yield Mention(name.removesuffix("’s").removesuffix("'s"), role[0], token.start, run[-1].end)


@check(Axis.FACTUAL, "role", severity=Severity.MAJOR)
def two_roles(analysis: Analysis) -> Iterator[Hit]:
    """Flag a second role for one surname: "die Verhaltensbiologin Krysiak" and later "die Tierärztin Krysiak".

    Only roles of the list, and only pairs that one person seldom has together. Two people of one surname, and a
    person who really is both, are flagged.
    """
    if words_of(analysis.language.code) is None:
        return
    seen: dict[str, Mention] = {}
    words = words_of(analysis.language.code)
    for mention in mentions(analysis.body):
        first = seen.setdefault(mention.surname, mention)
        if first.role == mention.role or words is None:
            continue
        classes = {_class_of(first, analysis), _class_of(mention, analysis)}
        if first.role.endswith(mention.role) or mention.role.endswith(first.role) or _go_together(classes):
            continue
        yield Hit(
            "body",
            mention.start,
            mention.end,
            f"above {first.role} {first.surname}",
            related=_place(first.start, first.end),
        )


def _go_together(classes: set[str]) -> bool:
    """Whether roles of these classes are often held by one person, or are two words for one role."""
    return "kin" in classes or classes in ({"politics"}, {"school"}) or classes in _TOGETHER


def _class_of(mention: Mention, analysis: Analysis) -> str:
    word = analysis.body.raw[mention.start : mention.end].split()[0]
    found = _role(word, analysis.language.code)
    return found[1] if found else ""
