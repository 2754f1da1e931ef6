#!/usr/bin/env python3
"""The workshop's dates beside OR-tools' CP-SAT, on the same instances in one run.

usage: compare.py [--data DIR] [--tool PATH] [--cpsat SECONDS] [--json FILE] [MENTORSxDATES...]

Instances and the peer come from gen_workshop.py and ws_cpsat.py of ../peers, run by this Python: that of
`make bench` has what they need. The tool is the release build of workshop-instance: it counts the cost anew, by the
generator's own words, and fails where a plan breaks a rule. Seconds are the clock's, of the solving alone.
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="/tmp/tandem-workshop-instances", type=pathlib.Path)
    parser.add_argument("--tool", default=HERE.parents[1] / ".build/release/workshop-instance", type=pathlib.Path)
    parser.add_argument("--cpsat", default=60, type=int)
    parser.add_argument("--json", help="write the figures here as well")
    parser.add_argument("--make-only", action="store_true", help="make the instances, measure nothing")
    parser.add_argument("instances", nargs="*", default=["300x24", "1200x60"])
    options = parser.parse_args()
    options.data.mkdir(parents=True, exist_ok=True)
    kept = []
    for name in options.instances:
        mentors, dates = name.split("x")
        instance = options.data / f"{name}.json"
        if not instance.exists():
            subprocess.run([sys.executable, "gen_workshop.py", mentors, dates, "5", instance], cwd=PEERS, check=True,
                           stdout=subprocess.DEVNULL)
        if options.make_only:
            continue
        done = measure([options.tool, instance, options.data / f"{name}.csv"])
        if done.status != 0:
            sys.exit(f"workshop-instance ended with {done.status}: {done.told}")
        print(f"{done.text.strip()}, {done.mb:.0f} MB", flush=True)
        cost, bound, milliseconds = map(int, re.search(r"cost (\d+).*bound (\d+).*?(\d+) ms", done.text).groups())
        kept.append(dict(instance=name, contender="tandem", cost=cost, bound=bound, seconds=milliseconds / 1000, cpu=done.cpu,
                         mb=done.mb))
        if options.cpsat == 0:
            continue
        asked = measure([sys.executable, "ws_cpsat.py", instance, str(options.cpsat), "2"], cwd=PEERS)
        if asked.status != 0:
            print(f"{name}: CP-SAT passed over ({asked.told.splitlines()[-1:]})", flush=True)
            continue
        peer = json.loads(asked.text.splitlines()[-1])
        print(f"{name}: CP-SAT {peer['status']}, cost {peer['obj']}, bound {peer['bound']}, {peer['wall']} s, {asked.mb:.0f} MB",
              flush=True)
        kept.append(dict(instance=name, contender="CP-SAT", cost=peer["obj"], bound=peer["bound"], seconds=peer["wall"],
                         mb=asked.mb))
    keep(options.json, kept)


main()
