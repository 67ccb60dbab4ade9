"""Source lines: bare domains, the outlet itself, and sources that the text never mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from data.schema import Axis
from features.attribution.patterns import lowered, patterns_of
from features.quotes import inside
from features.registry import Hit, check
from features.text import Analysis

_DOMAIN: Final = r"(?:https?://)?(?:www\.)?(?P<host>[\w-]+(?:\.[\w-]+){0,3}\.[a-z]{2,12})/?"
_HOST: Final = re.compile(r"(?:www\.)?([\w-]+(?:\.[\w-]+){0,3}\.[a-z]{2,12})")
_CONTENT: Final = re.compile(r"[A-ZÄÖÜ][\w-]{2,}")
#: Longest source line, in characters.
_LINE: Final = 100


def _own_host(analysis: Analysis) -> str:
    host = urlsplit(analysis.article.url or "").hostname or ""
    return host.removeprefix("www.")


def _source_lines(analysis: Analysis) -> list[re.Match[str]]:
    """``Quelle: …`` to the end of the line or the closing bracket."""
    label = patterns_of(analysis.language.code).data.get("source_line", "(?!)")
    pattern = re.compile(rf"\b(?i:{label})(?::\s*|\s+(?=\S+\.\w))(?P<what>[^\n()]{{2,{_LINE}}}?)\s*(?=[)\n]|$)")
    lines: list[re.Match[str]] | None = analysis.memo.get("source-lines")
    if lines is None:
        lines = analysis.memo["source-lines"] = list(pattern.finditer(analysis.body.raw))
    return lines


@check(Axis.ATTRIBUTION, "bare-domain")
def bare_domain(analysis: Analysis) -> Iterator[Hit]:
    """Flag a source line that gives nothing but a domain, a platform or "Internet".

    The page's own domain is `self_reference`'s affair.
    """
    bare = re.compile(rf"(?:{_DOMAIN}|(?i:{patterns_of(analysis.language.code).data.get('bare', '(?!)')}))\.?")
    for match in _source_lines(analysis):
        named = bare.fullmatch(match["what"])
        if named and not (named["host"] and named["host"] == _own_host(analysis)):
            yield Hit("body", *match.span(), "a domain or a platform alone names no author and no document")
    for label in re.finditer(r" \((?:Quelle|Source)\)", analysis.body.raw):
        domain = re.search(r"\S+\.\w+$", analysis.body.raw[max(0, label.start() - _LINE) : label.start()])
        if domain:
            yield Hit("body", label.start() - len(domain[0]), label.end(), "a domain alone names no author")


@check(Axis.ATTRIBUTION, "circular-source")
def self_reference(analysis: Analysis) -> Iterator[Hit]:
    """Flag an article that gives itself, its page or its own outlet as the source of what it says.

    "As we reported" is flagged also where the earlier report is only pointed to.
    """
    patterns = patterns_of(analysis.language.code)
    found = [m.span() for m in patterns.find("circular", analysis)]
    own = _own_host(analysis)
    for match in _source_lines(analysis):
        host = _HOST.search(match["what"])
        if (own and host and host[1] == own) or _is_outlet(analysis, match["what"]):
            found.append(match.span())
    found += _outlet_quoted(analysis)
    last = -1
    for start, end in sorted(found):
        if start >= last and not inside(analysis, start):
            last = end
            yield Hit("body", start, end, "the article names itself or its own outlet as the source")


def _is_outlet(analysis: Analysis, what: str) -> bool:
    outlet = (analysis.article.outlet or "").strip()
    return len(outlet) > 3 and outlet.rstrip("!").lower() in what.lower()


def _outlet_quoted(analysis: Analysis) -> Iterator[tuple[int, int]]:
    """Mentions of the outlet or its domain beside a word of reporting."""
    body = analysis.body
    names = [re.escape(n) for n in ((analysis.article.outlet or "").strip(), _own_host(analysis)) if len(n) > 3]
    if not names:
        return
    quoting = patterns_of(analysis.language.code).compiled("quoting")
    for match in re.finditer("|".join(names), body.raw, re.IGNORECASE):
        sentence = body.sentences[body.sentence_at(match.start())]
        before = body.raw[sentence.start : match.start()]
        if quoting.search(
            lowered(analysis), max(sentence.start, match.start() - 60), min(sentence.end, match.end() + 30)
        ):
            lead = re.search(r"(?i)(?:wie|as|belegt|this)\b[^.]{0,40}$", before)
            if lead or quoting.search(before[-40:].lower()):
                yield (sentence.start + lead.start() if lead else match.start()), match.end()


@check(Axis.ATTRIBUTION, "source-mismatch")
def source_mismatch(analysis: Analysis) -> Iterator[Hit]:
    """Flag a source line none of whose own words stands anywhere else in the article.

    Words for any office or paper ("Pressestelle", "report") do not count; an agency needs no mention.
    """
    body = analysis.body
    patterns = patterns_of(analysis.language.code)
    bare = re.compile(rf"(?i:{patterns.data.get('bare', '(?!)')})\.?")
    generic, agencies = patterns.words("generic_source"), patterns.words("agencies")
    for match in _source_lines(analysis):
        what = match["what"]
        named = [w for w in _CONTENT.findall(what) if w.lower() not in generic]
        if (
            not named
            or _is_outlet(analysis, what)
            or bare.fullmatch(what)
            or _HOST.search(what)
            or any(w.lower() in agencies for w in re.findall(r"\w+", what))
        ):
            continue
        rest = (body.raw[: match.start()] + " " + body.raw[match.end() :] + " " + analysis.headline.raw).lower()
        if not any(word.lower()[:-1] in rest for word in named):
            yield Hit("body", *match.span(), f"{named[0]} is mentioned nowhere in the text")
