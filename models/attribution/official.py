"""Measures of quotations, re-implemented from the description of the German Wikinews scorer (corpora card 17).

Gold and found quotations of an article are matched one to one so that the sum of their token F1 is largest (Hungarian
method; an equal form, then an equal medium, decides between equals); a pair without a common token is no
match. For each measure a matched pair has a precision and a recall over tokens, everything else has 0; the
figure is the harmonic mean of the mean precision over all found and the mean recall over all gold
quotations. ``message`` compares the tokens quoted, ``roles`` the pairs of role and token of speaker, cue, frame and
addressee together, ``joint`` both together. Where neither side has a role, both are 1. The upstream
program was not at hand: how it treats empty roles is this module's reading.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from data.schema import Finding
from features.text import Analysis
from models.metrics import Array

ROLES: Final = ("speaker", "cue", "frame", "addressee")
Items = frozenset[tuple[str, int]]
Counts = tuple[float, ...]


class Quote(NamedTuple):
    """A quotation as sets of (role, token number)."""

    form: str
    medium: str
    message: Items
    roles: Items


class _Tokens:
    """Token numbers of stretches: the tokens of the corpus where the record has them, else the project's."""

    def __init__(self, analysis: Analysis) -> None:
        given = analysis.article.extra.get("token_offsets")
        if given:
            self.starts, self.ends = list(given[::2]), list(given[1::2])
        else:
            self.starts = [t.start for t in analysis.body.tokens]
            self.ends = [t.end for t in analysis.body.tokens]

    def within(self, start: int, end: int) -> range:
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end)) if end > start else range(0)


def quotes_of(analysis: Analysis, findings: Sequence[Finding]) -> list[Quote]:
    """Findings as quotations; those without a token are left out."""
    tokens = _Tokens(analysis)
    found = []
    for finding in findings:
        if finding.part != "body":
            continue
        pieces = [(finding.start, finding.end)]
        pieces += [(r.start, r.end) for r in finding.related if r.role == "continuation"]
        message = frozenset(("quote", t) for a, b in pieces for t in tokens.within(a, b))
        roles = frozenset(
            (r.role, t) for r in finding.related if r.role in ROLES for t in tokens.within(r.start, r.end)
        )
        if message:
            found.append(Quote(finding.kind, finding.note, message, roles))
    return found


def _f1(one: Items, other: Items) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def matched(gold: Sequence[Quote], found: Sequence[Quote]) -> list[tuple[int, int]]:
    """Index pairs (gold, found) of the best one-to-one match."""
    if not gold or not found:
        return []
    quality = np.array([[_f1(g.message, f.message) for f in found] for g in gold])
    tie = np.array([[1e-6 * (g.form == f.form) + 1e-7 * (g.medium == f.medium) for f in found] for g in gold])
    rows, columns = linear_sum_assignment(-(quality + tie * (quality > 0)))
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if quality[i, j] > 0]


def _ratio(common: int, size: int, other: int) -> float:
    """Share of a side that is common; 1 where both sides are empty."""
    return common / size if size else float(other == 0)


def _counter(items: Callable[[Quote], Items]) -> Callable[..., Counts]:
    def count(analysis: Analysis, gold: Sequence[Finding], found: Sequence[Finding], view: str | None) -> Counts:
        wanted, given = quotes_of(analysis, gold), quotes_of(analysis, found)
        precision = recall = 0.0
        for i, j in matched(wanted, given):
            g, f = items(wanted[i]), items(given[j])
            precision += _ratio(len(g & f), len(f), len(g))
            recall += _ratio(len(g & f), len(g), len(f))
        return precision, float(len(given)), recall, float(len(wanted))

    return count


message_counts = _counter(lambda quote: quote.message)
role_counts = _counter(lambda quote: quote.roles)
joint_counts = _counter(lambda quote: quote.message | quote.roles)


def form_counts(analysis: Analysis, gold: Sequence[Finding], found: Sequence[Finding], view: str | None) -> Counts:
    """Matched pairs of one form, found, the same pairs, and gold quotations; a view is one form only."""
    wanted, given = quotes_of(analysis, gold), quotes_of(analysis, found)
    right = [g for g, f in matched(wanted, given) if wanted[g].form == given[f].form]
    hits = float(sum(view is None or wanted[g].form == view for g in right))
    n_found = float(sum(view is None or q.form == view for q in given))
    return hits, n_found, hits, float(sum(view is None or q.form == view for q in wanted))


def f1_of_means(sums: Array) -> Array:
    """Harmonic mean of the mean precision and the mean recall, from their sums and numbers."""
    precision = np.divide(sums[:, 0], sums[:, 1], out=np.zeros(len(sums)), where=sums[:, 1] > 0)
    recall = np.divide(sums[:, 2], sums[:, 3], out=np.full(len(sums), np.nan), where=sums[:, 3] > 0)
    both = precision + recall
    figure: Array = np.divide(2 * precision * recall, both, out=np.where(np.isnan(both), np.nan, 0.0), where=both > 0)
    return figure


def speaker_counts(analysis: Analysis, gold: Sequence[Finding], found: Sequence[Finding], view: str | None) -> Counts:
    """Given quotations: those whose found speaker shares a token with the gold one, and those with a gold speaker.

    Quotations are paired by their place. A view is one form only.
    """
    tokens = _Tokens(analysis)
    by_place = {(f.start, f.end, f.kind): f for f in found}
    hits = total = 0
    for finding in gold:
        wanted = _speaker(tokens, finding)
        if not wanted or (view is not None and finding.kind != view):
            continue
        total += 1
        given = by_place.get((finding.start, finding.end, finding.kind))
        hits += given is not None and bool(wanted & _speaker(tokens, given))
    return float(hits), float(total)


def exact_counts(analysis: Analysis, gold: Sequence[Finding], found: Sequence[Finding], view: str | None) -> Counts:
    """Like `speaker_counts`, for speakers of exactly the same tokens."""
    tokens = _Tokens(analysis)
    by_place = {(f.start, f.end, f.kind): f for f in found}
    pairs = [(w, by_place.get((f.start, f.end, f.kind))) for f in gold if (w := _speaker(tokens, f))]
    return float(sum(g is not None and _speaker(tokens, g) == w for w, g in pairs)), float(len(pairs))


def _speaker(tokens: _Tokens, finding: Finding) -> frozenset[int]:
    places = (r for r in finding.related if r.role == "speaker")
    return frozenset(t for r in places for t in tokens.within(r.start, r.end))


def share(sums: Array) -> Array:
    """First count over the second."""
    figure: Array = np.divide(sums[:, 0], sums[:, 1], out=np.full(len(sums), np.nan), where=sums[:, 1] > 0)
    return figure
