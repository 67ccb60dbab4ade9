"""Quotations of German articles with form, speaker, cue and frame: a CRF for what is quoted, pointers for the roles."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final, Self

from data.schema import Axis, Finding, Related
from features.attribution.chain import Chain
from features.attribution.reading import Reading, read
from features.attribution.token_names import token_names
from features.text import Analysis
from models.attribution.pointer import Asked, Pointer, sentence_numbers
from models.taggers import Tagger

#: Forms from the outermost to the innermost: of two that share a token the later one gives the label.
FORMS: Final = ("reported", "free-indirect", "indirect-free-indirect", "indirect", "direct")
ROLES: Final = ("speaker", "cue", "frame")


def reading_of(analysis: Analysis) -> Reading:
    """Reading of the body, kept with the analysis."""
    reading: Reading | None = analysis.memo.get("reading")
    if reading is None:
        reading = analysis.memo["reading"] = read(analysis.article.body, analysis.article.language)
    return reading


class Grid:
    """From places in the text to token numbers and back."""

    def __init__(self, reading: Reading) -> None:
        self.starts = [t.start for t in reading.tokens]
        self.ends = [t.end for t in reading.tokens]

    def tokens(self, places: Iterable[tuple[int, int]]) -> list[int]:
        """Numbers of the tokens that the places touch."""
        spans = ((bisect_right(self.ends, a), bisect_left(self.starts, b)) for a, b in places if b > a)
        return sorted({t for first, stop in spans for t in range(first, stop)})

    def places(self, tokens: Sequence[int]) -> list[tuple[int, int]]:
        """Stretches of neighbouring tokens as places."""
        found: list[tuple[int, int]] = []
        previous = -2
        for t in tokens:
            if t == previous + 1:
                found[-1] = (found[-1][0], self.ends[t])
            else:
                found.append((self.starts[t], self.ends[t]))
            previous = t
        return found


def pieces(finding: Finding, role: str | None = None) -> list[tuple[int, int]]:
    """Places of a quotation, or of one of its roles."""
    own = [(finding.start, finding.end)] if role is None else []
    wanted = "continuation" if role is None else role
    return own + [(r.start, r.end) for r in finding.related if r.role == wanted and r.part == "body"]


def labels_of(grid: Grid, findings: Sequence[Finding]) -> list[str]:
    """Label of each token: ``B-`` or ``I-`` with the form of its innermost quotation, "O" outside."""
    labels = ["O"] * len(grid.starts)
    order = {form: k for k, form in enumerate(FORMS)}
    for finding in sorted((f for f in findings if f.kind in order), key=lambda f: order[f.kind]):
        for k, t in enumerate(grid.tokens(pieces(finding))):
            labels[t] = f"{'I' if k else 'B'}-{finding.kind}"
    return labels


def asked_of(grid: Grid, findings: Sequence[Finding]) -> list[Asked]:
    """Quotations as the pointers take them."""
    inside = [frozenset(grid.tokens(pieces(f))) for f in findings]
    return [
        Asked(f.kind, own, frozenset().union(*(o for k, o in enumerate(inside) if k != i)))
        for i, (f, own) in enumerate(zip(findings, inside, strict=True))
    ]


def stretches(reading: Reading, labels: Sequence[str]) -> list[tuple[str, list[int]]]:
    """Quotations (form, tokens) from labels.

    A direct quotation in the middle of another form belongs to both. A form that goes on after a gap in the same
    sentence is one quotation in pieces.
    """
    found: list[tuple[str, list[int]]] = []
    sentence = sentence_numbers(reading)
    open_: dict[str, list[int]] = {}
    for t, label in enumerate(labels):
        begin, _, form = label.partition("-")
        if label == "O":
            continue
        own = open_.get(form)
        adjoins = own is not None and (own[-1] == t - 1 or (begin == "I" and sentence[own[-1]] == sentence[t]))
        if form == "direct" and reading.state[t] == "(" and (own is None or reading.state[own[-1]] != "in"):
            adjoins = False
        if own is None or begin == "B" or not adjoins:
            own = open_[form] = []
            found.append((form, own))
        elif all(labels[k].endswith("-direct") for k in range(own[-1] + 1, t)) and form != "direct":
            own.extend(range(own[-1] + 1, t))
        own.append(t)
    return found


class QuotationTagger(Tagger):
    """Finds quotations and, for each, its speaker, cue and frame.

    It gives no addressee and no medium: both are too rare to learn, or not in the text.
    """

    def fit(self, X: Sequence[Analysis], y: Any = None) -> Self:
        """Learn from articles whose findings are quotations."""
        readings = [reading_of(a) for a in X]
        grids = [Grid(r) for r in readings]
        gold = [a.article.findings for a in X]
        labels = [labels_of(grid, own) for grid, own in zip(grids, gold, strict=True)]
        self.chain_ = Chain().fit((token_names(r) for r in readings), labels)
        self.pointers_ = fit_pointers(readings, grids, gold, ROLES, self.seed)
        return self

    def find(self, X: Sequence[Analysis], threshold: float = 0.5) -> list[list[Finding]]:
        """Quotations of each article, with their roles as related places."""
        return [self._find(reading_of(analysis)) for analysis in X]

    def _find(self, reading: Reading) -> list[Finding]:
        grid = Grid(reading)
        bare = []
        for form, tokens in stretches(reading, self.chain_.tag(token_names(reading))):
            first, *rest = grid.places(tokens)
            related = tuple(Related("continuation", "body", *place) for place in rest)
            bare.append(Finding(Axis(self.axis), form, "body", *first, related=related))
        return with_roles(reading, grid, bare, self.pointers_)


def fit_pointers(
    readings: Sequence[Reading],
    grids: Sequence[Grid],
    gold: Sequence[Sequence[Finding]],
    roles: Sequence[str],
    seed: int,
) -> dict[str, Pointer]:
    """One pointer for each role, learnt from gold quotations."""
    asked = [(r, a) for r, g, own in zip(readings, grids, gold, strict=True) for a in asked_of(g, own)]
    findings = [(g, f) for g, own in zip(grids, gold, strict=True) for f in own]
    kept = [k for k, (_, a) in enumerate(asked) if a.inside]
    fitted = {}
    for role in roles:
        targets = [frozenset(findings[k][0].tokens(pieces(findings[k][1], role))) for k in kept]
        pointer = Pointer(loose=role != "speaker", seed=seed)
        fitted[role] = pointer.fit([asked[k] for k in kept], targets)
    return fitted


def with_roles(
    reading: Reading, grid: Grid, findings: Sequence[Finding], pointers: dict[str, Pointer], sure: bool = False
) -> list[Finding]:
    """Quotations with the places that the pointers find."""
    sentence = sentence_numbers(reading)
    found = []
    for finding, asked in zip(findings, asked_of(grid, findings), strict=True):
        related = list(finding.related)
        if asked.inside:
            for role, pointer in pointers.items():
                places = grid.places(pointer.point(reading, asked, sentence, sure))
                related += [Related(role, "body", *place) for place in places]
        found.append(replace(finding, related=tuple(related)))
    return found


class SpeakerTagger(Tagger):
    """Speakers of given quotations: the record's findings are the quotations, their speakers are not looked at."""

    def fit(self, X: Sequence[Analysis], y: Any = None) -> Self:
        """Learn from articles whose findings are quotations with speakers."""
        readings = [reading_of(a) for a in X]
        gold = [a.article.findings for a in X]
        self.pointers_ = fit_pointers(readings, [Grid(r) for r in readings], gold, ("speaker",), self.seed)
        return self

    def find(self, X: Sequence[Analysis], threshold: float = 0.5) -> list[list[Finding]]:
        """The given quotations, with the speakers found."""
        out = []
        for analysis in X:
            reading = reading_of(analysis)
            bare = given(analysis.article.findings)
            out.append(with_roles(reading, Grid(reading), bare, self.pointers_, sure=True))
        return out


class NearestName(SpeakerTagger):
    """Control: the nearest stretch of capitalised words outside the quotation, before the next one after it."""

    def fit(self, X: Sequence[Analysis], y: Any = None) -> Self:
        """Nothing is learned."""
        return self

    def find(self, X: Sequence[Analysis], threshold: float = 0.5) -> list[list[Finding]]:
        """The given quotations, with the nearest name."""
        return [
            [nearest_name(reading_of(analysis), finding) for finding in given(analysis.article.findings)]
            for analysis in X
        ]


def given(findings: Sequence[Finding]) -> list[Finding]:
    """Quotations without their roles."""
    return [replace(f, related=tuple(r for r in f.related if r.role == "continuation")) for f in findings]


def nearest_name(reading: Reading, finding: Finding) -> Finding:
    """A quotation with the nearest capitalised words that do not begin a sentence, within 40 tokens."""
    grid = Grid(reading)
    inside = grid.tokens(pieces(finding))
    if not inside:
        return finding
    begins = {span.start for span in reading.sentences if len(span)}

    def is_name(t: int) -> bool:
        return 0 <= t < len(reading.tokens) and reading.tokens[t].text[0].isupper() and t not in begins

    for distance in range(1, 40):
        for t in (inside[-1] + distance, inside[0] - distance):
            if is_name(t):
                low = high = t
                while is_name(low - 1) and low - 1 not in inside:
                    low -= 1
                while is_name(high + 1) and high + 1 not in inside:
                    high += 1
                place = Related("speaker", "body", grid.starts[low], grid.ends[high])
                return replace(finding, related=(*finding.related, place))
    return finding
