"""Training on synthetic copies: of the training rows only, as rows of their own on the board."""

from dataclasses import replace

import numpy as np
import pytest

from data.perturb import SYNTHETIC, copies
from data.schema import Article, Axis
from data.tasks import TASKS, System
from experiments.pieces import Counted, trained
from experiments.runner import check_systems, run_task
from features.documents import documents

ON, OFF = System("words", "logistic+synthetic"), System("words", "logistic")


def rows(number=40):
    """Rows that say nothing of their label: any score above chance comes from somewhere else."""
    coin = np.random.default_rng(7).integers(0, 2, number)
    return [
        Article(f"a{i}", "de", body=f"wort{i} und mehr", group=f"g{i}", label=float(coin[i])) for i in range(number)
    ]


def echoes(articles):
    """Copies that carry the word and the label of their original: a leak if they meet it in another fold."""
    return [replace(a, id=f"{a.id}~{k}", system=SYNTHETIC) for a in articles for k in range(3)]


def auc(result):
    from sklearn.metrics import roc_auc_score

    predictions = result.predictions["cv"]
    return roc_auc_score(predictions.labels, predictions.scores.mean(axis=0))


TASK = replace(TASKS["seeds/factual"], metrics=("roc_auc",), controls=(), augment=echoes)


def test_copies_of_a_held_out_row_never_train():
    on, off = run_task(TASK, {"all": rows()}, [(ON, None), (OFF, None)], 1, 1, lambda what: None, False)
    assert auc(on) < 0.7
    assert (on.name, off.name) == ("words / logistic+synthetic", "words / logistic")
    # Copies of the training rows do teach: the kept model tells all rows by heart.
    assert np.abs(on.model.score(rows()) - off.model.score(rows())).max() > 0.01


def test_a_copy_joins_only_its_own_group():
    found = documents([*rows(4), *echoes(rows(4))])
    pieces = trained(Counted(found), np.array([0, 2]), np.arange(4, 16), {})
    assert [found[i].article.id for i in pieces[True].train] == [
        "a0",
        "a2",
        *(f"a{g}~{k}" for g in (0, 2) for k in range(3)),
    ]
    assert list(pieces[False].train) == [0, 2]


def test_predictions_hold_no_copy():
    [on] = run_task(TASK, {"all": rows()}, [(ON, None)], 1, 1, lambda what: None, False)
    assert sorted(on.predictions["cv"].ids) == sorted(a.id for a in rows())


def test_a_fixed_split_trains_on_copies_of_its_training_part():
    parts = {"train": rows()[:30], "dev": rows()[30:]}
    on, off = run_task(TASK, parts, [(ON, None), (OFF, None)], 1, 1, lambda what: None, False)
    assert sorted(on.predictions) == ["dev"]
    assert len(on.predictions["dev"].ids) == len(off.predictions["dev"].ids) == 10


def test_a_task_without_copies_refuses_such_a_system():
    with pytest.raises(ValueError, match=r"makes no synthetic training rows; use 'logistic' for 'logistic\+synthetic'"):
        check_systems(replace(TASK, augment=None), [(ON, None)])


@pytest.mark.parametrize("axis", list(Axis))
def test_copies_of_the_seeds_are_of_both_labels_alike_in_length_and_never_of_faulty_stories(axis):
    task = TASKS[f"seeds/{axis}"]
    stories = task.rows()["all"][:80]
    made = task.augment(stories)
    assert {a.group for a in made} <= {a.group for a in stories}
    assert all((a.system or "").startswith(SYNTHETIC) and "~" in a.id for a in made)
    assert 0.35 < np.mean([a.label for a in made]) < 0.65
    assert all(f.axis == axis for a in made for f in a.findings)
    length = {label: np.mean([len(a.body) for a in made if a.label == label]) for label in (0.0, 1.0)}
    assert abs(length[0.0] - length[1.0]) < 0.05 * length[0.0]


def test_copies_are_the_same_each_time():
    [clean] = [a for a in TASKS["seeds/factual"].rows()["all"] if a.system == "clean"][:1]
    assert copies(clean, 3) == copies(clean, 3)
    assert len({a.body for a in copies(clean, 3)}) == 3
