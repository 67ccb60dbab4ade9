"""Sentence borders: one splitter for the tasks that cut articles and for the analysis of texts.

A dot ends no sentence after an abbreviation, an initial or an ordinal, nor before a small letter; a line end
always ends one. Linear in the text.
"""

from __future__ import annotations

import re
from typing import Final

_END: Final = re.compile(r"[.!?…]+[“”\"»«’'‘)\]]*(?=\s|$)|\n")

# Abbreviations of English news text, without the final dot, for tasks that cut articles into sentences.
_ENGLISH: Final = """
a a.m al apr aug b c capt co col corp d dec dept dr e e.g est etc f feb fig g gen gov h hon i i.e inc j jan jr jul jun
k l lt ltd m mar mr mrs ms n no nov o oct p p.m prof q r rep rev s sen sep sept sgt sr st t u u.k u.s v vs w x y z
"""
ENGLISH: Final = frozenset(_ENGLISH.split())


def sentence_spans(raw: str, abbreviations: frozenset[str], dotted_ordinals: bool = False) -> list[tuple[int, int]]:
    """Sentences as (start, end) without the white space around them."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(raw):
        if match.group() == "\n" or _is_end(raw, match, abbreviations, dotted_ordinals):
            found += _stripped(raw, start, match.end())
            start = match.end()
    return found + _stripped(raw, start, len(raw))


def _stripped(raw: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = raw[start:end]
    text = piece.strip()
    begin = start + len(piece) - len(piece.lstrip())
    return [(begin, begin + len(text))] if text else []


def _is_end(raw: str, match: re.Match[str], abbreviations: frozenset[str], dotted_ordinals: bool) -> bool:
    """Whether a dot is a full stop, and not that of an abbreviation, an initial or an ordinal."""
    follows = raw[match.end() : match.end() + 2].lstrip()
    if follows and follows[0].islower():
        return False
    if match.group() != ".":
        return True
    begin = match.start()
    while begin and not raw[begin - 1].isspace() and match.start() - begin < 24:
        begin -= 1
    word = raw[begin : match.start()].lstrip('(„“"»«').lower()
    if word in abbreviations or (word.rpartition(".")[2] in abbreviations and "." in word):
        return False
    return not (dotted_ordinals and word.isdigit() and len(word) < 3 and bool(follows))
