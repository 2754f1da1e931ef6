#!/usr/bin/env python3
"""Holds the planner against the optimum of tiny instances, found by trying every plan.

usage: brute_force.py PLANNER [--count 200] [--seed 1] [--effort 3] [--keep FOLDER]

Each instance has every term of OBJECTIVE.md: weights of its own, lengths, gaps hard or soft, blackouts, holidays and bridge days, a cap on
the load, rooms, sessions that are held, an earlier plan. The planner's plan must break no rule and cost what it says; its cost,
with missing and moved sessions, must be the optimum; its bound may not be above it. Exits 1 if something differs.
"""
import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from sched_common import FRAME, MISSING, SLOTS, WEIGHTS, Instance, calendar, evaluate, read_plan

MOST_PLANS, MOST_STEPS = 3_000, 100_000


def write(folder, name, heading, rows):
    if rows:
        (folder / name).write_text("\n".join([heading, *(",".join(map(str, row)) for row in rows)]) + "\n")


def make(folder, chance):
    """One tiny instance; most are small enough to try everything."""
    below = chance.randrange
    weeks, sessions = 3 + below(4), 1 + below(4)
    days, has_held = 5 * weeks, sessions > 1 and below(4) == 0
    least = 2 + below(7)
    frame = dict(weeks=weeks, sessions=sessions, least=least, most=least + 1 + below(9), soft=int(below(4) > 0), cap=(0, 1, 1, 2)[below(4)])
    if below(2):
        frame |= {name: below(3 * cost + 2) for name, cost in WEIGHTS.items() if name != "day"}
    regions = [{below(days) for _ in range(below(4))} for _ in range(2)]
    for closed in regions:  # a Thursday or a Tuesday, and the bridge beside it
        if below(2):
            closed.add(5 * below(weeks) + (1 if below(2) else 3))
    count, site_of = (1, 1, 2, 2, 3)[below(5)], [int(below(4) == 0) for _ in range(6)]
    windows = {}
    first_day = 5 if has_held else 0
    crowded = set(range(first_day + below(5), days, max(1, 5 * (least + 6) // 7 // 5 * 5))) if count > 1 and below(2) else None
    for day in range(first_day, days):
        if day in crowded if crowded is not None else below(10) < (3 if count > 1 else 4):
            start = below(SLOTS - 2)
            windows[day] = (start, min(SLOTS, start + 2 + below(5)))
    persons, busy = [], []
    for number in range(2 * count - (count > 1 and below(3) == 0)):
        first, last = (0, 0, 1, 2)[below(4)], (20, 19, 18, 18)[below(4)]
        persons.append((number, site_of[number], site_of[number], "person", 31 if below(4) else 31 & ~(1 << below(5)), first, last))
        for day in range(days):
            free = set()
            if day in windows and below(8):
                start, end = windows[day]
                free = set(range(start - below(2), end + below(2)))
            free |= {below(SLOTS) for _ in range(below(3))}  # not enough for two, but room to breathe
            busy += [(number, day * SLOTS + slot, day * SLOTS + slot + 1) for slot in range(SLOTS) if slot not in free]
    pairs, lengths, held, earlier = [], [], [], []
    rooms = [(0, 0), (1, 1), (2, 0), (3, 1)][:2 + below(3)]
    for number in range(count):
        mentor, mentee = chance.sample(range(len(persons)), 2)
        if below(4) and 2 * number + 1 < len(persons):
            mentor, mentee = 2 * number, 2 * number + 1
        site, wants_room = persons[mentee][1], below(2)
        of_site = [room for room, where in rooms if where == site]
        first = 7 if has_held else below(6)
        pairs.append((number, mentor, mentee, 2 + below(2), wants_room, site, first, below(3)))
        lengths += [(number, session, 1 + below(3)) for session in range(sessions) if below(4) == 0]
        is_held = has_held and below(2)
        if is_held:
            held.append((number, below(5), below(SLOTS - 3), chance.choice(of_site) if wants_room else -1))
        if below(3) == 0:
            for session in range(1 if is_held else 0, sessions):
                if windows and below(4):
                    day = chance.choice(sorted(windows))
                    earlier.append((number, session, day, windows[day][0], chance.choice(of_site) if wants_room else -1, below(2)))
    write(folder, "persons.csv", "person,site,region,role,workdays,start,end", persons)
    write(folder, "tandems.csv", "tandem,mentor,mentee,dur,room,site,kickoff,pref", pairs)
    write(folder, "busy.csv", "person,start,end", busy)
    (folder / "holidays.csv").write_text(
        "region,workday\n" + "".join(f"{region},{day}\n" for region in range(2) for day in sorted(regions[region])))
    write(folder, "rooms.csv", "room,site", rooms)
    write(folder, "booked.csv", "room,start,end", [
        (room, day * SLOTS, day * SLOTS + SLOTS) for room, _ in rooms for day in range(days) if below(4) == 0])
    write(folder, "lengths.csv", "tandem,session,slots", lengths)
    write(folder, "fixed.csv", "tandem,day,start,room", held)
    write(folder, "earlier.csv", "tandem,session,day,start,room,firm", earlier)
    (folder / "avoid.csv").write_text(
        "day,cost\n" + "".join(f"{day},{(20, 100, 500, 20_000)[below(4)]}\n" for day in sorted({below(7 * weeks) for _ in range(below(6))})))
    write(folder, "frame.csv", "key,value", sorted(frame.items()))


def ways(instance, pair):
    """Every prefix of the pair's sessions that is possible alone, as (cost, sessions); None if there are too many."""
    _, _, _, _, wants_room, site = instance.pairs[pair][:6]
    rooms = instance.rooms.get(site, []) if wants_room else [-1]
    wanted = list(instance.wanted(pair))
    places = [[(day, slot, room) for day in range(instance.days) for slot in range(SLOTS)
               if instance.starts(pair, session, day) >> slot & 1
               for room in rooms if instance.is_open(room, pair, session, day, slot)] for session in wanted]
    own = [{place: sum(instance.own(pair, session, *place[:2]).values()) for place in choices}
           for session, choices in zip(wanted, places)]
    found = []

    def extend(sessions, cost):
        if len(found) > MOST_PLANS:
            return
        found.append((cost + sum(instance.home(pair, sessions).values()) + instance.moves(pair, sessions)
                      + MISSING * (len(wanted) - len(sessions)), sessions))
        if len(sessions) == len(wanted):
            return
        before = sessions[-1] if sessions else instance.fixed[pair][-1] if instance.fixed[pair] else None
        for place, more in own[len(sessions)].items():
            if before is None:
                extend([place], cost + more)
            elif instance.is_gap(before[0], place[0]):
                extend([*sessions, place], cost + more + sum(instance.between(before, place).values()))

    extend([], 0)
    return None if len(found) > MOST_PLANS else sorted(found, key=lambda way: way[0])


def optimum(instance):
    """The least cost of all plans with its plan; None if there are too many."""
    choices = []
    for pair in instance.planned:
        found = ways(instance, pair)
        if found is None:
            return None
        _, mentor, mentee, _, _, site = instance.pairs[pair][:6]
        choices.append([])
        for cost, sessions in found:
            taken, days = set(), [(site, day) for day, _, _ in sessions]
            for session, (day, slot, room) in zip(instance.wanted(pair), sessions):
                taken |= {("person", mentor, day), ("person", mentee, day)}
                if room != -1:
                    taken |= {("room", room, day, at) for at in range(slot, slot + instance.lengths[pair][session])}
            choices[-1].append((cost, sessions, taken, days))
    rest = [0] * (len(choices) + 1)
    for at in reversed(range(len(choices))):
        rest[at] = rest[at + 1] + choices[at][0][0]
    best, steps = [None, None], 0

    def extend(at, cost, taken, load, plan):
        nonlocal steps
        if at == len(choices):
            best[:] = cost, dict(zip(instance.planned, plan))
            return
        for own, sessions, more, days in choices[at]:
            steps += 1
            if best[0] is not None and cost + own + rest[at + 1] >= best[0] or steps > MOST_STEPS:
                return
            if taken & more:
                continue
            crowd, excess = dict(load), 0
            for key in days:
                crowd[key] = crowd.get(key, 0) + 1
                excess += crowd[key] > instance.caps[key[0]]
            total = cost + own + instance.weights["load"] * excess
            if best[0] is None or total + rest[at + 1] < best[0]:
                extend(at + 1, total, taken | more, crowd, [*plan, sessions])

    extend(0, 0, set(), {}, [])
    return None if steps > MOST_STEPS else best


def total(judged):
    return judged["cost"] + judged["moves"] + MISSING * judged["missing"]


def compare(planner, folder, effort):
    """What differs, as text; nothing if all agrees. None if the instance is too large to try everything, or has no pair."""
    instance = Instance(folder)
    if not any(instance.wanted(pair) for pair in instance.planned):
        return None
    found = optimum(instance)
    if found is None:
        return None
    best, plan = found
    judged = evaluate(instance, plan)
    if judged["violations"] or total(judged) != best:
        return f"the judge and the brute force disagree: {best}, {judged}"
    run = subprocess.run([planner, folder, folder / "plan.csv", str(effort)], capture_output=True, text=True)
    told = re.search(r"cost (-?\d+), bound (-?\d+)", run.stdout)
    if run.returncode != 0 or told is None:
        return f"the planner ended with {run.returncode}: {run.stdout} {run.stderr}"
    cost, bound = map(int, told.groups())
    ours = evaluate(instance, read_plan(folder / "plan.csv"))
    if ours["violations"]:
        return f"rules are broken: {ours['faults']}"
    if cost != total(ours):
        return f"the planner says its plan costs {cost}, the judge {total(ours)}: {ours}"
    if total(ours) != best:
        return f"cost {total(ours)}, optimum {best}: {ours}; {judged}: {plan}"
    if bound > best:
        return f"bound {bound} is above the optimum {best}"
    return ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("planner")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--effort", type=int, default=3)
    parser.add_argument("--dearer", type=int, default=0, help="so many plans may cost more than the optimum")
    parser.add_argument("--keep", type=Path, help="leave instances with a difference here")
    options = parser.parse_args()
    chance, done, wrong, dearer = random.Random(options.seed), 0, 0, 0
    while done < options.count:
        with tempfile.TemporaryDirectory() as work:
            make(Path(work), chance)
            told = compare(options.planner, Path(work), options.effort)
            if told is None:
                continue
            done += 1
            if told:
                if told.startswith("cost "):
                    dearer += 1
                else:
                    wrong += 1
                print(f"instance {done}: {told}", flush=True)
                if options.keep:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    os.system(f"cp -r {work} {options.keep}/{done}")
    print(f"{done} instances, {dearer} dearer than the optimum, {wrong} wrong")
    sys.exit(wrong > 0 or dearer > options.dearer)


if __name__ == "__main__":
    main()
