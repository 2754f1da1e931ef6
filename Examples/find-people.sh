#!/usr/bin/env bash
# People of other fields, who agreed to be found: an audience for a rehearsal, testers, voices for a campaign.
#   find-people.sh [FOLDER OF THE TOOLS] [FOLDER TO WRITE TO]
# Needs jq and Miller: apt-get install jq miller
# shellcheck disable=SC1010 # `then` is Miller's
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] && PATH=$(cd "$1" && pwd):$PATH
out=${2:-$here/../out/people}
export TANDEM_CONFIG=${TANDEM_CONFIG:-$here/../Config} TANDEM_REGION=pl,de
for program in jq mlr; do
  command -v "$program" > /dev/null || { echo "$program is not here: apt-get install jq miller" >&2; exit 69; }
done
umask 077
mkdir -p "$out"
out=$(cd "$out" && pwd)
cd "$here/programme"
today=${TODAY:-2026-11-09}
tandem-import --quiet pl/staff.csv pl/answers.xml de/staff.csv de/answers.csv > "$out/people.ndjson"

# 1. Anna rehearses a talk on video and social media at Stuttgart: who listens, and why they.
tandem-find --for "Anna Müller" --topic "Video und Blogs, soziale Medien" --purpose rehearsal --limit 4 --on "$today" \
  --format table "$out/people.ndjson"

# 2. A campaign at three sites. --invite enters each into asked.csv, so that nobody is asked too often, whoever asks.
: > "$out/campaign.ndjson"
while read -r who topic; do
  # 69: nobody is left who may be asked; the tool says why, and the others go on.
  tandem-find --for "$who" --topic "$topic" --purpose campaign --limit 3 --on "$today" --asked "$out/asked.csv" \
    --invite --quiet --format ndjson "$out/people.ndjson" >> "$out/campaign.ndjson" || [ $? -eq 69 ]
done << 'END'
pl:710000 ochrona danych
pl:710003 ochrona danych
de:720001 Datenschutz
END

# The list for the office: name, address and reason, from the invitations and the people that they name.
jq -rs '{teach: "knows", interests: "likes", learn: "wants to learn"} as $words
  | (map(select(.record == "person") | {(.id): .}) | add) as $people
  | .[] | select(.record == "invitation") | $people[.person] as $one
  | {site: $one.site, name: $one.name, department: $one.department[0], email: $one.email, language,
     because: (.reasons | map("\($words[.field]) \(.text)") | join("; "))}' "$out/people.ndjson" "$out/campaign.ndjson" |
  mlr --ijson --ocsv sort -f site -f name > "$out/campaign.csv"
echo
echo "For the campaign:"
mlr --icsv --opprint --barred cut -o -f site,name,department,email,language "$out/campaign.csv"
echo
echo "How many of each department:"
mlr --icsv --opprint count-distinct -f department then sort -nr count -f department "$out/campaign.csv"
echo
echo "list    $out/campaign.csv"
echo "asked   $out/asked.csv"
