"""Corruptions of who is who: age, role, name and place."""

from __future__ import annotations

import re
from random import Random
from typing import Final

from data.perturb.edit import Change, Edit, Fault, Place
from data.perturb.registry import corruption
from data.perturb.tables import tables, words
from data.perturb.words import UPPER, Person, known, people, pick
from data.schema import Article, Axis, Severity

_BEFORE: Final = re.compile(rf"(?<![.!?“”\"] )\b([{UPPER}][a-zäöüß]{{3,}}) $")


def _aged(article: Article) -> list[tuple[Person, re.Match[str]]]:
    """People whose age stands behind their name."""
    out = []
    for person in people(article):
        match = re.compile(r",? \(?(\d\d)(?=[,.) ])").match(article.body, person.first[1])
        if match:
            out.append((person, match))
    return out


def _age_again(article: Article, rng: Random, wrong: bool) -> Change | None:
    chosen = pick(rng, _aged(article))
    if chosen is None:
        return None
    person, match = chosen
    old = int(match[1])
    new = old + rng.choice((-9, -4, -3, -2, 2, 3, 4, 7, 10)) if wrong else old
    at = person.later[-1][1]
    edit = Edit("body", at, at, f" ({new})")
    if not wrong:
        return Change((edit,))
    related = (("contradicts", Place("body", *match.span(1))),)
    fault = Fault(Axis.FACTUAL, "age", Severity.MAJOR, Place("body", at, at), f"{old} before", related)
    return Change((edit,), (fault,))


@corruption(Axis.FACTUAL, 1.5)
def age(article: Article, rng: Random) -> Change | None:
    """A second age, other than the first, behind a later mention of a person."""
    return _age_again(article, rng, wrong=True)


@corruption(None, 0.7)
def right_age(article: Article, rng: Random) -> Change | None:
    """Innocent: the same age given again."""
    return _age_again(article, rng, wrong=False)


def _titled(article: Article) -> list[tuple[Person, str, int, list[str]]]:
    """People with a capitalised word before their name: person, that title, where it starts, other titles.

    A feminine title ("-in" in German) gets a feminine one; any capitalised word in that place is taken for a title.
    """
    groups = tables(article.language)["roles"]
    out = []
    for person in people(article):
        match = _BEFORE.search(article.body, max(0, person.first[0] - 30), person.first[0])
        if match is None or match[1] in words(article.language, "no_name"):
            continue
        feminine = match[1].endswith("in")
        own = [g for g in groups if match[1] in g] or [g for g in groups if g[0].endswith("in") == feminine]
        others = [t for g in own for t in g if t != match[1]]
        out.append((person, match[1], match.start(1), others))
    return out


@corruption(Axis.FACTUAL, 3)
def role(article: Article, rng: Random) -> Change | None:
    """Another title before a later mention of a person who has one."""
    chosen = pick(rng, _titled(article))
    if chosen is None:
        return None
    person, title, start, others = chosen
    where = rng.choice(person.later)
    related = (("contradicts", Place("body", start, person.first[1])),)
    fault = Fault(Axis.FACTUAL, "role", Severity.MAJOR, Place("body", *where), f"{title} before", related)
    return Change((Edit("body", where[0], where[0], f"{rng.choice(others)} "),), (fault,))


@corruption(None, 1)
def same_role(article: Article, rng: Random) -> Change | None:
    """Innocent: the same title before a later mention."""
    chosen = pick(rng, _titled(article))
    if chosen is None:
        return None
    person, title, _, _ = chosen
    start = rng.choice(person.later)[0]
    return Change((Edit("body", start, start, f"{title} "),))


@corruption(Axis.FACTUAL, 2)
def name(article: Article, rng: Random) -> Change | None:
    """The headline or a later mention gives one person the name of another."""
    found = people(article)
    if len(found) < 2:
        return None
    one, other = rng.sample(found, 2)
    headline = re.search(rf"\b{re.escape(one.surname)}\b", article.headline or "")
    related = (("contradicts", Place("body", *one.first)),)
    if headline is not None and other.surname not in (article.headline or ""):
        place = Place("headline", *headline.span())
    elif article.source and one.surname in article.source:
        place = Place("body", *rng.choice(one.later))
    else:
        return None
    fault = Fault(Axis.FACTUAL, "name", Severity.MAJOR, place, f"it is {one.full}", related)
    return Change((Edit(*place, other.surname),), (fault,))


@corruption(Axis.FACTUAL, 2.5)
def place(article: Article, rng: Random) -> Change | None:
    """A place that the source or headline name as well, replaced by another one."""
    shape = re.compile(rf"\b(?:in|aus|nach|bei|near|from|at) ([{UPPER}][^\W\d_]{{3,}})\b(?! [{UPPER}])")
    found = []
    for part in ("body", "headline"):
        for m in shape.finditer(article.text(part)):
            if known(m[1].lower(), article.language):
                continue
            for other in ("source", "headline", "body"):
                twin = re.search(rf"\b(?:in|aus|nach|bei|near|from|at) {re.escape(m[1])}\b", article.text(other))
                if other != part and twin:
                    found.append((part, m, (other, *twin.span())))
    chosen = pick(rng, found)
    if chosen is None:
        return None
    part, match, where = chosen
    new = pick(rng, [p for p in words(article.language, "places") if p not in article.body and p != match[1]])
    if new is None:
        return None
    fault = Fault(
        Axis.FACTUAL, "place", Severity.MAJOR, Place(part, *match.span(1)), match[1], (("contradicts", Place(*where)),)
    )
    return Change((Edit(part, *match.span(1), new),), (fault,))
