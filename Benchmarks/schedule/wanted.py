#!/usr/bin/env python3
"""Plans a programme and holds the plan against what people want: Tests/Judges/plan.py and Tests/Judges/rhythm.py.

usage: wanted.py [--data DIR] [--tools DIR] [--json FILE] [PAIRS...]

600 is the programme of Tests/Programme, five regions; any other number makes as many pairs of one region with whole_way.py. The
tools are the release builds.
"""
import argparse
import pathlib
import sys

import whole_way
from timing import keep, measure

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "Tests/Programme"
REGIONS = ["pl", "de", "us", "cn", "hu"]


def fixture(options, folder):
    """The programme of the tests, from its exports on: configuration, regions, stream, calendars, truth."""
    common = ["--config", ROOT / "Config", "--region", ",".join(REGIONS), "--quiet", "--format", "ndjson"]
    exports = sorted(path for region in REGIONS for path in (FIXTURE / region).iterdir() if path.stem in ("staff", "answers"))
    measure([options.tools / "tandem-import", *common, *exports], output=folder / "people.ndjson")
    measure([options.tools / "tandem-match", *common, "--cohort", "2026-autumn", folder / "people.ndjson"],
            output=folder / "tandems.ndjson")
    return ROOT / "Config", ",".join(REGIONS), [FIXTURE / region / "busy" for region in REGIONS], FIXTURE / "truth"


def generated(pairs, folder):
    if not (folder / "truth").exists():
        whole_way.make(folder, pairs)
    whole_way.region(folder, pairs)
    return folder / "Config", "bench", [folder / "busy"], folder / "truth"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default="/tmp/tandem-wanted", type=pathlib.Path)
    parser.add_argument("--tools", default=ROOT / ".build/release", type=pathlib.Path)
    parser.add_argument("--json", help="write the figures here as well")
    parser.add_argument("pairs", nargs="*", type=int, default=[600, 1600])
    options = parser.parse_args()
    kept = []
    for pairs in options.pairs:
        folder = options.data / str(pairs)
        folder.mkdir(parents=True, exist_ok=True)
        config, region, busy, truth = fixture(options, folder) if pairs == 600 else generated(pairs, folder)
        plan = folder / "sessions.ndjson"
        done = measure(
            [options.tools / "tandem-schedule", "--config", config, "--region", region, "--cohort", "2026-autumn",
             "--now", "2026-09-14", "--format", "ndjson", "--busy", *busy, "--", folder / "tandems.ndjson"], output=plan)
        if done.status not in (0, 69):
            sys.exit(f"tandem-schedule ended with {done.status}: {done.told}")
        row = dict(pairs=pairs, cpu=done.cpu, clock=done.clock, mb=done.mb)
        for judge, more in (("plan", ["--soft-gap"]), ("rhythm", [])):
            judged = measure([sys.executable, ROOT / f"Tests/Judges/{judge}.py", truth, plan, *more])
            lines = (judged.text + judged.told).splitlines()
            print("\n".join([*lines[:-1][:20], f"{judge}: {lines[-1]}"]), flush=True)
            row[judge] = dict(holds=judged.status == 0, told=lines[-1])
        print("\n".join(done.told.splitlines()[-12:]))
        print(f"{pairs} pairs: {done.cpu:.2f} s of the processor, {done.mb:.0f} MB\n", flush=True)
        kept.append(row)
    keep(options.json, kept)


if __name__ == "__main__":
    main()
