# Everything a newcomer types. `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check -qq install
CODE := bot handlers knowledge tests benchmarks setup.py

.DEFAULT_GOAL := help
.PHONY: help install run chat test lint check faults format bench lock clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-8s %s\n", $$1, $$2 }'

install: $(VENV)/.run ## Create the environment .venv from the lock file

run: $(VENV)/.run ## Build the sample index if there is none, then start the bot (terminal chat without tokens)
	@$(BIN)/hangxun build --sample --if-missing </dev/null
	@$(BIN)/hangxun run

chat: $(VENV)/.run ## Chat in the terminal
	@$(BIN)/hangxun build --sample --if-missing </dev/null
	@$(BIN)/hangxun chat

test: $(VENV)/.dev ## Run the whole test suite
	$(BIN)/python -m pytest

lint: $(VENV)/.dev ## Check format, lint, types and import contracts
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test ## All that CI runs: lint, then test

faults: $(VENV)/.dev ## Play the fault matrix, about a quarter of an hour: FAULTS="--record", "--smoke" or words of names
	$(BIN)/python -m tests.faults $(FAULTS)

format: $(VENV)/.dev ## Format the code and mend what the linter can
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

bench: $(VENV)/.dev ## Measure our figures beside the peers: BENCH="search --quick" names benchmarks and options
	$(BIN)/python -m benchmarks $(BENCH)

lock: $(VENV)/.dev ## Renew the lock files within the ranges of pyproject.toml
	$(PIP) 'uv>=0.9'
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --python-version 3.11 \
		--group build --group dev pyproject.toml --output-file requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		--group build --constraint requirements-dev.lock pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		--group build --group compile --constraint requirements-dev.lock --output-file requirements-compile.lock

clean: ## Remove the environment, caches and the built index (subscriptions stay)
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis var/index

# The environment. Its stamps say which lock file it was installed from.
$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/pip
	@echo "Installing the locked packages (once, about half a minute) ..."
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "Installing the locked development packages ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Hangxun needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(MAKE) --no-print-directory venv-package
	@$(PYTHON) -m venv $(VENV)

# Debian keeps venv in a package of its own: root gets it installed, everybody else is told.
.PHONY: venv-package
venv-package:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y python3-venv >/dev/null; \
	else \
		echo "Python's venv is not installed; run: sudo apt-get install python3-venv" >&2; exit 1; \
	fi
