r"""The seed format: one readable text file an article, with gold spans marked in the text.

A file is a header of ``key: value`` lines, ``---``, the body with inline marks, and up to
two closing sections, ``=== source`` (a grounding document) and ``=== findings``::

    domain: local
    published: 2024-03-14
    byline:
    headline: Hafenausbau: Stadt rechnet mit [1:60 Millionen Euro] Mehrkosten
    ---
    [2:Die Ausbau] des Hafens wird teurer. Statt [1.contradicts:210 Millionen] Euro …

    === findings
    1 factual number major: the body gives 40
    2 translation agreement major: der Ausbau
    3 attribution missing-byline minor: the page has a date only

``[n:text]`` is the span of finding n, ``[n.role:text]`` a related place; marks may be
nested; a literal square bracket is written ``\[`` or ``\]``. A finding without a mark is
something absent (offsets 0, 0). A header key without a value means "the page has none",
a key that is not there means "not known". The file is named ``<story>.<version>.txt``.
Reading and writing are exact inverses of each other.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from data.schema import KINDS, ROLES, Article, Axis, Finding, Related, Severity

ROOT: Final = Path(__file__).resolve().parent.parent / "seeds"
#: Header keys that are fields of `Article`; the rest is kept in ``extra``.
FIELDS: Final = ("outlet", "url", "published", "byline", "headline")
EXTRA: Final = ("domain", "style", "origin")
VERSIONS: Final = ("clean", "flawed", "light", "heavy")

_OPEN = re.compile(r"\[(\d+)(?:\.([a-z]+))?:")
_FINDING = re.compile(r"(\d+) ([a-z]+) ([a-z-]+) (minor|major|critical): (.*)")
#: Where a fault without a place is counted.
_ABSENT_PART: Final = {"missing-byline": "byline", "missing-date": "byline"}


class SeedError(ValueError):
    """A seed file that cannot be read; the message names file, place and remedy."""


def _unmark(text: str, where: str) -> tuple[str, list[tuple[int, str | None, int, int]]]:
    """Split marked text into plain text and its marks (number, role, start, end)."""
    plain: list[str] = []
    length = i = 0
    open_marks: list[tuple[int, str | None, int]] = []
    marks: list[tuple[int, str | None, int, int]] = []
    while i < len(text):
        char = text[i]
        if char == "\\" and text[i + 1 : i + 2] in ("[", "]", "\\"):
            char, i = text[i + 1], i + 1
        elif char == "[":
            opened = _OPEN.match(text, i)
            if opened is None:
                raise SeedError(
                    f"{where}: '{text[i : i + 20]}' opens no mark. Write a mark as [1:text] or "
                    r"[1.contradicts:text], a literal bracket as \[."
                )
            role = opened[2]
            if role is not None and role not in ROLES:
                raise SeedError(f"{where}: no role {role!r}. Known: {', '.join(ROLES)}.")
            open_marks.append((int(opened[1]), role, length))
            i = opened.end()
            continue
        elif char == "]":
            if not open_marks:
                raise SeedError(
                    rf"{where}: ']' closes no mark near '{text[max(0, i - 20) : i + 1]}'; a literal one is \]."
                )
            number, role, start = open_marks.pop()
            if start == length:
                raise SeedError(f"{where}: mark {number} is empty.")
            marks.append((number, role, start, length))
            i += 1
            continue
        plain.append(char)
        length += 1
        i += 1
    if open_marks:
        raise SeedError(f"{where}: mark {open_marks[-1][0]} is never closed.")
    return "".join(plain), marks


def _mark(text: str, marks: Iterable[tuple[int, str | None, int, int]]) -> str:
    """Put marks back into plain text: the inverse of `_unmark`."""
    at: dict[int, list[tuple[int, int, str]]] = {}
    # At one offset: closing marks first, inner before outer; then opening ones, outer first.
    for rank, (number, role, start, end) in enumerate(marks):
        name = f"{number}.{role}" if role else str(number)
        at.setdefault(end, []).append((0, -start * 10000 + rank, "]"))
        at.setdefault(start, []).append((1, -end * 10000 - rank, f"[{name}:"))
    out: list[str] = []
    for i in range(len(text) + 1):
        out += [piece for _, _, piece in sorted(at.get(i, []))]
        if i < len(text):
            out.append(re.sub(r"([\[\]\\])", r"\\\1", text[i]))
    return "".join(out)


def _sections(content: str, where: str) -> tuple[dict[str, str], str, str | None, list[str]]:
    """Header, marked body, marked source and finding lines of a file."""
    head, rule, rest = content.partition("\n---\n")
    if not rule:
        raise SeedError(f"{where}: no line '---' between header and body.")
    header: dict[str, str] = {}
    for number, line in enumerate(head.split("\n"), 1):
        key, colon, value = line.partition(":")
        if not colon or key not in (*FIELDS, *EXTRA):
            raise SeedError(
                f"{where}:{number}: expected 'key: value' with one of {', '.join((*FIELDS, *EXTRA))}, got {line!r}."
            )
        if key in header:
            raise SeedError(f"{where}:{number}: {key!r} is given twice.")
        header[key] = value.strip()
    rest, _, listing = rest.partition("\n=== findings\n")
    body, marker, source = rest.partition("\n=== source\n")
    return header, body.strip("\n"), source.strip("\n") if marker else None, listing.splitlines()


def parse(content: str, name: str) -> Article:
    """Read one seed file.

    Parameters
    ----------
    name
        ``<language>/<story>.<version>.txt``; gives language, group and system.

    Raises
    ------
    SeedError
        If the name, a header line, a mark or a finding is not as the format wants it.
    """
    named = re.fullmatch(rf"([a-z]{{2}})/([a-z0-9-]+)\.({'|'.join(VERSIONS)})\.txt", name)
    if named is None:
        raise SeedError(f"{name}: expected <language>/<story>.<version>.txt, version one of {', '.join(VERSIONS)}.")
    header, marked_body, marked_source, listing = _sections(content, name)
    texts: dict[str, str] = {}
    marks: list[tuple[str, int, str | None, int, int]] = []
    parts = {
        "headline": header.get("headline"),
        "body": marked_body,
        "byline": header.get("byline"),
        "source": marked_source,
    }
    for part, marked in parts.items():
        if marked is not None:
            texts[part], found = _unmark(marked, f"{name} ({part})")
            marks += [(part, *mark) for mark in found]
    if not texts["body"].strip():
        raise SeedError(f"{name}: the body is empty.")
    language, story, version = named.groups()
    return Article(
        id=f"{language}/{story}.{version}",
        language=language,
        headline=texts.get("headline"),
        body=texts["body"],
        source=texts.get("source"),
        byline=texts.get("byline"),
        outlet=header.get("outlet"),
        url=header.get("url"),
        published=header.get("published"),
        group=f"{language}/{story}",
        item=f"{language}/{story}",
        system=version,
        findings=tuple(_findings(listing, marks, name)),
        extra={key: header[key] for key in EXTRA if key in header},
    )


def _findings(listing: list[str], marks: list[tuple[str, int, str | None, int, int]], name: str) -> Iterator[Finding]:
    seen: set[int] = set()
    for line in filter(str.strip, listing):
        entry = _FINDING.fullmatch(line.strip())
        if entry is None:
            raise SeedError(f"{name}: expected '<number> <axis> <kind> <minor|major|critical>: <note>', got {line!r}.")
        number = int(entry[1])
        axes = {str(axis): kinds for axis, kinds in KINDS.items()}
        if entry[3] not in axes.get(entry[2], ()):
            known = ", ".join(axes.get(entry[2], axes))
            raise SeedError(f"{name}: finding {number}: no kind {entry[2]}/{entry[3]}. Known: {known}.")
        if number in seen:
            raise SeedError(f"{name}: finding {number} is listed twice.")
        seen.add(number)
        own = [m for m in marks if m[1] == number and m[2] is None]
        if len(own) > 1:
            raise SeedError(
                f"{name}: finding {number} is marked {len(own)} times; further places take a role, [n.continuation:…]."
            )
        if not own and entry[3] not in _ABSENT_PART:
            raise SeedError(f"{name}: finding {number} ({entry[3]}) is marked nowhere in the text.")
        part, _, _, start, end = own[0] if own else (_ABSENT_PART[entry[3]], number, None, 0, 0)
        related = tuple(Related(m[2], m[0], m[3], m[4]) for m in marks if m[1] == number and m[2] is not None)
        yield Finding(Axis(entry[2]), entry[3], part, start, end, Severity(entry[4]), entry[5], related)
    if loose := sorted({m[1] for m in marks} - seen):
        raise SeedError(f"{name}: marks {loose} are not listed under '=== findings'.")


def render(article: Article) -> str:
    """Write an article in the seed format: ``parse(render(a), name)`` gives ``a`` back."""
    marks: dict[str, list[tuple[int, str | None, int, int]]] = {}
    for number, finding in enumerate(article.findings, 1):
        if finding.end > finding.start:
            marks.setdefault(finding.part, []).append((number, None, finding.start, finding.end))
        for place in finding.related:
            marks.setdefault(place.part, []).append((number, place.role, place.start, place.end))
    lines = []
    for key in (*EXTRA, *FIELDS):
        value = article.extra.get(key) if key in EXTRA else getattr(article, key)
        if value is not None:
            lines.append(f"{key}: {_mark(value, marks.get(key, []))}".rstrip())
    lines += ["---", _mark(article.body, marks.get("body", []))]
    if article.source is not None:
        lines += ["", "=== source", _mark(article.source, marks.get("source", []))]
    if article.findings:
        lines += ["", "=== findings"]
    lines += [f"{n} {f.axis} {f.kind} {f.severity}: {f.note}" for n, f in enumerate(article.findings, 1)]
    return "\n".join(lines) + "\n"


def load(root: Path = ROOT, languages: Iterable[str] | None = None) -> list[Article]:
    """All seed articles below ``root``, ordered by id.

    Raises
    ------
    SeedError
        At the first file that breaks the format, or if there is none.
    """
    wanted = (
        sorted(languages)
        if languages is not None
        else sorted(p.name for p in root.iterdir() if re.fullmatch("[a-z]{2}", p.name))
    )
    paths = [path for language in wanted for path in sorted((root / language).glob("*.txt"))]
    if not paths:
        raise SeedError(f"No seed files below {root} for {wanted}; expected <language>/<story>.<version>.txt.")
    return [parse(path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.name}") for path in paths]


def main(paths: list[str]) -> int:
    """Check the given seed files (default: all) and list what each one marks; 2 if any is broken."""
    files = [Path(p) for p in paths] or sorted(ROOT.glob("??/*.txt"))
    broken = 0
    for path in files:
        try:
            article = parse(path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.name}")
        except SeedError as error:
            broken += 1
            print(f"ERROR {error}")  # noqa: T201
            continue
        print(f"{article.id}: {len(article.body.split())} words, {len(article.findings)} findings")  # noqa: T201
        for n, f in enumerate(article.findings, 1):
            places = "".join(f" | {r.role}: {article.text(r.part)[r.start : r.end]!r}" for r in f.related)
            quoted = article.text(f.part)[f.start : f.end]
            print(f"  {n:2} {f.axis}/{f.kind} {f.severity} {f.part}: {quoted!r}{places} -- {f.note}")  # noqa: T201
    return 2 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
