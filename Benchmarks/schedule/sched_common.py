"""A generated instance and what a plan of it costs, by OBJECTIVE.md; plain Python, none of the project's code.

Days are working days, 0 = Monday 5 October 2026, five a week; `calendar` gives the calendar day. Slots are half hours from 08:00.
A plan gives each pair, by its row in tandems.csv, a list of (day, slot, room): a prefix of its sessions, room -1 for none.
"""

import csv
import os

SLOTS = 20
MISSING, MOVE, FIRM_MOVE = 100_000_000_000, 10_000_000, 30_000_000
WEIGHTS = {"day": 1, "gap": 100, "weekday": 40, "time": 10, "hours": 2, "early": 6, "late": 4, "lunch": 12, "friday": 4,
           "half-day": 5, "buffer": 2, "bridge": 60, "load": 60, "room-change": 4}
FRAME = {"weeks": 26, "sessions": 10, "least": 7, "most": 35, "soft": 1, "cap": 0}
BEST = ((2, 8), (11, 16))


def calendar(day):
    return day // 5 * 7 + day % 5


def stable_hash(text):
    """FNV-1a of 64 bits, finished as SplitMix64 does."""
    mask = (1 << 64) - 1
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & mask
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & mask
    value = (value ^ value >> 27) * 0x94D049BB133111EB & mask
    return value ^ value >> 31


def ideals(name, first, end, sessions, least, most):
    """The calendar day that each session would have if nobody were ever busy."""
    span, h = end - first, stable_hash(name)
    if sessions == 1:
        return [first + (h >> 1) % span]
    steps = sessions - 1
    reach = max(1, min(4 * span // (3 * sessions), span - steps * least, span))
    length = min(span - reach, most * steps)
    phase = (h >> 1) % length if length >= 1 else 0
    if phase < reach * steps - length and h & 1:
        phase += length
    return [first + (phase + k * length) // steps for k in range(sessions)]


def rows(path):
    with open(path) as lines:
        next(lines)
        return [[int(cell) if cell.strip().lstrip("-").isdigit() else cell for cell in line.split(",")] for line in lines]


class Instance:
    def __init__(self, folder):
        path = lambda name: os.path.join(folder, name)
        self.frame, self.weights = dict(FRAME), dict(WEIGHTS)
        if os.path.exists(path("frame.csv")):
            with open(path("frame.csv")) as lines:
                for row in csv.DictReader(lines):
                    (self.frame if row["key"] in FRAME else self.weights)[row["key"]] = int(row["value"])
        frame = self.frame
        self.sessions, self.least, self.most, self.soft = (frame[key] for key in ("sessions", "least", "most", "soft"))
        self.days, self.end = 5 * frame["weeks"], 7 * frame["weeks"]
        self.people, self.pairs = rows(path("persons.csv")), rows(path("tandems.csv"))
        self.holidays = {}
        for region, day in rows(path("holidays.csv")):
            self.holidays.setdefault(region, set()).add(day)
        self.rooms = {}
        for room, site in rows(path("rooms.csv")):
            self.rooms.setdefault(site, []).append(room)
        self.busy = [[0] * self.days for _ in self.people]
        for person, start, end in rows(path("busy.csv")):
            self.busy[person][start // SLOTS] |= (1 << end - start) - 1 << start % SLOTS
        self.booked = {}
        if os.path.exists(path("booked.csv")):
            for room, start, end in rows(path("booked.csv")):
                key = room, start // SLOTS
                self.booked[key] = self.booked.get(key, 0) | (1 << end - start) - 1 << start % SLOTS
        self.avoid = dict(rows(path("avoid.csv"))) if os.path.exists(path("avoid.csv")) else dict.fromkeys(range(79, 89), 20_000)
        self.lengths = [[pair[3]] * self.sessions for pair in self.pairs]
        if os.path.exists(path("lengths.csv")):
            for pair, session, slots in rows(path("lengths.csv")):
                self.lengths[pair][session] = slots
        # Sessions that are held already, and where an earlier plan had those to come.
        self.fixed, self.earlier = [[] for _ in self.pairs], [{} for _ in self.pairs]
        if os.path.exists(path("fixed.csv")):
            for pair, day, slot, room in rows(path("fixed.csv")):
                self.fixed[pair].append((day, slot, room))
        if os.path.exists(path("earlier.csv")):
            for pair, session, day, slot, room, firm in rows(path("earlier.csv")):
                self.earlier[pair][session] = ((day, slot, room), FIRM_MOVE if firm else MOVE)
        self.ideals = [ideals(str(number), pair[6], self.end, self.sessions, self.least, self.most)
                       for number, pair in enumerate(self.pairs)]
        self.planned = [pair for pair in range(len(self.pairs)) if self.is_possible_alone(pair)]
        self.caps = self.load_caps()

    def wanted(self, pair):
        """The numbers of the sessions that are to be planned."""
        return range(len(self.fixed[pair]), self.sessions)

    def free(self, person, day):
        _, _, region, _, week, start, end = self.people[person]
        if not week >> day % 5 & 1 or day in self.holidays.get(region, ()):
            return 0
        return ((1 << end) - (1 << start)) & ~self.busy[person][day]

    def starts(self, pair, session, day):
        """The slots at which the session may begin, as bits."""
        _, mentor, mentee = self.pairs[pair][:3]
        both = self.free(mentor, day) & self.free(mentee, day)
        found = both
        for slot in range(1, self.lengths[pair][session]):
            found &= both >> slot
        return found

    def is_open(self, room, pair, session, day, slot):
        """Whether the room is not booked by others while the session takes place."""
        return not self.booked.get((room, day), 0) & (1 << self.lengths[pair][session]) - 1 << slot

    def is_possible_alone(self, pair):
        reached = {self.fixed[pair][-1][0]} if self.fixed[pair] else None
        for session in self.wanted(pair):
            days = {day for day in range(self.days) if self.starts(pair, session, day)}
            if reached is not None:
                days = {day for day in days if any(self.is_gap(before, day) for before in reached)}
            if not days:
                return False
            reached = days
        return True

    def is_gap(self, before, day):
        gap = calendar(day) - calendar(before)
        return gap >= self.least and (self.soft or gap <= self.most)

    def is_off(self, region, day):
        """Whether nobody works at the region's sites on a calendar day."""
        return day % 7 > 4 or day // 7 * 5 + day % 7 in self.holidays.get(region, ())

    def load_caps(self):
        if self.frame["cap"]:
            return dict.fromkeys({pair[5] for pair in self.pairs}, self.frame["cap"])
        wanted, region = {}, {}
        for pair in self.planned:
            site = self.pairs[pair][5]
            wanted[site] = wanted.get(site, 0) + self.sessions
            region[site] = self.people[self.pairs[pair][2]][2]
        caps = {}
        for site, sessions in wanted.items():
            days = sum(not self.is_off(region[site], day) and day not in self.avoid for day in range(self.end))
            caps[site] = max(3, -(-150 * sessions // (100 * days)) if days else 3)
        return caps

    def avoided(self, pair, day):
        day = calendar(day)
        cost = self.avoid.get(day, 0)
        for person in self.pairs[pair][1:3]:
            region = self.people[person][2]
            if not self.is_off(region, day) and self.is_off(region, day - 1) and self.is_off(region, day + 1):
                cost = max(cost, self.weights["bridge"])
        return cost

    def own(self, pair, session, day, slot):
        """What a session costs for its day and its start, by part."""
        weights, end = self.weights, slot + self.lengths[pair][session]
        preference = self.pairs[pair][7]
        beside = sum((slot > 0 and self.busy[person][day] >> slot - 1 & 1) + (end < SLOTS and self.busy[person][day] >> end & 1)
                     for person in self.pairs[pair][1:3])
        is_best = any(first <= slot and end <= last for first, last in BEST)
        return {
            "day": weights["day"] * (calendar(day) - self.ideals[pair][session]) ** 2,
            "hours": 0 if is_best else weights["hours"],
            "early": weights["early"] if slot < 2 else 0,
            "late": weights["late"] if end > 18 else 0,
            "lunch": weights["lunch"] if slot < 10 and end > 8 else 0,
            "friday": weights["friday"] if day % 5 == 4 and end > 14 else 0,
            "half-day": weights["half-day"] if preference == 1 and end > 8 or preference == 2 and slot < 10 else 0,
            "buffer": weights["buffer"] * beside,
            "avoid": self.avoided(pair, day),
        }

    def between(self, before, after):
        """What two consecutive sessions of a pair cost: the gap, and another room."""
        excess = max(0, calendar(after[0]) - calendar(before[0]) - self.most)
        return {"gap": self.weights["gap"] * excess,
                "room-change": self.weights["room-change"] if before[2] != after[2] else 0}

    def home(self, pair, sessions):
        """What leaving the home's weekday and start costs."""
        both = self.fixed[pair] + sessions
        if not both:
            return {}
        weekdays, starts = [day % 5 for day, _, _ in both], [slot for _, slot, _ in both]
        return {"weekday": self.weights["weekday"] * (len(both) - max(map(weekdays.count, weekdays))),
                "time": self.weights["time"] * (len(both) - max(map(starts.count, starts)))}

    def moves(self, pair, sessions):
        moved = 0
        for session, slot in zip(self.wanted(pair), sessions):
            place, cost = self.earlier[pair].get(session, (slot, 0))
            moved += cost if place != slot else 0
        return moved

    def alone(self, pair, sessions):
        """The parts of a pair's cost that depend on no other pair."""
        parts = {}
        before = self.fixed[pair][-1] if self.fixed[pair] else None
        for session, place in zip(self.wanted(pair), sessions):
            for part in (self.own(pair, session, *place[:2]), self.between(before, place) if before else {}):
                for name, cost in part.items():
                    parts[name] = parts.get(name, 0) + cost
            before = place
        for name, cost in self.home(pair, sessions).items():
            parts[name] = parts.get(name, 0) + cost
        return parts


def choices(instance, pair, session, window, keeps_all):
    """The places of a session with what each costs alone, for peers: (day, slot, cost).

    Days within the window around the ideal, or five if there are fewer; all days if the window is negative. Of a day's starts, those are left
    out that cost more than another one even if only that one is not the pair's usual start; in rooms, all of them count.
    """
    ideal, days = instance.ideals[pair][session], []
    for day in range(instance.days):
        starts = instance.starts(pair, session, day)
        if starts:
            days.append((abs(calendar(day) - ideal), day, starts))
    days.sort()
    near = [one for one in days if one[0] <= window or window < 0]
    found = []
    for _, day, starts in near if len(near) >= 5 else days[:5]:
        costs = [(slot, sum(instance.own(pair, session, day, slot).values())) for slot in range(SLOTS) if starts >> slot & 1]
        most = min(cost for _, cost in costs) + instance.weights["time"]
        found += [(day, slot, cost) for slot, cost in costs if keeps_all or cost <= most]
    return found


def evaluate(instance, plan):
    """What the plan costs by part, and which hard rules it breaks."""
    parts, faults, load, person_days, taken = {}, [], {}, set(), set()
    missing = moves = 0
    faults += [f"pair {pair}: cannot have all sessions, and was to be left out" for pair in plan.keys() - set(instance.planned)]
    for pair in instance.planned:
        sessions = plan.get(pair, [])
        _, mentor, mentee, _, wants_room, site = instance.pairs[pair][:6]
        wanted = instance.wanted(pair)
        missing += len(wanted) - len(sessions)
        moves += instance.moves(pair, sessions)
        before = instance.fixed[pair][-1] if instance.fixed[pair] else None
        if len(sessions) > len(wanted):
            faults.append(f"pair {pair}: too many sessions")
        for session, (day, slot, room) in zip(wanted, sessions):
            where = f"pair {pair}, session {session}"
            if not instance.starts(pair, session, day) >> slot & 1:
                faults.append(f"{where}: somebody is not free")
            if before and not instance.is_gap(before[0], day):
                faults.append(f"{where}: {calendar(day) - calendar(before[0])} days after the one before")
            for person in {mentor, mentee}:
                if (person, day) in person_days:
                    faults.append(f"{where}: the second on that day")
                person_days.add((person, day))
            if wants_room and room not in instance.rooms[site] or not wants_room and room != -1:
                faults.append(f"{where}: room {room}")
            elif room != -1 and not instance.is_open(room, pair, session, day, slot):
                faults.append(f"{where}: the room is booked")
            for at in range(slot, slot + instance.lengths[pair][session]):
                if room != -1 and (room, day, at) in taken:
                    faults.append(f"{where}: the room is taken")
                taken.add((room, day, at))
            load[site, day] = load.get((site, day), 0) + 1
            before = (day, slot, room)
        for name, cost in instance.alone(pair, sessions).items():
            parts[name] = parts.get(name, 0) + cost
    parts["load"] = instance.weights["load"] * sum(max(0, count - instance.caps[site]) for (site, _), count in load.items())
    return dict(cost=sum(parts.values()), missing=missing, moves=moves, violations=len(faults), faults=faults[:5], parts=parts)


def read_plan(path):
    """The rows `tandem,session,day,start,room`, in the order of the sessions."""
    plan = {}
    for pair, session, day, slot, room in sorted(rows(path)):
        plan.setdefault(pair, []).append((day, slot, room))
    return plan
