"""Patterns of the language files, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from features.text import Span, Text


@cache
def union(patterns: tuple[str, ...], prefix: str = r"\b", suffix: str = r"\b") -> re.Pattern[str]:
    """One pattern for any of several, whole words, without regard to case.

    Every inner pattern must be free of nested repetition, so that the union is linear.
    """
    if not patterns:
        return re.compile(r"(?!)")
    return re.compile(prefix + "(?:" + "|".join(patterns) + ")" + suffix, re.IGNORECASE)


def matches(text: Text, patterns: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Non-overlapping matches of any pattern in a text."""
    return union(patterns).finditer(text.raw)


@cache
def lookup(table: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]]:
    """A union for searching and the single patterns for naming which one it was."""
    single = tuple((re.compile(p, re.IGNORECASE), r) for p, r in table)
    return re.compile("|".join(f"(?:{p})" for p, _ in table) or r"(?!)", re.IGNORECASE), single


def table_matches(
    text: Text, table: dict[str, str], prefix: str = "", suffix: str = "", windows: Iterable[Span] | None = None
) -> Iterator[tuple[re.Match[str], str]]:
    """Matches of a table's patterns, each with the table's remedy; only inside the windows, if any are given."""
    search, single = lookup(tuple((prefix + p + suffix, r) for p, r in table.items()))
    for start, end in (Span(0, len(text.raw)),) if windows is None else windows:
        for match in search.finditer(text.raw, start, end):
            yield match, next(r for p, r in single if p.match(text.raw, match.start()))
