"""Models by name: what they learn, what they need, and how an option is written."""

import numpy as np
import pytest
from scipy import sparse
from sklearn.base import clone

from data.tasks import TASKS, Target
from features.blocks import build_features
from models.heads import MODELS, PairwiseRanker, make_head
from models.scorer import Scorer
from models.taggers import make_tagger

RNG = np.random.default_rng(0)
X = RNG.normal(size=(120, 4))
CLASS = (X[:, 0] + 0.3 * RNG.normal(size=120) > 0).astype(float)
GRADE = X[:, 0] + 0.1 * RNG.normal(size=120)
ITEMS = [f"i{i // 4}" for i in range(120)]
NO_SKILL = {"majority", "constant"}


def fitted(name, seed=0):
    y = CLASS if "classify" in MODELS[name].targets else GRADE
    return make_head(name, seed).fit(X, y, ITEMS)


@pytest.mark.parametrize("name", sorted(set(MODELS) - NO_SKILL))
def test_a_model_finds_the_column_that_matters(name):
    scores = fitted(name).score(X)
    assert np.corrcoef(scores, X[:, 0])[0, 1] > 0.7
    weights = fitted(name).coefficients()
    assert weights is None or np.argmax(np.abs(weights)) == 0


@pytest.mark.parametrize("name", sorted(NO_SKILL))
def test_a_control_without_skill_gives_every_row_the_same(name):
    assert np.ptp(fitted(name).score(X)) < 1e-6


@pytest.mark.parametrize("name", sorted(n for n in MODELS if "classify" in MODELS[n].targets))
def test_a_classifier_gives_probabilities(name):
    scores = fitted(name).score(X)
    assert ((scores >= 0) & (scores <= 1)).all()


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_sparse_matrix_gives_what_the_dense_one_gives(name):
    y = CLASS if "classify" in MODELS[name].targets else GRADE
    head = make_head(name).fit(sparse.csr_matrix(X), y, ITEMS)
    assert np.allclose(head.score(sparse.csr_matrix(X)), fitted(name).score(X), atol=1e-3)


@pytest.mark.parametrize("name", sorted(MODELS))
def test_the_same_seed_gives_the_same_scores(name):
    assert (fitted(name, 3).score(X) == fitted(name, 3).score(X)).all()


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_head_can_be_cloned(name):
    head = make_head(name)
    assert clone(head).get_params().keys() == head.get_params().keys()


def test_the_ranker_learns_from_differences_within_an_item_alone():
    # The level of an item says nothing: between items the order is turned round.
    level = np.repeat(np.arange(30), 4)
    inside = np.tile(np.arange(4), 30)
    rows = np.column_stack([inside, level]).astype(float)
    head = PairwiseRanker().fit(rows, inside - 10.0 * level, [f"i{i}" for i in level])
    assert head.coef_[0] > 0
    assert abs(head.coef_[1]) < 1e-9


def test_the_ranker_does_not_turn_with_the_labels_scale():
    one = PairwiseRanker().fit(X, GRADE, ITEMS).coef_
    assert np.allclose(PairwiseRanker().fit(X, 100 * GRADE - 7, ITEMS).coef_, one)
    assert np.allclose(PairwiseRanker().fit(X, -GRADE, ITEMS).coef_, -one, atol=0.3)


def test_rows_without_an_item_take_no_part_in_ranking():
    items = [*ITEMS[:60], *[None] * 60]
    both = PairwiseRanker().fit(X, GRADE, items).coef_
    assert np.allclose(both, PairwiseRanker().fit(X[:60], GRADE[:60], ITEMS[:60]).coef_)


@pytest.mark.parametrize("pairs", [1, 2, 3])
@pytest.mark.parametrize("seed", range(4))
def test_the_ranker_learns_from_very_few_pairs(pairs, seed):
    rows = np.column_stack([np.tile([0.0, 1.0], pairs)])
    head = PairwiseRanker(seed=seed).fit(rows, rows[:, 0], [f"i{i // 2}" for i in range(2 * pairs)])
    assert head.coef_[0] > 0


@pytest.mark.parametrize("items", [None, [f"i{i}" for i in range(120)]])
def test_the_ranker_says_what_it_needs(items):
    with pytest.raises(ValueError, match="needs items with two rows of different labels; there are none"):
        PairwiseRanker().fit(X, GRADE, items)


def test_an_option_is_handed_to_the_model():
    assert make_head("logistic:C=10").estimator.C == 10
    assert make_head("boosting:iterations=7").estimator.max_iter == 7


@pytest.mark.parametrize(
    ("spec", "error", "problem"),
    [
        ("logistik", KeyError, r"No model 'logistik'\. Did you mean 'logistic'\? Known: "),
        ("logistic:depth=3", ValueError, r"Model 'logistic:depth=3': options are written name:option=number"),
        ("logistic:C=big", ValueError, r"Model 'logistic:C=big': options are written name:option=number"),
        ("majority:C=1", ValueError, r"Model 'majority:C=1': options are written name:option=number"),
    ],
)
def test_a_wrong_model_is_an_error_with_the_nearest_name(spec, error, problem):
    with pytest.raises(error, match=problem):
        make_head(spec)


@pytest.mark.parametrize("name", sorted(TASKS))
def test_the_systems_of_a_task_exist_and_fit_its_target(name):
    task = TASKS[name]
    for system in task.systems:
        if task.target is Target.SPANS:
            make_tagger(system.model, system.features, task.axis)
        else:
            build_features(system.features)
            make_head(system.head)
            assert str(task.target) in MODELS[system.head.partition(":")[0]].targets, system


def test_scores_of_many_articles_come_in_portions_and_are_the_same(monkeypatch):
    from small_rows import rows

    scorer = Scorer("length+words", "logistic").fit(rows(), np.array([a.label for a in rows()]))
    whole = scorer.score(rows())
    monkeypatch.setattr("models.scorer.PORTION", 5)
    assert np.allclose(scorer.score(rows()), whole)
    assert scorer.score([]).shape == (0,)


def test_weights_are_named_and_the_heaviest_comes_first():
    from small_rows import rows

    scorer = Scorer("length+words", "logistic").fit(rows(), np.array([a.label for a in rows()]))
    weights = [abs(weight) for _, weight in scorer.weights()]
    assert weights == sorted(weights, reverse=True)
    assert {name for name, _ in scorer.weights()} == set(scorer.features_.get_feature_names_out())
    assert Scorer("length", "boosting").fit(rows(), np.array([a.label for a in rows()])).weights() == []
