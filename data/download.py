"""Fetch the public corpora at their pinned commits: ``python -m data.download``.

Upstream is GitHub's raw-file service; a mirror holds the same paths. Every file is
checked against its sha256. What is already here is verified and skipped, so the command
can be interrupted and run again.
"""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Annotated, Final

import typer

from data.cache import File, cache_dir, raw_path
from data.corpora import CORPORA, get_corpus
from data.corpus import Corpus
from data.transfer import Advance, NotThereError, Origin, is_whole, transfer

__all__ = ["Report", "cache_dir", "fetch", "main"]

#: After so many failures the rest is not tried: the network or the mirror is at fault.
GIVE_UP: Final = 8
#: Failures printed in full.
SHOWN: Final = 5


@dataclass(frozen=True)
class Report:
    """What a fetch did: counts of files, and one message a failure."""

    fetched: int = 0
    present: int = 0
    optional_missing: int = 0
    not_tried: int = 0
    errors: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every required file is here and whole."""
        return not self.errors and not self.not_tried

    def summary(self) -> str:
        """Give the counts in one line."""
        parts = [f"{self.fetched} files fetched", f"{self.present} already here"]
        if self.optional_missing:
            parts.append(f"{self.optional_missing} optional files (official test splits) not at this source")
        if self.errors:
            parts.append(f"{len(self.errors)} failed")
        if self.not_tried:
            parts.append(f"{self.not_tried} not tried")
        return ", ".join(parts) + "."


class _Fetcher:
    """Fetches one file a call, from several threads; collects the failures."""

    def __init__(self, origin: Origin, advance: Advance) -> None:
        self.origin, self._advance, self._lock = origin, advance, threading.Lock()
        self.errors: list[str] = []
        self.stopped = False

    def __call__(self, file: File) -> str:
        """Outcome for a file: the name of the count in `Report`."""
        target = raw_path(file)
        if self.stopped or len(self.errors) >= GIVE_UP:
            return "not_tried"
        if is_whole(target, file):
            self.advance(file.bytes)
            return "present"
        try:
            transfer(file, target, self.origin, self.advance)
        except OSError as error:
            if file.optional and isinstance(error, NotThereError):
                return "optional_missing"
            self.errors.append(str(error))
            return "failed"
        return "fetched"

    def advance(self, count: int) -> None:
        with self._lock:
            self._advance(count)


def pinned(names: Iterable[str]) -> list[File]:
    """Files of the named corpora, each once (corpora share some)."""
    files = (file for name in names for file in get_corpus(name).files)
    return list({file.relative: file for file in files}.values())


def fetch(names: Iterable[str], mirror: str | None = None, jobs: int = 8, advance: Advance = lambda _: None) -> Report:
    """Fetch and verify all files of the named corpora.

    Parameters
    ----------
    mirror
        Folder or address with the same paths; None for upstream.
    jobs
        Files at a time, at least 1.
    advance
        Called with the number of new bytes; see `data.transfer.transfer`.

    Raises
    ------
    KeyError
        If a name is unknown.
    ValueError
        If the mirror is no folder and no address, or ``jobs`` is below 1.
    """
    from filelock import FileLock

    if jobs < 1:
        raise ValueError(f"jobs must be at least 1, got {jobs}.")
    files, fetcher = pinned(names), _Fetcher(Origin(mirror), advance)
    raw = cache_dir() / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    # Two downloads at once would write to the same .part files: the second waits, then finds all here.
    with FileLock(raw / ".lock"), ThreadPoolExecutor(jobs) as pool:
        try:
            counts = Counter(pool.map(fetcher, files))
        except BaseException:
            fetcher.stopped = True  # else leaving the pool would wait for every file that is queued
            raise
    counts.pop("failed", None)
    return Report(**counts, errors=tuple(fetcher.errors))


def state(corpus: Corpus) -> str:
    """State in the cache in words; sizes are compared, hashes were at download."""
    here = sum(_has_size(file) for file in corpus.files)
    needed = [file for file in corpus.files if not file.optional]
    if here == len(corpus.files):
        return "complete"
    if here and all(_has_size(file) for file in needed):
        return f"without {len(corpus.files) - here} test files"
    return f"{here} of {len(corpus.files)}" if here else "not here"


def _has_size(file: File) -> bool:
    path = raw_path(file)
    return path.is_file() and path.stat().st_size == file.bytes


def _print_table() -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("name", "languages", "licence", "files", "MB", "state in cache", box=None, pad_edge=False)
    for corpus in CORPORA.values():
        size = sum(file.bytes for file in corpus.files) / 1e6
        languages = " ".join(corpus.languages)
        table.add_row(corpus.name, languages, corpus.licence, f"{len(corpus.files)}", f"{size:.1f}", state(corpus))
    console = Console(width=None if sys.stdout.isatty() else 140)
    console.print(table)
    console.print(f"Cache: {cache_dir()}", soft_wrap=True)


def _with_progress(files: list[File], run: Callable[[Advance], Report]) -> Report:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(f"{len(files)} files", total=sum(file.bytes for file in files))
        return run(lambda count: progress.advance(task, count))


def _chosen(names: list[str], mirror: str | None) -> list[str]:
    """Names to fetch: the given ones, else all that the source can have."""
    for name in names:
        get_corpus(name)
    derived = [name for name in names if CORPORA[name].derived and mirror is None]
    if derived:
        raise ValueError(f"{derived[0]} cannot be fetched from upstream. {CORPORA[derived[0]].derived}")
    return names or [name for name, corpus in CORPORA.items() if mirror is not None or not corpus.derived]


app = typer.Typer(add_completion=False)


@app.command()
def download(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Corpora; default: all.")] = None,
    mirror: Annotated[
        str | None,
        typer.Option(metavar="DIR_OR_URL", envvar="NEWSPROOF_MIRROR", help="Take the same paths from elsewhere."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the corpora and their state in the cache.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Files at a time.")] = 8,
) -> None:
    """Fetch public corpora from upstream at their pinned commits, and check every sha256."""
    if list_:
        _print_table()
        return
    try:
        chosen = _chosen(names or [], mirror)
        Origin(mirror)  # complains before a progress bar is drawn
        report = _with_progress(pinned(chosen), lambda advance: fetch(chosen, mirror, jobs, advance))
    except (KeyError, ValueError) as error:
        typer.echo(f"Error: {error.args[0]}", err=True)
        raise typer.Exit(2) from None
    typer.echo(report.summary())
    for message in report.errors[:SHOWN]:
        typer.echo(f"Error: {message}", err=True)
    if len(report.errors) > SHOWN:
        typer.echo(f"… and {len(report.errors) - SHOWN} more.", err=True)
    left_out = [name for name, corpus in CORPORA.items() if corpus.derived and not names and name not in chosen]
    for name in left_out:
        typer.echo(f"Left out: {name}. {CORPORA[name].derived}")
    if not report.ok:
        raise typer.Exit(2)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
