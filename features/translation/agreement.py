"""Words of a German noun group that do not fit each other, or not their preposition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.schema import Axis, Severity
from features.lexicon import is_known
from features.registry import Hit, check
from features.text import Analysis, Text
from features.translation.nouns import genders, nouns
from features.translation.phrases_de import Group, groups
from features.translation.words import words

_NAMES = {"m": "masculine", "f": "feminine", "n": "neuter", "p": "plural"}


def noun_groups(analysis: Analysis, part: str) -> list[Group]:
    """Groups of a part, found once."""
    key = ("noun groups", part)
    found: list[Group] | None = analysis.memo.get(key)
    if found is None:
        found = analysis.memo[key] = list(groups(analysis.text(part)))
    return found


def _place(text: Text, first: int, last: int) -> tuple[int, int]:
    return text.tokens[first].start, text.tokens[last].end


@check(Axis.TRANSLATION, "agreement", langs={"de"})
def determiner_and_noun(analysis: Analysis) -> Iterator[Hit]:
    """Flag a determiner that fits its noun in no case ("die Ausbau", "ein Regierung").

    Genders are learned from newspaper text; a noun with two genders fits both. A relative pronoun right before a
    noun without a comma before it is flagged, too.
    """
    for part in ("headline", "body"):
        text = analysis.text(part)
        for group in noun_groups(analysis, part):
            if not group.agreeing:
                noun = text.tokens[group.noun].text
                known = ", ".join(_NAMES[g] for g in genders(noun))
                yield Hit(part, *_place(text, group.determiner, group.noun), f"“{noun}” is {known}")


@check(Axis.TRANSLATION, "agreement", langs={"de"})
def adjective_and_noun(analysis: Analysis) -> Iterator[Hit]:
    """Flag an adjective whose ending fits no case that determiner and noun share ("einen neuen Lüftung").

    An adverb with the ending of an adjective before a noun is flagged, too.
    """
    for part in ("headline", "body"):
        text = analysis.text(part)
        for group in noun_groups(analysis, part):
            if group.agreeing and not group.declined:
                place = _place(text, group.determiner, group.noun)
                yield Hit(part, *place, f"“{text.raw[slice(*place)]}”: the endings do not fit")


@check(Axis.TRANSLATION, "government", severity=Severity.MINOR, langs={"de"})
def case_after_preposition(analysis: Analysis) -> Iterator[Hit]:
    """Flag a noun group in a case that its preposition does not take ("bei ein Medikament", "durch diesem Beschluss").

    Prepositions that are conjunctions, too (während, seit, statt), are left out; dative after wegen is accepted.
    """
    for part in ("headline", "body"):
        text = analysis.text(part)
        for group in noun_groups(analysis, part):
            if group.preposition >= 0 and group.declined and not group.governed:
                preposition = text.tokens[group.preposition].text
                place = _place(text, group.preposition, group.noun)
                yield Hit(part, *place, f"“{preposition}” takes another case")


#: Nouns that stay in the singular after a number.
_MEASURES = words("agreement", "measures")
_LARGE = re.compile(r"^(?!(?:19|20)\d\d$)(?:[2-9]|[1-9]\d{1,3}|[1-9]\d{0,2}\.\d{3})$")


def _has_plural(form: str) -> bool:
    """Whether there is a plural that differs from this singular."""
    return any(form + ending in nouns() or is_known((form + ending).lower(), "de") for ending in ("e", "en", "er"))


@check(Axis.TRANSLATION, "agreement", langs={"de"})
def singular_after_number(analysis: Analysis) -> Iterator[Hit]:
    """Flag a noun in the singular after a number of two or more ("61 Schiff", "23 Tag").

    Measures ("30 Prozent", "20 Mann") are left alone, and numbers that name something ("Artikel 5 Grundgesetz").
    """
    text = analysis.body
    tokens = text.tokens
    for i in range(1, len(tokens) - 1):
        if not _LARGE.match(tokens[i].text) or tokens[i - 1].text[0].isupper() or tokens[i - 1].text in _NAMING:
            continue
        word = tokens[i + 1].text
        if (
            word in _MEASURES
            or word.endswith(_UNITS)
            or not word[0].isupper()
            or set(genders(word)) - set("mfn")
            or not genders(word)
        ):
            continue
        follows = tokens[i + 2].text if i + 2 < len(tokens) else "."
        if _has_plural(word) and not (follows[0].isupper() or follows in "-/–") and text.raw[tokens[i].end] == " ":
            yield Hit("body", tokens[i].start, tokens[i + 1].end, f"“{word}” is singular")


#: Ends of units that have no plural.
_UNITS = ("gramm", "meter", "watt", "liter", "prozent", "byte", "tel")
_NAMING = (".", "-", "–", "/", "§", ":", "(", ",")


@check(Axis.TRANSLATION, "agreement", langs={"de"})
def subject_in_wrong_case(analysis: Analysis) -> Iterator[Hit]:
    """Flag a feminine noun with "der" that opens a sentence as its subject ("Der Schneise ist lang").

    Only before "ist", "war", "hat", "hatte" and an end of the verb phrase that needs a subject: a dative that opens
    a sentence ("Der Polizei ist klar") is flagged, too.
    """
    text = analysis.body
    tokens = text.tokens
    for start, end in text.sentences:
        span = text.tokens_in(start, end)
        i = span.start
        if len(span) < 5 or tokens[i].text != "Der":
            continue
        if genders(tokens[i + 1].text) != "f" or text.lower[i + 2] not in _PREDICATES:
            continue
        if text.lower[i + 3] not in _DATIVE_SUBJECTS and tokens[span.stop - 2].text != "worden":
            yield Hit("body", tokens[i].start, tokens[i + 1].end, f"“{tokens[i + 1].text}” is feminine")


_PREDICATES = frozenset({"ist", "war", "hat", "hatte", "hält", "steht"})
#: What follows the verb where a dative opens the sentence.
_DATIVE_SUBJECTS = words("agreement", "dative_subjects")
