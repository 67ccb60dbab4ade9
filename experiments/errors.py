"""What a user did wrong is told in one line, with exit code 2; everything else keeps its traceback."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from data.cache import MissingCorpus
from data.records import RecordError
from data.seeds import SeedError
from data.splits import LeakError
from models.persistence import ModelError


class UsageError(ValueError):
    """A command that cannot be carried out as given."""


_TOLD = (UsageError, RecordError, SeedError, LeakError, ModelError, MissingCorpus, FileNotFoundError)


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Print an expected error and leave with code 2."""
    try:
        yield
    except _TOLD as error:
        _leave(str(error))
    except KeyError as error:
        # Registers raise KeyError with a whole sentence; a bare key is a defect of the program.
        message = str(error.args[0]) if error.args else ""
        if not message.startswith(("No ", "Feature block", "Corpus")):
            raise
        _leave(message)


def _leave(message: str) -> None:
    print(f"Error: {message}", file=sys.stderr)  # noqa: T201
    raise SystemExit(2)
