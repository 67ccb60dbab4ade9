"""All checks: importing this module fills the register.

A new module of checks is entered here.
"""

from __future__ import annotations

from data.schema import Finding
from features.attribution import circular, pages, quotations, sources, speakers
from features.factual import (
    appositions,
    comparisons,
    dates,
    figures,
    grounding,
    people,
    percentages,
    places,
    polarity,
    sums,
    unsupported,
)
from features.registry import CHECKS, Check, get_check, run_checks
from features.text import Analysis
from features.translation import (
    agreement,
    compounds,
    language_mix,
    locale,
    misspellings,
    names,
    persons,
    phrasebook,
    phrases,
    quoting,
    repetition,
    residue,
    spellings,
    word_order,
)

MODULES = (
    *(circular, pages, quotations, sources, speakers),
    *(appositions, comparisons, dates, figures, grounding),
    *(people, percentages, places, polarity, sums, unsupported),
    *(agreement, compounds, language_mix, locale, misspellings, names, persons, phrasebook, phrases, quoting),
    *(repetition, residue, spellings, word_order),
)

__all__ = ["CHECKS", "MODULES", "Check", "findings_of", "get_check", "run_checks"]


def findings_of(analysis: Analysis) -> list[Finding]:
    """All findings of an article, computed once and kept with its analysis."""
    found: list[Finding] | None = analysis.memo.get("findings")
    if found is None:
        found = analysis.memo["findings"] = run_checks(analysis)
    return found
