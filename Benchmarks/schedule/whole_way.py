#!/usr/bin/env python3
"""Makes 6,000 tandems with 12,000 calendars, plans them and writes their invitations, and tells seconds and memory.

usage: whole_way.py [--tandems N] [--data DIR] [--tools DIR] [--json FILE]

A region of its own with thirty sites, half of which plan in rooms (one for twenty tandems); each person's calendar has
weekly and single meetings in a named zone and an absence, 40 components in all. The tools are the release builds.
"""
import argparse
import datetime
import json
import pathlib
import random
import shutil
import sys
from zoneinfo import ZoneInfo

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from timing import keep, measure

REPOSITORY = HERE.parents[1]
SITES = 30
WARSAW = ZoneInfo("Europe/Warsaw")
START = datetime.date(2026, 10, 5)
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Warsaw
BEGIN:DAYLIGHT
DTSTART:19700329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


def region(folder, tandems):
    target = folder / "Config"
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(REPOSITORY / "Config", target)
    own = target / "regions" / "bench"
    shutil.copytree(target / "regions" / "pl", own)
    lines = ["name: Bench", "country: PL", "language: pl", "time-zone: Europe/Warsaw",
             "office: {name: Biuro, email: tandem@bench.example.com}", "holidays: [holidays/pl.ics]", "sites:"]
    for site in range(SITES):
        lines.append(f"  S{site:02}:" if site % 2 == 0 else f"  S{site:02}: {{aliases: [Site {site}]}}")
        if site % 2 == 0:
            lines.append("    scheduling: {place: room}")
            rooms = max(1, tandems // SITES // 20)
            lines.append("    rooms: {" + ", ".join(f"R{site:02}-{room}: {{capacity: 4}}" for room in range(rooms)) + "}")
    (own / "region.yaml").write_text("\n".join(lines) + "\n")


def calendar(path, number, chance, truth):
    """A person's calendar file; each of its busy times goes to the table `truth` as well, which judges read."""
    events, taken = [], []

    def busy(start, end):
        taken.append([moment.replace(tzinfo=WARSAW).astimezone(datetime.timezone.utc) for moment in (start, end)])

    def event(day, minute, length, weeks=0):
        rule = f"RRULE:FREQ=WEEKLY;INTERVAL={weeks};UNTIL=20270404T000000Z\n" if weeks else ""
        start = datetime.datetime.combine(day, datetime.time(minute // 60, minute % 60))
        while start.date() < datetime.date(2027, 4, 4):
            busy(start, start + datetime.timedelta(minutes=length))
            if not weeks:
                break
            start += datetime.timedelta(weeks=weeks)
        stamp = f"{day:%Y%m%d}T{minute // 60:02}{minute % 60:02}00"
        events.append(
            f"BEGIN:VEVENT\nUID:{number}-{len(events)}@busy.example\nDTSTAMP:20260901T000000Z\n"
            f"SUMMARY:Meeting {len(events)}\nDTSTART;TZID=Europe/Warsaw:{stamp}\nDURATION:PT{length}M\n{rule}END:VEVENT\n")

    for _ in range(8):
        day = START + datetime.timedelta(days=chance.randrange(5))
        event(day, 480 + 30 * chance.randrange(18), 30 * chance.randint(1, 3), chance.randint(1, 2))
    for _ in range(31):
        day = START + datetime.timedelta(days=7 * chance.randrange(26) + chance.randrange(5))
        event(day, 480 + 30 * chance.randrange(16), 30 * chance.randint(1, 6))
    away = START + datetime.timedelta(days=chance.randrange(170))
    midnight = datetime.datetime.combine(away, datetime.time())
    busy(midnight, midnight + datetime.timedelta(days=10))
    events.append(
        f"BEGIN:VEVENT\nUID:{number}-away@busy.example\nDTSTAMP:20260901T000000Z\nDTSTART;VALUE=DATE:{away:%Y%m%d}\n"
        f"DTEND;VALUE=DATE:{away + datetime.timedelta(days=10):%Y%m%d}\nSUMMARY:Away\nTRANSP:OPAQUE\nEND:VEVENT\n")
    merged = []
    for start, end in sorted(taken):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    for start, end in merged:
        truth.write(f"{number},{start:%Y-%m-%dT%H:%M:%SZ},{end:%Y-%m-%dT%H:%M:%SZ}\n")
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//Bench//EN\n{ZONE}{''.join(events)}END:VCALENDAR\n"
    path.write_bytes(text.replace("\n", "\r\n").encode())


def make(folder, tandems):
    busy = folder / "busy"
    busy.mkdir(exist_ok=True)
    (folder / "truth").mkdir(exist_ok=True)
    chance = random.Random(7)
    with open(folder / "tandems.ndjson", "w") as stream, open(folder / "truth/busy.csv", "w") as truth:
        truth.write("employee,start,end\n")

        def record(**fields):
            stream.write(json.dumps(fields, separators=(",", ":"), sort_keys=True) + "\n")

        for number in range(2 * tandems):
            role = "mentor" if number % 2 == 0 else "mentee"
            record(record="person", id=f"bench:{100000 + number}", name=f"Person {number}", role=role, region="bench",
                   email=f"p{number}@bench.example.com", site=f"S{number // 2 % SITES:02}", timeZone="Europe/Warsaw",
                   department=["Engineering" if number % 2 else "Sales"], level=3, languages=["pl"],
                   learn=[], teach=[], interests=[])
            calendar(busy / f"{100000 + number}.ics", 100000 + number, chance, truth)
        for number in range(tandems):
            mentor, mentee = f"bench:{100000 + 2 * number}", f"bench:{100001 + 2 * number}"
            record(record="tandem", id=f"2026-autumn/{mentor}+{mentee}", cohort="2026-autumn", mentor=mentor, mentee=mentee,
                   region="bench", status="proposed", locked=False, topics=["logistics"],
                   score={"taught": 500, "returned": 500, "shared": 500, "distance": 500, "total": 500})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tandems", default=6000, type=int)
    parser.add_argument("--data", default="/tmp/tandem-whole-way", type=pathlib.Path)
    parser.add_argument("--tools", default=REPOSITORY / ".build/release", type=pathlib.Path)
    parser.add_argument("--json", help="write the figures here as well")
    parser.add_argument("--make-only", action="store_true", help="make the data, measure nothing")
    options = parser.parse_args()
    folder = options.data / str(options.tandems)
    if not (folder / "truth").exists():
        folder.mkdir(parents=True, exist_ok=True)
        make(folder, options.tandems)
    region(folder, options.tandems)
    written = folder / "invitations"
    if written.exists():
        shutil.rmtree(written)
    if options.make_only:
        return
    done = measure(
        [options.tools / "tandem-schedule", "--config", folder / "Config", "--region", "bench", "--cohort", "2026-autumn",
         "--now", "2026-09-14", "--busy", folder / "busy", "--invitations", written, folder / "tandems.ndjson"],
        output=folder / "sessions.ndjson")
    files = sum(1 for path in written.rglob("*.ics"))
    planned = sum(1 for line in open(folder / "sessions.ndjson") if '"record":"session"' in line)
    shutil.rmtree(written, ignore_errors=True)
    print(f"{options.tandems} tandems, {planned} sessions, {files} files: {done.clock:.1f} s by the clock, "
          f"{done.cpu:.1f} s of processors, {done.mb:.0f} MB, exit {done.status}")
    keep(options.json, [dict(tandems=options.tandems, sessions=planned, files=files, clock=done.clock, cpu=done.cpu,
                             mb=done.mb, status=done.status)])
    sys.exit(0 if planned else 1)


if __name__ == "__main__":
    main()
