"""Every run in MLflow. The only module that imports mlflow.

One parent run a command, one child run a (task, features, model). A child holds what the board
is made of, so that the board can be rebuilt from the store alone.
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import json
import logging
import os
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import numpy as np

from data.records import finding_to_record
from data.schema import Finding
from experiments import plots, predictions
from experiments.board import Entry, Row
from models.persistence import TRUSTED

STORE: Final = Path("mlruns")
_EXPERIMENT: Final = "newsproof"
_KIND: Final = "newsproof.kind"
_REQUIREMENTS: Final = ("newsproof", "scikit-learn", "skops", "wordfreq", "simplemma")


def mlflow_ready() -> ModuleType:
    """Mlflow with store and experiment set; the store is made at first use.

    ``MLFLOW_TRACKING_URI`` and ``MLFLOW_EXPERIMENT_NAME`` are honoured. Two processes that make the store at
    once wait for each other.
    """
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    import mlflow

    logging.getLogger("mlflow").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", module="mlflow")
    own = "MLFLOW_TRACKING_URI" not in os.environ
    if own:
        STORE.mkdir(exist_ok=True)
        # A training beside this one may hold the database for a moment.
        mlflow.set_tracking_uri(f"sqlite:///{STORE / 'mlflow.db'}?timeout=120")
    with _writing(mlflow):
        name = os.environ.get("MLFLOW_EXPERIMENT_NAME", _EXPERIMENT)
        if mlflow.get_experiment_by_name(name) is None:
            place = (STORE / "artifacts").resolve().as_uri() if own else None
            with contextlib.suppress(mlflow.exceptions.MlflowException):  # another process was faster
                mlflow.create_experiment(name, artifact_location=place)
        mlflow.set_experiment(name)
    return mlflow


@contextlib.contextmanager
def _writing(mlflow: ModuleType) -> Iterator[None]:
    """One writer at a time where the store is a SQLite file; not to be nested.

    SQLite refuses a transaction at once, whatever its timeout, that has read what another has since written.
    """
    if not mlflow.get_tracking_uri().startswith("sqlite"):
        yield
        return
    STORE.mkdir(exist_ok=True)
    with (STORE / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def command_run(name: str, params: dict[str, Any]) -> Iterator[str]:
    """Parent run of a command; it is marked as failed when the command is."""
    mlflow = mlflow_ready()
    with _writing(mlflow):
        run = mlflow.start_run(run_name=name, tags={_KIND: "command"})
        mlflow.log_params(params)
    status = "FAILED"
    try:
        yield str(run.info.run_id)
        status = "FINISHED"
    finally:
        with _writing(mlflow):
            mlflow.end_run(status)


@dataclass(frozen=True, slots=True)
class Logged:
    """A finished child run and its model."""

    run_id: str
    model_uri: str


def log_system(
    entries: list[Entry],
    rows: list[Row],
    model: Any,
    params: dict[str, Any],
    seconds: float,
    found: Mapping[str, list[list[Finding]]] | None = None,
) -> Logged:
    """Write one child run: parameters, figures with intervals, data, predictions, weights, plots, model."""
    mlflow = mlflow_ready()
    entry = entries[0]
    tags = {_KIND: "system", "task": entry.task, "axis": entry.axis, "language": entry.language, "system": entry.system}
    tags |= {
        "features": entry.features,
        "model": entry.model,
        "control": entry.control or "no",
        "version": entry.version,
    }
    name = f"{entry.task} · {entry.system}"
    with _writing(mlflow), mlflow.start_run(run_name=name, nested=True, tags=tags) as run:
        mlflow.log_params({**params, "task": entry.task, "features": entry.features, "model": entry.model})
        figures = {"seconds": seconds}
        for row in rows:
            key = f"{row.entry.split}.{row.metric}"
            figures |= {key: row.score, f"{key}.ci_low": row.ci_low, f"{key}.ci_high": row.ci_high}
        # One name over all tasks, so that the comparison of runs has a column to sort by.
        first = next((row for row in rows if row.entry.split == entry.split), None)
        figures |= {"headline": first.score} if first is not None else {}
        mlflow.log_metrics({key: value for key, value in figures.items() if np.isfinite(value)})
        for own in entries:
            _log_part(mlflow, own)
        for part, spans in (found or {}).items():
            lines = (json.dumps([finding_to_record(f) for f in own], ensure_ascii=False) for own in spans)
            mlflow.log_text("\n".join(lines) + "\n", f"found-{part}.jsonl")
        _log_weights(mlflow, model)
        model_uri = _log_model(mlflow, model) if model is not None and not entry.control else ""
        # Written last: a run without it was not finished and is not read.
        mlflow.log_dict([_described(own) for own in entries], "entries.json")
    return Logged(str(run.info.run_id), model_uri)


def _described(entry: Entry) -> dict[str, Any]:
    names = [name for name in Entry.__slots__ if name != "predictions"]
    return {name: getattr(entry, name) for name in names}


def _log_part(mlflow: ModuleType, entry: Entry) -> None:
    import pandas as pd

    p = entry.predictions
    frame = pd.DataFrame({"id": p.ids, "group": p.groups, "label": p.labels})
    data = mlflow.data.from_pandas(frame, name=f"{entry.task} {entry.split}", digest=entry.data_sha256[:16])
    mlflow.log_input(data, context=entry.split)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"predictions-{entry.split}.csv"
        predictions.write(p, path)
        mlflow.log_artifact(str(path))
    draw = plots.classification if set(np.unique(p.labels)) <= {0.0, 1.0} else plots.ranking
    mlflow.log_figure(
        draw(p, f"{entry.task}, {entry.split}: {entry.system} (n = {len(p.ids)})"), f"plots-{entry.split}.png"
    )


def _log_weights(mlflow: ModuleType, model: Any) -> None:
    weights = model.weights() if hasattr(model, "weights") else []
    if weights:
        lines = [
            "column,weight",
            *(f"{json.dumps(name, ensure_ascii=False)},{weight:.6g}" for name, weight in weights[:2000]),
        ]
        mlflow.log_text("\n".join(lines) + "\n", "weights.csv")


def _log_model(mlflow: ModuleType, model: Any) -> str:
    import pandas as pd

    example = pd.DataFrame({"id": ["a1"], "language": ["de"], "headline": ["Titel"], "body": ["Ein Satz."]})
    info = mlflow.sklearn.log_model(
        model,
        name="model",
        serialization_format="skops",
        skops_trusted_types=list(TRUSTED),
        pip_requirements=list(_REQUIREMENTS),
        signature=mlflow.models.infer_signature(example, np.array([0.5])),
    )
    return str(info.model_uri)


def register_champion(task: str, logged: Logged) -> None:
    """Register a run's model under the task's name with the alias ``champion``."""
    mlflow = mlflow_ready()
    name = f"newsproof-{task.replace('/', '-')}"
    quiet = contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO())
    with _writing(mlflow), quiet[0], quiet[1]:
        version = mlflow.register_model(logged.model_uri, name)
        mlflow.MlflowClient().set_registered_model_alias(name, "champion", version.version)


def tracked_entries() -> list[Entry]:
    """The latest finished entry of each (task, split, system), of the newest data of its task and split."""
    mlflow = mlflow_ready()
    newest: dict[tuple[str, str, str], Entry] = {}
    data: dict[tuple[str, str], str] = {}
    runs = mlflow.search_runs(
        filter_string=f"tags.`{_KIND}` = 'system' and attributes.status = 'FINISHED'",
        order_by=["attributes.start_time DESC"],
        output_format="list",
    )
    for run in runs:
        for entry in _entries_of(mlflow, run.info.run_id):
            place = (entry.task, entry.split)
            if data.setdefault(place, entry.data_sha256) == entry.data_sha256:
                newest.setdefault((*place, entry.system), entry)
    return list(newest.values())


def _entries_of(mlflow: ModuleType, run_id: str) -> Iterator[Entry]:
    try:
        folder = Path(mlflow.artifacts.download_artifacts(run_id=run_id))
        described = json.loads((folder / "entries.json").read_text(encoding="utf-8"))
    except (OSError, mlflow.exceptions.MlflowException):
        # Artifacts removed by hand: the run has nothing to tell.
        return
    for values in described:
        values["metrics"] = tuple(values["metrics"])
        path = folder / f"predictions-{values['split']}.csv"
        yield Entry(**values, predictions=predictions.read(path))
