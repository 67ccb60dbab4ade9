"""N-grams of a statement in which every word tells whether the other text has it.

A word that the other text has, too, is itself; a new one is marked, so that a linear model learns which new words
are faults ("NEW_former") and which are paraphrase. Names and figures are levelled to one sign each.
"""

from __future__ import annotations

from typing import Any

from features.alignment import STEM
from features.documents import documents
from features.ngrams import NGrams
from features.relations import PAIRINGS, Sides
from features.text import Analysis


def marked(sides: Sides) -> str:
    """Words of a statement, "#" for figures and "A" for names, "new" before what the premise lacks."""
    statement, premise = sides.statement, sides.premise
    given = {word[:STEM] for word in premise.lower}
    starts = {s.start for s in statement.sentences}
    out = []
    for i in statement.tokens_in(*sides.span):
        token, lower = statement.tokens[i], statement.lower[i]
        kind = "Figure" if lower[0].isdigit() else lower
        if token.text[0].isupper() and token.start not in starts:
            kind = "Name"
        if lower[:STEM] in given:
            out.append(kind)
        else:
            out += [f"new_{kind}", f"new_{lower}"] if kind != lower else [f"new_{lower}", "new"]
    return " ".join(out)


def _text(analysis: Analysis, pairing: str) -> str:
    sides = PAIRINGS[pairing](analysis)
    return "" if sides is None else marked(sides)


class Novelty(NGrams):
    """TF-IDF of marked words and word pairs; the output is that of `NGrams`.

    Parameters
    ----------
    pairing
        A key of `features.relations.PAIRINGS`.
    """

    def __init__(self, pairing: str = "source", min_df: int = 3, max_terms: int = 50_000) -> None:
        super().__init__("word", 1, 2, min_df=min_df, max_terms=max_terms)
        self.pairing = pairing

    def _texts(self, X: Any) -> list[str]:
        return [_text(analysis, self.pairing) for analysis in documents(X)]
