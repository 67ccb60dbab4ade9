"""The leaderboard as a page: sorted, filtered, with intervals drawn, controls, peers and ties marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from experiments.report.page import render

Cells = Mapping[str, str]

#: Metrics for which a smaller figure is better, or which may be negative, are drawn on their own scale.
_SIGNED = ("spearman", "kendall", "mcc", "matthews")


@dataclass(frozen=True, slots=True)
class Bar:
    """Where the point and the ends of the interval lie, in per cent of the width, and the mark of chance or zero."""

    low: float
    point: float
    high: float
    zero: float


def bar(cells: Cells) -> Bar | None:
    """Place of a figure and its interval: 0 to 1, or -1 to 1 for correlations; None where there is no figure."""
    try:
        values = [float(cells[name]) for name in ("ci_low", "score", "ci_high")]
    except ValueError:
        return None
    lowest = -1.0 if cells["metric"].startswith(_SIGNED) else 0.0
    low, point, high = (round(min(100.0, max(0.0, 100 * (v - lowest) / (1 - lowest))), 1) for v in values)
    zero = 50.0 if lowest else (50.0 if cells["metric"].startswith(("roc_auc", "balanced_accuracy")) else 0.0)
    return Bar(low, point, high, zero)


def board_page(rows: Sequence[Cells], language: str = "en") -> str:
    """HTML of the board; ``rows`` have the columns of `experiments.board.COLUMNS` as text, in its order."""
    headline: dict[tuple[str, str], str] = {}
    for row in rows:
        headline.setdefault((row["task"], row["split"]), row["metric"])
    shown = []
    last: tuple[str, ...] = ()
    for row in rows:
        tie = (row["task"], row["split"], row["metric"], row["tie_group"])
        kind = "control" if is_control(row) else "peer" if row["features"] == "outside" else "model"
        main = headline[row["task"], row["split"]] == row["metric"]
        shown.append({"cells": row, "bar": bar(row), "kind": kind, "main": "yes" if main else "no",
                      "first": tie != last, "weak": row["beats_control"] == "no"})  # fmt: skip
        last = tie
    return render(
        "board.html.j2",
        "table.js",
        language,
        rows=shown,
        tasks=sorted({row["task"] for row in rows}),
        axes=sorted({row["axis"] for row in rows}),
        metrics=sorted({row["metric"] for row in rows}),
    )


def is_control(row: Cells) -> bool:
    """Whether a row is a control: it is named so, and is compared with none."""
    return row["system"].startswith("control") or (row["best_control"] != "" and row["beats_control"] == "")
