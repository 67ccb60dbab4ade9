"""Articles from whatever a user has: text, Markdown, HTML, a URL, JSONL, CSV, Parquet, WARC, a folder, gz, stdin.

Everything is a stream: nothing but the record or document at hand is kept. What cannot be read is a `Problem` with its
place, and the rest goes on; what was repaired (a wrong byte, a guess) is a `Problem` of the kind "warning".
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from data.records import RecordError, read_articles
from data.schema import Article
from experiments import pages
from experiments.detect import UNKNOWN, detect

#: A single document may unpack to this many bytes; a text of 10 MB is read, a bomb is not.
MOST_BYTES: Final = 64 << 20

KINDS: Final = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl", ".csv": "csv",
    ".parquet": "parquet", ".warc": "warc"}  # fmt: skip
_RECORDS: Final = frozenset({"jsonl", "csv", "parquet"})
_DOCUMENTS: Final[dict[str, Callable[[str], pages.Fields]]] = {
    "text": pages.plain, "markdown": pages.markdown, "html": pages.html}  # fmt: skip
_NO_CHARACTER: Final = re.compile("[\ud800-\udfff\0]")
_CHARSET: Final = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_MARKUP: Final = re.compile(r"\s*(?:<\?xml|<!doctype html|<html|<head|<body|<!--)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a place (file, or file and line). A warning did not keep the article from being read."""

    place: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


Report = Callable[[Problem], None]


def read(
    inputs: Iterable[str], report: Report, language: str | None = None, kind: str | None = None
) -> Iterator[Article]:
    """Stream the articles of all inputs.

    Parameters
    ----------
    inputs
        Files, folders (their files in order of name, hidden ones left out), http(s) addresses, or ``-`` for standard
        input.
    report
        Is told each problem.
    language
        Code to use instead of what the input says or its words show.
    kind
        text, markdown, html, jsonl, csv, parquet or warc, instead of what the name says.
    """
    for name in inputs:
        if not name.strip():
            report(Problem("(input)", "an empty name; give a file, a folder or - for standard input"))
        elif name == "-":
            yield from _standard_input(report, language, kind)
        elif name.lower().startswith(("http://", "https://")):
            yield from _url(name, report, language)
        else:
            yield from _from_path(Path(name), report, language, kind)


def _from_path(path: Path, report: Report, language: str | None, kind: str | None) -> Iterator[Article]:
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.is_file() and _kind_of(p) and not p.name.startswith("."))
        if not inside:
            report(Problem(str(path), f"the folder holds no file with one of the endings {', '.join(KINDS)}"))
        for file in inside:
            yield from _from_path(file, report, language, kind)
        return
    found = kind or _kind_of(path)
    try:
        if not path.exists():
            report(Problem(str(path), "does not exist"))
        elif found in _RECORDS:
            yield from _records(path, str(found), report, language)
        elif found == "warc":
            yield from _warc(path, report, language)
        else:
            yield from _document(path.read_bytes if path.suffix != ".gz" else lambda: _unpacked(path),
                                 str(path), found, report, language)  # fmt: skip
    except OSError as error:
        report(Problem(str(path), f"cannot be read: {error.strerror or error}"))


def _url(url: str, report: Report, language: str | None) -> Iterator[Article]:
    from experiments.fetch import FetchError, fetch

    try:
        data, charset = fetch(url)
    except FetchError as error:
        report(Problem(url, str(error)))
        return
    yield from _page(data, charset, url, url, report, language)


def _warc(path: Path, report: Report, language: str | None) -> Iterator[Article]:
    from experiments.warc import warc_pages

    try:
        for place, url, data, charset in warc_pages(path, lambda place, why: report(Problem(place, why))):
            yield from _page(data, charset, place, url, report, language)
    except ModuleNotFoundError:
        report(Problem(str(path), "needs the package warcio: pip install 'newsproof[warc]'"))


def _page(data: bytes, charset: str, name: str, url: str, report: Report, language: str | None) -> Iterator[Article]:
    text = decoded(data, name, report, charset)
    if text is not None:
        found = pages.html(text, url) if _MARKUP.match(text) or "<p" in text[:100_000] else pages.plain(text)
        article = of_fields({**found, "url": url}, name, report, language)
        if article is not None:
            yield article


def _kind_of(path: Path) -> str | None:
    suffix = Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
    return KINDS.get(suffix.lower())


def _unpacked(path: Path) -> bytes:
    with gzip.open(path) as file:
        return _capped(file)


def _capped(file: IO[bytes] | gzip.GzipFile) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValueError(f"unpacks to more than {MOST_BYTES >> 20} MB")
    return data


def _standard_input(report: Report, language: str | None, kind: str | None) -> Iterator[Article]:
    if kind == "parquet":
        report(Problem("-", "Parquet cannot be read from standard input; give a file"))
        return
    if kind is None:
        head = io.BufferedReader.peek(sys.stdin.buffer, 64).lstrip()  # type: ignore[arg-type]
        kind = "jsonl" if head.startswith((b"{", b"\xef\xbb\xbf{")) else None
    if kind in _RECORDS:
        yield from _records(Path("-"), str(kind), report, language)
    else:
        yield from _document(lambda: _capped(sys.stdin.buffer), "-", kind, report, language)


def _document(
    load: Callable[[], bytes], name: str, kind: str | None, report: Report, language: str | None
) -> Iterator[Article]:
    """The one article of a document; a file of unknown ending is text or HTML by its beginning."""
    try:
        data = load()
    except (EOFError, ValueError, zlib.error, gzip.BadGzipFile) as error:
        report(Problem(name, f"cannot be unpacked: {error}"))
        return
    text = decoded(data, name, report)
    if text is None:
        return
    kind = kind or ("html" if _MARKUP.match(text) else "text")
    article = of_fields(_DOCUMENTS[kind](text), name, report, language)
    if article is not None:
        yield article


def decoded(data: bytes, name: str, report: Report, charset: str = "") -> str | None:
    """Text of bytes, None for no text at all; wrong bytes become U+FFFD and are told.

    UTF-16 where a mark says so, else the given charset, else what the page's meta tag names, else UTF-8.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if data[:8192].count(0) > len(data[:8192]) // 50:
        report(Problem(name, "is binary, no text"))
        return None
    if not charset and data.lstrip()[:1] == b"<" and (found := _CHARSET.search(data[:2048])):
        charset = found[1].decode("ascii")
    try:
        known = codecs.lookup(charset or "utf-8").name
        if known != "utf-8":
            return _cleaned(data.decode(known, errors="replace"), name, report)
    except (LookupError, UnicodeError):
        report(Problem(name, f"unknown charset {charset!r}; read as UTF-8", warning=True))
    return _cleaned(data.decode("utf-8-sig", errors="surrogateescape"), name, report)


def _cleaned(text: str, name: str, report: Report) -> str:
    """Text without lone surrogates and NUL, each replaced by one U+FFFD, so that offsets stay."""
    clean, count = _NO_CHARACTER.subn("\ufffd", text)
    if count:
        report(Problem(name, f"{count} byte(s) that are no UTF-8 text were replaced by U+FFFD", warning=True))
    return clean


def of_fields(fields: pages.Fields, name: str, report: Report, language: str | None) -> Article | None:
    """Article of a document's fields; None, and a report, if it has no text."""
    body = fields.get("body") or ""
    if not body.strip():
        report(Problem(name, "holds no text"))
        return None
    headline = fields.get("headline")
    return Article(
        id=name,
        language=language or _language(headline, body),
        headline=headline,
        body=body,
        byline=fields.get("byline"),
        outlet=fields.get("outlet"),
        url=fields.get("url"),
        published=fields.get("published"),
    )


def _language(headline: str | None, body: str) -> str:
    return detect(f"{headline or ''}\n{body}")


def _records(path: Path, kind: str, report: Report, language: str | None) -> Iterator[Article]:
    """Records of a file; a missing language is detected, wrong bytes are replaced, what a score needs not is left."""

    def complete(record: dict[str, Any], line: int) -> dict[str, Any]:
        for name, value in record.items():
            if isinstance(value, str):
                record[name] = _cleaned(value, f"{path}:{line}: field {name!r}", report)
        body = record.get("body")
        if language or (not record.get("language") and isinstance(body, str)):
            record["language"] = language or _language(str(record.get("headline") or ""), str(body))
        return record

    def told(error: RecordError) -> None:
        report(Problem(f"{error.file}:{error.line}", str(error).removeprefix(f"{error.file}:{error.line}: ")))

    yield from read_articles(path, kind, told, complete)


__all__ = ["KINDS", "MOST_BYTES", "UNKNOWN", "Problem", "read"]
