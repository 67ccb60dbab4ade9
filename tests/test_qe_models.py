"""Lexical and language models, word-by-word reading, and the two-level ranker, on made-up sentences."""

import numpy as np
import pytest

from data.schema import Article, Axis, Finding
from features.alignment_model import LexicalModel, diagonal
from features.bilingual import Reading, relatedness
from features.language_model import LanguageModel
from features.text import analyse
from features.token_signals import shifted, window_mean
from models.span_metrics import SPAN_METRICS, is_span_metric, stats
from models.token_boosting import lent, marked
from models.two_level import TwoLevelRanker

PAIRS = [
    (["the", "house"], ["das", "haus"]),
    (["the", "book"], ["das", "buch"]),
    (["a", "book"], ["ein", "buch"]),
    (["a", "house"], ["ein", "haus"]),
] * 5


def segment(body, source):
    return analyse(Article("a", "de", body=body, source=source, extra={"source_language": "en"}))


@pytest.mark.parametrize(("word", "best"), [("haus", "house"), ("buch", "book"), ("das", "the"), ("ein", "a")])
def test_a_word_is_learned_from_the_sentences_it_does_and_does_not_stand_in(word, best):
    given = ["a", "the", "book", "house"]
    table = LexicalModel().fit(PAIRS).table(given, [word])
    assert table.shape == (1, 5)
    assert given[int(table[0, 1:].argmax())] == best


def test_an_unseen_word_has_no_probability_and_is_not_known():
    model = LexicalModel().fit(PAIRS)
    assert model.table(["cat"], ["haus"])[0, 1] == 0
    assert model.knows(["cat", "house"]).tolist() == [False, True]


def test_no_sentence_pair_is_an_error():
    with pytest.raises(ValueError, match="needs sentence pairs with words on both sides"):
        LexicalModel().fit([([], ["das"])])


def test_the_diagonal_prior_prefers_the_same_place_and_sums_to_one():
    prior = diagonal(3, 3, 4.0)
    assert prior[:, 1:].argmax(axis=1).tolist() == [0, 1, 2]
    assert prior.sum(axis=1) == pytest.approx([1, 1, 1])


def test_a_seen_order_surprises_less_than_its_reverse():
    model = LanguageModel(3).fit([["der", "hund", "bellt"], ["der", "hund", "schläft"]] * 3)
    bits, known = model.both(["der", "hund", "bellt"])
    assert bits.shape == known.shape == (4,)
    assert known[0] == known[1] == 3
    assert bits[1] < model.surprisal(["hund", "der"])[1]


def test_probabilities_of_what_follows_sum_to_at_most_one():
    words = ["a", "b", "c"]
    model = LanguageModel(2).fit([["a", "b"], ["a", "c"], ["b", "a"]])
    after_a = sum(2 ** -model.surprisal(["a", w])[1] for w in words) + 2 ** -model.surprisal(["a"])[1]
    assert 0.5 < after_a <= 1.0  # the rest is kept for unseen words


def test_no_sequence_is_an_error():
    with pytest.raises(ValueError, match="at least one sequence of tokens"):
        LanguageModel().fit([])


@pytest.mark.parametrize(
    ("source", "target", "alike"),
    [
        ("police", "polizei", True),
        ("jackson", "jacksons", True),
        ("university", "universität", True),
        ("dog", "hund", False),
    ],
)
def test_related_words(source, target, alike):
    assert (relatedness([source], [target])[0, 0] > 0.5) == alike


def test_a_reading_finds_what_nothing_stands_for():
    forward, backward = LexicalModel().fit(PAIRS), LexicalModel().fit([(b, a) for a, b in PAIRS])
    reading = Reading(segment("Das Haus brennt.", "The house"), forward, backward)
    assert [w for w, best in zip(reading.t, reading.t_best, strict=True) if best < 0.02] == ["brennt"]
    assert Reading(segment("", "The house"), forward, backward).s_best.tolist() == [0, 0]


def test_shift_and_window_stop_at_the_ends():
    values = np.array([1.0, 2.0, 3.0])
    assert shifted(values, 1, -1).tolist() == [2, 3, -1]
    assert shifted(values, -2, -1).tolist() == [-1, -1, 1]
    assert window_mean(values, 1).tolist() == [1.5, 2, 2.5]


def test_a_high_token_lends_to_its_neighbour_and_to_its_segment():
    calm, hot = lent(np.array([-3.0, -3.0, -3.0, -3.0])), lent(np.array([2.0, -3.0, -3.0, -3.0]))
    assert hot[1] > hot[3] > calm[3]
    assert lent(np.array([])).shape == (0,)


def test_a_place_counts_with_its_share_of_raters_and_punctuation_does_not():
    def finding(kind, start, end, rater):
        return Finding(Axis.TRANSLATION, kind, "body", start, end, note=f"{rater}: x")

    found = (finding("grammar", 0, 3, "r1"), finding("grammar", 0, 3, "r1"), finding("punctuation", 4, 8, "r2"))
    article = Article("a", "de", body="Die Haus", findings=found, extra={"raters": ["r1", "r2"]})
    assert marked(analyse(article)).tolist() == [0.5, 0]


def test_mcc_counts_the_tokens_and_tags_of_the_corpus():
    extra = {"tags": ["OK", "BAD", "OK"], "token_offsets": [0, 3, 4, 8, 8, 8]}
    article = Article("a", "de", body="Die Haus", extra=extra)
    found = [[Finding(Axis.TRANSLATION, "other", "body", 4, 8)]]
    assert stats("mcc", [analyse(article)], found).tolist() == [[1, 0, 0, 2]]
    assert SPAN_METRICS["mcc"].combine(np.array([[1.0, 0, 0, 2]])) == pytest.approx([1])
    assert not is_span_metric("mcc")


def ranked_rows():
    """60 items of 4 rows: column 0 tells rows of an item apart, column 1 is the item's own, column 2 noise."""
    rng = np.random.default_rng(0)
    hard = np.repeat(rng.normal(size=60), 4)
    bad = rng.normal(size=240)
    X = np.c_[bad, hard, rng.normal(size=240)]
    return X, bad + 3 * hard, [str(i // 4) for i in range(240)]


def test_the_item_level_reads_only_columns_of_the_item():
    X, y, items = ranked_rows()
    within = TwoLevelRanker(between=0.0).fit(X, y, items).coefficients()
    both = TwoLevelRanker().fit(X, y, items).coefficients()
    assert np.flatnonzero(np.abs(both - within) > 1e-9).tolist() == [1]
    assert np.corrcoef(TwoLevelRanker().fit(X, y, items).score(X), y)[0, 1] > np.corrcoef(X @ within, y)[0, 1]


def test_a_ranker_without_pairs_is_an_error():
    with pytest.raises(ValueError, match="two rows of different labels"):
        TwoLevelRanker().fit(np.zeros((2, 1)), np.array([0.0, 1.0]), [None, None])
