"""The commands: help at once, every mistake in one line with exit code 2, nothing half-written."""

import importlib
import json

import pytest
from conftest import SMALL, write_records
from small_rows import rows
from typer.testing import CliRunner

from data.schema import Article
from data.tasks import TASKS
from data.tasks import task as task_module
from experiments import train

COMMANDS = ("experiments.train", "experiments.evaluate", "experiments.leaderboard", "experiments.score",
            "data.download")  # fmt: skip
HEAVY = ("torch", "mlflow", "sklearn", "datasets", "pandas", "sentence_transformers", "matplotlib")


@pytest.mark.parametrize("module", COMMANDS)
def test_help_loads_no_heavy_library(workplace, module):
    source = (
        "import runpy, sys, json, io, contextlib\n"
        f"sys.argv = ['x', '--help']\n"
        "out = io.StringIO()\n"
        "with contextlib.redirect_stdout(out):\n"
        "    try:\n"
        f"        runpy.run_module({module!r}, run_name='__main__')\n"
        "    except SystemExit as end:\n"
        "        code = end.code\n"
        f"print(json.dumps([code, [m for m in {HEAVY!r} if m in sys.modules], out.getvalue()]))\n"
    )
    code, heavy, text = json.loads(workplace.python(source))
    assert code in (0, None)
    assert heavy == []
    assert "Usage" in text or "usage" in text


#: Arguments of a command -> what it says.
MISTAKES = {
    "suite": (("experiments.train", "--suite", "seed"), "No suite 'seed'. Did you mean 'seeds'?"),
    "task": (("experiments.train", "--task", "seeds/factal"), "No task 'seeds/factal'. Did you mean 'seeds/factual'?"),
    "model": (
        ("experiments.train", "--task", "seeds/factual", "--model", "logistik"),
        "No model 'logistik'. Did you mean 'logistic'?",
    ),
    "option of a model": (
        ("experiments.train", "--task", "seeds/factual", "--model", "logistic:C=big"),
        "Model 'logistic:C=big': options are written name:option=number",
    ),
    "features": (
        ("experiments.train", "--task", "seeds/factual", "--features", "wordz"),
        "No feature block 'wordz'. Did you mean 'words'?",
    ),
    "axis of checks": (
        ("experiments.train", "--task", "seeds/factual", "--features", "checks:factul"),
        "No axis 'factul'. Did you mean 'factual'?",
    ),
    "folder of the board": (
        (*("experiments.train", *SMALL), "--leaderboard", "no/such/board.csv"),
        "no/such is no folder; make it, or give --leaderboard a path in one that exists.",
    ),
    "missing corpus": (
        ("experiments.train", "--task", "factual/grounded-en"),
        "Run: python -m data.download defacto",
    ),
    "task to evaluate": (
        ("experiments.evaluate", "--task", "seeds/factal", "--data", "x.jsonl"),
        "No task 'seeds/factal'. Did you mean 'seeds/factual'?",
    ),
    "no champion": (
        ("experiments.evaluate", "--task", "seeds/factual", "--data", "good.jsonl"),
        "Train the task first: python -m experiments.train --task seeds/factual",
    ),
    "format": (
        ("experiments.evaluate", "--task", "seeds/factual", "--data", "good.jsonl", "--format", "xml"),
        "--format must be text or json, got 'xml'.",
    ),
    "wrong field": (
        ("experiments.evaluate", "--task", "seeds/factual", "--data", "field.jsonl"),
        "field.jsonl:2: field 'headline': expected a text, got 7",
    ),
    "NaN label": (
        ("experiments.evaluate", "--task", "seeds/factual", "--data", "nan.jsonl"),
        "nan.jsonl:2: field 'label': expected a finite number or null, got nan",
    ),
    "duplicate id": (
        ("experiments.evaluate", "--task", "seeds/factual", "--data", "twice.jsonl"),
        "twice.jsonl:2: field 'id': 'a0-0' occurs twice; an id must be unique in a file",
    ),
    "bad span": (
        ("experiments.evaluate", "--task", "seeds/factual", "--data", "span.jsonl"),
        "span.jsonl:2: field 'findings': span 0..9999 is not inside the body",
    ),
    "empty file": (
        ("experiments.evaluate", "--task", "seeds/factual", "--data", "empty.jsonl"),
        "empty.jsonl holds no record; one article a line is expected.",
    ),
    "binary file": (
        ("experiments.evaluate", "--task", "seeds/factual", "--data", "binary.jsonl"),
        "binary.jsonl:1: field '(record)': not JSON",
    ),
    "file of no known kind": (
        ("experiments.evaluate", "--task", "seeds/factual", "--data", "table.xlsx"),
        "table.xlsx: cannot tell the format from the name; expected one of .jsonl",
    ),
    "unknown corpus": (("data.download", "defato"), "Did you mean 'defacto'?"),
}


@pytest.fixture
def mistaken(workplace):
    """A workplace with files that hold one mistake each, and without any corpus."""
    good, folder = rows()[0], workplace.folder
    write_records(folder / "good.jsonl", rows())
    write_records(folder / "field.jsonl", [good, {"id": "b", "language": "de", "body": "T", "headline": 7}])
    write_records(folder / "nan.jsonl", [good, {"id": "b", "language": "de", "body": "T", "label": float("nan")}])
    write_records(folder / "twice.jsonl", [good, good])
    span = {"axis": "factual", "kind": "number", "part": "body", "start": 0, "end": 9999}
    write_records(folder / "span.jsonl", [good, {"id": "b", "language": "de", "body": "T", "findings": [span]}])
    (folder / "empty.jsonl").write_text("", encoding="utf-8")
    (folder / "binary.jsonl").write_bytes(bytes(range(256)))
    (folder / "table.xlsx").write_bytes(b"PK\x03\x04")
    return workplace


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_is_told_in_one_line_with_exit_code_2(mistaken, what, monkeypatch):
    arguments, problem = MISTAKES[what]
    monkeypatch.setenv("NEWSPROOF_CACHE", str(mistaken.folder / "cache"))
    monkeypatch.delenv("NEWSPROOF_MIRROR", raising=False)
    monkeypatch.setenv("NEWSPROOF_MODELS", str(mistaken.folder / "champions"))
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{mistaken.folder / 'mlflow.db'}")
    monkeypatch.chdir(mistaken.folder)
    before = {p.name for p in mistaken.folder.iterdir()}
    module, *options = arguments
    result = CliRunner().invoke(importlib.import_module(module).app, options)
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 2
    assert problem in " ".join(result.stderr.split())
    left = {p.name for p in mistaken.folder.iterdir()} - before
    assert left <= {"cache"}, "nothing is half-written"


def test_a_process_ends_with_code_2_and_without_a_traceback(mistaken):
    _, err = mistaken.run("experiments.evaluate", "--task", "seeds/factual", "--data", "nan.jsonl", code=2)
    assert err == "Error: nan.jsonl:2: field 'label': expected a finite number or null, got nan\n"


class TestLeak:
    """A task whose parts share something stops before the first run."""

    @pytest.fixture
    def leaky(self, monkeypatch):
        def enter(**parts):
            made = task_module.Task(
                name="seeds/leaky", axis="factual", language="de", target=task_module.Target.CLASSIFY, corpora=(),
                split="", metrics=("roc_auc",), controls=("length",), rows=lambda: parts, article_level=True,
                systems=(task_module.System("length", "logistic"),),
            )  # fmt: skip
            monkeypatch.setitem(TASKS, "seeds/leaky", made)
            monkeypatch.setattr("experiments.tracking.command_run", lambda *a: pytest.fail("it went on"))
            return CliRunner().invoke(train.app, ["--task", "seeds/leaky"])

        return enter

    @pytest.mark.parametrize(
        ("dev", "problem"),
        [
            (Article("b", "de", body="Eins.", group="h"), "1 article(s) stand in both 'train' and 'dev'"),
            (Article("b", "de", body="Zwei.", group="g"), "1 group(s) stand in both 'train' and 'dev'"),
            (Article("a", "de", body="Zwei.", group="h"), "1 id(s) stand in both 'train' and 'dev'"),
        ],
    )
    def test_what_stands_on_both_sides_is_told_with_exit_code_2(self, leaky, dev, problem):
        result = leaky(train=[Article("a", "de", body="Eins.", group="g")], dev=[dev])
        assert result.exit_code == 2
        assert problem in result.stderr
