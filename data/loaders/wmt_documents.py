"""WMT21 and WMT22 documents in German: originals, human and machine translations (corpora card 7).

One article a version of a document, one line a segment. ``pair`` says where it comes from:
``de-fr`` German originals, ``de-en`` further German lines of 2021 without documents (blocks
of 20 lines; those that also stand in de-fr are dropped), ``en-de`` and ``fr-de`` translations
into German. The text files of en-de have no document marks: documents are located by
their English lines, which newstest2021-mqm and the en-zh file of 2022 give by document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from data.cache import Files
from data.corpus import Splits
from data.loaders import wmt
from data.loaders.archives import read_member
from data.loaders.mqm import untag
from data.loaders.newstest_mqm import COLUMNS, TABLES
from data.loaders.tables import rows
from data.loaders.wmt import Document, document_article, locate, read_xml
from data.schema import Article

EXTRA: Final = wmt.EXTRA

BLOCK: Final = 20


class _Year(NamedTuple):
    originals: str
    french: str
    text: str
    """Beginning of the names of the en-de text files."""
    loose: str | None
    """German lines without documents."""


_YEARS: Final = {
    "wmt21-documents": _Year(
        *("xml/newstest2021.de-fr.all.xml", "xml/newstest2021.fr-de.all.xml", "newstest2021.en-de"),
        loose="txt/sources/newstest2021.de-en.src.de",
    ),
    "wmt22-documents": _Year(
        *("xml/wmttest2022.de-fr.all.xml", "xml/wmttest2022.fr-de.all.xml", "generaltest2022.en-de"),
        loose=None,  # the German lines of de-en are those of the de-fr documents
    ),
}


def load(files: Files) -> Splits:
    """One split, ``all``."""
    return {"all": partial(_articles, files)}


def _articles(files: Files) -> Iterator[Article]:
    name, year = files.corpus.name, _YEARS[files.corpus.name]
    originals = read_xml(files.path(year.originals).read_bytes())
    for document in originals:
        yield document_article(name, "de-fr", document, "", document.lines)
    if year.loose:
        known = {line for document in originals for line in document.lines}
        for document in blocks(_lines(files, year.loose), known):
            yield document_article(name, "de-en", document, "", document.lines)
    french = read_xml(files.path(year.french).read_bytes())
    for pair, documents in (("fr-de", french), ("en-de", _english(files, year.text))):
        for document in documents:
            for system, lines in document.translations.items():
                yield document_article(name, pair, document, system, lines)


def _lines(files: Files, path: str) -> list[str]:
    return files.read(path).removesuffix("\n").split("\n")


def blocks(lines: Sequence[str], known: set[str]) -> Iterator[Document]:
    """Blocks of 20 lines by their place in the file, without the lines that are known already."""
    for start in range(0, len(lines), BLOCK):
        own = [line for line in lines[start : start + BLOCK] if line not in known]
        if own:
            yield Document(f"lines-{start}", "news", own)


def _english(files: Files, text: str) -> Iterator[Document]:
    """Documents of the en-de text files with all their translations."""
    lines = _lines(files, f"txt/sources/{text}.src.en")
    translations = {}
    for path in (*files.all(f"txt/references/{text}."), *files.all(f"txt/system-outputs/{text}.")):
        system = path.split(f"{text}.")[1].removeprefix("hyp.").removesuffix(".de")
        translations[system] = _lines(files, path)
    domains, sources = _of_2021(files) if "newstest" in text else _of_2022(files)
    for doc, place in locate(sources, lines).items():
        own = {system: _cut(all_lines, place) for system, all_lines in translations.items()}
        yield Document(doc, domains.get(doc, "news"), _cut(lines, place), own)


def _cut(lines: Sequence[str], place: range) -> list[str]:
    return list(lines[place.start : place.stop])


def _of_2021(files: Files) -> tuple[Mapping[str, str], dict[str, list[str]]]:
    """Domains (all news) and English lines by document; only the references have all of them."""
    archive, member = TABLES["newstest2021-mqm"]
    found: dict[str, dict[int, str]] = {}
    for row in rows(read_member(files.path(archive), member).decode("utf-8"), COLUMNS, member):
        found.setdefault(row["doc"], {})[int(row["doc_id"])] = untag(row["source"])[0]
    return {}, {doc: [own[number] for number in sorted(own)] for doc, own in found.items()}


def _of_2022(files: Files) -> tuple[Mapping[str, str], dict[str, list[str]]]:
    documents = read_xml(files.path("xml/wmttest2022.en-zh.all.xml").read_bytes())
    return {d.name: d.domain for d in documents}, {d.name: d.lines for d in documents}
