"""The registry of public corpora.

`CORPORA` is the only place where a corpus is entered; adding one is an entry here, a
module in `data.loaders` and a list of files in ``data/files``. Nothing is read, and no
loader is imported, before it is asked for.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from data.corpus import Corpus, Splits

__all__ = ["CORPORA", "Corpus", "Splits", "get_corpus"]

_QE_LICENCE: Final = "none stated; Google's original Apache-2.0"
_WMT_TERMS: Final = 'WMT: "freely used for research, cite"'
_NONE: Final = "none stated"

_ENTRIES: Final = (
    Corpus(
        name="newstest2020-mqm",
        title="WMT newstest2020 en-de with MQM errors by 3 raters",
        licence=_QE_LICENCE,
        redistribute="no",
        languages=("de",),
        url="https://github.com/WMT-QE-Task/wmt-qe-2022-data",
        loader="newstest_mqm",
    ),
    Corpus(
        name="newstest2021-mqm",
        title="WMT newstest2021 en-de with MQM errors by 1 rater",
        licence=_QE_LICENCE,
        redistribute="no",
        languages=("de",),
        url="https://github.com/WMT-QE-Task/wmt-qe-2022-data",
        loader="newstest_mqm",
    ),
    Corpus(
        name="ted2021-mqm",
        title="TED talks of WMT21 en-de with MQM errors by 1 rater",
        licence=_QE_LICENCE,
        redistribute="no",
        languages=("de",),
        url="https://github.com/WMT-QE-Task/wmt-qe-2022-data",
        loader="newstest_mqm",
    ),
    Corpus(
        name="qe2022",
        title="WMT22 quality estimation en-de, error spans, dev and test",
        licence=_NONE,
        redistribute="no",
        languages=("de",),
        url="https://github.com/WMT-QE-Task/wmt-qe-2022-data",
        loader="qe2022",
    ),
    Corpus(
        name="qe2023",
        title="WMT23 quality estimation en-de, error spans, gold labels",
        licence=_NONE,
        redistribute="no",
        languages=("de",),
        url="https://github.com/WMT-QE-Task/wmt-qe-2023-data",
        loader="qe2023",
    ),
    Corpus(
        name="wmt23-mqm",
        title="WMT23 general task en-de with MQM errors by 1 rater",
        licence="GPL-3.0 (repository); texts: WMT terms",
        redistribute="no",
        languages=("de",),
        url="https://github.com/wmt-conference/ErrorSpanAnnotation",
        loader="wmt23_mqm",
    ),
    Corpus(
        name="wmt23-sxs-mqm",
        title="WMT23 news en-de with side-by-side MQM by 3 raters",
        licence="Apache-2.0",
        redistribute="yes, with notice",
        languages=("de",),
        url="https://github.com/google/wmt-mqm-human-evaluation",
        loader="wmt23_sxs",
    ),
    Corpus(
        name="wmt21-documents",
        title="WMT21 news documents in German: originals and translations",
        licence=_WMT_TERMS,
        redistribute="no",
        languages=("de",),
        url="https://github.com/wmt-conference/wmt21-news-systems",
        loader="wmt_documents",
    ),
    Corpus(
        name="wmt22-documents",
        title="WMT22 general documents in German: originals and translations",
        licence=_WMT_TERMS,
        redistribute="no",
        languages=("de",),
        url="https://github.com/wmt-conference/wmt22-news-systems",
        loader="wmt_documents",
    ),
    Corpus(
        name="ht-vs-mt",
        title="German news 2008-2019 and its human and machine English",
        licence="MIT (repository); texts: WMT terms",
        redistribute="no",
        languages=("de", "en"),
        url="https://github.com/tobiasvanderwerff/HT-vs-MT",
        loader="ht_vs_mt",
    ),
    Corpus(
        name="defacto",
        title="DeFacto: XSum summaries with human labels and corrections",
        licence="MIT (repository); articles BBC",
        redistribute="labels yes, articles no",
        languages=("en",),
        url="https://github.com/microsoft/DeFacto",
        loader="defacto",
    ),
    Corpus(
        name="cliff",
        title="CLIFF summaries with error types (AggreFact edition)",
        licence=_NONE,
        redistribute="no",
        languages=("en",),
        url="https://github.com/Liyan06/AggreFact",
        loader="aggrefact",
    ),
    Corpus(
        name="goyal21",
        title="Goyal and Durrett 2021 summaries with error types (AggreFact edition)",
        licence=_NONE,
        redistribute="no",
        languages=("en",),
        url="https://github.com/Liyan06/AggreFact",
        loader="aggrefact",
    ),
    Corpus(
        name="qags",
        title="QAGS: summaries judged by sentence, 3 workers",
        licence=_NONE,
        redistribute="no",
        languages=("en",),
        url="https://github.com/W4ngatang/qags",
        loader="qags",
    ),
    Corpus(
        name="falke19",
        title="Falke 2019: correct and incorrect summary sentences",
        licence="CC BY-SA 4.0",
        redistribute="yes, share alike",
        languages=("en",),
        url="https://github.com/W4ngatang/qags",
        loader="falke19",
    ),
    Corpus(
        name="wice",
        title="WiCE: Wikipedia claims against the cited page",
        licence="ODC-BY labels, CC BY-SA text, Common Crawl terms",
        redistribute="labels yes",
        languages=("en",),
        url="https://github.com/ryokamoi/wice",
        loader="wice",
    ),
    Corpus(
        name="rte3-de",
        title="RTE-3 entailment pairs in German with contradiction labels",
        licence="CC BY 3.0 (German); BSD-2 (French labels)",
        redistribute="yes, cite both",
        languages=("de",),
        url="https://github.com/GitOffice/RTEFormatWork",
        loader="rte3",
    ),
    Corpus(
        name="chatprotect",
        title="ChatProtect: self-contradicting sentence pairs of models",
        licence="Apache-2.0",
        redistribute="yes, with notice",
        languages=("en",),
        url="https://github.com/eth-sri/ChatProtect",
        loader="chatprotect",
    ),
    Corpus(
        name="fnc1",
        title="Fake News Challenge 1, test half: headline against body",
        licence=_NONE,
        redistribute="no",
        languages=("en",),
        url="https://github.com/FakeNewsChallenge/fnc-1",
        loader="fnc1",
    ),
    Corpus(
        name="wikinews-quotations-de",
        title="German Wikinews with quotations, speakers, cues and frames",
        licence="CC BY-NC-SA 4.0",
        redistribute="non-commercial, share alike",
        languages=("de",),
        url="https://github.com/uhh-lt/german-news-quotation-attribution-2024",
        loader="wikinews",
    ),
    Corpus(
        name="polnear",
        title="PolNeAR 1.0: US election news with source, cue and content",
        licence="none for the data; press texts",
        redistribute="no",
        languages=("en",),
        url="https://github.com/networkdynamics/PolNeAR",
        loader="polnear",
    ),
    Corpus(
        name="fakenews-amt",
        title="FakeNewsAMT: genuine news and crowd workers' fakes, pairs",
        licence='MIT (repository); data "cite the paper"',
        redistribute="no",
        languages=("en",),
        url="https://github.com/pmacinec/fake-news-datasets",
        loader="fake_pairs",
    ),
    Corpus(
        name="celebrity",
        title="Celebrity: genuine and fake celebrity news, pairs",
        licence='MIT (repository); data "cite the paper"',
        redistribute="no",
        languages=("en",),
        url="https://github.com/pmacinec/fake-news-datasets",
        loader="fake_pairs",
    ),
    Corpus(
        name="fake-es",
        title="Spanish Fake News Corpus v1 (2018) and v2 (2020-21)",
        licence="CC BY 4.0",
        redistribute="yes, cite",
        languages=("es",),
        url="https://github.com/jpposadas/FakeNewsCorpusSpanish",
        loader="fake_es",
    ),
    Corpus(
        name="fang-covid",
        title="FANG-COVID sample: German articles, the label is the outlet",
        licence="no licence file; publishers' texts",
        redistribute="no",
        languages=("de",),
        url="https://github.com/justusmattern/fang-covid",
        loader="fang_covid",
        derived="The sample is made of 41,242 upstream files: clone the repository at c3c370be and set "
        "NEWSPROOF_FANG_COVID to its folder, or use a mirror that has it.",
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
