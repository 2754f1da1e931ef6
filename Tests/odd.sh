#!/usr/bin/env bash
# Tests/odd.sh [VARIANT…]: runs the built tests as on another day or machine; without a name, in every way that it knows:
#
#   future, past   the clock shows a night in July 2027, in February 2019 (libfaketime)
#   zone           the zone is Pacific/Apia, which is 13 hours ahead of UTC
#   locale         the locale is Turkish, with its comma in numbers and its dotless i
#   load           four busy loops run beside the tests
#
# $FILTER limits the tests, as `swift test --filter` does. `make test-odd` installs what is needed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
bundle=.build/debug/tandemPackageTests.xctest
[ -e "$bundle" ] || { echo "error: $bundle is missing: swift build --build-tests" >&2; exit 66; }
list=$(mktemp)
trap 'rm -f "$list"' EXIT
tests=("$bundle" --testing-library swift-testing)
if [ -n "${FILTER:-}" ]; then tests+=(--filter "$FILTER"); fi

# Time-outs follow the monotonic clock, which stays the machine's.
at() { faketime -m "$1" env FAKETIME_DONT_FAKE_MONOTONIC=1 DONT_FAKE_MONOTONIC=1 "${tests[@]}"; }

run() {
  case $1 in
    future) at '2027-07-14 03:00:00' ;;
    past) at '2019-02-28 23:30:00' ;;
    zone) TZ=Pacific/Apia "${tests[@]}" ;;
    locale)
      # Made here, so that it needs no root and the system stays as it is.
      mkdir -p .build/locales
      [ -d .build/locales/tr_TR.UTF-8 ] || localedef -i tr_TR -f UTF-8 "$PWD/.build/locales/tr_TR.UTF-8" || return
      LOCPATH=$PWD/.build/locales LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 "${tests[@]}"
      ;;
    load)
      local loops=()
      for _ in 1 2 3 4; do
        while :; do :; done &
        loops+=($!)
      done
      "${tests[@]}"
      local ended=$?
      kill "${loops[@]}"
      return $ended
      ;;
    *)
      echo "error: no variant $1: future, past, zone, locale, load" >&2
      return 64
      ;;
  esac
}

variants=("$@")
[ $# -gt 0 ] || variants=(future past zone locale load)
failed=()
for variant in "${variants[@]}"; do
  echo "== $variant"
  run "$variant" > "$list" 2>&1 || failed+=("$variant")
  grep -aE '^✘|error: |Test run with' "$list" | tail -n 40
done
if [ ${#failed[@]} -gt 0 ]; then
  echo "failed: ${failed[*]}" >&2
  exit 1
fi
