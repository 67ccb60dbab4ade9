"""Documents as an editor has them: plain text, Markdown and HTML pages, turned into the fields of an article.

A page is judged for its byline and date, so both are "" (known to be absent) where a page has none; in
plain text nobody expects them, so they are None (not known).
"""

from __future__ import annotations

import contextlib
import re
from html.parser import HTMLParser
from typing import Any, Final

Fields = dict[str, str | None]

#: A first line longer than this many words is no headline.
_HEADLINE_WORDS: Final = 30
_HEADING: Final = re.compile(r"#{1,6}[ \t]+")
_MARKER: Final = re.compile(r"[-*+][ \t]+|>[ \t]?|\d{1,3}[.)][ \t]+")
_LINK: Final = re.compile(r"!?\[([^\[\]\n]{0,2000})\]\([^()\s]{0,2000}\)")
_EMPHASIS: Final = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.,!?“”»«])[*_](?!\w)|`")
_META: Final = {"title": "headline", "headline": "headline", "author": "byline", "byline": "byline",
                "date": "published", "published": "published", "outlet": "outlet", "url": "url",
                "lang": "language", "language": "language"}  # fmt: skip


def plain(text: str) -> Fields:
    """Headline and body of a plain text: a short first line before an empty one is the headline."""
    text = text.strip().replace("\r\n", "\n").replace("\r", "\n")
    first, gap, rest = text.partition("\n\n")
    if gap and "\n" not in first and len(first.split()) <= _HEADLINE_WORDS and not first.rstrip().endswith((".", ":")):
        return {"headline": first.strip(), "body": rest.strip()}
    return {"headline": None, "body": text}


def markdown(text: str) -> Fields:
    """Headline, body and the fields of a front matter; marks of headings, lists, links and emphasis are taken out."""
    text = text.strip().replace("\r\n", "\n").replace("\r", "\n")
    fields, text = _front_matter(text)
    lines = text.split("\n")
    if "headline" not in fields and lines and (mark := re.match(r"#[ \t]+", lines[0])):
        fields["headline"] = _inline(lines.pop(0)[mark.end() :]).strip()
    body = "\n".join(_inline(_unmarked(line)) for line in lines if not line.startswith("```"))
    return {"headline": None, **fields, "body": body.strip()}


def _front_matter(text: str) -> tuple[Fields, str]:
    """Fields between two lines ``---`` at the top, and the text after them."""
    if not text.startswith("---\n") or (end := text.find("\n---", 3)) < 0:
        return {}, text
    fields: Fields = {}
    for line in text[4:end].split("\n"):
        name, colon, value = line.partition(":")
        if colon and (field := _META.get(name.strip().lower())):
            fields[field] = value.strip().strip("\"'")
    return fields, text[end + 4 :].lstrip("-").strip()


def _unmarked(line: str) -> str:
    line = line.strip()
    mark = _HEADING.match(line) or _MARKER.match(line)
    return line[mark.end() :] if mark else line


def _inline(line: str) -> str:
    return _EMPHASIS.sub("", _LINK.sub(r"\1", line))


def html(text: str, url: str | None = None) -> Fields:
    """Title, text, byline, date, outlet and language of a page.

    With the extra ``html`` (trafilatura), else, or where that finds nothing or gives up, by the plain rules of
    `_Reader`: paragraphs and headings outside of menus, scripts and forms.
    """
    found = _Reader()
    with contextlib.suppress(AssertionError):  # html.parser on "<![" of a broken declaration
        found.feed(text)
        found.close()
    fields = found.fields()
    for name, value in _trafilatura(text, url).items():
        fields[name] = value or fields.get(name)
    # A page carries its byline and its date, or lacks them.
    return {**fields, "byline": fields.get("byline") or "", "published": fields.get("published") or "", "url": url}


def _trafilatura(text: str, url: str | None) -> Fields:
    try:
        import trafilatura
    except ImportError:
        return {}
    try:
        page: Any = trafilatura.bare_extraction(
            text, url=url, with_metadata=True, include_comments=False, include_tables=False, include_links=False
        )
    except (RecursionError, ValueError, AttributeError, TypeError):
        # Deeply nested or broken pages; the plain rules have read them.
        return {}
    if page is None or not (page.text or "").strip():
        return {}
    return {"headline": page.title, "body": _without(page.title, page.text), "byline": page.author,
            "published": page.date, "outlet": page.sitename, "language": (page.language or "")[:2] or None}  # fmt: skip


def _without(title: str | None, text: str) -> str:
    """The text without a first line that repeats the title."""
    first, _, rest = text.strip().partition("\n")
    return rest.strip() if title and first.strip() == title.strip() else text.strip()


_BLOCKS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "li", "blockquote", "figcaption", "div", "br", "td", "pre"})
_HIDDEN: Final = frozenset(
    {"script", "style", "noscript", "template", "nav", "footer", "form", "aside", "svg", "button", "select", "iframe"}
)
_NAMES: Final = {
    "og:title": "headline", "author": "byline", "article:author": "byline", "date": "published", "dc.date": "published",
    "article:published_time": "published", "og:site_name": "outlet"}  # fmt: skip


class _Reader(HTMLParser):
    """Title, meta tags and blocks of text; it keeps no tree, so depth costs nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: Fields = {}
        self.blocks: list[str] = []
        self._line: list[str] = []
        self._hidden = 0
        self._inside = ""
        self._title: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, or read what a meta tag says."""
        given = dict(attrs)
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BLOCKS:
            self._flush()
        if tag == "meta" and (name := _NAMES.get((given.get("property") or given.get("name") or "").lower())):
            self.meta.setdefault(name, (given.get("content") or "").strip())
        elif tag == "html" and given.get("lang"):
            self.meta["language"] = str(given["lang"])[:2].lower()
        elif tag == "time" and given.get("datetime"):
            self.meta.setdefault("published", given["datetime"])
        if tag in ("title", "h1"):
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        """Close a block."""
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS:
            self._flush()
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Keep visible text."""
        if self._inside == "title":
            self._title.append(data)
        elif not self._hidden:
            self._line.append(data)

    def _flush(self) -> None:
        text = " ".join("".join(self._line).split())
        self._line = []
        if not text:
            return
        if self._inside == "h1":
            self.meta.setdefault("headline", text)
        else:
            self.blocks.append(text)

    def fields(self) -> Fields:
        """What was read; blocks of fewer than four words (labels, menus) are no text where there are longer ones."""
        self._flush()
        kept = [b for b in self.blocks if len(b.split()) > 3] or self.blocks
        title = " ".join("".join(self._title).split()) or None
        return {"headline": title, **self.meta, "body": "\n".join(kept)}
