"""Numbers, dates, times and quotation marks as another language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from data.schema import Axis
from features.patterns import table_matches
from features.registry import Hit, check
from features.text import Analysis, Span

# Every pattern of the tables holds a digit, or a Roman number.
_ANCHOR: Final = re.compile(r"\d[\d.,: ]*|\b[IVX]+\.")
_BEFORE, _AFTER = 14, 34


def _windows(raw: str) -> Iterator[Span]:
    """Stretches around numbers, merged where they touch."""
    start = end = -1
    for match in _ANCHOR.finditer(raw):
        if match.start() - _BEFORE > end:
            if end >= 0:
                yield Span(start, end)
            start = max(0, match.start() - _BEFORE)
        end = match.end() + _AFTER
    if end >= 0:
        yield Span(start, end)


@check(Axis.TRANSLATION, "locale")
def foreign_locale(analysis: Analysis) -> Iterator[Hit]:
    """Flag a number, date, time or unit in the convention of another language.

    The conventions stand in the language file. A foreign price quoted as such ("$ 5") is flagged, too.
    """
    for part in ("headline", "body"):
        text = analysis.text(part)
        for match, remedy in table_matches(text, analysis.language.foreign_locale, windows=_windows(text.raw)):
            yield Hit(part, match.start(), match.end(), f"“{match.group()}”: written here as {remedy}")


@check(Axis.TRANSLATION, "quotation-mark")
def unequal_quotation_marks(analysis: Analysis) -> Iterator[Hit]:
    """Flag a quotation whose marks are no pair of the language (opened „, closed ").

    A pair of the language is never flagged, whichever the rest of the page uses.
    """
    pairs = set(analysis.language.quotes)
    for part in ("headline", "body"):
        for quotation in analysis.text(part).quotations:
            pair = (quotation.opener, quotation.closer)
            if quotation.closer and pair not in pairs:
                yield Hit(part, quotation.start, quotation.end, f"opened with {pair[0]}, closed with {pair[1]}")
