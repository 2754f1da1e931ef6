#!/usr/bin/env bash
# Three regions, one table: each tabulates its own answers, headquarters merges the aggregates. No answer leaves a region.
#   three-regions.sh [FOLDER OF THE TOOLS] [FOLDER TO WRITE TO]
# Needs GNU parallel and Miller: apt-get install parallel miller
# shellcheck disable=SC1010,SC2016 # `then` and `$field` are Miller's
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] && PATH=$(cd "$1" && pwd):$PATH
out=${2:-$here/../out/three-regions}
export TANDEM_CONFIG=${TANDEM_CONFIG:-$here/../Config}
for program in parallel mlr; do
  command -v "$program" > /dev/null || { echo "$program is not here: apt-get install parallel miller" >&2; exit 69; }
done
umask 077
mkdir -p "$out"
out=$(cd "$out" && pwd)
survey=midterm
export out survey
cd "$here/programme"

# In each region: what leaves it is counts by region and role. Here all three run at once, each on its own exports.
parallel --halt now,fail=1 \
  'tandem-survey --quiet --region {} --survey $survey --by region,role --partial {}/staff.csv {}/$survey.csv > "$out"/{}.partial.ndjson' \
  ::: pl de hu

# Proof that nobody's answers are in what leaves: no number of an employee, no name, no address, no remark.
while read -r region encoding; do
  iconv --from-code "$encoding" "$region/staff.csv" | mlr --icsv --ifs ';' put -q 'print $[[[1]]]; print $[[[2]]]; print $[[[3]]]'
  mlr --icsv put -q 'print $employee; print $q3_comment' "$region/$survey.csv"
done << 'END' | awk 'length($0) > 2' | sort -u > "$out/private.txt"
pl UTF-8
de WINDOWS-1252
hu WINDOWS-1250
END
if grep --fixed-strings --file "$out/private.txt" -- "$out"/*.partial.ndjson; then
  echo "three-regions.sh: personal data in an aggregate; nothing is merged" >&2
  exit 1
fi

# At headquarters.
tandem-survey merge --quiet --format csv "$out"/{pl,de,hu}.partial.ndjson > "$out/merged.csv"
tandem-survey merge --quiet --format html "$out"/{pl,de,hu}.partial.ndjson > "$out/merged.html"

# Proof that nothing is lost on the way: the bytes are those of one run over everybody's answers, which only this example
# can make.
tandem-survey --region pl,de,hu --survey "$survey" --by region,role --quiet --format csv {pl,de,hu}/staff.csv \
  {pl,de,hu}/"$survey".csv > "$out/single.csv"
cmp "$out/merged.csv" "$out/single.csv"

echo "The mid-term survey, by region:"
echo
mlr --icsv --opprint --barred filter 'is_empty($role) && $question =~ "^q[12]"' \
  then put 'if (is_empty($region)) { $region = "all" }' then cut -o -f region,question,asked,answered,mean,sd,nps \
  then format-values -f '%.2f' then sort -f question -f region "$out/merged.csv"
echo
echo "left the regions   $(cat "$out"/*.partial.ndjson | wc -c) bytes of counts"
echo "looked for         $(wc -l < "$out/private.txt") numbers, names, addresses and remarks in them: none found"
echo "merged             the same bytes as one run over all: $out/merged.csv"
echo "page               $out/merged.html"
