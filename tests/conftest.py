"""What tests share: a short way to an article, and a workplace in which commands run for real."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from data.cache import MissingCorpus
from data.records import article_to_record
from data.schema import Article
from features.text import analyse

ROOT = Path(__file__).resolve().parent.parent

# The same examples each time: a red test is red for everybody. No deadline: the machine may be busy.
settings.register_profile("newsproof", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("newsproof")


def de(body="", headline=None, **fields):
    """Analyse a German article."""
    return analyse(Article("a", "de", headline, body, **fields))


def en(body="", headline=None, **fields):
    """Analyse an English article."""
    return analyse(Article("a", "en", headline, body, **fields))


def write_records(path, articles):
    """Write articles as JSONL, without any check, so that faulty ones can be written, too."""
    lines = [json.dumps(article_to_record(a) if isinstance(a, Article) else a) for a in articles]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@dataclass
class Workplace:
    """A folder with its own MLflow store and champions; commands run in processes of their own."""

    folder: Path

    @property
    def env(self):
        own = {
            "MLFLOW_TRACKING_URI": f"sqlite:///{self.folder / 'mlflow.db'}?timeout=120",
            "NEWSPROOF_MODELS": str(self.folder / "champions"),
            "MLFLOW_DISABLE_TELEMETRY": "true",
            "OMP_NUM_THREADS": "1",
            "PYTHONPATH": str(ROOT),
            # Without it, an English user's machine decides how rich breaks lines.
            "COLUMNS": "200",
        }
        return {**os.environ, **own}

    @property
    def board(self):
        return self.folder / "leaderboard.csv"

    def start(self, *arguments):
        """Start ``python -m ...`` without waiting."""
        return subprocess.Popen(
            [sys.executable, "-m", *map(str, arguments)],
            cwd=self.folder,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, *arguments, code=0):
        """Run ``python -m ...``, compare its exit code, and give its output."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=300)
        assert process.returncode == code, f"exit code {process.returncode}\n{out}\n{err}"
        return out, err

    def train(self, *arguments, code=0):
        """Train on the seeds with little: one repeat, the checks, logistic regression."""
        return self.run("experiments.train", *SMALL, "--leaderboard", self.board, *arguments, code=code)

    def python(self, source):
        """Run a piece of Python and give what it prints."""
        done = subprocess.run(
            [sys.executable, "-c", source],
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


#: The smallest training that is a real one.
SMALL = ("--task", "seeds/attribution", "--model", "logistic", "--features", "checks:attribution", "--repeats", "1",
         "--jobs", "1")  # fmt: skip


@pytest.fixture
def workplace(tmp_path):
    return Workplace(tmp_path)


@pytest.fixture(scope="session")
def trained(tmp_path_factory, worker_id):
    """A workplace with one finished training of seeds/attribution; to be read, not to be changed.

    Trained once, by the first of the processes of pytest-xdist that asks for it; the others wait.
    """
    base = tmp_path_factory.getbasetemp()
    place = Workplace((base if worker_id == "master" else base.parent) / "trained")
    with FileLock(f"{place.folder}.lock"):
        if not place.folder.exists():
            place.folder.mkdir()
            place.train()
    assert place.board.exists(), "the training that these tests read has failed"
    return place


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Skip a test whose corpus is not here: blocks that learn from public corpora are tested where these are."""
    try:
        return (yield)
    except MissingCorpus as missing:
        pytest.skip(str(missing))
