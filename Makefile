# The two that matter: `make demo` shows the tool, `make test` checks the house.
# Needed: make, Python 3.11 or newer with the venv module, and a package registry that pip reaches.

.DEFAULT_GOAL := help
SHELL := /bin/sh

# The newest Python that the lock files know, unless PYTHON=... says otherwise.
PYTHON ?= $(shell for name in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	if "$$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then echo "$$name"; break; fi; done)

BIN := .venv/bin
# Without compiling all of it: what is used is compiled when it is first used, which is a tenth of it.
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile
STUDY := demo-study/ten-minutes.cmo
FUZZ_SECONDS ?= 60
SIZE ?= large

# Compiled code is kept whatever the shell says: without it every process of a test, a kill or a measurement compiles anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test suite fuzz torture bench check lint types contracts lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile

demo: .venv/.project ## build the demo study and its workbook, and open it (or print its matrix)
	@$(BIN)/cmo demo $(STUDY)

test: lint contracts ## lint, types, import contracts, all tests, the wheel in a clean environment
	@$(MAKE) --no-print-directory --jobs=2 types suite

# Beside the types, which leave a core idle; the tests alone do so too, while they wait for a disk or a terminal.
suite: .venv/.dev
	$(BIN)/python -m pytest -n auto --dist worksteal -m "slow or not slow"

fuzz: .venv/.dev ## try every reader with files changed at random, FUZZ_SECONDS (60) each
	$(BIN)/python -m fuzz --seconds $(FUZZ_SECONDS) $(FUZZ_OPTIONS)

torture: .venv/.dev ## kill, starve, crowd and damage the real program at length (a fifth of it takes 4 minutes), print what held; writes docs/torture.md
	$(BIN)/python -m torture --page

bench: .venv/.dev ## measure every job beside its floor, at the SIZE small, medium or large (20 minutes); writes docs/speed.md
	$(BIN)/python -m benchmarks $(SIZE) --json build/benchmarks.json --page

check: lint types contracts ## what takes seconds: lint, types, import contracts

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .

types: .venv/.dev
	$(BIN)/mypy

contracts: .venv/.dev
	$(BIN)/lint-imports

# Made from scratch when the lock changes, so that nothing of an older lock stays in it.
.venv/.locked: requirements.lock
	@if [ -z "$(PYTHON)" ]; then \
		echo "cmo needs Python 3.11 or newer with its venv module, and none was found."; \
		echo "Debian, Ubuntu: apt install python3 python3-venv. Elsewhere: python.org. Or: make PYTHON=/path/to/python ..."; \
		exit 1; fi
	@echo "Making .venv with $(PYTHON) ..."
	@"$(PYTHON)" -m venv --clear .venv
	@$(PIP) --require-hashes -r requirements.lock
	@touch $@

.venv/.project: .venv/.locked pyproject.toml
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.project requirements-dev.lock
	@echo "Installing the developers' tools ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

lock: ## write both lock files anew from pyproject.toml (needs uv; add LOCK_FLAGS=--upgrade for newer versions)
	@command -v uv >/dev/null || { echo "make lock needs uv: pipx install uv"; exit 1; }
	$(LOCK) $(LOCK_FLAGS) --group build pyproject.toml -o requirements.lock
	$(LOCK) $(LOCK_FLAGS) --group dev --extra pandas --extra png -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## remove what make made, except demo-study/: there may be work in it
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
