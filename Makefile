# `make run` sets everything up and starts the kiosk; `make test` sets everything up and runs all tests.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Content and code are read from the checkout, whatever the caller's path says.
export PYTHONPATH := $(CURDIR)
export PYTHONWARNINGS := ignore
# Rasa's own commands: nothing is reported to anybody, and the libraries below them keep quiet.
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

help: ## show what can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | column -t -s "$$(printf '\t')"

# Rasa's open-source line needs Python 3.10. Looked for on the PATH, with pyenv, then with uv; one without venv or
# ensurepip (Debian packs them apart) is passed over. A virtualenv that failed half-way would be taken for a whole one.
$(BIN)/python:
	@set -e; found=""; \
	usable() { "$$1" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; }; \
	for candidate in python3.10 python3 python; do \
	  path=$$(command -v $$candidate 2>/dev/null) || continue; \
	  if usable "$$path"; then found="$$path"; break; fi; \
	done; \
	if [ -z "$$found" ] && command -v pyenv >/dev/null 2>&1; then \
	  for version in $$(pyenv versions --bare 2>/dev/null | grep '^3\.10' | sort -rV); do \
	    path="$$(pyenv root)/versions/$$version/bin/python"; \
	    if usable "$$path"; then found="$$path"; break; fi; \
	  done; \
	fi; \
	if [ -z "$$found" ] && command -v uv >/dev/null 2>&1; then \
	  found=$$(uv python find 3.10 2>/dev/null || { uv python install 3.10 >&2 && uv python find 3.10; }) || found=""; \
	fi; \
	if [ -z "$$found" ]; then \
	  echo "He'an needs Python 3.10 with venv and ensurepip, which was not found: install it with 'uv python install 3.10' or 'pyenv install 3.10', then run make again." >&2; \
	  exit 1; \
	fi; \
	echo "→ Python: $$found"; \
	"$$found" -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.runtime: requirements.lock | $(BIN)/python
	@echo "→ Installing the locked dependencies (about 2.7 GB once; a few minutes) …"
	@$(BIN)/python -m pip install --no-deps --require-hashes --progress-bar on -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/.runtime
	@echo "→ Installing what the tests need …"
	@$(BIN)/python -m pip install --no-deps --require-hashes --progress-bar on -r requirements-dev.lock
	@touch $@

setup: $(VENV)/.runtime ## install the dependencies into .venv

hearing: setup ## also install sherpa-onnx, for speech recognition and voices from model files (docs/voice.md)
	@$(BIN)/python -m pip install --no-deps --require-hashes --progress-bar on -r requirements-hearing.lock

train: setup ## train the model when its sources changed (`hean train` also evaluates it before it serves)
	@$(BIN)/python -m server train --quick

run: setup ## set up, train when needed, start the kiosk at http://127.0.0.1:8000
	@$(BIN)/python -m server serve --train

lint: $(VENV)/.dev ## lint, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

validate: train ## the drills, and Rasa's own validation of the training data
	@$(BIN)/python -m server scenarios check
	@$(BIN)/rasa data validate --fail-on-warnings

test: lint validate ## set up everything and run all tests
	@$(BIN)/python -m pytest $(PYTEST)
	@$(BIN)/python -m server eval --own --enforce

lock: ## write the lock files anew from pyproject.toml (needs uv)
	uv pip compile --python-version 3.10 -q --no-header --no-emit-index-url --no-annotate --generate-hashes pyproject.toml -o requirements.lock
	uv pip compile --python-version 3.10 -q --no-header --no-emit-index-url --no-annotate --generate-hashes --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	grep -o 'sherpa-onnx==[0-9.]*' pyproject.toml | head -1 | uv pip compile --python-version 3.10 -q --no-header --no-emit-index-url --no-annotate --generate-hashes -c requirements.lock - -o requirements-hearing.lock

clean: ## remove what was trained and cached, not the environment
	rm -rf models .rasa .mypy_cache .ruff_cache .pytest_cache .hypothesis

.PHONY: help setup hearing train run lint validate test lock clean
