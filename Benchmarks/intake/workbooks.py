"""Measures the reader of workbooks beside what others read the same workbook with.

    Benchmarks/intake/workbooks.py [--rows N] [--runs N] [--folder DIR] [--reader FILE] [--json FILE] [--make-only]

A sheet of N rows and 20 columns: numbers, texts of which some repeat, dates. The contenders take turns; the least processor
time (user and system) of a contender counts. What is not installed is skipped.
"""

import argparse
import datetime
import importlib.util
import os
import random
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))
from timing import keep, measure

OPENPYXL = (
    "import sys,openpyxl\nn=0\n"
    "for row in openpyxl.load_workbook(sys.argv[1],read_only=True).active.iter_rows(values_only=True): n+=len(row)\n"
    "print(n)"
)
POLARS = "import sys,polars\nprint(polars.read_excel(sys.argv[1],engine='calamine').shape)"


def make(path, rows):
    import xlsxwriter

    drawn = random.Random(7)
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": datetime.datetime(2026, 1, 1)})
    sheet = book.add_worksheet("Staff")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, [f"Column {n}" for n in range(1, 21)])
    towns = ["Warszawa", "Berlin", "Austin", "Budapest", "Shanghai"]
    first = datetime.date(2000, 1, 1)
    for row in range(1, rows + 1):
        sheet.write_string(row, 0, f"{row:06d}")
        sheet.write_string(row, 1, f"Name {drawn.randrange(rows)} of {drawn.choice(towns)}")
        sheet.write_string(row, 2, f"p{row}@example.com")
        for column in range(3, 9):
            sheet.write_string(row, column, drawn.choice(towns))
        for column in range(9, 17):
            sheet.write_number(row, column, drawn.randrange(100_000))
        sheet.write_number(row, 17, drawn.random())
        for column in range(18, 20):
            sheet.write_datetime(row, column, first + datetime.timedelta(drawn.randrange(9000)), day)
    book.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", default=tempfile.gettempdir() + "/tandem-intake")
    parser.add_argument("--reader", default=str(ROOT / ".build/release/read-rows"))
    parser.add_argument("--json", help="write the figures here as well")
    parser.add_argument("--make-only", action="store_true", help="make the workbook, measure nothing")
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    path = os.path.join(options.folder, f"staff-{options.rows}.xlsx")
    if not os.path.exists(path):
        make(path, options.rows)
    if options.make_only:
        return
    contenders = [("read-rows", [options.reader, path])]
    if importlib.util.find_spec("openpyxl"):
        contenders.append(("openpyxl read_only", [sys.executable, "-c", OPENPYXL, path]))
    if importlib.util.find_spec("polars") and importlib.util.find_spec("fastexcel"):
        contenders.append(("polars calamine", [sys.executable, "-c", POLARS, path]))
    best = {}
    for _ in range(options.runs):
        for name, command in contenders:
            now = measure(command, output=os.devnull)
            if name not in best or now.cpu < best[name].cpu:
                best[name] = now
    size = os.path.getsize(path) / 1e6
    print(f"{os.path.basename(path)}, {size:.0f} MB, least of {options.runs} runs")
    print(f"  {'':24}{'clock s':>9}{'cpu s':>8}{'peak MB':>9}{'exit':>6}")
    for name, one in best.items():
        print(f"  {name:24}{one.clock:9.2f}{one.cpu:8.2f}{one.mb:9.0f}{one.status:6d}")
    keep(options.json, [dict(contender=name, megabytes=size, clock=one.clock, cpu=one.cpu, mb=one.mb, status=one.status)
                        for name, one in best.items()])


main()
