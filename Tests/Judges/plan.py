#!/usr/bin/env python3
"""plan.py TRUTH STREAM [--sessions 10] [--from 2026-10-05] [--to 2027-04-05] [--gap 7 35] [--soft-gap] [--hours 8 18]
Holds the session records of STREAM against TRUTH/busy.csv and the hard rules of scheduling, with nothing of the
project's own code. The package `holidays` knows the public holidays of PL, HU and DE-BW.
Cancelled and missed sessions do not count. Sessions are in the order of `order` where they have it, else of `number`.
Exit 0 when nothing is broken; prints what is, and a last line of counts."""
import argparse, bisect, csv, json, sys
from datetime import datetime, date, timedelta
from zoneinfo import ZoneInfo
ap = argparse.ArgumentParser(); ap.add_argument("truth"); ap.add_argument("stream"); ap.add_argument("--sessions", type=int, default=10)
ap.add_argument("--from", dest="lo", type=date.fromisoformat, default=date(2026,10,5)); ap.add_argument("--to", dest="hi", type=date.fromisoformat, default=date(2027,4,5))
ap.add_argument("--gap", type=int, nargs=2, default=[7,35]); ap.add_argument("--soft-gap", action="store_true", help="the upper gap may be exceeded; how often is counted"); ap.add_argument("--hours", type=int, nargs=2, default=[8,18]); a = ap.parse_args()
import holidays
H = {"Europe/Warsaw": holidays.country_holidays("PL"), "Europe/Budapest": holidays.country_holidays("HU"), "Europe/Berlin": holidays.country_holidays("DE", subdiv="BW")}
busy = {}
for r in csv.DictReader(open(a.truth + "/busy.csv")):
    busy.setdefault(r["employee"], []).append((datetime.fromisoformat(r["start"].replace("Z","+00:00")), datetime.fromisoformat(r["end"].replace("Z","+00:00"))))
people, tandems, sessions, wrong = {}, {}, {}, []
for line in (sys.stdin if a.stream == "-" else open(a.stream, encoding="utf-8")):
    r = json.loads(line)
    if r.get("record") == "person": people[r["id"]] = r
    elif r.get("record") == "tandem": tandems[r["id"]] = r
    elif r.get("record") == "session" and r.get("status") not in ("cancelled", "missed"): sessions.setdefault(r["tandem"], []).append(r)
day, uids, wide = {}, set(), 0
for t, ss in sessions.items():
    T = tandems.get(t)
    if T is None: wrong.append((t, "no such tandem")); continue
    place = lambda s: s.get("order", s["number"])
    ss.sort(key=place)
    if len({place(s) for s in ss}) != len(ss): wrong.append((t, "two sessions at one place"))
    if all("order" not in s for s in ss) and [s["number"] for s in ss] != list(range(1, len(ss) + 1)): wrong.append((t, "numbers"))
    if [s["start"][:16] for s in ss] != sorted(s["start"][:16] for s in ss): wrong.append((t, "not in order of time"))
    last = None
    for s in ss:
        S, E = datetime.fromisoformat(s["start"]), datetime.fromisoformat(s["end"])
        if S.tzinfo is None or E.tzinfo is None: wrong.append((s["id"], "no offset")); continue
        local = S.astimezone(ZoneInfo(s["timeZone"]))
        if local.utcoffset() != S.utcoffset(): wrong.append((s["id"], "offset is not the zone's"))
        if not timedelta(minutes=60) <= E - S <= timedelta(minutes=120): wrong.append((s["id"], "length"))
        if not a.lo <= local.date() < a.hi: wrong.append((s["id"], "outside the cohort"))
        if s["uid"] in uids: wrong.append((s["id"], "uid twice"))
        uids.add(s["uid"])
        gap = (local.date() - last).days if last else None
        if gap is not None and gap > a.gap[1] and a.soft_gap: wide += 1
        elif gap is not None and not a.gap[0] <= gap <= a.gap[1]: wrong.append((s["id"], f"gap {gap}"))
        last = local.date()
        for who in (T["mentor"], T["mentee"]):
            z = ZoneInfo(people[who]["timeZone"]); l, m = S.astimezone(z), E.astimezone(z)
            if l.weekday() > 4 or l.hour < a.hours[0] or (m.hour + m.minute/60) > a.hours[1] or m.date() != l.date(): wrong.append((s["id"], f"outside working hours of {who}"))
            if l.date() in H.get(people[who]["timeZone"], {}): wrong.append((s["id"], f"public holiday {l.date()}"))
            key = (who, l.date())
            if key in day: wrong.append((s["id"], f"second session of the day for {who}"))
            day[key] = s["id"]
            iv = busy.get(who.split(":")[-1], [])
            k = bisect.bisect_right(iv, (E, E)) - 1
            if k >= 0 and iv[k][1] > S and iv[k][0] < E: wrong.append((s["id"], f"{who} is busy"))
short = [t for t in tandems if len(sessions.get(t, [])) != a.sessions]
for w in wrong[:20]: print("%s: %s" % w)
if wide: print(f"{wide} gaps over {a.gap[1]} days")
print(f"{len(tandems)} tandems, {sum(map(len, sessions.values()))} sessions, {len(wrong)} broken rules, {len(short)} tandems without {a.sessions} sessions")
sys.exit(bool(wrong) or not sessions)
