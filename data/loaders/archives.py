"""Members of tar and zip archives, read by name into memory.

Nothing is ever extracted to disk, so no member can leave a folder; a cap on the unpacked
bytes keeps a small archive from filling the memory.
"""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path
from typing import IO, Final

#: Unpacked bytes of one member; the largest pinned one has 43 MB.
CAP: Final = 128 * 1024 * 1024


class ArchiveError(ValueError):
    """A member that is not there, is no plain file, or is too large."""


def read_member(path: Path, name: str, cap: int = CAP) -> bytes:
    """Bytes of one member of a tar archive, compressed or not, or of a zip file (whatever its name).

    Raises
    ------
    ArchiveError
        If there is no plain file of that exact name, or it unpacks to more than ``cap`` bytes.
    """
    try:
        data = _from_zip(path, name, cap) if zipfile.is_zipfile(path) else _from_tar(path, name, cap)
    except KeyError:
        raise ArchiveError(f"{path.name} has no member {name!r}.") from None
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise ArchiveError(f"{path.name} cannot be read: {reason} Delete it and download it again.") from error
    if len(data) > cap:
        raise ArchiveError(f"{path.name}: {name} unpacks to more than {cap} bytes.")
    return data


def _from_tar(path: Path, name: str, cap: int) -> bytes:
    with tarfile.open(path, "r:*") as archive:
        member = archive.extractfile(name)
        if member is None:
            raise ArchiveError(f"{path.name}: {name!r} is no plain file.")
        return _capped(member, cap)


def _from_zip(path: Path, name: str, cap: int) -> bytes:
    with zipfile.ZipFile(path) as archive, archive.open(name) as member:
        return _capped(member, cap)


def _capped(stream: IO[bytes], cap: int) -> bytes:
    return stream.read(cap + 1)
