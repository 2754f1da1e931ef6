#!/usr/bin/env python3
"""make_programme.py TANDEMS DIR: a stream of people and tandems (DIR/tandems.ndjson) and a busy calendar for each person
(DIR/busy/NUMBER.ics) of the repository's own regions, the same bytes each time. A mentor has two tandems in one case of ten.
Each calendar has a weekly meeting, forty single ones and a fortnight off, as calendar programs write them."""
import datetime, json, os, random, sys

SITES = [("pl", "Warszawa", "Europe/Warsaw"), ("pl", "Wrocław", "Europe/Warsaw"), ("de", "Stuttgart", "Europe/Berlin"),
         ("hu", "Budapest", "Europe/Budapest")]
tandems, folder = int(sys.argv[1]), sys.argv[2]
draw = random.Random(7)
os.makedirs(folder + "/busy", exist_ok=True)
monday = datetime.datetime(2026, 10, 5)


def calendar(number, zone):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//made//EN", "METHOD:PUBLISH"]

    def event(k, *more):
        lines.extend(["BEGIN:VEVENT", f"UID:{number}-{k}@busy.example", "DTSTAMP:20260901T000000Z", *more, "END:VEVENT"])

    day = draw.randrange(5)
    start = monday + datetime.timedelta(days=day, hours=draw.randrange(8, 17))
    event(0, f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}", "DURATION:PT1H30M",
          "RRULE:FREQ=WEEKLY;UNTIL=20270401T000000Z", "SUMMARY:Jour fixe")
    for k in range(40):
        at = monday + datetime.timedelta(days=draw.randrange(182), hours=draw.randrange(8, 17), minutes=draw.choice([0, 30]))
        event(k + 1, f"DTSTART:{at:%Y%m%dT%H%M%SZ}", f"DTEND:{at + datetime.timedelta(minutes=draw.choice([30, 60, 120])):%Y%m%dT%H%M%SZ}",
              "SUMMARY:Meeting")
    off = monday + datetime.timedelta(days=7 * draw.randrange(24))
    event(99, f"DTSTART;VALUE=DATE:{off:%Y%m%d}", f"DTEND;VALUE=DATE:{off + datetime.timedelta(days=12):%Y%m%d}",
          "X-MICROSOFT-CDO-BUSYSTATUS:OOF", "SUMMARY:Away")
    with open(f"{folder}/busy/{number}.ics", "w", encoding="utf-8", newline="") as file:
        file.write("\r\n".join(lines + ["END:VCALENDAR", ""]))


def line(record):
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def person(number, role, place):
    region, site, zone = place
    calendar(number, zone)
    return line({"acquainted": [], "department": ["Sales"], "email": f"p{number}@{region}.example.com", "id": f"{region}:{number}",
                 "interests": [], "languages": ["en"], "learn": ["video"], "name": f"Person {number}", "record": "person",
                 "region": region, "role": role, "site": site, "teach": ["video"], "timeZone": zone})


with open(folder + "/tandems.ndjson", "w", encoding="utf-8") as file:
    pairs, mentor = [], {}
    for k in range(tandems):
        place = SITES[k % len(SITES)]
        if place not in mentor or draw.random() >= 0.1:
            mentor[place] = f"{place[0]}:{1000000 + k}"
            file.write(person(1000000 + k, "mentor", place))
        file.write(person(2000000 + k, "mentee", place))
        pairs.append((place[0], mentor[place], f"{place[0]}:{2000000 + k}"))
    for region, one, other in pairs:
        file.write(line({"cohort": "2026-autumn", "id": f"2026-autumn/{one}+{other}", "locked": False, "mentee": other, "mentor": one,
                         "record": "tandem", "region": region, "status": "confirmed", "topics": ["video"],
                         "score": {"distance": 0, "returned": 0, "shared": 0, "taught": 0, "total": 0}}))
