"""Keys by which texts are recognised again, within a corpus and across corpora."""

from __future__ import annotations

import hashlib
import re
from typing import Final

#: Letters compared: enough to tell articles apart, few enough to ignore where a copy was cut.
LETTERS: Final = 200
_OTHER = re.compile(r"[\W\d_]+")


def article_key(text: str) -> str:
    """Key of an article: hash of its first 200 letters, whatever their case and spacing.

    Punctuation and digits are left out as well, because one corpus tokenises what another
    does not. Equal keys across corpora mean one article.
    """
    return "article/" + short_hash(_OTHER.sub("", text).lower()[:LETTERS])


def text_key(text: str) -> str:
    """Key of a text that must be the same word for word; case and spacing do not count."""
    return "text/" + short_hash(" ".join(text.lower().split()))


def short_hash(text: str) -> str:
    """First 16 hexadecimal digits of the sha256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
