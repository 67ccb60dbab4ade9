"""Training for real: into a real MLflow store, in processes of their own, also two at once and one that is killed."""

import csv
import json
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request

import pytest
from conftest import SMALL, Workplace

from data.tasks import TASKS

TASK = TASKS["seeds/attribution"]
SYSTEM = "checks:attribution / logistic"
CHILDREN = {f"control: {name}" for name in TASK.controls} | {SYSTEM}


def board(place):
    with place.board.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def systems(place):
    return {row["system"] for row in board(place)}


def query(place, statement):
    with sqlite3.connect(place.folder / "mlflow.db", timeout=60) as store:
        return store.execute(statement).fetchall()


def children(place, status="FINISHED"):
    """System names of the child runs in the store, with repetition."""
    rows = query(
        place,
        "select t.value from runs r join tags t on t.run_uuid = r.run_uuid "
        f"where t.key = 'system' and r.status = '{status}'",
    )
    return sorted(value for (value,) in rows)


def test_the_board_has_every_system_and_metric_with_an_interval(trained):
    assert systems(trained) == CHILDREN
    mine = {row["metric"]: row for row in board(trained) if row["system"] == SYSTEM}
    assert list(mine) == [m.replace("/", "_") for m in TASK.metrics]
    for row in mine.values():
        assert float(row["ci_low"]) <= float(row["score"]) <= float(row["ci_high"])
    assert mine["roc_auc"]["beats_control"] in ("yes", "no")
    assert mine["roc_auc"]["split"] == "cv"


def test_the_store_has_a_parent_run_and_a_child_for_every_system(trained):
    assert children(trained) == sorted(CHILDREN)
    kinds = query(trained, "select value, count(*) from tags where key = 'newsproof.kind' group by value")
    assert dict(kinds) == {"command": 1, "system": len(CHILDREN)}
    parents = query(trained, "select count(distinct value) from tags where key = 'mlflow.parentRunId'")
    assert parents == [(1,)]
    assert query(trained, "select distinct status from runs") == [("FINISHED",)]


def test_a_run_has_figures_parameters_data_predictions_weights_plots_and_the_model(trained):
    (run_id,) = next(iter(query(trained, f"select run_uuid from tags where key = 'system' and value = '{SYSTEM}'")))
    metrics = {key for (key,) in query(trained, f"select key from metrics where run_uuid = '{run_id}'")}
    assert {"cv.roc_auc", "cv.roc_auc.ci_low", "cv.roc_auc.ci_high", "seconds"} <= metrics
    params = dict(query(trained, f"select key, value from params where run_uuid = '{run_id}'"))
    assert (params["task"], params["model"], params["repeats"]) == (TASK.name, "logistic", "1")
    assert query(trained, f"select count(*) from inputs where destination_id = '{run_id}'") != [(0,)]
    (folder,) = trained.folder.glob(f"mlruns/*/{run_id}/artifacts")
    assert {"entries.json", "plots-cv.png", "predictions-cv.csv", "weights.csv"} <= {p.name for p in folder.iterdir()}
    kinds = {p.name for p in trained.folder.glob("mlruns/*/models/*/artifacts/*")}
    assert "model.skops" in kinds
    assert not [name for name in kinds if name.endswith((".pkl", ".pickle", ".joblib"))]


def test_the_champion_is_registered_under_its_alias(trained):
    assert query(trained, "select name, alias from registered_model_aliases") == [
        ("newsproof-seeds-attribution", "champion")
    ]


def test_the_champion_is_read_without_mlflow_torch_or_datasets(trained):
    out = trained.python(
        "import sys, json\n"
        "from data.schema import Article\n"
        "from models.persistence import load_bundle, models_dir\n"
        "parts, meta = load_bundle(models_dir() / 'seeds/attribution')\n"
        "score = parts['champion'].score([Article('a', 'de', body='Er sagte: „Ja.')])[0]\n"
        "heavy = sorted(m for m in ('mlflow', 'torch', 'datasets', 'sentence_transformers') if m in sys.modules)\n"
        "print(json.dumps([meta, score, heavy, sorted(parts)]))\n"
    )
    meta, score, heavy, parts = json.loads(out)
    assert heavy == []
    assert 0 <= score <= 1
    assert parts == ["champion", *sorted(f"control: {name}" for name in TASK.controls)]
    assert (meta["task"], meta["features"], meta["model"]) == (TASK.name, "checks:attribution", "logistic")
    assert set(meta["control_thresholds"]) == set(TASK.controls)


def test_two_trainings_give_the_same_bytes(trained, tmp_path):
    again = Workplace(tmp_path)
    again.train()
    assert again.board.read_bytes() == trained.board.read_bytes()


@pytest.mark.slow
def test_two_trainings_at_once_both_end_well(trained, tmp_path):
    place = Workplace(tmp_path)
    both = [place.start("experiments.train", *SMALL, "--leaderboard", place.board) for _ in range(2)]
    ends = [(*process.communicate(timeout=300), process.returncode) for process in both]
    assert [code for *_, code in ends] == [0, 0], ends
    assert children(place) == sorted([*CHILDREN, *CHILDREN])
    assert place.board.read_bytes() == trained.board.read_bytes()
    place.python("from models.persistence import *; load_bundle(models_dir() / 'seeds/attribution')")


@pytest.mark.slow
def test_a_training_that_is_killed_leaves_its_finished_runs_and_the_old_board(trained, tmp_path):
    place = Workplace(tmp_path)
    place.board.write_text("the old board\n", encoding="utf-8")
    process = place.start("experiments.train", *SMALL, "--leaderboard", place.board)
    deadline = time.monotonic() + 240
    while len(finished := _finished(place)) < 2:
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert place.board.read_text(encoding="utf-8") == "the old board\n"
    assert len(finished) < len(CHILDREN)
    assert set(finished) <= set(children(place))
    # What was finished can be ranked; the next training completes, and what is there twice is not doubled.
    place.run("experiments.leaderboard", "--leaderboard", place.board)
    assert set(finished) <= systems(place) < CHILDREN | {None}
    place.train()
    assert place.board.read_bytes() == trained.board.read_bytes()


def _finished(place):
    try:
        return children(place)
    except sqlite3.OperationalError:  # the store is not there yet
        return []


def test_a_name_and_a_store_of_the_users_own_are_honoured(trained):
    assert query(trained, "select name from experiments where name = 'newsproof'") == [("newsproof",)]
    assert (trained.folder / "mlflow.db").exists()
    assert not (trained.folder / "mlruns" / "mlflow.db").exists()


@pytest.mark.slow
def test_the_ui_lists_the_runs(trained):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    store = f"sqlite:///{trained.folder / 'mlflow.db'}"
    command = [sys.executable, "-m", "mlflow", "ui", "--backend-store-uri", store, "--host", "127.0.0.1"]
    with subprocess.Popen(
        [*command, "--port", str(port), "--workers", "1"],
        cwd=trained.folder,
        env=trained.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            page = _ask(address, deadline=time.monotonic() + 120)
            assert b"<title>MLflow" in page
            experiments = json.loads(_ask(f"{address}/api/2.0/mlflow/experiments/search?max_results=10"))
            number = next(e["experiment_id"] for e in experiments["experiments"] if e["name"] == "newsproof")
            question = json.dumps({"experiment_ids": [number], "max_results": 50}).encode()
            found = json.loads(_ask(f"{address}/api/2.0/mlflow/runs/search", question))
            names = {run["info"]["run_name"] for run in found["runs"]}
            assert {f"{TASK.name} · {name}" for name in CHILDREN} < names
        finally:
            _stop(server)


def _ask(address, body=None, deadline=0.0):
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.read()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


def _stop(server):
    """End the server with the workers of its own session, and no other process."""
    import os

    os.killpg(server.pid, signal.SIGTERM)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=20)
