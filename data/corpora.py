"""The public corpora: licence, pinned files, loader and typed extra columns of each.

`CORPORA` is the only place where a corpus is entered; adding one is an entry here, a
module in `data.loaders` and a list of files in ``data/files``. This module reads no
corpus and imports no loader before it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Final

from data.cache import File, Files
from data.schema import Article

FILES: Final = Path(__file__).resolve().parent / "files"
_COLUMNS: Final = ["repo", "commit", "path", "bytes", "sha256", "optional"]

Splits = dict[str, Callable[[], Iterator[Article]]]


@cache
def read_files(path: Path) -> tuple[File, ...]:
    """Read a list of pinned files: tab-separated, a header, no quoting (names hold ``"``).

    Raises
    ------
    ValueError
        If the header is another one.
    """
    header, *lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    if header.split("\t") != _COLUMNS:
        raise ValueError(f"{path.name}: expected the columns {_COLUMNS}, got {header!r}.")
    cells = (line.split("\t") for line in lines)
    return tuple(File(r, c, p, int(size), sha256, optional == "1") for r, c, p, size, sha256, optional in cells)


@dataclass(frozen=True)
class Corpus:
    """A public corpus.

    Attributes
    ----------
    languages
        Languages of the text to be judged, ISO 639-1.
    redistribute
        What the licence lets a user pass on. The project itself never ships corpus data.
    loader
        Name of the module in `data.loaders`; its ``load(files)`` gives the splits.
    extra
        Columns beyond the fields of `Article`: name to Arrow type, ``list<...>`` for lists.
    derived
        Where the pinned files do not exist upstream: what a user does to get them.
    """

    name: str
    title: str
    licence: str
    redistribute: str
    languages: tuple[str, ...]
    url: str
    loader: str
    extra: Mapping[str, str] = field(default_factory=dict)
    derived: str = ""

    @property
    def files(self) -> tuple[File, ...]:
        """Pinned upstream files, read at first use."""
        return read_files(FILES / f"{self.name}.tsv")

    def splits(self) -> Splits:
        """Split name to a function that streams its articles; raises `MissingCorpus`."""
        load: Callable[[Files], Splits] = import_module(f"data.loaders.{self.loader}").load
        return load(Files(self))


_MQM: Final = MappingProxyType(
    {
        "doc": "string",
        "is_human": "bool",
        "score": "float64",
        "raters": "list<string>",
        "rater_scores": "list<float64>",
        "has_major": "bool",
    }
)

_ENTRIES: Final = (
    Corpus(
        name="newstest2020-mqm",
        title="WMT newstest2020 en-de with MQM errors by 3 raters (Freitag et al. 2021)",
        licence="none stated; Google's original Apache-2.0",
        redistribute="no",
        languages=("de",),
        url="https://github.com/WMT-QE-Task/wmt-qe-2022-data",
        loader="newstest_mqm",
        extra=_MQM,
    ),
    Corpus(
        name="newstest2021-mqm",
        title="WMT newstest2021 en-de with MQM errors by 1 rater (Freitag et al. 2021)",
        licence="none stated; Google's original Apache-2.0",
        redistribute="no",
        languages=("de",),
        url="https://github.com/WMT-QE-Task/wmt-qe-2022-data",
        loader="newstest_mqm",
        extra=_MQM,
    ),
    Corpus(
        name="ted2021-mqm",
        title="TED talks en-de with MQM errors by 1 rater (WMT21 metrics task)",
        licence="none stated; Google's original Apache-2.0",
        redistribute="no",
        languages=("de",),
        url="https://github.com/WMT-QE-Task/wmt-qe-2022-data",
        loader="newstest_mqm",
        extra=_MQM,
    ),
    Corpus(
        name="wmt23-mqm",
        title="WMT23 general task en-de with MQM errors by 1 rater",
        licence="GPL-3.0 (repository); texts: WMT terms",
        redistribute="no",
        languages=("de",),
        url="https://github.com/wmt-conference/ErrorSpanAnnotation",
        loader="wmt23_mqm",
        extra={**_MQM, "domain": "string"},
    ),
    Corpus(
        name="defacto",
        title="DeFacto: XSum summaries with human labels and corrections (Liu et al. 2023)",
        licence="MIT (repository); articles BBC",
        redistribute="labels yes, articles no",
        languages=("en",),
        url="https://github.com/microsoft/DeFacto",
        loader="defacto",
        extra={"has_error": "bool", "intrinsic": "bool", "extrinsic": "bool", "correction": "string"},
    ),
    Corpus(
        name="wikinews-quotations-de",
        title="German Wikinews with quotations, speakers, cues and frames (Petersen-Frey and Biemann 2024)",
        licence="CC BY-NC-SA 4.0",
        redistribute="non-commercial, share alike",
        languages=("de",),
        url="https://github.com/uhh-lt/german-news-quotation-attribution-2024",
        loader="wikinews",
        extra={"sentence_offsets": "list<int32>", "token_offsets": "list<int32>", "quotations_json": "string"},
    ),
)


def _by_name(entries: tuple[Corpus, ...]) -> dict[str, Corpus]:
    corpora = {corpus.name: corpus for corpus in entries}
    if len(corpora) != len(entries):
        raise ValueError(f"A corpus is entered twice: {sorted(corpus.name for corpus in entries)}.")
    return corpora


CORPORA: Final[dict[str, Corpus]] = _by_name(_ENTRIES)


def get_corpus(name: str) -> Corpus:
    """Corpus of that name.

    Raises
    ------
    KeyError
        If there is none; the message proposes the nearest name.
    """
    if name in CORPORA:
        return CORPORA[name]
    near = get_close_matches(name, CORPORA, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise KeyError(f"No corpus {name!r}.{hint} Known: {', '.join(sorted(CORPORA))}.")
