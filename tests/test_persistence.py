"""Models on disk: every block, head and tagger comes back the same; what is not trusted is refused by name."""

import json
import pickle
import zipfile
from functools import cache

import numpy as np
import pytest
import skops.io
from small_rows import attributed, rows

from data.schema import Axis
from features.blocks import BLOCKS
from features.documents import documents
from models.heads import MODELS
from models.persistence import TRUSTED, ModelError, load_bundle, load_skops, models_dir, read_meta, save_bundle
from models.scorer import Scorer
from models.taggers import TAGGERS, make_tagger


@cache
def trained(features, model):
    return Scorer(features, model).fit(rows(), np.array([a.label for a in rows()]))


def there_and_back(estimator, folder):
    save_bundle({"champion": estimator}, {"task": "t"}, folder)
    found, meta = load_bundle(folder)
    assert meta["task"] == "t"
    return found["champion"]


@pytest.mark.parametrize("features", sorted(BLOCKS))
def test_every_block_comes_back_the_same(tmp_path, features):
    # Beside a block that finds nothing in these rows, the head has the length.
    scorer = trained(f"length+{features}" if features != "length" else features, "logistic")
    back = there_and_back(scorer, tmp_path)
    assert (back.score(rows()) == scorer.score(rows())).all()
    assert [name for name, _ in back.weights()] == [name for name, _ in scorer.weights()]


@pytest.mark.parametrize("model", sorted(MODELS))
def test_every_head_comes_back_the_same(tmp_path, model):
    scorer = trained("length+words", model)
    assert (there_and_back(scorer, tmp_path).score(rows()) == scorer.score(rows())).all()


# token-boosting reads no words but what models of cached corpora say: tests/test_qe_models stores it.
@pytest.mark.parametrize("model", sorted(set(TAGGERS) - {"token-boosting"}))
def test_every_tagger_comes_back_the_same(tmp_path, model):
    tagger = make_tagger(model, "words", Axis.ATTRIBUTION)
    found = documents(attributed())
    tagger.fit(found)
    assert there_and_back(tagger, tmp_path).find(found) == tagger.find(found)


class Stranger:
    """A type that no model of the project holds."""


def test_a_type_that_is_not_trusted_is_refused_by_name(tmp_path):
    save_bundle({"champion": Stranger()}, {}, tmp_path)
    with pytest.raises(
        ModelError, match=r"holds types that are not trusted and is not loaded: .*test_persistence\.Str"
    ):
        load_bundle(tmp_path)


def test_a_pickle_is_not_opened(tmp_path):
    path = tmp_path / "model.skops"
    path.write_bytes(pickle.dumps({"champion": 1}))
    with pytest.raises(ModelError, match=r"model\.skops is no skops file \(a pickle, or damaged\); it is not opened"):
        load_skops(path)


def test_a_zip_that_is_no_model_is_refused(tmp_path):
    path = tmp_path / "model.skops"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(ModelError, match=r"model\.skops is no skops file"):
        load_skops(path)


def test_a_model_that_was_changed_is_refused(tmp_path):
    save_bundle({"champion": [1]}, {}, tmp_path)
    path = next(tmp_path.glob("*.skops"))
    skops.io.dump({"champion": [2]}, path)
    with pytest.raises(ModelError, match=r"sha256 \w{16}… is not that of its description, \w{16}…; train again"):
        load_bundle(tmp_path)


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"No trained model in .*nowhere\."):
        read_meta(tmp_path / "nowhere")
    save_bundle({"champion": [1]}, {}, tmp_path)
    next(tmp_path.glob("*.skops")).unlink()
    with pytest.raises(ModelError, match=r"model\.json names model-\w{16}\.skops, which is not there; train again"):
        load_bundle(tmp_path)


def test_a_new_model_replaces_the_old_one_and_leaves_nothing_behind(tmp_path):
    save_bundle({"champion": [1]}, {"n": 1}, tmp_path)
    save_bundle({"champion": [2]}, {"n": 2}, tmp_path)
    estimators, meta = load_bundle(tmp_path)
    assert (estimators["champion"], meta["n"]) == ([2], 2)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_save_that_fails_leaves_the_old_model(tmp_path):
    save_bundle({"champion": [1]}, {}, tmp_path)
    before = sorted(p.name for p in tmp_path.iterdir())
    with pytest.raises(Exception, match=r"generator|serial|support|pickle"):
        save_bundle({"champion": (i for i in range(3))}, {}, tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == before
    assert load_bundle(tmp_path)[0]["champion"] == [1]


def test_the_same_model_is_described_by_the_same_bytes(tmp_path):
    save_bundle({"champion": [1]}, {"b": 1, "a": 2}, tmp_path)
    described = json.loads((tmp_path / "model.json").read_text())
    assert list(described) == sorted(described)
    assert described["file"] == f"model-{described['sha256'][:16]}.skops"


def test_the_folder_of_models_can_be_chosen(monkeypatch, tmp_path):
    monkeypatch.setenv("NEWSPROOF_MODELS", str(tmp_path))
    assert models_dir() == tmp_path


def test_every_trusted_type_of_this_project_exists():
    import importlib

    own = [name for name in TRUSTED if name.startswith(("features.", "models."))]
    assert own
    for name in own:
        module, _, cls = name.rpartition(".")
        assert hasattr(importlib.import_module(module), cls), name
