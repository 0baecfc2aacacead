# make prints this list
.DEFAULT_GOAL := help
SHELL := /bin/sh
PORT ?= 8000
SERVE ?= 1
SCENARIO ?= 2024H1
PYTEST_ARGS ?=
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check fix bench docs

help:
	@echo "make demo    build the demo county, run its half-year, print the figures, serve http://127.0.0.1:$(PORT)"
	@echo "             SERVE=0 builds and prints only; SCENARIO=2023H1 builds another half-year; PORT=8080"
	@echo "make test    the whole suite, browser tests included"
	@echo "make check   lint, types, import directions, formatting"
	@echo "make fix     format, and mend what can be mended"
	@echo "make bench   the measurements of bench/, against peers (long)"
	@echo "make docs    write docs/reference anew"

.venv/.installed: uv.lock pyproject.toml deploy/bootstrap.sh
	@deploy/bootstrap.sh

demo: .venv/.installed
	@.venv/bin/anmin demo build --scenario $(SCENARIO)
	@if [ "$(SERVE)" != "0" ]; then .venv/bin/anmin demo serve --scenario $(SCENARIO) --port $(PORT); fi

test: .venv/.installed
	@deploy/browser.sh
	@.venv/bin/pytest -n 2 --dist loadfile $(PYTEST_ARGS)

check: .venv/.installed
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

fix: .venv/.installed
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

bench: .venv/.installed
	@for run in bench/*/run.sh; do echo "== $$run"; $$run || exit 1; done

docs: .venv/.installed
	@.venv/bin/anmin docs write
