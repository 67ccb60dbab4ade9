"""Traces of how a corpus was collected, taken out of its texts.

Line ends, doubled spaces, typed or typeset quotation marks, masks for figures, an outlet's name: they tell where
a text comes from, and a model that reads them has learned the collection. Every function depends on its text alone,
so that a user's record can be brought into the same form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from data.schema import Article

_GLYPHS: Final = str.maketrans(
    {
        **dict.fromkeys('„“”»«‟"″', '"'),
        **dict.fromkeys("‚‘’'´`′", "'"),
        **dict.fromkeys("–—‑−", "-"),
        **dict.fromkeys("\u200b\ufeff\u00ad", ""),
        "…": "...",
    }
)
_WHITE: Final = re.compile(r"\s+")
_NUMBER: Final = re.compile(r"\*NUMBER\*|\d+")
_MASKS: Final = re.compile(r"\*(?:URL|EMAIL|PHONE|DOLLAR|EURO)\*|https?://\S+|www\.\S+")
_ADDRESS: Final = re.compile(
    r"\S+@\S+|https?://\S+|www\.\S+|\b[\w-]+\.(?:de|com|net|ru|news|org|at|ch|info|tv)\b(?:/\S*)?"
)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n")

#: Names of the outlets of FANG-COVID as they occur in their own texts.
OUTLETS: Final = re.compile(
    r"\b(?:zeit[ -]?online|(?:die|der) zeit\b(?= )|s[üu]ddeutsche[nr]?(?: zeitung)?|sz(?:-\w+)?|"
    r"tagesspiegels?(?:-\w+)?|pravda[ -]?tv|compact(?:-\w+)?|journalistenwatch|jouwatch|"
    r"kopp(?:[ -](?:report|verlag|exklusiv))?|contra[ -]magazin|anonymous(?: ?news)?|rubikon(?:-\w+)?|"
    r"rt(?: (?:deutsch|de))?|freie welt|freiewelt|politikstube)\b",
    re.IGNORECASE,
)
#: What asks for money, clicks or a subscription, and what credits an agency or author.
APPEALS: Final = re.compile(
    r"spende|paypal|\biban\b|unterstützen sie (?:uns|unser)|abonn|newsletter|newsblog|hier bestellen|bestellen sie|"
    r"handsigniert|amazon|taschenbuch|e-book|anmeldung geht es|herunterladen|\bapp\b|gastbeitr|meinungsartikel|"
    r"copyright|©|quelle:|telegram|facebook|folgen sie uns|lesen sie (?:auch|hier|mehr)|hier (?:geht es|lesen|finden)|"
    r"leser diskutieren|breites meinungsspektrum|foto:|bild:|sonderausgabe|ausgabe \d|\bdts\b",
    re.IGNORECASE,
)


def levelled(text: str, commas: bool = True) -> str:
    """One kind of quotation mark, apostrophe, dash and white space; without ``commas`` these go, too."""
    plain = text.translate(_GLYPHS)
    if not commas:
        plain = plain.replace(",", " ")
    return _WHITE.sub(" ", plain).strip()


def without_figures(text: str) -> str:
    """Every figure, written or masked, as 0, and no masks or links."""
    return _NUMBER.sub("0", _MASKS.sub(" ", text))


def without_outlets(text: str, words: int = 1_000_000) -> tuple[str, int]:
    """Text without outlet names, addresses and appeals, and the number of outlet names taken out.

    A whole sentence goes if it appeals to the reader. What an outlet is named elsewhere ("the Hamburg weekly") stays.
    Reading stops at the sentence that completes so many words.
    """
    kept: list[str] = []
    named = 0
    for sentence in _SENTENCE.split(text):
        if not sentence or APPEALS.search(sentence):
            continue
        plain, n = OUTLETS.subn(" ", _ADDRESS.sub(" ", sentence))
        kept += plain.split()
        named += n
        if len(kept) >= words:
            break
    return " ".join(kept), named


def furniture(bodies: Iterable[str], often: int = 3) -> set[str]:
    """Sentences that stand word for word in so many texts of a collection."""
    counts = Counter(s for body in bodies for s in {p.strip() for p in _SENTENCE.split(body)} if len(s) > 20)
    return {sentence for sentence, n in counts.items() if n >= often}


def without_sentences(text: str, dropped: set[str]) -> str:
    """Text without some of its sentences."""
    return "\n".join(s for s in _SENTENCE.split(text) if s.strip() not in dropped)


def shortened(text: str, words: int) -> str:
    """The first words of a text with single spaces."""
    return " ".join(text.split()[:words])


def distinct(rows: Iterable[Article]) -> list[Article]:
    """Articles without those whose body stood before, compared without case and white space."""
    seen: set[str] = set()
    kept = []
    for row in rows:
        key = " ".join(row.body.lower().split())
        if key not in seen:
            seen.add(key)
            kept.append(row)
    return kept


def with_texts(row: Article, headline: str, body: str, **extra: object) -> Article:
    """Article with other texts; findings, whose offsets no longer hold, are dropped."""
    return replace(row, headline=headline, body=body, findings=(), extra={**row.extra, **extra})
