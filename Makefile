# The commands of Chinwag. `make` lists them.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

# Arguments of the server: make run ARGS="--port 8080"
ARGS ?=

# What the tests use of the system, as command=package of Debian. A browser of one's own is named in PLAYWRIGHT_CHROMIUM, an nginx in
# CHINWAG_NGINX.
DEBIAN_PACKAGES := $(if $(PLAYWRIGHT_CHROMIUM),,chromium-headless-shell=chromium-headless-shell) $(if $(CHINWAG_NGINX),,/usr/sbin/nginx=nginx-light) \
  openssl=openssl redis-server=redis-server systemd-analyze=systemd
# PostgreSQL's programs are not on the path. A server of one's own is named in CHINWAG_TEST_POSTGRES.
ifeq ($(CHINWAG_TEST_POSTGRES),)
DEBIAN_PACKAGES += $(or $(firstword $(wildcard /usr/lib/postgresql/*/bin/initdb)),initdb)=postgresql
endif
# Not a command, but a module that Debian keeps apart from Python.
ifneq ($(shell python3 -c 'import ensurepip, venv' 2>&1),)
DEBIAN_PACKAGES += python3-venv=python3-venv
endif

# What is built once is not built again in part.
ifdef CI
export CARGO_INCREMENTAL := 0
endif

TARGET_DIR := $(abspath $(or $(CARGO_TARGET_DIR),target))
TOOLS := $(TARGET_DIR)/tools
export PATH := $(TOOLS)/bin:$(PATH)

# The tests that take another seed each time, and how often make test-long runs them.
RANDOM_SCRIPTS := test(/random|follows_from_the_changes|kill_9_loses_nothing|noise_on|every_ref_is_answered_once/)
ROUNDS ?= 50

STARTED := $(shell date +%s)
STEP := scripts/step
IN_MEMORY := scripts/in-memory
NPM := npm --prefix web
INTEROP := tests/interop
DEPLOY := tests/deploy

# Folders stand among the sources so that a removed file counts as a change.
WEB_SOURCES := $(shell find web/src web/public web/scripts -not -name '*.test.*' 2>/dev/null) \
  web/index.html web/vite.config.ts web/tsconfig.json web/package.json

help: ## List the commands
	@echo 'Chinwag. Usage: make <command>'
	@awk -F ':.*## ' '/^## / { printf "\n%s\n", substr($$0, 4) } \
	  /^[a-z0-9-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

## Running

run: web/dist/index.html | needs-cargo ## Build what is out of date and serve http://localhost:3000 (options: ARGS="--port 8080")
	@cargo run --release --bin chinwag -- serve $(ARGS)

dev: web/node_modules/.package-lock.json | needs-cargo ## Serve a debug build, and the reloading web client beside it at http://localhost:5173
	@scripts/dev $(ARGS)

build: web/dist/index.html | needs-cargo ## Build the web client and the server for release
	@cargo build --release --bin chinwag

## Testing (each step can be run alone)

test: system-packages test-format test-web test-deps test-lint test-rust test-postgres test-interop test-deploy test-e2e ## Install what is missing, then run everything that CI runs
	@printf '\n==> All is well, after %d s.\n' $$(($$(date +%s) - $(STARTED)))

test-long: web/dist/index.html cargo-nextest ## Try what takes long, and repeat the random scripts with new seeds, a few hours (ROUNDS=50)
# Other features choose other dependencies, all of which are built for it.
	@$(STEP) 'Server without the other protocols and the bench' cargo clippy -p chinwag-server --no-default-features --locked -- -D warnings
	@$(STEP) 'Server for the browsers' cargo build --workspace --tests --bins --locked
	@CHINWAG_LONG=1 CHINWAG_BIN=$(TARGET_DIR)/debug/chinwag $(STEP) 'Silent browsers' $(NPM) run e2e -- cluster
	@for round in $$(seq $(ROUNDS)); do \
	  echo "==> Random scripts, round $$round of $(ROUNDS)"; \
	  CHINWAG_CHAOS_SECONDS=60 \
	    cargo nextest run --workspace --locked -E '$(RANDOM_SCRIPTS)' --status-level slow --final-status-level fail; done

test-format: | needs-cargo ## Check the format of the Rust code
	@$(STEP) 'Format of the Rust code' cargo fmt --all --check

test-web: web/node_modules/.package-lock.json ## Check, test, build and weigh the web client
	@$(STEP) 'Web client: lint and types' $(NPM) run check
	@$(STEP) 'Web client: unit tests' $(NPM) test
	@$(MAKE) --no-print-directory web/dist/index.html
	@$(STEP) 'Web client: size' $(NPM) run size

# Known vulnerabilities are listed in a git repository, which a network of package registries alone does not reach.
test-deps: cargo-machete cargo-deny ## Check the dependencies (with CHINWAG_ADVISORIES=1 for known vulnerabilities, too)
	@$(STEP) 'Dependencies: unused ones' cargo machete --skip-target-dir
	@$(STEP) 'Dependencies: bans, licences, sources' cargo deny --workspace check --hide-inclusion-graph $(if $(CHINWAG_ADVISORIES),advisories) bans licenses sources

# The server embeds the web client: whatever compiles the server needs web/dist.
test-lint: web/dist/index.html | needs-cargo ## Lint the Rust code
	@$(STEP) 'Lint of the Rust code' cargo clippy --workspace --all-targets --locked -- -D warnings

test-rust: web/dist/index.html cargo-nextest system-packages ## Run the Rust tests, the house rules among them
	@$(STEP) 'Rust tests' $(IN_MEMORY) cargo nextest run --workspace --locked
	@$(STEP) 'Rust examples in the documentation' cargo test --workspace --doc --locked --quiet

# What it promises to those who are connected, without the tests of what concerns the file of SQLite alone.
ON_POSTGRES := binary(acceptance) and not test(/^(admin|configuration|copies|durability|health|memory|nodes|postgres|shutdown)::/)

test-postgres: web/dist/index.html cargo-nextest system-packages ## Run the acceptance tests on PostgreSQL, and on two nodes
	@CHINWAG_TEST_DATABASE=postgres $(STEP) 'Acceptance tests on PostgreSQL' \
	  $(IN_MEMORY) cargo nextest run --workspace --locked -E '$(ON_POSTGRES)'
	@CHINWAG_TEST_DATABASE=nodes $(STEP) 'Acceptance tests on two nodes' \
	  $(IN_MEMORY) cargo nextest run --workspace --locked -E '$(ON_POSTGRES)'

test-interop: web/dist/index.html $(INTEROP)/node_modules/.package-lock.json $(INTEROP)/.venv/installed system-packages | needs-cargo ## Talk to the server with the clients of others
	@$(STEP) 'Server for the clients of others' cargo build --workspace --tests --bins --locked
	@CHINWAG_BIN=$(TARGET_DIR)/debug/chinwag $(STEP) 'Clients of others on Node.js' $(IN_MEMORY) npm --prefix $(INTEROP) test
	@cd $(INTEROP) && CHINWAG_BIN=$(TARGET_DIR)/debug/chinwag ../../$(STEP) 'Clients of others on Python' ../../$(IN_MEMORY) .venv/bin/python -m unittest

test-deploy: web/dist/index.html $(DEPLOY)/node_modules/.package-lock.json $(DEPLOY)/.venv/installed system-packages | needs-cargo ## Check what it is deployed with
	@$(STEP) 'Server to deploy' cargo build --workspace --tests --bins --locked
	@CHINWAG_BIN=$(TARGET_DIR)/debug/chinwag $(STEP) 'Files and scripts of a deployment' $(IN_MEMORY) npm --prefix $(DEPLOY) test

test-e2e: web/dist/index.html $(INTEROP)/node_modules/.package-lock.json system-packages | needs-cargo ## Run the browser tests against the real server
	@$(STEP) 'Server for the browsers' cargo build --workspace --tests --bins --locked
	@CHINWAG_BIN=$(TARGET_DIR)/debug/chinwag $(STEP) 'Browser tests' $(IN_MEMORY) $(NPM) run e2e

## Measuring (docs/benchmarks.md tells what the figures mean; options: ARGS="--scenario F1")

bench: web/dist/index.html | needs-cargo ## Measure everything on this machine, beside a bare yardstick and others
	@cargo run --release --locked --bin chinwag -- bench --plots target/bench/plots --json target/bench/figures.jsonl $(ARGS)

bench-quick: web/dist/index.html | needs-cargo ## Measure what matters most, in less than 2 minutes
	@cargo run --release --locked --bin chinwag -- bench --quick $(ARGS)

bench-report: web/dist/index.html | needs-cargo ## Put the figures and pictures of the last `make bench` into docs/benchmarks.md
	@cargo run --release --locked --bin chinwag -- bench report $(ARGS)

bench-regression: web/dist/index.html | needs-cargo ## Check that nothing became much dearer
	@cargo run --release --locked --bin chinwag -- bench --regression $(ARGS)

## Upkeep

fmt: web/node_modules/.package-lock.json | needs-cargo ## Format everything
	@cargo fmt --all
	@$(NPM) run format

generate: | needs-cargo ## Write what comes from the code: the web client's types, docs/permissions.md
	@cargo xtask generate

clean: | needs-cargo ## Remove everything that was built; the data stays
	@rm -rf web/dist web/node_modules $(INTEROP)/node_modules $(INTEROP)/.venv $(DEPLOY)/node_modules $(DEPLOY)/.venv
	@cargo clean

# What the commands stand on.

web/node_modules/.package-lock.json: web/package.json web/package-lock.json | needs-npm
	@$(STEP) 'Web client: packages' $(NPM) ci --no-audit --no-fund
	@touch $@

web/dist/index.html: $(WEB_SOURCES) web/node_modules/.package-lock.json
	@$(STEP) 'Web client: build' $(NPM) run build
	@touch $@

tests/%/node_modules/.package-lock.json: tests/%/package.json tests/%/package-lock.json | needs-npm
	@$(STEP) 'Tests of $*: packages of npm' npm --prefix tests/$* ci --no-audit --no-fund
	@touch $@

tests/%/.venv/installed: tests/%/requirements.txt | system-packages
	@python3 -m venv tests/$*/.venv
	@$(STEP) 'Tests of $*: packages of PyPI' tests/$*/.venv/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

system-packages:
	@scripts/debian-packages $(DEBIAN_PACKAGES)

cargo-machete: VERSION := 0.9.2
cargo-deny: VERSION := 0.20.2
cargo-nextest: VERSION := 0.9.143
cargo-machete cargo-deny cargo-nextest: | needs-cargo
	@scripts/cargo-tool $(TOOLS) $@ $(VERSION)

needs-cargo:
	@command -v cargo >/dev/null \
	  || { echo 'Rust is missing. Install it from https://rustup.rs, then run this again.' >&2; exit 1; }

needs-npm:
	@command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' \
	  || { echo 'Install Node.js 20 or newer (with npm) from https://nodejs.org, then run this again.' >&2; exit 1; }

.PHONY: help run dev build test test-long test-format test-web test-deps test-lint test-rust test-postgres test-interop test-deploy test-e2e bench bench-quick \
  bench-report bench-regression fmt generate clean system-packages cargo-machete cargo-deny cargo-nextest needs-cargo needs-npm
