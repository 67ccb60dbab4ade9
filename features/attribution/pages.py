"""What a page must say of itself: who wrote it, and when. Judged only where the record carries the field."""

from __future__ import annotations

from collections.abc import Iterator

from data.schema import Axis
from features.registry import Hit, check
from features.text import Analysis


@check(Axis.ATTRIBUTION, "missing-byline", needs="byline")
def missing_byline(analysis: Analysis) -> Iterator[Hit]:
    """Flag a page that names neither author nor agency."""
    if not (analysis.article.byline or "").strip():
        yield Hit("byline", 0, 0, "the page names neither author nor agency")


@check(Axis.ATTRIBUTION, "missing-date", needs="published")
def missing_date(analysis: Analysis) -> Iterator[Hit]:
    """Flag a page without a date."""
    if not (analysis.article.published or "").strip():
        yield Hit("byline", 0, 0, "the page gives no date")
