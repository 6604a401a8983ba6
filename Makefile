# Two commands: `make run` shows a newsroom, `make test` proves it.  PORT= and DATA= change where.
PORT ?= 8000
DATA ?= var
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check bench seed docs setup dev widget clean

run: setup
	@$(BIN)/moothall demo --port $(PORT) --data $(DATA)

seed: setup
	@$(BIN)/moothall seed --data $(DATA)

test: dev
	@scripts/test

check: dev
	@scripts/check

bench: dev
	@$(BIN)/python -m bench.run $(WHAT)

docs: dev
	@scripts/docs

setup: .venv/ready src/moothall/web/static/built/manifest.json
dev: .venv/ready-dev src/moothall/web/static/built/manifest.json

.venv/ready: requirements.lock pyproject.toml
	@scripts/setup $(PYTHON) requirements.lock && touch $@

.venv/ready-dev: requirements-dev.lock pyproject.toml
	@scripts/setup $(PYTHON) requirements-dev.lock && touch .venv/ready $@

src/moothall/web/static/built/manifest.json: $(wildcard widget/src/*.ts widget/src/*/*.ts) widget/build.mjs widget/package-lock.json
	@scripts/widget && touch $@

clean:
	rm -rf .venv widget/node_modules src/moothall/web/static/built
