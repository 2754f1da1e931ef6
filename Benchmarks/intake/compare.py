"""Measures the readers, and the importer, beside what others read the same files with.

    Benchmarks/intake/compare.py [--rows N] [--runs N] [--folder DIR] [--importer FILE] [--json FILE]

The contenders take turns, so that all see the same load of the machine; the least processor time (user and
system) of a contender counts, and beside it its least time by the clock, for polars uses every core. What is not installed is
skipped (Debian: csvtool miller libxml2-utils; PyPI: lxml polars). --importer
names a built tandem-import, which reads both files as surveys by the forms beside this script.
"""

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))
from timing import keep, measure

PYTHON_CSV = "import csv,sys\nn=0\nfor r in csv.reader(open(sys.argv[1],newline='')): n+=len(r)\nprint(n)"
POLARS = "import sys,polars\nprint(polars.read_csv(sys.argv[1],infer_schema=False).shape)"
LXML = (
    "import sys\nfrom lxml import etree\nn=0\n"
    "for _,e in etree.iterparse(sys.argv[1],tag='row'):\n"
    "  n+=sum(len(c.text or '') for c in e)\n  e.clear()\n"
    "  while e.getprevious() is not None: del e.getparent()[0]\nprint(n)"
)
EXPAT = (
    "import sys\nfrom xml.parsers import expat\nn=0\ndef text(t):\n  global n\n  n+=len(t)\n"
    "p=expat.ParserCreate()\np.CharacterDataHandler=text\np.ParseFile(open(sys.argv[1],'rb'))\nprint(n)"
)


def delimited(reader, importer, path):
    return [
        ("read-rows", [reader, path]),
        ("csvtool height", shutil.which("csvtool") and ["csvtool", "height", path]),
        ("mlr --icsv filter false", shutil.which("mlr") and ["mlr", "--icsv", "--ocsv", "filter", "false", path]),
        ("python csv", [sys.executable, "-c", PYTHON_CSV, path]),
        ("polars", importlib.util.find_spec("polars") and [sys.executable, "-c", POLARS, path]),
        ("tandem-import", importer and importer + ["--form", "bench-csv", path]),
    ]


def contenders(reader, importer, csv, quoted, xml):
    found = {
        csv: delimited(reader, importer, csv),
        quoted: delimited(reader, importer, quoted),
        xml: [
            ("read-rows", [reader, xml]),
            ("xmllint --stream", shutil.which("xmllint") and ["xmllint", "--stream", "--noout", xml]),
            ("lxml iterparse", [sys.executable, "-c", LXML, xml]),
            ("python expat", [sys.executable, "-c", EXPAT, xml]),
            ("tandem-import", importer and importer + ["--form", "bench-xml", xml]),
        ],
    }
    return {path: [one for one in all_of if one[1]] for path, all_of in found.items()}


def importing(importer, folder):
    """The command of the importer under a configuration that has the two forms in one region."""
    config = Path(folder) / "Config"
    shutil.rmtree(config, ignore_errors=True)
    shutil.copytree(ROOT / "Config", config)
    for form in (HERE / "forms").glob("*.yaml"):
        shutil.copy(form, config / "forms" / form.name)
        (config / "regions/pl/forms" / form.name).write_text(f"use: {form.stem}\n")
    return [importer, "--config", str(config), "--region", "pl", "--format", "ndjson"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", default=tempfile.gettempdir() + "/tandem-intake")
    parser.add_argument("--reader", default=str(ROOT / ".build/release/read-rows"))
    parser.add_argument("--importer")
    parser.add_argument("--json", help="write the figures here as well")
    parser.add_argument("--make-only", action="store_true", help="make inputs and configuration, measure nothing")
    options = parser.parse_args()
    paths = [str(Path(options.folder) / name) for name in ("answers.csv", "quoted.csv", "answers.xml")]
    if not all(os.path.exists(path) for path in paths):
        subprocess.run([sys.executable, str(HERE / "inputs.py"), options.folder, str(options.rows)], check=True)
    importer = options.importer and importing(options.importer, options.folder)
    if options.make_only:
        return
    kept = []
    for path, all_of in contenders(options.reader, importer, *paths).items():
        size = os.path.getsize(path) / 1e6
        best = {}
        for _ in range(options.runs):
            for name, command in all_of:
                now = measure(command, output=os.devnull)
                if name in best:
                    now.cpu, now.clock = min(now.cpu, best[name].cpu), min(now.clock, best[name].clock)
                best[name] = now
        ours = best["read-rows"].cpu
        print(f"{os.path.basename(path)}, {size:.0f} MB, least of {options.runs} runs")
        print(f"  {'':24}{'clock s':>9}{'cpu s':>8}{'MB/s cpu':>10}{'peak MB':>9}{'ratio':>8}{'exit':>6}")
        for name, one in best.items():
            print(
                f"  {name:24}{one.clock:9.2f}{one.cpu:8.2f}{size / one.cpu:10.0f}{one.mb:9.0f}{one.cpu / ours:8.1f}"
                f"{one.status:6d}"
            )
            kept.append(dict(input=os.path.basename(path), megabytes=size, contender=name, clock=one.clock,
                             cpu=one.cpu, mb=one.mb, status=one.status))
    keep(options.json, kept)


main()
