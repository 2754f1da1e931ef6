#!/usr/bin/env python3
"""Plans the generated instances beside CP-SAT and Timefold in one run, every plan judged, and prints a table with ratios.

usage: compare.py [--data DIR] [--planner PATH] [--seconds 60] [--peers cpsat,timefold] [--efforts 123] [--json FILE] [INSTANCE...]

OBJECTIVE.md says what a plan costs. Instances come from gen_sched.py; sched_check.py judges the plans of all contenders; the peers are
sched_cpsat.py and sched_timefold.py, run by this Python: that of `make bench` has what they need, Timefold needs a JDK besides.
The planner is the release build of plan-instance. Seconds are the processor's for ours, the clock's for the peers, of solving alone;
memory is the whole process's peak. A plan that breaks hard rules, as Timefold's may, has no ratio.
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from sched_common import MISSING
from timing import keep, measure

INSTANCES = {
    "600-14": ["600", "7"],
    "600-7": ["600", "7", "--per-room", "40"],
    "700-18": ["700", "7", "--rooms", "3", "--all-in-rooms"],
    "6000": ["6000", "7"],
}
PEERS = {"cpsat": ("CP-SAT", "sched_cpsat.py"), "timefold": ("Timefold", "sched_timefold.py")}
# Neither has a plan of 6,000 pairs in minutes.
WITHOUT_PEER = {"6000"}


def judge(folder, plan):
    """What a plan costs, and what it breaks."""
    judged = measure([sys.executable, HERE / "sched_check.py", folder, plan])
    if not judged.text:
        sys.exit(f"the judge failed: {judged.told}")
    return json.loads(judged.text)


def ours(options, name, folder, effort):
    """Our plan at an effort; ends the run if the judge finds a broken rule, or another cost than the planner says."""
    plan = options.data / f"{name}-{effort}.csv"
    command = [options.planner, folder, plan, effort] + (["--change"] if effort == "1" else [])
    done = measure(command)
    told = re.search(r"(\d+) sessions missing, cost (\d+), bound (\d+), gap [-\d.]+%, (\d+) ms, processor (\d+) ms", done.text)
    if done.status != 0 or told is None:
        sys.exit(f"{' '.join(map(str, command))} ended with {done.status}: {done.text} {done.told}")
    missing, objective, bound, clock, cpu = map(int, told.groups())
    judged = judge(folder, plan)
    cost = objective - missing * MISSING
    if judged["violations"] or judged["cost"] != cost or judged["missing"] != missing:
        sys.exit(f"the judge disagrees: {judged}")
    row = dict(instance=name, contender=f"effort {effort}", cost=cost, missing=missing, bound=bound, gap=100 * (objective - bound) / bound,
               seconds=cpu / 1000, clock=clock / 1000, mb=round(done.mb), parts=judged["parts"])
    changed = re.search(r"(\d+) broken, (\d+) moved, at least (\d+) must, (\d+) not planned, at least (\d+) cannot, (\d+) ms, "
                        r"processor (\d+)", done.text)
    if changed is None:
        return [row]
    broken, moved, must, unplanned, cannot, _, cpu = map(int, changed.groups())
    return [row, dict(instance=name, contender="changed", broken=broken, moved=moved, must=must, unplanned=unplanned, cannot=cannot,
                      seconds=cpu / 1000)]


def peer(options, name, folder, key):
    title, script = PEERS[key]
    plan = options.data / f"{name}-{key}.csv"
    if key == "timefold" and not shutil.which("java"):
        print(f"{name}: Timefold needs a JDK: sudo apt-get install default-jdk-headless", file=sys.stderr)
        return []
    plan.unlink(missing_ok=True)
    done = measure([sys.executable, HERE / script, folder, plan, "--seconds", options.seconds], limit=10 * options.seconds + 300)
    try:
        told = json.loads(done.text.splitlines()[-1])
    except (IndexError, ValueError):
        print(f"{name}: {title} ended with {done.status}: {done.told.splitlines()[-1:]}", file=sys.stderr)
        return [dict(instance=name, contender=title, cost=None, seconds=options.seconds, mb=round(done.mb), violations=0)]
    if "placed" in told and told["placed"] < told["wanted"]:
        print(f"{name}: {title} had placed {told['placed']} of {told['wanted']} sessions when its time was over", file=sys.stderr)
    judged = judge(folder, plan) if plan.exists() else {}
    return [dict(instance=name, contender=title, cost=judged.get("cost"), missing=judged.get("missing", 0), bound=told.get("bound"),
                 violations=judged.get("violations", 0), seconds=told["solve"], mb=round(done.mb), parts=judged.get("parts"))]


def line(row, best):
    if row["contender"] == "changed":
        return (f"| {row['instance']} | changed: {row['broken']} broken, {row['moved']} moved ({row['must']} must), {row['unplanned']} not "
                f"planned ({row['cannot']} cannot) | | | | {row['seconds']:.2f} | | |")
    cost = "no plan" if row["cost"] is None else f"{row['cost']}"
    if row.get("violations"):
        cost += f", {row['violations']} rules broken"
    if row.get("missing"):
        cost += f", {row['missing']} missing"
    ratio = ""
    if not row["contender"].startswith("effort") and row["cost"] and not row["violations"] and best:
        ratio = f"{row['cost'] / best:.3f}"
    bound = row.get("bound")
    gap = f"{100 * (row['cost'] - bound) / bound:.2f} %" if bound and row["cost"] and not row.get("missing") else ""
    return (f"| {row['instance']} | {row['contender']} | {cost} | {bound or ''} | {gap} | {row['seconds']:.1f} | {row['mb']} | {ratio} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default="/tmp/tandem-plan-instances", type=pathlib.Path)
    parser.add_argument("--planner", default=HERE.parents[1] / ".build/release/plan-instance", type=pathlib.Path)
    parser.add_argument("--seconds", default=60, type=int, help="of each peer")
    parser.add_argument("--peers", default="cpsat,timefold")
    parser.add_argument("--efforts", default="123", help="of each instance; INSTANCE:EFFORTS says it for one")
    parser.add_argument("--json", help="write the figures here as well")
    parser.add_argument("--make-only", action="store_true", help="make the instances, measure nothing")
    parser.add_argument("instances", nargs="*", default=list(INSTANCES))
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    for name in (instance.partition(":")[0] for instance in options.instances):
        folder = options.data / name
        if not (folder / "lengths.csv").exists():
            subprocess.run([sys.executable, HERE / "gen_sched.py", *INSTANCES[name][:2], folder, *INSTANCES[name][2:]],
                           check=True, stdout=subprocess.DEVNULL)
    if options.make_only:
        return
    print("| instance | planner | cost | bound | gap | s | peak MB | cost / ours |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    kept = []
    for instance in options.instances:
        name, _, efforts = instance.partition(":")
        folder, best = options.data / name, None
        for effort in efforts or options.efforts:
            rows = ours(options, name, folder, effort)
            best = rows[0]["cost"]
            kept += rows
            for row in rows:
                print(line(row, None), flush=True)
        for key in filter(None, options.peers.split(",")) if name not in WITHOUT_PEER else ():
            for row in peer(options, name, folder, key):
                kept.append(row)
                print(line(row, best), flush=True)
    keep(options.json, kept)


if __name__ == "__main__":
    main()
