#!/bin/sh
# fuzz-calendars.sh SECONDS [CORPUS]: builds the fuzzer of the calendar reader and runs it, beginning with the files of
# Tests/CalendarsTests/Fixtures. What it finds is left in the current folder as crash-*, timeout-* or oom-*.
set -e
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${TMPDIR:-/tmp}/tandem-fuzz-calendars
corpus=${2:-$build/corpus}
mkdir -p "$build" "$corpus"
for module in Programme Calendars; do
  swiftc -O -g -swift-version 6 -package-name tandem -parse-as-library -module-name $module -wmo \
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
    -enable-upcoming-feature MemberImportVisibility -sanitize=fuzzer,address -I "$build" -c \
    -emit-module -emit-module-path "$build/$module.swiftmodule" -o "$build/$module.o" "$root/Sources/$module"/*.swift
done
swiftc -O -g -swift-version 6 -package-name tandem -parse-as-library -sanitize=fuzzer,address -I "$build" \
  -o "$build/fuzz" "$root/Tests/Fuzz/CalendarFuzz.swift" "$build/Programme.o" "$build/Calendars.o"
ASAN_OPTIONS=detect_leaks=0 nice -n 19 "$build/fuzz" -max_total_time="$1" -timeout=5 -rss_limit_mb=1500 -max_len=8192 \
  -dict="$root/Tests/Fuzz/calendar.dict" "$corpus" "$root/Tests/CalendarsTests/Fixtures"
