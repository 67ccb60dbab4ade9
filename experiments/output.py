"""Judgements on paper: JSON lines, CSV, and a coloured view for the terminal."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from data.records import neutral_cell
from data.schema import Axis, Finding
from experiments.scoring import CANNOT_TELL, MOST_FINDINGS, SUSPICIOUS, Scored

if TYPE_CHECKING:
    from rich.text import Text

#: Signs that a terminal would take for orders; the text of an article is not to be trusted.
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_COLOURS: Final = {"translation": "magenta", "factual": "red", "attribution": "cyan"}
_LINE: Final = {"minor": "underline", "major": "bold underline", "critical": "bold underline reverse"}
#: Words around the evidence in the terminal view, in code points.
_CONTEXT: Final = 60


def json_lines(results: Iterable[Scored]) -> Iterator[str]:
    """One object a line."""
    for result in results:
        yield json.dumps(result.record(), ensure_ascii=False, allow_nan=False) + "\n"


def csv_columns() -> list[str]:
    """Columns of the CSV form: one row an article."""
    axes = [f"{axis}_{value}" for axis in Axis for value in ("score", "verdict", "penalty", "findings")]
    return ["id", "language", "words", "overall", *axes, "truncated", "seconds", "error"]


def flat(result: Scored) -> dict[str, Any]:
    """The judgement as one row."""
    record = result.record()
    row = {name: record.get(name, "") for name in ("id", "language", "words", "overall", "truncated", "seconds")}
    for axis in Axis:
        own = record["axes"][axis]
        row |= {f"{axis}_score": own["score"], f"{axis}_verdict": own["verdict"], f"{axis}_penalty": own["penalty"]}
        row[f"{axis}_findings"] = sum(f.axis == axis for f in result.findings)
    return {**row, "error": result.error}


def csv_lines(results: Iterable[Scored]) -> Iterator[str]:
    """A header and one row an article; a text that a spreadsheet would run gets an apostrophe."""
    out = io.StringIO()
    writer = csv.DictWriter(out, csv_columns(), lineterminator="\n")
    writer.writeheader()
    for result in results:
        row = flat(result)
        writer.writerow({name: neutral_cell(v) if isinstance(v, str) else v for name, v in row.items()})
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def visible(text: str) -> str:
    """Text without control signs and direction marks, each replaced by one U+FFFD."""
    return _CONTROL.sub("\ufffd", text)


def text_view(result: Scored) -> Iterator[Text]:
    """Lines of the terminal view: the verdicts, then each finding with its evidence underlined."""
    from rich.text import Text

    article = result.article
    title = visible(article.headline or article.id)
    overall = "–" if result.overall is None else f"{result.overall:.0f}/100"
    yield Text.assemble((title, "bold"), f"  {overall}  ({article.language}, {result.words} words)")
    if result.truncated:
        yield Text("The text was cut; what follows covers its beginning only.", "yellow")
    if result.error:
        yield Text(f"Failed: {visible(result.error)}", "red")
    for name, axis in result.axes.items():
        score = "  – " if axis.score is None else f"{axis.score:.2f}"
        style = {SUSPICIOUS: "bold red", CANNOT_TELL: "dim"}.get(axis.verdict, "green")
        count = sum(f.axis == name for f in result.findings)
        yield Text.assemble(
            (f"  {name:<12}", _COLOURS.get(name, "")),
            f"{score}  ",
            (f"{axis.verdict:<12}", style),
            f"{count} finding(s)",
        )
    for finding in result.findings[:MOST_FINDINGS]:
        yield _evidence(result, finding)
    if len(result.findings) > MOST_FINDINGS:
        yield Text(f"  … and {len(result.findings) - MOST_FINDINGS} more", "dim")
    yield Text("")


def _evidence(result: Scored, finding: Finding) -> Text:
    from rich.text import Text

    text = result.article.text(finding.part)
    start, end = max(0, finding.start - _CONTEXT), min(len(text), finding.end + _CONTEXT)
    before, after = text[start : finding.start], text[finding.end : end]
    if finding.end - finding.start > 4 * _CONTEXT:
        head, tail = text[finding.start : finding.start + 2 * _CONTEXT], text[finding.end - 2 * _CONTEXT : finding.end]
        shown = f"{head} … {tail}"
    else:
        shown = text[finding.start : finding.end]
    style = f"{_LINE[finding.severity]} {_COLOURS.get(finding.axis, '')}"
    line = Text.assemble((f"  {finding.severity:<8} {finding.axis}/{finding.kind}: ", "dim"), visible(finding.note))
    if finding.end > finding.start:
        line.append("\n      ")
        line.append(visible(before).replace("\n", " ").lstrip() if start else visible(before).replace("\n", " "))
        line.append(visible(shown).replace("\n", " "), style)
        line.append(visible(after).replace("\n", " ").rstrip())
    return line
