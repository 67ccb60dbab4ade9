"""German determiners: which gender and case each form can be.

A cell is a letter for the gender (m, f, n, or p for the plural) and one for the case (n, a, d, g). The forms are
those of any school grammar (Duden 4, 2022, sections on article words and adjectives).
"""

from __future__ import annotations

from typing import Final

_DER: Final = {"er": "mn fd fg pg", "ie": "fn fa pn pa", "as": "nn na", "en": "ma pd", "em": "md nd", "es": "mg ng"}
_DIES: Final = {**_DER, "e": _DER["ie"], "es": "nn na mg ng"}
_EIN: Final = {"": "mn nn na", "e": "fn fa", "en": "ma", "em": "md nd", "er": "fd fg", "es": "mg ng"}
_KEIN: Final = {**_EIN, "e": "fn fa pn pa", "en": "ma pd", "er": "fd fg pg"}

#: Prepositions with an article in them.
CONTRACTED: Final = {
    **dict.fromkeys(("zum", "beim", "im", "am", "vom"), frozenset({"md", "nd"})),
    **dict.fromkeys(("ins", "ans"), frozenset({"na"})),
    "zur": frozenset({"fd"}),
}


def _forms(stems: tuple[str, ...], endings: dict[str, str]) -> dict[str, frozenset[str]]:
    return {stem + ending: frozenset(cells.split()) for stem in stems for ending, cells in endings.items()}


#: Form in lower case -> cells it can stand for.
CELLS: Final[dict[str, frozenset[str]]] = {
    **_forms(("d",), _DER),
    **_forms(("dies", "jen", "welch", "jed"), {k: v for k, v in _DIES.items() if k not in ("ie", "as")}),
    **_forms(("ein",), _EIN),
    **_forms(("kein", "mein", "dein", "sein", "ihr", "unser"), _KEIN),
    **CONTRACTED,
}
#: Of these an adjective that follows takes -e or -en only.
DEFINITE: Final = frozenset(f for f in CELLS if f.startswith(("d", "jen", "welch", "jed")) and not f.startswith("dein"))

#: Prepositions -> cases they take; those with two cases by meaning have both.
PREPOSITIONS: Final[dict[str, str]] = {
    **dict.fromkeys(("für", "durch", "gegen", "ohne"), "a"),
    **dict.fromkeys(("mit", "nach", "bei", "von", "zu", "aus", "gegenüber", "samt", "nebst"), "d"),
    **dict.fromkeys(("in", "an", "auf", "über", "unter", "vor", "hinter", "neben", "zwischen"), "ad"),
    **dict.fromkeys(("wegen", "trotz", "laut", "dank", "mitsamt"), "dg"),
    **dict.fromkeys(("aufgrund", "angesichts", "hinsichtlich", "anhand", "infolge", "mithilfe"), "g"),
    **dict.fromkeys(("innerhalb", "außerhalb", "oberhalb", "unterhalb", "jenseits", "anlässlich", "bezüglich"), "dg"),
}
