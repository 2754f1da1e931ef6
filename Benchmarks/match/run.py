#!/usr/bin/env python3
"""Runs every row of the matching benchmark beside the peers that are installed, and prints a table of ratios.

usage: run.py [--data DIR] [--solver PATH] [--runs N] [--limit SECONDS] [--json FILE] [ROW...]

Peers come from ../peers/bench_match.py, run by this Python: that of `make bench` has what they need. The solver is the release build of match-instance. Each side is
measured in turn on the same files, in processes of its own, RUNS times; figures are medians: processor seconds of
the solver alone, without reading, and the peak memory of the whole process.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PEER_SCRIPTS = HERE.parent / "peers"
sys.path.insert(0, str(HERE.parent))
from timing import keep, measure

ROWS = {
    "real 1000": (["real", "1000", "42"], 906, 53217),
    "real 5000": (["real", "5000", "42"], 4883, 341634),
    "real 10000": (["real", "10000", "42"], 9716, 722699),
    "sites 100000": (["sites", "100000", "42"], 93305, 5667188),
    "sparse 100000": (["sparse", "100000", "42"], 100000, 9722153),
    "dense 5000": (["dense", "5000", "42", "1000000"], 5000, 4998339931),
}
PEERS = ["scipy_comp", "scipy_sparse", "scipy_dense", "lapx_lapmod", "lapx_lapjvs", "lapx_lapjvx", "ort_mcf"]
# What would not end in minutes, or not fit into memory.
SKIP = {
    "sites 100000": {"scipy_dense", "lapx_lapjvs", "lapx_lapjvx"},
    "sparse 100000": {"scipy_dense", "scipy_comp", "lapx_lapjvs", "lapx_lapjvx"},
    "dense 5000": {"scipy_comp", "lapx_lapmod", "ort_mcf"},
}


def solved(command, limit):
    """The last line of JSON; None where it failed or ran over the limit."""
    done = measure(command, limit)
    lines = [line for line in done.text.splitlines() if line.startswith("{")]
    return json.loads(lines[-1]) if done.status == 0 and lines else None


def instance(options, row):
    return options.data / ("-".join(ROWS[row][0]) + ".csv")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default="/tmp/tandem-match-instances", type=pathlib.Path)
    parser.add_argument("--solver", default=HERE.parents[1] / ".build/release/match-instance", type=pathlib.Path)
    parser.add_argument("--runs", default=3, type=int)
    parser.add_argument("--limit", default=300, type=int)
    parser.add_argument("--json", help="write the figures here as well")
    parser.add_argument("--make-only", action="store_true", help="make the instances, measure nothing")
    parser.add_argument("rows", nargs="*", default=list(ROWS))
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    for row in options.rows:
        if not instance(options, row).exists():
            fresh = instance(options, row).with_suffix(".part")
            arguments = ROWS[row][0]
            command = [sys.executable, PEER_SCRIPTS / "gen_match.py", *arguments[:3], fresh, *arguments[3:]]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            fresh.rename(instance(options, row))
    if options.make_only:
        return
    failed = False
    kept = []
    print("| instance | solver | pairs | total | processor s | times ours | peak MB | times ours |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for row in options.rows:
        _, pairs, total = ROWS[row]
        path = instance(options, row)
        sides = {"tandem": [options.solver, path, "total", "3"]}
        for peer in PEERS:
            if peer not in SKIP.get(row, ()):
                sides[peer] = [sys.executable, PEER_SCRIPTS / "bench_match.py", peer, path]
        results = {side: [] for side in sides}
        for _ in range(options.runs):
            for side, command in list(sides.items()):
                result = solved(command, options.limit)
                if result is None:
                    del sides[side]
                else:
                    results[side].append(result)
        ours = None
        for side, found in results.items():
            if not found:
                print(f"| {row} | {side} | – | – | failed or over {options.limit} s | – | – | – |", flush=True)
                kept.append(dict(instance=row, contender=side, cpu=None))
                continue
            seconds = statistics.median(result["cpu"] for result in found)
            memory = statistics.median(result["rssMB"] for result in found)
            ours = ours or (seconds, memory)
            right = found[0]["card"] == pairs and found[0]["total"] == total
            failed |= side == "tandem" and not right
            kept.append(dict(instance=row, contender=side, cpu=seconds, mb=memory, right=right))
            print(
                f"| {row} | {side} | {found[0]['card']:,} | {found[0]['total']:,}{'' if right else ' (wrong)'} "
                f"| {seconds:.4f} | {seconds / ours[0]:.1f} | {memory:.0f} | {memory / ours[1]:.1f} |",
                flush=True)
    keep(options.json, kept)
    print(f"\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, runs {options.runs}")
    sys.exit(1 if failed else 0)


main()
