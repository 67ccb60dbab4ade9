"""Fitted models on disk: skops files with a hash, no pickle.

A bundle is a dict of plain values and fitted estimators. Types of this project are trusted by
their full name; anything else that skops does not know is refused, and named.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from models.light import light_imports

#: Types of this project that stored models may contain.
TRUSTED: Final = (
    "features.attribution.chain.Chain",
    "features.attribution.saying_signs.SayingSigns",
    "features.attribution.table.Sourcing",
    "features.blocks.Standardise",
    "features.craft.Craft",
    "features.craft.Evened",
    "features.craft.Recorded",
    "features.differences.Differences",
    "features.differences.PairWords",
    "features.doubt.Doubt",
    "features.alignment_model.LexicalModel",
    "features.rendering.Rendering",
    "features.embeddings.Embeddings",
    "features.fluency.Fluency",
    "features.language_model.LanguageModel",
    "features.ngrams.NGrams",
    "features.novelty.Novelty",
    "features.pairs.SourcePairs",
    "features.rates.CheckRates",
    "features.rates.Penalties",
    "features.relations.Relations",
    "features.sayings.Sayings",
    "features.skeleton.Skeleton",
    "features.stacked.Summed",
    "features.stylometry.Length",
    "features.stylometry.Position",
    "features.stylometry.Stylometry",
    "features.stylometry.Typography",
    "features.tally.Tally",
    "features.transferred.Transferred",
    "models.attribution.marks.Marks",
    "models.attribution.pointer.Pointer",
    "models.attribution.quotation_tagger.NearestName",
    "models.attribution.quotation_tagger.QuotationTagger",
    "models.attribution.quotation_tagger.SpeakerTagger",
    "models.attribution.source_tagger.SourceTagger",
    "models.blend.Blend",
    "models.heads.Head",
    "models.heads.PairwiseRanker",
    "models.scorer.Scorer",
    "models.token_boosting.TokenBoosting",
    "models.two_level.TwoLevelRanker",
    "models.taggers.Nothing",
    "models.taggers.Rules",
    "models.taggers.Window",
    # Parts of scikit-learn's own models that skops lists one by one.
    "sklearn.calibration._CalibratedClassifier",
    "sklearn.calibration._SigmoidCalibration",
    "sklearn.ensemble._hist_gradient_boosting.binning._BinMapper",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn._loss.link.Interval",
    "sklearn._loss.link.LogitLink",
    "sklearn._loss.link.IdentityLink",
    "sklearn._loss.loss.HalfBinomialLoss",
    "sklearn._loss.loss.HalfSquaredError",
    "sklearn._loss._loss.CyHalfBinomialLoss",
    "sklearn._loss._loss.CyHalfSquaredError",
)


class ModelError(ValueError):
    """A model file that is missing, damaged, or holds what is not trusted."""


def models_dir() -> Path:
    """Folder of the exported champions: ``NEWSPROOF_MODELS``, by default ``mlruns/champions``."""
    return Path(os.environ.get("NEWSPROOF_MODELS", "mlruns/champions"))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _skops() -> ModuleType:
    """skops.io, loaded without the libraries that scikit-learn only looks at on the way."""
    with light_imports():
        return importlib.import_module("skops.io")


def save_bundle(estimators: dict[str, Any], meta: dict[str, Any], folder: Path) -> None:
    """Write ``model.skops`` and ``model.json`` (with the hash); each appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
    os.close(handle)
    try:
        _skops().dump(estimators, name)
        described = {**meta, "sha256": _sha256(Path(name))}
        # The hash names the file, so that a reader never pairs an old description with a new model.
        target = folder / f"model-{described['sha256'][:16]}.skops"
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    text = folder / f".{target.stem}.json"
    text.write_text(json.dumps({**described, "file": target.name}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    text.replace(folder / "model.json")
    for old in folder.glob("model-*.skops"):
        if old != target:
            old.unlink(missing_ok=True)


def read_meta(folder: Path) -> dict[str, Any]:
    """Description of a stored model.

    Raises
    ------
    ModelError
        If there is none.
    """
    try:
        meta: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(f"No trained model in {folder}.") from None
    return meta


def load_bundle(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Estimators and description of a stored model.

    Raises
    ------
    ModelError
        If it is missing, its hash differs from its description, or it holds a type that is not trusted.
    """
    meta = read_meta(folder)
    path = folder / meta["file"]
    if not path.exists():
        raise ModelError(f"{folder / 'model.json'} names {meta['file']}, which is not there; train again.")
    if (found := _sha256(path)) != meta["sha256"]:
        raise ModelError(
            f"{path}: sha256 {found[:16]}… is not that of its description, {meta['sha256'][:16]}…; train again."
        )
    return load_skops(path), meta


def load_skops(path: Path) -> dict[str, Any]:
    """Read a skops file, trusting only `TRUSTED` and what skops itself trusts.

    Raises
    ------
    ModelError
        If the file is no skops file or holds another type; the message names it.
    """
    import zipfile

    io = _skops()
    if not zipfile.is_zipfile(path):
        raise ModelError(f"{path} is no skops file (a pickle, or damaged); it is not opened.")
    try:
        types = io.get_untrusted_types(file=path)
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ModelError(f"{path} is no skops file (another archive, or damaged): {error}.") from None
    strangers = sorted(set(types) - set(TRUSTED))
    if strangers:
        raise ModelError(f"{path} holds types that are not trusted and is not loaded: {', '.join(strangers)}.")
    loaded: dict[str, Any] = io.load(path, trusted=list(TRUSTED))
    return loaded
