"""Raw records of JSONL, CSV and Parquet files, one at a time, before their fields are looked at.

Bad bytes, a broken line or a cut archive become a `RecordError` that is given in the place of the
record, so that a reader may report it and go on.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

REQUIRED: Final = ("id", "language", "body")
FORMATS: Final = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".csv": "csv", ".parquet": "parquet"}


class RecordError(ValueError):
    """A record that breaks the format, with the place where it stands."""

    def __init__(self, file: str, line: int, field: str, problem: str) -> None:
        super().__init__(f"{file}:{line}: field {field!r}: {problem}")
        self.file, self.line, self.field = file, line, field


def format_of(path: Path) -> str:
    """Record format by file name: jsonl, csv or parquet (``.gz`` is looked through).

    Raises
    ------
    ValueError
        If the name ends in none of `FORMATS`.
    """
    suffix = Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
    if suffix not in FORMATS:
        raise ValueError(f"{path}: cannot tell the format from the name; expected one of {', '.join(FORMATS)}.")
    return FORMATS[suffix]


def _open_text(path: Path) -> IO[str]:
    # A wrong byte spoils its own record only, so that the rest of the file can go on.
    how: dict[str, Any] = {"encoding": "utf-8-sig", "errors": "surrogateescape", "newline": ""}
    if str(path) == "-":
        return io.TextIOWrapper(sys.stdin.buffer, **how)
    opener: Any = gzip.open if path.suffix == ".gz" else open
    handle: IO[str] = opener(path, "rt", **how)
    return handle


def _jsonl(path: Path) -> Iterator[tuple[int, Any]]:
    with _open_text(path) as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield number, json.loads(line)
                except ValueError as error:
                    yield number, RecordError(str(path), number, "(record)", f"not JSON: {error}")


def _csv(path: Path) -> Iterator[tuple[int, Any]]:
    # A news article may well be longer than the csv module's own limit of 128 KiB a field.
    csv.field_size_limit(1 << 27)
    with _open_text(path) as lines:
        reader = csv.DictReader(lines)
        for row in reader:
            record: dict[str, Any] = {k: v for k, v in row.items() if k is not None and v not in ("", None)}
            try:
                for name in ("findings", "label"):
                    if name in record:
                        record[name] = json.loads(record[name])
            except ValueError:
                yield reader.line_num, RecordError(str(path), reader.line_num, name, f"not JSON: {row[name]!r:.60}")
                continue
            # An empty required cell is an empty text, so that the message is about its content.
            yield reader.line_num, {**{n: "" for n in REQUIRED if n in row}, **record}


def _parquet(path: Path) -> Iterator[tuple[int, Any]]:
    import pyarrow.parquet

    number = 0
    with pyarrow.parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=256):
            for record in batch.to_pylist():
                number += 1
                if isinstance(record.get("findings"), str):
                    record["findings"] = json.loads(record["findings"])
                yield number, record


_READERS: Final = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet}


def decoded(path: Path, kind: str) -> Iterator[tuple[int, Any]]:
    """Records of a file; a file that is not of its kind ends with an error of the format."""
    line = 0
    try:
        for line, record in _READERS[kind](path):
            yield line, record
    except (ValueError, csv.Error, EOFError, gzip.BadGzipFile, zlib.error) as error:
        yield line + 1, RecordError(str(path), line + 1, "(record)", f"not {kind}: {error}")
