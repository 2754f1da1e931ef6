#!/usr/bin/env python3
"""attack.py FILE: an attacker with scipy's integer programming. Each line of FILE is one publication or several of one survey, as a JSON
array of tables: minimum, counting, cells (slice, level 0 shown, 1 count alone, 2 hidden; answered, values; few; before: what was shown
of it last time, where so few came that it was hidden; carried: hidden last time too). Of hidden cells he uses `level` alone, the true counts only to judge him by. His
unknowns are the counts of the finest slices by answer, for each publication; he knows that what was answered stays answered.
Prints each hidden count that he pins, and how many he tried."""
import itertools, json, sys
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

def attack(tables, number):
    counting = tables[0]["counting"]
    width = max(len(c["values"]) for t in tables for c in t["cells"])
    # How each person can answer: one value, any set of them, or nothing that is told.
    kinds = [()] if counting == "plain" else [(v,) for v in range(width)]
    if counting == "overlapping":
        kinds = [s for r in range(width + 1) for s in itertools.combinations(range(width), r)]
    leaves = sorted({tuple(c["slice"]) for t in tables for c in t["cells"] if None not in c["slice"]})
    place = {(l, s): i for i, (l, s) in enumerate(itertools.product(leaves, kinds))}
    size = len(place)
    def row(run, slice, value=None):
        r = np.zeros(size * len(tables))
        for (leaf, kind), i in place.items():
            if all(a is None or a == b for a, b in zip(slice, leaf)) and (value is None or value in kind):
                r[run * size + i] = 1
        return r
    rows, low, high = [], [], []
    def know(row, least, most): rows.append(row); low.append(least); high.append(most)
    for run, table in enumerate(tables):
        for c in table["cells"]:
            if c["level"] < 2: know(row(run, c["slice"]), c["answered"], c["answered"])
            if c["level"] < 1:
                for v, n in enumerate(c["values"]): know(row(run, c["slice"], v), n, n)
    for run in range(1, len(tables)):
        for i in range(size):
            r = np.zeros(size * len(tables)); r[run * size + i] = 1; r[(run - 1) * size + i] = -1
            know(r, 0, np.inf)
    constraint = [LinearConstraint(csr_matrix(np.array(rows)), low, high)] if rows else []
    def extreme(objective):
        found = milp(objective, constraints=constraint, integrality=np.ones(len(objective)), bounds=Bounds(0, 10000))
        return None if found.x is None else round(found.fun)
    tried = 0
    for run, table in enumerate(tables):
        k = table["minimum"]
        for c in table["cells"]:
            if c["level"] == 2: objective = row(run, c["slice"])
            elif c["level"] == 1 and c["values"] and max(c["values"]) >= c["answered"] - 1:
                objective = row(run, c["slice"], c["values"].index(max(c["values"])))
            else: continue
            tried += 1
            low_, high_ = extreme(objective), extreme(-objective)
            if low_ is None or high_ is None: print(number, run, c, "no table has these figures"); continue
            high_ = -high_
            if c["level"] == 1: good = low_ <= max(c["values"]) - min(k, max(c["values"]))
            elif c.get("carried"): good = high_ - low_ >= k
            elif c["few"]: good = low_ <= 0 and high_ >= k
            elif c.get("before") is not None: good = low_ <= c["before"] and high_ >= c["before"] + k
            else: good = high_ - low_ >= k
            if not good: print(number, run, c, "pinned to", low_, high_)
    return tried

tried = sum(attack(json.loads(line), i) for i, line in enumerate(open(sys.argv[1])))
print("tried", tried)
