#!/bin/bash
# Builds every fuzz target of this folder and runs each for SECONDS: Tests/Fuzz/run.sh SECONDS [NAME…]
#
# A target NAMEFuzz.swift says in its head which folders it is compiled with (fuzz-sources:) and which of our
# modules those import (fuzz-modules:, in the order of their imports). What makes a reader crash, hang or grow is
# kept under .build-fuzz/crashes; a copy belongs into Tests/IntakeTests/Fixtures/crashes, where a test reads it.
# shellcheck disable=SC2046,SC2206 # lists of flags and of our own file names, which hold no blanks
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:?usage: Tests/Fuzz/run.sh SECONDS [NAME…]}
shift
out=.build-fuzz
mkdir -p "$out"
xml=$(pkg-config --cflags libxml-2.0 | tr ' ' '\n' | grep '^-I' | sed 's/^/-Xcc /' || true)
common=(-swift-version 6 -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
  -enable-upcoming-feature MemberImportVisibility -package-name tandem -O -I "$out" -I Sources/CLibXML2 -I Sources/CVector $xml)

head_of() { sed -n "s|^// $2: ||p" "$1"; }

names=("$@")
if [ ${#names[@]} -eq 0 ]; then
  for file in Tests/Fuzz/*Fuzz.swift; do names+=("$(basename "$file" Fuzz.swift)"); done
fi
status=0
for name in "${names[@]}"; do
  target=Tests/Fuzz/${name}Fuzz.swift
  objects=()
  for module in $(head_of "$target" fuzz-modules); do
    swiftc "${common[@]}" -parse-as-library -module-name "$module" -emit-module \
      -emit-module-path "$out/$module.swiftmodule" -emit-object -wmo -o "$out/$module.o" \
      $(find "Sources/$module" -name '*.swift' | sort)
    objects+=("$out/$module.o")
  done
  swiftc "${common[@]}" -sanitize=fuzzer,address -parse-as-library -wmo -module-name "${name}Fuzz" -o "$out/$name" \
    $(find $(head_of "$target" fuzz-sources) -name '*.swift' | sort) "$target" "${objects[@]}" 2> >(grep -v "Cannot export local symbol" >&2)
  mkdir -p "$out/corpus/$name" "$out/crashes"
  arguments=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=4096 -print_final_stats=1
    -artifact_prefix="$out/crashes/$name-")
  if [ -f "Tests/Fuzz/$name.dict" ]; then arguments+=(-dict="Tests/Fuzz/$name.dict"); fi
  seeds=()
  if [ -d "Tests/Fuzz/Seeds/$name" ]; then seeds=("Tests/Fuzz/Seeds/$name"); fi
  echo "fuzzing $name for $seconds s"
  SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=16 nice -n 19 "$out/$name" "${arguments[@]}" "$out/corpus/$name" "${seeds[@]}" \
    >"$out/$name.log" 2>&1 || { status=1; echo "$name: see $out/$name.log"; }
  grep -E '^(stat::|Done|SUMMARY|==)' "$out/$name.log" || true
done
exit $status
