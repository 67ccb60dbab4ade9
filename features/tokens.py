"""Features of single tokens, for taggers: names of what is so at a place.

A group gives for each token of the body a list of short names ("w=haus", "w-1=das"); a tagger hashes
them. Adding a group is one line in `TOKEN_FEATURES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from features.checks import findings_of
from features.text import Analysis

Group = Callable[[Analysis], list[list[str]]]

_WINDOW: Final = (-2, -1, 0, 1, 2)


def shape(word: str) -> str:
    """Form of a word: capitals X, small letters x, digits 0, runs cut to one ("Xx-0")."""
    out: list[str] = []
    for letter in word:
        sign = "X" if letter.isupper() else "x" if letter.islower() else "0" if letter.isdigit() else letter
        if not out or out[-1] != sign:
            out.append(sign)
    return "".join(out)


def _words(analysis: Analysis) -> list[list[str]]:
    """Words in a window of two, pairs of neighbours, ends and shape of the word itself."""
    lower = ["<s>", "<s>", *analysis.body.lower, "</s>", "</s>"]
    rows = []
    for i, token in enumerate(analysis.body.tokens, 2):
        word = lower[i]
        row = [f"w{k}={lower[i + k]}" for k in _WINDOW]
        row += [f"p={lower[i - 1]} {word}", f"n={word} {lower[i + 1]}", f"a={lower[i - 1]} {lower[i + 1]}"]
        row += [f"e3={word[-3:]}", f"e2={word[-2:]}", f"b3={word[:3]}", f"b4={word[:4]}", f"s={shape(token.text)}"]
        rows.append(row)
    return rows


def _position(analysis: Analysis) -> list[list[str]]:
    """Tenth of the text that a token stands in: a control."""
    n = len(analysis.body.tokens)
    return [[f"pos={10 * i // n}", f"first={i < 3}", f"last={i >= n - 3}"] for i in range(n)]


def _length(analysis: Analysis) -> list[list[str]]:
    """Length of a token: a control."""
    return [[f"len={min(len(token.text), 20)}"] for token in analysis.body.tokens]


def _checks(analysis: Analysis) -> list[list[str]]:
    """Checks whose findings touch a token."""
    body = analysis.body
    rows: list[list[str]] = [[] for _ in body.tokens]
    for finding in findings_of(analysis):
        if finding.part == "body":
            for i in body.tokens_in(finding.start, finding.end):
                rows[i].append(f"check={finding.check}")
    return rows


TOKEN_FEATURES: Final[dict[str, Group]] = {
    "words": _words,
    "position": _position,
    "length": _length,
    "checks": _checks,
}


def token_features(analysis: Analysis, groups: Sequence[str]) -> Iterator[list[str]]:
    """Feature names of each token of the body, of all groups together."""
    columns = [TOKEN_FEATURES[name](analysis) for name in groups]
    for rows in zip(*columns, strict=True):
        yield ["bias", *(name for row in rows for name in row)]
