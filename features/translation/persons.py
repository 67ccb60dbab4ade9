"""Titles and the persons that bear them: gender of the title against that of the first name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from data.schema import Axis
from features.registry import Hit, check
from features.text import Analysis, Text
from features.translation.nouns import genders, nouns

_NAMES: Final = Path(__file__).parent / "first-names.txt"
#: Heads of titles without a feminine in -in next to them in newspaper text.
_MORE_MASCULINE: Final = (
    "chef",
    "arzt",
    "anwalt",
    "rat",
    "mann",
    "meister",
    "leiter",
    "führer",
    "sprecher",
    "minister",
    "herr",
)
_MORE_FEMININE: Final = (
    "chefin",
    "ärztin",
    "anwältin",
    "rätin",
    "frau",
    "meisterin",
    "leiterin",
    "führerin",
    "dame",
    "ministerin",
)
_DEGREES: Final = frozenset({"Dr", "Prof", "Professor", "med", "Dipl", "Ing", "a", "D"})


@cache
def first_names() -> dict[str, str]:
    """First name -> "m" or "f"."""
    found: dict[str, str] = {}
    for line in _NAMES.read_text(encoding="utf-8").splitlines():
        gender, *names = line.split()
        found.update(dict.fromkeys(names if gender != "#" else (), gender))
    return found


@cache
def gender_of_title(word: str) -> str:
    """Gender of a word for a person: "m" where a form in -in exists beside it, "f" for that form, else ""."""
    tail = word.rpartition("-")[2]
    if tail.endswith("innen") or not tail[:1].isupper():
        return ""
    low = tail.lower()
    if low.endswith(_MORE_FEMININE) or (tail.endswith("in") and _is_masculine(tail[:-2])):
        return "f"
    return "m" if low.endswith(_MORE_MASCULINE) or _is_masculine(tail) else ""


def _is_masculine(word: str) -> bool:
    return len(word) > 3 and word + "in" in nouns() and genders(word + "in") in ("f", "fp")


def _bearer(text: Text, i: int) -> int:
    """Index of the first name that follows token i, degrees skipped; -1 if none does."""
    tokens = text.tokens
    j = i + 1
    while j < len(tokens) and j < i + 6 and (tokens[j].text in _DEGREES or tokens[j].text == "."):
        j += 1
    if j + 1 >= len(tokens) or tokens[j].text not in first_names():
        return -1
    if "\n" in text.raw[tokens[i].end : tokens[j].start] or tokens[j + 1].start != tokens[j].end + 1:
        return -1
    return j if tokens[j + 1].text[0].isupper() else -1


@check(Axis.TRANSLATION, "agreement", langs={"de"})
def title_of_other_gender(analysis: Analysis) -> Iterator[Hit]:
    """Flag a title whose gender is not that of the first name after it ("Sprecherin Ralf Domeyer").

    A woman with a title in the generic masculine is flagged, too: German newspapers write the feminine form.
    """
    for part in ("headline", "body"):
        text = analysis.text(part)
        tokens = text.tokens
        for i, token in enumerate(tokens):
            if len(token.text) < 4 or not token.text[0].isupper() or not (title := gender_of_title(token.text)):
                continue
            j = _bearer(text, i)
            if j > 0 and first_names()[tokens[j].text] != title:
                note = f"“{token.text}” with the {'feminine' if title == 'm' else 'masculine'} name {tokens[j].text}"
                yield Hit(part, token.start, tokens[j + 1].end, note)


_SAYS: Final = frozenset(
    [
        "sagte",
        "sagt",
        "erklärte",
        "erklärt",
        "teilte",
        "meinte",
        "meint",
        "betonte",
        "berichtete",
        "warnte",
        "forderte",
        "kritisierte",
        "schrieb",
        "erzählte",
        "erzählt",
        "versicherte",
        "kündigte",
        "bestätigte",
        "ergänzte",
        "lobte",
        "mahnte",
        "räumte",
        "gab",
        "so",
    ]
)

#: Of these the plural may follow ("so die Forscher").
_PARTICLES: Final = ("so", "gab")


@check(Axis.TRANSLATION, "agreement", langs={"de"})
def speaker_in_wrong_case(analysis: Analysis) -> Iterator[Hit]:
    """Flag a person right after a verb of saying in a form that is no subject ("sagte der Sprecherin").

    "Das sagte der Ministerin der Zeitung" would be flagged, too; the word order is hardly found in print.
    """
    text = analysis.body
    for i in range(1, len(text.tokens) - 1):
        if text.lower[i] not in ("der", "die") or text.lower[i - 1] not in _SAYS:
            continue
        j = i + 1
        while (
            j < min(i + 3, len(text.tokens) - 1)
            and text.lower[j].endswith(("e", "en"))
            and text.tokens[j].text.islower()
        ):
            j += 1
        title = gender_of_title(text.tokens[j].text)
        if (
            not title
            or (title == "f") != (text.lower[i] == "der")
            or (title == "m" and text.lower[i - 1] in _PARTICLES)
        ):
            continue
        yield Hit("body", text.tokens[i].start, text.tokens[j].end, f"“{text.lower[i - 1]}” needs a subject")
