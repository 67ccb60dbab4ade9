import pytest

from data.agreement import Label, agreement, cohen_kappa, read_labels
from data.schema import Axis


def test_kappa_of_a_hand_computed_table():
    # 2 yes-yes, 1 yes-no, 1 no-yes, 6 no-no: observed .8, expected .3 * .3 + .7 * .7 = .58.
    one = [True, True, True, False] + [False] * 6
    other = [True, True, False, True] + [False] * 6
    assert cohen_kappa(one, other) == pytest.approx((0.8 - 0.58) / 0.42)


def test_kappa_of_unlike_lengths_is_refused():
    with pytest.raises(ValueError, match="two sequences of one length above 0, got 1 and 2"):
        cohen_kappa([True], [True, False])


@pytest.mark.parametrize(
    ("one", "other", "touching"),
    [
        (Label("sum", "body", 0, 5), Label("number", "body", 4, 9), True),
        (Label("sum", "body", 0, 5), Label("sum", "body", 5, 9), False),
        (Label("sum", "body", 0, 5), Label("sum", "headline", 0, 5), False),
        (Label("missing-byline", "byline", 0, 0), Label("missing-byline", "byline", 0, 0), True),
        (Label("missing-byline", "byline", 0, 0), Label("missing-date", "byline", 0, 0), False),
    ],
)
def test_labels_touch(one, other, touching):
    assert one.touches(other) is touching


def test_agreement_counts_spans_both_ways():
    labels = {
        "a": {
            "first": {"factual": [Label("sum", "body", 0, 5), Label("date", "body", 9, 12)]},
            "second": {"factual": [Label("number", "body", 1, 3)]},
        },
        "b": {"first": {}, "second": {}},
    }
    found = agreement(Axis.FACTUAL, labels)
    assert (found.articles, found.first_spans, found.second_spans) == (2, 2, 1)
    assert found.kappa == 1.0
    assert found.span_f1 == pytest.approx(2 / 3)
    assert found.same_kind == 0.0


def test_published_agreement_covers_sixty_articles_and_reaches_its_bar():
    labels = read_labels()
    assert len(labels) >= 60
    assert all(set(both) == {"first", "second"} for both in labels.values())
    assert all(agreement(axis, labels).kappa >= 0.75 for axis in Axis)
