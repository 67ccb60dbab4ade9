"""``evaluate`` on a user's records: the JSON contract, other kinds of labels, and every mistake told in one line."""

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from conftest import write_records
from small_rows import rows

from data.schema import Article
from data.tasks import TASKS
from experiments import evaluate as command
from experiments.errors import UsageError
from models.metrics import Scored, point
from models.persistence import load_bundle, save_bundle
from models.scorer import Scorer

CONTROLS = {"majority", "length", "typography", "words only"}


@cache
def fitted(features):
    return Scorer(features, "logistic").fit(rows(), np.array([a.label for a in rows()]))


@pytest.fixture
def champion(tmp_path, monkeypatch):
    """A champion of seeds/attribution and its controls, fitted on a few rows."""
    monkeypatch.setenv("NEWSPROOF_MODELS", str(tmp_path / "champions"))
    parts = {"champion": fitted("checks:attribution"), **{f"control: {name}": fitted("length") for name in CONTROLS}}
    meta = {"task": "seeds/attribution", "features": "checks:attribution", "model": "logistic", "threshold": 0.5}
    save_bundle(parts, {**meta, "control_thresholds": dict.fromkeys(CONTROLS, 0.5)},
                tmp_path / "champions" / "seeds/attribution")  # fmt: skip
    return parts["champion"]


def evaluated(tmp_path, articles):
    return command.evaluate("seeds/attribution", write_records(tmp_path / "mine.jsonl", articles))


def test_the_report_has_the_promised_form(champion, tmp_path):
    report = evaluated(tmp_path, rows())
    assert set(report) >= {"task", "system", "n_items", "n_groups", "metrics", "controls"}
    assert (report["task"], report["system"]) == ("seeds/attribution", "checks:attribution / logistic")
    assert (report["n_items"], report["n_groups"]) == (24, 12)
    assert set(report["controls"]) == CONTROLS
    for figures in report["metrics"].values():
        assert set(figures) == {"score", "ci_low", "ci_high"}
    assert all(isinstance(v, float) for own in report["controls"].values() for v in own.values())
    json.dumps(report, allow_nan=False)


def test_the_figures_are_those_of_the_champion_at_its_threshold(champion, tmp_path):
    report = evaluated(tmp_path, rows())
    score = champion.score(rows())
    s = Scored(np.array([a.label for a in rows()]), score, (score >= 0.5).astype(float), np.full(24, -1))
    for name in ("roc_auc", "average_precision", "f1", "balanced_accuracy", "brier"):
        assert report["metrics"][name]["score"] == pytest.approx(point(name, s), abs=1e-5), name


def test_records_with_items_get_within_item_accuracy(champion, tmp_path):
    assert "within_item_accuracy" in evaluated(tmp_path, rows())["metrics"]
    alone = [replace(a, item=None) for a in rows()]
    assert "within_item_accuracy" not in evaluated(tmp_path, alone)["metrics"]


def test_graded_labels_get_rank_correlations_and_no_metric_of_two_classes(champion, tmp_path):
    graded = [replace(a, label=a.label * 3.5 + i % 3) for i, a in enumerate(rows())]
    metrics = evaluated(tmp_path, graded)["metrics"]
    assert {"spearman", "kendall", "within_item_accuracy"} <= set(metrics)
    assert not {"roc_auc", "f1", "brier", "average_precision", "balanced_accuracy"} & set(metrics)


def test_a_record_without_a_label_takes_it_from_its_findings(champion, tmp_path):
    blank = [replace(a, label=None) for a in rows()]
    assert evaluated(tmp_path, blank)["metrics"]["roc_auc"] == evaluated(tmp_path, rows())["metrics"]["roc_auc"]


def test_labels_of_one_class_leave_out_what_is_not_defined(champion, tmp_path):
    metrics = evaluated(tmp_path, [a for a in rows() if a.label])["metrics"]
    assert "roc_auc" not in metrics
    assert "f1" in metrics


def test_the_order_of_the_records_does_not_matter(champion, tmp_path):
    order = np.random.default_rng(0).permutation(24)
    assert evaluated(tmp_path, [rows()[i] for i in order]) == evaluated(tmp_path, rows())


def test_what_makes_figures_doubtful_is_told_and_the_run_goes_on(champion, tmp_path, capsys):
    twins = [replace(a, id=f"x{i}", group=None, item=None) for i, a in enumerate([*rows(), *rows()[:3]])]
    assert evaluated(tmp_path, twins)["n_items"] == 27
    told = capsys.readouterr().err
    assert "3 of 27 bodies occur more than once" in told
    assert "no record has a group; intervals treat every record as independent" in told


def test_no_row_no_file_no_model_are_told_with_the_next_step(champion, tmp_path, monkeypatch):
    with pytest.raises(UsageError, match=r"holds no record; one article a line is expected"):
        command.evaluate("seeds/attribution", write_records(tmp_path / "mine.jsonl", []))
    with pytest.raises(UsageError, match=r"nowhere\.jsonl does not exist"):
        command.evaluate("seeds/attribution", tmp_path / "nowhere.jsonl")
    monkeypatch.setenv("NEWSPROOF_MODELS", str(tmp_path / "none"))
    with pytest.raises(UsageError, match=r"Train the task first: python -m experiments.train --task seeds/attribution"):
        evaluated(tmp_path, rows())


def test_the_command_prints_json_and_nothing_else(trained, tmp_path):
    path = write_records(tmp_path / "mine.jsonl", rows())
    out, _ = trained.run("experiments.evaluate", "--task", "seeds/attribution", "--data", path, "--format", "json")
    report = json.loads(out)
    assert report["n_items"] == 24
    assert set(report["controls"]) == set(TASKS["seeds/attribution"].controls)
    out, _ = trained.run("experiments.evaluate", "--task", "seeds/attribution", "--data", path)
    assert "seeds/attribution: checks:attribution / logistic, n = 24 in 12 groups" in out


def test_the_scores_of_a_champion_depend_on_the_record_alone(trained, monkeypatch):
    """Neither order nor company of the rows, nor label, group or other rows' findings, move a score."""
    monkeypatch.setenv("NEWSPROOF_MODELS", str(trained.folder / "champions"))
    parts, _ = load_bundle(trained.folder / "champions" / "seeds/attribution")
    order = np.random.default_rng(0).permutation(24)
    for name, scorer in parts.items():
        together = scorer.score(rows())
        alone = np.array([scorer.score([a])[0] for a in rows()])
        shuffled = scorer.score([rows()[i] for i in order])
        bare = scorer.score([Article(a.id, a.language, a.headline, a.body, a.source, a.byline, a.outlet, a.url,
                                     a.published) for a in rows()])  # fmt: skip
        assert np.allclose(alone, together, atol=1e-12), name
        assert np.allclose(shuffled, together[order], atol=1e-12), name
        assert np.allclose(bare, together, atol=1e-12), name
