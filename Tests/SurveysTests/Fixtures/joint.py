#!/usr/bin/env python3
"""joint.py FILE: an attacker with scipy's linear programming, who holds everything that went out together. Each line of FILE is a JSON
object: minimum, points, reversed (the scale's second item), leaves, tables (survey, cells: slice; questions with level 0 shown, 1 count
alone, 2 hidden, asked, answered, counts; scale and change likewise). Of what is hidden he uses `level` alone; the true figures are but
to judge him by. His unknowns are people: how many of each finest slice answered each item so, and the earlier survey so, or left
since. Whoever a linear programme of real numbers cannot pin, one of whole numbers may; but to those that it pins, both agree.
Prints each figure that he pins closer than the protection, and how many he tried."""
import itertools, json, sys
import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

def attack(case, number):
    k, points = case["minimum"], case["points"]
    answers = [0] + list(range(1, points + 1))
    # Here or not, first item, second item, before; 0 is no answer.
    kinds = [(1, x, y, b) for x, y, b in itertools.product(answers, repeat=3)] + [(0, 0, 0, b) for b in answers[1:]]
    here, x, y, b = np.array(kinds).T
    turned = np.where(y > 0, points + 1 - y, 0) if case["reversed"] else y
    complete, both = (x > 0) & (y > 0), (x > 0) & (b > 0)
    total = np.where(complete, x + turned, 0)
    leaves = [tuple(leaf) for leaf in case["leaves"]]
    rows, known, sums = [], [], []
    def row(slice, weights):
        fits = [all(a is None or a == own for a, own in zip(slice, leaf)) for leaf in leaves]
        return np.concatenate([weights * fit for fit in fits]).astype(float)
    def know(slice, weights, figure, is_sum=False):
        rows.append(row(slice, weights)); known.append(figure); sums.append(is_sum)
    targets = []
    for table in case["tables"]:
        now = table["survey"] == "now"
        for cell in table["cells"]:
            s, questions = cell["slice"], cell["questions"]
            asked = here if now else (b > 0)
            told = any(q["level"] < 2 for q in questions)
            if told: know(s, asked, questions[0]["asked"])
            for q, answer in zip(questions, (x, y) if now else (b,)):
                if q["level"] < 2: know(s, answer > 0, q["answered"])
                if q["level"] < 1:
                    for v, n in enumerate(q["counts"]): know(s, answer == v + 1, n)
                if q["level"] == 2: targets.append(("count", s, answer > 0, q["answered"], q["asked"] if told else None))
                elif q["level"] == 1 and max(q["counts"]) >= q["answered"] - 1:
                    v = q["counts"].index(max(q["counts"]))
                    targets.append(("alike", s, answer == v + 1, q["counts"][v], None))
            scale, change = cell.get("scale"), cell.get("change")
            if scale:
                if scale["level"] < 2: know(s, complete, scale["count"])
                if scale["level"] < 1:
                    know(s, total, scale["total"], True)
                    # Alpha is the squares' where every sheet is complete.
                    if all(q["level"] < 1 and q["answered"] == scale["count"] for q in questions):
                        know(s, total ** 2, scale["squares"], True)
                if scale["level"] == 2:
                    most = min([q["answered"] for q in questions if q["level"] < 2], default=None)
                    targets.append(("count", s, complete, scale["count"], most))
                rest = sum(q["answered"] for q in questions) - 2 * scale["count"]
                if 0 < rest < k: targets.append(("rest", s, np.where(complete, 0, x + turned), rest, None))
            if change:
                if change["level"] < 2: know(s, both & (here > 0), change["count"])
                if change["level"] < 1:
                    know(s, b * both, change["before"], True); know(s, x * both, change["after"], True)
                    know(s, (x - b) ** 2 * both, change["squares"], True)
                # Where the earlier survey tells that nobody answered, nobody is in both.
                # A count of enough people that is withheld with the others needs no protection of its own.
                if change["level"] == 2 and 0 < change["count"] < k:
                    targets.append(("count", s, both, change["count"], questions[0]["answered"] if questions[0]["level"] < 2 else None))
                rest = questions[0]["answered"] - change["count"]
                if 0 < rest < k: targets.append(("rest", s, x * ((x > 0) & (b == 0)), rest, None))
    # With the sums of scales and changes, and without.
    def held(which): return (csr_matrix(np.array([rows[i] for i in which])), [known[i] for i in which]) if which else (None, None)
    everything, counts = held(range(len(rows))), held([i for i in range(len(rows)) if not sums[i]])
    def extreme(objective, held=everything):
        found = linprog(objective, A_eq=held[0], b_eq=held[1], bounds=(0, 1000), method="highs")
        return found.fun if found.status == 0 else None
    for what, s, weights, true, most in targets:
        objective = row(s, weights)
        low, high = extreme(objective), extreme(-objective)
        if low is None or high is None: print(number, s, what, "no people have these figures"); continue
        low, high = low - 1e-6, 1e-6 - high
        if what == "alike": good = low <= true - min(k, true)
        elif what == "rest":
            # What the distributions alone tell of these people, they may: the sums must not tell more.
            wide = -extreme(-objective, counts) - extreme(objective, counts)
            good = high - low >= min(points - 1, wide)
        elif true < k: good = low <= 0 and high >= min(k, k if most is None else most)
        else: good = high - low >= min(k, k if most is None else most)
        if not good: print(number, s, what, true, "pinned to", round(low, 3), round(high, 3))
    return len(targets)

tried = sum(attack(json.loads(line), i) for i, line in enumerate(open(sys.argv[1])))
print("tried", tried)
