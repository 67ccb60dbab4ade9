"""``python -m experiments.bench``: articles a second and peak memory of every step, written to docs/bench.md.

Times are CPU seconds of one process, so that other work on the machine does not count; two processes are measured
by the clock. Articles are the seeds' own, shuffled and joined to 400 words, German and English mixed.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

WORDS: Final = 400
_FEATURES: Final = ("checks", "stylometry", "typography", "words", "chars", "sayings")
_MODELS: Final = ("logistic", "svm", "boosting")


@dataclass(frozen=True, slots=True)
class Measured:
    """A step: articles, CPU seconds, and what part of the run it belongs to."""

    step: str
    articles: int
    seconds: float

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds if self.seconds else float("inf")


def articles(number: int, seed: int = 0) -> Iterator[Any]:
    """Articles of about `WORDS` words, made of paragraphs of the seeds in random order; a stream, all different."""
    from data.schema import Article
    from data.seeds import load

    rng = random.Random(seed)
    paragraphs: dict[str, list[str]] = {}
    for article in load():
        paragraphs.setdefault(article.language, []).extend(p for p in article.body.split("\n") if p.strip())
    languages = sorted(paragraphs)
    for i in range(number):
        language, parts, words = languages[i % len(languages)], list[str](), 0
        while words < WORDS:
            parts.append(rng.choice(paragraphs[language]))
            words += len(parts[-1].split())
        yield Article(str(i), language, parts[0][:80], "\n\n".join(parts))


def timed(step: str, number: int, run: Callable[[], object]) -> Measured:
    """CPU time of a step."""
    started = time.process_time()
    run()
    return Measured(step, number, time.process_time() - started)


def steps(number: int) -> list[Measured]:
    """Tokenising, analysis, the checks of each axis, rules end to end."""
    from data.schema import Axis
    from experiments.scoring import ArticleScorer
    from features.checks import CHECKS, run_checks
    from features.text import analyse

    texts = list(articles(number))
    # What is loaded at the first use, or after some thousand words, is no cost of an article.
    ArticleScorer().score(list(articles(150, seed=9)))
    found = [timed("tokenise", number, lambda: [(analyse(a).body.tokens, analyse(a).headline.tokens) for a in texts])]
    analyses = [analyse(a) for a in texts]

    def analysis() -> None:
        for a in analyses:
            for kind in ("lower", "n_words", "sentences", "quotations", "figures", "dates"):
                getattr(a.body, kind)

    found.append(timed("analysis", number, analysis))
    for axis in Axis:
        own = {name: check for name, check in CHECKS.items() if check.axis == axis}
        found.append(timed(f"checks: {axis}", number, lambda own=own: [run_checks(a, own) for a in analyses]))  # type: ignore[misc]
    rules = ArticleScorer()
    found.append(timed("rules, end to end", number, lambda: list(rules.stream(texts))))
    return found


def features_and_models(number: int) -> list[Measured]:
    """Each feature block on analysed articles whose checks are done, and each model on checks and characters."""
    import numpy as np

    from features.blocks import build_features
    from features.checks import findings_of
    from features.text import analyse
    from models.scorer import Scorer

    analyses = [analyse(a) for a in articles(number)]
    for analysis in analyses:
        findings_of(analysis)
    half, found = analyses[: number // 2], []
    labels = (np.arange(len(half)) % 2).astype(np.float64)
    for name in _FEATURES:
        block = build_features(name).fit(half, labels)
        rest = analyses[number // 2 :]
        found.append(timed(f"features: {name}", len(rest), lambda b=block, r=rest: b.transform(r)))  # type: ignore[misc]
    for name in _MODELS:
        scorer = Scorer("checks+chars", name).fit(half, labels)
        fresh = [analyse(a) for a in articles(number // 2, seed=1)]
        found.append(timed(f"checks+chars / {name}, end to end", len(fresh), lambda s=scorer, f=fresh: s.score(f)))  # type: ignore[misc]
    return found


def trained(number: int) -> list[Measured]:
    """End to end with the champions that are there."""
    from experiments.scoring import ArticleScorer, load_models
    from models.persistence import models_dir

    models, _ = load_models(models_dir())
    if not models:
        return []
    scorer = ArticleScorer(models)
    scorer.score(list(articles(10)))
    texts = list(articles(number))
    names = ", ".join(f"{m.scorer.features} / {m.scorer.model}" for m in models.values())
    return [timed(f"champions ({names}), end to end", number, lambda: list(scorer.stream(texts)))]


def growth(number: int) -> tuple[float, int]:
    """CPU seconds and peak memory (MB) of scoring a stream by rules, in this process."""
    from experiments.scoring import ArticleScorer

    scorer = ArticleScorer()
    list(scorer.stream(articles(300, seed=9)))
    started = time.process_time()
    for _ in scorer.stream(articles(number)):
        pass
    return time.process_time() - started, peak()


def peak() -> int:
    """Peak memory of this process in MB. ``ru_maxrss`` would count the parent as it was at the fork."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text(encoding="ascii").partition("VmHWM:")[2].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def in_processes(number: int, processes: int) -> float:
    """Articles a second by the clock when each process scores ``number`` articles of its own."""
    command = [sys.executable, "-m", "experiments.bench", "--grow", str(number)]
    started = time.perf_counter()
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(processes)]
    for process in running:
        process.wait()
    return processes * number / (time.perf_counter() - started)


@app.command()
def main(
    out: Annotated[Path, typer.Option(help="where the table is written")] = Path("docs/bench.md"),
    number: Annotated[int, typer.Option(min=20, help="articles of each step")] = 600,
    sizes: Annotated[str, typer.Option(help="numbers of articles for the growth")] = "1000,10000,100000",
    grow: Annotated[int | None, typer.Option(help="only score this many articles; prints seconds and MB")] = None,
) -> None:
    """Measure speed and memory and write the table and a plot."""
    from experiments.report.bench import table

    if grow is not None:
        seconds, megabytes = growth(grow)
        typer.echo(f"{seconds:.3f} {megabytes}")
        return
    found = [*steps(number), *features_and_models(number), *trained(number)]
    rows = []
    for size in (int(s) for s in sizes.split(",")):
        told = subprocess.run(
            [sys.executable, "-m", "experiments.bench", "--grow", str(size)], capture_output=True, text=True, check=True
        ).stdout.split()
        rows.append((size, float(told[0]), int(told[1])))
    processes = {n: in_processes(number * 2, n) for n in (1, 2)}
    out.parent.mkdir(exist_ok=True)
    out.write_text(table(found, rows, processes, out.with_suffix(".png")), encoding="utf-8")
    typer.echo(out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    app()
