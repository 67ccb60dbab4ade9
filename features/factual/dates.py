"""Dates that cannot be: a weekday that does not fit, a day that no month has."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator

from data.schema import Axis, Severity
from features.registry import Hit, check
from features.text import Analysis, Date


def _resolved(date: Date, published: datetime.date | None) -> datetime.date | None:
    """Calendar day of a date; without a year the one nearest to publication, None if it is unknown or cannot be."""
    if date.year:
        candidates = [date.year]
    elif published is not None:
        candidates = [published.year - 1, published.year, published.year + 1]
    else:
        return None
    days = [
        datetime.date(y, date.month, date.day) for y in candidates if date.day <= calendar.monthrange(y, date.month)[1]
    ]
    if not days:
        return None
    return days[0] if published is None else min(days, key=lambda day: abs((day - published).days))


@check(Axis.FACTUAL, "weekday")
def weekday_against_date(analysis: Analysis) -> Iterator[Hit]:
    """Flag a weekday that does not fit the date beside it.

    A date without a year is taken nearest to the day of publication; where that is not known, nothing is said.
    """
    names = {number: name for name, number in reversed(analysis.language.weekdays.items())}
    for part in ("headline", "body"):
        for date in analysis.text(part).dates:
            if date.weekday is None:
                continue
            day = _resolved(date, analysis.published)
            if day is not None and day.weekday() != date.weekday:
                yield Hit(part, date.start, date.end, f"{day:%d.%m.%Y} was a {names[day.weekday()].capitalize()}")


@check(Axis.FACTUAL, "date", severity=Severity.MAJOR)
def impossible_date(analysis: Analysis) -> Iterator[Hit]:
    """Flag a day that its month does not have; 29 February without a year passes."""
    for part in ("headline", "body"):
        for date in analysis.text(part).dates:
            if date.day > calendar.monthrange(date.year or 2024, date.month)[1]:
                yield Hit(part, date.start, date.end, f"there is no day {date.day} in month {date.month}")
