"""`python -m experiments.score` in a process of its own: exit codes, streams, and what it does not import."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (
    "Die Regierung hat am Montag ein Programm für die Gemeinden beschlossen. Laut Ministerin Eva Kern sollen zwölf "
    "Millionen Euro in neue Schulen fließen, und das soll auch für die Städte im Norden des Landes gelten."
)


@pytest.fixture
def score(tmp_path):
    def run(*arguments, given="", code=0, models=tmp_path / "none"):
        env = {**os.environ, "PYTHONPATH": str(ROOT), "NEWSPROOF_MODELS": str(models)}
        command = [sys.executable, "-m", "experiments.score", *map(str, arguments)]
        done = subprocess.run(command, cwd=tmp_path, env=env, input=given.encode(), capture_output=True, timeout=120)
        assert done.returncode == code, done.stderr.decode()
        return done.stdout.decode(), done.stderr.decode()

    return run


def test_rules_alone_are_told_and_the_object_is_whole(score):
    out, told = score("-", "--format", "json", given=f"Titel\n\n{TEXT}")
    assert told.startswith("No trained model: the rules alone decide")
    record = json.loads(out)
    assert (record["id"], record["language"], record["truncated"]) == ("-", "de", False)
    assert {axis["basis"] for axis in record["axes"].values()} == {"rules"}


def test_records_of_standard_input_are_told_apart_from_text(score):
    lines = [json.dumps({"id": str(i), "body": TEXT}) for i in range(3)] + ["{"]
    out, told = score("-", "--format", "jsonl", "--rules", given="\n".join(lines))
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["0", "1", "2"]
    assert "Error: -:4: field '(record)': not JSON" in told
    assert told.endswith("3 article(s) scored, 0 flagged, 1 not read.\n")


def test_the_exit_code_is_2_only_if_nothing_could_be_read(score, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert "nothing could be read" in score("none.txt", code=2)[1]
    assert "none.txt: does not exist" in score("none.txt", "a.txt", "--rules")[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "pdf"), "--format must be one of text, json, jsonl, csv, html, got 'pdf'."),
        (("--notes", "fr"), "--notes must be one of en, de, got 'fr'."),
        (("--source", "none.txt"), "--source none.txt: does not exist"),
        (("--settings", "none.toml"), "none.toml does not exist."),
        (("--out", "none/a.csv", "--format", "csv"), "none is no folder"),
    ],
)
def test_a_wrong_option_is_told(score, arguments, message):
    assert message in score("-", "--rules", *arguments, given=TEXT, code=2)[1]


def test_a_hostile_model_is_refused_by_name_and_rules_decide(score, tmp_path):
    folder = tmp_path / "models" / "seeds" / "factual"
    folder.mkdir(parents=True)
    (folder / "model-x.skops").write_bytes(b"\x80\x04cposix\nsystem\n")
    digest = hashlib.sha256((folder / "model-x.skops").read_bytes()).hexdigest()
    (folder / "model.json").write_text(json.dumps({"file": "model-x.skops", "sha256": digest}), encoding="utf-8")
    told = score("-", given=TEXT, models=tmp_path / "models")[1]
    assert "is no skops file (a pickle, or damaged); it is not opened" in told


def test_scoring_imports_neither_mlflow_nor_torch_nor_datasets():
    code = (
        "import sys; from experiments import inputs, output, score, scoring; from data.schema import Article; "
        f"scoring.ArticleScorer().score([Article('a', 'de', None, {TEXT!r})]); "
        "print(sorted({'mlflow', 'torch', 'datasets', 'sklearn', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "[]", done.stderr
