"""One pinned file, from upstream or a mirror, into its place in the cache.

A transfer reads no more than the pinned number of bytes, writes to ``<name>.part`` and
renames it only when the sha256 agrees, so that a file under its final name is whole. An
interrupted ``.part`` is continued with a Range request where the server grants one.

`pooch` was tried and fits neither need: it restarts a broken download from the first
byte and reads an unbounded body before it looks at the hash.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

from data.cache import File

if TYPE_CHECKING:
    import requests

UPSTREAM: Final = "https://raw.githubusercontent.com"
#: Bytes moved at a time.
CHUNK: Final = 1 << 16
#: Seconds to connect, and between two pieces of a body.
TIMEOUT: Final = (10.0, 60.0)

_NEEDED: Final = " The corpus needs it: take it from upstream (no mirror) or from a complete mirror."

Advance = Callable[[int], None]


class TransferError(OSError):
    """A file that could not be fetched; the message says what was expected and what came."""


class NotThereError(TransferError):
    """The mirror or upstream has no such file."""


class _Body(Protocol):
    """An open source: bytes from ``start`` on, in pieces."""

    start: int

    def pieces(self) -> Iterator[bytes]: ...


class _LocalBody:
    def __init__(self, path: Path, start: int) -> None:
        self.path, self.start = path, start

    def pieces(self) -> Iterator[bytes]:
        with self.path.open("rb") as stream:
            stream.seek(self.start)
            while piece := stream.read(CHUNK):
                yield piece


class _HttpBody:
    def __init__(self, response: requests.Response, start: int) -> None:
        self.response, self.start = response, start

    def pieces(self) -> Iterator[bytes]:
        return iter(self.response.iter_content(CHUNK))


class Origin:
    """Where files come from: upstream, a folder, or a web address with the same paths.

    Parameters
    ----------
    mirror
        Folder, ``file:`` or ``http(s):`` address; None for GitHub at the pinned commits.

    Raises
    ------
    ValueError
        If a mirror is neither a folder that exists nor an address of these kinds.
    """

    def __init__(self, mirror: str | None = None) -> None:
        self.base, self.folder = UPSTREAM, None
        self._local = threading.local()
        if mirror is None:
            return
        parts = urlsplit(mirror)
        if parts.scheme in ("http", "https") and parts.netloc:
            self.base = mirror.rstrip("/")
            return
        self.folder = Path(url2pathname(parts.path)) if parts.scheme == "file" else Path(mirror).expanduser()
        if not self.folder.is_dir():
            raise ValueError(
                f"The mirror {mirror!r} is neither a folder nor an http(s) or file address. "
                "Give the folder that holds <owner>/<repo>/<commit>/…, or leave --mirror out."
            )

    def place(self, file: File) -> str:
        """Where a file is looked for, for messages."""
        return str(self.folder / file.relative) if self.folder else f"{self.base}/{file.url_path}"

    def open(self, file: File, start: int) -> _Body:
        """Open a file at byte ``start``; the body says where it really starts (0 if it cannot)."""
        if self.folder:
            path = self.folder / file.relative
            if not path.is_file():
                raise NotThereError(f"{path} does not exist.{_NEEDED}")
            return _LocalBody(path, start)
        return self._open_http(self.place(file), start)

    def _open_http(self, url: str, start: int) -> _Body:
        import requests

        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
        try:
            response = self._session().get(url, headers=headers, stream=True, timeout=TIMEOUT)
        except requests.RequestException as error:
            raise TransferError(
                f"{url} cannot be reached ({type(error).__name__}). Check the network, or name a mirror with --mirror."
            ) from error
        if response.status_code == 404:
            raise NotThereError(f"{url} does not exist (404).{_NEEDED}")
        if response.status_code == 416:  # the server has no bytes from there on: take it from the first
            return self._open_http(url, 0)
        if response.status_code not in (200, 206):
            raise TransferError(
                f"{url}: expected status 200, got {response.status_code} {response.reason}. Try later, or a mirror."
            )
        if url.startswith("https:") and not response.url.startswith("https:"):
            raise TransferError(f"{url} leads to {response.url}, which is not https.")
        ranged = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
        return _HttpBody(response, int(ranged[1]) if response.status_code == 206 and ranged else 0)

    def _session(self) -> requests.Session:
        """One session a thread: it keeps its connection open, and is not safe to share."""
        if not hasattr(self._local, "session"):
            import requests
            from requests.adapters import HTTPAdapter
            from urllib3.util import Retry

            retry = Retry(total=3, backoff_factor=0.5, status_forcelist=(429, 500, 502, 503, 504))
            self._local.session = requests.Session()
            for scheme in ("http://", "https://"):
                self._local.session.mount(scheme, HTTPAdapter(max_retries=retry))
        session: requests.Session = self._local.session
        return session


def sha256_of(path: Path) -> str:
    """Hash of a file's bytes, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_whole(path: Path, file: File) -> bool:
    """Whether ``path`` holds exactly the pinned bytes."""
    return path.is_file() and path.stat().st_size == file.bytes and sha256_of(path) == file.sha256


def transfer(file: File, target: Path, origin: Origin, advance: Advance = lambda _: None) -> None:
    """Fetch one file to ``target``; nothing is left under that name unless it is whole.

    Parameters
    ----------
    advance
        Called with the number of new bytes; negative where a partial file is thrown away.

    Raises
    ------
    NotThereError
        If the origin does not have the file.
    TransferError
        If it cannot be read, is longer or shorter than pinned, or has another hash.
    """
    part = target.with_name(target.name + ".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    resumed = _append(file, part, origin, advance)
    if resumed and not is_whole(part, file):  # the old beginning may be at fault: once more from the start
        advance(-part.stat().st_size)
        part.unlink()
        _append(file, part, origin, advance)
    size = part.stat().st_size
    if size < file.bytes:
        raise TransferError(
            f"{origin.place(file)} broke off: expected {file.bytes} bytes, got {size}. Run the command again."
        )
    found = sha256_of(part)
    if found != file.sha256:
        part.unlink()
        raise TransferError(
            f"{origin.place(file)} is not the pinned file: expected sha256 {file.sha256}, got {found}. "
            "Nothing was kept; try another mirror, or upstream."
        )
    part.replace(target)


def _append(file: File, part: Path, origin: Origin, advance: Advance) -> bool:
    """Read what is missing of ``part``; True if an earlier beginning was used."""
    have = part.stat().st_size if part.is_file() else 0
    if have > file.bytes:
        part.unlink()
        have = 0
    if have == file.bytes > 0:
        advance(have)
        return True
    body = origin.open(file, have)
    resumed = body.start == have > 0
    advance(have if resumed else 0)
    size = have if resumed else 0
    with part.open("ab" if resumed else "wb") as out, _as_transfer_error(origin.place(file)):
        for piece in body.pieces():
            size += len(piece)
            if size > file.bytes:
                break
            out.write(piece)
            advance(len(piece))
    if size > file.bytes:
        part.unlink()
        raise TransferError(
            f"{origin.place(file)} is longer than the pinned {file.bytes} bytes. Nothing was kept; try another mirror."
        )
    return resumed


@contextmanager
def _as_transfer_error(place: str) -> Iterator[None]:
    """Give an error in the middle of a body the same form as one at its beginning."""
    try:
        yield
    except TransferError:
        raise
    except OSError as error:  # requests' errors are OSErrors, too
        raise TransferError(f"{place}: {error}. Run the command again to continue.") from error
