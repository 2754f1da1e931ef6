#!/usr/bin/env python3
"""Makes an instance of session planning from a seed: persons, pairs, busy times, holidays, rooms, lengths. OBJECTIVE.md says what a plan costs.

usage: gen_sched.py PAIRS SEED FOLDER [--per-room 20] [--rooms N] [--all-in-rooms]

26 weeks of Monday to Friday, 20 half hours a day from 08:00. A busy time is [start, end) on that grid, slot = workday * 20 + half
hour, never across days. --per-room: pairs that share a room; --rooms: as many rooms at every site instead; --all-in-rooms: every
pair meets in a room, else two in five.
"""
import argparse
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "peers"))
from gen_match import Rng, pick

WEEKS, SLOTS = 26, 20
DAYS = 5 * WEEKS
REGIONS = 4


def holidays(random):
    """Nine working days of each region, five of them the same everywhere."""
    regions = []
    for _ in range(REGIONS):
        days = {23, 24, 25, 61, 90}
        while len(days) < 9:
            days.add(random.below(DAYS))
        regions.append(sorted(days))
    return regions


def calendar(random, role):
    """By day, the half hours that meetings and absences take: half of the load recurs, half is once."""
    density = 58 if role == "mentee" else 36
    load = density * SLOTS * 5 // 100
    weekly, taken = [], 0
    while taken < load // 2:
        day, start, length = random.below(5), random.below(SLOTS - 1), 1 + random.below(4)
        length = min(length, SLOTS - start)
        fortnightly, phase = random.below(3) == 0, random.below(2)
        weekly.append((day, start, length, fortnightly, phase))
        taken += length // 2 + 1 if fortnightly else length
    grid = [0] * DAYS
    for week in range(WEEKS):
        for day, start, length, fortnightly, phase in weekly:
            if fortnightly and week & 1 != phase or random.below(100) < 8:
                continue
            grid[week * 5 + day] |= (1 << length) - 1 << start
        taken = 0
        while taken < load - load // 2:
            day, start, length = random.below(5), random.below(SLOTS - 1), 1 + random.below(6)
            length = min(length, SLOTS - start)
            grid[week * 5 + day] |= (1 << length) - 1 << start
            taken += length
    for _ in range(1 + random.below(2)):
        first, length = random.below(DAYS), (5, 10, 10, 3, 2)[random.below(5)]
        for day in range(first, min(DAYS, first + length)):
            grid[day] = (1 << SLOTS) - 1
    for _ in range(random.below(5)):
        grid[random.below(DAYS)] = (1 << SLOTS) - 1
    return grid


def intervals(grid):
    for day, taken in enumerate(grid):
        start = 0
        while taken >> start:
            if taken >> start & 1:
                end = start
                while taken >> end & 1:
                    end += 1
                yield day * SLOTS + start, day * SLOTS + end
                start = end
            else:
                start += 1


def write(folder, name, heading, rows):
    with open(folder / name, "w") as file:
        file.write(heading + "\n" + "".join(",".join(map(str, row)) + "\n" for row in rows))


def make(count, seed, folder, per_room=20, rooms_each=None, all_in_rooms=False):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    random = Rng(seed)
    sites = max(6, count // 200)
    closed = holidays(random)
    weights = [3 + (sites - site) * 2 // sites + random.below(3) for site in range(sites)]
    persons, busy, pairs, lengths = [], [], [], []

    def person(role, site):
        number, week = len(persons), 31
        if random.below(100) < 12:  # works part-time: a day off
            week &= ~(1 << (4 if random.below(2) else random.below(5)))
        start, end = (0, 0, 1, 2)[random.below(4)], (20, 19, 18, 18)[random.below(4)]
        persons.append((number, site, site % REGIONS, role, week, start, end))
        busy.extend((number, *interval) for interval in intervals(calendar(random, role)))
        return number

    in_rooms = [0] * sites
    while len(pairs) < count:
        site = pick(random, weights)
        mentee = person("mentee", site)
        for _ in range(2 if random.below(100) < 15 else 1):
            if len(pairs) >= count:
                break
            # One mentor in ten comes from another site, with other holidays.
            mentor = person("mentor", site if random.below(10) else random.below(sites))
            room = 1 if all_in_rooms or random.below(100) < 40 else 0
            in_rooms[site] += room
            length = 2 + random.below(3)
            if random.below(5) == 0:  # the first session of some takes two hours
                lengths.append((len(pairs), 0, 4))
            pairs.append((len(pairs), mentor, mentee, length, room, site, random.below(14), random.below(3)))
    rooms = []
    for site in range(sites):
        for _ in range(rooms_each or max(1, -(-in_rooms[site] // per_room))):
            rooms.append((len(rooms), site))
    write(folder, "persons.csv", "person,site,region,role,workdays,start,end", persons)
    write(folder, "tandems.csv", "tandem,mentor,mentee,dur,room,site,kickoff,pref", pairs)
    write(folder, "busy.csv", "person,start,end", busy)
    write(folder, "holidays.csv", "region,workday", [(region, day) for region in range(REGIONS) for day in closed[region]])
    write(folder, "rooms.csv", "room,site", rooms)
    write(folder, "lengths.csv", "tandem,session,slots", lengths)
    return dict(pairs=count, seed=seed, sites=sites, persons=len(persons), busy=len(busy), rooms=len(rooms), in_rooms=sum(in_rooms))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("folder")
    parser.add_argument("--per-room", type=int, default=20)
    parser.add_argument("--rooms", type=int)
    parser.add_argument("--all-in-rooms", action="store_true")
    options = parser.parse_args()
    print(json.dumps(make(options.pairs, options.seed, options.folder, options.per_room, options.rooms, options.all_in_rooms)))


if __name__ == "__main__":
    main()
