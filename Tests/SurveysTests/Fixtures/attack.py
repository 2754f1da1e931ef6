#!/usr/bin/env python3
"""attack.py FILE: an attacker with scipy's integer and linear programming. Each line of FILE is a table as JSON: minimum, counting, cells
(slice, level 0 shown, 1 count alone, 2 hidden; answered, values; few). Of hidden cells he uses `level` alone, the true counts only to
judge him by. His unknowns are the counts of the finest slices by value. Prints each hidden count that he pins, and how many he tried."""
import itertools, json, sys
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

def attack(table, number):
    k, cells, counting = table["minimum"], table["cells"], table["counting"]
    width = max(len(c["values"]) for c in cells)
    # How each person can answer: one value, any set of them, or nothing that is told.
    kinds = [()] if counting == "plain" else [(v,) for v in range(width)]
    if counting == "overlapping":
        kinds = [s for r in range(width + 1) for s in itertools.combinations(range(width), r)]
    leaves = [tuple(c["slice"]) for c in cells if None not in c["slice"]]
    place = {(l, s): i for i, (l, s) in enumerate(itertools.product(leaves, kinds))}
    def row(slice, value=None):
        r = np.zeros(len(place))
        for (leaf, kind), i in place.items():
            if all(a is None or a == b for a, b in zip(slice, leaf)) and (value is None or value in kind):
                r[i] = 1
        return r
    rows, known = [], []
    for c in cells:
        if c["level"] < 2: rows.append(row(c["slice"])); known.append(c["answered"])
        if c["level"] < 1:
            for v, n in enumerate(c["values"]): rows.append(row(c["slice"], v)); known.append(n)
    constraint = [LinearConstraint(np.array(rows), known, known)] if rows else []
    def extreme(objective, integer):
        kinds = np.full(len(place), 1 if integer else 0)
        upper = np.full(len(place), 10000.0)
        found = milp(objective, constraints=constraint, integrality=kinds, bounds=Bounds(0, upper))
        if found.x is None: return None
        return round(found.fun, 6)
    tried = 0
    for c in cells:
        if c["level"] == 2: objective = row(c["slice"])
        elif c["level"] == 1 and c["values"] and c["answered"] in c["values"]:
            objective = row(c["slice"], c["values"].index(c["answered"]))
        else: continue
        # What whole numbers can do, fractions can: the linear attacker sees less than the integer one.
        for integer in (True,):
            tried += 1
            low, high = extreme(objective, integer), extreme(-objective, integer)
            if low is None or high is None: print(number, c, "no table has these figures"); continue
            high = -high
            if c["level"] == 1: good = low <= c["answered"] - min(k, c["answered"])
            elif c["few"]: good = low <= 0 and high >= k
            else: good = high - low >= k
            if not good: print(number, c, "pinned to", low, high)
    return tried

tried = sum(attack(json.loads(line), i) for i, line in enumerate(open(sys.argv[1])))
print("tried", tried)
