# The two commands are `make demo` and `make test`; both set up what a bare Debian 12 machine with Swift lacks.

PREFIX ?= /usr/local
TOOLS = tandem tandem-import tandem-match tandem-schedule tandem-region tandem-find tandem-invite tandem-survey tandem-workshop
RELEASE = .build/release
# Installed tools find the one Swift runtime that is installed beside them.
RUNPATH = -Xlinker -rpath -Xlinker '$$ORIGIN/../lib/tandem'
PACKAGES = libxml2-dev libcurl4-openssl-dev pkg-config

.PHONY: demo test lint install build setup fuzz bench faults sanitize coverage

demo: build
	Examples/new-cohort.sh $(RELEASE)

build: setup
	swift build -c release $(RUNPATH)

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

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/tandem $(DESTDIR)$(PREFIX)/etc/tandem
	install -m 755 $(addprefix $(RELEASE)/,$(TOOLS)) $(DESTDIR)$(PREFIX)/bin
	@needed=$$(ldd $(addprefix $(RELEASE)/,$(TOOLS)) | awk '/\/swift\/linux\//{print $$3}' | sort -u); \
	install -m 644 $$needed $(DESTDIR)$(PREFIX)/lib/tandem
	cp -R Config/. $(DESTDIR)$(PREFIX)/etc/tandem

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
# There is no undefined-behaviour sanitizer for Swift: it traps, and we have no C of our own.
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
