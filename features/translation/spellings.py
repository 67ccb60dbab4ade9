"""One name in two spellings or two languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from data.schema import Axis, Related, Severity
from features.lexicon import is_known
from features.registry import Hit, check
from features.text import Analysis, Text, Token
from features.translation.nouns import nouns

#: Spellings of one sound in German, English, French and Turkish transliterations, longest first.
_SOUNDS: Final = (
    *(("schtsch", "sh"), ("shch", "sh"), ("dsch", "zh"), ("tsch", "ch"), ("dzh", "zh"), ("sch", "sh"), ("tch", "ch")),
    *(
        ("zh", "zh"),
        ("sh", "sh"),
        ("ch", "h"),
        ("kh", "h"),
        ("ou", "u"),
        ("oo", "u"),
        ("ie", "i"),
        ("ee", "i"),
        ("ph", "f"),
    ),
    *(
        ("th", "t"),
        ("ck", "k"),
        ("ks", "x"),
        ("tz", "z"),
        ("ts", "z"),
        ("dj", "zh"),
        ("w", "v"),
        ("y", "i"),
        ("j", "i"),
    ),
    *(("c", "z"), ("s", "z"), ("q", "k"), ("p", "b"), ("ı", "i")),
)
#: Names of one place; two of a row in one text are an inconsistency.
_ALIASES: Final = (
    *("Kiew Kyjiw Kyiv", "Lwiw Lviv Lwow", "Charkiw Charkow Kharkiv", "Tiflis Tbilisi", "Odessa Odesa"),
    *("Peking Beijing", "Rangun Yangon", "Pusan Busan", "Kalkutta Kolkata", "Mailand Milano", "Turin Torino"),
    *("Konstanza Köstence Constanța Constanta", "Bukarest Bucharest București", "Prag Prague Praha", "Warschau Warsaw"),
    *(
        "Moskau Moscow",
        "Venedig Venice Venezia",
        "Genf Geneva Genève",
        "Brüssel Brussels Bruxelles",
        "Florenz Florence",
    ),
    *("Kopenhagen Copenhagen", "Lissabon Lisbon Lisboa", "Straßburg Strasbourg", "Kairo Cairo", "Damaskus Damascus"),
    *("Teheran Tehran", "Tokio Tokyo", "Neapel Napoli Naples", "Jerewan Eriwan Yerevan", "Bischkek Bishkek"),
    *("Almaty Alma-Ata", "Taschkent Tashkent", "Chişinău Chisinau Kischinau", "Breslau Wrocław", "Danzig Gdańsk"),
    *(
        "Selenskyj Selenski Zelensky Zelenskyy Selensky",
        "Putin Poutine",
        "Gaddafi Kadhafi",
        "Mumbai Bombay",
        "Izmir İzmir",
    ),
)
_CITY: Final = {name: row.split()[0] for row in _ALIASES for name in row.split()}


@lru_cache(maxsize=1 << 16)
def sound(name: str) -> str:
    """A name as it sounds: without accents, spellings of one sound merged, doubled letters once."""
    text = unicodedata.normalize("NFD", name.lower()[:40])
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    for written, said in _SOUNDS:
        text = text.replace(written, said)
    kept = [a for a, b in zip(text, " " + text, strict=False) if a != b and a.isalpha()]
    return "".join(kept).replace("h", "")


def _consonants(said: str) -> str:
    kept = [letter for letter in said if letter not in "aeiou"]
    return "".join(a for a, b in zip(kept, [" ", *kept], strict=False) if a != b)


def _distance(one: str, two: str) -> int:
    """Levenshtein distance, 9 for words that differ in length by more than two."""
    if abs(len(one) - len(two)) > 2:
        return 9
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(two, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


@lru_cache(maxsize=1 << 16)
def _may_be_name(word: str, language: str) -> bool:
    if not (4 <= len(word) <= 30 and word[0].isupper() and word[1:].islower() and word.isalpha()):
        return False
    low = word.lower()
    return not is_known(low, language) and not is_known(word, language) and word not in nouns()


def _ending_only(one: str, two: str) -> bool:
    short, long = sorted((one.lower(), two.lower()), key=len)
    rest = long[len(short) :] if long.startswith(short) else "-"
    return rest in ("s", "es", "e", "en", "n", "er", "ern", "in", "a", "is") or (
        short[:-1] == long[: len(short) - 1] and (len(long) - len(short) < 2 and long[-1] in "sneraoiu")
    )


_EXPLAINS: Final = re.compile(
    r"\(|geschrieben|geführt|heiß|genannt|auch als|\w+isch\b|transliter|Schreibweise|Papieren|Akten|"
    r"known as|called|spelt|spelled"
)


def _explained(text: Text, token: Token) -> bool:
    """Whether the other spelling is given on purpose ("polnisch Poznań", "auch Chernov geschrieben")."""
    return bool(_EXPLAINS.search(text.raw, max(0, token.start - 45), token.end + 30))


@check(Axis.TRANSLATION, "name-variant", severity=Severity.MAJOR)
def name_spelt_twice(analysis: Analysis) -> Iterator[Hit]:
    """Flag a name that sounds like an earlier one and is spelt otherwise ("Lewan", "Levan").

    Only words that no dictionary has, with the same consonants and at most one sound apart; a mere ending is no
    variant. Two persons with names that sound alike are flagged.
    """
    seen: dict[str, list[tuple[str, Token]]] = {}
    known: set[str] = set()
    for part in ("headline", "body"):
        for token in analysis.text(part).tokens:
            word = token.text
            if word in known:
                continue
            known.add(word)
            if not _may_be_name(word, analysis.article.language):
                continue
            said = sound(word)
            key = _consonants(said)
            if len(key) < 2:
                continue
            for place, other in seen.setdefault(key, []):
                same = said[:1] == sound(other.text)[:1] and _distance(said, sound(other.text)) <= (len(said) > 4)
                if same and not (_ending_only(word, other.text) or _explained(analysis.text(part), token)):
                    related = (Related("contradicts", place, other.start, other.end),)
                    yield Hit(part, token.start, token.end, f"“{word}”, above “{other.text}”", related=related)
                    break
            seen[key].append((part, token))


@check(Axis.TRANSLATION, "name-variant", severity=Severity.MAJOR)
def place_in_two_languages(analysis: Analysis) -> Iterator[Hit]:
    """Flag a place under a second name ("Tbilisi" after "Tiflis").

    A text that explains the two names is flagged, too, unless a bracket or "heißt" stands next to them.
    """
    seen: dict[str, str] = {}
    for part in ("headline", "body"):
        text = analysis.text(part)
        for token in text.tokens:
            city = _CITY.get(token.text)
            if city is None:
                continue
            first = seen.setdefault(city, token.text)
            if first != token.text and not _explained(text, token):
                yield Hit(part, token.start, token.end, f"“{token.text}”, above “{first}”")
                seen[city] = token.text
