# What people type. `make` alone lists it.

PYTHON ?= python3
BIN := .venv/bin
STAMPS := .venv/stamps
BUILT := platform/ui/static/built
# The front end also depends on templates and definitions: only the icons that they name are bundled.
WEB := $(shell find platform runtime builder plugins blueprints \( -path $(BUILT) -o -path "plugins/*/static" \) -prune -o -type f \
	\( -name '*.ts' -o -name '*.mjs' -o -name '*.css' -o -name '*.html' -o -name '*.json' -o -name '*.svg' \) -print 2>/dev/null)
CATALOGUES := $(shell find platform/ui/locale plugins -name '*.po' 2>/dev/null)
WORKERS ?= 2

.PHONY: help setup run test lint check bench faults shots dist clean

help:
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

setup: $(STAMPS)/python $(STAMPS)/frontend $(STAMPS)/catalogues ## everything the other commands need, once
	@:

run: setup ## start Sartor in ./var: web, worker and scheduler in one go
	@$(BIN)/sartor run

test: lint ## all checks and tests; gets PostgreSQL, Redis and Chromium when it may
	@PYTHON=$(PYTHON) tools/needs.sh test
	@npm test --silent
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST)

lint: setup ## ruff, mypy and tsc
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary
	@npm run --silent check

check: lint ## the same, and the rules of the house
	@$(BIN)/python -m pytest -q tests/architecture

bench: setup ## speed, compared with bare SQL in one run
	@PYTHON=$(PYTHON) tools/needs.sh test
	@$(BIN)/python tests/benchmarks/run.py $(ARGS)

faults: setup ## the long form of the tests that kill processes or try many examples
	@PYTHON=$(PYTHON) tools/needs.sh test
	@SARTOR_KILLS=100 SARTOR_EXAMPLES=500 $(BIN)/python -m pytest -q -m "faults or hypothesis" -o faulthandler_timeout=3600 $(PYTEST)

shots: setup ## a picture of every page, into ./shots
	@PYTHON=$(PYTHON) tools/needs.sh test
	@$(BIN)/python tests/browser/shots.py

dist: setup ## a wheel with the built front end inside, into ./dist
	@rm -rf build dist
	@$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist .
	@rm -rf build
	@ls dist

clean: ## remove what setup made; ./var stays
	rm -rf .venv node_modules $(BUILT) plugins/*/static build dist shots

$(BIN)/python:
	@PYTHON=$(PYTHON) tools/needs.sh setup
	@$(PYTHON) -m venv .venv

$(STAMPS)/python: setup.cfg pyproject.toml constraints.txt | $(BIN)/python
	@echo "sartor: Python packages"
	@$(BIN)/pip install --quiet --disable-pip-version-check -e '.[test]' -c constraints.txt
	@mkdir -p $(STAMPS) && touch $@

node_modules/.package-lock.json: package.json package-lock.json .npmrc | $(BIN)/python
	@echo "sartor: npm packages"
	@npm ci --silent --ignore-scripts
	@touch $@

$(STAMPS)/frontend: node_modules/.package-lock.json $(WEB)
	@echo "sartor: front end"
	@npm run --silent build
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/catalogues: $(STAMPS)/python $(CATALOGUES)
	@for po in $(CATALOGUES); do $(BIN)/pybabel --quiet compile -i $$po -o $${po%.po}.mo || exit 1; done
	@mkdir -p $(STAMPS) && touch $@
