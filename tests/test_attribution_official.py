"""The scorer of quotations against cases computed by hand."""

import numpy as np
import pytest

from data.schema import Article, Axis, Finding, Related
from features.text import analyse
from models.attribution.official import (
    exact_counts,
    f1_of_means,
    form_counts,
    joint_counts,
    matched,
    message_counts,
    quotes_of,
    role_counts,
    share,
    speaker_counts,
)

BODY = "Anna sagte klar , dass es morgen regnet . Ben schwieg ."
#       0    5     11   16 18   23 26     33     40


def _quote(start: int, end: int, kind: str = "indirect", **roles: tuple[int, int]) -> Finding:
    related = tuple(Related(role, "body", *span) for role, span in roles.items())
    return Finding(Axis.ATTRIBUTION, kind, "body", start, end, note="SPT", related=related)


def _score(count, gold, found):
    analysis = analyse(Article("a", "de", body=BODY))
    return count(analysis, gold, found, None)


GOLD = _quote(18, 39, speaker=(0, 4), cue=(5, 10))  # dass es morgen regnet


def test_a_perfect_quotation_has_precision_and_recall_of_one():
    for count in (message_counts, role_counts, joint_counts, form_counts):
        assert _score(count, [GOLD], [GOLD]) == (1, 1, 1, 1)


def test_message_counts_tokens_of_the_matched_pair():
    # Found "es morgen regnet .": three of four found tokens are right, three of four gold ones are found.
    assert _score(message_counts, [GOLD], [_quote(23, 41)]) == (0.75, 1, 0.75, 1)


def test_a_quotation_too_many_lowers_precision_only():
    counts = np.array([_score(message_counts, [GOLD], [GOLD, _quote(42, 45)])])
    assert counts.tolist() == [[1, 2, 1, 1]]
    assert f1_of_means(counts) == pytest.approx([2 * 0.5 / 1.5])


def test_roles_compare_role_and_token_together():
    # The speaker is right, the cue is given as a second word of the speaker: 1 of 2 found, 1 of 2 gold.
    found = _quote(18, 39, speaker=(0, 10))
    assert _score(role_counts, [GOLD], [found]) == (0.5, 1, 0.5, 1)


def test_roles_that_both_sides_lack_are_right_and_a_lacking_one_is_not():
    bare = _quote(18, 39)
    assert _score(role_counts, [bare], [bare]) == (1, 1, 1, 1)
    assert _score(role_counts, [GOLD], [bare]) == (0, 1, 0, 1)
    assert _score(role_counts, [bare], [GOLD]) == (0, 1, 0, 1)


def test_joint_pools_message_and_roles():
    # Found: 4 message tokens and 1 of 2 role tokens.
    found = _quote(18, 39, speaker=(0, 4))
    precision, _, recall, _ = _score(joint_counts, [GOLD], [found])
    assert (precision, recall) == pytest.approx((1.0, 5 / 6))


def test_matching_maximises_the_sum_and_prefers_the_same_form():
    analysis = analyse(Article("a", "de", body=BODY))
    gold = quotes_of(analysis, [_quote(18, 39, "reported"), _quote(18, 39, "indirect")])
    found = quotes_of(analysis, [_quote(18, 39, "indirect"), _quote(18, 39, "reported"), _quote(42, 45)])
    assert sorted(matched(gold, found)) == [(0, 1), (1, 0)]


def test_pieces_of_one_quotation_are_one_message():
    parted = _quote(18, 22)
    parted = Finding(
        parted.axis, parted.kind, "body", 18, 22, related=(Related("continuation", "body", 33, 39),), note=""
    )
    analysis = analyse(Article("a", "de", body=BODY))
    assert {t for _, t in quotes_of(analysis, [parted])[0].message} == {4, 7}


def test_tokens_of_the_corpus_are_used_where_the_record_has_them():
    extra = {"token_offsets": [0, 10, 11, 39]}
    analysis = analyse(Article("a", "de", body=BODY, extra=extra))
    assert {t for _, t in quotes_of(analysis, [GOLD])[0].message} == {1}


def test_speaker_accuracy_counts_quotations_that_have_one():
    near, none = _quote(18, 39, speaker=(0, 10)), _quote(42, 45)
    assert _score(speaker_counts, [GOLD, none], [near, none]) == (1, 1)
    assert _score(exact_counts, [GOLD, none], [near, none]) == (0, 1)
    assert _score(speaker_counts, [GOLD], [_quote(18, 39, speaker=(42, 45))]) == (0, 1)


def test_nothing_gold_is_undefined_and_nothing_found_is_zero():
    assert np.isnan(f1_of_means(np.array([[0.0, 1, 0, 0]])))[0]
    assert f1_of_means(np.array([[0.0, 0, 0, 2]]))[0] == 0
    assert np.isnan(share(np.array([[0.0, 0.0]])))[0]
