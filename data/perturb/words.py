"""What corruptions find in a text without an analysis: sentences, quotations, people, figures.

Data does not import features, so that these are rough and cheap: a miss costs one chance to make a
fault, and a wrong hit makes a faulty example less clean. Every pattern is linear in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Final, NamedTuple, TypeVar

from data.perturb.tables import words
from data.schema import Article

T = TypeVar("T")
UPPER: Final = "A-ZÄÖÜÉŁŠŽČÇØÅ"
WORD: Final = r"[^\W\d_]+(?:[-’'][^\W\d_]+)*"
#: A name of two words; the first is no word of the language (see `people`).
_PERSON: Final = re.compile(rf"\b([{UPPER}][\w-]{{1,14}})(?= ([{UPPER}][\w-]{{2,17}})\b)")
_BREAK: Final = re.compile(r"[.!?]+[“”\"»«’]?(?=\s)|\n+")
_ABBREVIATION: Final = re.compile(
    r"(?:\b\d{1,2}|\b[A-Za-zÄÖÜäöü]|\b(?:Dr|Prof|St|ca|Nr|Mio|Mrd|Mr|Mrs|Ms|Abs|bzw|usw|Co))\.$"
)
_CAPITAL_BEFORE: Final = re.compile(rf"\b[{UPPER}][\w-]* $")
_WORD_BEFORE: Final = re.compile(r"[^\W\d_]+(?= $)")
_DETERMINER: Final = re.compile(
    r"(?:d(?:er|ie|as|en|em|es)|(?:k?ein|ihr|sein|dies|jed|viel|all|mehr)(?:e[rnms]?)?|i[nm]|zu[mr]|vo[mn]|beim|aus|nach"
    r"|am|an|a|the|its|his|her|their|at|near|to|from|[^\W\d_]+(?:e[nrms]|isch|lich)e?)"
)
QUOTE: Final = re.compile(r"[„“\"»«‘]([^„“”\"»«\n]{4,260})[“”\"»«’]")
FIGURE: Final = re.compile(r"(?<![\w.,:+-])\d+(?:[.,]\d+)*(?![\w:]|[.,]\d)")


class Sentence(NamedTuple):
    """A sentence with its closing sign, without white space around it."""

    start: int
    end: int


def pick(rng: Random, found: list[T]) -> T | None:
    """One at random, None if there is none."""
    return rng.choice(found) if found else None


def sentences(text: str) -> list[Sentence]:
    """Sentences of a text; a line end always ends one."""
    out: list[Sentence] = []
    start = 0
    for stop in _BREAK.finditer(text):
        if stop[0][0] == "." and _ABBREVIATION.search(text, max(start, stop.start() - 6), stop.start() + 1):
            continue
        out += _trimmed(text, start, stop.end())
        start = stop.end()
    return [*out, *_trimmed(text, start, len(text))]


def _trimmed(text: str, start: int, end: int) -> list[Sentence]:
    piece = text[start:end]
    inner = piece.strip()
    if not inner:
        return []
    start += len(piece) - len(piece.lstrip())
    return [Sentence(start, start + len(inner))]


def prose(text: str) -> list[Sentence]:
    """Sentences of five words and more that end like one: no subhead, no line of furniture."""
    return [s for s in sentences(text) if text[s.end - 1] in '.!?“”"»«' and text.count(" ", s.start, s.end) >= 4]


@cache
def known(word: str, language: str) -> bool:
    """Whether a word form is in the dictionary of simplemma; False for another language."""
    import simplemma

    return bool(simplemma.is_known(word, lang=language)) if language in ("de", "en") else False


class Person(NamedTuple):
    """A person of the article: full name and surname, with the places of either."""

    full: str
    surname: str
    #: Where the full name stands.
    first: tuple[int, int]
    #: Where the surname stands alone, in order.
    later: list[tuple[int, int]]


def people(article: Article) -> list[Person]:
    """People whose full name stands in the body and whose surname comes again alone.

    A name is two capitalised words; the second comes again, never after an article, an adjective or a
    preposition of place, and at least once beside a verb of saying or at the head of a sentence. A place or
    a firm may pass; a person who comes only once does not.
    """
    text = article.body
    common, ahead = words(article.language, "no_name"), words(article.language, "before_name")
    out: dict[str, Person] = {}
    for match in _PERSON.finditer(text):
        last = match[2]
        if last in out or last in common or match[1] in common:
            continue
        alone = [m.span() for m in re.finditer(rf"\b{re.escape(last)}\b(?![-’'])", text) if m.start() > match.end(2)]
        later = [span for span in alone if not _CAPITAL_BEFORE.search(text, max(0, span[0] - 20), span[0])]
        before = [(_WORD_BEFORE.search(text, max(0, a - 20), a) or [""])[0] for a, _ in later]
        as_name = [not word or word in ahead for word in before]
        if later and any(as_name) and not any(_DETERMINER.fullmatch(word) for word in before):
            out[last] = Person(f"{match[1]} {last}", last, (match.start(), match.end(2)), later)
    return list(out.values())


def counted(text: str) -> Counter[str]:
    """How often each figure is written."""
    return Counter(FIGURE.findall(text))


def repeated_figures(article: Article) -> Iterator[tuple[str, tuple[int, int], tuple[str, int, int]]]:
    """Figures of the body that headline, source or an earlier sentence of the body give, too.

    Yields the figure, its place in the body and the other place (part, start, end). Years and single
    digits, which stand in many places by chance, are left out.
    """
    seen: dict[str, tuple[str, int, int]] = {}
    for part in ("source", "headline"):
        for m in FIGURE.finditer(article.text(part)):
            seen.setdefault(m[0], (part, *m.span()))
    for m in FIGURE.finditer(article.body):
        if len(m[0]) < 2 or re.fullmatch(r"(?:19|20)\d\d", m[0]):
            continue
        if m[0] in seen:
            yield m[0], m.span(), seen[m[0]]
        else:
            seen[m[0]] = ("body", *m.span())


def capital(text: str) -> str:
    """Text with a capital first letter; the rest as it is."""
    return text[:1].upper() + text[1:]
