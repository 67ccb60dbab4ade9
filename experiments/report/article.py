"""The report on one article, and the index of many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from data.records import article_to_record, finding_to_record
from data.schema import Finding
from experiments.report.page import render
from experiments.report.segments import Segment, segments
from experiments.scoring import MOST_FINDINGS, Scored


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the article as it is shown."""

    part: str
    segments: list[Segment]


def article_page(result: Scored, language: str = "en", back: str | None = None) -> str:
    """HTML of one article; ``back`` is the address of the index."""
    article, found = result.article, result.findings[:MOST_FINDINGS]
    blocks = [
        Block(part, segments(article.text(part), part, found))
        for part in ("headline", "byline", "body", "source")
        if article.text(part)
    ]
    return render(
        "article.html.j2",
        "report.js",
        language,
        result=result,
        title=article.headline or article.id,
        blocks=blocks,
        gauges=_gauges(result),
        findings=[_shown(number, f, result) for number, f in enumerate(found)],
        styles=[f"f {f.axis} {f.severity}" for f in found],
        left_out=len(result.findings) - len(found),
        back=back,
        rules_only=any(axis.basis == "rules" for axis in result.axes.values()),
        data=_data(result, found),
    )


def _gauges(result: Scored) -> list[dict[str, Any]]:
    overall = None if result.overall is None else result.overall / 100
    shown = "–" if result.overall is None else f"{result.overall:.0f}"
    gauges = [{"name": "overall", "value": overall, "shown": shown, "verdict": ""}]
    for name, axis in result.axes.items():
        shown = "–" if axis.score is None else f"{axis.score:.2f}"
        gauges.append({"name": name, "value": axis.score, "shown": shown, "verdict": axis.verdict})
    return gauges


def _shown(number: int, finding: Finding, result: Scored) -> dict[str, Any]:
    quote = result.quote(finding)
    related = [
        {"role": r.role, "text": _short(result.article.text(r.part)[r.start : min(r.end, r.start + 300)])}
        for r in finding.related
    ]
    return {"number": number, "axis": finding.axis, "kind": finding.kind, "severity": finding.severity,
            "note": finding.note, "check": finding.check, "text": _short(quote), "part": finding.part,
            "related": related}  # fmt: skip


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _data(result: Scored, found: tuple[Finding, ...]) -> dict[str, Any]:
    """What the page needs to export marks: the article as a record without gold labels, and the findings."""
    record = {**article_to_record(result.article), "findings": [], "label": None}
    return {"article": {k: v for k, v in record.items() if v is not None},
            "findings": [finding_to_record(f) for f in found]}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """An article in the index: what remains of it when its report is written."""

    file: str
    title: str
    language: str
    overall: float | None
    axes: dict[str, tuple[float | None, str]]
    findings: int


def line_of(result: Scored, file: str) -> Line:
    """The line of an article."""
    axes = {name: (axis.score, axis.verdict) for name, axis in result.axes.items()}
    title = result.article.headline or result.article.id
    return Line(file, title, result.article.language, result.overall, axes, len(result.findings))


def index_page(lines: list[Line], language: str = "en") -> str:
    """HTML of the index, the worst articles first; articles that could not be judged stand at the end."""
    ordered = sorted(lines, key=lambda line: (line.overall is None, line.overall or 0.0, line.file))
    return render("index.html.j2", "table.js", language, lines=ordered)
