"""Corruptions of how a page is set: locale, marks, capitals, furniture, repetition."""

from __future__ import annotations

import re
from random import Random
from typing import Final

from data.perturb.edit import Change, Edit, Fault, Place
from data.perturb.placing import line
from data.perturb.registry import corruption
from data.perturb.tables import tables, words
from data.perturb.words import QUOTE, pick, prose
from data.schema import Article, Axis, Severity

_DECIMAL: Final = re.compile(r"(?<![\d.,])(\d{1,3})([.,])(\d{1,2}|\d{3})(?![\d.,]\d)(?!\.? ?Uhr|\d)")
_CLOCK: Final = re.compile(r"\b(\d{1,2})[.:](\d\d) Uhr\b")
_CLOCK_EN: Final = re.compile(r"\b(\d{1,2})(?:[.:](\d\d))? ?(am|pm|a\.m\.|p\.m\.)(?!\w)")
_MONEY: Final = re.compile(r"(?<![\d.,])(\d+(?:[.,]\d+){0,4}) (Euro|Dollar)\b")
_PERCENT: Final = re.compile(r"(?<![\d.,])(\d+(?:[.,]\d+)?) (?:Prozent|per cent|percent)\b")
_SIGNS: Final = {"Euro": "€", "Dollar": "$"}
_SAY_SIE: Final = re.compile(r"\b(?:[Ww]enn|[Dd]ass|[Kk]önnen|[Mm]üssen|[Ss]ollten|[Ff]inden) (Sie)\b")
_SIE: Final = {"können": "kannst", "müssen": "musst", "sollten": "solltest", "finden": "findest"}


@corruption(Axis.TRANSLATION, 6)
def locale(article: Article, rng: Random) -> Change | None:
    """A figure, date, time or sum of money written the foreign way."""
    text, german = article.body, article.language == "de"
    found: list[tuple[re.Match[str], str]] = [
        (m, m[1] + (",."[m[2] == ","]) + m[3])
        for m in _DECIMAL.finditer(text)
        if len(m[3]) < 3 or m[2] == (".,"[not german])
    ]
    found += [(m, f"%{m[1]}") for m in _PERCENT.finditer(text)][:1]
    if german:
        found += [(m, _half_day(int(m[1]), m[2])) for m in _CLOCK.finditer(text) if int(m[1]) < 24]
        found += [(m, f"{_SIGNS[m[2]]}{m[1]}") for m in _MONEY.finditer(text)]
    else:
        found += [(m, f"{_full_day(int(m[1]), m[3])}.{m[2] or '00'} h") for m in _CLOCK_EN.finditer(text)]
    found += _foreign_dates(text, article.language)
    chosen = pick(rng, found)
    if chosen is None:
        return None
    match, new = chosen
    fault = Fault(Axis.TRANSLATION, "locale", Severity.MINOR, Place("body", *match.span()), match[0])
    return Change((Edit("body", *match.span(), new),), (fault,))


def _half_day(hour: int, minute: str) -> str:
    return f"{(hour - 1) % 12 + 1}:{minute} {'p' if hour >= 12 else 'a'}.m."


def _full_day(hour: int, half: str) -> int:
    return hour % 12 + (12 if half.startswith("p") else 0)


def _foreign_dates(text: str, language: str) -> list[tuple[re.Match[str], str]]:
    months = "|".join(tables(language)["months"])
    if language == "de":
        return [(m, f"{m[2]} {m[1]}") for m in re.finditer(rf"\b(\d{{1,2}})\. ({months})\b", text)]
    return [(m, f"{m[1]}. {m[2]}") for m in re.finditer(rf"\b(\d{{1,2}}) ({months})\b", text)]


@corruption(Axis.TRANSLATION, 2.5)
def quotation_mark(article: Article, rng: Random) -> Change | None:
    """One quotation in foreign or unequal marks; the others keep theirs."""
    match = pick(rng, list(QUOTE.finditer(article.body)))
    if match is None:
        return None
    text, (start, end) = article.body, match.span()
    other = [m for m in tables(article.language)["marks"] if (m[0], m[1]) != (text[start], text[end - 1])]
    opening, closing = rng.choice(other)
    edits = [Edit("body", start, start + 1, opening), Edit("body", end - 1, end, closing)]
    kept = tuple(e for e in edits if text[e.start : e.end] != e.text)
    fault = Fault(
        Axis.TRANSLATION, "quotation-mark", Severity.MINOR, Place("body", start, end), match[0][0] + match[0][-1]
    )
    return Change(kept, (fault,))


@corruption(Axis.TRANSLATION, 1.5, {"de"})
def punctuation(article: Article, rng: Random) -> Change | None:
    """An English comma after the adverbial at the head of a German sentence."""
    heads, verbs = "|".join(words("de", "adverbials")), "|".join(words("de", "finite"))
    pattern = re.compile(rf"((?:{heads})(?: [\w.-]+){{0,4}}) (?:{verbs})\b")
    found = [m for s in prose(article.body) if (m := pattern.match(article.body, s.start, s.end))]
    match = pick(rng, found)
    if match is None:
        return None
    end = match.end(1)
    fault = Fault(Axis.TRANSLATION, "punctuation", Severity.MINOR, Place("body", *match.span()), match[0])
    return Change((Edit("body", end, end, ","),), (fault,))


@corruption(Axis.TRANSLATION, 1.5)
def capitalisation(article: Article, rng: Random) -> Change | None:
    """A weekday or month in small letters, an adjective of a nation in capitals (German)."""
    listed = tables(article.language)["weekdays"] + tables(article.language)["months"]
    listed = [w for w in listed if w not in ("March", "May", "Mai", "August", "April")]
    adjectives = words(article.language, "lower_again")
    pattern = re.compile(rf"(?<![.!?] )\b(?:{'|'.join([*listed, *adjectives])})\b")
    match = pick(rng, [m for m in pattern.finditer(article.body) if m.start()])
    if match is None:
        return None
    place = Place("body", *match.span())
    fault = Fault(Axis.TRANSLATION, "capitalisation", Severity.MINOR, place, match[0])
    return Change((Edit("body", match.start(), match.start() + 1, match[0][0].swapcase()),), (fault,))


@corruption(Axis.TRANSLATION, 0.5, {"de"})
def register(article: Article, rng: Random) -> Change | None:
    """Sie turned to du once."""
    match = pick(rng, list(_SAY_SIE.finditer(article.body)))
    if match is None:
        return None
    verb = match[0].split(" ")[0]
    new = _SIE.get(verb.lower(), verb)
    new = new.capitalize() if verb[0].isupper() else new
    fault = Fault(Axis.TRANSLATION, "register", Severity.MINOR, Place("body", *match.span()), match[0])
    return Change((Edit("body", *match.span(), f"{new} du"),), (fault,))


@corruption(Axis.TRANSLATION, 1)
def repetition(article: Article, rng: Random) -> Change | None:
    """A sentence, or the last words of one, given twice."""
    found = [s for s in prose(article.body) if s.end - s.start < 110]
    s = pick(rng, found)
    if s is None:
        return None
    text = article.body[s.start : s.end]
    fault_place = Place("body", s.end, s.end)
    if rng.random() < 0.6:
        related = (("contradicts", Place("body", s.start, s.end)),)
        fault = Fault(Axis.TRANSLATION, "repetition", Severity.MINOR, fault_place, "given twice", related)
        return Change((Edit("body", s.end, s.end, f" {text}"),), (fault,))
    tail = text.rstrip('.!?“”"»«')
    last = tail.split(" ")[-3:]
    at = s.start + len(tail)
    fault = Fault(Axis.TRANSLATION, "repetition", Severity.MINOR, Place("body", at, at), "given twice")
    return Change((Edit("body", at, at, f" {' '.join(last)}"),), (fault,))


@corruption(Axis.TRANSLATION, 3)
def residue(article: Article, rng: Random) -> Change | None:
    """Furniture of the source page, as a line of its own or run into the text."""
    edit = line(article, rng, rng.choice(tables(article.language)["residue"]))
    if edit is None:
        return None
    fault = Fault(Axis.TRANSLATION, "residue", Severity.MINOR, Place("body", edit.start, edit.end), "furniture")
    return Change((edit,), (fault,))
