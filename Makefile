# Two commands do everything on a fresh machine: `make analyze` and `make test`.
# Variables go to the programs through the environment and are never pasted into a command, so that names with blanks,
# apostrophes or umlauts work.
export STUDY TRANSCRIPTS CODEBOOKS OUTPUTS PRIVATE NAME FILES DOC WORD PART SORT CODE GROUP NONE FILE OLD QUOTE LIKE A B PORT CODER CODERS SHARE MODE N TEXT INTERVIEWS WORDS WRITE

# `make formats` alone shows the sample files, where they lie beside the project.
ifeq ($(MAKECMDGOALS)$(STUDY)$(TRANSCRIPTS),formats)
  ifneq ($(wildcard ../shared/samples),)
    TRANSCRIPTS = ../shared/samples
  endif
endif

# What is typed goes on as it stands: a $ in it (the name of a word list, a price) is no variable of make's.
$(foreach name,STUDY TRANSCRIPTS CODEBOOKS OUTPUTS PRIVATE NAME DOC WORD CODE GROUP FILE OLD QUOTE LIKE A B CODER CODERS,$(eval override $(name) := $$(value $(name))))

VENV = .venv
CORE = $(VENV)/core.done
DEV = $(VENV)/dev.done
RUN = $(VENV)/bin/python -m pipeline
VERBS = analyze status stage check explore why diff watch review sample double merge compare pdf learn evaluate formats codebook adopt forget fresh new

.PHONY: help test browser long bench fuzz lock $(VERBS)

help: $(CORE)
	@$(RUN) help

$(VERBS): $(CORE)
	@$(RUN) $@

test: $(DEV)
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/python -m pytest -n 3 --dist worksteal -m "not browser and not long"

# The tests that open pages in a headless Chromium; skipped, with a word, where there is none.
browser: $(DEV)
	@$(VENV)/bin/python -m pytest -n 2 --dist worksteal -m browser tests

# Whole runs from nothing, in every order of events: before a release, and after changes to runner, leak check or forget.
long: $(DEV)
	@$(VENV)/bin/python -m pytest -n 2 --dist worksteal -m long tests

bench: $(DEV)
	@$(VENV)/bin/python benchmarks/bench.py

fuzz: $(DEV)
	@$(VENV)/bin/python benchmarks/fuzz.py $(if $(FILES),,--write)

# Python 3.11 to 3.13, the first of these names that is one of them.
$(VENV)/bin/python:
	@for name in python3.12 python3.13 python3.11 python3 python; do \
	  if "$$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then \
	    echo "Einrichten mit $$name (einmalig, einige Minuten) …"; exec "$$name" -m venv $(VENV); fi; done; \
	echo "Es fehlt Python 3.11, 3.12 oder 3.13. Bitte von python.org oder mit der Paketverwaltung einrichten." >&2; exit 1

$(CORE): pipeline/locks/core.txt | $(VENV)/bin/python
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r pipeline/locks/core.txt
	@touch $(CORE)

$(DEV): pipeline/locks/dev.txt $(CORE)
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r pipeline/locks/core.txt -r pipeline/locks/dev.txt
	@touch $(DEV)

# For developers: resolve the versions anew (needs uv).
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml -o pipeline/locks/core.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --group dev -c pipeline/locks/core.txt -o pipeline/locks/dev.txt
