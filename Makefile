# Two commands on a fresh machine: `make demo` and `make test`. They need Python 3.11+, make and the package registries.
# The lanes start many processes: each would compile the program anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
COUNTRY ?= BE
# What `make demo` builds: every script of the reference campaign and its hardest languages, in under two minutes on two idle
# processors. `make demo LANGS=` builds all of its languages, `make demo LANGS="sq pl"` two.
LANGS ?= en fr es el uk ar fa ur ti bn zh-Hans vi

.PHONY: demo test breadth test-fast test-versions coverage lint bench bench-counting bench-audit bench-drafting bench-review bench-imports bench-ledger mutants bench-press bench-pictures press-sweep faults oracle fuzz sbom voice-numbers reference \
	precision prose same-bytes images clean

demo: $(VENV)/.core
	$(BIN)/campaign build --country $(COUNTRY) $(addprefix --lang ,$(LANGS))
	$(BIN)/campaign status --country $(COUNTRY)
	$(BIN)/campaign open
	@printf '\nWorth opening:\n'
	@printf '  output/review/$(COUNTRY)/%s\n' \
		en/seasonal-workers/leaflet-a5-screen.pdf \
		ar/migrants/leaflet-a5-screen.pdf \
		bn/domestic-workers/card-1080x1080.png \
		fa/homeless/index.html \
		uk/women-children/sms.txt

test: $(VENV)/.test
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not breadth"

# What `make test` samples, case by case, and what takes long: run it before you close.
breadth: $(VENV)/.test
	$(BIN)/python -m pytest -n 2 --dist worksteal -m breadth $(addprefix --ignore=,$(RECIPES))

# The recipes of docs/contributing.md from end to end, each with the whole of what a newcomer runs: before you close, too.
RECIPES = tests/recipes/test_recipes.py tests/recipes/test_add_a_rule.py
.PHONY: recipes
recipes: $(VENV)/.test
	$(BIN)/python -m pytest -n 2 --dist worksteal -m breadth $(RECIPES)

# While one works: all but the tests marked slow, under a minute on two idle processors.
test-fast: $(VENV)/.test
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow and not breadth"

# The fast lane on other versions of Python, each in a virtual environment of its own. A version that is not there is skipped and
# named; PYTHON312=/path/to/python3.12 says where one lies that is not on PATH.
VERSIONS ?= 3.12 3.13
PYTHON312 ?= python3.12
PYTHON313 ?= python3.13
test-versions: $(addprefix test-,$(VERSIONS))

test-3.%:
	@if $(or $(PYTHON3$*),python3.$*) -c '' 2>/dev/null; then \
		$(MAKE) --no-print-directory test-fast VENV=.venv-3.$* PYTHON=$(or $(PYTHON3$*),python3.$*); \
	else \
		echo "Python 3.$*: skipped, $(or $(PYTHON3$*),python3.$*) does not run here; name it: make test-versions PYTHON3$*=/path/to/python3.$*"; \
	fi

# How much of the program the suite runs through, line by line; child processes too. htmlcov/index.html shows which.
coverage: $(VENV)/.test
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not breadth" --cov --cov-report=term:skip-covered --cov-report=html

lint: $(VENV)/.test
	$(BIN)/ruff check campaign tests benchmarks docs
	$(BIN)/ruff format --check campaign tests benchmarks docs
	$(BIN)/mypy
	$(BIN)/lint-imports

# Prints tables and writes benchmarks/RESULTS.md; about ten minutes. make bench QUICK=1 takes about two.
bench: $(VENV)/.test
	$(PIP) -e '.[bench]'
	$(BIN)/python benchmarks/run.py $(if $(QUICK),--quick)
	$(BIN)/python benchmarks/growth.py $(if $(QUICK),--quick)
	$(BIN)/python benchmarks/peers.py $(if $(QUICK),--quick)

# Five hundred random kills over every command that writes, and every other fault once: under two minutes on two idle processors.
KILLS ?= 18
faults: $(VENV)/.test
	CAMPAIGN_KILLS=$(KILLS) $(BIN)/python -m pytest -n 2 --dist worksteal tests/faults

# Random acts of people (edit, sign, reject, build, pack, tamper, cut, recall), judged by who knows these acts alone.
SEQUENCES ?= 1000
SEED ?= 0
oracle: $(VENV)/.test
	CAMPAIGN_SEQUENCES=$(SEQUENCES) CAMPAIGN_FIRST_SEED=$(SEED) $(BIN)/python -m pytest -n 2 -q tests/oracle

# The parsers of hostile files, and numbers in every writing, language and kind of file, for longer than in the suite.
EXAMPLES ?= 20000
fuzz: $(VENV)/.test
	CAMPAIGN_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -n 2 tests/fuzz tests/reading/test_any_number.py

# Random sessions of three people in two copies that merge, over page, packs and command line: about a second of processor each.
.PHONY: sessions
SESSIONS ?= 5000
sessions: $(VENV)/.test
	CAMPAIGN_SESSIONS=$(SESSIONS) CAMPAIGN_FIRST_SEED=$(SEED) $(BIN)/python -m pytest -n 2 tests/oracle/test_sessions.py

# What an installation with every extra consists of, as CycloneDX: dist/campaign.cdx.json.
sbom:
	$(PYTHON) -m venv dist/.sbom dist/.sbom-tool
	dist/.sbom/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt '.[all]'
	dist/.sbom-tool/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt cyclonedx-bom
	dist/.sbom-tool/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
		--output-format JSON --output-file dist/campaign.cdx.json dist/.sbom/bin/python
	rm -rf dist/.sbom dist/.sbom-tool

# Every audience in every language, country and format, laid out: what is refused and why (4816 items, about six minutes).
.PHONY: sweep
sweep: $(VENV)/.test
	$(BIN)/python benchmarks/layouts.py

# Every language of the registry in every format (with A6, DL, US papers, sheets of several languages, cards), with an
# organisation, a logo and long labels: what touches, what is too small.
.PHONY: guards
guards: $(VENV)/.test
	$(BIN)/python benchmarks/guards.py

# Every language of the registry set and read again by pdfium and poppler: whose words come back (324 files, a minute).
.PHONY: text-layer
text-layer: $(VENV)/.test
	$(BIN)/python benchmarks/text_layer.py

# Every form in every language and worst case, on paper and as text message, read back: docs/reference/forms.md (about 2000 sheets, four minutes).
.PHONY: forms
forms: $(VENV)/.test
	$(BIN)/python benchmarks/forms.py

# What the languages of the review page lack: its own words, those of the pack, and those of what the checks find and of their rules
# (taken from the code: dist/findings.pot).
.PHONY: words
words: $(VENV)/.test
	mkdir -p dist
	$(BIN)/pybabel -q extract --no-default-keywords -k say -k Rule:3 --no-wrap -o dist/findings.pot campaign
	$(BIN)/python -m pytest -q tests/spoken tests/webapp/test_interface.py -m "not slow"

# Wrong and right telephone numbers, 500 of each over four voices and every form: none of the former passes, none of the latter is refused.
voice-numbers: $(VENV)/.test
	VOICE_NUMBERS=500 $(BIN)/python -m pytest -q tests/voice/test_numbers_heard.py

# docs/reference: commands.md, blocks.md and channels.md, from the program itself.
reference: $(VENV)/.core
	$(BIN)/python docs/reference/make.py

# 50 documents and hostile files; writes its section of benchmarks/RESULTS.md.
bench-audit: $(VENV)/.test
	$(BIN)/python benchmarks/audit.py

bench-counting: $(VENV)/.test
	$(BIN)/python benchmarks/counting.py

# False alarms of each rule on the catalogues of Debian packages; adds its table to benchmarks/RESULTS.md.
precision: $(VENV)/.test
	$(BIN)/python benchmarks/precision.py

# False alarms of each rule on our own parallel prose of a crisis kind; adds its table to benchmarks/RESULTS.md.
prose: $(VENV)/.test
	$(BIN)/python benchmarks/prose.py

# How many faults that we planted in right sentences the rules find; adds its table to benchmarks/RESULTS.md.
.PHONY: planted
planted: $(VENV)/.test
	$(BIN)/python benchmarks/planted.py

# Offline drafting: speed against the plain Argos API, survival of placeholders; its section of RESULTS.md.
bench-drafting: $(VENV)/.test
	$(PIP) sacrebleu
	$(BIN)/python benchmarks/drafting.py

# What a mediator waits for, with 10 000 sentences.
bench-review: $(VENV)/.test
	$(BIN)/python benchmarks/review.py

# Twenty people at a shared desk with 10 000 sentences: what they wait for, and that no word is lost. Two minutes.
.PHONY: bench-desk
bench-desk: $(VENV)/.test
	$(BIN)/python benchmarks/desk.py

# Imports of 10 000 sentences in every format: the processor time of the whole command.
bench-imports: $(VENV)/.test
	$(BIN)/python benchmarks/imports.py

bench-ledger: $(VENV)/.test
	$(BIN)/python benchmarks/ledger.py

# Whether each rule of the ledger has a test that dies without it.
mutants: $(VENV)/.test
	$(BIN)/python benchmarks/mutants.py

# Print production step by step in every language, with WeasyPrint and Chromium as peers; its section of RESULTS.md.
bench-press: $(VENV)/.test
	$(PIP) -e '.[bench]'
	$(BIN)/python benchmarks/press.py

# Every format in every language held against veraPDF, qpdf, poppler and Ghostscript; its section of benchmarks/RESULTS.md.
press-sweep: $(VENV)/.test
	nice -n 5 $(BIN)/python benchmarks/press_sweep.py

# Sizes and times of the cards at other PNG levels; its section of RESULTS.md.
bench-pictures: $(VENV)/.test
	$(BIN)/python benchmarks/pictures.py

# Whether this checkout makes byte for byte what another one makes: make same-bytes OLD=../base. Everything takes an
# hour; make same-bytes OLD=../base QUICK=1 a few minutes.
OLD ?= ../base
same-bytes: $(VENV)/.test
	$(BIN)/python benchmarks/same_bytes.py $(OLD) . $(if $(QUICK),--quick)

# The small pictures of the README, from what `make demo` built.
images: $(VENV)/.test
	$(BIN)/campaign build --country $(COUNTRY)
	$(BIN)/python docs/images/make.py

# Every format in nine languages on one sheet, from the catalogues as they are.
.PHONY: formats
formats: $(VENV)/.test
	$(BIN)/python docs/images/formats.py

clean:
	rm -rf $(VENV) .venv-3.* htmlcov output/review output/release

$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.core: $(VENV)/.made pyproject.toml constraints.txt
	$(PIP) -e .
	touch $@

$(VENV)/.test: $(VENV)/.made pyproject.toml constraints.txt
	$(PIP) -e '.[test]'
	touch $@ $(VENV)/.core
