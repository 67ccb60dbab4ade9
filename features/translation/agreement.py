"""Words of a German noun group that do not fit each other, or not their preposition."""

from __future__ import annotations

from collections.abc import Iterator

from data.schema import Axis, Severity
from features.registry import Hit, check
from features.text import Analysis, Text
from features.translation.nouns import genders
from features.translation.phrases_de import Group, groups

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
