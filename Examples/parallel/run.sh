#!/bin/sh
# run.sh ANSWERS.csv PARTS [OPTION…]: tabulates answers in parts, under GNU parallel, and merges them.
#
# The options are those of tandem-survey (--survey, --by, --region, --config). What comes out is, byte for byte, what a
# single run over ANSWERS.csv gives. The answers are divided by person (divide.py); the key, which only this run knows, lets the
# merge find out if somebody was in two parts.
#
#   PERSON: the column that says who answered (employee); FORMAT: of the table (csv); MERGE: options of the merge
set -eu
answers=$1 parts=$2
shift 2
command -v parallel > /dev/null || { echo "GNU parallel is not here: apt-get install parallel" >&2; exit 69; }
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 077
head -c 32 /dev/urandom > "$work/key"
python3 "$here/divide.py" "$answers" "${PERSON:-employee}" "$parts" "$work/parts"
# A part in which nobody happens to be is left out.
for part in "$work"/parts/*.csv; do
  [ "$(head -n 2 "$part" | wc -l)" -gt 1 ] || rm "$part"
done
# halt: one part that fails would be a table of the others.
parallel --halt now,fail=1 --keep-order --quote \
  tandem-survey "$@" --partial --key "$work/key" --quiet {} ::: "$work"/parts/*.csv > "$work/partials"
# shellcheck disable=SC2086
tandem-survey merge --format "${FORMAT:-csv}" ${MERGE:-} "$work/partials"
