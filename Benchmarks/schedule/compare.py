#!/usr/bin/env python3
"""Plans the generated instances beside CP-SAT in one run, every plan judged, and prints a table.

usage: compare.py [--shared DIR] [--data DIR] [--planner PATH] [--cpsat SECONDS] [INSTANCE...]

Instances, the judge and the peer come from gen_sched.py, sched_check.py and sched_cpsat.py of --shared (default
../../../shared/bench from here), run by this Python: install numpy, pandas and ortools in its environment. The planner is the
release build of plan-instance. Seconds are the clock's, of the solving alone; memory is the whole process's peak.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
INSTANCES = {"600-14": ["600", "7"], "600-8": ["600", "7", "40"], "6000": ["6000", "7"]}
# CP-SAT has no answer for 6,000 tandems in 240 s and 6 GB (design: scheduling).
WITHOUT_PEER = {"6000"}


def timed(command, folder):
    begin = time.time()
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    text = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {status}")
    return text, time.time() - begin, usage.ru_maxrss // 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", default=HERE.parents[2] / "shared" / "bench", type=pathlib.Path)
    parser.add_argument("--data", default="/tmp/tandem-plan-instances", type=pathlib.Path)
    parser.add_argument("--planner", default=HERE.parents[1] / ".build/release/plan-instance", type=pathlib.Path)
    parser.add_argument("--cpsat", default=60, type=int)
    parser.add_argument("instances", nargs="*", default=list(INSTANCES))
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    print("| instance | planner | cost | bound | gap | s | peak MB |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for name in options.instances:
        folder = options.data / name
        if not (folder / "tandems.csv").exists():
            arguments = INSTANCES[name]
            subprocess.run(
                [sys.executable, options.shared / "gen_sched.py", *arguments[:2], folder, *arguments[2:]],
                check=True, stdout=subprocess.DEVNULL)
        best = None
        for effort in "123":
            plan = options.data / f"{name}-{effort}.csv"
            text, _, memory = timed([options.planner, folder, plan, effort], None)
            cost, bound, gap, milliseconds = re.search(
                r"cost (\d+), bound (\d+), gap ([\d.]+)%, (\d+) ms", text).groups()
            judged = subprocess.run(
                [sys.executable, "sched_check.py", folder, plan], cwd=options.shared, capture_output=True,
                text=True, check=True).stdout
            if f"'cost': {cost}," not in judged or "'violations': 0" not in judged:
                sys.exit(f"the judge disagrees: {judged}")
            best = int(cost)
            print(f"| {name} | effort {effort} | {cost} | {bound} | {gap} % | {int(milliseconds) / 1000:.1f} | {memory} |",
                  flush=True)
            if effort == "1":
                print(f"| {name} | {text.splitlines()[1]} | | | | | |", flush=True)
        if name in WITHOUT_PEER or options.cpsat == 0:
            continue
        text, _, memory = timed([sys.executable, "sched_cpsat.py", folder, "C", str(options.cpsat), "1"], options.shared)
        peer = json.loads(text.splitlines()[-1])
        if "obj" in peer:
            # Its model counts a site's rooms and knows no changes of room; the plan made of its answer has them.
            cost = peer["check"]["cost"]
            gap = 100 * (cost - peer["bound"]) / peer["bound"]
            print(f"| {name} | CP-SAT, 2 threads | {cost} | {peer['bound']} | {gap:.2f} % | {peer['solve']} |"
                  f" {memory} |", flush=True)
            print(f"| {name} | ours at effort 3 to CP-SAT's | {best / cost:.3f} | | | | |", flush=True)
        else:
            print(f"| {name} | CP-SAT, 2 threads | no plan | {peer['bound']} | | {peer['solve']} | {memory} |", flush=True)


if __name__ == "__main__":
    main()
