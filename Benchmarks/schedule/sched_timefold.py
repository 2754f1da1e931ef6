#!/usr/bin/env python3
"""Plans a generated instance with Timefold's defaults, and prints a line of JSON. Needs a JDK of 17 or later.

usage: sched_timefold.py FOLDER PLAN.csv [--seconds 60] [--window 12]

A session is an entity whose variables are its place (a day and a start, of those at which both are free) and its room; each term of
OBJECTIVE.md is a constraint. A plan that breaks a hard rule is judged as it is.
"""
import argparse
import json
import resource
import time
from dataclasses import dataclass, field
from typing import Annotated

from sched_common import SLOTS, Instance, choices, evaluate
from timefold.solver import SolverFactory
from timefold.solver.config import Duration, ScoreDirectorFactoryConfig, SolverConfig, TerminationConfig
from timefold.solver.domain import (PlanningEntityCollectionProperty, PlanningId, PlanningScore, PlanningVariable, ValueRangeProvider,
                                    planning_entity, planning_solution)
from timefold.solver.score import ConstraintCollectors, ConstraintFactory, HardSoftScore, Joiners, constraint_provider

# A place is a whole number, as objects of Python are slow in Timefold's machine: cost, then day * 20 + slot.
PLACES = 4096


def day_of(place: int) -> int:
    return place % PLACES // 20


def slot_of(place: int) -> int:
    return place % PLACES % 20


def calendar_of(place: int) -> int:
    return place % PLACES // 20 // 5 * 7 + place % PLACES // 20 % 5


@planning_entity
@dataclass
class Session:
    id: Annotated[int, PlanningId]
    pair: int
    number: int
    mentor: int
    mentee: int
    site: int
    length: int
    cap: int
    places: Annotated[list[int], ValueRangeProvider(id="places")]
    rooms: Annotated[list[int], ValueRangeProvider(id="rooms")]
    place: Annotated[int | None, PlanningVariable(value_range_provider_refs=["places"])] = field(default=None)
    room: Annotated[int | None, PlanningVariable(value_range_provider_refs=["rooms"])] = field(default=None)


@planning_solution
@dataclass
class Plan:
    sessions: Annotated[list[Session], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


def constraints_of(instance):
    least, most, soft = instance.least, instance.most, instance.soft
    weights = instance.weights
    gap, change, load, weekday_cost, start_cost = (weights[name] for name in ("gap", "room-change", "load", "weekday", "time"))

    def home(pair, places: list) -> int:
        best_weekday = 0
        best_start = 0
        for one in places:
            same_weekday = 0
            same_start = 0
            for other in places:
                if day_of(other) % 5 == day_of(one) % 5:
                    same_weekday += 1
                if slot_of(other) == slot_of(one):
                    same_start += 1
            if same_weekday > best_weekday:
                best_weekday = same_weekday
            if same_start > best_start:
                best_start = same_start
        return weekday_cost * (len(places) - best_weekday) + start_cost * (len(places) - best_start)

    def days_missing(a: Session, b: Session) -> int:
        return least - (calendar_of(b.place) - calendar_of(a.place))

    def days_beyond(a: Session, b: Session) -> int:
        return calendar_of(b.place) - calendar_of(a.place) - most

    @constraint_provider
    def constraints(factory: ConstraintFactory):
        def consecutive():
            return factory.for_each(Session).join(
                Session, Joiners.equal(lambda a: a.pair), Joiners.equal(lambda a: a.number + 1, lambda b: b.number))

        def beyond():
            return consecutive().filter(lambda a, b: calendar_of(b.place) - calendar_of(a.place) > most)

        def same_person(one, other):
            return (factory.for_each(Session)
                    .join(Session, Joiners.equal(one, other), Joiners.equal(lambda a: day_of(a.place), lambda b: day_of(b.place)))
                    .filter(lambda a, b: a.id < b.id)
                    .penalize(HardSoftScore.ONE_HARD, lambda a, b: 10))

        return [
            factory.for_each(Session).penalize(HardSoftScore.ONE_SOFT, lambda a: a.place // PLACES).as_constraint("own cost"),
            consecutive().filter(lambda a, b: calendar_of(b.place) - calendar_of(a.place) < least)
            .penalize(HardSoftScore.ONE_HARD, days_missing).as_constraint("too soon"),
            beyond().penalize(HardSoftScore.of_soft(gap) if soft else HardSoftScore.ONE_HARD, days_beyond).as_constraint("too late"),
            same_person(lambda a: a.mentor, lambda b: b.mentor).as_constraint("the mentor's day"),
            same_person(lambda a: a.mentee, lambda b: b.mentee).as_constraint("the mentee's day"),
            factory.for_each(Session).filter(lambda a: a.room >= 0)
            .join(Session, Joiners.equal(lambda a: a.room, lambda b: b.room),
                  Joiners.equal(lambda a: day_of(a.place), lambda b: day_of(b.place)),
                  Joiners.overlapping(lambda a: slot_of(a.place), lambda a: slot_of(a.place) + a.length))
            .filter(lambda a, b: a.id < b.id)
            .penalize(HardSoftScore.ONE_HARD, lambda a, b: 10).as_constraint("the room is taken"),
            consecutive().filter(lambda a, b: a.room != b.room)
            .penalize(HardSoftScore.of_soft(change)).as_constraint("another room"),
            factory.for_each(Session).group_by(lambda a: a.pair, ConstraintCollectors.to_list(lambda a: a.place))
            .penalize(HardSoftScore.ONE_SOFT, home).as_constraint("home"),
            factory.for_each(Session)
            .group_by(lambda a: a.site, lambda a: day_of(a.place), lambda a: a.cap, ConstraintCollectors.count())
            .filter(lambda site, day, cap, count: count > cap)
            .penalize(HardSoftScore.of_soft(load), lambda site, day, cap, count: count - cap).as_constraint("load"),
        ]

    return constraints


def problem(instance, window):
    sessions = []
    for pair in instance.planned:
        _, mentor, mentee, _, wants_room, site = instance.pairs[pair][:6]
        for number in instance.wanted(pair):
            places = [PLACES * cost + SLOTS * day + slot for day, slot, cost in choices(instance, pair, number, window, wants_room)]
            sessions.append(Session(len(sessions), pair, number, mentor, mentee, site, instance.lengths[pair][number],
                                    instance.caps[site], places, instance.rooms[site] if wants_room else [-1]))
    return Plan(sessions)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("plan")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--window", type=int, default=12)
    options = parser.parse_args()
    instance = Instance(options.folder)
    begin = time.monotonic()
    config = SolverConfig(
        solution_class=Plan, entity_class_list=[Session],
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=constraints_of(instance)),
        termination_config=TerminationConfig(spent_limit=Duration(seconds=options.seconds)))
    solver = SolverFactory.create(config).build_solver()
    unplanned = problem(instance, options.window)
    built = time.monotonic() - begin
    begin, ticks = time.monotonic(), time.process_time()
    solved = solver.solve(unplanned)
    told = dict(build=round(built, 1), solve=round(time.monotonic() - begin, 1), cpu=round(time.process_time() - ticks, 1),
                score=str(solved.score), mb=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
    plan = {}
    for one in solved.sessions:
        if one.place is not None and one.room is not None:
            plan.setdefault(one.pair, []).append((one.number, (day_of(one.place), slot_of(one.place), one.room)))
    placed = sum(map(len, plan.values()))
    told |= dict(placed=placed, wanted=len(solved.sessions))
    # Before it has placed each session once it has no plan to judge.
    if placed == len(solved.sessions):
        with open(options.plan, "w") as out:
            out.write("tandem,session,day,start,room\n")
            for pair, sessions in sorted(plan.items()):
                for number, place in sorted(sessions):
                    out.write(",".join(map(str, (pair, number, *place))) + "\n")
        judged = evaluate(instance, {pair: [place for _, place in sorted(sessions)] for pair, sessions in plan.items()})
        told |= dict(cost=judged["cost"], violations=judged["violations"], faults=judged["faults"], missing=judged["missing"],
                     parts=judged["parts"])
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
