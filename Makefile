# ehpilot: the two commands of the README are `make demo` and `make test`.
# Everything is made under .venv/ and build/; nothing else is touched.

PYTHON ?= python3
REAL ?= ../shared/real
SCALE ?= 1
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo
export DO_NOT_TRACK := 1
export DAGSTER_DISABLE_TELEMETRY := 1
export GX_ANALYTICS_ENABLED := false
export DBT_SEND_ANONYMOUS_USAGE_STATS := false

.PHONY: help demo month fonts test lint lint-python lint-sql test-slow test-real real bench system environment clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

environment: $(VENV)/.ready ## the Python environment in .venv, from requirements.lock

$(VENV)/.ready: requirements.lock pyproject.toml
	@echo "· making the Python environment in $(VENV) (once; some minutes on a slow line)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=..."; exit 2; }
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { \
		echo "· this Python has no venv module; installing the Debian package python3-venv"; \
		apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null && $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . 2>/dev/null \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

fonts: $(VENV)/.ready ## a Chinese font for pictures and PDF, where this machine has none
	@$(BIN)/python -m ehpilot.reporting.fonts 2>/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "· this machine has no Chinese font; installing the Debian package fonts-noto-cjk"; \
			apt-get update -qq && apt-get install -y -qq fonts-noto-cjk >/dev/null; \
		fi; \
		$(BIN)/python -m ehpilot.reporting.fonts || echo "· HTML and Word are made without figures, PDF is left as a gap"; }

demo: $(VENV)/.ready fonts ## fictional landing files → warehouse → three monthly editions, in build/demo
	@$(MAKE) --no-print-directory month NO=0001 DAY=2026-08-31 OPTIONS=--no-reports
	@$(MAKE) --no-print-directory month NO=0002 DAY=2026-09-30 OPTIONS=--no-reports
	@$(MAKE) --no-print-directory month NO=0003 DAY=2026-10-31 AGAIN=1
	@echo
	@echo "Where to look:"
	@echo "  $(DEMO)/out/editions/latest/index.html       start page of the edition (open in a browser)"
	@echo "  $(DEMO)/out/editions/latest/reports/         D01 to D19, annual summary: HTML, Word, PDF, Excel"
	@echo "  $(DEMO)/out/editions/latest/dossiers/        one document a risk source"
	@echo "  $(DEMO)/out/editions/latest/codes/           risk codes; notices/ letters that are due; exchange/ packages"
	@echo "  $(BIN)/ehpilot diff 2 3 --out $(DEMO)/out                   what October changed"
	@echo "  $(BIN)/ehpilot code verify $(DEMO)/out/ledger/ledger.jsonl   the ledger over the three editions"
	@echo "  $(BIN)/ehpilot sql \"select * from core.dim_enterprise limit 5\" --out $(DEMO)/out"
	@echo "  $(BIN)/ehpilot ui --profile demo --landing $(DEMO)/landing --out $(DEMO)/out   the Dagster graph on 127.0.0.1:3000"

# One edition of the demo, as its offices would have built it on DAY; what stands is not made again but the newest (AGAIN).
month:
	@if [ -n "$(AGAIN)" ] || [ ! -e $(DEMO)/out/editions/$(NO) ]; then \
		echo "· edition $(NO), as of $(DAY): landing files to $(DEMO)/landing" && \
		$(BIN)/ehpilot demo --out $(DEMO)/landing --truth $(DEMO)/truth --scale $(SCALE) --as-of $(DAY) && \
		$(BIN)/ehpilot build --profile demo --landing $(DEMO)/landing --out $(DEMO)/out --as-of $(DAY) $(OPTIONS); \
	fi

test: $(VENV)/.ready lint ## linters and all tests but the slow ones
	$(BIN)/pytest -q -n 2 --dist loadgroup -m "not slow and not browser"

test-slow: $(VENV)/.ready ## large files, kills, determinism at full size, browser
	$(BIN)/pytest -q -n 2 --dist loadgroup -m "slow or browser"

test-real: $(VENV)/.ready ## tests over real open data (folder REAL); builds nine editions
	EHPILOT_REAL=$(REAL) $(BIN)/pytest -q tests/real

lint: $(VENV)/.ready ## ruff, import-linter, mypy, sqlfluff
	@$(MAKE) --no-print-directory -j 2 --output-sync=target lint-python lint-sql

lint-python: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

lint-sql: $(VENV)/.ready
	find dbt/models -name '*.sql' | sort | xargs -P 2 -n 100 $(BIN)/python .ci/lint_models.py lint --disable-progress-bar

real: $(VENV)/.ready ## real open data (folder REAL) → build/real/<profile>/out
	$(BIN)/python -m ehpilot.runs.open_data --real $(REAL) --to build/real

bench: $(VENV)/.ready ## ratios of interleaved pairs; writes docs/performance.md's figures to build/bench
	$(BIN)/python -m benchmarks

system: ## Debian packages that the browser tests need (root)
	apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk >/dev/null

clean: ## remove build/ and the environment
	rm -rf build $(VENV) dbt/target
