"""Whole-article tasks: traces of the collection are gone, folds hold out what they say."""

import numpy as np
import pytest

from data.neutral import distinct, furniture, levelled, shortened, without_figures, without_outlets, without_sentences
from data.schema import Article
from data.tasks import TASKS, Target
from data.tasks import quality as q
from data.tasks import seeds as seed_tasks
from models.metrics import Scored, point


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("„Ja“ –  sagt\nsie…", '"Ja" - sagt sie...'),
        ('"Ja" - sagt sie...', '"Ja" - sagt sie...'),
    ],
)
def test_levelled(text, expected):
    assert levelled(text) == expected


def test_a_comma_lost_to_two_spaces_leaves_no_trace():
    assert levelled("Yahoo and AOL  within days", False) == levelled("Yahoo and AOL, within days", False)


@pytest.mark.parametrize("text", ["Hubo *NUMBER* casos *URL*", "Hubo 125 casos https://a.org/x"])
def test_a_mask_and_a_figure_look_alike(text):
    assert without_figures(text).split() == ["Hubo", "0", "casos"]


@pytest.mark.parametrize(
    ("text", "expected", "named"),
    [
        ("Das sagte er ZEIT ONLINE gestern.", "Das sagte er gestern.", 1),
        ("Er kam. Bitte spenden Sie per PayPal! Er ging.", "Er kam. Er ging.", 0),
        ("Schreiben Sie an info@example.com heute.", "Schreiben Sie an heute.", 0),
        ("Die Zeiten sind schlecht.", "Die Zeiten sind schlecht.", 0),
        ("Er hatte wenig Zeit für den Spiegel.", "Er hatte wenig Zeit für den Spiegel.", 0),
    ],
)
def test_outlets_and_appeals_are_taken_out(text, expected, named):
    assert without_outlets(text) == (expected, named)


def test_furniture_is_what_repeats_word_for_word():
    bodies = [f"Text {i} dieser Seite ist neu. Mehr dazu finden Sie auf Seite drei." for i in range(3)]
    dropped = furniture(bodies)
    assert dropped == {"Mehr dazu finden Sie auf Seite drei."}
    assert without_sentences(bodies[0], dropped) == "Text 0 dieser Seite ist neu."


def test_shortened_and_distinct():
    assert shortened("a  b\nc d", 3) == "a b c"
    rows = [Article("1", "de", None, "Ein Text."), Article("2", "de", None, "ein  text.")]
    assert [a.id for a in distinct(rows)] == ["1"]


def test_spanish_rows_lose_headline_mask_and_dateline():
    row = Article("a", "es", "EL PAPA VIAJA", "EL PAPA VIAJA\nMéxico.- El Papa viaja con *NUMBER* maletas.")
    found = q.spanish([row])[0]
    assert (found.headline, found.body) == ("el papa viaja", "El Papa viaja con 0 maletas.")


def test_outlet_rows_have_one_length_at_most_and_their_fold():
    row = Article("a", "de", "H", "wort " * 500, outlet="zeit.de", label=0.0)
    found = q.outlets([row])[0]
    assert len(found.body.split()) == q.WORDS
    assert (found.extra["fold"], q._publisher_fold(row)) == ("fold2", 1)


def test_every_outlet_is_held_out_once():
    outlets = [outlet for fold in q.FOLDS for outlet in fold]
    assert len(outlets) == len(set(outlets)) == 13


@pytest.mark.parametrize("name", [task.name for task in q.TASKS])
def test_a_users_record_is_brought_into_the_form_of_the_task(name):
    task = TASKS[name]
    row = Article("a", task.language, "Titel", "Ein  Text mit  Lücken.", label=1.0)
    found = task.prepare([row])[0]
    assert "  " not in found.body
    assert all(view(found) in (None, 0.0, 1.0) for view in task.views.values())


def test_domains_are_folds():
    row = Article("a", "en", None, "x", extra={"domain": "tech"})
    task = TASKS["quality/fake-domains-en"]
    assert task.fold_of is not None
    assert task.fold_of(row) == 5
    assert task.folds == 6


def test_overall_penalty_of_the_seeds_ranks_clean_stories_first():
    rows = seed_tasks.OVERALL.rows()["all"]
    assert seed_tasks.OVERALL.target is Target.RANK
    clean = [r.label for r in rows if r.system == "clean"]
    assert set(clean) == {0.0}
    assert min(r.label for r in rows if r.system == "heavy") > 0


@pytest.mark.parametrize(("score", "expected"), [([0.0, 0.0, 1.0, 1.0], 0.0), ([1.0, 1.0, 0.0, 0.0], 1.0)])
def test_calibration_error(score, expected):
    y = np.array([0.0, 0.0, 1.0, 1.0])
    assert point("ece", Scored(y, np.array(score), y, np.full(4, -1))) == pytest.approx(expected)


def test_calibration_error_of_an_honest_half():
    y = np.array([0.0, 1.0] * 10)
    assert point("ece", Scored(y, np.full(20, 0.5), y, np.full(20, -1))) == pytest.approx(0.0)


def test_leaving_out_the_doubtful_rows_leaves_their_errors_out():
    y = np.array([1.0, 0.0] * 5)
    score = np.array([0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.45, 0.55])
    scored = Scored(y, score, (score >= 0.5).astype(float), np.full(10, -1))
    assert point("accuracy", scored) == pytest.approx(0.8)
    assert point("error_at_70", scored) == 0.0
