# Two commands matter: `make run` and `make test`. Both prepare what they need.
# The system's own interpreter first: distributions build theirs with profile-guided optimisation.
PYTHONS ?= /usr/bin/python3.11 python3.11 python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test quick check kill bench lock clean

run: $(READY)
	$(BIN)/python -m bot

test: check
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m flows check

quick: $(READY)
	$(BIN)/python -m pytest -m "not slow"

kill: $(READY)
	$(BIN)/python -m tests.kill

bench: $(READY)
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.storm
	$(BIN)/python -m tests.bench.schedules
	$(BIN)/python -m tests.bench.hearing

# Hashes pin every file; no address is recorded.
lock: $(READY)
	$(BIN)/python -m uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --extra dev --python-version 3.11 pyproject.toml -o requirements.lock

$(READY): requirements.lock pyproject.toml
	test -x $(BIN)/python || for python in $(PYTHONS); do $$python -m venv --clear $(VENV) && break; done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .bench
