"""Where downloaded files lie, and how a loader reaches them.

Everything that is fetched or built lives in the user's cache folder, never inside the
package. A file is checked against its hash once, when it is downloaded; a file under its
final name is therefore whole, and loaders ask for nothing but its presence.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

import platformdirs

if TYPE_CHECKING:
    from data.corpus import Corpus


class MissingCorpus(FileNotFoundError):  # noqa: N818 (a state of the cache, named for the user)
    """Files of a corpus are not in the cache; the message names the command that fetches them."""


@dataclass(frozen=True, slots=True)
class File:
    """One upstream file, pinned by commit, size in bytes and sha256.

    ``optional`` marks the files of an official test split, which a mirror may lack.
    """

    repo: str
    commit: str
    path: str
    bytes: int
    sha256: str
    optional: bool = False

    @property
    def relative(self) -> PurePosixPath:
        """Place below a raw folder or a mirror: ``owner/repo/commit/path``."""
        return PurePosixPath(self.repo, self.commit, self.path)

    @property
    def url_path(self) -> str:
        """The same place, percent-encoded for a URL (names hold spaces, umlauts and ``?``)."""
        return quote(str(self.relative), safe="/")


def cache_dir() -> Path:
    """Folder of downloads and Arrow builds: ``NEWSPROOF_CACHE``, else the user's cache folder."""
    given = os.environ.get("NEWSPROOF_CACHE")
    return Path(given).expanduser() if given else platformdirs.user_cache_path("newsproof")


def raw_path(file: File) -> Path:
    """Where the cache keeps an upstream file.

    Raises
    ------
    ValueError
        If the path would leave the raw folder.
    """
    relative = file.relative
    if relative.is_absolute() or ".." in relative.parts:
        raise ValueError(f"{file.path!r} leaves the raw folder; a pinned path must be relative and without '..'.")
    return cache_dir() / "raw" / relative


class Files:
    """The files of one corpus as its loader sees them, by their upstream path."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._by_path = {file.path: file for file in corpus.files}

    def has(self, path: str) -> bool:
        """Whether a file of this corpus is in the cache; False also for a path it does not have."""
        return path in self._by_path and raw_path(self._by_path[path]).is_file()

    def path(self, path: str) -> Path:
        """Local path of an upstream file.

        Raises
        ------
        MissingCorpus
            If the file is not in the cache.
        KeyError
            If the corpus has no such file: a mistake in a loader.
        """
        if path not in self._by_path:
            raise KeyError(
                f"Corpus {self.corpus.name!r} lists no file {path!r}; see data/files/{self.corpus.name}.tsv."
            )
        if not self.has(path):
            raise self.missing()
        return raw_path(self._by_path[path])

    def read(self, path: str) -> str:
        """Text of an upstream file: UTF-8, line ends as they are."""
        return self.path(path).read_bytes().decode("utf-8")

    def all(self, prefix: str = "") -> list[str]:
        """Upstream paths below ``prefix`` in sorted order; optional ones only where they are here.

        Raises
        ------
        MissingCorpus
            If a required file is not in the cache.
        """
        listed = [file for path, file in sorted(self._by_path.items()) if path.startswith(prefix)]
        if any(not file.optional and not self.has(file.path) for file in listed):
            raise self.missing()
        return [file.path for file in listed if self.has(file.path)]

    def present(self) -> list[File]:
        """Files in the cache, in the order of the corpus."""
        return [file for path, file in self._by_path.items() if self.has(path)]

    def missing(self) -> MissingCorpus:
        """Make the error to raise when a file is needed and not here."""
        absent = len(self._by_path) - len(self.present())
        return MissingCorpus(
            f"Corpus {self.corpus.name!r} is not here ({absent} of {len(self._by_path)} files missing). "
            f"Run: python -m data.download {self.corpus.name}"
            + (f" ({self.corpus.derived})" if self.corpus.derived else "")
        )
