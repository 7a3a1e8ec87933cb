# The two commands are `make serve` and `make test`; `make help` lists the rest.
# Both keep their environment in .venv and install again only when a requirements file has changed.

PYTHON ?= python3
PORT ?= 8080
ARTICLES ?= 20000
UV_VERSION = 0.13.9

VENV = .venv
PY = $(VENV)/bin/python
PIP = $(PY) -m pip --disable-pip-version-check
CHECKED = fundstelle.py index search web tests bench

.PHONY: help serve test acceptance lint format coverage lock picture bench report clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*  ## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

serve: $(VENV)/.runtime  ## index seeds/ (or what fundstelle.toml names) and serve the search page; PORT=8080
	@$(PY) -m fundstelle index || [ $$? -eq 1 ]  # 1: done, with files left out
	@FUNDSTELLE_SERVE="make serve PORT=" $(PY) -m fundstelle serve --port $(PORT)

test: lint  ## lint, then every test, those in a real browser included
	$(PY) -m tests.browser.install
	$(PY) -m pytest

acceptance: $(VENV)/.test  ## what the real articles in ../shared must give
	$(PY) -m pytest tests/test_acceptance.py

lint: $(VENV)/.test  ## ruff and mypy
	$(PY) -m ruff check $(CHECKED)
	$(PY) -m ruff format --check $(CHECKED)
	$(PY) -m mypy

format: $(VENV)/.test  ## put the code into ruff's format
	$(PY) -m ruff check --fix $(CHECKED)
	$(PY) -m ruff format $(CHECKED)

coverage: $(VENV)/.test  ## the lines that no test reaches
	$(PY) -m coverage run -m pytest
	$(PY) -m coverage combine --quiet
	$(PY) -m coverage report

LOCK = $(PY) -m uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --no-header --quiet --group install

lock: $(PY)  ## pin the dependencies of pyproject.toml anew
	$(PIP) install --quiet uv==$(UV_VERSION)
	$(LOCK) --upgrade --output-file requirements.txt
	$(LOCK) --upgrade --group test --constraint requirements.txt --output-file requirements-dev.txt

picture: $(VENV)/.test  ## take the README's picture anew
	$(PY) -m tests.browser.picture docs/picture.png

bench: $(VENV)/.test  ## measure speed beside other engines, into bench/results; ARTICLES=20000
	for job in index search serve; do \
		$(PY) -m bench $$job --articles $(ARTICLES) --output bench/results/$$job-$(ARTICLES).json || exit; \
	done

report: $(VENV)/.test  ## put what was measured into docs/performance.md
	$(PY) -m bench report

clean:  ## take away the environment, the index of the seeds and all caches
	rm -rf $(VENV) .fundstelle build *.egg-info index/codec/*.so search/*.so .pytest_cache .hypothesis .mypy_cache .ruff_cache .coverage* htmlcov

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'Fundstelle needs Python 3.11 or later as $(PYTHON). Install it, or name one: make PYTHON=python3.12 ...'; exit 1; } >&2
	@$(PYTHON) -c 'import ensurepip, venv' || { \
		echo '$(PYTHON) cannot make an environment. On Debian and Ubuntu: apt-get install python3-venv'; exit 1; } >&2
	$(PYTHON) -m venv $(VENV)

# The project itself is installed as a link to this folder, so that .venv/bin/fundstelle runs what stands here.
$(VENV)/.runtime: requirements.txt pyproject.toml index/codec/_loops.c index/codec/_missing.c search/_texts.c | $(PY)
	$(PIP) install --quiet --require-hashes -r requirements.txt
	@rm -f index/codec/*.so search/*.so  # else one of before would stay where it cannot be compiled
	$(PIP) install --quiet --no-deps --no-build-isolation --no-index -e .
	@$(PY) -c 'from index.codec import loops, missing; from search import texts; all((loops.COMPILED, missing.COMPILED, texts.COMPILED)) or print("No C compiler works here: pages of results take longer, and a file cut off while it is read ends the process.")'
	@touch $@

$(VENV)/.test: requirements-dev.txt $(VENV)/.runtime
	$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	@touch $@
