# Two commands: `make demo` shows what the program does, `make test` proves it.
# Both build with the same profile and features, so that Typst, which takes
# long, is compiled once.

.PHONY: demo test test-plain docs pictures fonts tools lint bench fuzz deny clean \
	release windows linux licences release-tools test-windows

CARGO ?= cargo
RUN = $(CARGO) run --locked --quiet --
TARGET = $(or $(CARGO_TARGET_DIR),target)
PYTHON = $(abspath $(TARGET))/python
NODE = $(abspath $(TARGET))/node

demo: fonts
	$(CARGO) build --locked
	$(RUN) build data/qimei-2017 -o output/qimei-2017
	$(RUN) pack data/qimei-2017 -o output/qimei-2017.zip
	$(RUN) verify output/qimei-2017.zip
	@echo
	@echo "Documents: output/qimei-2017/"
	@echo "Archive:   output/qimei-2017.zip"

test: fonts tools
	ZHANGBANG_PYTHON=$(PYTHON)/bin/python NODE_PATH=$(NODE)/node_modules $(CARGO) test --locked --no-fail-fast

# What needs nothing but Rust and fonts: the same on every system.
test-plain:
	$(CARGO) test --locked --no-fail-fast --lib
	$(CARGO) test --locked --no-fail-fast --test main plain::

# What the manuals take from the program; a test fails where they are stale.
docs:
	$(CARGO) build --locked
	scripts/write-docs.sh $(TARGET)/debug/zhangbang

pictures: tools
	$(CARGO) build --locked
	NODE_PATH=$(NODE)/node_modules node scripts/write-pictures.mjs $(TARGET)/debug/zhangbang

fonts:
	@scripts/install-fonts.sh

tools:
	@scripts/install-test-tools.sh $(PYTHON) $(NODE)

lint:
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --all-targets -- -D warnings

bench: fonts tools
	$(CARGO) build --locked
	python3 benches/bench.py $(TARGET)/debug/zhangbang --document
	NODE_PATH=$(NODE)/node_modules node benches/desk.mjs $(TARGET)/debug/zhangbang 2000

# Every target for so many seconds, or those named: `make fuzz TARGETS="way roll"`.
SECONDS_EACH ?= 60

fuzz:
	scripts/fuzz.sh $(SECONDS_EACH) $(TARGETS)

# Licences, sources and known faults of the libraries.
deny:
	scripts/deny.sh $(PYTHON)

# What users download comes to lie in dist/, all of it or that of one system.
DIST = dist
WINDOWS = x86_64-pc-windows-gnu
LINUX = x86_64 aarch64

release: windows linux

windows: licences
	scripts/cross.sh $(WINDOWS)
	scripts/package.py windows $(TARGET)/$(WINDOWS)/release/zhangbang.exe $(DIST)
	scripts/package.py sums $(DIST)

linux: licences
	for machine in $(LINUX); do \
	  scripts/cross.sh $$machine-unknown-linux-musl && \
	  scripts/package.py linux $(TARGET)/$$machine-unknown-linux-musl/release/zhangbang $(DIST) $$machine || exit 1; \
	done
	scripts/package.py sums $(DIST)

licences: release-tools
	scripts/licences.py $(DIST) $(WINDOWS) $(LINUX:%=%-unknown-linux-musl)

release-tools:
	@scripts/install-release-tools.sh

# The Windows program under Wine, beside that of this machine: one that is compiled in a
# tenth of the time, or with RELEASE=1 the one that is handed out.
WINDOWS_EXE = $(TARGET)/$(WINDOWS)/$(if $(RELEASE),release,debug)/zhangbang.exe

test-windows: release-tools fonts
	$(CARGO) build --locked
	scripts/cross.sh $(WINDOWS) $(if $(RELEASE),,quick)
	RELEASE=$(RELEASE) scripts/test-windows.sh $(WINDOWS_EXE) $(TARGET)/debug/zhangbang

clean:
	$(CARGO) clean
	git clean -fdXq output
