# The two commands are `make demo` and `make test`; both set up what a bare Debian 12 machine with Swift lacks.

PREFIX ?= /usr/local
RELEASE = .build/release
# Installed tools find the one Swift runtime that is installed beside them.
RUNPATH = -Xlinker -rpath -Xlinker '$$ORIGIN/../lib/tandem'
PACKAGES = libxml2-dev libzip-dev libxlsxwriter-dev libcurl4-openssl-dev libpq-dev libsqlite3-dev libssl-dev pkg-config
# What the tests run beside the tools.
TEST_PACKAGES = chromium curl dovecot-imapd fish jq libical-dev man-db mandoc miller openssl parallel patchelf postgresql python3-venv shellcheck util-linux zsh
# The peers of the benchmarks.
BENCH_PACKAGES = csvtool gcc libical-dev libxml2-utils miller python3-venv
INSTALL = @Plugins/Packaging/packages.sh
PYTHON_ENVIRONMENT = Tests/python-environment.sh

# What `--version` names; a tree that lies within another repository has no commit of its own.
GIT = git -c safe.directory='$(CURDIR)'
COMMIT = $(shell if [ -z "$$($(GIT) rev-parse --show-cdup 2>&1)" ]; then \
  echo "$$($(GIT) rev-parse --short=7 HEAD)$$([ -z "$$($(GIT) status --porcelain)" ] || echo ', modified')"; \
  else echo 'built without git'; fi)

.PHONY: demo test test-all test-odd test-setup lint install uninstall deb build setup swift fuzz bench faults sanitize coverage

demo: build
	Examples/new-cohort.sh $(RELEASE)

build: setup
	TANDEM_COMMIT='$(COMMIT)' swift build -c release $(RUNPATH)

# What did not run is listed at the end, with its reason.
test: test-setup
	Tests/run.sh --parallel

# With the tests that take minutes: Spark, and those that want root's rights: the package in an empty Debian, Postfix.
test-all: test-setup deb
	$(INSTALL) debootstrap default-jre-headless postfix
	$(PYTHON_ENVIRONMENT) Tests/requirements-spark.txt .build/spark-python
	TANDEM_TEST_SPARK=1 TANDEM_TEST_DEBOOTSTRAP=1 TANDEM_TEST_SERVERS=1 Tests/run.sh --parallel

# At another date, in another zone, in another locale, under load: see Tests/odd.sh. ODD="zone locale" runs some, FILTER some tests.
test-odd: test-setup
	$(INSTALL) faketime locales
	swift build --build-tests
	Tests/odd.sh $(ODD)

test-setup: setup
	$(INSTALL) $(TEST_PACKAGES)
	@$(PYTHON_ENVIRONMENT) Tests/requirements.txt .build/test-python

lint: swift
	swift format lint --strict -r Package.swift Sources Tests Plugins Benchmarks

# What is missing is installed, with root's rights or through sudo; what is there costs nothing.
setup: swift
	$(INSTALL) $(PACKAGES)

# First of all: without Swift nothing else is of use.
swift:
	@command -v swift >/dev/null || { \
	  echo 'error: Swift is not installed; building Tandem needs Swift 6.2 or later: https://www.swift.org/install/linux/' >&2; \
	  echo 'To use Tandem without Swift, install its Debian package, which `make deb` writes to out/ on a machine with Swift:' >&2; \
	  echo "    sudo apt-get install ./tandem_VERSION_$$(dpkg --print-architecture 2>/dev/null || echo amd64).deb" >&2; \
	  exit 69; }

# Tools, the Swift runtime they share, configuration, man pages, completions, examples.
install: build
	$(INSTALL) patchelf
	Plugins/Packaging/install.sh $(RELEASE) '$(DESTDIR)' '$(PREFIX)'

uninstall:
	Plugins/Packaging/uninstall.sh '$(DESTDIR)' '$(PREFIX)'

# out/tandem_VERSION_ARCHITECTURE.deb; Examples/bare-debian.sh tries it in an empty Debian.
deb: build
	$(INSTALL) dpkg-dev patchelf
	Plugins/Packaging/deb.sh $(RELEASE) out

fuzz: setup
	Tests/Fuzz/run.sh $(or $(SECONDS_EACH),60)

# Each tool that writes is killed KILLS times at random and as often at a step of its work, then run again; full disks, closed
# streams, two runs at once. A failure names the seed: `make faults SEED=…` repeats it.
faults: build test-setup
	swift build --build-tests
	TANDEM_KILLS=$(or $(KILLS),200) TANDEM_TOOLS=$(CURDIR)/$(RELEASE) $(if $(SEED),TANDEM_SEED=$(SEED)) \
	  swift test --skip-build --disable-xctest --filter 'KillTests|SendFaultTests|PublishFaultTests|AtOnceTests|FullDiskTests|StreamFaultTests'

# All tests, and the tools that they start, under the thread and the address sanitizer; each build has a folder of its own.
# What they report ends the tool with another exit code, so that its test fails; reports stand in .build/SANITIZER/report.*.
# There is no undefined-behaviour sanitizer for Swift: it traps; of C there are CVector (compares over bytes) and one constant.
sanitize: test-setup
	for kind in thread address; do \
	  swift build --build-tests --sanitize=$$kind --scratch-path .build/$$kind && \
	  TANDEM_SANITIZED=$$kind TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/Sanitize/thread.supp:log_path=$(CURDIR)/.build/$$kind/report \
	  ASAN_OPTIONS=detect_leaks=0:log_path=$(CURDIR)/.build/$$kind/report SWIFT_BACKTRACE=enable=no \
	  swift test --skip-build --disable-xctest --sanitize=$$kind --scratch-path .build/$$kind || exit 1; \
	done

# Lines run by the tests, by module; and the files with the most lines that no test runs.
coverage: test-setup
	Tests/coverage.sh $(FILES)

# BENCH=--quick takes a few minutes; BENCH=--record writes the table and the plot into Benchmarks/README.md.
bench: build
	$(INSTALL) $(BENCH_PACKAGES)
	@$(PYTHON_ENVIRONMENT) Benchmarks/requirements.txt .build/bench-python
	.build/bench-python/bin/python3 Benchmarks/run.py $(BENCH)
