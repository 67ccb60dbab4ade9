"""The skeleton of a text: how its sentences are built once names, figures and topics are taken out."""

from __future__ import annotations

from functools import cache
from typing import Any

from features.documents import documents
from features.ngrams import NGrams
from features.text import Analysis, Text

#: So many of the most frequent words of a language are kept as they are.
_KEPT = 150
_ENDING = 3


@cache
def _frequent(language: str) -> frozenset[str]:
    """The most frequent words of a language; none for a language that wordfreq does not know."""
    from wordfreq import get_frequency_list

    try:
        bins = get_frequency_list(language, "small")
    except LookupError:
        return frozenset()
    words = [word for group in bins for word in sorted(group) if word.isalpha()]
    return frozenset(words[:_KEPT])


def skeleton(text: Text) -> str:
    """Frequent words as they are, other words as ``_`` and their ending, names as ``_X``, figures as ``_0``.

    In German a noun looks like a name. A frequent word at the start of a sentence is kept, any other word there
    counts as a name: the rule is blind to what a name is.
    """
    frequent = _frequent(text.language.code)
    out = []
    for token, lower in zip(text.tokens, text.lower, strict=True):
        first = token.text[0]
        if lower in frequent:
            out.append(lower)
        elif first.isdigit():
            out.append("_0")
        elif not first.isalnum():
            out.append(token.text)
        elif first.isupper():
            out.append("_XX" if token.text.isupper() and len(token.text) > 1 else "_X")
        else:
            out.append("_" + lower[-_ENDING:])
    return " ".join(out)


class Skeleton(NGrams):
    """TF-IDF of n-grams of the skeleton: style that does not know the topic. Output as `NGrams`.

    The endings stand for parts of speech; a tagger would be better and is not needed for it.
    """

    def _texts(self, X: Any) -> list[str]:
        return [_memoised(analysis) for analysis in documents(X)]


def _memoised(analysis: Analysis) -> str:
    found: str | None = analysis.memo.get("skeleton")
    if found is None:
        found = f"{skeleton(analysis.headline)}\n{skeleton(analysis.body)}"
        analysis.memo["skeleton"] = found
    return found
