"""Articles in, judgements out: findings of the checks, a probability by axis, an overall score.

Everything here is a stream in small portions: memory does not grow with the number of articles, and the first
result of a file comes before the second article is read. Neither mlflow, torch nor datasets is imported.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from data.records import finding_to_record
from data.schema import PARTS, Article, Axis, Finding, Severity, overall_score, penalty_per_100_words
from experiments.settings import Settings
from features.checks import findings_of
from features.text import Analysis, analyse

if TYPE_CHECKING:
    from models.scorer import Scorer

#: Code points of a part that are looked at; the rest is cut, and that is told.
LONGEST: Final = 200_000
#: Fewer words than this give no verdict: one finding would decide it.
FEWEST_WORDS: Final = 40
#: Findings of one article that are written out; a text of 200,000 quotation marks has as many.
MOST_FINDINGS: Final = 2000
_LONGEST_QUOTE: Final = 2000
_LONGEST_TERM: Final = 200
#: Penalty per 100 words at which the rules alone give 1 - 1/e = .63.
_PENALTY_SCALE: Final = 5.0
#: Articles scored together; the first portions are small, so that the first result comes soon.
_PORTIONS: Final = (1, 8)
_PORTION: Final = 64

OK, SUSPICIOUS, CANNOT_TELL = "ok", "suspicious", "cannot tell"


@dataclass(frozen=True, slots=True)
class AxisModel:
    """The champion of an axis: raw scores, the raw score that is suspicious, slope and offset of the calibration.

    It is asked about the languages it was trained on only.
    """

    scorer: Scorer
    threshold: float
    platt: tuple[float, float]
    languages: frozenset[str] = frozenset({"de", "en"})


@dataclass(frozen=True, slots=True)
class AxisScore:
    """Probability of a fault on an axis, verdict, and MQM penalty per 100 words; None: not looked at."""

    score: float | None
    verdict: str
    penalty: float | None
    #: Who decided: "model", "rules" (then the score is no calibrated probability), or "nothing".
    basis: str = "nothing"


@dataclass(frozen=True, slots=True)
class Scored:
    """The judgement of one article. ``error`` is not empty where scoring failed; then nothing is judged."""

    article: Article
    findings: tuple[Finding, ...]
    axes: Mapping[str, AxisScore]
    overall: float | None
    words: int
    truncated: bool
    seconds: float
    error: str = ""

    def record(self) -> dict[str, Any]:
        """The JSON form (DESIGN.md)."""
        record: dict[str, Any] = {
            "id": self.article.id,
            "language": self.article.language,
            "words": self.words,
            "overall": None if self.overall is None else round(self.overall, 2),
            "axes": {
                name: {
                    "score": None if axis.score is None else round(axis.score, 4),
                    "verdict": axis.verdict,
                    "penalty": None if axis.penalty is None else round(axis.penalty, 2),
                    "basis": axis.basis,
                }
                for name, axis in self.axes.items()
            },
            "findings": [{**finding_to_record(f), "text": self.quote(f)} for f in self.findings[:MOST_FINDINGS]],
            "truncated": self.truncated,
            "seconds": round(self.seconds, 4),
        }
        if len(self.findings) > MOST_FINDINGS:
            record["findings_left_out"] = len(self.findings) - MOST_FINDINGS
        return {**record, "error": self.error} if self.error else record

    def quote(self, finding: Finding) -> str:
        """The words a finding points at; of a very long span the beginning, and an ellipsis."""
        text = self.article.text(finding.part)[finding.start : min(finding.end, finding.start + _LONGEST_QUOTE)]
        return text if finding.end - finding.start <= _LONGEST_QUOTE else f"{text}…"


def load_models(folder: Path) -> tuple[dict[str, AxisModel], list[str]]:
    """Champions of seeds/AXIS that are there, by axis, and a line for each one that is not.

    A model that is damaged or not trusted is named and left out; the axis is then judged by rules alone.
    """
    from models.light import light_imports
    from models.persistence import ModelError, read_meta

    models: dict[str, AxisModel] = {}
    told = []
    for axis in Axis:
        place = folder / "seeds" / axis
        try:
            read_meta(place)
            with light_imports():
                from models.persistence import load_bundle

                bundle, meta = load_bundle(place)
            slope, offset = meta["platt"]
            languages = frozenset(str(meta.get("language", "de+en")).split("+"))
            models[axis] = AxisModel(
                bundle["champion"], float(meta["threshold"]), (float(slope), float(offset)), languages
            )
        except ModelError as error:
            told.append(f"{axis}: {error} The rules alone decide.")
    return models, told


def truncated(article: Article) -> tuple[Article, bool]:
    """The article with no part longer than `LONGEST`, and whether anything was cut."""
    long = [part for part in PARTS if len(article.text(part)) > LONGEST]
    cut: dict[str, Any] = {part: article.text(part)[:LONGEST] for part in long}
    # Gold spans may lie behind the cut, and no score needs them.
    return (replace(article, findings=(), **cut), True) if long else (article, False)


class ArticleScorer:
    """Scores articles by the models that are there, and by rules on the other axes.

    Parameters
    ----------
    models
        Champions by axis (`load_models`); none is fine.
    settings
        What not to report, and thresholds.
    """

    def __init__(self, models: Mapping[str, AxisModel] | None = None, settings: Settings | None = None) -> None:
        self.models = dict(models or {})
        self.settings = settings or Settings()

    def stream(self, articles: Iterable[Article]) -> Iterator[Scored]:
        """Judgements in the order of the articles, as they come."""
        sizes = iter(_PORTIONS)
        portion: list[Article] = []
        size = next(sizes, _PORTION)
        for article in articles:
            portion.append(article)
            if len(portion) == size:
                yield from self.score(portion)
                portion, size = [], next(sizes, _PORTION)
        yield from self.score(portion)

    def score(self, articles: Sequence[Article]) -> list[Scored]:
        """Judgements of a portion of articles; one that fails is flagged, and the others are judged."""
        prepared = [self._prepared(article) for article in articles]
        for axis, model in self.models.items():
            self._ask(
                axis, model, [p for p in prepared if not p.error and p.analysis.article.language in model.languages]
            )
        return [self._judged(p) if not p.error and p.analysis.known_language else self._unjudged(p) for p in prepared]

    def _prepared(self, article: Article) -> _Prepared:
        started = time.perf_counter()
        article, cut = truncated(article)
        analysis = analyse(article)
        try:
            found = findings_of(analysis)
        except Exception as problem:  # a defect of a check must not take the other articles with it
            error = f"{type(problem).__name__}: {problem}"
            return _Prepared(analysis, [], 0, cut, time.perf_counter() - started, error)
        words = analysis.headline.n_words + analysis.body.n_words
        return _Prepared(analysis, found, words, cut, time.perf_counter() - started)

    def _ask(self, axis: str, model: AxisModel, prepared: list[_Prepared]) -> None:
        """Enter the raw scores of a model; if it fails, each article is asked on its own, so that one is to blame."""
        if not prepared:
            return
        started = time.perf_counter()
        try:
            scores = model.scorer.score([p.analysis for p in prepared])
        except Exception as problem:
            if len(prepared) > 1:
                for p in prepared:
                    self._ask(axis, model, [p])
            else:
                text = problem.args[0] if isinstance(problem, KeyError) and problem.args else problem
                prepared[0].failed[axis] = f"{type(problem).__name__}: {text}"
            return
        share = (time.perf_counter() - started) / len(prepared)
        for p, score in zip(prepared, scores, strict=True):
            p.raw[axis] = float(score)
            p.seconds += share

    def _judged(self, p: _Prepared) -> Scored:
        article, words = p.analysis.article, p.words
        found = tuple(f for f in p.found if self._reported(f, article))
        axes = {
            str(axis): self._axis(axis, [f for f in found if f.axis == axis], words, p.raw.get(axis)) for axis in Axis
        }
        error = "; ".join(f"the model of {axis} failed, rules decide ({why})" for axis, why in sorted(p.failed.items()))
        return Scored(article, found, axes, overall_score(found, words), words, p.cut, p.seconds, error)

    def _unjudged(self, p: _Prepared) -> Scored:
        """An article in an unknown language, or one on which a check failed."""
        axes = {str(axis): AxisScore(None, CANNOT_TELL, None) for axis in Axis}
        return Scored(p.analysis.article, (), axes, None, p.words, p.cut, p.seconds, p.error)

    def _reported(self, finding: Finding, article: Article) -> bool:
        if finding.check in self.settings.off:
            return False
        if not self.settings.ignore or finding.end - finding.start > _LONGEST_TERM:
            return True
        text = article.text(finding.part)[finding.start : finding.end].strip("„“”\"»«’' .,:;!?").casefold()
        return text not in self.settings.ignore

    def _axis(self, axis: Axis, found: list[Finding], words: int, raw: float | None) -> AxisScore:
        penalty = penalty_per_100_words(found, words)
        if raw is None:
            score, suspicious = by_rules(found, penalty)
        else:
            from models.calibration import calibrated

            model = self.models[axis]
            score, suspicious = float(calibrated(_array(raw), *model.platt)[0]), raw >= model.threshold
        if (own := self.settings.thresholds.get(axis)) is not None:
            suspicious = score >= own
        verdict = CANNOT_TELL if words < FEWEST_WORDS else SUSPICIOUS if suspicious else OK
        return AxisScore(score, verdict, penalty, "rules" if raw is None else "model")


@dataclass(slots=True)
class _Prepared:
    """An article on its way: its findings, raw scores by axis, and what failed."""

    analysis: Analysis
    found: list[Finding]
    words: int
    cut: bool
    seconds: float
    error: str = ""
    raw: dict[str, float] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def _array(value: float) -> Any:
    import numpy as np

    return np.array([value])


def by_rules(found: Sequence[Finding], penalty: float) -> tuple[float, bool]:
    """Score and whether it is suspicious, from the findings of an axis alone.

    ``1 - exp(-penalty / 5)`` with the MQM penalty per 100 words; it is no calibrated probability. Suspicious is
    anything from one major finding or two minor ones.
    """
    grave = any(f.severity != Severity.MINOR for f in found)
    return 1 - exp(-penalty / _PENALTY_SCALE), grave or len(found) >= 2
