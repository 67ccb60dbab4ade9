"""QAGS: summaries whose sentences three workers judged (corpora card 11).

One article a summary; a sentence is bad if most workers say that the article does not
support it, a summary if one of its sentences is. Articles of the xsum part begin with
XSum's reference summary, which other corpora leave out: the key of the article is taken
behind that first sentence, or 25 shared articles would go unseen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from data.cache import Files
from data.corpus import Splits
from data.loaders.keys import article_key
from data.schema import Article, Axis, Finding, Severity

EXTRA: Final = {
    "origin": "string",
    "sentence_offsets": "list<int32>",
    "bad_votes": "list<int32>",
    "unanimous": "list<bool>",
}

#: End of a sentence: the xsum articles are in small letters but for the first of a sentence.
_END = re.compile(r"""[.!?]["')’”]*\s+(?=[A-Z"'`‘“(£$\d])""")


def load(files: Files) -> Splits:
    """Two parts, ``cnndm`` and ``xsum``; neither has a split."""
    return {origin: partial(_articles, files, origin) for origin in ("cnndm", "xsum")}


def _articles(files: Files, origin: str) -> Iterator[Article]:
    lines = files.read(f"data/mturk_{origin}.jsonl").removesuffix("\n").split("\n")
    for number, line in enumerate(lines, 1):
        yield read_row(json.loads(line), origin, number)


def read_row(row: dict[str, Any], origin: str, number: int) -> Article:
    """Article of one summary; its body is the sentences, joined by a space."""
    votes = [[answer["response"] for answer in part["responses"]] for part in row["summary_sentences"]]
    bad = [answers.count("no") * 2 > len(answers) for answers in votes]
    sentences = [part["sentence"] for part in row["summary_sentences"]]
    offsets: list[int] = []
    for sentence in sentences:
        start = offsets[-1] + 1 if offsets else 0
        offsets += [start, start + len(sentence)]
    places = zip(offsets[::2], offsets[1::2], bad, strict=True)
    return Article(
        id=f"qags/{origin}/{number}",
        language="en",
        body=" ".join(sentences),
        source=row["article"],
        group=article_key(without_lead(row["article"]) if origin == "xsum" else row["article"]),
        label=float(any(bad)),
        findings=tuple(
            Finding(Axis.FACTUAL, "unsupported", "body", start, end, severity=Severity.MAJOR)
            for start, end, is_bad in places
            if is_bad
        ),
        extra={
            "origin": origin,
            "sentence_offsets": offsets,
            "bad_votes": [answers.count("no") for answers in votes],
            "unanimous": [len(set(answers)) == 1 for answers in votes],
        },
    )


def without_lead(article: str) -> str:
    """Article without its first sentence; as it is if it has only one."""
    end = _END.search(article)
    return article[end.end() :] if end else article
