"""Word and character n-grams: scikit-learn's weights, parts and views, and counting once for all folds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer
from small_rows import rows

from data.schema import Article
from features.ngrams import NGrams, masked, normalised

TEXTS = [f"{a.headline}\n{a.body}" for a in rows()]


@pytest.mark.parametrize(("unit", "options"), [
    ("word", {"analyzer": "word", "token_pattern": r"(?u)\w+|[^\w\s]"}),
    ("char", {"analyzer": "char_wb"}),
])  # fmt: skip
def test_the_weights_are_those_of_scikit_learn(unit, options):
    theirs = TfidfVectorizer(ngram_range=(1, 3), min_df=2, sublinear_tf=True, **options)
    ours = NGrams(unit, 1, 3)
    expected = theirs.fit_transform(TEXTS).toarray()
    assert np.allclose(ours.fit_transform(rows()).toarray(), expected, atol=1e-6)
    assert np.allclose(ours.transform(rows()).toarray(), expected, atol=1e-6)
    assert list(ours.terms_) == list(theirs.get_feature_names_out())
    assert ours.get_feature_names_out()[0] == f"{unit}:text:{ours.terms_[0]}"


BODIES = st.lists(st.text(st.sampled_from("abä  .1"), max_size=12), min_size=1, max_size=8)


@given(BODIES, st.data(), st.sampled_from(["word", "char"]), st.integers(1, 3), st.integers(1, 6))
def test_counts_cut_to_rows_give_what_counting_these_rows_gives(bodies, data, unit, min_df, max_terms):
    articles = [Article(str(i), "de", body=body) for i, body in enumerate(bodies)]
    index = data.draw(st.lists(st.integers(0, len(bodies) - 1), min_size=1, unique=True))
    block = NGrams(unit, 1, 2, min_df=min_df, max_terms=max_terms)
    part = [articles[i] for i in index]
    counts = block.count(articles)
    kept = block.fit_counts(counts.rows(np.array(index)))
    alone = clone(block).fit(part)
    assert list(block.terms_) == list(alone.terms_)
    assert np.allclose(block.idf_, alone.idf_)
    # The other rows, too, are weighed as if they were counted alone.
    everything = block.transform_counts(counts, kept).toarray()
    assert np.allclose(everything, alone.transform(articles).toarray())
    assert np.allclose(everything[index], alone.fit_transform(part).toarray())


def test_the_most_frequent_terms_are_kept():
    block = NGrams("word", 1, 1, min_df=1, max_terms=2).fit([Article("a", "de", body="b b b a a c")])
    assert list(block.terms_) == ["a", "b"]


def test_a_term_of_one_article_is_left_out():
    block = NGrams("word", 1, 1).fit([Article("a", "de", body="Kern baut"), Article("b", "de", body="Kern geht")])
    assert list(block.terms_) == ["kern"]


@pytest.mark.parametrize(
    ("part", "terms"),
    [("text", ["b", "h"]), ("headline", ["h"]), ("body", ["b"]), ("source", ["s"]), ("previous", ["p"]), ("none", [])],
)
def test_a_part_is_read_alone(part, terms):
    article = Article("a", "de", "h", "b", "s", extra={"previous": "p"})
    block = NGrams("word", 1, 1, part=part, min_df=1).fit([article])
    assert list(block.terms_) == terms
    assert block.transform([article, article]).shape == (2, len(terms))
    assert clone(block).fit_transform([article]).shape == (1, len(terms))


def test_the_normalised_view_levels_typography():
    assert normalised("„Ja“ – »12«… ’s") == normalised('"Ja" - "34"... \'s')
    assert normalised("Ja") != normalised("Nein")


def test_the_masked_view_holds_no_name_figure_or_sign():
    assert masked("Eva Kern (34) sagte: „Wir bauen.“") == "sagte bauen"
