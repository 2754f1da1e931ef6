#!/usr/bin/env python3
"""Optima of 200 random instances by scipy, for AssignmentScipyTests.swift, which draws the same instances.

usage: assignment_scipy.py > assignment_scipy.csv      (needs numpy and scipy)

Instance k: splitmix64 of seed k; sizes 1-60, densities 2-100 %, scores that tie, are negative or zero; every third has
locked pairs, every fourth capacities up to 3 on both sides. Printed: instance, pairs, total, locked pairs left out.
Without capacities the optimum is linear_sum_assignment's, with them linprog's (HiGHS; the polytope is integral).
"""
import numpy as np
from scipy.optimize import linear_sum_assignment, linprog
from scipy.sparse import csr_matrix

MASK = (1 << 64) - 1


class Generator:
    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return (z ^ (z >> 31)) % bound


def instance(k):
    g = Generator(k)
    n, m = 1 + g.below(60), 1 + g.below(60)
    density = 2 + g.below(99)
    spread = [1, 2, 10, 100, 1000][g.below(5)]
    low = [0, -((spread + 1) // 2), -spread][g.below(3)]
    capacity = 3 if k % 4 == 3 else 1
    left = [1 + g.below(capacity) for _ in range(n)]
    right = [1 + g.below(capacity) for _ in range(m)]
    pairs = {}
    for i in range(n):
        for j in range(m):
            if g.below(100) < density:
                pairs[i, j] = low + g.below(spread)
    locked = []
    if k % 3 == 2:
        for _ in range(3):
            i, j = g.below(n), g.below(m)
            if left[i] > 0 and right[j] > 0 and (i, j) not in locked:
                left[i] -= 1
                right[j] -= 1
                locked.append((i, j))
    for pair in locked:
        pairs.pop(pair, None)
    return left, right, pairs


def optimum(left, right, pairs):
    if not pairs:
        return 0, 0
    rank = 1_000_000
    if max(left) <= 1 and max(right) <= 1:
        matrix = np.zeros((len(left), len(right)), dtype=np.int64)
        for (i, j), score in pairs.items():
            if left[i] and right[j]:
                matrix[i, j] = rank + score
        rows, columns = linear_sum_assignment(matrix, maximize=True)
        values = [int(v) - rank for v in matrix[rows, columns] if v > 0]
        return len(values), sum(values)
    keys = list(pairs)
    ends = np.array(keys)
    ones, index = np.ones(len(keys)), np.arange(len(keys))
    limits = np.concatenate([left, right])
    matrix = csr_matrix(
        (np.concatenate([ones, ones]),
         (np.concatenate([ends[:, 0], ends[:, 1] + len(left)]), np.concatenate([index, index]))),
        shape=(len(limits), len(keys)))
    weights = np.array([rank + pairs[key] for key in keys], dtype=float)
    result = linprog(-weights, A_ub=matrix, b_ub=limits, bounds=(0, 1), method="highs-ds")
    chosen = [key for key, x in zip(keys, result.x) if x > 0.5]
    assert all(x < 1e-6 or x > 1 - 1e-6 for x in result.x)
    return len(chosen), sum(pairs[key] for key in chosen)


for k in range(200):
    print(k, *optimum(*instance(k)), sep=",")
