#!/usr/bin/env python3
"""rhythm.py TRUTH STREAM [--from 2026-10-05] [--to 2027-04-05] [--hours 8 18] [--gap 7]
Judges whether people want the plan in STREAM, with none of the project's own code:

- no date holds more than twice the average of its weekday, over the dates outside 24 December to 1 January;
- first sessions spread over three weeks: at least three weeks hold a tenth of them each;
- 85% of the sessions fall on the weekday on which their pair meets most, leaving out sessions for which that weekday was impossible:
  its nearest date is a holiday, between 24 December and 1 January, or never free for both, or too near to a neighbour;
- nobody meets from 24 December to 1 January;
- fewer than 10% of the sessions start before 09:00, on the mentee's clock.

TRUTH/busy.csv has the busy times (employee,start,end). The package `holidays` knows the public holidays of PL, HU and DE-BW.
Cancelled and missed sessions do not count. Exits 1 if something does not hold."""
import argparse
import collections
import csv
import json
import sys
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

HOLIDAYS = {"Europe/Warsaw": holidays.country_holidays("PL"), "Europe/Budapest": holidays.country_holidays("HU"),
            "Europe/Berlin": holidays.country_holidays("DE", subdiv="BW")}
TICK = timedelta(minutes=30)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("truth")
    parser.add_argument("stream")
    parser.add_argument("--from", dest="first", type=date.fromisoformat, default=date(2026, 10, 5))
    parser.add_argument("--to", dest="end", type=date.fromisoformat, default=date(2027, 4, 5))
    parser.add_argument("--hours", type=int, nargs=2, default=[8, 18])
    parser.add_argument("--gap", type=int, default=7)
    return parser.parse_args()


def between_the_years(day):
    return (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)


class Calendars:
    """Who is free when."""

    def __init__(self, truth, hours):
        self.hours = hours
        self.busy = collections.defaultdict(list)
        with open(f"{truth}/busy.csv", encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                start, end = (datetime.fromisoformat(row[name].replace("Z", "+00:00")) for name in ("start", "end"))
                self.busy[row["employee"], start.date()].append((start, end))
                if end.date() != start.date():
                    for days in range(1, (end.date() - start.date()).days + 1):
                        self.busy[row["employee"], start.date() + timedelta(days)].append((start, end))

    def is_free(self, person, start, end):
        zone = ZoneInfo(person["timeZone"])
        first, last = start.astimezone(zone), end.astimezone(zone)
        if first.weekday() > 4 or first.date() in HOLIDAYS.get(person["timeZone"], {}):
            return False
        if first.date() != last.date() or first.hour < self.hours[0] or last.time() > time(self.hours[1]):
            return False
        number = person["id"].split(":")[-1]
        days = {start.astimezone(ZoneInfo("UTC")).date(), end.astimezone(ZoneInfo("UTC")).date()}
        return all(until <= start or since >= end for day in days for since, until in self.busy.get((number, day), ()))

    def has_place(self, people, day, zone, length):
        """Whether both are free for the length at some half hour of the day."""
        start = datetime.combine(day, time(self.hours[0]), zone)
        while start.date() == day:
            if all(self.is_free(person, start.astimezone(ZoneInfo("UTC")), start.astimezone(ZoneInfo("UTC")) + length)
                   for person in people):
                return True
            start += TICK
        return False


def main():
    options = arguments()
    people, tandems, sessions = {}, {}, collections.defaultdict(list)
    with open(options.stream, encoding="utf-8") as stream:
        for line in stream:
            record = json.loads(line)
            kind = record.get("record")
            if kind == "person":
                people[record["id"]] = record
            elif kind == "tandem":
                tandems[record["id"]] = record
            elif kind == "session" and record.get("status") not in ("cancelled", "missed"):
                start, end = (datetime.fromisoformat(record[name]) for name in ("start", "end"))
                zone = ZoneInfo(record["timeZone"])
                sessions[record["tandem"]].append((start.astimezone(zone), end.astimezone(zone), zone))
    calendars = Calendars(options.truth, options.hours)
    faults, total = [], sum(map(len, sessions.values()))

    load = collections.Counter(start.date() for plan in sessions.values() for start, _, _ in plan)
    term = [options.first + timedelta(days) for days in range((options.end - options.first).days)]
    peak = 0
    for weekday in range(5):
        days = [day for day in term if day.weekday() == weekday and not between_the_years(day)]
        average = sum(load[day] for day in days) / len(days)
        for day in days:
            if load[day] > 2 * average:
                faults.append(f"{day}: {load[day]} sessions; the average of its weekday is {average:.1f}")
            peak = max(peak, load[day] / average if average else 0)

    firsts = collections.Counter((min(plan)[0].date() - options.first).days // 7 for plan in sessions.values())
    wide = sum(10 * count >= len(sessions) for count in firsts.values())
    if wide < 3:
        faults.append(f"first sessions by week: {sorted(firsts.items())}")

    home = possible = 0
    blackout, early = [], 0
    for tandem, plan in sessions.items():
        both = [people[tandems[tandem][role]] for role in ("mentor", "mentee")]
        plan.sort()
        weekday = collections.Counter(start.weekday() for start, _, _ in plan).most_common(1)[0][0]
        for at, (start, end, zone) in enumerate(plan):
            day = start.date()
            early += start.time() < time(9)
            if between_the_years(day):
                blackout.append(f"{tandem}: {day}")
            if start.weekday() == weekday:
                home += 1
                continue
            # The nearest date of that weekday, at most three days away.
            wanted = day + timedelta((weekday - day.weekday() + 3) % 7 - 3)
            near = [other.date() for other, _, _ in plan[max(0, at - 1):at] + plan[at + 1:at + 2]]
            if (options.first <= wanted < options.end and not between_the_years(wanted)
                    and all(abs((wanted - other).days) >= options.gap for other in near)
                    and calendars.has_place(both, wanted, zone, end - start)):
                possible += 1
    share = home / max(1, home + possible)
    if share < 0.85:
        faults.append(f"{share:.1%} on the home weekday where calendars allow it")
    faults += blackout
    if 10 * early >= total:
        faults.append(f"{early} of {total} start before 09:00")
    for fault in faults[:20]:
        print(fault)
    print(f"{len(sessions)} pairs, {total} sessions, busiest day {peak:.2f} of its weekday's average, "
          f"{sum(count > 0 for count in firsts.values())} weeks with first sessions, {share:.1%} on the home weekday where "
          f"possible, {home / max(1, total):.1%} of all, {len(blackout)} between the years, {early / max(1, total):.1%} before 09:00, "
          f"{len(faults)} faults")
    sys.exit(bool(faults) or not total)


if __name__ == "__main__":
    main()
