"""Corruptions of wording: what a translation does to words and their order."""

from __future__ import annotations

import re
from random import Random
from typing import Final

from data.perturb.edit import Change, Edit, Fault, Place
from data.perturb.registry import corruption
from data.perturb.tables import finder, pairs, tables, words
from data.perturb.words import UPPER, capital, known, people, pick, prose
from data.schema import Article, Axis, Severity

_NOUN_GROUP: Final = re.compile(
    r"\b([Dd](?:er|ie|as|en|em)|(?:k?[Ee]in|[Ii]hr|[Ss]ein|[Dd]ies)(?:e[rnms]?)?) "
    rf"((?:[a-zäöüß]+e[rnms]? )?)([{UPPER}][a-zäöüß]{{3,}})\b"
)
_ENGLISH_GROUP: Final = re.compile(r"\b(an? |the )([a-z]{4,}(?: [a-z]{4,})?)\b")
_ENGLISH_VERB: Final = re.compile(r"\b(has|have|is|are|was|were)(?= [a-z])")
_ENGLISH_NUMBER: Final = {"has": "have", "have": "has", "is": "are", "are": "is", "was": "were", "were": "was"}
#: An article that cannot stand where the key stands, in almost every case and gender.
_WRONG_ARTICLE: Final = {
    "der": ("das", "die"), "die": ("das", "der"), "das": ("der", "die"), "den": ("der", "das"), "dem": ("den", "die"),
    "ein": ("eine", "einer"), "eine": ("ein", "einen"), "einen": ("ein", "eine"), "einem": ("einen", "eine"),
    "einer": ("einem", "ein"), "kein": ("keine", "keiner"), "keine": ("kein", "keinen"), "keinen": ("kein", "keine"),
    "keinem": ("keiner",), "keiner": ("keinem",), "ihr": ("ihre", "ihrer"), "ihre": ("ihr", "ihren"),
    "ihren": ("ihr", "ihre"), "ihrer": ("ihrem",), "ihrem": ("ihren",), "sein": ("seine", "seiner"),
    "seine": ("sein", "seinen"), "seinen": ("sein", "seine"), "seiner": ("seinem",), "seinem": ("seinen",),
    "diese": ("dieser", "dieses"), "dieser": ("dieses", "diesen"), "dieses": ("diese", "diesen"),
    "diesem": ("diesen",), "diesen": ("dieser",),
}  # fmt: skip
_ENDINGS: Final = {
    "en": ("er", "es", "e"),
    "er": ("en", "es"),
    "es": ("er", "en"),
    "e": ("er", "en"),
    "em": ("en", "e"),
}
_CLAUSE: Final = re.compile(r", (dass|weil|ob|wenn|nachdem|obwohl) ([^,.;:!?\n„“]{12,90}) ([a-zäöüß]{3,})(?=[.,])")
_COMPOUND: Final = re.compile(rf"(?<![\w-])(?<![.!?\n] )([{UPPER}][a-zäöüß]{{7,24}})(?![\w-])")


def _swap(article: Article, rng: Random, table: str, kind: str, severity: Severity) -> Change | None:
    """One entry of a table of pairs written wrong."""
    entries = pairs(article.language, table)
    found = list(finder(article.language, table).finditer(article.body))
    match = pick(rng, found)
    if match is None:
        return None
    fault = Fault(Axis.TRANSLATION, kind, severity, Place("body", *match.span()), match[0])
    return Change((Edit("body", *match.span(), entries[match[0]]),), (fault,))


@corruption(Axis.TRANSLATION, 8)
def calque(article: Article, rng: Random) -> Change | None:
    """A phrase rendered word for word, from a table; some are awkward more than wrong."""
    return _swap(article, rng, "calques", "calque", Severity.MINOR)


@corruption(Axis.TRANSLATION, 4)
def untranslated(article: Article, rng: Random) -> Change | None:
    """A word left in the foreign language, from a table."""
    return _swap(article, rng, "untranslated", "untranslated", Severity.MAJOR)


@corruption(Axis.TRANSLATION, 3)
def government(article: Article, rng: Random) -> Change | None:
    """A foreign preposition or case after a verb, noun or preposition, from a table."""
    return _swap(article, rng, "government", "government", Severity.MINOR)


@corruption(Axis.TRANSLATION, 2)
def tense(article: Article, rng: Random) -> Change | None:
    """A verb form of the foreign language, from a table."""
    return _swap(article, rng, "tense", "tense", Severity.MINOR)


@corruption(Axis.TRANSLATION, 6, {"de"})
def agreement(article: Article, rng: Random) -> Change | None:
    """Article or adjective that does not fit its noun; the case is not known, so a few come out right."""
    match = pick(rng, list(_NOUN_GROUP.finditer(article.body)))
    if match is None:
        return None
    ending = re.search(r"e[rnms]?(?= $)", match[2])
    if ending and rng.random() < 0.4:
        at = match.start(2) + ending.start()
        edit = Edit("body", at, at + len(ending[0]), rng.choice(_ENDINGS.get(ending[0], ("en",))))
    else:
        wrong = _WRONG_ARTICLE.get(match[1].lower())
        if wrong is None:
            return None
        new = rng.choice(wrong)
        edit = Edit("body", *match.span(1), capital(new) if match[1][0].isupper() else new)
    fault = Fault(Axis.TRANSLATION, "agreement", Severity.MINOR, Place("body", *match.span()), match[0])
    return Change((edit,), (fault,))


@corruption(Axis.TRANSLATION, 6, {"en"})
def agreement_en(article: Article, rng: Random) -> Change | None:
    """An English article lost, or a verb in the wrong number."""
    lost = rng.random() < 0.5
    match = pick(rng, list((_ENGLISH_GROUP if lost else _ENGLISH_VERB).finditer(article.body)))
    if match is None:
        return None
    new = "" if lost else _ENGLISH_NUMBER[match[1]]
    fault = Fault(Axis.TRANSLATION, "agreement", Severity.MINOR, Place("body", *match.span()), match[0])
    return Change((Edit("body", *match.span(1), new),), (fault,))


@corruption(Axis.TRANSLATION, 1, {"de"})
def article_lost(article: Article, rng: Random) -> Change | None:
    """The article before a noun left out, as from Russian or Turkish; the noun is the span."""
    groups = [
        m for m in _NOUN_GROUP.finditer(article.body) if not m[2] and m[1].lower() in ("der", "die", "das", "den")
    ]
    match = pick(rng, groups)
    if match is None:
        return None
    fault = Fault(Axis.TRANSLATION, "agreement", Severity.MINOR, Place("body", *match.span(3)), match[0])
    return Change((Edit("body", match.start(), match.start(3), ""),), (fault,))


@corruption(Axis.TRANSLATION, 3)
def word_order(article: Article, rng: Random) -> Change | None:
    """Subject before the finite verb after an adverbial at the head of a sentence."""
    return _inversion(article, rng) if article.language == "de" else _english_order(article, rng)


def _inversion(article: Article, rng: Random) -> Change | None:
    found = []
    heads = "|".join(words("de", "adverbials"))
    verbs, some = "|".join(words("de", "finite")), "|".join(words("de", "articles"))
    pattern = re.compile(
        rf"(?:{heads})(?: [\w.-]+){{0,4}} ({verbs}) "
        rf"((?:{some}) (?:[a-zäöüß]+ )?[{UPPER}][\w-]+|er|sie|es|man|[{UPPER}][\w-]+)(?= )"
    )
    for s in prose(article.body):
        match = pattern.match(article.body, s.start, s.end)
        if match is not None:
            found.append(match)
    match = pick(rng, found)
    if match is None:
        return None
    place = Place("body", match.start(1), match.end(2))
    fault = Fault(Axis.TRANSLATION, "word-order", Severity.MINOR, place, match[0])
    return Change((Edit(*place, f"{match[2]} {match[1]}"),), (fault,))


def _english_order(article: Article, rng: Random) -> Change | None:
    """Verb before subject after a clause ("…, has the council refused"), as in German."""
    verbs = "|".join(words("en", "finite"))
    pattern = re.compile(rf"(?<=, )((?:the|a|its|he|she|it|they)(?: [a-z]+)?) ({verbs})(?= [a-z])")
    match = pick(rng, list(pattern.finditer(article.body)))
    if match is None:
        return None
    place = Place("body", *match.span())
    fault = Fault(Axis.TRANSLATION, "word-order", Severity.MINOR, place, match[0])
    return Change((Edit(*place, f"{match[2]} {match[1]}"),), (fault,))


@corruption(Axis.TRANSLATION, 2, {"de"})
def verb_forward(article: Article, rng: Random) -> Change | None:
    """The verb of a subordinate clause moved to the front, as in English or French."""
    some = "|".join(words("de", "articles"))
    subject = re.compile(rf"(?:(?:{some}) (?:[a-zäöüß]+ )?[{UPPER}][\w-]+|er|sie|es|man|[{UPPER}][\w-]+) ")
    found = [(m, s) for m in _CLAUSE.finditer(article.body) if (s := subject.match(m[2] + " "))]
    found = [(m, s) for m, s in found if s.end() < len(m[2]) and known(m[3], "de")]
    chosen = pick(rng, found)
    if chosen is None:
        return None
    match, head = chosen
    place = Place("body", match.start(1), match.end())
    new = f"{match[1]} {head[0]}{match[3]} {match[2][head.end() :]}"
    return Change((Edit(*place, new),), (Fault(Axis.TRANSLATION, "word-order", Severity.MINOR, place, match[0]),))


@corruption(Axis.TRANSLATION, 4, {"de"})
def compound(article: Article, rng: Random) -> Change | None:
    """A compound written apart: both halves must be words (simplemma), the first perhaps with a linking s or n."""
    names = {person.surname for person in people(article)}
    matches = [m for m in _COMPOUND.finditer(article.body) if m[1] not in names]
    rng.shuffle(matches)
    for match in matches[:40]:
        word = match[1]
        cuts = [i for i in range(4, len(word) - 3) if _halves(word[:i], word[i:])]
        if cuts:
            i = rng.choice(cuts)
            joint = "-" if rng.random() < 0.1 else " "
            fault = Fault(Axis.TRANSLATION, "compound", Severity.MINOR, Place("body", *match.span()), word)
            return Change((Edit("body", *match.span(), f"{word[:i]}{joint}{capital(word[i:])}"),), (fault,))
    return None


def _halves(first: str, second: str) -> bool:
    if capital(first + second).startswith(("Million", "Milliard", "Millimet", "Reichs", "Bundes")):
        return False
    stem = first[:-1] if first.endswith(("s", "n")) and len(first) > 5 else first
    return len(stem) >= 4 and len(second) >= 4 and known(capital(second), "de") and known(stem, "de")


@corruption(Axis.TRANSLATION, 2)
def hybrid(article: Article, rng: Random) -> Change | None:
    """Half of a compound translated: ``Prüfreport``, ``Icebrecher``."""
    language = article.language
    ends, starts = pairs(language, "hybrid_ends"), pairs(language, "hybrid_starts")
    least, letter = (4, f"[{UPPER}][a-zäöüß]") if language == "de" else (3, "[a-zA-Z]")
    by_end = re.compile(rf"\b({letter}{{{least},18}})({'|'.join(ends)})\b")
    by_start = re.compile(rf"\b({'|'.join(starts)})([a-zäöüß]{{4,18}})\b")
    days = {day.lower() for day in tables(language)["weekdays"]}
    halves = [m for m in by_end.finditer(article.body) if m[0].lower() not in days]
    found = [(m, m[1] + rng.choice(("", "-")) + ends[m[2]]) for m in halves]
    found += [(m, starts[m[1]] + m[2]) for m in by_start.finditer(article.body)]
    chosen = pick(rng, found)
    if chosen is None:
        return None
    match, new = chosen
    new = re.sub(r"-([a-zäöü])", lambda m: "-" + m[1].upper(), new) if language == "de" else new
    fault = Fault(Axis.TRANSLATION, "hybrid", Severity.MINOR, Place("body", *match.span()), match[0])
    return Change((Edit("body", *match.span(), new),), (fault,))


@corruption(Axis.TRANSLATION, 1)
def spelling(article: Article, rng: Random) -> Change | None:
    """Two letters swapped, or a double letter made single, inside a long common word."""
    common = [m for m in re.finditer(r"\b[^\W\d_]{8,}\b", article.body) if known(m[0], article.language)]
    match = pick(rng, common)
    if match is None:
        return None
    word = match[0]
    double = re.search(r"([a-z])\1", word[1:])
    if double:
        new = word[: double.start() + 1] + word[double.start() + 2 :]
    else:
        i = rng.randrange(2, len(word) - 2)
        new = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    if new == word or known(new, article.language):
        return None
    fault = Fault(Axis.TRANSLATION, "spelling", Severity.MINOR, Place("body", *match.span()), word)
    return Change((Edit("body", *match.span(), new),), (fault,))


@corruption(Axis.TRANSLATION, 3)
def name_variant(article: Article, rng: Random) -> Change | None:
    """A later mention of a person spelt by another transliteration; the first one contradicts it."""
    person = pick(rng, people(article))
    if person is None:
        return None
    rules = [(a, b) for a, b in tables(article.language)["respell"] if a in person.surname[1:]]
    rng.shuffle(rules)
    for old, new in rules:
        at = person.surname.index(old, 1)
        spelt = person.surname[:at] + new + person.surname[at + len(old) :]
        if spelt not in article.body and spelt != person.surname:
            place = Place("body", *rng.choice(person.later))
            related = (("contradicts", Place("body", *person.first)),)
            fault = Fault(Axis.TRANSLATION, "name-variant", Severity.MINOR, place, person.full, related)
            return Change((Edit(*place, spelt),), (fault,))
    return None
