"""Documents as an editor has them: plain text, Markdown and HTML pages, turned into the fields of an article.

A page is judged for its byline and date, so both are "" (known to be absent) where a page has none; in
plain text nobody expects them, so they are None (not known).
"""

from __future__ import annotations

import re
from html import unescape
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
    fields = _Reader(text).fields()
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
_HIDDEN: Final = frozenset({"nav", "footer", "form", "aside", "button", "select"})
_NAMES: Final = {
    "og:title": "headline", "author": "byline", "article:author": "byline", "date": "published", "dc.date": "published",
    "article:published_time": "published", "og:site_name": "outlet"}  # fmt: skip


#: Elements whose content is no markup: it ends at the closing tag, whatever stands between.
_RAW: Final = frozenset({"script", "style", "title", "textarea", "noscript", "template", "svg", "iframe"})
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?=[\s/>])")
_ATTRIBUTE: Final = re.compile(r"""([\w:-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
#: Attributes are read in this many signs of a tag.
_LONGEST_TAG: Final = 4096


class _Reader:
    """Title, meta tags and blocks of text of a page, in one pass that keeps no tree.

    Python's own `html.parser` is quadratic in unclosed tags and comments (8,000 of them took 6 s).
    """

    def __init__(self, text: str) -> None:
        self.meta: Fields = {}
        self.blocks: list[str] = []
        self._line: list[str] = []
        self._hidden = 0
        self._heading = False
        self._title: str | None = None
        self._read(text)

    def _read(self, text: str) -> None:
        at = 0
        while at < len(text):
            sign = text.find("<", at)
            self._data(text[at : sign if sign >= 0 else len(text)])
            if sign < 0:
                break
            at = self._markup(text, sign)
        self._flush()

    def _markup(self, text: str, at: int) -> int:
        """Take in the markup at a sign "<"; returns where it ends."""
        if text.startswith("<!--", at):
            return _after(text, "-->", at + 4)
        if text.startswith(("<!", "<?"), at):
            return _after(text, ">", at)
        match = _TAG.match(text, at)
        if match is None:
            self._data("<")
            return at + 1
        tag, end = match[2].lower(), _after(text, ">", match.end())
        if match[1]:
            self._end(tag)
        else:
            self._start(tag, text[match.end() : min(end, match.end() + _LONGEST_TAG)])
            if tag in _RAW and text[end - 2 : end] != "/>":
                closing = re.compile(rf"</{tag}", re.IGNORECASE).search(text, end)
                if tag == "title" and closing:
                    self._title = self._title or " ".join(unescape(text[end : closing.start()]).split())
                return _after(text, ">", closing.end()) if closing else len(text)
        return end

    def _start(self, tag: str, attributes: str) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BLOCKS:
            self._flush()
        if tag in ("meta", "html", "time"):
            given = {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(attributes)}
            self._meta(tag, given)
        self._heading = self._heading or tag == "h1"

    def _meta(self, tag: str, given: dict[str, str]) -> None:
        if tag == "meta" and (name := _NAMES.get((given.get("property") or given.get("name") or "").lower())):
            self.meta.setdefault(name, given.get("content", "").strip())
        elif tag == "html" and given.get("lang"):
            self.meta["language"] = given["lang"][:2].lower()
        elif tag == "time" and given.get("datetime"):
            self.meta.setdefault("published", given["datetime"])

    def _end(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS:
            self._flush()
        if tag == "h1":
            self._heading = False

    def _data(self, text: str) -> None:
        if not self._hidden and text:
            self._line.append(text)

    def _flush(self) -> None:
        text = " ".join(unescape("".join(self._line)).split())
        self._line = []
        if text and self._heading:
            self.meta.setdefault("headline", text)
        elif text:
            self.blocks.append(text)

    def fields(self) -> Fields:
        """What was read; blocks of fewer than four words (labels, menus) are no text where there are longer ones."""
        kept = [b for b in self.blocks if len(b.split()) > 3] or self.blocks
        return {"headline": self._title, **self.meta, "body": "\n".join(kept)}


def _after(text: str, sign: str, start: int) -> int:
    """Offset after the next ``sign``, the end of the text if there is none."""
    found = text.find(sign, start)
    return len(text) if found < 0 else found + len(sign)
