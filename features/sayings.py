"""Signs that a sentence reports what somebody said, with its neighbours in the article."""

from __future__ import annotations

import re

from features.block import Block
from features.patterns import union
from features.text import Analysis, Text

# Konjunktiv I is the mood of reported speech; these forms differ from the indicative.
_SUBJUNCTIVE = re.compile(
    r"\b(?:sei|seien|habe|hätten?|werde|würden?|könne|könnten?|müsse|müssten?|solle|wolle|dürfe|dürften?|gebe|gäbe|komme|gehe|lasse|stehe|bleibe|"
    r"mache|brauche|liege|wisse|sehe|finde|nehme|halte|führe|bringe|zeige|handle|handele|bestehe|gelte|spreche|erhalte|trage|fehle|verstehe)\b"
)


class Sayings(Block):
    """Cues of attributed content in a sentence (body), the one before and the one after it.

    The neighbours are read from the extra fields ``previous`` and ``following``, which sentence tasks set
    from the records of the same article; without them those columns are 0.
    """

    def names(self) -> list[str]:
        """The same signs for three sentences, and their relation."""
        signs = [
            "say_verb",
            "say_verbs",
            "frame",
            "open_quotes",
            "close_quotes",
            "share_quoted",
            "subjunctive",
            "that_clause",
            "colon",
            "vague",
            "pronoun",
            "figure",
        ]
        return [f"{place}_{sign}" for place in ("own", "previous", "following") for sign in signs] + [
            "inside_open_quotation",
            "subjunctive_after_saying",
            "quote_after_saying",
            "words",
        ]

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Counts and shares of one sentence."""
        extra = analysis.article.extra
        own = _signs(analysis.body)
        previous = _signs(Text(str(extra.get("previous") or ""), analysis.language))
        following = _signs(Text(str(extra.get("following") or ""), analysis.language))
        relation = [
            float(extra.get("inside_quotation") or 0),
            own[6] * float(previous[0] or previous[2] or previous[6]),
            own[3] * float(previous[0] or following[0]),
            float(analysis.body.n_words),
        ]
        return own + previous + following + relation


def _signs(text: Text) -> list[float]:
    raw, language = text.raw, text.language
    said = [w in language.say_verbs for w in text.lower]
    quoted = sum(q.end - q.start for q in text.quotations)
    that = sum(
        a and b == "," and c in ("dass", "ob", "that")
        for a, b, c in zip(said, text.lower[1:], text.lower[2:], strict=False)
    )
    return [
        float(any(said)),
        float(sum(said)),
        float(bool(union(language.source_frames).search(raw))),
        float(sum(raw.count(q) for q in "„»")),
        float(sum(raw.count(q) for q in '“”«"')),
        quoted / max(len(raw), 1),
        float(len(_SUBJUNCTIVE.findall(raw))) if language.code == "de" else 0.0,
        float(that),
        float(raw.count(":")),
        float(bool(union(language.vague_sources).search(raw))),
        float(sum(w in language.pronouns for w in text.lower)),
        float(len(text.figures)),
    ]
