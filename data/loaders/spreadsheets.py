"""Rows of the first sheet of an ``.xlsx`` file, as text; no library for spreadsheets is needed.

The file is a zip of XML. Members are read by name and capped; formulas are not run.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from data.loaders.archives import read_member

_NS: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: Characters that XML cannot hold are written like this: "_x000D_".
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows below the header, by the names of the first row; an empty cell is "".

    Booleans are "1" and "0" as the file holds them.
    """
    shared = [_text(item) for item in _parse(path, "xl/sharedStrings.xml").iter(f"{_NS}si")]
    sheet = _parse(path, "xl/worksheets/sheet1.xml")
    table = ({_column(cell): _value(cell, shared) for cell in row} for row in sheet.iter(f"{_NS}row"))
    header = next(table)
    for cells in table:
        yield {name: cells.get(column, "") for column, name in header.items()}


def _parse(path: Path, member: str) -> ET.Element:
    content = read_member(path, member)
    if b"<!DOCTYPE" in content:
        raise ValueError(f"{path.name}: {member} declares a document type, which no spreadsheet does.")
    return ET.fromstring(content)


def _column(cell: ET.Element) -> str:
    """Letters of a cell's place: "AB" of "AB12"."""
    return (cell.get("r") or "").rstrip("0123456789")


def _value(cell: ET.Element, shared: list[str]) -> str:
    value = cell.findtext(f"{_NS}v") or ""
    if cell.get("t") == "s":
        return shared[int(value)]
    return _text(cell) if cell.get("t") == "inlineStr" else value


def _text(item: ET.Element) -> str:
    """Text of an item and its runs, without the pronunciation that may stand beside it."""
    spoken = {text for hint in item.iter(f"{_NS}rPh") for text in hint.iter(f"{_NS}t")}
    plain = "".join(text.text or "" for text in item.iter(f"{_NS}t") if text not in spoken)
    return _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), plain)
