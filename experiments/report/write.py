"""Reports to standard output, one file, or a folder with an index."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from experiments.board import write_atomic
from experiments.errors import UsageError
from experiments.report.article import article_page, index_page, line_of
from experiments.scoring import Scored


def write_reports(results: Iterator[Scored], out: Path | None, language: str = "en") -> None:
    """Write the reports as the results come.

    A name that ends in ``.html``, or none (standard output), takes one article; a folder takes any number and gets
    an ``index.html``.

    Raises
    ------
    UsageError
        If there is more than one article for one file; the first one is written.
    """
    if out is not None and out.suffix.lower() not in (".html", ".htm"):
        _folder(results, out, language)
        return
    page = article_page(next(results), language)
    if out is None:
        sys.stdout.write(page)
    else:
        write_atomic(page, out)
    if next(results, None) is not None:
        raise UsageError("One HTML file takes one article; give --out FOLDER for several.")


def _folder(results: Iterator[Scored], out: Path, language: str) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out} cannot be made a folder: {error.strerror or error}.") from None
    lines = []
    for result in results:
        name = file_name(result.article.id)
        write_atomic(article_page(result, language, "index.html"), out / name)
        lines.append(line_of(result, name))
    write_atomic(index_page(lines, language), out / "index.html")


def file_name(identity: str) -> str:
    """Name of the report of an article: letters and digits of its id, and a hash, so that no id leaves the folder."""
    plain = re.sub(r"[^\w-]+", "-", identity.rpartition("/")[2])[:60].strip("-")
    return f"{plain or 'article'}-{hashlib.sha256(identity.encode()).hexdigest()[:8]}.html"
