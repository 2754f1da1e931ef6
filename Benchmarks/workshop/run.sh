#!/usr/bin/env bash
# The workshop's dates beside OR-tools' CP-SAT, on the same instances in one run.
#   run.sh BENCH-FOLDER [PYTHON] [SECONDS-OF-CP-SAT]
# BENCH-FOLDER holds gen_workshop.py and ws_cpsat.py; PYTHON has ortools. The tool is $WORKSHOP_INSTANCE, else the release build's.
set -euo pipefail
bench=$1
python=${2:-python3}
seconds=${3:-60}
tool=${WORKSHOP_INSTANCE:-$(cd "$(dirname "$0")/../.." && pwd)/.build/release/workshop-instance}
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
for instance in "300 24" "1200 60"; do
  read -r mentors dates <<<"$instance"
  (cd "$bench" && "$python" gen_workshop.py "$mentors" "$dates" 5 "$work/$mentors.json")
  "$tool" "$work/$mentors.json" "$work/$mentors.csv"
  (cd "$bench" && "$python" ws_cpsat.py "$work/$mentors.json" "$seconds" 2)
done
