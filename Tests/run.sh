#!/usr/bin/env bash
# Tests/run.sh [OPTION…]: runs `swift test` with these options, then lists what did not run, and why.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
list=$(mktemp)
trap 'rm -f "$list"' EXIT
TANDEM_NOT_RUN=$list swift test --disable-xctest "$@"
status=$?
# Lines are TEST, a tab, REASON; see TestSupport/NotRun.swift.
count=$(sort -u "$list" | wc -l)
case $count in
  0) echo "Every test ran." ;;
  1) echo "1 test did not run:" ;;
  *) echo "$count tests did not run:" ;;
esac
sort -u "$list" | awk -F '\t' '{ print "  " $1 ": " $2 }'
exit "$status"
