"""Parts that do not make their total, rests that do not remain, products that do not come out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from data.schema import Axis, Severity
from features.factual.arithmetic import alike, amounts, equal, explains_amount, in_one_unit
from features.factual.percentages import contradicting
from features.registry import Hit, check
from features.statements import Quantity, Statements, statements_of
from features.text import Analysis

_TIMES: Final = frozenset({"y", "mo", "d", "s", "clock", "age"})
_AT: Final = re.compile(r"\b(?:an|in|auf|bei|aus|at)\s+$", re.IGNORECASE)
_BREAK: Final = re.compile(r"[.;:!?\n–]")


def _counts(found: Sequence[Quantity]) -> list[Quantity]:
    return [q for q in amounts(found) if q.value > 0]


def _sentence_window(statements: Statements, at: int, before: int) -> tuple[int, int, int]:
    """Begin of the window, begin and end of the sentence that holds an offset."""
    sentences = statements.text.sentences
    k = statements.text.sentence_at(at)
    return sentences[max(0, k - before)].start, sentences[k].start, sentences[k].end


@check(Axis.FACTUAL, "sum", severity=Severity.MAJOR)
def rest_against_total(analysis: Analysis) -> Iterator[Hit]:
    """Flag "die übrigen 20" where total and parts before it leave another number.

    Total and parts are looked for among the amounts of this and the sentence before; a rest of
    something counted earlier still is flagged unless figures nearby happen to give it.
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    found = _counts(statements.quantities)
    for i, q in enumerate(found):
        cue = statements.words.rest.search(analysis.body.raw, max(0, q.start - 22), q.start)
        if cue is None or analysis.body.raw[cue.end() : q.start].strip() or q.value < 2:
            continue
        first, _, end = _sentence_window(statements, q.start, 1)
        before = [x for x in found[max(0, i - 6) : i] if x.start >= first and alike(x, q)]
        after = [x for x in found[i + 1 : i + 3] if x.start < end]
        if len(before) < 2 or max(x.value for x in before) < q.value + 1:
            continue
        values = [in_one_unit(x, q)[0] for x in (*before, *after)]
        if not _remains(q.value, values) and not explains_amount(q.value, values[:6], q.approximate):
            whole = max(before, key=lambda x: x.value)
            part = next((x for x in reversed(before) if x is not whole), whole)
            note = f"{whole.value:g} less {part.value:g} is {whole.value - part.value:g}"
            yield Hit("body", cue.start(), q.end, note, related=contradicting(whole, part))


def _remains(rest: float, values: list[float]) -> bool:
    """Whether the rest and some of the others make one of the others."""
    return any(equal(rest + sum(values[:i] + values[i + 1 :]), v) for i, v in enumerate(values))


@check(Axis.FACTUAL, "sum", severity=Severity.MAJOR)
def total_against_parts(analysis: Analysis) -> Iterator[Hit]:
    """Flag "zusammen also acht" after parts that make six.

    Needs a word of total right before the figure and two amounts of its kind before it. A total over more than the
    passage names is flagged where it comes near the sum of the parts.
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    raw, words = analysis.body.raw, statements.words
    found = _counts(statements.quantities)
    for i, q in enumerate(found):
        cue = words.total.search(raw, max(0, q.start - 28), q.start)
        if cue is None or len(raw[cue.end() : q.start].split()) > 3 or _BREAK.search(raw, cue.end(), q.start):
            continue
        if _AT.search(raw, max(0, cue.start() - 6), cue.start()):
            continue
        first, start, _ = _sentence_window(statements, q.start, 2)
        parts = [x for x in found[max(0, i - 4) : i] if x.start >= first and alike(x, q) and x.dimension not in _TIMES]
        own = [x for x in parts if x.start >= start]
        if len(own) < 2 and cue.group().lower() != "insgesamt":
            own = parts
        if len(own) < 2 or not all(alike(x, own[-1]) for x in own):
            continue
        values = [in_one_unit(x, own[-1])[0] for x in own]
        scaled, total = in_one_unit(q, own[-1])[0], sum(values)
        loose = any(x.approximate for x in (q, *own))
        if max(values) < scaled and 0.7 * total <= scaled <= 1.4 * total and not explains_amount(scaled, values, loose):
            yield Hit("body", q.start, q.end, f"the parts make {total:g}", related=contradicting(*own))


#: What makes the count before it the whole of the parts after it.
_WHOLE: Final = re.compile(r"\b(?:of the|of|von den|von)\s+$", re.IGNORECASE)
_PART: Final = re.compile(
    r"\s(?:davon|von ihnen|von denen|darunter|of them|of these|of whom|der [A-ZÄÖÜ]\w+|of the [a-z]+)\b"
)
_OPENS: Final = re.compile(r"\b(?:davon|darunter)\s+(?:\w+\s+){0,2}$")


def partitions(statements: Statements) -> Iterator[tuple[Quantity, list[Quantity]]]:
    """Wholes with the parts named after them.

    "T X: p …, p …", "Of the T X, p … and p …", "T X. p davon …, p …", or three parts of one unit in the sentence
    after T.
    """
    text, raw = statements.text, statements.text.raw
    found = [q for q in _counts(statements.quantities) if q.dimension not in _TIMES]
    for i, whole in enumerate(found):
        k = text.sentence_at(whole.start)
        end = text.sentences[k].end
        later = text.sentences[min(k + 1, len(text.sentences) - 1)].end
        parts = [q for q in found[i + 1 : i + 6] if q.start < later and alike(q, whole)]
        own = [q for q in parts if q.start < end]
        if len(own) > 1 and _opens_list(raw, whole, own[0]):
            yield whole, own
        elif parts and _PART.match(raw, parts[0].digits_end):
            stop = text.sentences[text.sentence_at(parts[0].start)].end
            near = [q for q in parts if q.start < stop]
            yield whole, near if len(near) > 1 else parts[:2]
        elif len(parts) - len(own) > 2 and not own and all(q.dimension or q.value != q.number for q in parts):
            yield whole, parts


def _opens_list(raw: str, whole: Quantity, part: Quantity) -> bool:
    """Whether a colon, "davon" or "of the T X," makes what follows the parts of a whole."""
    between = raw[whole.digits_end : part.start]
    if len(between) < 90 and between.rstrip().endswith(":"):
        return True
    if _OPENS.search(between) and len(between) < 60:
        return True
    return bool(_WHOLE.search(raw[max(0, whole.start - 10) : whole.start])) and between.rstrip().endswith(",")


@check(Axis.FACTUAL, "sum", severity=Severity.MAJOR)
def parts_against_total(analysis: Analysis) -> Iterator[Hit]:
    """Flag parts after their total that make nearly, but not quite, as much ("von 32 Ständen …").

    Only a sum within a quarter of the total is taken for a wrong one: parts that make far less are incomplete, parts
    that make far more overlap ("30 davon verletzt, 12 schwer").
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    seen: set[int] = set()
    for whole, parts in partitions(statements):
        values = [in_one_unit(q, whole)[0] for q in parts]
        if whole.value < 5 or len(values) < 2 or max(values) >= whole.value or parts[0].start in seen:
            continue
        made = sum(values)
        sums = [sum(values[:n]) for n in range(2, len(values) + 1)]
        loose = whole.approximate or any(q.approximate for q in parts)
        if any(equal(whole.value, value, loose) for value in sums):
            seen.add(parts[0].start)
            continue
        if 0.8 * whole.value < made < 1.25 * whole.value and not loose:
            seen.add(parts[0].start)
            note = f"the parts make {made:g}, not {whole.value:g}"
            yield Hit("body", parts[0].start, parts[-1].end, note, related=contradicting(whole))


@check(Axis.FACTUAL, "sum", severity=Severity.MAJOR)
def more_of_them_than_there_are(analysis: Analysis) -> Iterator[Hit]:
    """Flag "neun Meldungen; zwölf hätten sich bestätigt": a bare count after a semicolon above the one before it.

    The count before it in the sentence is taken for the whole; where it counts something else, a right one is flagged.
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    raw = analysis.body.raw
    found = [q for q in _counts(statements.quantities) if not q.dimension]
    for whole, part in itertools.pairwise(found):
        between = raw[whole.digits_end : part.start]
        if not between.rstrip().endswith(";") or "\n" in between or part.noun or not whole.noun or whole.approximate:
            continue
        if whole.value < part.value < 10 * whole.value:
            note = f"{part.value:g} of {whole.value:g}"
            yield Hit("body", part.start, part.end, note, related=contradicting(whole))


_AVERAGE: Final = re.compile(
    r"\b(?:im Schnitt|im Durchschnitt|durchschnittlich|on average|an average of|average)\W+(?:also )?$", re.IGNORECASE
)


@check(Axis.FACTUAL, "sum", severity=Severity.MAJOR)
def average_against_total(analysis: Analysis) -> Iterator[Hit]:
    """Flag "an average of 600 miles" beside 11,200 miles in 28 sorties.

    Needs a larger amount of the same unit and a count in the same sentence or the one before; an average of something
    else told beside them is flagged unless it happens to come out.
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    raw = analysis.body.raw
    found = _counts(statements.quantities)
    for i, q in enumerate(found):
        if not q.dimension or not _AVERAGE.search(raw[max(0, q.start - 32) : q.start]):
            continue
        first, start, _ = _sentence_window(statements, q.start, 1)
        before = [x for x in found[max(0, i - 5) : i] if x.start >= first]
        totals = [x for x in before if x.dimension == q.dimension and x.value > q.value and x.start >= start]
        counts = [x for x in before if not x.dimension and x.value > 1]
        if len(totals) != 1 or not counts:
            continue
        if not any(equal(q.value, totals[0].value / x.value, True) for x in counts):
            note = f"{totals[0].value:g} by {counts[-1].value:g} is {totals[0].value / counts[-1].value:g}"
            yield Hit("body", q.start, q.end, note, related=contradicting(totals[0], counts[-1]))


_SHARING: Final = re.compile(
    r"\b(?:trägt|tragen|übernimmt|übernehmen|zahlt|zahlen|erhält|erhalten|bekommt|bekommen"
    r"|goes to|go to|receives?|pays?|gets?)\b",
    re.IGNORECASE,
)


@check(Axis.FACTUAL, "sum", severity=Severity.MAJOR)
def shares_above_whole(analysis: Analysis) -> Iterator[Hit]:
    """Flag two shares of one thing that are more than the whole ("trägt Schweden 60 Prozent der Kosten, Lettland 50").

    Needs a verb of sharing in the sentence; shares of two things told in one sentence are flagged, too.
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    raw = analysis.body.raw
    found = [q for q in statements.quantities if q.dimension == "%" and not q.approximate]
    for a, b in itertools.pairwise(found):
        start, end = statements.text.sentences[statements.text.sentence_at(a.start)]
        between = raw[a.end : b.start]
        if b.start >= end or len(between) > 50 or re.search(r"\d|\b(?:bis|oder|auf|nach|to|or|von|from)\b", between):
            continue
        if a.value < 100 and b.value < 100 and 100 < a.value + b.value < 140 and _SHARING.search(raw, start, end):
            note = f"{a.value:g} and {b.value:g} per cent are more than the whole"
            yield Hit("body", a.start, b.end, note)


_EACH_AFTER: Final = re.compile(
    r"\s+(?:[\w-]+,?\s+){0,2}?(?:zu je|à|über je|von je|each hung with|each with)\s+$", re.IGNORECASE
)


@check(Axis.FACTUAL, "sum", severity=Severity.MAJOR)
def product_against_factors(analysis: Analysis) -> Iterator[Hit]:
    """Flag "9.600 Pfund, acht Monatslöhne zu je 1.600 Pfund": count times unit that is not the amount beside it.

    Only amounts of the unit's own kind in the same sentence are compared; one of another thing is flagged, too.
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    text = statements.text
    found = _counts(statements.quantities)
    for i, (count, each) in enumerate(itertools.pairwise(found)):
        start, end = text.sentences[text.sentence_at(count.start)]
        if count.dimension or each.start >= end or not _EACH_AFTER.fullmatch(text.raw, count.digits_end, each.start):
            continue
        product = count.value * each.value
        nearby = [q for q in (*found[max(0, i - 2) : i], *found[i + 2 : i + 4]) if start <= q.start < end]
        others = [q for q in nearby if alike(q, each) and q.value > each.value]
        if len(others) == 1 and not equal(others[0].value, product, others[0].approximate):
            note = f"{count.value:g} times {each.value:g} is {product:g}"
            yield Hit("body", count.start, each.end, note, related=contradicting(others[0]))


def _of_a_size(a: Quantity, b: Quantity) -> bool:
    """Whether two amounts have one unit, or one magnitude where a unit is missing."""
    return a.dimension == b.dimension or a.value * b.number == b.value * a.number


@check(Axis.FACTUAL, "sum", severity=Severity.MAJOR)
def difference_against_figures(analysis: Analysis) -> Iterator[Hit]:
    """Flag "also um 2,2 Grad niedriger" beside 37,9 and 36,7, and "In der Kasse fehlen damit 28 Millionen".

    Needs a word of conclusion before it and just two other amounts of its unit in this and the last sentence.
    """
    statements = statements_of(analysis.body)
    if statements is None:
        return
    raw, words = analysis.body.raw, statements.words
    found = _counts(statements.quantities)
    for i, q in enumerate(found):
        first, start, end = _sentence_window(statements, q.start, 1)
        cue = words.equation.search(raw, max(start, q.start - 24), q.start)
        if cue is None or (not q.dimension and q.value == q.number) or q.dimension in ("y", "%", "d", "mo"):
            continue
        tail = raw[q.end : q.end + 16]
        if not (
            re.search(r"\b(?:fehl|mehr|weniger|niedriger|höher|more|less|short)", raw[cue.start() : q.start] + tail)
        ):
            continue
        if re.search(r"\b(?:als|than)\b", tail):
            continue
        others = [x for x in found[max(0, i - 4) : i] if x.start >= first and alike(x, q) and _of_a_size(x, q)]
        if len(others) != 2 or any(x.start > q.end and x.start < end for x in found[i + 1 : i + 2] if alike(x, q)):
            continue
        a, b = in_one_unit(*others)
        if not explains_amount(in_one_unit(q, others[-1])[0], [a, b], q.approximate):
            note = f"{max(a, b):g} less {min(a, b):g} is {abs(a - b):g}"
            yield Hit("body", q.start, q.end, note, related=contradicting(*others))
