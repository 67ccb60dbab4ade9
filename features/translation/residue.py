"""Furniture of the source page that was carried into the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.schema import Axis
from features.lexicon import is_known
from features.patterns import union
from features.registry import Hit, check
from features.text import Analysis
from features.translation.nouns import nouns

# A lower-case letter run straight into a capital one: the labels of buttons and tags without a space between them.
_RUN_TOGETHER = re.compile(r"\b[A-ZÄÖÜ][a-zäöüß]{3,}(?:[A-ZÄÖÜ][a-zäöüß]{3,})+\b")


@check(Axis.TRANSLATION, "residue")
def page_residue(analysis: Analysis) -> Iterator[Hit]:
    """Flag adverts, buttons, cookie notices and link lists inside the text.

    Only at the beginning of a line or sentence: "Die Anzeige gegen ihn" is no advert. A genuine
    sentence that begins with such words ("Lesen Sie mehr Bücher!") is flagged, too.
    """
    body = analysis.body
    starts = sorted({s.start for s in body.sentences} | {p.start for p in body.paragraphs})
    pattern = union(analysis.language.furniture, "", "")
    for start in starts:
        match = pattern.match(body.raw, start)
        if match is None or body.quoted(start):
            continue
        sentence = body.sentences[body.sentence_at(start)]
        # "Anzeige erstattet": an advert marker stands alone or before another sentence.
        rest = body.raw[match.end() : match.end() + 2]
        if (
            len(match.group().split()) == 1
            and match.group()[-1] != ":"
            and rest.strip()
            and rest[0] not in ".:\n"
            and rest.lstrip()[0].islower()
        ):
            continue
        yield Hit("body", start, max(sentence.end, match.end()), f"“{match.group()}” is furniture of a page, not text")


_PARTS = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+")


@check(Axis.TRANSLATION, "residue")
def labels_run_together(analysis: Analysis) -> Iterator[Hit]:
    """Flag labels run together without a space ("NordersielPolitik") near the end of a line.

    Each part must be a known word: brand names with an inner capital (AstraZeneca, LinkedIn) pass.
    """
    body, language = analysis.body, analysis.article.language
    for match in _RUN_TOGETHER.finditer(body.raw):
        parts = _PARTS.findall(match.group())
        if body.raw[max(0, match.start() - 1) : match.start()] in ("@", "#") or body.raw.count(match.group()) > 1:
            continue
        if parts[-1] == "Innen" or not all(part in nouns() or is_known(part.lower(), language) for part in parts):
            continue
        line_end = body.raw.find("\n", match.end())
        if len(body.raw[match.end() : line_end if line_end >= 0 else None]) < 60:
            yield Hit("body", *match.span(), f"“{match.group()}”: labels run together")
