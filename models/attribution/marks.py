"""Control for quotations: whatever stands between quotation marks, with its marks."""

from __future__ import annotations

from collections.abc import Sequence

from data.schema import Axis, Finding
from features.text import Analysis
from models.attribution.quotation_tagger import Grid, reading_of
from models.taggers import Tagger


class Marks(Tagger):
    """Every stretch between quotation marks is a direct quotation (German) or a content (English)."""

    def find(self, X: Sequence[Analysis], threshold: float = 0.5) -> list[list[Finding]]:
        """Stretches of each article."""
        return [self._find(analysis) for analysis in X]

    def _find(self, analysis: Analysis) -> list[Finding]:
        reading = reading_of(analysis)
        grid = Grid(reading)
        kind = "direct" if analysis.article.language == "de" else "content"
        inside = [t for t, state in enumerate(reading.state) if state and reading.quoted[t]]
        return [Finding(Axis(self.axis), kind, "body", *place) for place in grid.places(inside)]
