"""Measures the intake of a whole company's master data, of which a tenth applied.

    Benchmarks/intake/masterdata.py [--staff N] [--applicants N] [--runs N] [--folder DIR] [--importer FILE] [--json FILE]
                                    [--make-only]

The staff have a manager each, one of 400 departments and one of two sites. An applicant answers with four topics of the
catalogue and a few words of their own. The least processor time (user and system) of the runs counts.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))
from timing import keep, measure

NAMES = "Ann Bob Cy Dora Emil Fay Gus Hana Ivo Jana Kim Leo Mia Ned Olga Pia Quin Rosa Sam Tea".split()
TOPICS = ["social media", "logistics", "e-bike", "data analysis", "smart home", "leadership", "presenting", "purchasing"]
HOBBIES = ["gardening at night", "old maps of the coast", "my children", "bread", "chess problems"]


def make(folder, staff, applicants):
    drawn = random.Random(17)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "staff.csv", "w", newline="") as out:
        out.write("Employee number,Name,Email,Department,Site,Level,Manager,Languages\r\n")
        for number in range(staff):
            name = f"{drawn.choice(NAMES)} {drawn.choice(NAMES)}-{number:x}"
            unit = drawn.randrange(400)
            out.write(f"{100_000 + number},{name},p{number}@bench.example.com,Division {unit % 20}/Unit {unit},"
                      f"{drawn.choice(('Austin', 'Berlin'))},{drawn.randrange(1, 9)},{100_000 + number // 8},en;de\r\n")
    with open(folder / "answers.csv", "w", newline="") as out:
        out.write("Email Address,Role,What would you like to learn?,What can you do?,What are you interested in?\r\n")
        for number in sorted(drawn.sample(range(staff), applicants)):
            own = drawn.sample(TOPICS, 4)
            out.write(f"p{number}@bench.example.com,{drawn.choice(('Mentor', 'Mentee'))},\"{own[0]}, {own[1]}\",{own[2]},"
                      f"\"{own[3]}, {drawn.choice(HOBBIES)}\"\r\n")


def configuration(folder):
    """The shipped configuration with one region of two sites."""
    config = folder / "Config"
    shutil.rmtree(config, ignore_errors=True)
    shutil.copytree(ROOT / "Config", config)
    own = config / "regions" / "bench"
    (own / "forms").mkdir(parents=True)
    (own / "region.yaml").write_text(
        "name: Bench\ncountry: US\nlanguage: en\ntime-zone: America/New_York\n"
        "office: {name: Office, email: tandem@bench.example.com}\nsites:\n  Austin: {}\n  Berlin: {}\n")
    (own / "forms/staff.yaml").write_text("use: staff-csv\n")
    (own / "forms/answers.yaml").write_text("use: google-forms\nroles: {Mentor: mentor, Mentee: mentee}\n")
    return config


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--staff", type=int, default=400_000)
    parser.add_argument("--applicants", type=int, default=40_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "tandem-masterdata")
    parser.add_argument("--importer", default=str(ROOT / ".build/release/tandem-import"))
    parser.add_argument("--json", help="write the figures here as well")
    parser.add_argument("--make-only", action="store_true", help="make inputs, measure nothing")
    options = parser.parse_args()
    folder = options.folder / f"{options.staff}-{options.applicants}"
    if not (folder / "answers.csv").exists():
        make(folder, options.staff, options.applicants)
    if options.make_only:
        return
    config = configuration(folder)
    command = [options.importer, "--config", config, "--region", "bench", "--quiet", "--format", "ndjson"]
    best = {}
    for _ in range(options.runs):
        # The order of the files must not matter.
        for first, second in (("staff", "answers"), ("answers", "staff")):
            now = measure([*command, folder / f"{first}.csv", folder / f"{second}.csv"], output=os.devnull)
            if first not in best or now.cpu < best[first].cpu:
                best[first] = now
    size = sum(os.path.getsize(folder / name) for name in ("staff.csv", "answers.csv")) / 1e6
    print(f"{options.staff:,} staff, {options.applicants:,} applicants, {size:.0f} MB, least of {options.runs} runs")
    for first, one in best.items():
        print(f"  {first + ' first':16}{one.clock:8.2f} s clock{one.cpu:8.2f} s cpu{one.mb:8.0f} MB, exit {one.status}")
    keep(options.json, [dict(first=first, clock=one.clock, cpu=one.cpu, mb=one.mb, status=one.status)
                        for first, one in best.items()])


main()
