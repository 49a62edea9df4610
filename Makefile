# Every target sets up what it needs in .venv of this checkout; quick when it is there.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export GX_ANALYTICS_ENABLED := False

.PHONY: help demo mail-server demo-city scale test chance coverage check-documents fuzz lint format bench years quality serve check-deployments chaos test-browser test-libreoffice pictures cards lock clean

help:            ## what there is
	@grep -E '^[a-z-]+: .*##|^[a-z-]+:  *##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

demo: $(VENV)/run   ## the demonstration year, both rounds, into demo-out/
	$(BIN)/gongkai demo --out demo-out

demo-city: $(VENV)/dev   ## six invented districts, a local cluster of two workers, and the city's roll-up, into demo-city-out/
	$(BIN)/gongkai demo --districts 6 --out demo-city-out/districts
	$(BIN)/gongkai city run --year 2021 --districts demo-city-out/districts --out demo-city-out/out --workers 2 --as-of 2022-02-25T09:00:00+08:00 || test $$? -eq 3

scale: $(VENV)/dev       ## many districts: time and memory by workers, a worker killed, nothing new (GONGKAI_SCALE=30,60,120; 6 by default)
	$(BIN)/python -m tests.scale

test: $(VENV)/dev   ## all tests but those that need a browser
	$(BIN)/python -m pytest

chance: $(VENV)/dev   ## all tests, the properties with examples nobody has seen (make test draws the same every time)
	GONGKAI_CHANCE=1 $(BIN)/python -m pytest

coverage: $(VENV)/dev   ## all tests with branch coverage: fails below what was reached (pyproject.toml)
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

test-browser: $(VENV)/dev   ## the board, a receipt and the Prefect UI in a real Chromium (needs `chromium` on the PATH)
	$(BIN)/python -m pytest -n 0 -m browser tests/browser

check-documents: demo $(VENV)/dev   ## every Word and Excel file of the demonstration against the OOXML schema, offline (openxml-audit)
	# A02 sends a file with a password, which is none of these
	for folder in demo-out/2021 demo-out/first-round/2021 demo-out/input/inbox-2020 $$(ls -d demo-out/input/inbox-2021-round2/* | grep -v /A02$$); do \
	  $(BIN)/openxml-audit --recursive --quiet --validator ooxml $$folder || exit 1; done

fuzz: $(VENV)/dev   ## 20,000 corrupted workbooks (make test does 250): every one a receipt, none a crash or a hang
	GONGKAI_FUZZ=20000 $(BIN)/python -m pytest -n 0 -s tests/fuzz

chaos: $(VENV)/dev   ## thirty kills, full disks, a database that is gone, an inbox that moves: nothing is lost
	GONGKAI_CHAOS=30 $(BIN)/python -m pytest -n 0 -m 'chaos or not chaos' tests/chaos

test-libreoffice: $(VENV)/dev   ## workbooks saved by a real LibreOffice (needs `soffice` on the PATH)
	$(BIN)/python -m pytest -n 0 -m libreoffice tests/unit/reporting/receipt tests/unit/submission tests/golden/report

pictures: demo $(VENV)/dev   ## the pictures of README.md, docs/clerk.md and docs/operator.md anew (needs `soffice`, `pdftoppm`, `chromium`)
	$(BIN)/python docs/images/remake.py demo-out/first-round/2021/receipts
	pdftoppm -r 90 -f 1 -singlefile -png demo-out/2021/scorecards/A05/scorecard.pdf docs/images/scorecard
	$(BIN)/python -P docs/images/mails.py demo-out
	$(BIN)/python -P docs/images/first_day.py demo-out/input/inbox-2020
	$(BIN)/python -P docs/images/operator.py

cards: demo $(VENV)/dev   ## six scorecards as pictures in demo-out/cards/, to be looked at (needs `pdftoppm`, `chromium`)
	$(BIN)/python -P docs/images/cards.py demo-out demo-out/cards

lint: $(VENV)/dev   ## formatting, ruff, mypy strict, the arrows between the packages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/dev   ## speed and memory, as a table with ratios
	$(BIN)/python -m tests.bench

years: $(VENV)/dev   ## a district lives from 2019 to 2026: after every event all that was said before still holds (DATABASE=postgresql)
	$(BIN)/python -m tests.years $(DATABASE)

quality: $(VENV)/dev   ## how good the rules are: mutations found, false accusations, real mistakes, into docs/quality.md
	$(BIN)/python -m tests.quality
	GONGKAI_TYPOS=200 $(BIN)/python -m pytest -n 0 tests/golden/report/test_adoption.py
	GONGKAI_RECKONED=200 $(BIN)/python -m pytest -n 0 tests/quality/test_second_reckoning.py
	GONGKAI_IMPROVED=60 $(BIN)/python -m pytest -n 0 tests/quality/test_improvements.py

mail-server: $(VENV)/dev   ## a mail server and a mailbox on loopback, to see the loop of mails by hand after make demo; it says what to set
	$(BIN)/python -m tests.local_mail

serve: $(VENV)/run   ## Prefect server and UI, worker, file pages and watch on loopback
	PATH="$(CURDIR)/$(BIN):$$PATH" sh deployments/serve.sh

check-deployments: $(VENV)/run   ## systemd units, nginx, compose each by its own checker, where that is installed
	BIN="$(CURDIR)/$(BIN)" sh deployments/check.sh

lock:            ## pin what pyproject.toml asks for, with hashes (needs uv on the PATH)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --quiet pyproject.toml --group build -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --quiet pyproject.toml --extra remote --extra city --group dev -c requirements.lock -o requirements-dev.lock
	for extra in remote city; do uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --quiet pyproject.toml --extra $$extra --group build -c requirements.lock -o requirements-$$extra.lock; done

clean:           ## remove what the targets made
	rm -rf $(VENV) demo-out demo-city-out .state

# The locks are complete, so nothing is resolved (--no-deps) and nothing unhashed is fetched.
$(VENV)/run: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "gongkai needs Python 3.11 or newer")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) (the first time takes a minute or two)"
	@$(PIP) install --no-deps --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/run
	@$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	@touch $@
