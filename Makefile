# Needed: git, make and Python 3.11 (to 3.13) with venv. What else is missing is said, with the apt
# line that brings it.
PORT ?= 8000
VENV ?= .venv
DEMO_VENV ?= .venv-demo
BIN = $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test check env bench docs vendor lock contracts texts

help:  ## Say what each target does
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

demo:  ## Serve the sample organisation on http://127.0.0.1:PORT (PORT=8000); installs no tool
	@scripts/make_env $(DEMO_VENV) requirements/run.txt
	@exec $(DEMO_VENV)/bin/commonweal demo --port $(PORT)

test: env  ## Run every test, on SQLite and on PostgreSQL 15; installs what it lacks where it may
	@PATH="$(abspath $(BIN)):$$PATH" scripts/run_tests

check: env  ## Check style, types, contracts, sizes, texts, licences and the fast tests (< 4 min)
	@PATH="$(abspath $(BIN)):$$PATH" scripts/check

env:  ## Make an environment with everything in it (VENV=.venv)
	@scripts/make_env $(VENV) requirements/dev.txt

bench: env  ## Measure what the project promises about speed
	@$(BIN)/python -m pytest benches -o python_files='bench_*.py' -p no:xdist --benchmark-columns=min,median,max

docs: env  ## Build the documentation into docs/_build; a warning fails
	@$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

vendor:  ## Compile the vendored style sheet again (maintainers only; needs Node)
	@scripts/vendor

lock:  ## Make the hashed locks again from pyproject.toml (UPGRADE=1 takes the newest of all)
	@scripts/lock $(if $(UPGRADE),--upgrade)

contracts: env  ## Write the import contracts of the rooms again from the folders
	@$(BIN)/python scripts/contracts.py

texts: env  ## Take every text out of the code for translators, and compile their translations
	@$(BIN)/python scripts/texts.py
