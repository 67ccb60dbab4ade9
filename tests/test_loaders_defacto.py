"""DeFacto: made-up rows, then the counts of the card in the real files."""

import json

import pytest
from real_corpora import real

from data.cache import Files
from data.corpora import get_corpus
from data.loaders import defacto


def line(article, candidate, intrinsic=False, extrinsic=False, summary=""):
    return json.dumps(
        {
            "article": article,
            "candidate": candidate,
            "has_error": intrinsic or extrinsic,
            "intrinsic_error": intrinsic,
            "extrinsic_error": extrinsic,
            "feedback": {"summary": summary},
        }
    )


@pytest.fixture
def files(monkeypatch):
    content = {
        "train": [line("Shared text.", "A.")],
        "val": [line("shared  text", "B."), line("Own text.", "C.", True, True, "D.")],
        "test": [line("Third text.", "E.", extrinsic=True)],
    }
    monkeypatch.setattr(Files, "read", lambda self, path: "\n".join(content[path[5:-6]]) + "\n")
    return Files(get_corpus("defacto"))


def test_an_article_shared_with_train_is_dropped_from_val(files):
    splits = defacto.load(files)
    assert [a.body for a in splits["val"]()] == ["C."]
    assert [a.body for a in splits["train"]()] == ["A."]


def test_an_empty_correction_is_none(files):
    splits = defacto.load(files)
    assert [a.extra["correction"] for split in ("val", "test") for a in splits[split]()] == ["D.", None]


def test_defacto_counts():
    splits = real("defacto")
    assert {name: len(rows) for name, rows in splits.items()} == {"train": 1000, "val": 485, "test": 1075}
    assert {name: sum(a.label for a in rows) for name, rows in splits.items()} == {
        "train": 701,
        "val": 340,
        "test": 779,
    }
    test = [a.extra for a in splits["test"]]
    kinds = [(e["intrinsic"], e["extrinsic"]) for e in test]
    assert [kinds.count(k) for k in ((False, True), (True, False), (True, True), (False, False))] == [
        519,
        141,
        119,
        296,
    ]
    assert sum(e["correction"] is not None for e in test) == 786
    assert sum(e["correction"] is not None and e["has_error"] for e in test) == 779
    assert all(e["has_error"] == (e["intrinsic"] or e["extrinsic"]) for e in test)
    groups = [{a.group for a in rows} for rows in splits.values()]
    assert not groups[0] & groups[1]
    assert not groups[2] & (groups[0] | groups[1])
