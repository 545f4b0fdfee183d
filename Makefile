# Needs Python 3.11+, git and make. Everything is installed into .venv and stays there.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
SOURCES := pyproject.toml constraints.txt

.PHONY: run test simulate soak kill lint format bench bench-query clean

run: .venv/run.stamp  ## play the newsroom, crawl it twice, and show what was flagged
	@$(BIN)/newscrawler demo

test: .venv/dev.stamp  ## pass the tests
	$(BIN)/pytest -n auto --dist worksteal $(ARGS)

simulate: .venv/dev.stamp  ## crawl twenty simulated sites for weeks and compare with the truth; ARGS="--help"
	@$(BIN)/python -m tests.simulation $(ARGS)

soak: .venv/dev.stamp  ## watch a misbehaving site for half an hour, killing processes; ARGS="--minutes 5"
	@$(BIN)/python -m tests.soak $(ARGS)

kill: .venv/dev.stamp  ## kill crawls and dispatchers at random moments and count what came through; ARGS="--help"
	@$(BIN)/python -m tests.alerts $(ARGS)

lint: .venv/dev.stamp  ## check style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: .venv/dev.stamp  ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/dev.stamp  ## measure speed
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

bench-query: .venv/dev.stamp  ## measure queries on 1,000,000 articles, SQLite and PostgreSQL; ARGS="--rows 100000"
	@$(BIN)/python benchmarks/query.py --rows 1000000 --database sqlite --database postgresql $(ARGS)

clean:  ## remove what was installed and built
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f *__mypyc.*.so && find newscrawler -name '*.so' -delete

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "newscrawler needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.12" >&2; exit 1; }
	@echo "setting up .venv" >&2
	@$(PYTHON) -m venv .venv

.venv/run.stamp: .venv/bin/python $(SOURCES)
	@$(PIP) install -c constraints.txt -e '.[web]'
	@touch $@

.venv/dev.stamp: .venv/bin/python $(SOURCES)
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@ .venv/run.stamp
