"""Articles in and out of JSONL, CSV and Parquet, one record at a time.

Reading is strict about the fields of the record format and keeps every other field in
``Article.extra``. A record that breaks the format is an error that names file, line and
field; with ``on_error`` it is reported and the rest of the file goes on.
"""

from __future__ import annotations

import csv
import json
import math
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from data.decoding import REQUIRED, RecordError, decoded, format_of
from data.schema import PARTS, ROLES, Article, Axis, Finding, Related, Severity

__all__ = [
    "FIELDS",
    "REQUIRED",
    "Complete",
    "RecordError",
    "Report",
    "article_from_record",
    "article_to_record",
    "finding_from_record",
    "finding_to_record",
    "format_of",
    "neutral_cell",
    "read_articles",
    "write_articles",
]

FIELDS: Final = tuple(f.name for f in fields(Article) if f.name != "extra")
_TEXTS: Final = tuple(name for name in FIELDS if name not in ("label", "findings"))
#: A spreadsheet runs a cell that starts with one of these as a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
#: What `data.decoding` makes of a byte that is not UTF-8; no text that can be written holds one.
_NO_CHARACTER: Final = re.compile("[\ud800-\udfff]")

Report = Callable[["RecordError"], None]
Complete = Callable[[dict[str, Any], int], dict[str, Any]]


def _offset(record: dict[str, Any], key: str, problem: Callable[[str], Exception]) -> int:
    value = record.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise problem(f"{key} must be a whole number from 0, got {value!r}")
    return value


def _place(record: dict[str, Any], texts: dict[str, str], problem: Callable[[str], Exception]) -> tuple[str, int, int]:
    part = record.get("part", "body")
    if part not in PARTS:
        raise problem(f"part must be one of {', '.join(PARTS)}, got {part!r}")
    start, end = _offset(record, "start", problem), _offset(record, "end", problem)
    if start > end or end > len(texts.get(part, "")):
        raise problem(f"span {start}..{end} is not inside the {part} of {len(texts.get(part, ''))} code points")
    return part, start, end


def finding_from_record(record: Any, texts: dict[str, str], problem: Callable[[str], Exception]) -> Finding:
    """Validate one gold span. ``problem`` makes the exception from a message."""
    if not isinstance(record, dict):
        raise problem(f"a finding must be an object, got {record!r}")
    axis, kind = record.get("axis"), record.get("kind")
    if axis not in list(Axis):
        raise problem(f"axis must be one of {', '.join(Axis)}, got {axis!r}")
    if not isinstance(kind, str) or not kind:
        raise problem(f"kind must be a word, got {kind!r}")
    severity = record.get("severity") or Severity.MINOR
    if severity not in list(Severity):
        raise problem(f"severity must be one of {', '.join(Severity)}, got {severity!r}")
    related = []
    for place in record.get("related") or ():
        if not isinstance(place, dict) or place.get("role") not in ROLES:
            raise problem(f"related needs a role of {', '.join(ROLES)}, got {place!r}")
        related.append(Related(place["role"], *_place(place, texts, problem)))
    note, check = record.get("note") or "", record.get("check") or ""
    return Finding(
        Axis(axis), kind, *_place(record, texts, problem), Severity(severity), str(note), tuple(related), str(check)
    )


def article_from_record(record: Any, file: str = "record", line: int = 0) -> Article:
    """Turn one decoded record into an article.

    Raises
    ------
    RecordError
        If a field is missing or of the wrong type, a label is no finite number, or a span
        lies outside its text.
    """
    if not isinstance(record, dict):
        raise RecordError(file, line, "(record)", f"expected an object with {', '.join(REQUIRED)}, got {record!r:.60}")
    values: dict[str, Any] = {}
    for name in _TEXTS:
        value = record.get(name)
        if value is None and name in REQUIRED:
            raise RecordError(file, line, name, f"required, but not given; the record has {sorted(record)}")
        if value is not None and not isinstance(value, str):
            raise RecordError(file, line, name, f"expected a text, got {value!r:.60}")
        if value and (odd := _NO_CHARACTER.search(value)):
            raise RecordError(file, line, name, f"not UTF-8 near {value[max(0, odd.start() - 10) : odd.end() + 10]!r}")
        values[name] = value
    if not values["id"]:
        raise RecordError(file, line, "id", "expected a name, got an empty text")
    if not re.fullmatch("[a-z]{2,3}", values["language"]):
        raise RecordError(
            file, line, "language", f"expected an ISO 639-1 code such as 'de', got {values['language']!r}"
        )
    values["label"] = _label(record.get("label"), file, line)
    given = record.get("findings")
    if given is not None and not isinstance(given, list):
        raise RecordError(file, line, "findings", f"expected a list, got {given!r:.60}")
    texts = {part: values[part] or "" for part in PARTS}

    def problem(message: str) -> RecordError:
        return RecordError(file, line, "findings", message)

    values["findings"] = tuple(finding_from_record(f, texts, problem) for f in given or ())
    return Article(**values, extra={k: v for k, v in record.items() if k not in FIELDS})


def _label(value: Any, file: str, line: int) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return float(value)
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise RecordError(file, line, "label", f"expected a finite number or null, got {value!r}")
    return float(value)


def finding_to_record(finding: Finding) -> dict[str, Any]:
    """JSON form of a finding; ``check`` is left out of gold labels."""
    record: dict[str, Any] = {
        "axis": str(finding.axis),
        "kind": finding.kind,
        "part": finding.part,
        "start": finding.start,
        "end": finding.end,
        "severity": str(finding.severity),
        "note": finding.note,
        "related": [{"role": r.role, "part": r.part, "start": r.start, "end": r.end} for r in finding.related],
    }
    return {**record, "check": finding.check} if finding.check else record


def article_to_record(article: Article) -> dict[str, Any]:
    """JSON form of an article, with its extra fields beside the known ones."""
    record = {name: getattr(article, name) for name in FIELDS}
    record["findings"] = [finding_to_record(f) for f in article.findings]
    return {**record, **article.extra}


def read_articles(
    path: Path, format: str | None = None, on_error: Report | None = None, complete: Complete | None = None
) -> Iterator[Article]:
    """Stream articles from a file (``-`` is standard input).

    Parameters
    ----------
    format
        jsonl, csv or parquet; by default from the file name.
    on_error
        Called with each record that breaks the format; by default the error is raised.
    complete
        Called with each decoded object and its line before it is checked, to fill in what may be missing.

    Raises
    ------
    RecordError
        See `article_from_record`; also for an id that occurs twice.
    """
    seen: set[str] = set()
    for line, record in decoded(path, format or format_of(path)):
        try:
            if isinstance(record, RecordError):
                raise record
            if complete is not None and isinstance(record, dict):
                record = complete(record, line)
            article = article_from_record(record, str(path), line)
            if article.id in seen:
                raise RecordError(str(path), line, "id", f"{article.id!r} occurs twice; an id must be unique in a file")
        except RecordError as error:
            if on_error is None:
                raise
            on_error(error)
            continue
        seen.add(article.id)
        yield article


def neutral_cell(value: str) -> str:
    """Keep a spreadsheet from running a cell: a leading formula sign gets an apostrophe."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def write_articles(articles: Iterable[Article], path: Path, format: str | None = None) -> int:
    """Write articles; the file appears only when all are written. Returns their number."""
    kind = format or format_of(path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    try:
        count = _WRITERS[kind](articles, Path(name))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return count


def _write_jsonl(articles: Iterable[Article], path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for count, article in enumerate(articles, 1):  # noqa: B007
            out.write(json.dumps(article_to_record(article), ensure_ascii=False) + "\n")
    return count


def _flat(article: Article) -> dict[str, Any]:
    record = article_to_record(article)
    return {**record, "findings": json.dumps(record["findings"], ensure_ascii=False)}


def _write_csv(articles: Iterable[Article], path: Path) -> int:
    rows = [_flat(a) for a in articles]
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, names)
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def _write_parquet(articles: Iterable[Article], path: Path) -> int:
    import pyarrow
    import pyarrow.parquet

    rows = [_flat(a) for a in articles]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    return len(rows)


_WRITERS: Final = {"jsonl": _write_jsonl, "csv": _write_csv, "parquet": _write_parquet}
