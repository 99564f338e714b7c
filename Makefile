# One verb per command; `make run` and `make test` do all their own set-up in .venv.

PYTHON ?= python3
BIN = .venv/bin

.PHONY: run test check bench chaos lock

run: .venv/ready
	$(BIN)/python -m bot run

test: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/pyright
	$(BIN)/python -m bot check
	$(BIN)/pytest -n auto --dist loadfile --cov --cov-report=term

check: .venv/ready
	$(BIN)/python -m bot check

bench: .venv/ready
	$(BIN)/python -m tests.bench

chaos: .venv/ready
	KILLS=100 $(BIN)/pytest -p no:cacheprovider tests/bot/test_sender_killed.py

lock: .venv/ready
	$(BIN)/pip install uv
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
		--extra dev pyproject.toml -o requirements.lock

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed')"
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch .venv/ready
