"""The real corpora for tests that count in them, where a mirror is at hand; else the test is skipped."""

import os
import tempfile
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pytest

from data.corpora import get_corpus

ROOT = Path(__file__).resolve().parent.parent
MIRROR = Path(os.environ.get("NEWSPROOF_MIRROR") or ROOT.parent / "shared" / "corpora")


@contextmanager
def mirror_as_cache(name):
    """Let the mirror stand in for the cache's raw files: it has the same layout."""
    if not MIRROR.is_dir():
        pytest.skip(f"no folder {MIRROR}; set NEWSPROOF_MIRROR to count in the real files")
    absent = [f.path for f in get_corpus(name).files if not f.optional and not (MIRROR / f.relative).is_file()]
    if absent:
        pytest.skip(f"{MIRROR} lacks {len(absent)} files of {name}, e.g. {absent[0]}")
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "raw").symlink_to(MIRROR)
        patch.setenv("NEWSPROOF_CACHE", folder)
        yield


@lru_cache(maxsize=3)
def real(name):
    """Split name to its articles."""
    with mirror_as_cache(name):
        splits = {split: list(stream()) for split, stream in get_corpus(name).splits().items()}
    for articles in splits.values():
        check(articles, name)
    ids = [article.id for articles in splits.values() for article in articles]
    assert len(ids) == len(set(ids)), "ids must be unique in the corpus"
    return splits


def check(articles, name):
    """What holds for every corpus: columns as declared, spans inside their text, nothing empty."""
    assert articles, f"a split of {name} is empty"
    columns = set(get_corpus(name).extra)
    for article in articles:
        assert set(article.extra) == columns, article.id
        assert article.body.strip(), article.id
        assert article.group, article.id
        for finding in article.findings:
            for place in (finding, *finding.related):
                assert 0 <= place.start <= place.end <= len(article.text(place.part)), (article.id, place)
