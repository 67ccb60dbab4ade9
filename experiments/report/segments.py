"""A text cut at the borders of its findings, so that overlapping spans become flat stretches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from data.schema import Finding, Severity

#: Findings that one stretch names; of more, the list beside the text has the rest.
_MOST: Final = 8
_GRAVITY: Final = {Severity.CRITICAL: 0, Severity.MAJOR: 1, Severity.MINOR: 2}


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text; ``findings`` and ``related`` are numbers of findings, the gravest first."""

    text: str
    findings: tuple[int, ...] = ()
    related: tuple[int, ...] = ()
    #: Findings that begin here: the target of a link to them.
    begins: tuple[int, ...] = ()


def segments(text: str, part: str, found: Sequence[Finding]) -> list[Segment]:
    """Stretches of a part in order; together they are the text. Spans of length 0 mark nothing."""
    events: list[tuple[int, bool, str, int]] = []
    for number, finding in enumerate(found):
        spans = [("findings", finding.start, finding.end)] if finding.part == part else []
        spans += [("related", r.start, r.end) for r in finding.related if r.part == part]
        for role, start, end in spans:
            if end > start:
                events += [(start, True, role, number), (end, False, role, number)]
    events.sort(key=lambda e: (e[0], e[1]))
    active: dict[str, dict[int, int]] = {"findings": {}, "related": {}}
    parts: list[Segment] = []
    at, begins = 0, list[int]()
    for place, opens, role, number in events:
        if place > at:
            parts.append(_segment(text[at:place], active, begins, found))
            at, begins = place, []
        open_ = active[role]
        open_[number] = open_.get(number, 0) + (1 if opens else -1)
        if not open_[number]:
            del open_[number]
        elif opens and role == "findings":
            begins.append(number)
    if at < len(text):
        parts.append(_segment(text[at:], active, begins, found))
    return parts


def _segment(text: str, active: dict[str, dict[int, int]], begins: list[int], found: Sequence[Finding]) -> Segment:
    own = (
        sorted(active["findings"], key=lambda n: (_GRAVITY[found[n].severity], n))[:_MOST] if active["findings"] else []
    )
    return Segment(text, tuple(own), tuple(sorted(active["related"])[:_MOST]), tuple(begins))
