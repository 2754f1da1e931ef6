"""Writes reference.json: what scipy, statsmodels and pingouin say of the inputs that StatisticsTests puts to ours.

    python reference.py > reference.json      (scipy 1.11 or later, statsmodels, pingouin, pandas)
"""

import json
import random
import warnings

import numpy as np
import pandas as pd
import pingouin
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

warnings.simplefilter("ignore")
rng = random.Random(20261123)
out = {"wilson": [], "nps": [], "alpha": [], "wilcoxon": [], "mean": [], "t": [], "f": []}

for hits, total in [(0, 1), (1, 1), (0, 5), (5, 5), (3, 7), (49, 84), (38, 76), (250, 1000), (999_999, 1_000_000)]:
    low, high = proportion_confint(hits, total, method="wilson")
    out["wilson"].append({"hits": hits, "total": total, "low": low, "high": high})

for total in [1, 2, 5, 76, 400, 100_000]:
    answers = [rng.choice(range(11)) for _ in range(total)]
    worth = np.array([100 if a >= 9 else -100 if a <= 6 else 0 for a in answers], float)
    half = stats.norm.ppf(0.975) * np.sqrt(np.mean((worth - worth.mean()) ** 2) / total)
    out["nps"].append({"counts": [answers.count(v) for v in range(11)], "score": worth.mean(),
                       "low": max(-100, worth.mean() - half), "high": min(100, worth.mean() + half)})

for items, sheets, points in [(2, 8, 5), (3, 12, 5), (4, 200, 7), (6, 1500, 5), (3, 3, 7)]:
    rows = []
    for _ in range(sheets):
        mood = rng.gauss(0, 1)
        rows.append([min(points, max(1, round(points / 2 + mood + rng.gauss(0, 1)))) for _ in range(items)])
    frame = pd.DataFrame(rows)
    with_gaps = frame.astype(float).copy()
    alpha = float(pingouin.cronbach_alpha(data=with_gaps, nan_policy="listwise")[0])
    low = 1 - (1 - alpha) * stats.f.isf(0.025, sheets - 1, (sheets - 1) * (items - 1))
    high = 1 - (1 - alpha) * stats.f.isf(0.975, sheets - 1, (sheets - 1) * (items - 1))
    rounded = pingouin.cronbach_alpha(data=with_gaps, nan_policy="listwise")[1]
    assert abs(rounded[0] - low) < 6e-4 and abs(rounded[1] - high) < 6e-4
    out["alpha"].append({"rows": rows, "alpha": alpha, "low": low, "high": high})


def wilcoxon(before, after, mode):
    x, y = np.array(after, float), np.array(before, float)
    if mode == "exact":
        got = stats.wilcoxon(x, y, method="exact")
    elif mode == "permutation":
        got = stats.wilcoxon(x[x != y], y[x != y], method=stats.PermutationMethod(n_resamples=np.inf))
    else:
        got = stats.wilcoxon(x, y, method="approx", correction=True)
    effect = float(pingouin.wilcoxon(x, y)["RBC"].iloc[0])
    difference = x - y
    n = len(difference)
    half = stats.t.ppf(0.975, n - 1) * difference.std(ddof=1) / np.sqrt(n) if n > 1 else None
    out["wilcoxon"].append({
        "before": list(map(float, before)), "after": list(map(float, after)), "exact": mode != "approx",
        "statistic": float(got.statistic), "p": float(got.pvalue), "effect": effect,
        "change": difference.mean(), "low": difference.mean() - half, "high": difference.mean() + half})


for n in [5, 12, 25, 50]:  # no ties, no zeros
    before = [rng.uniform(0, 10) for _ in range(n)]
    wilcoxon(before, [b + rng.gauss(0.4, 1) for b in before], "exact")
for n in [6, 9, 12]:  # ties: every sign of the ranks at hand
    before = [rng.randint(1, 5) for _ in range(n)]
    wilcoxon(before, [min(5, max(1, b + rng.choice([-1, 0, 1, 1, 2]))) for b in before], "permutation")
for n in [150, 300, 5000]:  # ties and zeros
    before = [rng.randint(1, 5) for _ in range(n)]
    wilcoxon(before, [min(5, max(1, b + rng.choice([-1, 0, 1, 1, 0]))) for b in before], "approx")
before = [rng.uniform(0, 10) for _ in range(120)]
wilcoxon(before, [b + rng.gauss(-0.2, 1) for b in before], "approx")

for values in [[4.0], [1, 2], [3, 3, 3], [rng.randint(1, 7) for _ in range(500)],
               [rng.uniform(-1, 1) * 10 ** rng.randint(-3, 6) for _ in range(1000)],
               [1e9 + rng.randint(0, 3) for _ in range(4000)]]:
    v = np.array(values, float)
    n = len(v)
    import math
    mean = math.fsum(values) / n
    sd = math.sqrt(math.fsum((x - mean) ** 2 for x in values) / (n - 1)) if n > 1 else None
    half = stats.t.ppf(0.975, n - 1) * sd / math.sqrt(n) if n > 1 else None
    q = [float(x) for x in np.quantile(v, [0.25, 0.5, 0.75])]
    out["mean"].append({"values": list(map(float, values)), "mean": mean, "sd": sd, "half": half, "quartiles": q})

for df in [1, 2, 3, 4, 10, 29, 100, 999, 1000, 5000, 1_000_000]:
    out["t"].append({"df": df, "t": float(stats.t.ppf(0.975, df))})
for p in [0.025, 0.5, 0.975]:
    for d1, d2 in [(1, 1), (2, 6), (7, 7), (11, 22), (199, 597), (1499, 7495), (99_999, 299_997)]:
        out["f"].append({"p": p, "d1": d1, "d2": d2, "f": float(stats.f.ppf(p, d1, d2))})

print(json.dumps(out))
