"""An apposition that calls its head something of another class: "Tesfay, ein Vorort von Kiel"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from data.schema import Axis, Severity
from features.factual.words import Words, words_of
from features.registry import Hit, check
from features.text import Analysis

_PLACE_FORM: Final = re.compile(r"(?:straße|strasse|gasse|platz|lane|street|road|avenue|brücke|bridge)$", re.IGNORECASE)


_AFTER: Final = "von|in|im|an|am|auf|aus|bei|mit|der|des|dritter|zweier|zweiten|of|on|at|in|for|with|from|who|which"


@cache
def _apposition(code: str) -> re.Pattern[str]:
    """Comma, indefinite article, up to three words, a noun of known class, and what follows it up to a comma."""
    words = words_of(code)
    known = sorted(words.classes, key=len, reverse=True) if words else []
    nouns = "|".join(n.capitalize() if code == "de" else n for n in known) or r"(?!)"
    article = "eine[mnrs]?|ein|zwei" if code == "de" else "an?|two"
    between = r"(?:[\w-]{1,40} ){0,2}?" if code == "de" else r"(?:[a-z-]{1,40} ){0,3}?"
    return re.compile(
        rf"(?<=\w), (?P<all>(?:{article}) {between}(?P<noun>{nouns})(?:en|in|s)?(?=[,.]| (?:{_AFTER})\b)"
        r"[^,.;:\n]{0,60})(?=[,.])"
    )


_FROM: Final = re.compile(r" (?:aus|from|of|von) [A-ZÄÖÜ][\w’-]{1,40}$")
_HEAD: Final = re.compile(r"((?:[\w’'.-]{1,40} ){0,4}[\w’'.-]{1,40})$")


def _class_of_head(head: list[str], words: Words, people: set[str]) -> str:
    """Class of what stands before the comma: a person known from the article, a group or a place by its form."""
    last = head[-1].strip('“”"')
    if not last[:1].isupper() and not last[:1].isdigit():
        return ""
    tail = " ".join(head[-3:])
    if words.group_head.search(tail):
        return "group"
    if last in people:
        return "person"
    return "place" if _PLACE_FORM.search(last) else ""


def _people(analysis: Analysis, words: Words) -> set[str]:
    """Surnames that the article shows to be people: they speak, or a role or a first name stands before them."""
    raw = analysis.body.raw
    verbs = "|".join(sorted(v for v in analysis.language.say_verbs if v.isalpha()))
    found = {m[1] for m in re.finditer(rf"\b([A-ZÄÖÜ][\w’-]{1, 40}) (?:{verbs})\b", raw)}
    found |= {m[1] for m in re.finditer(rf"\b(?:{verbs}) (?:[A-ZÄÖÜ][\w’-]{1, 40} )?([A-ZÄÖÜ][\w’-]{1, 40})\b", raw)}
    for match in re.finditer(r"\b([\w-]{1,40}) (?:[A-ZÄÖÜ][\w’-]{1,40} )?([A-ZÄÖÜ][\w’-]{1,40})\b", raw):
        if match[1].lower() in words.roles:
            found.add(match[2])
    return found


#: Classes of which the first cannot be the second.
_CLASH: Final = frozenset(
    {
        ("person", "place"),
        ("person", "thing"),
        ("person", "group"),
        ("group", "person"),
        ("group", "place"),
        ("place", "person"),
    }
)


@check(Axis.FACTUAL, "apposition", severity=Severity.MINOR)
def apposition_of_another_class(analysis: Analysis) -> Iterator[Hit]:
    """Flag an apposition of another class than its head: a person called a town, a league called a mother.

    The head is what stands right before the comma. A list ("Tesfay, ein Vorort und …") and an apposition to an earlier
    noun ("the mayor of Ulm, a lawyer") pass unless the head is a known person or group.
    """
    words = words_of(analysis.language.code)
    if words is None:
        return
    raw = analysis.body.raw
    people: set[str] | None = None
    for match in _apposition(words.code).finditer(raw):
        head = _HEAD.search(raw, max(0, match.start() - 80), match.start())
        if head is None:
            continue
        people = _people(analysis, words) if people is None else people
        own, said = _class_of_head(_FROM.sub("", head[1]).split(), words, people), words.classes[match["noun"].lower()]
        if (own, said) in _CLASH:
            yield Hit("body", match.start("all"), match.end("all"), f"{head[1].split()[-1]} is no {match['noun']}")
