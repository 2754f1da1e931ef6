#!/usr/bin/env python3
"""Runs every benchmark beside the peers that are here, in one run, and prints one table.

usage: run.py [--quick] [--record] [--data DIR [--prepare]] [--minutes N] [--tools DIR] [--list] [MEASURE...]

`make bench` installs the peers: from PyPI, those of requirements.txt into .build/bench-python, the Python that must run this; from
Debian, csvtool miller libxml2-utils libical-dev gcc. Instances come from peers/. Data are made in a temporary folder and deleted, or kept in --data DIR for the next run;
--prepare only makes them there.

--quick takes small sizes and a few minutes; what is wanted of whole sizes is then not judged. --record replaces the marked
parts of Benchmarks/README.md by what was measured, and Benchmarks/growth.svg; else all that stands in out/bench.
--minutes N: whatever has not begun by then is told as not measured.
"""

import argparse
import datetime
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import growth
import inputs
import measures
from measures import HERE, ROOT, Run

MODULES = ["numpy", "scipy", "pandas", "lap", "ortools", "duckdb", "polars", "lxml", "icalendar"]


def first(command):
    """The first line that a program prints; nothing where it is absent."""
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return ""
    return next(iter((done.stdout + done.stderr).strip().splitlines()), "")


def machine():
    """What the figures hold for: processor, memory, kernel."""
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown")
    memory = next((int(line.split()[1]) for line in open("/proc/meminfo") if line.startswith("MemTotal")), 0)
    system = re.search(r'PRETTY_NAME="([^"]*)', Path("/etc/os-release").read_text())
    return (f"{cpu}, {os.cpu_count()} cores, {memory / 1e6:.0f} GB, {system[1] if system else platform.system()}, "
            f"kernel {platform.release()}")


def versions(run):
    swift = re.search(r"Swift version ([\d.]+)", first(["swift", "--version"]) or "")
    commit = first(["git", "-C", str(ROOT), "describe", "--always", "--dirty"])
    script = ("import importlib.metadata as m, importlib.util as u, sys\n"
              "names = {'lap': 'lapx'}\n"
              "for n in sys.argv[1:]:\n"
              "  print(names.get(n, n), m.version(names.get(n, n)) if u.find_spec(n) else 'absent')")
    told = subprocess.run([sys.executable, "-c", script, *MODULES], capture_output=True, text=True).stdout
    peers = ["Python " + first([sys.executable, "-c", "import platform; print(platform.python_version())"])]
    peers += told.strip().splitlines()
    for package in ("miller", "csvtool", "libxml2-utils", "libical-dev"):
        found = re.match(r"[\d.]+", first(["dpkg-query", "-W", "-f=${Version}", package]))
        peers.append(f"{package} {found[0] if found else 'absent'}")
    return f"Tandem {commit or 'unknown'}, Swift {swift[1] if swift else 'unknown'}; " + ", ".join(peers)


def verdict(row):
    return "" if row.met is None else "met" if row.met else "**SHORTFALL**"


def markdown(rows, told, facts):
    out = [f"{facts['date']}. {facts['machine']}.", f"{facts['versions']}.",
           f"Command: `{facts['command']}`, {facts['minutes']:.0f} minutes, load at its start {facts['load']:.1f}.", "",
           "| measure | ours | peer | peer / ours | wanted | | memory |", "| --- | --- | --- | --- | --- | --- | --- |"]
    out += [f"| {row.what} | {row.ours} | {row.peer} | {row.ratio} | {row.wanted} | {verdict(row)} | {row.memory} |"
            for row in rows]
    judged = [row for row in rows if row.met is not None]
    out += ["", f"{sum(row.met for row in judged)} of {len(judged)} wanted figures are met."]
    out += [f"Not measured: {one}." for one in told]
    return "\n".join(out) + "\n"


def growth_markdown(lines, facts):
    out = ["![Processor time and memory of each tool against the size of its input](growth.svg)", "",
           "| grows with | sizes | processor time | memory |", "| --- | --- | --- | --- |"]
    for line in lines:
        sizes = f"{line.points[0][0]:,} to {line.points[-1][0]:,}"
        exponents = [f"n^{value:.2f}" if (value := line.exponent(column)) is not None else "too short to tell"
                     for column in (1, 2)]
        last = line.points[-1]
        out.append(f"| {line.name}: {line.unit} | {sizes} | {exponents[0]}, at last {last[1]:.2f} s "
                   f"| {exponents[1]}, at last {last[2]:.0f} MB |")
    return "\n".join([*out, "", f"{facts['date']}. {facts['machine']}. Command: `{facts['command']}`.", ""])


def table(rows):
    """The same for a terminal: no column wider than it must be, long cells in several lines."""
    lines = [["measure", "ours", "peer", "peer/ours", "wanted", "", "memory"]]
    lines += [[row.what, row.ours, row.peer, row.ratio, row.wanted, verdict(row).strip("*"), row.memory] for row in rows]
    widths = [min(most, max(1, *(len(line[column]) for line in lines))) for column, most in enumerate((46, 34, 40, 12, 18, 9, 9))]
    out = []
    for line in lines:
        wrapped = [textwrap.wrap(cell, width) or [""] for cell, width in zip(line, widths)]
        for number in range(max(map(len, wrapped))):
            cells = ((cell[number] if number < len(cell) else "").ljust(width) for cell, width in zip(wrapped, widths))
            out.append("  ".join(cells).rstrip())
        if line is lines[0]:
            out.append("  ".join("─" * width for width in widths))
    return "\n".join(out)


def record(part, text):
    """Replaces what stands between the marks of a part of the README."""
    readme = HERE / "README.md"
    before = readme.read_text()
    begin, end = f"<!-- run.py {part}: begin -->", f"<!-- run.py {part}: end -->"
    if begin not in before or end not in before:
        sys.exit(f"{readme}: error: no {begin} … {end}: put the marks where it belongs")
    head, rest = before.split(begin, 1)
    readme.write_text(f"{head}{begin}\n{text}{end}{rest.split(end, 1)[1]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--prepare", action="store_true")
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--tools", type=Path, default=ROOT / ".build/release")
    parser.add_argument("--list", action="store_true", help="name the measures")
    parser.add_argument("measures", nargs="*", help="else all, and growth")
    options = parser.parse_args()
    known = [*measures.ALL, "growth"]
    if options.list:
        print("\n".join(known))
        return
    if options.prepare and options.data is None:
        parser.error("--prepare needs --data DIR: else what is made is deleted")
    for name in options.measures:
        if name not in known:
            parser.error(f"{name} is no measure: {', '.join(known)}")
    if not (options.tools / "plan-instance").exists():
        sys.exit(f"{options.tools}: error: no built tools; run `swift build -c release` first, or name a folder by --tools")
    if Path(sys.prefix) != ROOT / ".build/bench-python":
        sys.exit(f"{sys.executable}: error: not the Python that has the peers: use `make bench`, or "
                 ".build/bench-python/bin/python3 once that has made it")
    begin = time.monotonic()
    data = options.data or Path(tempfile.mkdtemp(prefix="tandem-bench-"))
    data.mkdir(parents=True, exist_ok=True)
    facts = dict(date=datetime.datetime.now().strftime("%-d %B %Y, %H:%M"), machine=machine(), load=os.getloadavg()[0],
                 command=" ".join(["Benchmarks/run.py", *sys.argv[1:]]))
    try:
        run = Run(whole=not options.quick, tools=options.tools.resolve(), data=data.resolve(),
                  ends=begin + 60 * options.minutes)
        if options.prepare:
            return inputs.everything(run)
        names = options.measures or known
        rows = measures.all_rows(run, [name for name in names if name != "growth"])
        lines = growth.all_lines(run) if "growth" in names else []
        rows += growth.judged(lines) if rows else []
        facts["versions"] = versions(run)
    finally:
        if options.data is None:
            shutil.rmtree(data, ignore_errors=True)
    facts["minutes"] = (time.monotonic() - begin) / 60
    out = ROOT / "out/bench"
    out.mkdir(parents=True, exist_ok=True)
    if rows:
        (out / "table.md").write_text(markdown(rows, run.told, facts))
    if lines:
        (out / "growth.svg").write_text(growth.drawing(lines, f"{facts['date']}, {facts['machine']}"))
        (out / "growth.md").write_text(growth_markdown(lines, facts))
    if options.record:
        for part in ("table", "growth"):
            if rows if part == "table" else lines:
                record(part, (out / f"{part}.md").read_text())
        if lines:
            shutil.copy(out / "growth.svg", HERE / "growth.svg")
    if rows:
        print(table(rows))
    print("\n".join(["", *[f"not measured: {one}" for one in run.told],
                     f"{facts['minutes']:.1f} minutes; as Markdown in "
                     + (f"{HERE / 'README.md'}" if options.record else f"{out}")]))


if __name__ == "__main__":
    main()
