"""Which language a text is written in, by its function words: a known one, or none.

Only the languages of `features.languages` can be told apart; for everything else the answer is `UNKNOWN`, and
nothing is judged. A wrong "unknown" costs a verdict, a wrong language costs a page of false alarms: the bar is high.
"""

from __future__ import annotations

import re
from typing import Final

from features.languages import LANGUAGES

#: ISO 639 code of a language that could not be determined.
UNKNOWN: Final = "und"

_WORD: Final = re.compile(r"[^\W\d_]+")
#: Words looked at, from the beginning: more change nothing.
_WORDS: Final = 2000
#: At least this share of the words must be function words of the language. Measured: German and English seeds, WMT21
#: and FANG-COVID have .29 to .45, Spanish .30 and more; French read as Spanish has .19 (median) to .23 (99 %).
_SHARE: Final = 0.26
#: The best language must have this many times the hits of the second one.
_LEAD: Final = 1.6
_FEWEST: Final = 2


def detect(text: str) -> str:
    """Code of the language, `UNKNOWN` if it cannot be told.

    A text of several languages gets the one that prevails, if it does so clearly.
    """
    words = []
    for match in _WORD.finditer(text[:100_000]):
        words.append(match.group().lower())
        if len(words) == _WORDS:
            break
    hits = {code: sum(word in language.function_words for word in words) for code, language in LANGUAGES.items()}
    (best, most), *others = sorted(hits.items(), key=lambda item: (-item[1], item[0]))
    second = others[0][1] if others else 0
    if most < _FEWEST or most < _SHARE * len(words) or most < _LEAD * second:
        return UNKNOWN
    return best
