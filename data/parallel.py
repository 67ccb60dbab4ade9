"""English sentences with their German, and German news text, as raw material for models without labels.

Nothing here shares a source sentence with a row that is judged: HT-vs-MT are German originals with their machine
translation into English, QE-2022 dev is the threshold part of error-spans. Sentences come from the cache at training
time; neither they nor a fitted model is part of the repository.
"""

from __future__ import annotations

from typing import Final

from data.arrow import articles
from data.cache import Files
from data.corpora import get_corpus

_FOLDER: Final = "experiments/7/data/deepl"
#: Corpora that `german_news` and `sentence_pairs` read.
CORPORA: Final = ("ht-vs-mt", "fang-covid", "wmt21-documents", "wmt22-documents")


def sentence_pairs() -> list[tuple[str, str]]:
    """(English, German) of HT-vs-MT 2008 to 2018: German originals, English by DeepL; 9,740 lines.

    Raises
    ------
    MissingCorpus
        If the files are not in the cache.
    """
    files = Files(get_corpus("ht-vs-mt"))
    pairs: list[tuple[str, str]] = []
    for path in files.all(_FOLDER):
        if path.endswith(".txt"):
            german, english = _lines(files, path), _lines(files, path.removesuffix(".txt") + ".deepl.en")
            pairs += zip(english, german, strict=True)
    return pairs


def _lines(files: Files, path: str) -> list[str]:
    return files.read(path).removesuffix("\n").split("\n")


def german_news() -> list[str]:
    """German by people: articles of three newspapers (card 21) and the German originals of WMT; a text an entry.

    The outlets whose reliability is doubted are left out.
    """
    texts = [a.body for a in articles("fang-covid", "all") if a.label == 0]
    for split in ("train", "dev"):
        texts += [a.body for a in articles("ht-vs-mt", split) if a.language == "de"]
    for name in ("wmt21-documents", "wmt22-documents"):
        texts += [a.body for a in articles(name, "all") if a.extra["pair"] in ("de-fr", "de-en")]
    return texts


def machine_german() -> list[str]:
    """French news in German by machines (WMT21, WMT22); a document an entry. No English source stands behind it."""
    return [
        a.body
        for name in ("wmt21-documents", "wmt22-documents")
        for a in articles(name, "all")
        if a.extra["pair"] == "fr-de" and not str(a.system).startswith("ref")
    ]
