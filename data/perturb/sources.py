"""Corruptions of who says so: speakers, named sources, source lines, byline and date."""

from __future__ import annotations

import re
from random import Random
from typing import Final

from data.perturb.edit import Change, Edit, Fault, Place
from data.perturb.placing import after_sentence, last_line
from data.perturb.registry import corruption
from data.perturb.tables import tables, words
from data.perturb.words import UPPER, people, pick, prose
from data.schema import Article, Axis, Severity

_NAME: Final = rf"(?:(?:Dr\.|Prof\.|Mr\.|Ms\.|[{UPPER}][\w-]+) ){{0,3}}[{UPPER}][\w-]+"
_DATE_IN_BYLINE: Final = re.compile(
    r"[ ,·|–-]*(?:(?:Mo|Di|Mi|Do|Fr|Sa|So|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)\w*,? )?"
    r"(?:\d{1,2}\.? ?[A-ZÄa-zä]\w+ \d{4}|\d{1,2}\.\d{1,2}\.\d{4})(?:,? \d{1,2}[.:]\d\d(?: Uhr)?)?"
)


def _cued(article: Article) -> list[re.Match[str]]:
    """Quotations with a verb of saying and a speaker behind: groups quote, cue, end."""
    verbs = "|".join(words(article.language, "say"))
    if article.language == "de":
        tail = rf", (?:{verbs}) ({_NAME}|er|sie|(?:der|die|das) [^,.\n“„]{{3,60}})([^.\n“„]{{0,80}})\."
        return list(re.finditer(rf"(?P<quote>[„»\"]([^„“\"»«\n]{{12,260}})[“«\"])(?P<cue>{tail})", article.body))
    tail = (
        rf",? (?:(?:{verbs}) ({_NAME}|(?:the|a) [^,.\n“”]{{3,60}})|(?:{_NAME}|he|she) (?:{verbs}))([^.\n“”]{{0,80}})\."
    )
    return list(re.finditer(rf"(?P<quote>[“\"]([^“”\"\n]{{12,260}})[”\"])(?P<cue>{tail})", article.body))


@corruption(Axis.ATTRIBUTION, 5)
def orphan_quotation(article: Article, rng: Random) -> Change | None:
    """The cue and the speaker behind a quotation deleted; a speaker two sentences off may still be guessed."""
    match = pick(rng, _cued(article))
    if match is None:
        return None
    text, end = article.body, match.end("quote")
    inner = end - 1
    has_stop = text[inner - 1] in ".!?,"
    edits = [Edit("body", end, match.end(), "")]
    if not has_stop or text[inner - 1] == ",":
        edits.insert(0, Edit("body", inner - (text[inner - 1] == ","), inner, "."))
    place = Place("body", match.start(), match.end())
    fault = Fault(Axis.ATTRIBUTION, "orphan-quotation", Severity.MAJOR, place, match["cue"].strip(" ,."))
    return Change(tuple(edits), (fault,))


@corruption(Axis.ATTRIBUTION, 1.5)
def unclosed_quotation(article: Article, rng: Random) -> Change | None:
    """The closing mark of a quotation deleted."""
    match = pick(rng, _cued(article))
    if match is None:
        return None
    end = match.end("quote")
    fault = Fault(
        Axis.ATTRIBUTION, "unclosed-quotation", Severity.MINOR, Place("body", match.start(), end), "no closing mark"
    )
    return Change((Edit("body", end - 1, end, ""),), (fault,))


def _speakers(article: Article) -> list[re.Match[str]]:
    """Names (group 1) with an apposition, next to a verb of saying."""
    verbs = "|".join(words(article.language, "say"))
    return list(re.finditer(rf"(?<= )(?:{verbs}) ({_NAME}(?:, [^,.\n“„”]{{4,60}}(?=[,.]))?)", article.body))


def _replaced_source(article: Article, rng: Random, table: str, kind: str, severity: Severity) -> Change | None:
    match = pick(rng, _speakers(article))
    if match is None:
        return None
    new = rng.choice(tables(article.language)[table])
    fault = Fault(Axis.ATTRIBUTION, kind, severity, Place("body", *match.span(1)), match[1])
    return Change((Edit("body", *match.span(1), new),), (fault,))


@corruption(Axis.ATTRIBUTION, 3.5)
def anonymous_source(article: Article, rng: Random) -> Change | None:
    """A named speaker turned into "ein Anwohner", and no reason given."""
    return _replaced_source(article, rng, "anonymous", "anonymous-source", Severity.MINOR)


@corruption(Axis.ATTRIBUTION, 2)
def vague_speaker(article: Article, rng: Random) -> Change | None:
    """A named speaker turned into observers or insiders (the verb keeps its number)."""
    return _replaced_source(article, rng, "vague", "vague-source", Severity.MINOR)


@corruption(Axis.ATTRIBUTION, 4)
def vague_source(article: Article, rng: Random) -> Change | None:
    """A frame that names its source ("nach Angaben der Polizei") turned into "wie es heißt"."""
    found = [m for frame in tables(article.language)["frames"] for m in re.finditer(frame, article.body)]
    match = pick(rng, found)
    if match is None:
        return None
    new = rng.choice(tables(article.language)["vague_frames"])
    new = new[0].upper() + new[1:] if match[0][0].isupper() else new
    fault = Fault(Axis.ATTRIBUTION, "vague-source", Severity.MINOR, Place("body", *match.span()), match[0])
    return Change((Edit("body", *match.span(), new),), (fault,))


@corruption(Axis.ATTRIBUTION, 1)
def source_lost(article: Article, rng: Random) -> Change | None:
    """A clause that names the source of the whole sentence deleted, where a figure is left unsourced."""
    found = []
    for s in prose(article.body):
        if re.search(r"\d{2}|Million", article.body[s.start : s.end]):
            for frame in tables(article.language)["frames"]:
                found += [(m, s) for m in re.compile(frame).finditer(article.body, s.start + 1, s.end)]
    chosen = pick(rng, found)
    if chosen is None:
        return None
    match, sentence = chosen
    cut = match.end() + (article.body[match.end() : match.end() + 1] == " ")
    first = match.start()
    if article.body[first - 2 : first] == ", ":
        first, cut = first - 2, match.end()
    fault = Fault(Axis.ATTRIBUTION, "unsourced-claim", Severity.MAJOR, Place("body", *sentence), match[0])
    return Change((Edit("body", first, cut, ""),), (fault,))


@corruption(Axis.ATTRIBUTION, 4)
def unsourced_claim(article: Article, rng: Random) -> Change | None:
    """An accusation that nobody makes, from a table; beside a source it is unsupported as well."""
    sentence = rng.choice(tables(article.language)["accusations"])
    edit = after_sentence(article, rng, sentence)
    if edit is None:
        return None
    where = Place("body", edit.start, edit.end)
    faults = [Fault(Axis.ATTRIBUTION, "unsourced-claim", Severity.CRITICAL, where, "nobody says so")]
    if article.source:
        faults.append(Fault(Axis.FACTUAL, "unsupported", Severity.MAJOR, where, "not in the source"))
    return Change((edit,), tuple(faults))


@corruption(Axis.ATTRIBUTION, 1.5)
def wrong_speaker(article: Article, rng: Random) -> Change | None:
    """A quotation given to another person of the article; only where the source holds its words and its speaker."""
    source = article.source or ""
    found = []
    for match in _cued(article):
        words_of = set(re.findall(r"[^\W\d_]{5,}", match["quote"].lower()))
        for one in people(article):
            at = match["cue"].find(one.surname)
            if (
                at >= 0
                and one.surname in source
                and len(words_of & set(re.findall(r"[^\W\d_]{5,}", source.lower()))) > 2
            ):
                found += [(match, one, other, match.start("cue") + at) for other in people(article) if other is not one]
    chosen = pick(rng, found)
    if chosen is None:
        return None
    match, one, other, start = chosen
    place = Place("body", start, start + len(one.surname))
    right = source.index(one.surname)
    related = (
        ("evidence", Place("body", *match.span("quote"))),
        ("contradicts", Place("source", right, right + len(one.surname))),
    )
    fault = Fault(Axis.ATTRIBUTION, "wrong-speaker", Severity.MAJOR, place, f"{one.surname} by the source", related)
    return Change((Edit(*place, other.surname),), (fault,))


def _closing_line(article: Article, rng: Random, table: str, kind: str, severity: Severity) -> Change | None:
    text = rng.choice(tables(article.language)[table])
    if "{outlet}" in text:
        if not article.outlet:
            return None
        text = text.format(outlet=article.outlet)
    if re.search(r"^(?:Quelle|Source):", article.body, re.MULTILINE):
        return None
    edit = (
        last_line(article, text)
        if text.startswith(("Quelle", "Source", "Foto", "Picture"))
        else after_sentence(article, rng, text)
    )
    if edit is None:
        return None
    fault = Fault(Axis.ATTRIBUTION, kind, severity, Place("body", edit.start, edit.end), text)
    return Change((edit,), (fault,))


@corruption(Axis.ATTRIBUTION, 1.2)
def bare_domain(article: Article, rng: Random) -> Change | None:
    """A source line with a domain and nothing else."""
    return _closing_line(article, rng, "domains", "bare-domain", Severity.MINOR)


@corruption(Axis.ATTRIBUTION, 1.2)
def circular_source(article: Article, rng: Random) -> Change | None:
    """The outlet as its own proof."""
    return _closing_line(article, rng, "circular", "circular-source", Severity.MINOR)


@corruption(Axis.ATTRIBUTION, 1)
def source_mismatch(article: Article, rng: Random) -> Change | None:
    """A source line that names a body of which the article says nothing."""
    return _closing_line(article, rng, "mismatches", "source-mismatch", Severity.MINOR)


@corruption(None, 2)
def right_source(article: Article, rng: Random) -> Change | None:
    """Innocent: a source line that can be followed."""
    if re.search(r"^(?:Quelle|Source):", article.body, re.MULTILINE):
        return None
    return Change((last_line(article, rng.choice(tables(article.language)["good_sources"])),))


@corruption(Axis.ATTRIBUTION, 1.5)
def missing_byline(article: Article, rng: Random) -> Change | None:
    """The whole byline removed; the date of publication stays known."""
    if not article.byline:
        return None
    fault = Fault(Axis.ATTRIBUTION, "missing-byline", Severity.MINOR, None, article.byline)
    return Change((Edit("byline", 0, len(article.byline), ""),), (fault,))


@corruption(Axis.ATTRIBUTION, 1)
def missing_date(article: Article, rng: Random) -> Change | None:
    """The date of publication removed, from the byline as well."""
    if not article.published:
        return None
    found = _DATE_IN_BYLINE.search(article.byline or "")
    edits = (Edit("byline", *found.span(), ""),) if found else ()
    return Change(
        edits, (Fault(Axis.ATTRIBUTION, "missing-date", Severity.MINOR, None, article.published),), (("published", ""),)
    )
