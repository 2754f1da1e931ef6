#!/usr/bin/env bash
# From exports to invitations: the whole way of a new cohort, on the made-up programme beside this script.
#   new-cohort.sh [FOLDER OF THE TOOLS] [FOLDER TO WRITE TO]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] && PATH=$(cd "$1" && pwd):$PATH
out=${2:-$here/../out/demo}
export TANDEM_REGION=pl,de
# Installed tools find the configuration that came with them.
[ ! -d "$here/../Config" ] || export TANDEM_CONFIG=${TANDEM_CONFIG:-$here/../Config}
mkdir -p "$out"
umask 077
cd "$here/programme"
# The made-up programme is planned in the September before it starts; with data of your own leave --now out.
now=2026-09-14T09:00:00+02:00

tandem-import pl/staff.csv pl/answers.xml de/staff.csv de/answers.csv > "$out/people.ndjson"
tandem-match --cohort 2026-autumn "$out/people.ndjson" > "$out/tandems.ndjson"
tandem-schedule --cohort 2026-autumn --now $now --busy pl/busy de/busy --invitations "$out/invitations" \
  "$out/tandems.ndjson" > "$out/sessions.ndjson"
tandem-workshop --cohort 2026-autumn --now $now --busy pl/busy de/busy --rosters "$out/rosters" \
  --invitations "$out/invitations" "$out/sessions.ndjson" > "$out/workshops.ndjson"

echo
tandem-schedule --cohort 2026-autumn --now $now --busy pl/busy de/busy --format table --quiet \
  "$out/tandems.ndjson"
echo
echo "people       $(grep -c '"record":"person"' "$out/people.ndjson")  $(realpath "$out/people.ndjson")"
echo "tandems      $(grep -c '"record":"tandem"' "$out/tandems.ndjson")  $(realpath "$out/tandems.ndjson")"
echo "sessions     $(grep -c '"record":"session"' "$out/sessions.ndjson")  $(realpath "$out/sessions.ndjson")"
echo "invitations  $(find "$out/invitations" -name '*.ics' | wc -l)  $(realpath "$out/invitations")"
echo "workshops    $(grep -c '"record":"workshop"' "$out/workshops.ndjson")  $(realpath "$out/workshops.ndjson")"
echo "rosters      $(find "$out/rosters" -name '*.html' | wc -l)  $(realpath "$out/rosters")"
