"""Measures tandem-survey beside DuckDB and polars: twelve questions' counts and means by three keys.

    Benchmarks/survey/compare.py [--rows N] [--runs N] [--folder DIR] [--survey FILE]

The contenders take turns in one run, on the same cores, and the least time of each counts: by the clock, and of the
processor, which a busy machine does not change. DuckDB and polars count and average the twelve columns with all
margins (GROUPING SETS; polars has none, and makes the leaves alone); ours does besides what its tables need: scales
checked, people told apart, distributions, intervals, suppression. The figures of all three are held together.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
QUESTIONS = [f"q{number}" for number in range(1, 13)]

DUCKDB = """
import duckdb, sys
con = duckdb.connect()
con.execute("set threads=2")
cells = ", ".join(f"count(q{i}), avg(q{i})" for i in range(1, 13))
rows = con.execute(f"select site, department, role, {cells} from read_csv(?, header=true) "
                   "group by cube (site, department, role)", [sys.argv[1]]).fetchall()
for r in rows: print(*["" if x is None else x for x in r], sep="\\t")
"""

POLARS = """
import sys, polars as pl
keys = ["site", "department", "role"]
qs = [f"q{i}" for i in range(1, 13)]
out = (pl.scan_csv(sys.argv[1]).group_by(keys)
       .agg([x for q in qs for x in (pl.col(q).count().alias(q + "_n"), pl.col(q).mean().alias(q + "_m"))])
       .collect(engine=sys.argv[2]))
for r in out.rows(): print(*r, sep="\\t")
"""


def configuration(folder):
    """The shipped configuration with the form and the survey `bench` in one region."""
    config = Path(folder) / "Config"
    shutil.rmtree(config, ignore_errors=True)
    shutil.copytree(ROOT / "Config", config)
    shutil.copy(HERE / "forms/bench.yaml", config / "regions/pl/forms/bench.yaml")
    questions = "".join(f"      {q}: {{kind: likert, points: 5}}\n" for q in QUESTIONS)
    with open(config / "regions/pl/region.yaml", "a") as out:
        out.write("surveys:\n  bench:\n    dimensions: [site, department, role]\n    questions:\n"
                  + questions + "      comment: {kind: text}\n")
    return str(config)


def measure(command, output):
    """Seconds by the clock, seconds of processor, peak in megabytes."""
    with open(output, "w") as out:
        start = time.monotonic()
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE)
        told = child.stderr.read().decode()
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command[0]} failed: {told}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def ours(path):
    cells = {}
    for line in open(path):
        record = json.loads(line)
        if record["question"] in QUESTIONS and len(record["slice"]) == 3:
            key = tuple(record["slice"][d] for d in ("site", "department", "role"))
            if record["figures"]:
                cells[key, record["question"]] = record["figures"]["answered"], record["figures"]["mean"]
    return cells


def theirs(path):
    cells = {}
    for row in csv.reader(open(path), delimiter="\t"):
        if all(row[:3]):
            for index, question in enumerate(QUESTIONS):
                cells[tuple(row[:3]), question] = int(row[3 + 2 * index]), float(row[4 + 2 * index])
    return cells


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", default=tempfile.gettempdir() + "/tandem-survey-bench")
    parser.add_argument("--survey", default=str(ROOT / ".build/release/tandem-survey"))
    options = parser.parse_args()
    data = f"{options.folder}/answers-{options.rows}.csv"
    if not os.path.exists(data):
        subprocess.run([sys.executable, str(HERE / "inputs.py"), options.folder, str(options.rows)], check=True)
    config = configuration(options.folder)
    contenders = {
        "tandem-survey": [options.survey, "--config", config, "--region", "pl", "--survey", "bench", "--form", "bench",
                          "--by", "site,department,role", "--format", "ndjson", data],
        "DuckDB": [sys.executable, "-c", DUCKDB, data],
        "polars": [sys.executable, "-c", POLARS, data, "in-memory"],
        "polars, streaming": [sys.executable, "-c", POLARS, data, "streaming"],
    }
    os.environ["POLARS_MAX_THREADS"] = "2"
    best = {}
    for _ in range(options.runs):
        for name, command in contenders.items():
            now = measure(command, f"{options.folder}/{name.split(',')[0]}.out")
            known = best.get(name, now)
            best[name] = tuple(map(min, known, now[:2])) + (max(known[2], now[2]),)
    reference = theirs(f"{options.folder}/DuckDB.out")
    for name, cells in (("tandem-survey", ours(f"{options.folder}/tandem-survey.out")),
                        ("polars", theirs(f"{options.folder}/polars.out"))):
        differ = [key for key, cell in cells.items()
                  if cell[0] != reference[key][0] or abs(cell[1] - reference[key][1]) > 1e-12]
        print(f"{name}: {len(cells)} of {len(reference)} cells told, {len(differ)} differ from DuckDB's")
    size = os.path.getsize(data) / 1e6
    print(f"\n{options.rows} rows, {size:.0f} MB, least of {options.runs} runs, load {os.getloadavg()[0]:.1f}")
    print(f"  {'':20}{'clock s':>9}{'cpu s':>8}{'peak MB':>9}")
    for name, (clock, cpu, peak) in best.items():
        print(f"  {name:20}{clock:9.2f}{cpu:8.2f}{peak:9.0f}")


main()
