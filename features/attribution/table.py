"""The sources of an article: who is named, of what class, how often, and where.

A rule of thumb, not a tagger: the words beside a word of saying or in a source frame. It serves the table that the
score command prints and the measures of sourcing, where an unread name costs little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from features.attribution.patterns import patterns_of
from features.attribution.speaking import says
from features.block import Block
from features.patterns import union
from features.quotes import inside, quotes_of
from features.text import Analysis, Span

#: Classes of a source, from the best to the least.
CLASSES: Final = ("person", "organisation", "document", "role", "pronoun", "collective", "anonymous", "vague")

_NAME: Final = r"[A-ZÄÖÜ][\w’-]+\.?(?: (?:von|van|de|der|den|Dr\.?|Prof\.?|[A-ZÄÖÜ][\w’-]*)){0,5}"
_ARTICLE: Final = r"(?:\b(?:[Dd]er|[Dd]ie|[Dd]as|[Tt]he|[Ee]ine?|[Aa]n?) (?:[a-zäöü]\w+ )?)?"
_AFTER: Final = re.compile(rf"\s+(?P<who>{_ARTICLE}{_NAME})")
_PRONOUN: Final = re.compile(r"\s*(?P<who>er|sie|he|she|they|wir|we)\b", re.IGNORECASE)
_BEFORE: Final = re.compile(
    rf"(?P<who>{_ARTICLE}{_NAME}|\b(?:[Ee]r|[Ss]ie|[Hh]e|[Ss]he|[Tt]hey|[Ww]ir|[Ww]e))"
    r"(?:,[^,.\n]{1,60},|\s*\([^)\n]{1,30}\))?\s+(?:hat |hatte |has |had )?$"
)
#: How far before a word of saying its subject may begin, in characters.
_REACH: Final = 120


@dataclass(frozen=True, slots=True)
class Source:
    """One source of an article with all its places in the body."""

    name: str
    kind: str
    places: tuple[Span, ...]


def sources_of(analysis: Analysis) -> list[Source]:
    """Sources in the order of their first mention, kept with the analysis.

    A surname alone is counted to the full name that was given before.
    """
    found: list[Source] | None = analysis.memo.get("sources")
    if found is None:
        merged: dict[str, list[Span]] = {}
        for span in sorted(set(_mentions(analysis))):
            name = _full_name(analysis.body.raw[span.start : span.end].strip(), list(merged))
            if _counts(analysis, name):
                merged.setdefault(name, []).append(span)
        found = [Source(name, _kind(analysis, name), tuple(spans)) for name, spans in merged.items()]
        analysis.memo["sources"] = found
    return found


def _full_name(name: str, known: list[str]) -> str:
    words = name.split()
    if len(words) == 1:
        return next((k for k in known if k.split()[-1] == name and len(k.split()) > 1), name)
    return next((k for k in known if k.split()[-1] == words[-1] and set(words) & set(k.split()[:-1])), name)


def _counts(analysis: Analysis, name: str) -> bool:
    """Whether a single capitalised word may be a source: it ends a longer name of the text, or is a house.

    Without this every German noun beside a word of saying were one.
    """
    if " " in name or name.lower() in patterns_of(analysis.language.code).words("speakers"):
        return True
    longer = re.search(rf"[A-ZÄÖÜ][\w’.-]+ {re.escape(name)}\b", analysis.body.raw)
    return longer is not None or _kind(analysis, name) in ("organisation", "document", "vague")


def _mentions(analysis: Analysis) -> Iterator[Span]:
    body = analysis.body
    for i, token in enumerate(body.tokens):
        if token.text[0].islower() and says(body, i) and not inside(analysis, token.start):
            yield from _subject(analysis, token.start, token.end)
    for frame in union(analysis.language.source_frames).finditer(body.raw):
        named = _AFTER.match(body.raw, frame.end()) if not inside(analysis, frame.start()) else None
        if named:
            yield Span(*named.span("who"))


def _subject(analysis: Analysis, start: int, end: int) -> Iterator[Span]:
    """Who says it: the name before the word of saying, or, after a quotation or a comma, the one behind it."""
    raw = analysis.body.raw
    sentence = analysis.body.sentences[analysis.body.sentence_at(start)]
    before = _BEFORE.search(raw, max(sentence.start, start - _REACH), start)
    if before:
        yield Span(*before.span("who"))
        return
    after = _PRONOUN.match(raw, end) or _AFTER.match(raw, end)
    if after:
        yield Span(*after.span("who"))


def _kind(analysis: Analysis, name: str) -> str:
    """Class of a source by its words."""
    lists = patterns_of(analysis.language.code)
    words = name.split()
    lower = [w.lower().strip(".,") for w in words]
    if len(words) == 1 and lower[0] in lists.words("speakers"):
        return "pronoun"
    if any(w.endswith(tuple(lists.words("documents"))) for w in lower):
        return "document"
    if any(w.endswith(tuple(lists.words("organisations"))) for w in lower) or (words[-1].isupper() and len(name) > 1):
        return "organisation"
    if lists.compiled("vague_people").search(name.lower()) or lower[-1] in lists.words("vague_endings"):
        return "vague"
    if lower[0] in ("ein", "eine", "a", "an", "one"):
        return "anonymous"
    capitals = [w for w in words if w[0].isupper() and w.lower() not in lists.words("articles")]
    titles = sum(w.lower() in analysis.language.titles for w in capitals)
    if len(capitals) - titles >= 2 or (titles and len(capitals) > titles):
        return "person"
    if lower[0] in lists.words("articles"):
        return "collective" if lower[0] in ("die", "the") and lower[-1].endswith(("en", "s")) else "role"
    return "person" if len(capitals) == 1 and not titles else "role"


class Sourcing(Block):
    """How an article is sourced: numbers of sources by class, and what is said without any."""

    def names(self) -> list[str]:
        """Sources per 1,000 words, all, named and by class; shares of quoted text and of the busiest source."""
        return [
            "sources", "named_sources", *(f"source_{kind}" for kind in CLASSES),
            "share_quoted", "share_of_first_source", "longest_unsourced",
        ]  # fmt: skip

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Values of one article; shares are 0 where there is no source."""
        body = analysis.body
        words = max(body.n_words, 1)
        found = sources_of(analysis)
        counts = [len(s.places) for s in found]
        values = {f"source_{kind}": 1000 * sum(s.kind == kind for s in found) / words for kind in CLASSES}
        quoted = sum(q.end - q.start for q in quotes_of(analysis) if q.opened and q.closed)
        values["sources"] = 1000 * len(found) / words
        values["named_sources"] = 1000 * sum(s.kind in CLASSES[:3] for s in found) / words
        values["share_quoted"] = quoted / max(len(body.raw), 1)
        values["share_of_first_source"] = max(counts, default=0) / max(sum(counts), 1)
        values["longest_unsourced"] = _longest_gap(analysis, [p.start for s in found for p in s.places])
        return [values[column] for column in columns]


def _longest_gap(analysis: Analysis, places: list[int]) -> float:
    """Share of the sentences in the longest run without any source."""
    body = analysis.body
    cited = sorted({body.sentence_at(place) for place in places})
    edges = [-1, *cited, len(body.sentences)]
    longest = max((b - a - 1 for a, b in pairwise(edges)), default=0)
    return longest / max(len(body.sentences), 1)
