"""Documents of the WMT news tasks: XML files, and text files whose documents are found by their lines."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from data.schema import Article

EXTRA: Final = {"pair": "string", "doc": "string", "domain": "string", "kind": "string"}


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its translations by name ("ref.A", or the system's name); lines are parallel."""

    name: str
    domain: str
    lines: list[str]
    translations: dict[str, list[str]] = field(default_factory=dict)


def read_xml(content: bytes) -> list[Document]:
    """Documents of a WMT XML file, in its order.

    Raises
    ------
    ValueError
        If it declares entities: upstream has none, and they could blow up.
    """
    if b"<!ENTITY" in content:
        raise ValueError("The XML declares entities, which no WMT file does; download it again.")
    return [_document(doc) for doc in ET.fromstring(content).iter("doc")]


def _document(doc: ET.Element) -> Document:
    translations = {f"ref.{ref.get('translator')}": _segments(ref) for ref in doc.iter("ref")}
    translations |= {str(hyp.get("system")): _segments(hyp) for hyp in doc.iter("hyp")}
    [source] = doc.findall("src")
    return Document(str(doc.get("id")), doc.get("domain", "news"), _segments(source), translations)


def _segments(part: ET.Element) -> list[str]:
    return [(segment.text or "").strip() for segment in part.iter("seg")]


def locate(documents: Mapping[str, Sequence[str]], lines: Sequence[str]) -> dict[str, range]:
    """Find where each document stands in a file without document marks.

    A document is one block of lines. It is put where most of its lines match exactly, for
    some lines differ in spelling between the files; documents with most matches choose
    first, so that a short one finds no place inside a long one.

    Raises
    ------
    ValueError
        If a document finds no free place, or lines are left over.
    """
    positions: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        positions[line].append(number)
    votes = {
        name: Counter(at - k for k, line in enumerate(own) for at in positions.get(line, ()))
        for name, own in documents.items()
    }
    found: dict[str, range] = {}
    free = set(range(len(lines)))
    for name in sorted(documents, key=lambda name: -max(votes[name].values(), default=0)):
        starts = sorted(votes[name], key=lambda start: (-votes[name][start], start))
        places = (range(start, start + len(documents[name])) for start in starts)
        place = next((place for place in places if free.issuperset(place)), None)
        if place is None:
            raise ValueError(f"Document {name!r} finds no free place in the {len(lines)} lines.")
        found[name] = place
        free.difference_update(place)
    if free:
        raise ValueError(f"The documents leave {len(free)} of {len(lines)} lines over, e.g. line {min(free)}.")
    return {name: found[name] for name in documents}


def document_article(
    corpus: str, pair: str, document: Document, system: str, lines: Sequence[str], language: str = "de"
) -> Article:
    """Article of one version of a document; lines stay lines.

    ``system`` is "" for the original itself, "ref.…" for a person, else a machine.
    """
    key = f"{corpus}/{pair}/{document.name}"
    kind = "original" if not system else "human" if system.startswith("ref") else "machine"
    return Article(
        id=f"{key}/{system or 'original'}",
        language=language,
        body="\n".join(lines),
        source=("\n".join(document.lines) or None) if system else None,
        group=key,
        item=key,
        system=system or None,
        extra={"pair": pair, "doc": document.name, "domain": document.domain, "kind": kind},
    )
