"""What is known of German nouns: genders and the cases a form can stand in.

The table is learned from determiners in newspaper text (`features.translation.learn_nouns`). A noun that is not in it
is judged by its ending or by the head of the compound; what stays unknown fits every determiner.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

_TABLE: Final = Path(__file__).parent / "nouns-de.tsv"
_HEADS: Final = Path(__file__).parent / "heads-de.txt"
#: Endings that decide, singular before plural.
_ENDINGS: Final = (
    *((ending, "f") for ending in ("ung", "heit", "keit", "schaft", "ität", "ion")),
    *((ending, "p") for ending in ("ungen", "heiten", "keiten", "schaften", "itäten", "ionen", "innen")),
    ("ismus", "m"),
    ("chen", "np"),
)
#: Words that only look like these endings.
_EXCEPTIONS: Final = ("sprung", "schwung", "dung", "stadion", "champion", "skorpion", "spion", "schen")
#: A longer word is no noun but a row of letters.
_LONGEST: Final = 60
#: Nouns in -ende that are no participles.
_NO_PARTICIPLES: Final = (
    "Ende",
    "Wochenende",
    "Jahresende",
    "Monatsende",
    "sende",
    "bende",
    "Wende",
    "Legende",
    "wende",
    "spende",
    "blende",
)
_SHORTEST: Final = 4
_ALL: Final = frozenset(gender + case for gender in "mfnp" for case in "nadg")


class Noun(NamedTuple):
    """Genders ("" if unknown) and whether the noun stands before other nouns unjoined ("Ende März")."""

    genders: str
    separate: bool


@cache
def nouns() -> dict[str, Noun]:
    """The table, by form."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    table = {form: Noun(genders, flag == "s") for form, genders, flag in rows}
    for line in _HEADS.read_text(encoding="utf-8").splitlines():
        gender, *forms = line.split()
        for form in forms if gender != "#" else ():
            # The same form is the plural of nouns in -er, -el and -en.
            kind = gender + ("p" if gender != "f" and form.endswith(("er", "el", "en")) else "")
            separate = table[form].separate if form in table else False
            table[form] = Noun(kind, separate)
    return table


_UNKNOWN: Final = Noun("", False)


def noun_of(form: str) -> Noun:
    """Entry of the table; without genders for a form that is not in it."""
    return nouns().get(form, _UNKNOWN)


@lru_cache(maxsize=1 << 16)
def genders(form: str) -> str:
    """Genders of a noun form, "" if they are not known."""
    if len(form) > _LONGEST:
        return ""
    found = nouns().get(form)
    if form.endswith(("ende", "enden", "ender")) and not form.endswith(_NO_PARTICIPLES):
        return ""
    if form.endswith("in") and form[:-2] in nouns():
        return "f"
    for ending, gender in _ENDINGS:
        if form.endswith(ending) and len(form) > len(ending) + 2 and not form.lower().endswith(_EXCEPTIONS):
            return gender
    if found is not None and found.genders:
        return found.genders
    return _of_head(form)


def _of_head(form: str) -> str:
    """Genders of the longest head whose first part is a noun, too."""
    table = nouns()
    for cut in range(3, len(form) - _SHORTEST + 1):
        head = table.get(form[cut:].capitalize())
        if head is not None and head.genders and is_modifier(form[:cut].rstrip("-")):
            return head.genders
    return ""


def is_modifier(part: str) -> bool:
    """Whether a word can be the first part of a compound: a noun, with or without a linking s or n."""
    table = nouns()
    word = part[:1].upper() + part[1:]
    return word in table or (word[-1:] in "sn" and word[:-1] in table) or word + "e" in table


@lru_cache(maxsize=1 << 16)
def cells(form: str) -> frozenset[str]:
    """Cells (gender and case) of a noun form; every cell where nothing is known.

    The genitive of a masculine or neuter ends in s, or n for weak nouns, and the dative plural in n or s; nouns in
    -s, -x and -z may stand in any case.
    """
    known = genders(form)
    if form[-1] == "s":
        # "Ressorts" is the genitive and the plural of "Ressort".
        base = genders(form[:-1])
        known = "".join(set(known + "p")) if base else known
        extra = {gender + "g" for gender in base if gender in "mn"}
    else:
        extra = set()
    if not known:
        return _ALL
    excluded = set[str]()
    if form[-1] not in "snxz'’oaiu":
        excluded |= {"mg", "ng", "pd"}
    if form[-1] in "xzoaiu":
        excluded.add("pd")
    return (frozenset(cell for cell in _ALL if cell[0] in known) - excluded) | extra
