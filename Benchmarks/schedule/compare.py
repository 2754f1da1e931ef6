#!/usr/bin/env python3
"""Plans the generated instances beside CP-SAT in one run, every plan judged, and prints a table.

usage: compare.py [--data DIR] [--planner PATH] [--cpsat SECONDS] [--efforts 123] [--json FILE] [INSTANCE...]

Instances, the judge and the peer come from gen_sched.py, sched_check.py and sched_cpsat.py of ../peers, run
by this Python: that of `make bench` has what they need. The planner is the release build of plan-instance. Seconds are the clock's, of the solving alone; memory is the whole process's peak.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PEERS = HERE.parent / "peers"
sys.path.insert(0, str(HERE.parent))
from timing import keep, measure

INSTANCES = {"600-14": ["600", "7"], "600-8": ["600", "7", "40"], "6000": ["6000", "7"]}
# CP-SAT has no answer for 6,000 tandems in 240 s and 6 GB.
WITHOUT_PEER = {"6000"}


def timed(command, folder):
    done = measure(command, cwd=folder)
    if done.status != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {done.status}: {done.told}")
    return done.text, round(done.mb)


def judge(folder, plan, cost):
    """Ends the run where the judge finds a broken rule or another cost."""
    judged = measure([sys.executable, "sched_check.py", folder, plan], cwd=PEERS)
    if judged.status != 0 or f"'cost': {cost}," not in judged.text or "'violations': 0" not in judged.text:
        sys.exit(f"the judge disagrees: {judged.text} {judged.told}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default="/tmp/tandem-plan-instances", type=pathlib.Path)
    parser.add_argument("--planner", default=HERE.parents[1] / ".build/release/plan-instance", type=pathlib.Path)
    parser.add_argument("--cpsat", default=60, type=int)
    parser.add_argument("--efforts", default="123", help="of each instance; INSTANCE:EFFORTS says it for one")
    parser.add_argument("--json", help="write the figures here as well")
    parser.add_argument("--make-only", action="store_true", help="make the instances, measure nothing")
    parser.add_argument("instances", nargs="*", default=list(INSTANCES))
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    for name in (instance.partition(":")[0] for instance in options.instances):
        folder = options.data / name
        if not (folder / "tandems.csv").exists():
            arguments = INSTANCES[name]
            subprocess.run(
                [sys.executable, PEERS / "gen_sched.py", *arguments[:2], folder, *arguments[2:]],
                check=True, stdout=subprocess.DEVNULL)
    if options.make_only:
        return
    print("| instance | planner | cost | bound | gap | s | peak MB |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    kept = []
    for instance in options.instances:
        name, _, efforts = instance.partition(":")
        folder = options.data / name
        best = None
        for effort in efforts or options.efforts:
            plan = options.data / f"{name}-{effort}.csv"
            text, memory = timed([options.planner, folder, plan, effort], None)
            cost, bound, gap, milliseconds = re.search(
                r"cost (\d+), bound (\d+), gap ([\d.]+)%, (\d+) ms", text).groups()
            judge(folder, plan, cost)
            best = int(cost)
            print(f"| {name} | effort {effort} | {cost} | {bound} | {gap} % | {int(milliseconds) / 1000:.1f} | {memory} |",
                  flush=True)
            kept.append(dict(instance=name, contender=f"effort {effort}", cost=best, bound=int(bound),
                             seconds=int(milliseconds) / 1000, mb=memory))
            if effort == "1":
                changed = re.search(r"(\d+) broken, (\d+) moved, at least (\d+) must, (\d+) ms", text)
                broken, moved, must, milliseconds = map(int, changed.groups())
                kept.append(dict(instance=name, contender="changed", broken=broken, moved=moved, must=must,
                                 seconds=milliseconds / 1000))
                print(f"| {name} | {text.splitlines()[1]} | | | | | |", flush=True)
        if name in WITHOUT_PEER or options.cpsat == 0:
            continue
        asked = measure([sys.executable, "sched_cpsat.py", folder, "C", str(options.cpsat), "1"], cwd=PEERS)
        if asked.status != 0:
            print(f"| {name} | CP-SAT: passed over, {asked.told.splitlines()[-1:]} | | | | | |", flush=True)
            continue
        peer, memory = json.loads(asked.text.splitlines()[-1]), round(asked.mb)
        if "obj" in peer:
            # Its model counts a site's rooms and knows no changes of room; the plan made of its answer has them.
            cost = peer["check"]["cost"]
            gap = 100 * (cost - peer["bound"]) / peer["bound"]
            print(f"| {name} | CP-SAT, 2 threads | {cost} | {peer['bound']} | {gap:.2f} % | {peer['solve']} |"
                  f" {memory} |", flush=True)
            kept.append(dict(instance=name, contender="CP-SAT", cost=cost, bound=peer["bound"], seconds=peer["solve"],
                             mb=memory))
            print(f"| {name} | ours at effort {effort} to CP-SAT's | {best / cost:.3f} | | | | |", flush=True)
        else:
            kept.append(dict(instance=name, contender="CP-SAT", cost=None, seconds=peer["solve"], mb=memory))
            print(f"| {name} | CP-SAT, 2 threads | no plan | {peer['bound']} | | {peer['solve']} | {memory} |", flush=True)
    keep(options.json, kept)


if __name__ == "__main__":
    main()
