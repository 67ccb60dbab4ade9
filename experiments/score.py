"""``python -m experiments.score``: judge articles and show why."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from data.schema import Article
    from experiments.scoring import ArticleScorer, Scored
    from experiments.settings import Settings

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    inputs: Annotated[list[str], typer.Argument(help="text, Markdown, HTML, JSONL, CSV, Parquet, a folder, or -")],
    format: Annotated[str, typer.Option(help="text, json, jsonl (one object an article), csv or html")] = "text",
    out: Annotated[Path | None, typer.Option(help="file to write (html: a folder for several articles)")] = None,
    source: Annotated[Path | None, typer.Option(help="document that the article must not contradict")] = None,
    language: Annotated[str | None, typer.Option(help="de or en; by default what the input says or shows")] = None,
    input_format: Annotated[str | None, typer.Option(help="text, markdown, html, jsonl, csv or parquet")] = None,
    notes: Annotated[str | None, typer.Option(help="language of the notes: de or en")] = None,
    settings: Annotated[Path | None, typer.Option(help="newsproof.toml of a team")] = None,
    rules: Annotated[bool, typer.Option("--rules", help="use no trained model")] = False,
) -> None:
    """Score articles for translation artifacts, factual inconsistencies and source attribution."""
    from experiments.errors import told

    with told():
        failed = run(inputs, format, out, source, language, input_format, notes, settings, rules)
    if failed:
        raise SystemExit(2)


def run(
    inputs: list[str],
    format: str,
    out: Path | None,
    source: Path | None,
    language: str | None,
    input_format: str | None,
    notes: str | None,
    settings: Path | None,
    rules: bool,
) -> bool:
    """Carry the command out; whether nothing at all could be read.

    Raises
    ------
    UsageError
        For an option that cannot be.
    """
    from experiments import inputs as reading

    _check(format, language, input_format)
    chosen = _settings(settings, notes)
    problems: list[reading.Problem] = []

    def report(problem: reading.Problem) -> None:
        problems.append(problem)
        typer.echo(f"{'Warning' if problem.warning else 'Error'}: {problem}", err=True)

    articles = reading.read(inputs, report, language, input_format)
    if source is not None:
        articles = _with_source(articles, _source_text(source))
    first = next(articles, None)
    if first is None:
        typer.echo("Error: nothing could be read.", err=True)
        return True
    counted = _Count()
    scored = counted(_scorer(chosen, rules).stream(_joined(first, articles)))
    _write(format, scored, out, chosen)
    errors = sum(not p.warning for p in problems)
    if counted.n > 1 or errors:
        typer.echo(f"{counted.n} article(s) scored, {counted.failed} flagged, {errors} not read.", err=True)
    return False


class _Count:
    """How many results passed, and how many of them are flagged with an error."""

    n = failed = 0

    def __call__(self, results: Iterable[Scored]) -> Iterator[Scored]:
        for result in results:
            self.n += 1
            self.failed += bool(result.error)
            if result.error:
                typer.echo(f"Error: {result.article.id}: {result.error}", err=True)
            yield result


def _check(format: str, language: str | None, input_format: str | None) -> None:
    from experiments.errors import UsageError
    from experiments.inputs import KINDS

    if format not in FORMATS:
        raise UsageError(f"--format must be one of {', '.join(FORMATS)}, got {format!r}.")
    if input_format is not None and input_format not in KINDS.values():
        known = ", ".join(dict.fromkeys(KINDS.values()))
        raise UsageError(f"--input-format must be one of {known}, got {input_format!r}.")
    if language is not None and not (language.isascii() and language.islower() and 2 <= len(language) <= 3):
        raise UsageError(f"--language must be an ISO 639-1 code such as de or en, got {language!r}.")


def _settings(path: Path | None, notes: str | None) -> Settings:
    from dataclasses import replace

    from experiments.errors import UsageError
    from experiments.settings import NOTES, find

    chosen = find(path)
    if notes is None:
        return chosen
    if notes not in NOTES:
        raise UsageError(f"--notes must be one of {', '.join(NOTES)}, got {notes!r}.")
    return replace(chosen, notes=notes)


def _source_text(path: Path) -> str:
    """Text of a grounding document in any of the forms of an article."""
    from experiments.errors import UsageError
    from experiments.inputs import read

    problems: list[str] = []
    article = next(read([str(path)], lambda p: None if p.warning else problems.append(str(p))), None)
    if article is None:
        raise UsageError(f"--source {'; '.join(problems) or f'{path} holds no text.'}")
    return "\n".join(part for part in (article.headline, article.body) if part)


def _with_source(articles: Iterable[Article], text: str) -> Iterator[Article]:
    from dataclasses import replace

    for article in articles:
        yield replace(article, source=text)


def _joined(first: Article, rest: Iterable[Article]) -> Iterator[Article]:
    yield first
    yield from rest


def _scorer(settings: Settings, rules: bool) -> ArticleScorer:
    from experiments.scoring import ArticleScorer, load_models
    from models.persistence import models_dir

    if rules:
        return ArticleScorer(None, settings)
    models, missing = load_models(models_dir())
    if not models:
        typer.echo(
            "No trained model: the rules alone decide, and the scores are no calibrated probabilities. "
            "Train with: python -m experiments.train",
            err=True,
        )
    for line in missing:
        # Where no axis has a model, one line has said so; a model that was refused is always named.
        if models or "No trained model" not in line:
            typer.echo(f"Warning: {line}", err=True)
    return ArticleScorer(models, settings)


def _write(format: str, results: Iterator[Scored], out: Path | None, settings: Settings) -> None:
    from experiments.notes import in_language

    FORMATS[format](in_language(results, settings.notes), out, settings.notes)


def _write_lines(make: str) -> Callable[[Iterator[Scored], Path | None, str], None]:
    def write(results: Iterator[Scored], out: Path | None, language: str) -> None:
        from experiments import output

        lines = getattr(output, make)(results)
        if out is None:
            for line in lines:
                sys.stdout.write(line)
                sys.stdout.flush()
        else:
            _to_file(lines, out)

    return write


def _to_file(lines: Iterable[str], path: Path) -> None:
    """Write a file that appears only when it is whole."""
    from experiments.errors import UsageError

    if not path.parent.is_dir():
        raise UsageError(f"{path.parent} is no folder; make it, or write elsewhere with --out.")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.writelines(lines)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}.") from None
    finally:
        Path(name).unlink(missing_ok=True)


def _write_text(results: Iterator[Scored], out: Path | None, language: str) -> None:
    from rich.console import Console

    from experiments.output import text_view

    with contextlib.ExitStack() as stack:
        file = stack.enter_context(out.open("w", encoding="utf-8")) if out else None
        console = Console(file=file, soft_wrap=True, highlight=False)
        for result in results:
            for line in text_view(result):
                console.print(line)


def _write_html(results: Iterator[Scored], out: Path | None, language: str) -> None:
    from experiments.report.write import write_reports

    write_reports(results, out, language)


#: Format -> writer; a new one is entered here.
FORMATS: dict[str, Callable[[Iterator[Scored], Path | None, str], None]] = {
    "text": _write_text,
    "json": _write_lines("json_lines"),
    "jsonl": _write_lines("json_lines"),
    "csv": _write_lines("csv_lines"),
    "html": _write_html,
}


if __name__ == "__main__":
    app()
