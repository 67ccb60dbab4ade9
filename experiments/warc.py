"""HTML pages of a WARC file (ISO 28500), record by record; a broken record costs itself only.

The borders of records are found here, by gzip member or by length; warcio reads what is between them. Left to itself it
stops at a broken member without an error and loses the rest of the file.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Final

#: A record that unpacks to more is told and left out.
MOST_BYTES: Final = 16 << 20
_PIECE: Final = 1 << 16
_LENGTH: Final = re.compile(rb"^content-length:[ \t]{0,9}(\d{1,15})[ \t]{0,9}\r?$", re.IGNORECASE | re.MULTILINE)
#: The header of a record ends within this many bytes.
_HEADER: Final = 1 << 16

Broken = Callable[[str, str], None]


def warc_pages(path: Path, broken: Broken) -> Iterator[tuple[str, str, bytes, str]]:
    """Place (file and offset), URL, bytes and charset of each HTML answer.

    A record that cannot be read is told to ``broken`` (place, reason), and reading goes on at the next one.

    Raises
    ------
    ModuleNotFoundError
        If warcio is not installed.
    """
    from warcio.archiveiterator import ArchiveIterator

    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        cut, signature = (_member, b"\x1f\x8b\x08") if packed else (_plain, b"WARC/1.")
        start = 0
        while start >= 0:
            place = f"{path}@{start}"
            try:
                data, end = cut(file, start)
                if not data:
                    return
                for record in ArchiveIterator(io.BytesIO(data)):
                    if record.rec_type == "response" and _is_page(record):
                        yield _page(record, place)
                start = end
            except Exception as error:  # warcio raises many kinds on broken records, and none of its own
                broken(place, f"broken record: {error}"[:200])
                start = _next(file, signature, start + 1)


def _member(file: IO[bytes], start: int) -> tuple[bytes, int]:
    """Content of the gzip member at an offset, and where the next one begins; b"" at the end of the file."""
    file.seek(start)
    unpack, parts, size = zlib.decompressobj(31), [], 0
    while not unpack.eof:
        piece = unpack.unconsumed_tail or file.read(_PIECE)
        if not piece:
            if start == file.tell():
                return b"", start
            raise EOFError("the file ends within it")
        parts.append(unpack.decompress(piece, _PIECE * 16))
        size += len(parts[-1])
        if size > MOST_BYTES:
            raise ValueError(f"unpacks to more than {MOST_BYTES} bytes")
    return b"".join(parts), file.tell() - len(unpack.unused_data)


def _plain(file: IO[bytes], start: int) -> tuple[bytes, int]:
    """The record at an offset of a file that is not packed, and where the next one begins."""
    file.seek(start)
    head = file.read(_HEADER)
    if not head.strip():
        return b"", start
    end, length = head.find(b"\r\n\r\n"), _LENGTH.search(head)
    if not head.startswith(b"WARC/") or end < 0 or length is None or length.start() > end:
        raise ValueError("no header with a length")
    if head.find(b"WARC/1.", 7, end) >= 0:
        raise ValueError("another record begins within its header")
    size = end + 4 + int(length[1])
    if size > MOST_BYTES:
        raise ValueError(f"is larger than {MOST_BYTES} bytes")
    file.seek(start)
    data = file.read(size + 4)
    if data[size:] not in (b"\r\n\r\n", b""):
        raise ValueError("its length is wrong")
    if len(data) < size:
        raise EOFError("the file ends within it")
    return data, start + len(data)


def _is_page(record: Any) -> bool:
    kind = (record.http_headers.get_header("Content-Type") or "") if record.http_headers else ""
    return "html" in kind.lower()


def _page(record: Any, place: str) -> tuple[str, str, bytes, str]:
    kind = record.http_headers.get_header("Content-Type") or ""
    charset = kind.lower().partition("charset=")[2].strip("\"' ;")
    url = record.rec_headers.get_header("WARC-Target-URI") or place
    return place, url, record.content_stream().read(MOST_BYTES), charset


def _next(file: IO[bytes], signature: bytes, start: int) -> int:
    """Offset of the next signature, -1 if there is none; the file is read in pieces."""
    keep = len(signature) - 1
    file.seek(start)
    before, offset = b"", start
    while piece := file.read(1 << 20):
        found = (before + piece).find(signature)
        if found >= 0:
            return offset - len(before) + found
        before, offset = piece[-keep:], offset + len(piece)
    return -1
