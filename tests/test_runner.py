"""Fit and score: no row is scored by a model that saw it, thresholds come from dev, nothing is fitted twice."""

from dataclasses import replace

import numpy as np
import pytest
from small_rows import rows

from data.schema import Article
from data.tasks import CONTROLS, TASKS, System, Target
from experiments.board import measured
from experiments.champion import best_of
from experiments.pieces import Pieces, collection
from experiments.results import Result
from experiments.runner import check_systems, run_task, steps, systems_of
from models.metrics import codes, group_weights
from models.scorer import Scorer

CLASSIFY = replace(
    TASKS["seeds/factual"], metrics=("roc_auc", "f1"), controls=("majority", "length"),
    systems=(System("words", "logistic"), System("length+words", "svm")),
)  # fmt: skip
RANK = replace(
    CLASSIFY, target=Target.RANK, metrics=("within_item_accuracy",), controls=("constant",),
    systems=(System("words", "pairwise"), System("words", "ridge")),
)  # fmt: skip
SPANS = replace(
    CLASSIFY, axis="translation", target=Target.SPANS, metrics=("token_f1", "span_f1"), controls=("nothing",),
    systems=(System("words", "window"), System("", "rules")),
)  # fmt: skip
FIXED = {"train": rows(12)[:12], "dev": rows(12)[12:18], "test": rows(12)[18:]}


def run(task, parts, repeats=1, final=False, tick=lambda what: None):
    return {r.name: r for r in run_task(task, parts, systems_of(task), repeats, 1, tick, final)}


def figure(result, metric, part="cv"):
    p = result.predictions[part]
    return measured(p, metric, group_weights(codes(p.groups), 10))[0]


def canary():
    """Rows whose label can be told only from a word that the rows of one group share."""
    coin = np.random.default_rng(5).integers(0, 2, 60)
    return [
        Article(f"a{g}-{k}", "de", body=f"wort{g} und wort{g} oder nicht", group=f"g{g}", label=float(coin[g]))
        for g in range(60)
        for k in range(3)
    ]


@pytest.mark.parametrize("features", ["words", "chars", "embeddings"])
def test_a_held_out_row_is_scored_without_any_row_of_its_group(features):
    task = replace(CLASSIFY, systems=(System(features, "logistic:C=1000"),), controls=())
    (result,) = run(task, {"all": canary()}).values()
    assert figure(result, "roc_auc") < 0.65
    # The model that is kept has seen them all, and tells them by heart.
    y = np.array([a.label for a in canary()])
    assert result.model.score(canary())[y == 1].mean() > 0.9 > 0.1 > result.model.score(canary())[y == 0].mean()


def test_rows_of_a_group_that_was_seen_would_be_told_by_heart():
    """The canary sings: without groups the same rows are told apart."""
    alone = [replace(a, group=a.id) for a in canary()]
    task = replace(CLASSIFY, systems=(System("words", "logistic:C=1000"),), controls=())
    (result,) = run(task, {"all": alone}).values()
    assert figure(result, "roc_auc") > 0.9


@pytest.mark.parametrize("task", [CLASSIFY, RANK], ids=["classify", "rank"])
def test_the_kept_model_gives_the_scores_that_were_measured(task):
    for result in run(task, FIXED, final=True).values():
        for part in ("dev", "test"):
            p = result.predictions[part]
            own = sorted(FIXED[part], key=lambda a: a.id)
            assert p.ids == [a.id for a in own]
            assert np.allclose(result.model.score(own), p.scores[0], atol=1e-6), result.name


def test_the_test_part_is_left_alone_without_final():
    unread = [replace(a, label=None, body="") for a in FIXED["test"]]
    for result in run(CLASSIFY, {**FIXED, "test": unread}).values():
        assert set(result.predictions) == {"dev"}


def test_the_test_part_changes_nothing_on_dev():
    with_test, without = run(CLASSIFY, FIXED, final=True), run(CLASSIFY, {**FIXED, "test": []})
    for name, result in without.items():
        assert (result.predictions["dev"].scores == with_test[name].predictions["dev"].scores).all()
        assert result.threshold == with_test[name].threshold


def test_the_test_part_is_decided_by_the_threshold_of_dev():
    for result in run(CLASSIFY, FIXED, final=True).values():
        p = result.predictions["test"]
        assert (p.decisions[0] == (p.scores[0] >= result.threshold)).all(), result.name


def test_labels_of_the_test_part_do_not_move_its_scores_or_decisions():
    turned = {**FIXED, "test": [replace(a, label=1 - a.label) for a in FIXED["test"]]}
    one, other = run(CLASSIFY, FIXED, final=True), run(CLASSIFY, turned, final=True)
    for name in one:
        a, b = one[name].predictions["test"], other[name].predictions["test"]
        assert (a.scores == b.scores).all()
        assert (a.decisions == b.decisions).all()


def test_a_model_that_knows_no_chance_runs_once_on_a_fixed_split():
    found = run(RANK, FIXED, repeats=3)
    assert {name: len(r.predictions["dev"].scores) for name, r in found.items()} == {
        "control: constant": 1,
        "words / pairwise": 3,
        "words / ridge": 1,
    }


@pytest.mark.parametrize("task", [CLASSIFY, RANK, SPANS], ids=["classify", "rank", "spans"])
@pytest.mark.parametrize("parts", [FIXED, {"all": rows(12)}], ids=["fixed", "cv"])
def test_the_progress_display_ends_at_its_end(task, parts):
    ticks = []
    run(task, parts, repeats=2, tick=ticks.append)
    assert len(ticks) == steps(task, parts, systems_of(task), 2)


def test_the_same_seeds_give_the_same_scores():
    one, other = run(CLASSIFY, {"all": rows(12)}, repeats=2), run(CLASSIFY, {"all": rows(12)}, repeats=2)
    for name, result in one.items():
        assert (result.predictions["cv"].scores == other[name].predictions["cv"].scores).all()
        if name != "control: majority":
            assert (result.predictions["cv"].scores[0] != result.predictions["cv"].scores[1]).any()


@pytest.mark.parametrize("parts", [FIXED, {"all": rows(12)}], ids=["fixed", "cv"])
def test_taggers_are_measured_on_their_spans(parts):
    found = run(SPANS, parts)
    part = "dev" if "dev" in parts else "cv"
    assert figure(found["control: nothing"], "token_f1", part) == 0
    assert figure(found["words / window"], "token_f1", part) > 0.6  # one word is marked each time
    window = found["words / window"]
    assert set(window.predictions[part].stats) == {"token_f1", "span_f1"}


def test_gold_spans_of_dev_are_not_shown_to_the_tagger():
    """Without its own gold spans an article gets the same findings."""
    blank = {**FIXED, "test": [replace(a, findings=()) for a in FIXED["test"]]}
    one, other = run(SPANS, FIXED, final=True), run(SPANS, blank, final=True)
    assert one["words / window"].found["test"] == other["words / window"].found["test"]


def test_pieces_shared_by_systems_are_those_of_a_pipeline():
    counted, train, index = collection(FIXED)
    union, X, others = Pieces(counted, train, index).of("length+words+checks")
    y = np.array([a.label for a in FIXED["train"]])
    alone = Scorer("length+words+checks", "logistic").fit(FIXED["train"], y).features_
    assert np.allclose(X.toarray(), alone.transform(FIXED["train"]).toarray())
    assert np.allclose(others["dev"].toarray(), union.transform(FIXED["dev"]).toarray())
    assert list(union.get_feature_names_out()) == list(alone.get_feature_names_out())


def test_controls_come_first_and_a_choice_replaces_the_systems_of_the_task():
    assert systems_of(CLASSIFY)[:2] == [(CONTROLS["majority"], "majority"), (CONTROLS["length"], "length")]
    chosen = systems_of(CLASSIFY, models=["svm"])[2:]
    assert chosen == [(System("words", "svm"), None), (System("length+words", "svm"), None)]
    chosen = systems_of(CLASSIFY, features=["chars"])[2:]
    assert chosen == [(System("chars", "logistic"), None), (System("chars", "svm"), None)]


@pytest.mark.parametrize(
    ("task", "system", "problem"),
    [
        (CLASSIFY, System("wordz", "logistic"), "No feature block 'wordz'. Did you mean 'words'?"),
        (CLASSIFY, System("words", "logit"), "No model 'logit'. Did you mean 'logistic'?"),
        (SPANS, System("words", "windows"), "No tagger 'windows'. Did you mean 'window'?"),
        (SPANS, System("wordz", "window"), "No token feature group 'wordz'. Did you mean 'words'?"),
    ],
)
def test_a_wrong_system_is_found_before_anything_runs(task, system, problem):
    with pytest.raises(KeyError) as caught:
        check_systems(task, [(system, None)])
    assert caught.value.args[0].startswith(problem)


class TestChampion:
    """The best model on dev, never by the test part, never a control."""

    @staticmethod
    def row(system, score, metric="roc_auc", split="dev"):
        entry = type("E", (), {"system": system, "split": split})
        return type("R", (), {"entry": entry, "metric": metric, "score": score})

    @staticmethod
    def result(name, control=None, task=CLASSIFY):
        return Result(task, System(name, "m"), control, {}, {}, None, 0.5)

    def test_the_best_headline_metric_on_dev_decides(self):
        results = [self.result("a"), self.result("b"), self.result("length", "length")]
        rows = [
            self.row("a / m", 0.7),
            self.row("b / m", 0.8),
            self.row("control: length", 0.9),  # a control is no champion
            self.row("a / m", 0.99, split="test"),  # the test part is not looked at
            self.row("a / m", 0.99, metric="f1"),
        ]
        assert best_of(results, rows).name == "b / m"

    def test_of_equal_scores_the_first_by_name_is_taken(self):
        results = [self.result("b"), self.result("a")]
        assert best_of(results, [self.row("b / m", 0.8), self.row("a / m", 0.8)]).name == "a / m"

    def test_a_score_that_is_not_defined_is_not_the_best(self):
        results = [self.result("a"), self.result("b")]
        assert best_of(results, [self.row("a / m", float("nan")), self.row("b / m", 0.1)]).name == "b / m"

    def test_less_may_be_better(self):
        task = replace(CLASSIFY, metrics=("brier",))
        results = [self.result("a", task=task), self.result("b", task=task)]
        assert best_of(results, [self.row("a / m", 0.1, "brier"), self.row("b / m", 0.2, "brier")]).name == "a / m"

    def test_without_a_model_there_is_none(self):
        assert best_of([self.result("length", "length")], [self.row("control: length", 0.9)]) is None


def test_several_repeats_of_folds_leave_one_row_of_test_scores():
    parts = {"all": [*FIXED["train"], *FIXED["dev"]], "test": FIXED["test"]}
    for result in run(CLASSIFY, parts, repeats=3, final=True).values():
        own, test = result.predictions["cv"], result.predictions["test"]
        assert (len(own.scores), len(test.scores)) == (3, 1)
        assert (test.decisions[0] == (test.scores[0] >= result.threshold)).all()
