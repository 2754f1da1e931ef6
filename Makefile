# The two commands are `make demo` and `make test`; both set up what a bare Debian 12 machine with Swift lacks.

PREFIX ?= /usr/local
RELEASE = .build/release
# Installed tools find the one Swift runtime that is installed beside them.
RUNPATH = -Xlinker -rpath -Xlinker '$$ORIGIN/../lib/tandem'
PACKAGES = libxml2-dev libcurl4-openssl-dev pkg-config
install deb: PACKAGES += patchelf
deb: PACKAGES += dpkg-dev

# What `--version` names; a tree that lies within another repository has no commit of its own.
GIT = git -c safe.directory='$(CURDIR)'
COMMIT = $(shell if [ -z "$$($(GIT) rev-parse --show-cdup 2>&1)" ]; then \
  echo "$$($(GIT) rev-parse --short=7 HEAD)$$([ -z "$$($(GIT) status --porcelain)" ] || echo ', modified')"; \
  else echo 'built without git'; fi)

.PHONY: demo test lint install uninstall deb build setup fuzz bench faults sanitize coverage

demo: build
	Examples/new-cohort.sh $(RELEASE)

build: setup
	TANDEM_COMMIT='$(COMMIT)' swift build -c release $(RUNPATH)

test: setup
	swift test --parallel --disable-xctest

lint:
	swift format lint --strict -r Package.swift Sources Tests Plugins Benchmarks

# What is missing is installed, with root's rights or through sudo; what is there costs nothing.
setup:
	@missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  run=""; [ "$$(id -u)" = 0 ] || run=sudo; \
	  echo "installing$$missing"; \
	  $$run apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$run apt-get install -y -qq --no-install-recommends $$missing; \
	fi

# Tools, the Swift runtime they share, configuration, man pages, completions, examples.
install: build
	Plugins/Packaging/install.sh $(RELEASE) '$(DESTDIR)' '$(PREFIX)'

uninstall:
	Plugins/Packaging/uninstall.sh '$(DESTDIR)' '$(PREFIX)'

# out/tandem_VERSION_ARCHITECTURE.deb; Examples/bare-debian.sh tries it in an empty Debian.
deb: build
	Plugins/Packaging/deb.sh $(RELEASE) out

fuzz:
	Tests/Fuzz/run.sh $(or $(SECONDS_EACH),60)

# Each tool that writes is killed KILLS times at random and as often at a step of its work, then run again; full disks, closed
# streams, two runs at once. A failure names the seed: `make faults SEED=…` repeats it.
faults: build
	swift build --build-tests
	TANDEM_KILLS=$(or $(KILLS),200) TANDEM_TOOLS=$(CURDIR)/$(RELEASE) $(if $(SEED),TANDEM_SEED=$(SEED)) \
	  swift test --skip-build --disable-xctest --filter 'KillTests|SendFaultTests|PublishFaultTests|AtOnceTests|FullDiskTests|StreamFaultTests'

# All tests, and the tools that they start, under the thread and the address sanitizer; each build has a folder of its own.
# What they report ends the tool with another exit code, so that its test fails; reports stand in .build/SANITIZER/report.*.
# There is no undefined-behaviour sanitizer for Swift: it traps; of C there are CVector (compares over bytes) and one constant.
sanitize: setup
	for kind in thread address; do \
	  swift build --build-tests --sanitize=$$kind --scratch-path .build/$$kind && \
	  TANDEM_SANITIZED=$$kind TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/Sanitize/thread.supp:log_path=$(CURDIR)/.build/$$kind/report \
	  ASAN_OPTIONS=detect_leaks=0:log_path=$(CURDIR)/.build/$$kind/report SWIFT_BACKTRACE=enable=no \
	  swift test --skip-build --disable-xctest --sanitize=$$kind --scratch-path .build/$$kind || exit 1; \
	done

# Lines run by the tests, by module; and the files with the most lines that no test runs.
coverage: setup
	Tests/coverage.sh $(FILES)

# BENCH=--quick takes a few minutes; BENCH=--record writes the table and the plot into Benchmarks/README.md.
bench: build
	python3 Benchmarks/run.py $(BENCH)
