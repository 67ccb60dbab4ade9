"""What is known of one public corpus: licence, pinned files, loader, typed extra columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

from data.cache import File, Files
from data.schema import Article

FILES: Final = Path(__file__).resolve().parent / "files"
_COLUMNS: Final = ["repo", "commit", "path", "bytes", "sha256", "optional"]

Splits = dict[str, Callable[[], Iterator[Article]]]


@cache
def read_files(path: Path) -> tuple[File, ...]:
    """Read a list of pinned files: tab-separated, a header, no quoting (names hold ``"``).

    Raises
    ------
    ValueError
        If the header is another one.
    """
    header, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    if header.split("\t") != _COLUMNS:
        raise ValueError(f"{path.name}: expected the columns {_COLUMNS}, got {header!r}.")
    cells = (line.split("\t") for line in lines)
    return tuple(File(r, c, p, int(size), sha256, optional == "1") for r, c, p, size, sha256, optional in cells)


@dataclass(frozen=True)
class Corpus:
    """A public corpus.

    Attributes
    ----------
    languages
        Languages of the text to be judged, ISO 639-1.
    redistribute
        What the licence lets a user pass on. The project itself never ships corpus data.
    loader
        Name of the module in `data.loaders`; its ``load(files)`` gives the splits, its ``EXTRA`` the
        columns beyond the fields of `Article`.
    derived
        Where the pinned files do not exist upstream: what a user does to get them.
    """

    name: str
    title: str
    licence: str
    redistribute: str
    languages: tuple[str, ...]
    url: str
    loader: str
    derived: str = ""

    @property
    def files(self) -> tuple[File, ...]:
        """Pinned upstream files, read at first use."""
        return read_files(FILES / f"{self.name}.tsv")

    @property
    def module(self) -> ModuleType:
        """Module of the loader, imported at first use."""
        return import_module(f"data.loaders.{self.loader}")

    @property
    def extra(self) -> Mapping[str, str]:
        """Columns beyond the fields of `Article`: name to Arrow type, ``list<...>`` for lists."""
        columns: Mapping[str, str] = self.module.EXTRA
        return columns

    def splits(self) -> Splits:
        """Split name to a function that streams its articles; raises `MissingCorpus`."""
        load: Callable[[Files], Splits] = self.module.load
        return load(Files(self))
