#!/usr/bin/env bash
# The year's end: what was held, certificates, what the participants say before and after, and one page to hand on.
#   year-end.sh [FOLDER OF THE TOOLS] [FOLDER TO WRITE TO] [PLAN]
# PLAN is what weekly-plan.sh keeps (office/plan.ndjson); without one, the made-up programme is taken through its year.
# Needs jq and Miller: apt-get install jq miller
# shellcheck disable=SC1010,SC2016 # `then` and `$field` are Miller's
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] && PATH=$(cd "$1" && pwd):$PATH
out=${2:-$here/../out/year-end}
cohort=${COHORT:-2026-autumn}
end=${END_OF_TERM:-2027-04-05}
export TANDEM_CONFIG=${TANDEM_CONFIG:-$here/../Config} TANDEM_REGION=${TANDEM_REGION:-pl,de}
for program in jq mlr; do
  command -v "$program" > /dev/null || { echo "$program is not here: apt-get install jq miller" >&2; exit 69; }
done
table() { # CSV as a table of HTML, numbers to the right
  mlr --icsv --otsv cat "$1" | jq -Rrs 'split("\n")[:-1] | map(split("\t"))
    | (.[1] | map(if test("^[+-]?[0-9.]+$") then " class=n" else "" end)) as $class
    | "<table>", (to_entries[] | (if .key == 0 then "th" else "td" end) as $cell
      | "<tr>" + (.value | to_entries | map("<\($cell)\($class[.key])>\(.value | @html)") | join(""))), "</table>"'
}
umask 077
mkdir -p "$out"
out=$(cd "$out" && pwd)
plan=${3:+$(realpath "$3")}
cd "$here/programme"

if [ -z "$plan" ]; then
  # Every session was held, but for the last ones of two tandems.
  plan=$out/plan.ndjson
  tandem-import --quiet pl/staff.csv pl/answers.xml de/staff.csv de/answers.csv |
    tandem-match --quiet --cohort "$cohort" |
    tandem-schedule --quiet --cohort "$cohort" --now 2026-09-14 --busy pl/busy de/busy --format ndjson > "$out/planned.ndjson"
  jq -r 'select(.record == "session") | .id | select(test("(pl:710018[+]pl:710011|de:720004[+]de:720015)#(9|10)$")
    | not)' "$out/planned.ndjson" | xargs tandem-schedule held --quiet --now "$end" --sessions "$out/planned.ndjson" > "$plan"
fi

# 1. What was held, by site, and the certificates of those who held all.
tandem-schedule progress --quiet --cohort "$cohort" --now "$end" --by site --format csv "$plan" > "$out/progress.csv"
tandem-schedule certificate --quiet --cohort "$cohort" --to "$out/certificates" "$plan"

# 2. What they say: the final survey as a page, with the change since mid-term, pair by pair; and both surveys as tables.
staff=() midterm=() final=()
for region in ${TANDEM_REGION//,/ }; do
  staff+=("$region/staff.csv") midterm+=("$region/midterm.csv") final+=("$region/final.csv")
done
for format in html csv; do
  tandem-survey --quiet --survey final --by region,role --format "$format" "${staff[@]}" "${midterm[@]}" "${final[@]}" "$plan" \
    > "$out/final.$format"
done
tandem-survey --quiet --survey midterm --by region,role --format csv "${staff[@]}" "${midterm[@]}" "$plan" > "$out/midterm.csv"

# 3. The table: before and after, by region and role; what too few people answered stays empty.
mlr --icsv --ocsv join --lp before_ --rp after_ -j region,role,question -f "$out/midterm.csv" \
  then filter '$question =~ "^q[12]_"' \
  then put '$change = is_empty($before_mean) || is_empty($after_mean) ? "" : fmtnum($after_mean - $before_mean, "%+.2f");
    for (name in ["before_mean", "after_mean"]) { if (!is_empty($[name])) { $[name] = fmtnum($[name], "%.2f") } }
    for (name in ["region", "role"]) { if (is_empty($[name])) { $[name] = "all" } }' \
  then cut -o -f region,role,question,before_answered,before_mean,after_answered,after_mean,change \
  then rename "before_answered,answered at mid-term,before_mean,mean at mid-term" \
  then rename "after_answered,answered at the end,after_mean,mean at the end" \
  then sort -f question -f region -f role "$out/final.csv" > "$out/before-after.csv"

# 4. One page: the figures of the programme, the table, and the way to the rest.
{
  echo '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
  echo "<title>Tandem $cohort: the year</title>"
  echo '<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
    table{border-collapse:collapse;margin:1rem 0}td,th{padding:.3rem .8rem;border-bottom:1px solid #8885;text-align:left}
    .n{text-align:right;font-variant-numeric:tabular-nums}</style>'
  echo "<h1>Tandem $cohort</h1>"
  jq -rs 'map(select(.record == "session")) as $sessions | ($sessions | map(select(.status == "held"))) as $held
    | "<p>\(map(select(.record == "tandem")) | length) tandems; \($held | length) of \($sessions | length) sessions held.</p>"' "$plan"
  echo "<p>$(find "$out/certificates" -name '*.html' | wc -l) <a href=\"certificates/\">certificates</a>; what the
    participants say in full: <a href=\"final.html\">the final survey</a>.</p>"
  echo '<h2>Before and after</h2>'
  table "$out/before-after.csv"
  echo '<h2>Sessions by site</h2>'
  table "$out/progress.csv"
  echo '</html>'
} > "$out/index.html"

mlr --icsv --opprint --barred cat "$out/before-after.csv"
echo
mlr --icsv --opprint --barred cat "$out/progress.csv"
echo
echo "certificates  $(find "$out/certificates" -name '*.html' | wc -l)  $out/certificates"
echo "survey        $out/final.html"
echo "page          $out/index.html"
