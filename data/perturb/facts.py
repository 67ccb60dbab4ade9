"""Corruptions of facts: an edit that the article itself, its headline or its source contradicts.

Every one needs the other side of the clash to stand somewhere, so that the fault can be seen; where
nothing of the article repeats what is edited, it returns None. The innocent twins put in the same kind
of words without a clash.
"""

from __future__ import annotations

import datetime
import re
from random import Random
from typing import Final

from data.perturb.edit import Change, Edit, Fault, Place
from data.perturb.placing import after_sentence
from data.perturb.registry import corruption
from data.perturb.tables import pairs, tables, words
from data.perturb.words import FIGURE, pick, repeated_figures
from data.schema import Article, Axis, Severity

_WHOLE: Final = re.compile(r"(?<![\w.,])(\d{2,4})(?![.,]?\d)")
_AGED: Final = r", (\d\d)(?=[,. ])"


def altered(figure: str, rng: Random) -> str:
    """A figure written alike with another value: two digits swapped, one changed, or a tenth more or less."""
    digits = [i for i, c in enumerate(figure) if c.isdigit()]
    for _ in range(8):
        chars = list(figure)
        i = rng.choice(digits)
        if len(digits) > 1 and rng.random() < 0.35:
            j = digits[digits.index(i) - 1]
            chars[i], chars[j] = chars[j], chars[i]
        else:
            chars[i] = str((int(chars[i]) + rng.choice((1, 2, 3, 7, 8, 9))) % 10)
        new = "".join(chars)
        if new != figure and (new[0] != "0" or figure[0] == "0"):
            return new
    return figure


@corruption(Axis.FACTUAL, 6)
def number(article: Article, rng: Random) -> Change | None:
    """A figure that headline, source or another sentence gives, changed in one place."""
    chosen = pick(rng, list(repeated_figures(article)))
    if chosen is None:
        return None
    figure, (start, end), other = chosen
    new = altered(figure, rng)
    if new == figure:
        return None
    fault = Fault(
        Axis.FACTUAL,
        "number",
        Severity.MAJOR,
        Place("body", start, end),
        f"{figure} in the {other[0]}",
        (("contradicts", Place(*other)),),
    )
    return Change((Edit("body", start, end, new),), (fault,))


@corruption(Axis.FACTUAL, 2)
def headline_number(article: Article, rng: Random) -> Change | None:
    """A figure of the headline that the body gives, changed in the headline."""
    body = {m[0]: m for m in FIGURE.finditer(article.body)}
    found = [m for m in FIGURE.finditer(article.headline or "") if m[0] in body and len(m[0]) > 1]
    match = pick(rng, found)
    if match is None or (new := altered(match[0], rng)) == match[0]:
        return None
    related = (("contradicts", Place("body", *body[match[0]].span())),)
    fault = Fault(Axis.FACTUAL, "number", Severity.MAJOR, Place("headline", *match.span()), match[0], related)
    return Change((Edit("headline", *match.span(), new),), (fault,))


def _dated(article: Article) -> list[tuple[re.Match[str], int, datetime.date]]:
    """Weekday with day and month whose year is written or known: match, index of the true weekday, date."""
    days, months = tables(article.language)["weekdays"], tables(article.language)["months"]
    if article.language == "de":
        shape = rf"\b({'|'.join(days)}),? (?:de[nm] )?(\d{{1,2}})\. ({'|'.join(months)})(?: (\d{{4}}))?"
    else:
        shape = rf"\b({'|'.join(days)}),? (\d{{1,2}}) ({'|'.join(months)})(?: (\d{{4}}))?"
    out = []
    for m in re.finditer(shape, article.body):
        year = m[4] or (article.published or "")[:4]
        try:
            date = datetime.date(int(year), months.index(m[3]) + 1, int(m[2]))
        except ValueError:
            continue
        if date.weekday() == days.index(m[1]):
            out.append((m, date.weekday(), date))
    return out


@corruption(Axis.FACTUAL, 3)
def weekday(article: Article, rng: Random) -> Change | None:
    """A weekday moved by one or more days against its date, or put wrongly before a date."""
    days = tables(article.language)["weekdays"]
    chosen = pick(rng, _dated(article))
    if chosen is None:
        return _weekday_added(article, rng, wrong=True)
    match, true, date = chosen
    new = days[(true + rng.choice((1, 1, 2, 3, 5, 6))) % 7]
    fault = Fault(Axis.FACTUAL, "weekday", Severity.MINOR, Place("body", *match.span()), f"{date} is a {days[true]}")
    return Change((Edit("body", *match.span(1), new),), (fault,))


def _weekday_added(article: Article, rng: Random, wrong: bool) -> Change | None:
    """A weekday before a date that has none: the wrong one, or (an innocent change) the right one."""
    days, months = tables(article.language)["weekdays"], tables(article.language)["months"]
    german = article.language == "de"
    listed = "|".join(months)
    shape = (
        rf"\b[Aa]m (\d{{1,2}}\. ({listed}))\b(?: (\d{{4}}))?"
        if german
        else rf"\bon (\d{{1,2}} ({listed}))\b(?: (\d{{4}}))?"
    )
    match = pick(rng, list(re.finditer(shape, article.body)))
    if match is None:
        return None
    try:
        year = int(match[3] or (article.published or "")[:4])
        date = datetime.date(year, months.index(match[2]) + 1, int(re.sub(r"\D", "", match[1].split(" ")[0])))
    except ValueError:
        return None
    name = days[(date.weekday() + (rng.choice((1, 2, 6)) if wrong else 0)) % 7]
    at = match.start(1)
    edit = Edit("body", at, at, f"{name}, {'dem ' if german else ''}")
    if not wrong:
        return Change((edit,))
    fault = Fault(
        Axis.FACTUAL, "weekday", Severity.MINOR, Place("body", at, match.end(1)), f"{date} is a {days[date.weekday()]}"
    )
    return Change((edit,), (fault,))


@corruption(None, 1)
def right_weekday(article: Article, rng: Random) -> Change | None:
    """Innocent: the right weekday put before a date."""
    return _weekday_added(article, rng, wrong=False)


@corruption(Axis.FACTUAL, 1.5)
def date(article: Article, rng: Random) -> Change | None:
    """A day of the month changed where source, headline or body give the same date elsewhere."""
    months = "|".join(tables(article.language)["months"])
    shape = re.compile(rf"\b(\d{{1,2}})\.? ({months})\b")
    elsewhere: dict[str, tuple[str, int, int]] = {}
    found = []
    for part in ("source", "headline", "body"):
        for m in shape.finditer(article.text(part)):
            if part == "body" and m[0] in elsewhere:
                found.append((m, elsewhere[m[0]]))
            elsewhere.setdefault(m[0], (part, *m.span()))
    chosen = pick(rng, found)
    if chosen is None:
        return None
    match, other = chosen
    new = (int(match[1]) - 1 + rng.choice((1, 2, 7, 10, 20))) % 28 + 1
    fault = Fault(
        Axis.FACTUAL, "date", Severity.MAJOR, Place("body", *match.span()), match[0], (("contradicts", Place(*other)),)
    )
    return Change((Edit("body", *match.span(1), str(new)),), (fault,)) if new != int(match[1]) else None


def _from_table(article: Article, rng: Random, table: str, kind: str, both_ways: bool) -> Change | None:
    """A word turned into its opposite in a sentence that source or headline give with the word itself."""
    entries = dict(pairs(article.language, table))
    if both_ways:
        entries |= {wrong: right for right, wrong in entries.items() if wrong}
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, entries))})(?![\w-])")
    found = []
    for part, others in (("body", ("source", "headline")), ("headline", ("body",))):
        for m in pattern.finditer(article.text(part)):
            alone = not entries[m[0]] and article.text(part)[m.end() : m.end() + 1] != " "
            for other in () if alone else others:
                twin = re.search(rf"(?<![\w-]){re.escape(m[0])}(?![\w-])", article.text(other))
                if twin and _shared(article, part, m.span(), other, twin.span()):
                    found.append((part, m, (other, *twin.span())))
    chosen = pick(rng, found)
    if chosen is None:
        return None
    part, match, place = chosen
    new = entries[match[0]]
    end = match.end() + (1 if not new and article.text(part)[match.end() : match.end() + 1] == " " else 0)
    last = end if new else min(_word_end(article.text(part), end), len(article.text(part)))
    fault = Fault(
        Axis.FACTUAL,
        kind,
        Severity.MAJOR,
        Place(part, match.start(), last),
        match[0],
        (("contradicts", Place(*place)),),
    )
    return Change((Edit(part, match.start(), end, new),), (fault,))


def _word_end(text: str, start: int) -> int:
    match = re.compile(r"\w+").match(text, start)
    return match.end() if match else start


def _shared(article: Article, part: str, span: tuple[int, int], other: str, twin: tuple[int, int]) -> bool:
    """Whether the words around two places have a longer word in common: they speak of one thing."""

    def around(name: str, place: tuple[int, int]) -> set[str]:
        text = article.text(name)
        return set(re.findall(r"[^\W_]{5,}", text[max(0, place[0] - 70) : place[1] + 70].lower()))

    return len(around(part, span) & around(other, twin)) >= 2


@corruption(Axis.FACTUAL, 3)
def comparison(article: Article, rng: Random) -> Change | None:
    """Rise for fall, more for less, first for last."""
    return _from_table(article, rng, "opposites", "comparison", both_ways=True)


@corruption(Axis.FACTUAL, 2.5)
def negation(article: Article, rng: Random) -> Change | None:
    """A denial dropped or turned round."""
    return _from_table(article, rng, "denials", "negation", both_ways=False)


def _beside_figure(article: Article, rng: Random, table: str, wrong: bool) -> tuple[re.Match[str], str] | None:
    """A number of people or things, and the parts or the rise to put behind it."""
    nouns = "|".join(words(article.language, "persons"))
    found = list(re.finditer(rf"(?<![\w.,])(\d{{2,4}}) (?:{nouns})(?= [a-zäöü])", article.body))
    match = pick(rng, [m for m in found if int(m[1]) > 9])
    if match is None:
        return None
    total = int(match[1])
    form = rng.choice(tables(article.language)[table])
    if table == "sums":
        a = rng.randrange(total // 4 or 1, total - total // 4)
        b = total - a + (rng.choice((-1, 1)) * max(1, total // rng.choice((6, 8, 10))) if wrong else 0)
        return match, form.format(a=a, b=b)
    rise = rng.choice((10, 15, 20, 25, 30, 40, 50))
    before = round(total / (1 + rise / 100))
    if before < 8 or before == total:
        return None
    said = rise * 2 + 7 if wrong else round(100 * (total - before) / before)
    return match, form.format(p=said, m=before)


def _figures(article: Article, rng: Random, table: str, kind: str, wrong: bool) -> Change | None:
    found = _beside_figure(article, rng, table, wrong)
    if found is None:
        return None
    match, new = found
    edit = Edit("body", match.end(), match.end(), new)
    if not wrong:
        return Change((edit,))
    related = (("contradicts", Place("body", *match.span())),)
    fault = Fault(
        Axis.FACTUAL, kind, Severity.MAJOR, Place("body", match.end(), match.end()), "does not fit the total", related
    )
    return Change((edit,), (fault,))


@corruption(Axis.FACTUAL, 3)
def parts_of_sum(article: Article, rng: Random) -> Change | None:
    """Two parts put behind a total that they do not make."""
    return _figures(article, rng, "sums", "sum", wrong=True)


@corruption(None, 1.5)
def right_sum(article: Article, rng: Random) -> Change | None:
    """Innocent: two parts that make the total."""
    return _figures(article, rng, "sums", "sum", wrong=False)


@corruption(Axis.FACTUAL, 2)
def percent(article: Article, rng: Random) -> Change | None:
    """A rise in per cent that does not fit the two figures."""
    return _figures(article, rng, "percents", "percent", wrong=True)


@corruption(None, 1)
def right_percent(article: Article, rng: Random) -> Change | None:
    """Innocent: a rise in per cent that fits."""
    return _figures(article, rng, "percents", "percent", wrong=False)


@corruption(Axis.FACTUAL, 2)
def unsupported(article: Article, rng: Random) -> Change | None:
    """A sentence that the source does not carry, from a table; only where there is a source."""
    if not article.source:
        return None
    sentence = rng.choice(tables(article.language)["extrinsic"])
    edit = after_sentence(article, rng, sentence)
    if edit is None or sentence in article.source:
        return None
    fault = Fault(Axis.FACTUAL, "unsupported", Severity.MAJOR, Place("body", edit.start, edit.end), "not in the source")
    return Change((edit,), (fault,))


@corruption(Axis.FACTUAL, 1)
def sequence(article: Article, rng: Random) -> Change | None:
    """Two years of one span in the wrong order: from 2019 to 2012."""
    shape = r"\b(?:von|from|between|zwischen|seit) ((?:19|20)\d\d) (?:bis|to|and|und|until) ((?:19|20)\d\d)\b"
    found = [m for m in re.finditer(shape, article.body) if m[1] < m[2]]
    match = pick(rng, found)
    if match is None:
        return None
    fault = Fault(Axis.FACTUAL, "sequence", Severity.MAJOR, Place("body", *match.span()), match[0])
    return Change((Edit("body", *match.span(1), match[2]), Edit("body", *match.span(2), match[1])), (fault,))
