# Everything a user runs. `make train` and `make test` work from a fresh clone.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
# Options for installing torch, such as TORCH="--index-url URL-OF-A-CPU-BUILD" (README, "A smaller install").
TORCH  ?=

.PHONY: train test test-fast lint ui bench install clean

train: $(STAMP)
	$(BIN)/python -m experiments.train

test: $(STAMP)
	$(BIN)/python -m pytest -n auto

test-fast: $(STAMP)
	$(BIN)/python -m pytest -n auto -m "not slow"

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

ui: $(STAMP)
	MLFLOW_DISABLE_TELEMETRY=true $(BIN)/mlflow ui --backend-store-uri sqlite:///mlruns/mlflow.db

bench: $(STAMP)
	$(BIN)/python -m experiments.bench

install: $(STAMP)

# torch first and alone: the CPU build satisfies every later range, so that no CUDA packages follow.
$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet "torch==2.13.0" $(TORCH)
	$(BIN)/pip install --quiet --editable ".[dev,html]"
	touch $@

clean:
	rm -rf $(VENV) build *.egg-info
