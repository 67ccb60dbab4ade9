"""A page from a URL, with a limit on time and size."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from typing import Any, Final

#: Seconds for a connection to answer, and for the whole page.
TIMEOUT: Final = 15.0
DEADLINE: Final = 60.0
MOST_BYTES: Final = 10 << 20
_AGENT: Final = "newsproof (+https://pypi.org/project/newsproof)"


class FetchError(OSError):
    """A page that could not be fetched; the message says why."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follow a redirect to http and https only, and ten at most."""

    max_redirections = 10

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """Refuse every other scheme (file, ftp)."""
        if not newurl.lower().startswith(("http://", "https://")):
            raise FetchError(f"redirects to {newurl[:80]!r}, which is no http address")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(url: str, timeout: float = TIMEOUT, deadline: float = DEADLINE, most: int = MOST_BYTES) -> tuple[bytes, str]:
    """Bytes of a page and its charset ("" if the server names none).

    Raises
    ------
    FetchError
        If it cannot be reached, is no text, is larger than ``most`` bytes or takes longer than ``deadline`` seconds.
    """
    started = time.monotonic()
    request = urllib.request.Request(url, headers={"User-Agent": _AGENT, "Accept": "text/html,text/plain;q=0.9"})
    opener = urllib.request.build_opener(_Redirects)
    try:
        with opener.open(request, timeout=timeout) as answer:
            kind = answer.headers.get_content_type()
            if not kind.startswith("text/") and kind != "application/xhtml+xml":
                raise FetchError(f"is {kind}, no page")
            data = bytearray()
            while piece := answer.read1(1 << 16):
                data += piece
                if len(data) > most:
                    raise FetchError(f"is larger than {most} bytes")
                if time.monotonic() - started > deadline:
                    raise FetchError(f"took longer than {deadline:g} seconds")
            return bytes(data), answer.headers.get_content_charset() or ""
    except urllib.error.HTTPError as error:
        raise FetchError(f"the server answers {error.code} {error.reason}") from None
    except urllib.error.URLError as error:
        raise FetchError(f"cannot be fetched: {error.reason}") from None
    except (TimeoutError, ValueError) as error:
        raise FetchError(f"cannot be fetched: {error}") from None
