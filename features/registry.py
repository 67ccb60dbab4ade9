"""The register of checks: a check is one function, entered by its decorator under its own name.

A check takes the analysis of an article and yields hits; the register turns them into
findings with axis, kind and check name. A check opens no file, keeps no state and knows
nothing of scikit-learn. `features.rates` does the counting.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from data.schema import KINDS, Axis, Finding, Related, Severity
from features.languages import LANGUAGES
from features.text import Analysis


class Hit(NamedTuple):
    """What a check reports: a place, what is wrong in the article's own words, and related places."""

    part: str
    start: int
    end: int
    note: str
    severity: Severity | None = None
    related: tuple[Related, ...] = ()


CheckFunction = Callable[[Analysis], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check; calling it gives findings."""

    name: str
    axis: Axis
    kind: str
    severity: Severity
    langs: frozenset[str]
    #: Whether it compares with the source document and is not looked at without one.
    needs_source: bool
    #: Field of the article that must be known (not None) for the check to be looked at.
    needs: str | None
    function: CheckFunction

    def applies(self, analysis: Analysis) -> bool:
        """Whether the check reads this language and finds what it needs."""
        article = analysis.article
        if article.language not in self.langs or (self.needs_source and not article.source):
            return False
        return self.needs is None or getattr(article, self.needs) is not None

    def __call__(self, analysis: Analysis) -> Iterator[Finding]:
        """Findings of an article the check applies to."""
        for part, start, end, note, severity, related in self.function(analysis):
            yield Finding(self.axis, self.kind, part, start, end, severity or self.severity, note, related, self.name)


CHECKS: Final[dict[str, Check]] = {}


def check(
    axis: Axis,
    kind: str,
    *,
    severity: Severity = Severity.MINOR,
    langs: Iterable[str] = tuple(LANGUAGES),
    needs_source: bool = False,
    needs: str | None = None,
) -> Callable[[CheckFunction], CheckFunction]:
    """Enter a function as a check.

    Raises
    ------
    ValueError
        If the name is taken or the kind is none of the axis.
    """

    def enter(function: CheckFunction) -> CheckFunction:
        name = function.__name__
        if name in CHECKS:
            raise ValueError(f"Check {name!r} is entered twice; a check needs a name of its own.")
        if kind not in KINDS[axis]:
            raise ValueError(f"Check {name!r}: no kind {kind!r} on axis {axis}. Known: {', '.join(KINDS[axis])}.")
        CHECKS[name] = Check(name, axis, kind, severity, frozenset(langs), needs_source, needs, function)
        return function

    return enter


def unknown(kind: str, name: str, known: Iterable[str]) -> KeyError:
    """Build the error for a name that is in no register, with the nearest one that is."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return KeyError(f"No {kind} {name!r}.{hint} Known: {', '.join(names)}.")


def get_check(name: str) -> Check:
    """Look a check up by name.

    Raises
    ------
    KeyError
        If there is none of that name; the message offers the nearest.
    """
    try:
        return CHECKS[name]
    except KeyError:
        raise unknown("check", name, CHECKS) from None


def run_checks(analysis: Analysis, checks: Mapping[str, Check] | None = None) -> list[Finding]:
    """All findings of an article, in the order of the text (headline, body, byline, source)."""
    order = {"headline": 0, "body": 1, "byline": 2, "source": 3}
    found = [f for c in (checks or CHECKS).values() if c.applies(analysis) for f in c(analysis)]
    return sorted(found, key=lambda f: (order[f.part], f.start, f.end, f.axis, f.check))
