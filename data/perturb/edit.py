"""Edits of an article whose findings keep their places.

A `Change` is a set of edits that do not touch each other, and the fault they make. Its places are
given in the text as it was; `apply` moves them, and all findings that were there before, to the text
as it is then. Nothing here knows a language.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from data.schema import PARTS, Article, Axis, Finding, Related, Severity

#: Parts that are edited; a source stays what it is.
EDITABLE: Final = ("headline", "body", "byline")
#: Kinds marked on a whole sentence: without its full stop, as the annotation guide has it.
_SENTENCES: Final = frozenset({"unsourced-claim", "unsupported", "repetition", "circular-source"})


class Place(NamedTuple):
    """A half-open stretch of a part, in the text before the change."""

    part: str
    start: int
    end: int


class Edit(NamedTuple):
    """Put ``text`` in place of ``[start, end)``; an insertion has ``start == end``."""

    part: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What a change makes wrong. ``place`` None is something absent (offsets 0, 0 of the byline)."""

    axis: Axis
    kind: str
    severity: Severity
    place: Place | None
    note: str = ""
    related: tuple[tuple[str, Place], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Edits made together, the faults they make (none: an innocent change), and fields set beside the texts."""

    edits: tuple[Edit, ...]
    faults: tuple[Fault, ...] = ()
    fields: tuple[tuple[str, Any], ...] = ()


def place_of(part: str, match: Any, group: int | str = 0) -> Place:
    """Place of a group of a regular-expression match."""
    return Place(part, *match.span(group))


class _Moves:
    """Where the offsets of one part go."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.edits = sorted(edits, key=lambda e: (e.start, e.end))
        for one, other in zip(self.edits, self.edits[1:], strict=False):
            if other.start < one.end or other.start == one.start:
                raise ValueError(f"Two edits touch each other in {one.part!r}: {one} and {other}.")
        self.shifts = [0]
        for edit in self.edits:
            self.shifts.append(self.shifts[-1] + len(edit.text) - (edit.end - edit.start))
        self.starts = [e.start for e in self.edits]

    def text(self, old: str) -> str:
        out, at = [], 0
        for edit in self.edits:
            out += [old[at : edit.start], edit.text]
            at = edit.end
        return "".join([*out, old[at:]])

    def _inside(self, offset: int) -> ValueError:
        return ValueError(f"Offset {offset} lies inside an edit; a place begins and ends at the edges of edits.")

    def before(self, offset: int) -> int:
        """New offset, in front of what is inserted or replaced there."""
        k = bisect_left(self.starts, offset)
        if k and self.edits[k - 1].end > offset:
            raise self._inside(offset)
        return offset + self.shifts[k]

    def after(self, offset: int) -> int:
        """New offset, behind what is inserted there."""
        k = bisect_left(self.starts, offset)
        if k and self.edits[k - 1].end > offset:
            raise self._inside(offset)
        if k < len(self.edits) and self.edits[k].start == self.edits[k].end == offset:
            k += 1
        return offset + self.shifts[k]


def _untouched(moves: _Moves, start: int, end: int) -> bool:
    """Whether no edit reaches into or over the stretch."""
    return all(e.end <= start or e.start >= end for e in moves.edits)


def _inner(moves: dict[str, _Moves], part: str, start: int, end: int) -> tuple[int, int]:
    """New offsets of text that stays: insertions at its edges are outside of it."""
    if part not in moves or start == end:
        return start, end
    return moves[part].after(start), moves[part].before(end)


def _moved(finding: Finding, moves: dict[str, _Moves]) -> Finding:
    """A finding that was there before."""
    related = tuple(Related(r.role, r.part, *_inner(moves, r.part, r.start, r.end)) for r in finding.related)
    start, end = _inner(moves, finding.part, finding.start, finding.end)
    return replace(finding, start=start, end=end, related=related)


def _finding(fault: Fault, moves: dict[str, _Moves], texts: dict[str, str]) -> Finding:
    """A new finding: what is inserted at its edges belongs to it, but for the white space around."""
    related = tuple(Related(role, p.part, *_inner(moves, *p)) for role, p in fault.related)
    if fault.place is None:
        return Finding(fault.axis, fault.kind, "byline", 0, 0, fault.severity, fault.note, related)
    part, start, end = fault.place
    if part in moves:
        start, end = moves[part].before(start), moves[part].after(end)
        marked = texts[part][start:end]
        start += len(marked) - len(marked.lstrip())
        end = start + len(marked.strip())
    if fault.kind in _SENTENCES:
        end -= texts.get(part, "")[start:end].endswith(".")
    return Finding(fault.axis, fault.kind, part, start, end, fault.severity, fault.note, related)


def fits(article: Article, change: Change) -> bool:
    """Whether the change leaves every span that is marked already as it is, and marks none of them again."""
    moves = {part: _Moves([e for e in change.edits if e.part == part]) for part in PARTS}
    spans = [(f.part, f.start, f.end) for f in article.findings if f.end > f.start]
    places = [(r.part, r.start, r.end) for f in article.findings for r in f.related]
    own = [fault.place for fault in change.faults if fault.place is not None]
    if any(p.part == part and p.start < end and start < p.end for p in own for part, start, end in spans):
        return False
    return all(_untouched(moves[part], start, end) for part, start, end in spans + places)


def apply(article: Article, change: Change) -> Article:
    """The article after a change, findings moved and the new ones added at the end.

    Raises
    ------
    ValueError
        If edits touch each other, lie outside the text or in the source, or reach into a marked span.
    """
    for edit in change.edits:
        if edit.part not in EDITABLE or not 0 <= edit.start <= edit.end <= len(article.text(edit.part)):
            raise ValueError(f"{edit} is no place in the {edit.part} of {article.id}; editable: {', '.join(EDITABLE)}.")
    if not fits(article, change):
        raise ValueError(f"A change of {article.id} reaches into a span that is marked already: {change}.")
    parts = {edit.part for edit in change.edits}
    moves = {part: _Moves([e for e in change.edits if e.part == part]) for part in parts}
    texts: dict[str, str] = {part: moves[part].text(article.text(part)) for part in parts}
    kept = tuple(_moved(finding, moves) for finding in article.findings)
    new = tuple(_finding(fault, moves, texts) for fault in change.faults)
    fields: dict[str, Any] = {**texts, **dict(change.fields)}
    return replace(article, **fields, findings=kept + new)
