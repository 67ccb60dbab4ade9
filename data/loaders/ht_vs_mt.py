"""HT-vs-MT: German news 2008 to 2019, and its English by people, DeepL and Google (corpora card 8).

Two languages. German: the originals, blocks of 20 lines within a year (upstream has no
document marks). English: one article a document and translator; upstream has one document
a line. In two files DeepL's last document is cut in two; the halves are joined, so that
line n is the same document for everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from data.cache import Files
from data.corpus import Splits
from data.loaders import wmt
from data.loaders.wmt import Document, document_article
from data.loaders.wmt_documents import blocks
from data.schema import Article

EXTRA: Final = wmt.EXTRA

YEARS: Final = {"train": tuple(range(2008, 2018)), "dev": (2018,), "test": (2019,)}
#: (file, line from 0): this line and the next are one document.
_CUT: Final = {"org_de_wmt10.deepl.en": 13, "org_de_wmt18.deepl.en": 68}


def load(files: Files) -> Splits:
    """``train`` 2008 to 2017, ``dev`` 2018, ``test`` 2019 (English only)."""
    return {split: partial(_articles, files, split) for split in YEARS}


def _lines(files: Files, path: str) -> list[str]:
    return files.read(path).removesuffix("\n").split("\n")


def _articles(files: Files, split: str) -> Iterator[Article]:
    for year in YEARS[split]:
        name = f"wmt{year % 100:02}"
        german = f"experiments/7/data/deepl/{split}/org_de_{name}.txt"
        if split != "test":
            for block in blocks(_lines(files, german), set()):
                document = Document(f"{year}-{block.name}", block.domain, block.lines)
                yield document_article("ht-vs-mt", "de", document, "", document.lines)
        yield from _english(files, split, year, name)


def _english(files: Files, split: str, year: int, name: str) -> Iterator[Article]:
    folder = "experiments/10/data/{}/train" if split == "train" else f"experiments/shared_data/docs/{{}}/{split}"
    paths = {
        "ref.A": f"{folder.format('deepl')}/trans_en_{name}.txt",
        "DeepL": f"{folder.format('deepl')}/org_de_{name}.deepl.en",
        "Google": f"{folder.format('google')}/org_de_{name}.txt.en.google",
    }
    documents = {system: join_cut(_lines(files, path), path) for system, path in paths.items()}
    for number, versions in enumerate(zip(*documents.values(), strict=True)):
        document = Document(f"{year}-{number}", "news", [])
        for system, text in zip(documents, versions, strict=True):
            yield document_article("ht-vs-mt", "de-en", document, system, [text], language="en")


def join_cut(documents: list[str], path: str) -> list[str]:
    """Documents of a file with the two halves joined where one was cut in two."""
    at = _CUT.get(path.rsplit("/", 1)[-1])
    if at is None or not path.startswith(("experiments/10/", "experiments/shared_data/")):
        return documents
    return [*documents[:at], f"{documents[at]} {documents[at + 1]}", *documents[at + 2 :]]
