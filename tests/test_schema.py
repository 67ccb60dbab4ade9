"""The data shape: texts of parts, vocabulary, MQM penalty."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.schema import ANNOTATIONS, KINDS, Article, Axis, Finding, Severity, overall_score, penalty_per_100_words


def test_an_unknown_text_reads_as_empty_but_stays_unknown():
    article = Article("a", "de", body="Text.")
    assert article.text("headline") == ""
    assert article.headline is None


def test_an_unknown_part_is_named_with_the_known_ones():
    with pytest.raises(KeyError, match=r"No part 'lead'\. Known: headline, body, byline, source\."):
        Article("a", "de").text("lead")


def test_every_axis_has_kinds_with_a_line_for_the_reader_and_no_name_is_used_twice():
    assert set(KINDS) == set(Axis)
    names = [kind for kinds in KINDS.values() for kind in kinds]
    assert len(names) == len(set(names)) >= 40
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", name) for name in names)
    assert all(line and not line.endswith(".") for kinds in KINDS.values() for line in kinds.values())


@pytest.mark.parametrize("axis", list(Axis))
def test_a_label_of_public_corpora_is_no_kind_of_fault(axis):
    assert not set(ANNOTATIONS[axis]) & set(KINDS[axis])


@pytest.mark.parametrize(
    ("severities", "words", "penalty", "overall"),
    [
        ([], 100, 0.0, 100.0),
        (["minor"], 100, 1.0, 99.0),
        (["major"], 100, 5.0, 95.0),
        (["critical"], 100, 25.0, 75.0),
        (["minor", "major"], 200, 3.0, 97.0),
        (["critical"], 10, 250.0, 0.0),  # never below 0
        (["minor"], 0, 100.0, 0.0),  # an empty text counts as one word
    ],
)
def test_penalty_and_overall_score(severities, words, penalty, overall):
    findings = [Finding(Axis.FACTUAL, "number", "body", 0, 1, Severity(s)) for s in severities]
    assert penalty_per_100_words(findings, words) == pytest.approx(penalty)
    assert overall_score(findings, words) == pytest.approx(overall)


@given(st.lists(st.sampled_from(list(Severity))), st.integers(-5, 5000))
def test_the_overall_score_stays_between_0_and_100(severities, words):
    findings = tuple(Finding(Axis.FACTUAL, "number", "body", 0, 1, s) for s in severities)
    assert 0 <= overall_score(findings, words) <= 100
