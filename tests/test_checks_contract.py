"""What holds for every check, without its author having to think of it."""

import gc
import re
import time
from functools import lru_cache, partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.schema import PARTS, Article, Axis
from data.seeds import load
from features.checks import CHECKS, MODULES
from features.languages import LANGUAGES
from features.text import analyse

NAMES = sorted(CHECKS)


@lru_cache(maxsize=1)
def seeds():
    """Analyses of the seeds: texts on which the checks have something to find."""
    found = [analyse(article) for article in load()]
    assert len(found) >= 48
    return found


def test_the_register_is_filled_on_every_axis():
    assert {axis: sum(CHECKS[n].axis == axis for n in NAMES) >= 4 for axis in Axis} == dict.fromkeys(Axis, True)


def test_every_check_stands_in_a_module_that_is_entered():
    assert {CHECKS[n].function.__module__ for n in NAMES} == {module.__name__ for module in MODULES}


@pytest.mark.parametrize("name", NAMES)
def test_the_docstring_says_what_is_flagged(name):
    assert (CHECKS[name].function.__doc__ or "").startswith("Flag")


@pytest.mark.parametrize("name", NAMES)
def test_the_languages_are_known_ones(name):
    assert CHECKS[name].langs
    assert CHECKS[name].langs <= set(LANGUAGES)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "„", "1"])
@pytest.mark.parametrize("name", NAMES)
def test_nearly_nothing_is_read_without_an_error(name, text, language):
    article = Article("a", language, text, text, text, byline=text, outlet=text, url=text, published=text)
    for analysis in (analyse(article), analyse(Article("a", language))):
        assert all(finding.part in PARTS for finding in CHECKS[name](analysis))


@pytest.mark.parametrize("name", NAMES)
def test_the_empty_article_has_no_fault(name):
    analysis = analyse(Article("a", sorted(CHECKS[name].langs)[0], headline="", source="Quelle."))
    assert not CHECKS[name].applies(analysis) or list(CHECKS[name](analysis)) == []


def misplaced(found, article):
    places = [(place.part, place.start, place.end) for finding in found for place in (finding, *finding.related)]
    return [p for p in places if not 0 <= p[1] <= p[2] <= len(article.text(p[0]))]


@pytest.mark.parametrize("name", NAMES)
def test_evidence_lies_inside_the_text_and_has_a_note(name):
    for analysis in seeds():
        found = list(CHECKS[name](analysis)) if CHECKS[name].applies(analysis) else []
        assert misplaced(found, analysis.article) == [], analysis.article.id
        assert all(f.note.strip() and "\n" not in f.note for f in found), analysis.article.id
        assert all(f.end > f.start or (f.start, f.end) == (0, 0) for f in found), analysis.article.id


@pytest.mark.parametrize("name", NAMES)
def test_a_check_keeps_no_state(name):
    analyses = seeds()[:40]
    first = [list(CHECKS[name](a)) for a in analyses if CHECKS[name].applies(a)]
    again = [list(CHECKS[name](analyse(a.article))) for a in reversed(analyses) if CHECKS[name].applies(a)]
    assert first == again[::-1]


PIECES = ["Er sagte", " ", ", ", ". ", "„", "“", '"', "»", "«", "\n", "1.200", "12", " Euro", " Prozent", "2024",
          "14. März 2024", "Dr. Eva Kern", "laut", "Eva", "Mio.", "(", ")", "–", ": ", "nicht", "Montag",
          "sei"]  # fmt: skip


@settings(max_examples=80)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from(PIECES), st.integers(0, 1))
def test_no_check_stumbles_over_odd_texts(body, headline, language):
    article = Article("a", sorted(LANGUAGES)[language], headline, body, body[::-1], byline=headline, url="x",
                      published="2024-03-14")  # fmt: skip
    analysis = analyse(article)
    for name in NAMES:
        if CHECKS[name].applies(analysis):
            assert misplaced(CHECKS[name](analysis), article) == [], name


MEGABYTE = 1_000_000
PLAIN = {"quotation marks": "„", "digits": "1", "one letter": "a", "line ends": "\n"}
#: Longer units are told from a quadratic check on a quarter of it.
MIXED = {"straight quotation marks": '"', "capitals": "A", "blanks": " ", "dots": ".", "abbreviations": "z.B. ",
         "figures": "1.200 Euro ", "quotations": "„a“ ", "sentences": "Er kam. ", "names": "Eva Kern ",
         "dates": "14. März 2024 "}  # fmt: skip
_KINDS = ("tokens", "lower", "n_words", "paragraphs", "sentences", "quotations", "figures", "dates")


def timed(run, *arguments):
    """Processor time; without the garbage collector, whose pauses grow with all that the tests hold."""
    gc.collect(0)
    gc.disable()
    started = time.process_time()
    try:
        run(*arguments)
        return time.process_time() - started
    finally:
        gc.enable()


def prepared(unit, size):
    text = (unit * (size // len(unit) + 1))[:size]
    return analyse(Article("a", "de", text[:2000], text, text[: size // 4], byline="", published="2024-03-14"))


def read_all(check, analysis):
    for finding in check(analysis):
        assert finding.end <= len(analysis.article.text(finding.part))


def too_steep(steps, unit, longest):
    """Steps (name -> function of an analysis) whose time grows far faster than the text.

    The text is made four times as long until it has the longest size. A linear step then takes about four times as
    long, a quadratic one sixteen times; one that is found out is not run on longer texts, where it would take hours.
    """
    before, steep = {}, {}
    # What is loaded at the first use (word lists) is no growth.
    for step in steps.values():
        step(prepared("Er sagte etwas xqyzt however, Frau Xqyz. ", 1000))
    for size in (longest // 64, longest // 16, longest // 4, longest):
        analysis = prepared(unit, size)
        for name in steps.keys() - steep.keys():
            now, limit = timed(steps[name], analysis), 10 * max(before.get(name, 0.0), 0.03)
            # Short times are noise, and a busy machine is: what looks steep is measured again.
            if now > limit and min(now, *(timed(steps[name], prepared(unit, size)) for _ in range(2))) > limit:
                steep[name] = f"{before.get(name, 0.0):.2f} s, then {now:.2f} s on {size} signs"
            before[name] = max(now, before.get(name, 0.0))
    return steep


STEPS = {f"body.{kind}": partial(lambda kind, analysis: getattr(analysis.body, kind), kind) for kind in _KINDS}
STEPS |= {name: partial(read_all, CHECKS[name]) for name in NAMES if "de" in CHECKS[name].langs}


@pytest.mark.parametrize("unit", PLAIN.values(), ids=PLAIN)
def test_analysis_and_checks_are_linear_on_a_megabyte_of(unit):
    assert len(STEPS) > len(_KINDS)
    assert too_steep(STEPS, unit, MEGABYTE) == {}


@pytest.mark.parametrize("unit", MIXED.values(), ids=MIXED)
def test_analysis_and_checks_are_linear_on_a_quarter_of_a_megabyte_of(unit):
    assert too_steep(STEPS, unit, MEGABYTE // 4) == {}


def test_a_quadratic_check_would_be_found():
    steps = {"quadratic": lambda analysis: re.search("a*b", analysis.body.raw)}
    assert list(too_steep(steps, "a", 96_000)) == ["quadratic"]
