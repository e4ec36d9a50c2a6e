# make demo   installs, builds a graph from the sample papers and answers a question from it
# make test   installs and runs every check; ends with pytest's summary
# make assets fetches the query editor and the engine for browsers by npm; the site works without them
#
# Both need nothing but python3 (3.11 or later) and make; everything goes into .venv.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
GRAPH  := demo-graph

.PHONY: help install assets demo test lint types layers unit system readers clean
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

install: $(STAMP)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; say which: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(STAMP): $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

# The query editor and the engine for browsers, from npm; the site works without them.
assets: $(STAMP)
	$(BIN)/kg assets

demo: $(STAMP)
	@$(BIN)/kg build data/documents --store $(GRAPH)
	@printf '\nWhich projects led to AI.ALL*?  kg query lineage -p project="AI.ALL*"\n\n'
	@$(BIN)/kg query lineage -p project='AI.ALL*' --store $(GRAPH)
	@printf '\nIn which words do the papers say so?  kg query lineage-evidence -p project="AI.ALL*"\n\n'
	@$(BIN)/kg query lineage-evidence -p project='AI.ALL*' --store $(GRAPH)
	@printf '\nThe graph is in $(GRAPH)/.  Ask it more: $(BIN)/kg query --list\n'

lint: $(STAMP)
	$(BIN)/ruff check kg tests

types: $(STAMP)
	$(BIN)/mypy

layers: $(STAMP)
	$(BIN)/lint-imports --no-logo

# What tests use beside Python: a browser, OCR and the like (tests/system-packages.txt).
system:
	@tests/install-system-packages

# Other programs that read networks, in tests/.readers (igraph among them, which is GPL and no dependency).
readers: $(STAMP)
	@tests/install-graph-readers

test: system readers lint types layers unit

# Two files of tests at a time; what tests count and compare does not depend on what else runs.
unit: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist loadfile

clean:
	rm -rf build dist $(GRAPH) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
