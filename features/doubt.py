"""Whether a text takes back what a headline says: words of denial and of hearsay near the headline's words."""

from __future__ import annotations

import math
import re
from typing import Final

from features.alignment import Reference, stems
from features.block import Block
from features.text import Analysis, Span, Text

#: Words that deny, by how they begin; the first list says so of a report, the second of anything.
_REFUTES: Final = {
    "en": r"fake|hoax|fals|debunk|fabricat|bogus|untrue|misinform|satir|prank|rumou?r|not true|no evidence|made up"
    r"|photoshop|disprov|discredit|refut|incorrect|retract|wrong|lie[sd]?\b|lying|mislead|parody|spoof|doctored",
    "de": r"fälsch|gefälscht|falsch|erfunden|ente\b|gerücht|unwahr|widerleg|dement|irreführ|satire|scherz|unzutreff",
}
_DENIES: Final = {
    "en": r"den(?:y|ies|ied|ial)|reject|dismiss|despite|however|doubt|nope|no longer|not\b|n't|never|contrary|but\b|"
    r"although|despite|question|skeptic|sceptic|unlikely|unconfirmed|unverified",
    "de": r"bestreit|bestritt|zurückgewies|weist|wies|zweifel|jedoch|allerdings|nicht\b|kein|nie\b|entgegen"
    r"|unbestätigt",
}
_HEARSAY: Final = {
    "en": r"alleged|reported|claim|rumou?r|apparent|purport|suppos|said to|according|sources?\b|could|may\b|might",
    "de": r"angeblich|mutmaßlich|offenbar|soll(?:en)?\b|laut\b|berichte|könnte",
}
_CONFIRMS: Final = {
    "en": r"confirm|official|announce|reveal|true\b|prove|verified|released|admit",
    "de": r"bestätig|offiziell|bekannt|enthüll|wahr\b|beleg|räumt",
}
_TOP: Final = 4


def _pattern(table: dict[str, str], code: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{table.get(code, r'(?!)')})", re.IGNORECASE)


def _count(pattern: re.Pattern[str], text: Text, spans: list[Span]) -> int:
    return sum(1 for span in spans for _ in pattern.finditer(text.raw, *span))


class Doubt(Block):
    """Denial, hearsay and confirmation: in the headline, the lead, the sentences next to the headline, and the rest.

    Rates per sentence unless a name begins with ``headline``; ``clash`` is 1 where just one of headline and
    body refutes. NaN without a headline. Word lists exist for German and English.
    """

    _KINDS: Final = {"refutes": _REFUTES, "denies": _DENIES, "hearsay": _HEARSAY, "confirms": _CONFIRMS}

    def names(self) -> list[str]:
        """Names of the columns."""
        places = ("headline", "lead", "near", "body")
        own = ["clash", "refutes_first", "question", "quoted_headline", "log_sentences", "best_score", "second_score"]
        return [f"{kind}_{place}" for kind in self._KINDS for place in places] + own

    def row(self, analysis: Analysis, columns: list[str]) -> list[float]:
        """Values of one article."""
        head, body = analysis.headline, analysis.body
        if not analysis.article.headline or not body.sentences:
            return [math.nan] * len(columns)
        whole = Span(0, len(head.raw))
        reference = Reference(body)
        wanted = set(stems(head, whole))
        scored = sorted(((len(wanted & have), -k) for k, have in enumerate(reference.stems)), reverse=True)
        near = [body.sentences[-k] for _, k in scored[:_TOP]]
        lead, everything = body.sentences[:3], body.sentences
        values: list[float] = []
        code = analysis.language.code
        for table in self._KINDS.values():
            pattern = _pattern(table, code)
            values.append(float(_count(pattern, head, [whole])))
            values += [_count(pattern, body, spans) / len(spans) for spans in (lead, near, everything)]
        refutes = _pattern(_REFUTES, code)
        first = refutes.search(body.raw)
        shares = [s / max(len(wanted), 1) for s, _ in scored[:2]]
        return [
            *values,
            float((values[0] > 0) != (values[3] > 0)),
            1 - first.start() / len(body.raw) if first else 0.0,
            float("?" in head.raw),
            float(any(q in head.raw for q in "'\"‘“„«")),
            math.log1p(len(everything)),
            shares[0],
            shares[1] if len(shares) > 1 else 0.0,
        ]
