"""Keys by which texts are recognised again, within a corpus and across corpora."""

from __future__ import annotations

import hashlib
import re
from typing import Final

#: Letters compared: enough to tell articles apart; in 200, a copy tokenised by other rules already differs.
LETTERS: Final = 100
#: Brackets as the Penn Treebank writes them: "-LRB- CNN -RRB-".
_BRACKET = re.compile(r"-\s*[lr][rsc]b\s*-")
_OTHER = re.compile(r"[^a-z]+")


def article_key(text: str) -> str:
    """Key of an English article: hash of its first 100 letters a to z.

    Case, spacing, punctuation, digits and letters beyond a to z do not count: corpora
    tokenise differently, and some hold broken encodings. Equal keys across corpora mean
    one article.
    """
    return "article/" + short_hash(_OTHER.sub("", _BRACKET.sub("", text.lower()))[:LETTERS])


def text_key(text: str) -> str:
    """Key of a text that must be the same word for word; case and spacing do not count."""
    return "text/" + short_hash(" ".join(text.lower().split()))


def short_hash(text: str) -> str:
    """First 16 hexadecimal digits of the sha256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
