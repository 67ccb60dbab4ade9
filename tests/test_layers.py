"""The direction of imports: data <- features <- models <- experiments; one module alone talks to MLflow."""

import ast
import tomllib

import pytest
from conftest import ROOT

LAYERS = ("data", "features", "models", "experiments")
FILES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))


def imported(path):
    """Names of the modules that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module


def relative(path):
    return str(path.relative_to(ROOT))


def test_there_is_something_to_look_at():
    assert {path.relative_to(ROOT).parts[0] for path in FILES} == set(LAYERS)
    assert len(FILES) > 60


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_a_module_imports_from_its_own_layer_and_those_below(path):
    above = LAYERS[LAYERS.index(path.relative_to(ROOT).parts[0]) + 1 :]
    leaves = ("tests", "seeds")
    wrong = [name for name in imported(path) if name.partition(".")[0] in (*above, *leaves)]
    assert wrong == []


def test_only_tracking_imports_mlflow():
    users = {relative(path) for path in FILES if any(name.partition(".")[0] == "mlflow" for name in imported(path))}
    assert users == {"experiments/tracking.py"}


HEAVY = {"mlflow", "torch", "sentence_transformers", "datasets", "sklearn", "pandas", "matplotlib", "transformers"}


def at_import(path):
    """Names of the modules that are imported when the file itself is."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("path", [p for p in FILES if p.relative_to(ROOT).parts[0] == "data"], ids=relative)
def test_the_data_layer_loads_nothing_heavy_at_import(path):
    assert {name.partition(".")[0] for name in at_import(path)} & HEAVY == set()


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_torch_and_mlflow_are_never_loaded_at_import(path):
    assert {name.partition(".")[0] for name in at_import(path)} & {"mlflow", "torch", "sentence_transformers"} == set()


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_nothing_unpickles(path):
    assert {name.partition(".")[0] for name in imported(path)} & {"pickle", "cloudpickle", "dill", "shelve"} == set()


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_a_module_says_what_it_holds_and_stays_short(path):
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module opens with a docstring"
    assert len(text.splitlines()) <= 320


def test_every_import_is_a_dependency_or_of_the_standard_library():
    import sys

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for own in project["optional-dependencies"].values() for d in own)]
    names = {
        d.split("[")[0].split(">")[0].split("=")[0].split("<")[0].strip().replace("-", "_").lower() for d in wanted
    }
    names |= {{"scikit_learn": "sklearn", "python_crfsuite": "pycrfsuite"}.get(name, name) for name in names}
    found = {name.partition(".")[0] for path in FILES for name in imported(path)}
    assert found - set(LAYERS) - set(sys.stdlib_module_names) - names == set()
