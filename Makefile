# The two commands that matter: `make serve` and `make test`.
# Everything is installed in .venv, from the lock files, by hash.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
LOCK   := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --allow-unsafe

# Code that Python may keep compiled starts sooner, which the tests that run commands feel.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: serve site check hooks test test-long bench bench-preview report screenshots lock clean

serve: $(VENV)/ready          ## build and serve the internal edition at http://127.0.0.1:8000
	$(BIN)/handbook serve

site: $(VENV)/ready           ## build both editions
	$(BIN)/handbook build all

check: $(VENV)/ready-dev      ## every rule over pages and records, then the code's own lint
	$(BIN)/handbook check
	$(BIN)/handbook schema --check
	$(BIN)/ruff check handbook macros tests benchmarks
	$(BIN)/ruff format --check handbook macros tests benchmarks

hooks: $(VENV)/ready          ## have git run the check before each commit
	git config core.hooksPath .githooks

test: check .venvs/properdocs/ready .venvs/formats/ready  ## the whole test suite, browser tests included
	$(BIN)/python -m tests.browser.install
	$(BIN)/python -m pytest -n 2 -m "not long" --cov --cov-report=
	@echo "Lines of the engine that the tests ran: $$($(BIN)/python -m coverage report --format=total)%"

test-long: test .venvs/zensical/ready .venvs/peers/ready  ## the slow variants as well
	$(BIN)/python -m tests.office
	$(BIN)/python -m pytest -n 2 -m long

bench: $(VENV)/ready .venvs/peers/ready  ## measure builds beside other tools' (flags: make bench FLAGS="--pages 100")
	$(BIN)/python -m benchmarks.bench $(FLAGS)

bench-preview: $(VENV)/ready-dev  ## measure how long a saved change takes to be shown, at 1,000 pages in a real browser
	$(BIN)/python -m tests.browser.install
	$(BIN)/python -m benchmarks.preview $(FLAGS)

screenshots: $(VENV)/ready-dev ## pictures of every kind of page, wide and narrow, light and dark, in build/screenshots
	$(BIN)/handbook build internal
	$(BIN)/python -m tests.content.screenshots build/screenshots

report: $(VENV)/ready-dev benchmarks/lighthouse/node_modules/ready  ## what a page costs its reader: weight, and Lighthouse (needs Node.js)
	$(BIN)/python -m tests.browser.install
	$(BIN)/python -m benchmarks.readers

lock:                         ## work out the lock files again (needs uv)
	$(LOCK) pyproject.toml --upgrade -o requirements.txt
	$(LOCK) pyproject.toml --extra dev -o requirements-dev.txt
	$(LOCK) benchmarks/requirements.in -c requirements.txt -o benchmarks/requirements.txt
	$(LOCK) pyproject.toml tests/engines/properdocs.in -c requirements.txt -o tests/engines/properdocs.txt
	$(LOCK) tests/engines/zensical.in -o tests/engines/zensical.txt
	$(LOCK) tests/engines/formats.in -o tests/engines/formats.txt

clean:                        ## remove what was built and installed
	rm -rf $(VENV) .venvs build .cache .coverage .pytest_cache .ruff_cache .hypothesis

$(VENV)/ready: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed. Say which: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

# Environments of other tools, each with a lock of its own.
.venvs/peers/ready: benchmarks/requirements.txt
	$(locked-environment)
	touch $@

.venvs/zensical/ready: tests/engines/zensical.txt
	$(locked-environment)
	touch $@

.venvs/formats/ready: tests/engines/formats.txt
	$(locked-environment)
	touch $@

.venvs/properdocs/ready: tests/engines/properdocs.txt pyproject.toml
	$(locked-environment)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

define locked-environment
$(PYTHON) -m venv $(@D)
$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
endef

benchmarks/lighthouse/node_modules/ready: benchmarks/lighthouse/package-lock.json
	npm ci --prefix benchmarks/lighthouse --no-audit --no-fund --loglevel=error
	touch $@
