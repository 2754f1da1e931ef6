#!/usr/bin/env python3
"""Plans a generated instance with OR-Tools' CP-SAT, and prints a line of JSON.

usage: sched_cpsat.py FOLDER PLAN.csv [--seconds 60] [--workers 2] [--window 12] [--whole]

The model is exact within its window: a session is on a day within --window days of its ideal, or as near as there are five
such days; --whole lets it be on any day. Of a day's starts, those are left out that cost more than another one even if that one is
not the pair's usual start. A site's rooms are counted, not told apart: which room a session gets is decided afterwards, and the judge
counts the changes.
"""
import argparse
import json
import resource
import time

from ortools.sat.python import cp_model
from sched_common import SLOTS, Instance, calendar, choices, evaluate


class Model:
    def __init__(self, instance, window):
        self.instance, self.model = instance, cp_model.CpModel()
        self.terms, self.constant = [], 0
        self.places = {}
        self.room_use, self.person_days, self.load = {}, {}, {}
        shared = {}
        for pair in instance.planned:
            for person in instance.pairs[pair][1:3]:
                shared[person] = shared.get(person, 0) + 1
        self.shared = {person for person, count in shared.items() if count > 1}
        for pair in instance.planned:
            self.add(pair, window)
        for (site, _, _), variables in self.room_use.items():
            if len(variables) > len(instance.rooms[site]):
                self.model.Add(sum(variables) <= len(instance.rooms[site]))
        for variables in self.person_days.values():
            if len(variables) > 1:
                self.model.AddAtMostOne(variables)
        for (site, _), variables in self.load.items():
            cap = instance.caps[site]
            if len(variables) > cap:
                self.cost(self.excess(sum(variables) - cap, len(variables)), instance.weights["load"])
        self.model.Minimize(
            cp_model.LinearExpr.weighted_sum([term for term, _ in self.terms], [cost for _, cost in self.terms]))

    def cost(self, variable, cost):
        if cost:
            self.terms.append((variable, cost))

    def excess(self, expression, most):
        over = self.model.NewIntVar(0, most, "")
        self.model.Add(over >= expression)
        return over

    def add(self, pair, window):
        """A pair's sessions: their places, the gaps between them, the home."""
        instance, model = self.instance, self.model
        _, mentor, mentee, _, wants_room, site = instance.pairs[pair][:6]
        weekday_home = [model.NewBoolVar("") for _ in range(5)]
        start_home = [model.NewBoolVar("") for _ in range(SLOTS)]
        model.AddExactlyOne(weekday_home)
        model.AddExactlyOne(start_home)
        before = None
        for session in instance.wanted(pair):
            found = [(day, slot, model.NewBoolVar("")) for day, slot, cost in
                     self.priced(choices(instance, pair, session, window, wants_room))]
            self.places[pair, session] = found
            model.AddExactlyOne(variable for _, _, variable in found)
            by_day, by_start, by_weekday = {}, {}, {}
            for (day, slot, variable), cost in zip(found, self.costs):
                self.cost(variable, cost)
                by_day.setdefault(day, []).append(variable)
                by_start.setdefault(slot, []).append(variable)
                by_weekday.setdefault(day % 5, []).append(variable)
                if wants_room:
                    for at in range(slot, slot + instance.lengths[pair][session]):
                        self.room_use.setdefault((site, day, at), []).append(variable)
                for person in {mentor, mentee} & self.shared:
                    self.person_days.setdefault((person, day), []).append(variable)
                self.load.setdefault((site, day), []).append(variable)
            for homes, groups, name in ((weekday_home, by_weekday, "weekday"), (start_home, by_start, "time")):
                off = model.NewBoolVar("")
                self.cost(off, instance.weights[name])
                for value, variables in groups.items():
                    model.Add(sum(variables) <= homes[value] + off)
            if before:
                self.keep_apart(before, by_day)
            before = by_day
        held = instance.fixed[pair]
        for homes, name, values in ((weekday_home, "weekday", [day % 5 for day, _, _ in held]),
                                    (start_home, "time", [slot for _, slot, _ in held])):
            for value in values:
                self.cost(homes[value].Not(), instance.weights[name])

    def priced(self, found):
        self.costs = [cost for _, _, cost in found]
        return found

    def keep_apart(self, first, second):
        """The gap: at least so many days as clauses, those beyond the most as a cost or not at all."""
        instance, model = self.instance, self.model
        for day in first:
            late = [one for other, variables in first.items() if other >= day for one in variables]
            early = [one for other, variables in second.items() if calendar(other) < calendar(day) + instance.least for one in variables]
            if early:
                model.AddAtMostOne(late + early)
        if max(map(calendar, second)) - min(map(calendar, first)) <= instance.most:
            return
        gap = (sum(calendar(day) * one for day, variables in second.items() for one in variables)
               - sum(calendar(day) * one for day, variables in first.items() for one in variables))
        if instance.soft:
            self.cost(self.excess(gap - instance.most, instance.end), instance.weights["gap"])
        else:
            model.Add(gap <= instance.most)

    def plan(self, solver):
        """What the solver chose, with rooms: each session keeps its pair's room where it is free."""
        instance, chosen = self.instance, []
        for (pair, session), found in self.places.items():
            day, slot = next((day, slot) for day, slot, variable in found if solver.BooleanValue(variable))
            chosen.append((day, slot, pair, session))
        until, last, plan = {}, {}, {}
        for day, slot, pair, session in sorted(chosen):
            room, site = -1, instance.pairs[pair][5]
            if instance.pairs[pair][4]:
                free = [room for room in instance.rooms[site] if until.get((room, day), 0) <= slot]
                room = last[pair] if last.get(pair) in free else free[0]
                until[room, day] = slot + instance.lengths[pair][session]
                last[pair] = room
            plan.setdefault(pair, []).append((day, slot, room))
        return plan


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("plan")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--window", type=int, default=12)
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_args()
    instance = Instance(options.folder)
    begin = time.monotonic()
    model = Model(instance, -1 if options.whole else options.window)
    built = time.monotonic() - begin
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = options.seconds
    solver.parameters.num_workers = options.workers
    solver.parameters.random_seed = 1
    begin, ticks = time.monotonic(), time.process_time()
    status = solver.Solve(model.model)
    told = dict(status=solver.StatusName(status), variables=len(model.model.Proto().variables), build=round(built, 1),
                solve=round(time.monotonic() - begin, 1), cpu=round(time.process_time() - ticks, 1), bound=int(solver.BestObjectiveBound()),
                mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        plan = model.plan(solver)
        with open(options.plan, "w") as out:
            out.write("tandem,session,day,start,room\n")
            for pair, sessions in sorted(plan.items()):
                for session, place in zip(instance.wanted(pair), sessions):
                    out.write(",".join(map(str, (pair, session, *place))) + "\n")
        judged = evaluate(instance, plan)
        told |= dict(objective=int(solver.ObjectiveValue()), cost=judged["cost"], violations=judged["violations"],
                     faults=judged["faults"], missing=judged["missing"], parts=judged["parts"])
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
