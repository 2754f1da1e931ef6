#!/usr/bin/env bash
# The office's Monday: answers are read, what took place is recorded, the plan changes as little as it must, and the news
# waits as mails. What is printed is the summary for the office.
#   weekly-plan.sh [FOLDER OF THE TOOLS] [FOLDER OF THE OFFICE]
# Needs jq: apt-get install jq
#
# From cron, each Monday at six; cron mails the summary to the office:
#   MAILTO=tandem@pl.example.com
#   0 6 * * 1  NOW=$(date -Iseconds) TANDEM_CONFIG=/srv/Config TANDEM_REGION=pl,de /srv/weekly-plan.sh /opt/tandem/bin /srv/office
#
# What the clerk puts into the office's folder:           What the script keeps there:
#   busy/       calendars, as they are exported             plan.ndjson   the plan; before/ the ones before it
#   mail/       answers (.eml, .ics, or a Maildir)          outbox/       who was notified of what; mails wait in outbox/new
#   absent.txt  PERSON FIRST-DAY LAST-DAY, a line each      summary.txt   what was printed
#   missed.txt  sessions that did not take place            log.txt       what the tools said
#
# A folder that is not there yet is filled from the made-up programme beside this script, in its week of 9 November 2026.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] && PATH=$(cd "$1" && pwd):$PATH
office=${2:-$here/../out/office}
now=${NOW:-2026-11-09T06:00:00+01:00}
cohort=${COHORT:-2026-autumn}
export TANDEM_CONFIG=${TANDEM_CONFIG:-$here/../Config} TANDEM_REGION=${TANDEM_REGION:-pl,de}
command -v jq > /dev/null || { echo "jq is not here: apt-get install jq" >&2; exit 69; }
umask 077
mkdir -p "$office/before"
office=$(cd "$office" && pwd)

# Two runs never meet: the second leaves at once, and says so.
exec 9> "$office/lock"
flock --nonblock 9 || { echo "weekly-plan.sh: another run is at work in $office; this one does nothing" >&2; exit 75; }

work=$(mktemp -d "$office/run.XXXXXX")
trap 'rm -rf "$work"' EXIT
exec 3>&1
# 65: a bad row was named, the rest is done; 69: some tandem has fewer sessions than it should. Both are reported, and do not stop us.
step() {
  local code=0
  "$@" 2>> "$work/said" || code=$?
  case $code in 0 | 65 | 69) return 0 ;; esac
  {
    echo "weekly-plan.sh: $1 ended with $code: nothing was changed; the plan is that of the last run"
    tail -n 5 "$work/said"
  } >&3
  cat "$work/said" >> "$office/log.txt"
  exit "$code"
}
records() { jq -c --arg kind "$1" 'select(.record == $kind)' "$2"; }

if [ ! -e "$office/plan.ndjson" ]; then
  # The first time: the cohort's first plan, and invitations to all of it.
  cp -r "$here/programme/week/." "$office"
  cp -n "$here"/programme/{pl,de}/busy/*.ics "$office/busy"
  cd "$here/programme"
  step tandem-import pl/staff.csv pl/answers.xml de/staff.csv de/answers.csv > "$work/people"
  step tandem-match --cohort "$cohort" "$work/people" > "$work/tandems"
  first=2026-09-14T09:00:00+02:00
  step tandem-schedule --cohort "$cohort" --now $first --busy pl/busy de/busy --format ndjson - < "$work/tandems" > "$work/plan"
  step tandem-invite make --outbox "$office/outbox" --now $first --format ndjson "$work/plan" > /dev/null
  # Those invitations went out in autumn.
  find "$office/outbox/new" -type f -delete
  mv "$work/plan" "$office/plan.ndjson"
fi
cd "$office"

# 1. What came in: answers by mail, and who is away.
step tandem-invite replies mail --sessions plan.ndjson > "$work/answered"
mapfile -t absent < <(sed 's/#.*//' absent.txt 2> /dev/null | xargs -n 3)
away=()
for line in "${absent[@]}"; do
  read -r person first last <<< "$line"
  [ -n "$person" ] && away+=("$person" "$first" "$last")
done

# 2. What took place: every session that is past, but for those that somebody said were missed; the next plan makes up for those.
sed '/^#/d; s/[[:space:]]*$//; /^$/d' missed.txt 2> /dev/null > "$work/missed" || true
mapfile -t held < <(jq -r --arg now "$now" --rawfile missed "$work/missed" '
  def seconds: sub("Z$"; "+00:00") | capture("(?<local>.{19})(?<sign>[+-])(?<hours>..):(?<minutes>..)")
    | (.local + "Z" | fromdateiso8601)
      - (.sign + "1" | tonumber) * ((.hours | tonumber) * 3600 + (.minutes | tonumber) * 60);
  ($missed | split("\n")) as $missed | ($now | seconds) as $now
  | select(.record == "session" and (.status == "planned" or .status == "moved"))
  | select((.end | seconds) <= $now) | .id | select(IN($missed[]) | not)' "$work/answered" | sort)
cp "$work/answered" "$work/previous"
if [ ${#held[@]} -gt 0 ]; then
  step tandem-schedule held "${held[@]}" --now "$now" --sessions "$work/answered" > "$work/previous"
fi
mapfile -t missed < "$work/missed"
if [ ${#missed[@]} -gt 0 ]; then
  step tandem-schedule missed "${missed[@]}" --now "$now" --plan "$work/previous"
fi

# 3. The plan: what still holds stays.
jq -c 'select(.record == "person" or .record == "tandem")' "$work/previous" > "$work/tandems"
step tandem-schedule --cohort "$cohort" --now "$now" --previous "$work/previous" --busy busy \
  ${away[@]:+--absent "${away[@]}"} --format ndjson - < "$work/tandems" > "$work/plan"

# 4. The news: mails for whom something changed, none twice, no mentee more often than the region allows.
step tandem-invite make --outbox outbox --now "$now" --format ndjson "$work/plan" > /dev/null
#    To send them at once: tandem-invite send --outbox outbox --smtp mail.example.com:587 --credentials smtp.txt
step tandem-schedule progress --cohort "$cohort" --now "$now" --behind --format ndjson "$work/plan" > "$work/behind"

# 5. The plan is exchanged in one step; the one before stays.
if ! cmp -s "$work/plan" plan.ndjson; then
  cp plan.ndjson "before/plan-${now:0:10}.ndjson"
fi
cp plan.ndjson "$work/before"
mv "$work/plan" plan.ndjson

# 6. The summary.
{
  echo "Tandem, Monday ${now:0:10}"
  echo
  records reply "$work/answered" | jq -rs '
    group_by(.answer) | map("\(length) \(.[0].answer | if . == "countered" then "proposed another time" else . end)") | "answers      \(join(", ") | if . == "" then "none" else . end)"'
  echo "held         ${#held[@]} sessions recorded; $(wc -l < "$work/missed") said to be missed"
  echo "away         $((${#away[@]} / 3))"
  echo "mails        $(find outbox/new -type f | wc -l) wait in outbox/new"
  echo
  # What moved, with both names, from when to when.
  jq -rs --slurpfile before "$work/before" '
    def when: .start[:16] | sub("T"; " ");
    def sessions: map(select(.record == "session") | {(.id): .}) | add;
    (map(select(.record == "person") | {(.id): .name}) | add) as $name
    | (map(select(.record == "tandem") | {(.id): "\($name[.mentor]) – \($name[.mentee])"}) | add) as $pair
    | ($before | sessions) as $old
    | [sessions[] | . as $new | $old[.id] | select(. and .status != "cancelled" and .start != $new.start)
        | "  \($pair[.tandem]), session \(.number): \(when) → \($new | when)"] | sort
    | if length == 0 then "Nothing moved." else "Moved:", .[] end' plan.ndjson
  echo
  echo "This week:"
  jq -rs --arg first "${now:0:10}" --arg last "$(date -d "${now:0:10} + 7 days" +%F)" '
    (map(select(.record == "person") | {(.id): .name}) | add) as $name
    | (map(select(.record == "tandem") | {(.id): "\($name[.mentor]) – \($name[.mentee])"}) | add) as $pair
    | [.[] | select(.record == "session" and .start >= $first and .start < $last and .status != "cancelled")
        | "  \(.start[:16] | sub("T"; " "))  \($pair[.tandem])"] | sort
    | if length == 0 then "  no session" else .[] end' plan.ndjson
  echo
  echo "Behind, or at risk:"
  jq -rs --slurpfile behind "$work/behind" '
    (map(select(.record == "person") | {(.id): .name}) | add) as $name
    | (map(select(.record == "tandem") | {(.id): "\($name[.mentor]) – \($name[.mentee])"}) | add) as $pair
    | if $behind == [] then "  nobody" else $behind[]
        | "  \($pair[.name]): \(.held) held, \(.due) due, \(.atRisk) at risk, since \(.since // "now")" end' plan.ndjson
  if grep -q ': error:' "$work/said"; then
    echo
    echo "To be looked at:"
    grep ': error:' "$work/said" | sort -u | sed 's/^/  /'
  fi
} | tee summary.txt
{
  echo "== $now"
  cat "$work/said"
} >> log.txt
