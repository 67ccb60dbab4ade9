"""Original or translated, human or machine: rows, tracks and folds."""

from __future__ import annotations

import pytest

from data.outside import findings_of_tags
from data.schema import Article
from data.tasks.translation import TASKS, _fold_of_year, _unseen_year, chunks, few_systems, masked


def _document(identifier, kind, system=None, group="g", words=100):
    extra = {"kind": kind, "year": 2021}
    return Article(identifier, "de", body=" ".join(["wort"] * words), group=group, system=system, extra=extra)


def test_masked_keeps_words_in_small_letters_only():
    assert masked("Der Rat sagte am 3. Mai: „Nein – jetzt nicht!“") == "sagte am jetzt nicht"


@pytest.mark.parametrize(("words", "sizes"), [(250, [100, 100, 50]), (149, [100]), (49, [])])
def test_chunks_have_100_words_and_a_rest_of_50(words, sizes):
    found = list(chunks(_document("a", "original", words=words), str))
    assert [len(row.body.split()) for row in found] == sizes
    assert len({row.id for row in found}) == len(sizes)


def test_at_most_four_machine_systems_and_no_recurring_family():
    rows = [_document(f"m{i}", "machine", f"System-{i}") for i in range(9)]
    rows += [
        _document("o", "machine", "Online-A"),
        _document("e", "machine", "eTranslation"),
        _document("x", "original"),
    ]
    kept = few_systems(rows)
    assert len(kept) == 5
    assert not {row.system for row in kept} & {"Online-A", "eTranslation"}


def test_the_choice_of_systems_does_not_depend_on_the_order():
    rows = [_document(f"m{i}", "machine", f"System-{i}") for i in range(9)]
    assert {r.id for r in few_systems(rows)} == {r.id for r in few_systems(rows[::-1])}


def test_the_new_year_is_a_fold_of_its_own_and_what_is_measured():
    old = Article("a", "de", label=1.0, extra={"year": 2018})
    new = Article("b", "de", label=1.0, extra={"year": 2021})
    assert (_fold_of_year(old), _fold_of_year(new)) == (0, 1)
    assert (_unseen_year(old), _unseen_year(new)) == (None, 1.0)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_a_users_record_is_brought_into_the_track(task):
    (row,) = task.prepare([Article("a", "de", body="Der Rat – „Nein“ sagte er.", label=1.0)])
    assert "„" not in row.body or task.name.endswith("raw")


def test_tags_of_an_outside_system_become_findings_of_neighbouring_tokens():
    row = Article("a", "de", body="Das ist falsch .", extra={"tokens": ["Das", "ist", "falsch", "."]})
    row.extra["token_offsets"] = [0, 3, 4, 7, 8, 14, 15, 16]
    found = list(findings_of_tags(row, ["OK", "BAD", "BAD", "OK", "OK"]))
    assert [row.body[f["start"] : f["end"]] for f in found] == ["ist falsch"]


def test_tags_that_do_not_fit_the_tokens_are_refused():
    row = Article("a", "de", body="Das", extra={"tokens": ["Das"], "token_offsets": [0, 3]})
    with pytest.raises(ValueError, match="a: 3 tags for 1 tokens"):
        list(findings_of_tags(row, ["OK", "OK", "OK"]))
