# Everything one does with the portal. `make help` lists it.
# Settings come from the environment: HOST, PORT, DATABASE_URL, … (the README has the table).

PYTHON ?= python3
BIN := .venv/bin
# For steps that load the settings but must not touch the site's own data.
SCRATCH := .venv/scratch

# Gunicorn takes an empty number for a wrong one; everywhere else empty means unset.
ifeq ($(strip $(WEB_CONCURRENCY)),)
unexport WEB_CONCURRENCY
endif

CATALOGUES := $(patsubst %.po,%.mo,$(shell find prepare_portal pilots -name '*.po'))
# Folders too: a removed file changes its folder.
STATIC := $(shell find static)

.PHONY: help run dev test check formats html audit proxies alerts units operator-walk test-upgrade compare bench bench-million faults spread lint format lock licences sbom vulnerabilities messages screenshots
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Steps build on the ones named before them.
.NOTPARALLEL:

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/run.stamp staticfiles/run.stamp $(CATALOGUES) ## serve the portal; on a fresh machine, set it up first
	@$(BIN)/python gunicorn.conf.py # gunicorn reads WEB_CONCURRENCY too, and meets a wrong one with a traceback
	@$(BIN)/python manage.py set_up
	@exec $(BIN)/gunicorn

dev: export DEBUG := on
dev: .venv/dev.stamp $(CATALOGUES) ## serve it for development: reloads on changes, shows debug pages
	@$(BIN)/python manage.py set_up
	@exec $(BIN)/python manage.py runserver "$${HOST:-127.0.0.1}:$${PORT:-8000}"

test: .venv/dev.stamp staticfiles/run.stamp $(CATALOGUES) ## run every test: SQLite, PostgreSQL, browser
	@$(BIN)/python tests/run_all.py

check: lint staticfiles/run.stamp $(CATALOGUES) ## the daily loop: lint, and the tests on SQLite that need no browser
	@$(BIN)/python tests/run_all.py --quick

formats: .venv/dev.stamp .venv-formats/stamp staticfiles/run.stamp $(CATALOGUES) ## read all files, feeds and the API with readers that others wrote
	@$(BIN)/python tests/formats/run.py $(ONLY)

html: .venv/dev.stamp staticfiles/run.stamp ## check the HTML of every public page; needs Java and npm
	@$(BIN)/python -m pytest -q tests/browser/html_check.py

audit: .venv/dev.stamp staticfiles/run.stamp $(CATALOGUES) ## measure pages with Lighthouse as on a phone; needs Node and npm
	@$(BIN)/python tests/browser/audit.py $(PAGES)

proxies: .venv/dev.stamp staticfiles/run.stamp ## try the documented nginx and Caddy in front of the portal; needs both
	@$(BIN)/python -m pytest -q tests/proxies/check.py

units: .venv/dev.stamp ## have systemd check the units of deploy/systemd, and how much they may do
	@$(BIN)/python -m pytest -q tests/deploy/check_units.py

operator-walk: .venv/dev.stamp staticfiles/run.stamp ## run the commands of docs/operating.md in an empty folder; needs nginx
	@$(BIN)/python -m pytest -q -s tests/deploy/operator_walk.py

test-upgrade: .venv/dev.stamp staticfiles/run.stamp ## upgrade an earlier release to this tree and go back: FROM=v0.1
	@FROM=$(FROM) $(BIN)/python -m pytest -q -s tests/deploy/upgrade.py

alerts: ## check the alert rules for Prometheus and try them; needs promtool
	@command -v promtool >/dev/null || { echo "promtool is not installed: apt-get install prometheus" >&2; exit 1; }
	@promtool check rules deploy/prometheus/alerts.yml
	@promtool check config --syntax-only deploy/prometheus/prometheus.yml
	@promtool test rules deploy/prometheus/alerts_test.yml

compare: .venv/dev.stamp staticfiles/run.stamp $(CATALOGUES) ## compare every response with that of an earlier commit: BASE=main~1
	@$(BIN)/python tests/responses/compare.py $(BASE)

bench: .venv/dev.stamp staticfiles/run.stamp $(CATALOGUES) ## measure the portal beside its peers; bench/README.md says how
	@$(BIN)/python -m bench.run $(if $(SIZES),--sizes $(SIZES)) $(if $(ROUNDS),--rounds $(ROUNDS)) \
	  $(if $(DATABASES),--databases $(DATABASES)) $(if $(EDITS),--edit-seconds $(EDITS))

bench-million: .venv/dev.stamp staticfiles/run.stamp ## measure a million pilots on PostgreSQL once; needs 10 GB
	@$(BIN)/python -m bench.million

faults: export DATA_DIR := $(SCRATCH)
faults: .venv/dev.stamp staticfiles/run.stamp $(CATALOGUES) ## break the portal in many ways and count what is lost; bench/README.md says how
	@$(BIN)/python -m bench.faults.run $(if $(ONLY),--only $(ONLY)) $(if $(DATABASES),--databases $(DATABASES)) \
	  $(if $(SOAK),--soak-seconds $(SOAK))

spread: export DATA_DIR := $(SCRATCH)
spread: .venv/dev.stamp staticfiles/run.stamp $(CATALOGUES) ## measure what requests cost on three machines; bench/README.md says how
	@$(BIN)/python -m bench.spread

lint: export DATA_DIR := $(SCRATCH)
lint: export DATABASE_URL :=
lint: .venv/dev.stamp ## check style, types, templates, layers, locks, licences, catalogues, migrations and production's settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/lint-imports
	$(BIN)/python -m tests.locks
	$(BIN)/python -m tests.supply.licences
	$(BIN)/python -m tests.catalogues
	$(BIN)/python manage.py makemigrations --check --dry-run
	SITE_URL=https://pilots.example.org CONTACT_EMAIL=editors@example.org \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING

format: .venv/dev.stamp ## put the code into its form
	$(BIN)/ruff check --fix --exit-zero --quiet .
	$(BIN)/ruff format .

messages: .venv/dev.stamp ## bring new sentences of the interface into the catalogues, and list what is not translated
	@$(BIN)/python -m tests.catalogues --update

LOCK := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock: .venv/dev.stamp ## write the lock files from pyproject.toml; UPGRADE=--upgrade takes the newest versions
	$(BIN)/$(LOCK) $(UPGRADE) --output-file requirements.txt
	$(BIN)/$(LOCK) $(UPGRADE) --group dev --constraints requirements.txt --output-file requirements-dev.txt
	$(BIN)/$(subst pyproject.toml ,,$(LOCK)) $(UPGRADE) --group formats --constraints requirements.txt --only-binary :all: \
	  --output-file requirements-formats.txt

licences: .venv/dev.stamp .venv-formats/stamp ## bring docs/licences.md in step with what is locked, and check every licence
	@$(BIN)/python -m tests.supply.licences --update

sbom: .venv/dev.stamp .venv-formats/stamp ## write sbom.json, what the portal is made of (CycloneDX)
	@.venv-formats/bin/python -m tests.supply.sbom .venv

# Strict, because else a package that nobody could be asked about would count as sound.
AUDIT := .venv-formats/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off

vulnerabilities: .venv-formats/stamp ## ask PyPI for known weaknesses of all that is locked; needs the network
	$(AUDIT) -r requirements-dev.txt # which holds all of requirements.txt
	$(AUDIT) -r requirements-formats.txt

screenshots: .venv/dev.stamp staticfiles/run.stamp $(CATALOGUES) ## take the pictures in docs/screenshots
	@$(BIN)/python tests/browser/screenshots.py

# Nothing but what is locked: not even tools to build a package with, which pip takes in their newest versions.
EXACTLY := --require-hashes --only-binary=:all:

# What the targets above stand on -------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "The portal needs Python 3.11 or newer. Install it, or name it: make PYTHON=python3.12 …" >&2; exit 1; }
	@echo "Making .venv …"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/run.stamp: requirements.txt | $(BIN)/python
	@echo "Installing what the portal needs to run …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(EXACTLY) -r requirements.txt
	@touch $@

# The lock file for developing holds everything needed to run, in the same versions.
.venv/dev.stamp: requirements-dev.txt | $(BIN)/python
	@echo "Installing what developing and testing need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(EXACTLY) -r requirements-dev.txt
	@touch .venv/run.stamp $@

# In an environment of their own, the readers cannot disturb what the portal runs with. --no-deps: extruct asks for a
# package that it is used without (pyproject.toml says why), and the lock file has all others.
.venv-formats/stamp: requirements-formats.txt
	@echo "Installing the readers of formats …"
	@$(PYTHON) -m venv --clear .venv-formats
	@.venv-formats/bin/python -m pip install --quiet --disable-pip-version-check --no-deps $(EXACTLY) -r requirements-formats.txt
	@touch $@

# Django's own static files come with the requirements. No --clear: cached pages still name the old files.
staticfiles/run.stamp: requirements.txt prepare_portal/settings.py $(STATIC) | $(BIN)/python
	@echo "Collecting static files …"
	@SITE_URL= DEBUG= DATABASE_URL= DATA_DIR=$(SCRATCH) $(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@touch $@

%.mo: %.po | .venv/run.stamp
	@$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@
