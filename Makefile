# make demo: set up, read the samples, show the report.  make test: set up, check everything.  Both are safe to repeat.
.DEFAULT_GOAL := help
.PHONY: help setup system test test-paddle lint types golden bench bench-accuracy demo clean

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHON ?= $(shell command -v python3.11 || command -v python3)
# Debian's python3 comes without venv; other Pythons have it
VENV_PACKAGE := $(shell $(PYTHON) -c 'import ensurepip' 2>/dev/null || echo python3-venv)
# generated contracts are printed with Pango; without one of the fonts its place is taken by another
PRINTING_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-cjk fonts-arphic-ukai fonts-liberation fonts-dejavu-core
SYSTEM_PACKAGES := $(VENV_PACKAGE) tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-chi-tra $(PRINTING_PACKAGES)

help:
	@echo "make demo   read the contracts in samples/ and say where the records and the report lie"
	@echo "make test   lint, types, layers and tests"
	@echo "make setup | lint | types | golden | bench | bench-accuracy | clean"

setup: $(READY)

# tesseract is the second engine: without it everything else works, and its tests say that they were skipped
system:
	@sh tools/system-packages.sh $(SYSTEM_PACKAGES)

$(READY): requirements.lock pyproject.toml | system
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

test: setup lint types
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report --skip-covered --sort=cover | tail -n 25

# PaddleOCR pins its own numpy and OpenCV, so it has an environment of its own
test-paddle: setup
	test -x $(VENV)-paddle/bin/python || $(PYTHON) -m venv $(VENV)-paddle
	$(VENV)-paddle/bin/python -m pip install --quiet --disable-pip-version-check -e '.[paddle]' pytest
	$(VENV)-paddle/bin/python -m pytest -o addopts= tests/test_engines.py tests/test_paddle.py -k paddle

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: setup
	$(BIN)/mypy

golden: setup
	$(BIN)/python -m samples.golden

bench: setup
	$(BIN)/python -m bench.speed

# SEEDS are contracts that nobody has looked at; `make bench-accuracy SEEDS=1-12 PROFILES=born,office`
SEEDS ?= 1-60
PROFILES ?= clean,office,poor,fax,phone
JOBS ?= 1
bench-accuracy: setup
	$(BIN)/python -m bench.accuracy --seeds $(SEEDS) --profiles $(PROFILES) --jobs $(JOBS) --work out/accuracy --write

demo: setup
	@$(BIN)/hetong ingest samples --out out/demo; code=$$?; test $$code -le 1 || exit $$code

clean:
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .import_linter_cache
