"""What the measures read: each input is made once in the folder for data, by the script that knows how, and stays there.

A configuration is made each time anew: the tools of today want that of today.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

WHOLE = dict(
    rows=1_000_000, sheet=200_000, staff=400_000, people=100_000, tandems=6_000, mentors=["300x24", "1200x60"],
    matching=["real 1000", "real 5000", "real 10000", "sites 100000", "sparse 100000", "dense 5000"],
    schedule=["600-14:13", "600-7:13", "700-18:13", "6000:1"], wanted=[600, 1600], passes=60,
    grow_rows=[10_000, 100_000, 1_000_000], grow_survey=[10_000_000], grow_people=[2_000, 6_000, 20_000, 60_000, 200_000],
    grow_tandems=[20, 60, 200, 600, 2_000, 6_000], grow_mentors=[160, 320, 640, 1_280, 2_560],
    grow_events=[1_000, 10_000, 100_000, 300_000])
QUICK = dict(
    rows=50_000, sheet=10_000, staff=20_000, people=5_000, tandems=300, mentors=["300x24"],
    matching=["real 1000", "real 5000"], schedule=["600-14:1"], wanted=[600],
    passes=6, grow_rows=[1_000, 10_000, 50_000], grow_survey=[], grow_people=[1_000, 3_000, 10_000],
    grow_tandems=[20, 60, 200], grow_mentors=[160, 320], grow_events=[1_000, 10_000])


def make(script, *arguments):
    subprocess.run([sys.executable, HERE / script, *map(str, arguments)], check=True, stdout=sys.stderr)


def questionnaires(data, rows):
    """A folder with answers.csv, quoted.csv, answers.xml of a fifth as many rows, and the Config that knows them."""
    folder = data / f"intake-{rows}"
    make("intake/compare.py", "--make-only", "--rows", rows, "--folder", folder, "--importer", "tandem-import")
    return folder


def answers(data, rows):
    """The CSV that surveys are tabulated of, in the folder that survey/compare.py is given."""
    path = data / "survey" / f"answers-{rows}.csv"
    if not path.exists():
        make("survey/inputs.py", path.parent, rows)
    if not (path.parent / "Config").exists():
        # The script writes it before it measures; what it measures of few rows is not wanted, nor whether it can.
        subprocess.run([sys.executable, HERE / "survey/compare.py", "--rows", "1000", "--runs", "1", "--folder", path.parent],
                       capture_output=True)
    return path


def people(data, side):
    """A folder with people.ndjson, of so many mentors and as many mentees, and their Config."""
    folder = data / f"people-{side}"
    make("match/people.py", folder, side, side // 77 + 1)
    return folder


def mentors(sizes):
    """Instances of the workshop, a date for twenty mentors, two a day."""
    return [f"{size}x{size // 20 // 2 * 2}" for size in sizes]


def everything(run):
    """All inputs of a run, measuring nothing: what is made beforehand does not count against its time."""
    sizes = run.sizes
    questionnaires(run.data, sizes["rows"])
    answers(run.data, sizes["rows"])
    for side in {sizes["people"], *(size // 2 for size in sizes["grow_people"])}:
        people(run.data, side)
    for tandems in {sizes["tandems"], *sizes["grow_tandems"]}:
        make("schedule/whole_way.py", "--make-only", "--data", run.data / "whole-way", "--tandems", tandems)
    make("intake/workbooks.py", "--make-only", "--folder", run.data / "workbooks", "--rows", sizes["sheet"])
    make("intake/masterdata.py", "--make-only", "--folder", run.data / "masterdata", "--staff", sizes["staff"], "--applicants",
         sizes["staff"] // 10)
    only = ["--make-only", "--data"]
    make("match/run.py", *only, run.data / "match", *sizes["matching"])
    make("schedule/compare.py", *only, run.data / "schedule", *sizes["schedule"])
    make("workshop/compare.py", *only, run.data / "workshop", *sizes["mentors"], *mentors(sizes["grow_mentors"]))
