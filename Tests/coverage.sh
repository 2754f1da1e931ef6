#!/bin/bash
# Prints how many lines of Sources the tests run, in total, by module and by file: Tests/coverage.sh [FILES SHOWN]
#
# The tests start the built tools a thousand times; each of these runs is counted, too. Everything is built and kept in .build/coverage.
set -euo pipefail
cd "$(dirname "$0")/.."
shown=${1:-25}
scratch=.build/coverage
# What the tests read of the tools they start must be the tools' own words: profiles go to a folder of their own.
# shellcheck disable=SC2086 # a list of flags
swift build --build-tests --enable-code-coverage --scratch-path "$scratch" ${SWIFT_FLAGS:-}
products=$scratch/debug
profiles=$PWD/$scratch/profiles
rm -rf "$profiles"
mkdir -p "$profiles"
status=0
LLVM_PROFILE_FILE=$profiles/%p-%m.profraw "${products}/tandemPackageTests.xctest" --testing-library swift-testing \
  > "$scratch/tests.log" 2>&1 || status=$?
grep -E '^✘ Test run|^✔ Test run' "$scratch/tests.log" || tail -n 3 "$scratch/tests.log"
tools=$(dirname "$(readlink -f "$(command -v swift)")")
# A tool that was killed leaves an empty profile.
find "$profiles" -name '*.profraw' -size +0 > "$scratch/profiles.txt"
"$tools/llvm-profdata" merge --failure-mode=all -sparse -f "$scratch/profiles.txt" -o "$scratch/tests.profdata" 2>/dev/null
objects=()
for tool in "$products"/tandem "$products"/tandem-*; do
  if [ -f "$tool" ] && [ -x "$tool" ] && [ "${tool##*.}" = "$tool" ]; then objects+=(-object "$tool"); fi
done
"$tools/llvm-cov" export -summary-only -instr-profile "$scratch/tests.profdata" "$products/tandemPackageTests.xctest" \
  "${objects[@]}" 2>/dev/null > "$scratch/coverage.json"
.build/test-python/bin/python3 - "$scratch/coverage.json" "$PWD/Sources/" "$shown" << 'END'
import json, sys
path, root, shown = sys.argv[1], sys.argv[2], int(sys.argv[3])
files, modules = [], {}
for file in json.load(open(path))["data"][0]["files"]:
    if not file["filename"].startswith(root):
        continue
    lines = file["summary"]["lines"]
    name = file["filename"][len(root):]
    files.append((lines["covered"] / max(1, lines["count"]), lines["count"], lines["covered"], name))
    module = modules.setdefault(name.split("/")[0], [0, 0])
    module[0] += lines["count"]
    module[1] += lines["covered"]
count, covered = (sum(module[at] for module in modules.values()) for at in (0, 1))
print(f"\n{'module':24} {'lines':>7} {'run':>7}")
for name, (all_lines, run) in sorted(modules.items(), key=lambda m: m[1][1] / max(1, m[1][0])):
    print(f"{name:24} {all_lines:7} {100 * run / max(1, all_lines):6.1f}%")
print(f"{'total':24} {count:7} {100 * covered / max(1, count):6.1f}%")
print(f"\nthe {shown} files with the most lines that no test runs")
for share, all_lines, run, name in sorted(files, key=lambda f: f[2] - f[1])[:shown]:
    print(f"{all_lines - run:5} of {all_lines:4}  {100 * share:5.1f}%  {name}")
END
exit "$status"
