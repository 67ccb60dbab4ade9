"""Grouped splits: nothing stands on both sides, and the guard says so when it does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.schema import Article
from data.splits import LeakError, Overlap, digest, group_of, grouped_folds, guard


def row(name, group, body="Eins.", **fields):
    return Article(name, "de", body=body, group=group, **fields)


@pytest.mark.parametrize(
    ("train", "dev", "problem"),
    [
        ([row("a", "g"), row("a", "g")], [], r"Part 'train' holds id 'a' twice; ids must be unique\."),
        ([row("a", "g")], [row("a", "h", "Zwei.")], r"1 id\(s\) stand in both 'train' and 'dev', such as 'a'"),
        ([row("a", "g")], [row("b", "g", "Zwei.")], r"1 group\(s\) stand in both 'train' and 'dev', such as 'g'"),
        ([row("a", None)], [row("b", "a", "Zwei.")], r"1 group\(s\) stand in both"),  # no group: its own
        ([row("a", "g")], [row("b", "h", " eins. ")], r"1 article\(s\) stand in both 'train' and 'dev', such as 'eins"),
    ],
)
def test_what_stands_on_both_sides_stops_the_run(train, dev, problem):
    with pytest.raises(LeakError, match=problem):
        guard({"train": train, "dev": dev}, article_level=True)


def test_parts_without_a_leak_pass_and_every_pair_is_looked_at():
    parts = {"train": [row("a", "g")], "dev": [row("b", "h", "Zwei.")], "test": [row("c", "i", "Drei.")]}
    assert guard(parts, article_level=True) == []
    with pytest.raises(LeakError, match="'dev' and 'test'"):
        guard({**parts, "test": [row("c", "h", "Drei.")]}, article_level=True)


def test_equal_sentences_on_both_sides_are_counted_and_allowed():
    parts = {"train": [row("a", "g"), row("b", "g", "Zwei.")], "test": [row("c", "h", "EINS."), row("d", "h", "Drei.")]}
    assert guard(parts, article_level=False) == [Overlap("train", "test", 1)]


def test_without_a_group_the_rows_of_one_item_stay_together():
    assert [group_of(a) for a in (row("a", "g", item="i"), row("b", None, item="i"), row("c", None))] == ["g", "i", "c"]


GROUPED = st.lists(st.tuples(st.sampled_from("abcdefghij"), st.booleans()), min_size=8, max_size=60)


@given(GROUPED, st.integers(2, 5), st.integers(0, 9))
def test_folds_tear_no_group_apart_and_none_is_empty(rows, folds, seed):
    groups, labels = [g for g, _ in rows], [float(y) for _, y in rows]
    if len(set(groups)) < folds:
        with pytest.raises(ValueError, match=r"\d group\(s\) cannot fill \d folds; give fewer folds or more articles"):
            grouped_folds(groups, labels, folds, seed)
        return
    found = grouped_folds(groups, labels, folds, seed)
    assert set(found) == set(range(folds))
    assert all(len({f for g, f in zip(groups, found, strict=True) if g == name}) == 1 for name in set(groups))
    assert (found == grouped_folds(groups, labels, folds, seed)).all()


def test_folds_do_not_depend_on_the_order_of_the_rows():
    groups, labels = [f"g{i // 3}" for i in range(60)], [float(i % 7 == 0) for i in range(60)]
    order = np.random.default_rng(0).permutation(60)
    shuffled = grouped_folds([groups[i] for i in order], [labels[i] for i in order], 5, 3)
    assert (shuffled == grouped_folds(groups, labels, 5, 3)[order]).all()


@pytest.mark.parametrize("seed", range(5))
def test_folds_get_alike_shares_of_label_1_and_of_rows(seed):
    groups, labels = [f"g{i // 2}" for i in range(200)], [float(i % 10 < 4) for i in range(200)]
    folds = grouped_folds(groups, labels, 5, seed)
    assert np.ptp(np.bincount(folds, weights=labels)) <= 2
    assert np.ptp(np.bincount(folds)) <= 4


def test_another_seed_gives_other_folds():
    groups, labels = [f"g{i}" for i in range(50)], [float(i % 2) for i in range(50)]
    assert (grouped_folds(groups, labels, 5, 0) != grouped_folds(groups, labels, 5, 1)).any()


def test_fewer_than_two_folds_hold_nothing_out():
    with pytest.raises(ValueError, match="folds must be at least 2 to hold anything out, got 1"):
        grouped_folds(["a", "b"], [0, 1], 1, 0)


@pytest.mark.parametrize("change", [{"body": "Zwei."}, {"label": 1.0}, {"source": "Q"}, {"headline": "T"}])
def test_the_digest_changes_with_text_and_label(change):
    fields = {"body": "Eins.", **change}
    assert digest([row("a", "g", **fields)]) != digest([row("a", "g")])


def test_the_digest_does_not_change_with_what_no_figure_is_made_of():
    assert digest([row("a", "g", extra={"n": 1})]) == digest([row("a", "h")])
