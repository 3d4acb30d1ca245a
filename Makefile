# The words that people and CI share. `make` alone lists them.
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3.14 python3; do command -v $$name && break; done)
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TESTED := $(VENV)/.ready-for-tests
SAMPLE := docs/guide/sample
PORT   ?= 8080

.DEFAULT_GOAL := help
.PHONY: help run test check bench generate format clean

help: ## list the words
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: $(READY) ## start the service with a sample repository
	@$(BIN)/gitops serve --sample $(SAMPLE) --port $(PORT)

test: check ## run every check and every test
	$(BIN)/pytest -n 2 --dist loadgroup

check: $(TESTED) ## style, types, contracts, our own flows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/gitops lint --root $(SAMPLE) $(SAMPLE)

bench: $(TESTED) ## measure, beside a peer and beside the machine's limit
	$(BIN)/python -m tests.bench

generate: $(TESTED) ## write the generated files anew
	$(BIN)/python -m tests.project.generated

format: $(TESTED) ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## remove the environment and the sample's data
	rm -rf $(VENV) .gitops

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "gitops needs Python 3.11 or later, found: $(PYTHON); name another with: make PYTHON=/path/to/python …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(READY): $(BIN)/python pyproject.toml $(shell find web -path web/node_modules -prune -o -type f -print 2>/dev/null)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(TESTED): $(READY) requirements-test.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-test.txt
	$(BIN)/python tests/browser_setup.py
	@touch $@
