"""Import scikit-learn and skops without the large libraries they only look at, so that one article is scored at once.

skops lists every estimator of scikit-learn when it is imported, and on the way scikit-learn imports torch,
pandas, matplotlib and Dask if they are installed, to offer their data types. A stored model needs none of them.
Measured here (CPU seconds, torch and Dask installed): 2.9 with them, 1.3 without.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Final

_HEAVY: Final = frozenset({"torch", "dask", "pandas", "pyarrow", "matplotlib", "jax", "cupy", "quantile_forest"})


class _Absent(MetaPathFinder):
    """Says of the heavy libraries that they are not installed."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse a heavy library; leave everything else to the next finder."""
        if fullname in _HEAVY:
            raise ModuleNotFoundError(f"{fullname} is left out while models are loaded", name=fullname)
        return None


@contextlib.contextmanager
def light_imports() -> Iterator[None]:
    """Within the block, heavy libraries that are not imported yet count as not installed.

    Not for threads: another thread that imports one of them meanwhile fails, too.
    """
    finder = _Absent()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
