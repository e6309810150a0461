# The commands of Attested. A checkout needs Python 3.11; the rest is fetched, hash-checked, on the first call.
.DEFAULT_GOAL := help
.PHONY: help run test oldest pictures check lint forms house bench mutate format lock setup clean
MAKEFLAGS += --no-print-directory
# Where it is set, every process compiles every source, and every worker rewrites every test, anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
SIZE ?= small
BIN := .venv/bin
PYTEST := $(BIN)/pytest -q -n auto --maxprocesses 8 --dist worksteal
POSTGRESQL_15 := /usr/lib/postgresql/15/bin

help: ## show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: ## run everything on this machine with a believable force (PORT=8000, ATTESTED_DATA=.data)
	@"$(PYTHON)" scripts/setup.py run
	@exec $(BIN)/attested run

test: check ## every check, then every test, on the real servers and in a real browser
	$(PYTEST) --ignore tests/house
	@$(MAKE) oldest

oldest: ## the tests that ask the database again, on PostgreSQL 15, the oldest we promise
	@if [ -x $(POSTGRESQL_15)/postgres ]; \
	then set -x; ATTESTED_POSTGRES_BIN=$(POSTGRESQL_15) $(PYTEST) --ignore tests/house -m "database and not browser and not sweeping"; \
	else echo "PostgreSQL 15 is not on this machine: the tests ran on 18 alone."; fi

pictures: setup ## walk every page in the browser, and keep a picture of each in build/screenshots
	ATTESTED_PICTURES=1 $(PYTEST) --ignore tests/house -m browser

check: setup ## formatting, lint, types, floors between the packages, and the tests about the code itself
	@$(MAKE) -j2 forms house

lint: setup
	@$(MAKE) forms

forms:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

house:
	$(BIN)/pytest -q tests/house

bench: setup ## the figures, each beside its floor (SIZE=small in two minutes, SIZE=nation for all of it)
	$(BIN)/python -m benchmarks --size $(SIZE)

mutate: setup ## change the code that permits in every small way, and count what its tests notice (half an hour)
	$(BIN)/python scripts/mutate.py $(MUTANTS)

format: setup ## put the code into the house's form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: setup ## compile the locks again after pyproject.toml changed (UPGRADE=1 for the newest versions)
	$(BIN)/python scripts/lock.py $(if $(UPGRADE),--upgrade)

setup:
	@"$(PYTHON)" scripts/setup.py test

clean: ## throw away everything that was made, except the data in .data
	rm -rf .venv node_modules build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
