"""What the article says and its source document does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from data.schema import Axis, Severity
from features.factual.figures import derived, supported
from features.registry import Hit, check
from features.text import Analysis

_NAME = re.compile(r"\b[A-ZÄÖÜ][\w’'-]+(?: [A-ZÄÖÜ][\w’'-]+)+")


@check(Axis.FACTUAL, "unsupported", severity=Severity.MAJOR, needs_source=True)
def figure_not_in_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a figure of the article that the source document does not give.

    Compared by value. A figure computed from three others is flagged although it may be right.
    """
    given = analysis.source.figures
    written = analysis.source.raw
    for part in ("headline", "body"):
        text = analysis.text(part)
        for figure in text.figures:
            digits = text.raw[figure.start : figure.end]
            if digits not in written and not supported(figure, given) and not derived(figure, given):
                yield Hit(part, figure.start, figure.end, f"the source does not give {digits}")


@check(Axis.FACTUAL, "unsupported", severity=Severity.MAJOR, needs_source=True)
def name_not_in_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a name of two words or more of which the source document has no word.

    A translated name ("Vereinte Nationen" for "United Nations") is flagged, too.
    """
    source = set(analysis.source.lower)
    body = analysis.body
    starts = {s.start for s in body.sentences}
    for match in _NAME.finditer(body.raw):
        words = match.group().lower().split()
        if match.start() in starts:
            words = words[1:]
        if words and not any(w in source or w.rstrip("s") in source for w in words):
            yield Hit("body", *match.span(), f"the source does not name {match.group()}")


@check(Axis.FACTUAL, "negation", severity=Severity.MAJOR, needs_source=True)
def negation_not_in_source(analysis: Analysis) -> Iterator[Hit]:
    """Flag a negated word whose source sentences with the same two neighbours are all without negation.

    Only where the source has the very word pair around the negation ("will attend" for "will not attend").
    """
    negations = analysis.language.negations
    source = set(pairwise(analysis.source.lower))
    body = analysis.body
    for i in range(1, len(body.tokens) - 1):
        if body.lower[i] in negations and (body.lower[i - 1], body.lower[i + 1]) in source:
            start, end = body.tokens[i - 1].start, body.tokens[i + 1].end
            yield Hit("body", start, end, "the source says the same without the negation")
