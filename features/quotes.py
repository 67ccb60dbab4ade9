"""Quotations by paragraph, in every style of marks: which way a mark opens is read from the space around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

from features.text import Analysis, Span, Text

_DOUBLE: Final = '„“”"»«‟'
_MARK: Final = re.compile(f"[{_DOUBLE}]|(?<![\\w’'])['‘‚](?=\\w)|(?<=[\\w.,!?…])['’‘](?!\\w)")
_OPENS_BEFORE: Final = frozenset("([–—-/:")
#: A quotation mark after a figure is an inch mark.
_FIGURE: Final = re.compile(r"\d$")


class Quote(NamedTuple):
    """A quotation; ``end`` is after the closing mark, or the end of the paragraph where there is none.

    A closing mark that nothing opened is a quotation of one sign.

    ``level`` is "double" or "single"; ``opened`` and ``closed`` say which marks are there.
    """

    start: int
    end: int
    level: str
    opened: bool
    closed: bool


def quotes_of(analysis: Analysis) -> list[Quote]:
    """Quotations of the body, kept with the analysis."""
    found: list[Quote] | None = analysis.memo.get("quotes")
    if found is None:
        found = analysis.memo["quotes"] = quotes_in(analysis.body)
    return found


def quotes_in(text: Text) -> list[Quote]:
    """Quotations of a text, in order.

    Single marks count only where the text has no double ones: elsewhere they are inner quotations or apostrophes.
    """
    double = any(sign in text.raw for sign in _DOUBLE)
    return [q for p in joined_paragraphs(text) for q in _of_paragraph(text, p, double)]


def joined_paragraphs(text: Text) -> list[Span]:
    """Paragraphs, where lines that break in mid-sentence are joined with the next one."""
    found: list[Span] = []
    for paragraph in text.paragraphs:
        if found:
            gap = text.raw[found[-1].end : paragraph.start]
            last = text.raw[found[-1].start : found[-1].end].rstrip()[-1:]
            if gap.count("\n") == 1 and (last.isalnum() or last in ",-–"):
                found[-1] = Span(found[-1].start, paragraph.end)
                continue
        found.append(paragraph)
    return found


def _direction(raw: str, at: int, start: int, end: int) -> str:
    """Give "(" for a mark that can only open, ")" for one that can only close, "" for either."""
    before = raw[at - 1] if at > start else " "
    after = raw[at + 1] if at + 1 < end else " "
    opening = before.isspace() or before in _OPENS_BEFORE
    closing = after.isspace() or not after.isalnum()
    if opening and not closing:
        return "("
    if closing and not opening:
        return ")"
    return "("[: raw[at] in "„‚"]


def _of_paragraph(text: Text, paragraph: Span, double: bool) -> Iterator[Quote]:
    raw, opened, level = text.raw, -1, "double" if double else "single"
    for match in _MARK.finditer(raw, *paragraph):
        at = match.start()
        if (raw[at] in _DOUBLE) != double or (raw[at] == '"' and _FIGURE.search(raw, max(0, at - 1), at)):
            continue
        way = _direction(raw, at, *paragraph)
        if opened < 0:
            if way != ")":
                opened = at
            elif double:
                yield Quote(at, at + 1, level, opened=False, closed=True)
        elif way == "(":
            yield Quote(opened, at, level, opened=True, closed=False)
            opened = at
        else:
            yield Quote(opened, at + 1, level, opened=True, closed=True)
            opened = -1
    if opened >= 0:
        yield Quote(opened, paragraph.end, level, opened=True, closed=False)


def inside(analysis: Analysis, offset: int) -> bool:
    """Whether an offset lies in a closed quotation."""
    found = quotes_of(analysis)
    at = bisect_right(found, offset, key=lambda q: q.start) - 1
    return at >= 0 and offset < found[at].end and found[at].opened and found[at].closed
