#!/usr/bin/env python3
"""busy.py SEED COUNT: calendars of all kinds, and the busy time that Python's recurring_ical_events makes of them.

One calendar a line, as JSON: `calendar` (its bytes in base64), `zone` (its owner's), `windows`, each with `from` and `to` and the
`busy` time in it, in minutes since the epoch; `damage`: what was done to the calendar after the judge had read it, or null. A reader
must find exactly the busy time of a calendar without damage, or whose damage is `lenient` (what other programs write and all read), and
at least that of one whose damage makes something unreadable.

Left out is what the judge reads otherwise than RFC 5545, see Tests/CalendarsTests/Fixtures/recurrences.py.
"""
import base64, datetime as dt, json, random, sys
from zoneinfo import ZoneInfo
import icalendar, recurring_ical_events

UTC = dt.timezone.utc
ZONES = ["Europe/Berlin", "Europe/Warsaw", "Europe/Budapest", "America/New_York", "Asia/Shanghai"]
WINDOWS_NAMES = {"Europe/Berlin": "W. Europe Standard Time", "Europe/Warsaw": "Central European Standard Time",
                 "Europe/Budapest": "Central Europe Standard Time", "America/New_York": "Eastern Standard Time",
                 "Asia/Shanghai": "China Standard Time"}
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
first = dt.date(2026, 9, 14)


def stamp(day, minutes):
    return (day.strftime("%Y%m%d") + "T%02d%02d00") % divmod(minutes, 60)


def rule(rnd, is_date):
    kind = rnd.choice(["DAILY", "DAILY", "WEEKLY", "WEEKLY", "WEEKLY", "MONTHLY", "YEARLY"])
    parts = ["FREQ=" + kind]
    if rnd.random() < .4: parts.append("INTERVAL=%d" % rnd.choice([1, 2, 2, 3, 4]))
    if kind == "WEEKLY" and rnd.random() < .7:
        parts.append("BYDAY=" + ",".join(rnd.sample(DAYS, rnd.randint(1, 4))))
    if kind == "DAILY" and rnd.random() < .3:
        parts.append("BYDAY=" + ",".join(rnd.sample(DAYS[:5], rnd.randint(2, 5))))
    if kind == "MONTHLY":
        parts.append(rnd.choice(["BYMONTHDAY=%d" % rnd.choice([1, 5, 15, 28, -1]),
                                 "BYDAY=%d%s" % (rnd.choice([1, 2, 3, -1]), rnd.choice(DAYS[:5]))]))
    end = rnd.random()
    if end < .4: parts.append("COUNT=%d" % rnd.randint(1, 40))
    elif end < .7:
        day = first + dt.timedelta(days=rnd.randint(0, 220))
        parts.append("UNTIL=" + (day.strftime("%Y%m%d") if is_date else stamp(day, 1439) + "Z"))
    return ";".join(parts)


def event(rnd, number, zone):
    """The lines of an event, and of occurrences of it that were changed."""
    lines = ["UID:%d@example.com" % number, "DTSTAMP:20260901T080000Z", "SUMMARY:Nr. %d" % number]
    day = first + dt.timedelta(days=rnd.randint(-30, 200))
    minutes, length = rnd.randint(7 * 4, 17 * 4) * 15, rnd.choice([15, 30, 45, 60, 90, 120, 240])
    clock = rnd.choice(["zone", "zone", "zone", "utc", "floating", "date"])
    if clock == "date":
        days = rnd.randint(1, 6)
        lines.append("DTSTART;VALUE=DATE:" + day.strftime("%Y%m%d"))
        if days > 1 or rnd.random() < .5:
            lines.append("DTEND;VALUE=DATE:" + (day + dt.timedelta(days=days)).strftime("%Y%m%d"))
    else:
        prefix = ";TZID=" + zone if clock == "zone" else ""
        suffix = "Z" if clock == "utc" else ""
        lines.append("DTSTART%s:%s%s" % (prefix, stamp(day, minutes), suffix))
        if rnd.random() < .7: lines.append("DTEND%s:%s%s" % (prefix, stamp(day, minutes + length), suffix))
        else: lines.append("DURATION:PT%dM" % length)
    kind = rnd.random()
    if kind < .08: lines.append("STATUS:CANCELLED")
    elif kind < .16: lines.append("TRANSP:TRANSPARENT")
    elif kind < .22: lines.append("X-MICROSOFT-CDO-BUSYSTATUS:" + rnd.choice(["FREE", "OOF", "TENTATIVE"]))
    others = []
    if rnd.random() < .6:
        lines.append("RRULE:" + rule(rnd, clock == "date"))
        own = icalendar.Calendar.from_ical(wrap([lines]))
        starts = [c.start for c in recurring_ical_events.of(own).between(first - dt.timedelta(days=40), first + dt.timedelta(days=260))]
        starts = sorted({s for s in starts if not isinstance(s, dt.datetime) or clock in ("zone", "utc", "floating")})
        def write(start):
            if clock == "date": return start.strftime("%Y%m%d")
            return start.strftime("%Y%m%dT%H%M%S") + ("Z" if clock == "utc" else "")
        prefix = ";VALUE=DATE" if clock == "date" else ";TZID=" + zone if clock == "zone" else ""
        gone = rnd.sample(starts, min(len(starts), rnd.choice([0, 0, 1, 2, 3])))
        if gone: lines.append("EXDATE%s:%s" % (prefix, ",".join(write(s) for s in gone)))
        rest = [s for s in starts if s not in gone]
        for start in rnd.sample(rest, min(len(rest), rnd.choice([0, 0, 1, 2]))):
            if clock == "date": continue
            moved = start + dt.timedelta(days=rnd.choice([0, 1]), minutes=rnd.choice([-60, 30, 90]))
            if moved in starts: continue
            other = lines[:3] + ["RECURRENCE-ID%s:%s" % (prefix, write(start)), "DTSTART%s:%s" % (prefix, write(moved)),
                                 "DURATION:PT%dM" % rnd.choice([30, 60, 90])]
            if rnd.random() < .2: other.append("TRANSP:TRANSPARENT")
            others.append(other)
    return [lines] + others


def wrap(events, head=()):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//busy.py//EN", *head]
    for event in events: lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    return "\r\n".join(lines + ["END:VCALENDAR", ""])


def instant(value, owner):
    if not isinstance(value, dt.datetime): value = dt.datetime.combine(value, dt.time())
    if value.tzinfo is None: value = value.replace(tzinfo=owner)
    return int(value.timestamp() // 60)


def busy(calendar, owner, start, end):
    """Merged spans in minutes."""
    spans = []
    for c in recurring_ical_events.of(calendar).between(start - dt.timedelta(days=8), end + dt.timedelta(days=2)):
        status = str(c.get("X-MICROSOFT-CDO-BUSYSTATUS", ""))
        if c.get("STATUS") == "CANCELLED" or status == "FREE": continue
        if not status and c.get("TRANSP") == "TRANSPARENT": continue
        spans.append((instant(c.start, owner), instant(c.end, owner)))
    low, high = int(start.timestamp() // 60), int(end.timestamp() // 60)
    merged = []
    for a, b in sorted((max(a, low), min(b, high)) for a, b in spans):
        if a >= b: continue
        if merged and a <= merged[-1][1]: merged[-1][1] = max(merged[-1][1], b)
        else: merged.append([a, b])
    return merged


def damage(rnd, events, zone):
    """Another text of the calendar, what was done, and whether every program still reads it as before."""
    events = [list(e) for e in events]
    event = rnd.choice(events)
    def change(pick, new):
        for e in [event] + events:
            for i, line in enumerate(e):
                if pick(line):
                    e[i] = new(line)
                    return True
        return False
    kind = rnd.choice(["none"] * 6 + ["blank", "lower-case zone", "slash zone", "windows zone", "fold", "utf-16",
                       "two lengths", "unknown zone", "bad exdate", "bad count", "bad until", "bad rdate", "bad stamp"])
    lenient, done = True, True
    if kind == "blank": done = change(lambda l: l.startswith(("DTSTART", "EXDATE", "RRULE")), lambda l: l + " ")
    elif kind == "lower-case zone": events = [[l.replace("TZID=" + zone, "TZID=" + zone.lower()) for l in e] for e in events]
    elif kind == "slash zone": events = [[l.replace("TZID=", "TZID=/") for l in e] for e in events]
    elif kind == "windows zone": events = [[l.replace("TZID=" + zone, "TZID=" + WINDOWS_NAMES[zone]) for l in e] for e in events]
    elif kind == "unknown zone":  # Its times are read on its owner's clock, which is this zone.
        events = [[l.replace("TZID=" + zone, "TZID=Customized Time Zone") for l in e] for e in events]
    elif kind == "two lengths":
        lenient = False  # Of two lengths the longer counts.
        done = change(lambda l: l.startswith("DTEND"), lambda l: l + "\r\nDURATION:PT0S")
    elif kind == "bad exdate":
        lenient = False
        done = change(lambda l: l.startswith("EXDATE"), lambda l: l + ",2026x")
    elif kind == "bad count":
        lenient = False
        done = change(lambda l: "COUNT=" in l, lambda l: l.replace("COUNT=", "COUNT=x"))
    elif kind == "bad until":
        lenient = False
        done = change(lambda l: "UNTIL=" in l, lambda l: l.replace("UNTIL=", "UNTIL=x"))
    elif kind == "bad rdate":
        lenient = False
        event.append("RDATE:soon")
    elif kind == "bad stamp":
        lenient = False
        done = change(lambda l: l.startswith("DTSTAMP"), lambda l: "DTSTAMP:yesterday")
    text = wrap(events)
    if kind == "fold": text = "\r\n".join("\r\n ".join(l[i:i + 9] for i in range(0, max(1, len(l)), 9)) for l in text.split("\r\n"))
    raw = text.encode("utf-16") if kind == "utf-16" else text.encode()
    return raw, kind if done else "none", lenient or not done


seed, count = int(sys.argv[1]), int(sys.argv[2])
rnd = random.Random(seed)
for _ in range(count):
    zone = rnd.choice(ZONES)
    owner = ZoneInfo(zone)
    events = [e for n in range(rnd.randint(1, 5)) for e in event(rnd, n, zone)]
    calendar = icalendar.Calendar.from_ical(wrap(events))
    windows = []
    for _ in range(3):
        start = dt.datetime.combine(first + dt.timedelta(days=rnd.randint(-20, 200)), dt.time(), UTC)
        end = start + dt.timedelta(days=rnd.choice([1, 7, 31, 90]))
        windows.append({"from": int(start.timestamp() // 60), "to": int(end.timestamp() // 60), "busy": busy(calendar, owner, start, end)})
    raw, kind, lenient = damage(rnd, events, zone)
    print(json.dumps({"calendar": base64.b64encode(raw).decode(), "damage": kind, "lenient": lenient, "zone": zone, "windows": windows}))
