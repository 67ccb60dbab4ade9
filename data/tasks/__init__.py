"""All benchmark tasks by name. A new task is entered in its module's ``TASKS``."""

from __future__ import annotations

import difflib
from typing import Final

from data.tasks import attribution, factual, qe, quality, seeds, translation
from data.tasks.task import CONTROLS, Parts, System, Target, Task

TASKS: Final[dict[str, Task]] = {
    task.name: task for module in (seeds, translation, qe, factual, attribution, quality) for task in module.TASKS
}

#: Suite name -> the tasks it runs: the seeds, one task an axis on public corpora, everything.
SUITES: Final[dict[str, tuple[str, ...]]] = {
    "seeds": tuple(name for name in TASKS if name.startswith("seeds/")),
    "public": ("translation/severity-rank", "factual/grounded-en", "attribution/sentence-de"),
    "all": tuple(TASKS),
}


def get_task(name: str) -> Task:
    """Look a task up by name.

    Raises
    ------
    KeyError
        If there is none of that name; the message offers the nearest.
    """
    if name not in TASKS:
        near = difflib.get_close_matches(name, TASKS, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise KeyError(f"No task {name!r}.{hint} Known: {', '.join(sorted(TASKS))}.")
    return TASKS[name]


__all__ = ["CONTROLS", "SUITES", "TASKS", "Parts", "System", "Target", "Task", "get_task"]
