"""Tab-separated files as the WMT tools write them: one physical line a row.

A CSV reader is wrong here: unbalanced quotation marks make it swallow rows and merge
fields. Rows are split on newline and tab; a field that was CSV-quoted is unquoted by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_RUNS = re.compile('"+')


def rows(text: str, columns: list[str], where: str) -> Iterator[dict[str, str]]:
    """Rows below the header as dictionaries of the named columns.

    A row may have more cells than names (comments, a trailing empty cell): they are ignored.

    Raises
    ------
    ValueError
        If the header does not begin with ``columns``, or a row is shorter than that.
    """
    header, *lines = text.removesuffix("\n").split("\n")
    if header.split("\t")[: len(columns)] != columns:
        raise ValueError(f"{where}: expected the columns {columns}, got {header[:200]!r}.")
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if len(cells) < len(columns):
            raise ValueError(f"{where}:{number}: expected {len(columns)} cells, got {len(cells)}.")
        yield dict(zip(columns, cells, strict=False))


def is_quoted(field: str) -> bool:
    """Whether a field is CSV-quoted: ``"`` at both ends, and inside nothing but doubled ones.

    A field is quoted only because it holds a quotation mark. ``"Nein."`` without one
    inside is therefore a sentence in quotation marks and stays as it is.
    """
    if len(field) < 2 or field[0] != '"' or field[-1] != '"':
        return False
    runs = [len(run) for run in _RUNS.findall(field[1:-1])]
    return bool(runs) and all(length % 2 == 0 for length in runs)


def unquote(field: str) -> str:
    """Text of a field without its CSV quoting."""
    return field[1:-1].replace('""', '"') if is_quoted(field) else field


def unquote_spans(field: str, spans: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Text of a field without its CSV quoting, with spans moved along.

    Parameters
    ----------
    spans
        Half-open code-point offsets into ``field``.
    """
    if not is_quoted(field):
        return field, spans
    inner = field[1:-1]
    # Offset in the text for each offset in the field: a doubled mark counts once, at its first half.
    moved, at, pair = [0, 0], 0, False
    for char in inner:
        pair = char == '"' and not pair
        at += not (char == '"' and not pair)
        moved.append(at)
    moved.append(at)
    return inner.replace('""', '"'), [(moved[start], moved[end]) for start, end in spans]
