# What a checkout can do. Every target sets itself up in .venv: nothing needs installing or activating first.
.DEFAULT_GOAL := help
.PHONY: help demo browser screenshots test test-slow test-browser lint types contracts docs bench bench-reading train lock clean run-set dev-set
MAKEFLAGS += --no-print-directory
unexport PYTHONPATH PYTHONHOME

bin := .venv/bin
py := $(bin)/python
treebanks := $(or $(DETENTE_DATA),../shared/data)/reading/treebanks

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: run-set ## the brief on the founding dispute: installs what it needs, then works offline
	@$(bin)/detente brief examples/us-iran-2026

# Arrays are small here: threads inside one multiplication would only take turns with the two processes of the tests.
test test-slow test-browser: export OPENBLAS_NUM_THREADS := 1
test: lint types contracts ## everything that must hold: lint, types, contracts, tests, examples in the docs
	@echo "tests"
	@$(py) -m pytest -q -n 2 --dist loadfile -m "not slow and not browser"

test-slow: dev-set ## the tests that take minutes
	@$(py) -m pytest -q -m "slow and not browser" || [ $$? -eq 5 ]

test-browser: dev-set browser ## the pages of the desk in a real Chromium
	@$(py) -m pytest -q tests/web -m browser

lint: dev-set ## style, and the form of the code
	@echo "lint"
	@$(py) -m ruff check .
	@$(py) -m ruff format --check .

types: dev-set ## mypy, strict
	@echo "types"
	@$(py) -m mypy

contracts: dev-set ## who may import whom
	@echo "contracts"
	@$(bin)/lint-imports --no-cache --no-logo

docs: dev-set ## the docs: links, completeness, every command and example run
	@$(py) -m pytest -q tests/test_docs.py README.md docs

bench: dev-set ## how fast, on this machine
	@set -e; for file in benchmarks/[a-z]*.py; do \
	  case $$file in benchmarks/reading*) continue ;; esac; \
	  if [ -e "$$file" ]; then echo "$$file"; $(py) "$$file"; fi; done

bench-reading: dev-set ## how well and how fast the reader reads, on the treebanks and dev articles beside the checkout
	@$(py) benchmarks/reading.py
	@$(py) benchmarks/reading_scale.py

train: dev-set ## train the language pipeline anew (an hour); its weights go to build/pipeline, not into the package
	@$(py) training/convert.py "$(treebanks)" build/corpus
	@$(py) -m spacy train training/pipeline.cfg --output build/training \
	  --paths.train build/corpus/train.spacy --paths.dev build/corpus/dev.spacy
	@$(py) training/pack.py build/training/model-best build/pipeline
	@$(py) training/score.py build/pipeline build/corpus

lock: ## renew requirements/*.txt from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "uv is needed to renew the lock: pip install uv" >&2; exit 1; }
	@for set in run dev; do \
	  case $$set in run) extra="--group install" ;; dev) extra="--group install --group dev -c requirements/run.txt" ;; esac; \
	  uv pip compile pyproject.toml $$extra --universal --python-version 3.11 --fork-strategy fewest --only-binary :all: \
	    --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet --upgrade -o requirements/$$set.txt; done

browser: ## Chromium for the tests of the pages, where this machine lets it be installed
	@sh scripts/browser

screenshots: dev-set browser ## the pictures of the pages in docs/img/desk, taken anew
	@DETENTE_SCREENSHOTS=1 $(py) -m pytest -q tests/web/test_screenshots.py

clean: ## remove .venv and everything made here
	@rm -rf .venv build dist ./*-brief.html .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find src tests training benchmarks -type d -name __pycache__ -prune -exec rm -rf {} +

run-set:
	@sh scripts/setup run

dev-set:
	@sh scripts/setup dev
