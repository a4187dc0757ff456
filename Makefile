# Everything a person or CI does here. `make help` lists it.
# Needs make, git and a Python from 3.12 to 3.14; sets up the rest in .venv and src/client/node_modules.

export PATH := $(CURDIR)/.venv/bin:$(PATH)
export NO_MKDOCS_2_WARNING := 1

KAMIPEN := .venv/bin/python -m kamipen
NODE_MODULES := src/client/node_modules/.installed
PUBLISHED = $(wildcard README.md .github/CONTRIBUTING*.md) $(shell find site/ja site/en -name '*.md')
PORT ?= 8000
JOBS ?= auto

# The first Python of a fitting version that can make virtual environments; `make PYTHON=/path/to/python3.13` names one.
PYTHONS = $(PYTHON) python3 python3.13 python3.14 python3.12 python
FITTING = import sys, venv, ensurepip; sys.exit(not (3, 12) <= sys.version_info < (3, 15))
FIND_PYTHON = for python in $(PYTHONS); do "$$python" -c "$(FITTING)" 2>/dev/null && command -v "$$python" && break; done
NO_PYTHON = kamipen needs Python 3.12, 3.13 or 3.14 with its venv module, and found none on PATH: install one, or name it with make PYTHON=/path/to/python3.13

# The GPU companions run in a Python of their own: PyTorch has wheels for the CPU alone, but not for every Python.
GPU_PYTHONS = python3.11 $(wildcard $(HOME)/.pyenv/versions/3.11.*/bin/python) python3.12 python3.13 .venv/bin/python
GPU_FITTING = import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
NO_GPU_PYTHON = No Python 3.11 to 3.13 with its venv module was found for PyTorch: the GPU companions cannot run here
# What they are recorded with, then what PyTorch itself needs. PyTorch's own wheel has no digest: see requirements-gpu.txt.
GPU_NEEDS = numpy==2.4.3 matplotlib==3.10.8 scikit-learn==1.8.0 jax==0.10.2 jaxlib==0.10.2 ipykernel==7.4.0 \
	filelock fsspec jinja2 networkx setuptools sympy typing-extensions
TORCH = torch==2.13.0$(if $(filter Linux,$(shell uname -s)),+cpu)
NO_TORCH = PyTorch for the CPU cannot be had here (requirements-gpu.txt): the GPU companions cannot run here

.DEFAULT_GOAL := help
.PHONY: help companions notebooks serve build test lint unit bench new check links zensical upstream audit format lock setup browser engines codeblocks clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: setup ## set up everything and serve both languages with live reload at http://127.0.0.1:8000
	$(KAMIPEN) serve --port $(PORT)

build: setup ## write the whole site to site/
	$(KAMIPEN) build

test: lint browser engines ## check everything: lint, types, client, build, Python, published pages, three real engines
	cd src/client && npm run --silent test
	$(KAMIPEN) build
	@$(MAKE) --no-print-directory companions || echo 'The GPU companions will NOT be run: see above'
	KAMIPEN_SITE=site .venv/bin/python -m pytest tests -rsR -n $(JOBS) --dist worksteal $(PYTEST)
	@$(MAKE) --no-print-directory codeblocks

codeblocks: setup # run the Python of every page as it is published: the plain twins, README and CONTRIBUTING
	MPLBACKEND=svg MATPLOTLIBRC=snippets/kit/matplotlibrc .venv/bin/python -m pytest --codeblocks -n $(JOBS) $(PUBLISHED)

lint: setup ## ruff, import-linter, pyright and tsc (strict), workflows by actionlint and zizmor
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports --no-logo --cache-dir .cache/import-linter
	cd src/client && npm run --silent check && node workflows.mjs
	.venv/bin/zizmor --offline --quiet .github
	src/client/node_modules/.bin/pyright --pythonpath .venv/bin/python

unit: setup ## only the quick tests: client and Python, no browser, no article's trials; ARTICLE=slug: one article, its script and trials
ifdef ARTICLE
	$(KAMIPEN) check $(ARTICLE)
	.venv/bin/python -m pytest tests/snippets -k "$(subst -,_,$(ARTICLE))" -m "not slow" -n 0 $(PYTEST)
else
	cd src/client && npm run --silent test
	.venv/bin/python -m pytest tests --ignore tests/browser --ignore tests/engines --ignore tests/snippets \
		-m "not smoke and not slow" -n $(JOBS) $(PYTEST)
endif

bench: setup browser ## measure start-up and build against bare Pyodide, PyScript and plain Material
	$(KAMIPEN) build
	$(KAMIPEN) bench $(BENCH)

# What is set on make's command line stands in the environment: titles may hold any character.
new: setup ## scaffold an article: make new NAME=my-article [KIND=refresher PART= JA= EN= CLAIMS= PREREQ= SKILLS= DISCUSSION= LEVEL= FROM=notebook.ipynb]
	@$(KAMIPEN) new "$$NAME" --part "$$PART" --ja "$$JA" --en "$$EN" --claims "$$CLAIMS" --prereq "$$PREREQ" \
		--kind "$${KIND:-article}" --skills "$$SKILLS" --discussion "$$DISCUSSION" --level "$$LEVEL" --from "$$FROM"

check: setup ## all about articles that can be said within a minute, with file, line and remedy; ARTICLE=slug: of one
	@$(KAMIPEN) check $(ARTICLE)

links: setup ## visit every address outside the site that pages link to
	@$(KAMIPEN) links

zensical: setup ## build the articles with Zensical, Material's successor, and compare with site/
	@$(KAMIPEN) zensical

upstream: setup # is there a newer Pyodide whose NumPy can be had natively?
	@$(KAMIPEN) upstream

audit: setup # known vulnerabilities in what is pinned
	cd src/client && npm audit
	.venv/bin/uv tool run pip-audit@2.10.1 --require-hashes --disable-pip --requirement requirements.txt

notebooks: setup companions ## record the GPU companions here; KAMIPEN_GPU_PYTHON=python3 names one with PyTorch and JAX
	$(KAMIPEN) notebooks --record

companions: $(if $(KAMIPEN_GPU_PYTHON),,.venv-gpu/.installed) # a Python apart, with PyTorch and JAX for the CPU

.venv-gpu/.installed: requirements-gpu.txt
	@rm -rf .venv-gpu
	@python=$$(for python in $(GPU_PYTHONS); do "$$python" -c "$(GPU_FITTING)" 2>/dev/null && echo "$$python" && break; done); \
		test -n "$$python" || { echo '$(NO_GPU_PYTHON)' >&2; exit 1; }; \
		echo "Making .venv-gpu with $$python"; "$$python" -m venv .venv-gpu
	@pip=".venv-gpu/bin/python -m pip install --quiet"; $$pip --require-hashes --requirement $< && \
		{ $$pip --no-deps $(TORCH) 2>/dev/null || \
			$$pip --no-deps --index-url https://download.pytorch.org/whl/cpu $(TORCH); } || \
		{ rm -rf .venv-gpu; echo '$(NO_TORCH)' >&2; exit 1; }
	@touch $@

format: setup ## let ruff put the Python in order
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

lock: setup ## pin the requirements of pyproject.toml anew
	.venv/bin/uv pip compile --universal --python-version 3.12 --generate-hashes --no-header --no-annotate --quiet \
		--extra dev pyproject.toml --output-file requirements.txt
	{ sed -n '/^#/p;/^#/!q' requirements-gpu.txt; printf '%s\n' $(GPU_NEEDS) | .venv/bin/uv pip compile --universal \
		--python-version 3.11 --generate-hashes --no-header --no-annotate --quiet -; } > requirements-gpu.new
	mv requirements-gpu.new requirements-gpu.txt

setup: .venv/.installed $(NODE_MODULES)

.venv/.installed: requirements.txt pyproject.toml snippets/pyproject.toml
	@test -x .venv/bin/python || { \
		python=$$($(FIND_PYTHON)); test -n "$$python" || { echo '$(NO_PYTHON)' >&2; exit 1; }; \
		echo "Making .venv with $$python"; "$$python" -m venv .venv; }
	.venv/bin/python -m pip install --require-hashes --requirement requirements.txt
	.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable . --editable snippets
	@touch $@

$(NODE_MODULES): src/client/package.json src/client/package-lock.json | .venv/.installed
	cd src/client && npm ci
	@touch $@

browser: setup # Chromium for tests, bench and snapshots
	@$(KAMIPEN) browser

engines: setup # Firefox and WebKitGTK for the smoke suite; says which will not be run
	@$(KAMIPEN) engines

clean: ## remove what was made, the set-up and caches too
	rm -rf .venv .venv-gpu .cache site src/client/node_modules
