"""What a team decides for itself: ``newsproof.toml``.

```toml
ignore = ["Streaming", "Update"]     # findings on exactly these words are not reported
off = ["labels_run_together"]        # checks that are not reported
notes = "de"                         # language of the notes: de or en
[thresholds]                         # probability from which an axis is called suspicious
translation = 0.6
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from data.schema import Axis
from experiments.errors import UsageError

NAME: Final = "newsproof.toml"
NOTES: Final = ("en", "de")


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices of a user. ``thresholds`` are probabilities by axis; an axis without one keeps the model's own."""

    ignore: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    notes: str = "en"
    thresholds: Mapping[str, float] = field(default_factory=dict)


def find(given: Path | None) -> Settings:
    """Settings of the given file, else of ``newsproof.toml`` in the working folder, else none.

    Raises
    ------
    UsageError
        If a given file is not there, or a file says what is not understood.
    """
    path = given or Path(NAME)
    if not path.exists():
        if given is not None:
            raise UsageError(f"{given} does not exist.")
        return Settings()
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")), str(path))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}.") from None


def parse(table: dict[str, Any], name: str = NAME) -> Settings:
    """Settings from a parsed file; every mistake is named."""
    from features.checks import get_check

    if strange := sorted(table.keys() - {"ignore", "off", "notes", "thresholds"}):
        raise UsageError(f"{name}: unknown setting {strange[0]!r}. Known: ignore, notes, off, thresholds.")
    for key in ("ignore", "off"):
        words = table.get(key, [])
        if not isinstance(words, list) or not all(isinstance(w, str) for w in words):
            raise UsageError(f"{name}: {key} must be a list of texts, got {words!r}.")
    for check in table.get("off", []):
        get_check(check)
    notes = table.get("notes", "en")
    if notes not in NOTES:
        raise UsageError(f"{name}: notes must be one of {', '.join(NOTES)}, got {notes!r}.")
    thresholds = table.get("thresholds", {})
    for axis, value in thresholds.items() if isinstance(thresholds, dict) else [("thresholds", thresholds)]:
        if axis not in list(Axis) or isinstance(value, bool) or not isinstance(value, int | float):
            raise UsageError(f"{name}: thresholds need an axis ({', '.join(Axis)}) and a number, got {axis} = {value}.")
        if not 0 <= value <= 1:
            raise UsageError(f"{name}: the threshold of {axis} must lie in 0..1, got {value}.")
    ignored = frozenset(word.casefold() for word in table.get("ignore", []))
    return Settings(ignored, frozenset(table.get("off", [])), notes, {k: float(v) for k, v in thresholds.items()})
