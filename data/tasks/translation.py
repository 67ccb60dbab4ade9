"""Original or translated, human or machine: tasks on whole passages.

How bad a single segment is, and which of its words are wrong (severity-rank, error-spans), stands in `data.tasks.qe`.
"""

from __future__ import annotations

from data.tasks.task import Task

TASKS: tuple[Task, ...] = ()
