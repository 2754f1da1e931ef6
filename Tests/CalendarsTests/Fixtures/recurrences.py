#!/usr/bin/env python3
"""recurrences.py SEED COUNT > FILE: random recurring events, and what Python's recurring_ical_events (PyPI) makes of them.

One event a line, tab-separated: content lines (joined by '|'), window start and end in UTC, occurrences as
start:length in seconds, the first start since the epoch and each next since the one before.
Three things are left out, in which RFC 5545 says otherwise: a BYSETPOS that counts within a first week cut off at DTSTART
(section 3.3.10: a set begins with the interval), an EXDATE on one clock that strikes another clock's same hour, and
lengths that stretch over a clock change (section 3.3.6: hours are exact).
Made with recurring_ical_events 3.8.2, icalendar 7.3.0, python-dateutil 2.9.0: recurrences.py 1 450 > recurrences.txt
"""
import random, sys, datetime as dt, signal
import icalendar, recurring_ical_events

seed, wanted = int(sys.argv[1]), int(sys.argv[2])
rnd = random.Random(seed)
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
ZONES = ["Europe/Warsaw", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia", None, "UTC"]
UTC = dt.timezone.utc

def some(values, most, signed=False):
    return ",".join(str(v * (rnd.choice((1, -1)) if signed else 1)) for v in sorted(rnd.sample(values, rnd.randint(1, most))))

def rule(freq, is_date):
    parts, by = [f"FREQ={freq}"], []
    maybe = lambda p: rnd.random() < p
    if maybe(.5): parts.append(f"INTERVAL={rnd.choice([1, 2, 2, 3, 4, 5, 7, 12, 18])}")
    if freq in ("YEARLY", "MONTHLY") and maybe(.5) or maybe(.15): by.append(("BYMONTH", some(range(1, 13), 4)))
    ordinals = freq == "MONTHLY" or freq == "YEARLY"
    if freq == "YEARLY" and maybe(.2) and not by:
        by.append(("BYWEEKNO", some(range(1, 52), 3, True)))
        by.append(("BYDAY", some_days(False, 3)))
    elif freq in ("YEARLY", "HOURLY", "MINUTELY", "SECONDLY") and maybe(.15):
        by.append(("BYYEARDAY", some(range(1, 367), 5, True)))
        if maybe(.3): by.append(("BYDAY", some_days(False, 5)))
    else:
        if freq != "WEEKLY" and maybe(.35): by.append(("BYMONTHDAY", some(range(1, 32), 5, True)))
        if maybe(.5): by.append(("BYDAY", some_days(ordinals and maybe(.6), 4, freq == "YEARLY" and not by)))
    if not is_date:
        if maybe(.25): by.append(("BYHOUR", some(range(24), 3)))
        if maybe(.2): by.append(("BYMINUTE", some(range(60), 3)))
        if maybe(.1): by.append(("BYSECOND", some(range(60), 2)))
    if by and maybe(.25): by.append(("BYSETPOS", some(range(1, 5), 2, True)))
    if maybe(.3): parts.append(f"WKST={rnd.choice(DAYS)}")
    parts += [f"{k}={v}" for k, v in by]
    return parts

def some_days(ordinal, most, of_year=False):
    days = rnd.sample(DAYS, rnd.randint(1, most))
    number = lambda: str(rnd.choice([1, -1]) * rnd.randint(1, 52 if of_year else 5))
    return ",".join((number() if ordinal else "") + d for d in days)

def event():
    zone = rnd.choice(ZONES)
    is_date = rnd.random() < .15
    freq = rnd.choice(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"] * 3 + ([] if is_date else ["HOURLY", "MINUTELY", "SECONDLY"]))
    start = dt.datetime(rnd.randint(2015, 2026), rnd.randint(1, 12), rnd.randint(1, 28), rnd.randint(0, 23), rnd.choice([0, 15, 30, 45]))
    if is_date: start = start.replace(hour=0, minute=0)
    parts = rule(freq, is_date)
    if freq == "WEEKLY" and any(p.startswith("BYSETPOS") for p in parts):
        parts = [p for p in parts if not p.startswith("WKST")]
        start -= dt.timedelta(days=start.weekday())
        if not is_date: start = start.replace(hour=0, minute=0)
    form = "%Y%m%d" if is_date else "%Y%m%dT%H%M%S"
    prop = lambda t: (";VALUE=DATE:" if is_date else f";TZID={zone}:" if zone not in (None, "UTC") else ":") + t.strftime(form) + ("Z" if zone == "UTC" and not is_date else "")
    span = {"YEARLY": 4000, "MONTHLY": 1500, "WEEKLY": 500, "DAILY": 200, "HOURLY": 40, "MINUTELY": 4, "SECONDLY": .2}[freq]
    end = rnd.random()
    if end < .35: parts.append(f"COUNT={rnd.randint(1, 30)}")
    elif end < .7:
        until = start + dt.timedelta(days=rnd.uniform(0, span))
        parts.append("UNTIL=" + (until.strftime("%Y%m%d") if is_date else until.strftime("%Y%m%dT%H%M%S") + ("" if zone is None else "Z")))
    lines = ["UID:1", "DTSTAMP:20260101T000000Z", "DTSTART" + prop(start)]
    if is_date:
        if rnd.random() < .5: lines.append("DTEND" + prop(start + dt.timedelta(days=rnd.randint(1, 4))))
    else: lines.append(f"DURATION:PT{rnd.choice([15, 30, 60, 90])}M")
    lines.append("RRULE:" + ";".join(parts))
    for _ in range(rnd.choice([0, 0, 0, 1, 2]) if not any(p.startswith("BYHOUR") for p in parts) else 0):
        lines.append("EXDATE" + prop(start + dt.timedelta(days=rnd.randint(0, 60))))
    if rnd.random() < .2: lines.append("RDATE" + prop(start + dt.timedelta(days=rnd.randint(1, 60), minutes=0 if is_date else 5)))
    first = start + dt.timedelta(days=rnd.choice([-1, -.1, rnd.uniform(0, span / 8), rnd.uniform(0, span)]))
    return lines, first.replace(second=0, microsecond=0, tzinfo=UTC), dt.timedelta(days=span / 4 + 1 / 24)

def utc(t):
    if not isinstance(t, dt.datetime): t = dt.datetime(t.year, t.month, t.day)
    return t.replace(tzinfo=UTC) if t.tzinfo is None else t.astimezone(UTC)

class Slow(Exception): pass
def slow(*_): raise Slow()
signal.signal(signal.SIGALRM, slow)
made = 0
while made < wanted:
    lines, first, span = event()
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])
    first = first.replace(hour=0, minute=0) if "VALUE=DATE" in lines[2] else first
    last = first + span
    last = last.replace(minute=0, second=0, microsecond=0)
    signal.setitimer(signal.ITIMER_REAL, 3)
    try: found = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(first, last)
    except (Slow, ValueError, recurring_ical_events.errors.PeriodEndBeforeStart): continue
    finally: signal.setitimer(signal.ITIMER_REAL, 0)
    spans = sorted({(utc(e.start), utc(e.end)) for e in found})
    # Most say something; a few must say nothing.
    if not spans and rnd.random() < .93 or len(spans) > 150 or any(s.second for s, _ in spans) and rnd.random() < .7: continue
    length = icalendar.vDuration.from_ical(lines[3].split(":")[1]) if lines[3].startswith("DURATION") else None
    if length and any(e - s != length for s, e in spans): continue
    cells, before = [], 0
    for s, e in spans:
        at = int(s.timestamp())
        cells.append(f"{at - before}:{int((e - s).total_seconds())}")
        before = at
    print("|".join(lines[2:]), first.strftime("%Y%m%dT%H%M%SZ"), last.strftime("%Y%m%dT%H%M%SZ"), " ".join(cells), sep="\t")
    made += 1
