"""Quotation marks and spaces as another language sets them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from data.schema import Axis
from features.registry import Hit, check
from features.text import Analysis, Quotation

#: Styles by the pair of marks; what is not here is an unequal pair and another check's business.
_STYLES: Final = {
    ("„", "“"): "german",
    ("»", "«"): "guillemets",
    ("«", "»"): "french",
    ("“", "”"): "english",
    ('"', '"'): "straight",
}


def _style(quotation: Quotation) -> str:
    return _STYLES.get((quotation.opener, quotation.closer), "")


@check(Axis.TRANSLATION, "quotation-mark")
def foreign_quotation_marks(analysis: Analysis) -> Iterator[Hit]:
    """Flag a quotation in marks of another style than most of the page, or with French spaces inside.

    A page in one style throughout is never flagged for it, whichever the style. Single words are left alone: marks of
    irony are often set differently.
    """
    text = analysis.body
    quotations = [q for q in text.quotations if q.closer and _style(q)]
    counts = Counter(_style(q) for q in quotations)
    ranked = counts.most_common(2)
    for q in quotations:
        inner = text.raw[q.start + 1 : q.end - 1]
        spaced = q.opener == "«" and inner[:1].isspace() and inner[-1:].isspace()
        odd = len(ranked) > 1 and (counts[_style(q)] < ranked[0][1] or _loses_tie(ranked, _style(q), analysis))
        # Newspapers mix straight marks into „…“; a few of many are an oversight, a foreign pair is not.
        straight = _style(q) == "straight" and (inner.count(" ") < 2 or 3 * counts["straight"] > len(quotations))
        if spaced or (odd and " " in inner and not straight):
            yield Hit("body", q.start, q.end, "other marks than the rest of the page")


def _loses_tie(ranked: list[tuple[str, int]], style: str, analysis: Analysis) -> bool:
    """Whether two styles are equally frequent and this one is not the usual one of the language."""
    if len(ranked) < 2 or ranked[0][1] != ranked[1][1]:
        return False
    usual = _STYLES.get(analysis.language.quotes[0], "")
    return style != usual and usual in (ranked[0][0], ranked[1][0])


# A letter, a space, and a colon, question or exclamation mark at the end of a word group.
_SPACED: Final = re.compile(r"(?<=[^\W\d_]{2}) [:?!;](?=\s|$)")
_INVERTED: Final = re.compile(r"[¿¡](?=\w)")


@check(Axis.TRANSLATION, "punctuation")
def foreign_spaces(analysis: Analysis) -> Iterator[Hit]:
    """Flag a space before a colon, semicolon, question or exclamation mark, and ¿ or ¡.

    A list of links with loose signs is flagged, too.
    """
    for part in ("headline", "body"):
        raw = analysis.text(part).raw
        # Spanish opens a question with its own mark.
        for pattern in (_SPACED,) if analysis.language.code == "es" else (_SPACED, _INVERTED):
            for match in pattern.finditer(raw):
                start = (
                    max(raw.rfind(" ", max(0, match.start() - 40), match.start()), raw.rfind("\n", 0, match.start()))
                    + 1
                )
                yield Hit(part, min(start, match.start()), match.end(), "punctuation of another language")


# "said on Wednesday, that": English sets no comma before the clause.
_COMMA_THAT: Final = re.compile(
    r"\b(?:said|says|replied|announced|explained|added|stated|claimed|told \w+)(?: \w+){0,3}, that\b(?! is\b)"
)


@check(Axis.TRANSLATION, "punctuation", langs={"en"})
def comma_before_that(analysis: Analysis) -> Iterator[Hit]:
    """Flag a comma between a verb of saying and its clause with "that" ("He said, that").

    A parenthesis that ends right there ("said, on Monday, that") is flagged, too.
    """
    for match in _COMMA_THAT.finditer(analysis.body.raw):
        yield Hit("body", *match.span(), "no comma before “that”")
