"""The benchmark of speed and memory as a Markdown table and a plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.bench import Measured

_HEAD = """# Speed and memory

Written by `make bench`. One core; CPU seconds, except for the processes, which are measured by the clock and so
include what else the machine did. Articles of 400 words made of shuffled paragraphs of the seeds, German and English.
"""


def table(
    found: Sequence[Measured], growth: Sequence[tuple[int, float, int]], processes: Mapping[int, float], plot: Path
) -> str:
    """Text of docs/bench.md; the plot of the growth is written beside it."""
    base = found[0].rate
    lines = [
        _HEAD,
        "| step | articles | articles a second | ms an article | times tokenising |",
        "|---|---|---|---|---|",
    ]
    for m in found:
        each = 1000 / m.rate
        lines.append(f"| {m.step} | {m.articles} | {m.rate:.0f} | {each:.2f} | {base / m.rate:.1f} |")
    lines += [
        "",
        "## Growth, rules alone",
        "",
        "| articles | CPU seconds | ms an article | peak memory, MB |",
        "|---|---|---|---|",
    ]
    lines += [f"| {n} | {s:.1f} | {1000 * s / n:.2f} | {m} |" for n, s, m in growth]
    lines += ["", f"![Growth of time and memory]({plot.name})", "", "## Processes, with start", ""]
    lines += [
        "| processes | articles a second |",
        "|---|---|",
        *(f"| {n} | {rate:.0f} |" for n, rate in processes.items()),
    ]
    _draw(growth, plot)
    return "\n".join(lines) + "\n"


def _draw(growth: Sequence[tuple[int, float, int]], path: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2), constrained_layout=True)
    sizes = [n for n, _, _ in growth]
    left.loglog(sizes, [s for _, s, _ in growth], marker="o")
    left.set(xlabel="articles", ylabel="CPU seconds")
    right.semilogx(sizes, [m for _, _, m in growth], marker="o")
    right.set(xlabel="articles", ylabel="peak memory, MB", ylim=(0, None))
    figure.savefig(path, dpi=110, metadata={"Software": None})
    plt.close(figure)
