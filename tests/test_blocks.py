"""Feature blocks are scikit-learn transformers that tell "not looked at" from 0 and forget no column."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.base import clone
from sklearn.pipeline import Pipeline
from small_rows import rows

from data.records import article_to_record
from data.schema import Article
from features.block import Block
from features.blocks import BLOCKS, WITH_VALUE, Standardise, build_features
from features.documents import documents
from features.pairs import SourcePairs
from features.rates import CheckRates, Penalties
from features.stylometry import Length, Position, Stylometry, Typography, mattr
from features.text import analyse

NAMES = sorted(BLOCKS)
DENSE = [CheckRates, Penalties, Length, Typography, Position, Stylometry, SourcePairs]
LABELS = np.array([a.label for a in rows()])


def fitted(name):
    return build_features(name).fit(documents(rows()), LABELS)


def dense(matrix):
    return matrix.toarray() if sparse.issparse(matrix) else np.asarray(matrix)


@pytest.mark.parametrize("name", NAMES)
def test_a_block_gives_one_row_an_article_and_a_name_for_every_column(name):
    block = fitted(name)
    matrix = dense(block.transform(rows()[:5]))
    assert matrix.shape == (5, len(block.get_feature_names_out()))
    assert np.isfinite(matrix).all()
    assert len(set(block.get_feature_names_out())) == matrix.shape[1]


@pytest.mark.parametrize("name", NAMES)
def test_a_row_does_not_depend_on_the_rows_beside_it(name):
    block = fitted(name)
    order = np.random.default_rng(0).permutation(len(rows()))
    together = dense(block.transform(rows()))
    assert np.allclose(dense(block.transform([rows()[i] for i in order])), together[order])
    assert np.allclose(np.vstack([dense(block.transform([a])) for a in rows()]), together)


@pytest.mark.parametrize("name", NAMES)
def test_a_clone_is_unfitted_and_learns_the_same(name):
    block = fitted(name)
    copy = clone(block)
    assert not hasattr(copy.transformer_list[0][1], "columns_")
    copy.fit(documents(rows()), LABELS)
    assert np.allclose(dense(copy.transform(rows())), dense(block.transform(rows())))


@pytest.mark.parametrize("name", NAMES)
def test_the_label_of_a_row_is_not_read_when_it_is_scored(name):
    block = fitted(name)
    blank = [Article(**{**fields(a), "label": None, "findings": ()}) for a in rows()]
    assert np.allclose(dense(block.transform(blank)), dense(block.transform(rows())))


def fields(article):
    return {name: getattr(article, name) for name in Article.__slots__}


@pytest.mark.parametrize("name", NAMES)
def test_an_article_without_text_gets_finite_features(name):
    assert np.isfinite(dense(fitted(name).transform([Article("e", "de"), Article("x", "xx", "T", "B")]))).all()


@pytest.mark.parametrize("block", DENSE, ids=lambda b: b.__name__)
def test_a_dense_block_speaks_pandas(block):
    frame = block().set_output(transform="pandas").fit_transform(rows())
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == list(block().fit([]).get_feature_names_out())
    assert {str(kind) for kind in frame.dtypes} == {"float64"}


@pytest.mark.parametrize("block", DENSE, ids=lambda b: b.__name__)
def test_a_dense_block_reads_articles_analyses_and_frames_alike(block):
    frame = pd.DataFrame([article_to_record(a) for a in rows()])
    values = block().fit_transform(rows())
    assert np.allclose(block().fit_transform([analyse(a) for a in rows()]), values, equal_nan=True)
    assert np.allclose(block().fit_transform(frame), values, equal_nan=True)


@pytest.mark.parametrize(
    ("block", "article"),
    [
        (SourcePairs, Article("a", "de", body="Ein Satz.")),  # no source
        (Position, Article("a", "de", body="Ein Satz.")),  # no place in a group
        (Stylometry, Article("a", "xx", body="Ein Satz.")),  # no language file
        (Stylometry, Article("a", "de", body="")),
    ],
)
def test_not_looked_at_is_nan_and_not_0(block, article):
    assert np.isnan(block().fit([]).transform([article])).all()


def test_a_column_added_later_does_not_change_a_fitted_block():
    class Growing(Block):
        columns = ("a",)

        def names(self):
            return list(self.columns)

        def row(self, analysis, columns):
            return [float(c == "a") for c in columns]

    block = Growing().fit([])
    Growing.columns = ("a", "b")
    assert block.transform(rows()[:2]).tolist() == [[1.0], [1.0]]
    assert Growing().fit([]).transform(rows()[:2]).tolist() == [[1.0, 0.0]] * 2


def test_a_row_is_computed_once_an_article_and_for_each_choice_of_parameters():
    calls = []

    class Counting(Block):
        def __init__(self, power=1):
            self.power = power

        def names(self):
            return ["n"]

        def row(self, analysis, columns):
            calls.append(self.power)
            return [float(self.power)]

    analyses = documents(rows()[:2])
    assert [Counting(p).fit([]).transform(analyses).tolist() for p in (1, 2, 1)] == [[[1.0]] * 2, [[2.0]] * 2,
                                                                                    [[1.0]] * 2]  # fmt: skip
    assert calls == [1, 1, 2, 2]


def test_standardised_columns_have_mean_0_and_deviation_1_and_nan_is_the_mean():
    X = np.array([[1.0, 5.0, np.nan], [3.0, 5.0, np.nan], [np.nan, 5.0, np.nan]])
    scale = Standardise().fit(X)
    assert scale.transform(X).tolist() == [[-1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    assert scale.transform(np.array([[1e9, 5.1, 7.0]])).tolist() == [[8.0, 0.0, 0.0]]
    assert np.isnan(X[2, 0])  # the input is left as it was


def test_signs_are_counted_by_hand():
    block = Typography().fit([])
    values = dict(zip(block.columns_, block.transform([Article("a", "de", body="„Ja“, 12\n")])[0], strict=True))
    assert values["sign_201e"] == values["sign_201c"] == pytest.approx(1000 / 9)
    assert (values["digits"], values["capitals"], values["line_ends"]) == pytest.approx((2000 / 9, 1000 / 9, 1000 / 9))


def test_the_share_of_unsupported_words_is_counted_by_hand():
    article = Article("a", "en", body="Kern bought 12 boats.", source="Kern bought 10 boats.")
    block = SourcePairs().fit([])
    values = dict(zip(block.columns_, block.transform([article])[0], strict=True))
    assert values["novel_words"] == 1 / 4
    assert values["novel_figures"] == 1.0
    assert values["novel_names"] == 0.0


def test_the_moving_type_token_ratio_is_that_of_its_definition():
    words = [f"w{i * i % 37}" for i in range(120)]
    windows = [words[i : i + 50] for i in range(71)]
    assert mattr(words) == pytest.approx(np.mean([len(set(w)) / 50 for w in windows]))
    assert np.isnan(mattr(words[:49]))


def test_several_blocks_stand_side_by_side_under_their_names():
    union = build_features("length+checks:factual").fit(rows())
    names = list(union.get_feature_names_out())
    assert names[0] == "length__log_words"
    assert all(name.startswith("checks:factual__") for name in names[4:])
    assert isinstance(union.transformer_list[0][1], Pipeline)


@pytest.mark.parametrize(
    ("spec", "problem"),
    [
        ("wordz", r"No feature block 'wordz'\. Did you mean 'words'\? Known: "),
        ("words++chars", r"No feature block ''\."),
        ("length:body", r"Feature block 'length' takes no value, got 'body'\. With a value: .*checks"),
        ("checks:style", r"No axis 'style'"),
    ],
)
def test_a_wrong_name_is_an_error_with_the_nearest_one(spec, problem):
    with pytest.raises(KeyError, match=problem):
        build_features(spec)


def test_values_belong_to_blocks_that_exist():
    assert set(BLOCKS) >= WITH_VALUE


def test_one_article_is_no_sequence():
    with pytest.raises(TypeError, match=r"X must be a sequence of articles, got a single one; write \[article\]"):
        documents(Article("a", "de"))
    with pytest.raises(TypeError, match="X must hold articles or their analyses, got str"):
        documents(["Ein Satz."])


def test_a_frame_without_a_required_column_names_it():
    with pytest.raises(ValueError, match=r"X lacks the article column\(s\) \['body'\]; it has \['id', 'language'\]"):
        documents(pd.DataFrame({"id": ["a"], "language": ["de"]}))
