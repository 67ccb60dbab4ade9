"""One name in two spellings."""

from __future__ import annotations

from collections.abc import Iterator

from data.schema import Axis, Related, Severity
from features.lexicon import is_known
from features.registry import Hit, check
from features.text import Analysis, Token


def _skeleton(name: str) -> str:
    """Sound of a name as transliterations keep it: the consonants, with spellings of one sound merged.

    "Selenskyj", "Selenski" and "Zelensky" give "slnsk"; doubled letters count once.
    """
    text = name.lower()
    for written, sound in _SOUNDS:
        text = text.replace(written, sound)
    kept: list[str] = []
    for letter in text:
        if letter.isalpha() and letter not in "aeiouyäöüjh" and (not kept or kept[-1] != letter):
            kept.append(letter)
    return "".join(kept)


_SOUNDS = (
    ("schtsch", "s"),
    ("shch", "s"),
    ("tsch", "c"),
    ("sch", "s"),
    ("tch", "c"),
    ("dsch", "g"),
    ("ch", "k"),
    ("sh", "s"),
    ("zh", "s"),
    ("kh", "k"),
    ("ts", "z"),
    ("tz", "z"),
    ("ck", "k"),
    ("ph", "f"),
    ("th", "t"),
    ("w", "v"),
    ("z", "s"),
    ("q", "k"),
    ("x", "ks"),
    ("dj", "g"),
    ("ff", "v"),
    ("f", "v"),
)


def _is_name_part(text: list[Token], i: int) -> bool:
    """A capitalised word after another capitalised word, not at the start of a sentence: a surname."""
    word = text[i].text
    if len(word) < 5 or not word[0].isupper() or word.isupper() or not word.isalpha():
        return False
    return i > 0 and text[i - 1].text[0].isupper() and text[i - 1].text.isalpha() and len(text[i - 1].text) > 1


@check(Axis.TRANSLATION, "name-variant", severity=Severity.MAJOR)
def name_in_two_spellings(analysis: Analysis) -> Iterator[Hit]:
    """Flag a surname spelt like an earlier one by sound, but with other letters.

    The first spelling counts as the right one. Two persons whose names sound alike are flagged when
    neither first name differs, inflected forms (Müllers) are not.
    """
    tokens = analysis.body.tokens
    seen: dict[str, Token] = {}
    reported: set[str] = set()
    for i, token in enumerate(tokens):
        if not _is_name_part(tokens, i) or is_known(token.text.lower(), analysis.article.language):
            continue
        key = f"{tokens[i - 1].text} {_skeleton(token.text)}"
        first = seen.setdefault(key, token)
        if first.text == token.text or token.text in reported or _inflected(first.text, token.text):
            continue
        reported.add(token.text)
        place = Related("contradicts", "body", first.start, first.end)
        yield Hit("body", token.start, token.end, f"“{token.text}”, above “{first.text}”", related=(place,))


def _inflected(one: str, other: str) -> bool:
    short, long = sorted((one.lower(), other.lower()), key=len)
    return long.startswith(short) and long[len(short) :] in ("s", "es", "e", "en", "n", "er", "ern")
