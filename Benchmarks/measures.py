"""Every measure of the suite, each with what was wanted of it: what Benchmarks/run.py runs.

A measure is a function of a Run that gives rows; the folders' own scripts do the work, and say with --json what they found.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import inputs
from timing import measure

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


@dataclass
class Row:
    """A line of the table; `met` is None where nothing was wanted of this size."""

    what: str
    ours: str
    memory: str = ""
    peer: str = ""
    ratio: str = ""
    wanted: str = ""
    met: bool | None = None


@dataclass
class Run:
    """What a run has to go by: whole or quick, tools, a folder for data."""

    whole: bool
    tools: Path
    data: Path
    ends: float
    told: list[str] = field(default_factory=list)

    @property
    def sizes(self):
        return inputs.WHOLE if self.whole else inputs.QUICK

    def script(self, path, *arguments):
        """Runs a folder's script with the peers' Python and gives what it kept; what it says is passed on."""
        kept = self.data / "kept.json"
        kept.unlink(missing_ok=True)
        command = [sys.executable, HERE / path, *arguments, "--json", kept]
        print("$ " + " ".join(str(word) for word in command[1:]), file=sys.stderr, flush=True)
        done = subprocess.run([str(word) for word in command], stdout=sys.stderr)
        if done.returncode != 0 or not kept.exists():
            self.told.append(f"{path} ended with {done.returncode}: its rows are missing")
            return []
        return json.loads(kept.read_text())

    def tool(self, name, *arguments, **options):
        return measure([self.tools / name, *arguments], **options)

    def by_size(self, met):
        """What is wanted is wanted of the whole sizes."""
        return met if self.whole else None


def times(theirs, ours):
    return f"{theirs / ours:.2f}" if ours > 0 else ""


def fixture(run):
    """The 600 people of the tests from exports to invitations."""
    folder, regions = ROOT / "Tests/Programme", ["pl", "de", "us", "cn", "hu"]
    exports = sorted(path for region in regions for path in (folder / region).iterdir()
                     if path.stem in ("staff", "answers"))
    common = ["--config", ROOT / "Config", "--region", ",".join(regions), "--quiet", "--format", "ndjson"]
    out = run.data / "way"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    steps = [
        run.tool("tandem-import", *common, *exports, output=out / "people"),
        run.tool("tandem-match", *common, "--cohort", "2026-autumn", out / "people", output=out / "tandems"),
        run.tool("tandem-schedule", *common, "--cohort", "2026-autumn", "--now", "2026-09-14",
                 "--busy", *(folder / r / "busy" for r in regions),
                 "--invitations", out / "invitations", out / "tandems", output=out / "sessions"),
    ]
    if any(step.status not in (0, 65) for step in steps):
        run.told.append("the whole way failed: " + " ".join(step.told[-300:] for step in steps))
        return []
    clock, peak = sum(step.clock for step in steps), max(step.mb for step in steps)
    files = sum(1 for _ in (out / "invitations").rglob("*.ics"))
    return [Row(f"exports to invitations, 600 people of 5 regions, {files:,} files", f"{clock:.2f} s", f"{peak:.0f} MB",
                wanted="3 s, 300 MB", met=clock < 3 and peak < 300)]


def passing(run):
    """Records through a tool that does nothing with them."""
    people = run.data / "pass.ndjson"
    line = json.dumps(dict(record="note", id="n" * 40, text="lorem ipsum dolor " * 20), separators=(",", ":"), sort_keys=True)
    block = (line + "\n").encode() * 10_000
    with open(people, "wb") as out:
        for _ in range(run.sizes["passes"]):
            out.write(block)
    size = people.stat().st_size / 1e6
    best = min((run.tool("stream-pass", people, output=os.devnull) for _ in range(3)), key=lambda one: one.clock)
    people.unlink()
    rate = size / best.clock
    return [Row(f"records passed through, {size:.0f} MB", f"{rate:.0f} MB/s", f"{best.mb:.0f} MB", wanted="100 MB/s",
                met=rate > 100)]


def intake(run):
    rows = run.sizes["rows"]
    folder = inputs.questionnaires(run.data, rows)
    kept = run.script("intake/compare.py", "--folder", folder, "--runs", "2", "--reader", run.tools / "read-rows",
                      "--importer", run.tools / "tandem-import")
    found = []
    for name, what, rate in (("answers.csv", f"{rows:,} × 20 columns of CSV", 60),
                             ("quoted.csv", "the same with every field quoted", 60),
                             ("answers.xml", f"{rows // 5:,} LimeSurvey rows of XML", 80)):
        here = {one["contender"]: one for one in kept if one["input"] == name and one["status"] == 0}
        peers = [one for key, one in here.items() if key not in ("tandem-import", "read-rows")]
        for ours, action in (("read-rows", "read"), ("tandem-import", "to checked responses")):
            if ours not in here:
                continue
            one, peer = here[ours], min(peers, key=lambda one: one["clock"], default=None)
            speed = one["megabytes"] / one["clock"]
            told = f"{peer['contender']} {peer['megabytes'] / peer['clock']:.0f} MB/s" if peer else "none here"
            if ours == "tandem-import" and peer:
                told += ", only to read"
            goal = ours == "tandem-import"
            found.append(Row(
                f"{what} ({one['megabytes']:.0f} MB), {action}", f"{speed:.0f} MB/s, {one['clock']:.2f} s",
                f"{one['mb']:.0f} MB", told, times(peer["clock"], one["clock"]) if peer else "",
                f"{rate} MB/s, 60 MB" if goal else "", run.by_size(speed >= rate and one["mb"] < 60) if goal else None))
    return found


def workbooks(run):
    """A sheet of 200,000 rows, beside what others read it with."""
    rows = run.sizes["sheet"]
    kept = run.script("intake/workbooks.py", "--folder", run.data / "workbooks", "--rows", rows, "--runs", "2",
                      "--reader", run.tools / "read-rows")
    ours = next((one for one in kept if one["contender"] == "read-rows" and one["status"] == 0), None)
    if ours is None:
        return []
    peers = sorted((one for one in kept if one is not ours and one["status"] == 0), key=lambda one: one["cpu"])
    return [Row(
        f"{rows:,} × 20 cells of .xlsx ({ours['megabytes']:.0f} MB), read", f"{ours['cpu']:.2f} s cpu", f"{ours['mb']:.0f} MB",
        ", ".join(f"{one['contender']} {one['cpu']:.2f} s cpu, {one['mb']:.0f} MB" for one in peers) or "none here",
        times(peers[0]["cpu"], ours["cpu"]) if peers else "", "5 s cpu, 100 MB",
        run.by_size(ours["cpu"] < 5 and ours["mb"] < 100))]


def masterdata(run):
    """The staff of a whole company, of whom a tenth applied."""
    staff = run.sizes["staff"]
    kept = run.script("intake/masterdata.py", "--folder", run.data / "masterdata", "--staff", staff, "--applicants", staff // 10,
                      "--runs", "1", "--importer", run.tools / "tandem-import")
    if not kept:
        return []
    cpu, peak = max(one["cpu"] for one in kept), max(one["mb"] for one in kept)
    return [Row(f"{staff:,} rows of master data, {staff // 10:,} applicants", f"{cpu:.2f} s cpu", f"{peak:.0f} MB",
                wanted="6 s cpu, 100 MB", met=run.by_size(cpu < 6 and peak < 100))]


def survey(run):
    rows = run.sizes["rows"]
    folder = inputs.answers(run.data, rows).parent
    command = [sys.executable, HERE / "survey/compare.py", "--rows", rows, "--runs", "3", "--folder", folder,
               "--survey", run.tools / "tandem-survey"]
    print("$ " + " ".join(str(word) for word in command[1:]), file=sys.stderr, flush=True)
    done = measure(command)
    print(done.text + done.told, file=sys.stderr, flush=True)
    found = {name.strip(): (float(clock), float(cpu), float(mb)) for name, clock, cpu, mb in re.findall(
        r"^  (\S[^\n]*?)\s+(\d+\.\d+)\s+(\d+\.\d+)\s+(\d+)$", done.text, re.M)}
    ours = found.pop("tandem-survey", None)
    if ours is None:
        run.told.append(f"survey/compare.py ended with {done.status}: {done.told.strip().splitlines()[-1:]}")
        return []
    peers = sorted(found.items(), key=lambda one: one[1][0])
    fastest = peers[0][1][0] if peers else None
    return [Row(
        f"answers, {rows:,} × 20 columns by three keys, all margins", f"{ours[0]:.2f} s", f"{ours[2]:.0f} MB",
        ", ".join(f"{name} {clock:.2f} s, {mb:.0f} MB" for name, (clock, _, mb) in peers) or "none here",
        times(fastest, ours[0]) if peers else "", "no slower, 60 MB",
        run.by_size(ours[0] <= fastest and ours[2] < 60) if peers else None)]


def matching(run):
    rows = run.sizes["matching"]
    kept = run.script("match/run.py", "--data", run.data / "match", "--runs", "1", "--limit", "20",
                      "--solver", run.tools / "match-instance", *rows)
    found = []
    for row in rows:
        here = [one for one in kept if one["instance"] == row]
        ours = next((one for one in here if one["contender"] == "tandem" and one["cpu"]), None)
        ended = [one for one in here if one["contender"] != "tandem" and one["cpu"]]
        late = [one["contender"] for one in here if one["cpu"] is None]
        if ours is None:
            continue
        peer = min(ended, key=lambda one: one["cpu"], default=None)
        told = f"{peer['contender']} {peer['cpu']:.3f} s, {peer['mb']:.0f} MB" if peer else "none ended"
        if late:
            told += f" (> 20 s or absent: {', '.join(late)})"
        met = ours["right"] and peer is not None and peer["cpu"] >= 2 * ours["cpu"] and peer["mb"] >= 4 * ours["mb"]
        found.append(Row(
            f"who with whom, {row}{'' if ours['right'] else ' (WRONG)'}", f"{ours['cpu']:.4f} s", f"{ours['mb']:.0f} MB", told,
            f"{times(peer['cpu'], ours['cpu'])}, memory {times(peer['mb'], ours['mb'])}" if peer else "",
            "2, memory 4", met if peer else None))
    return found


def people(run):
    count = run.sizes["people"]
    folder = inputs.people(run.data, count)
    done = run.tool("tandem-match", "--config", folder / "Config", "--region", "bench", "--cohort", "2026-autumn", "--quiet",
                    "--format", "ndjson", folder / "people.ndjson", output=run.data / "tandems.ndjson")
    with open(run.data / "tandems.ndjson") as out:
        tandems = sum('"record":"tandem"' in line for line in out)
    (run.data / "tandems.ndjson").unlink()
    if done.status not in (0, 65):
        run.told.append(f"tandem-match ended with {done.status}: {done.told[-300:]}")
        return []
    return [Row(f"{count:,} + {count:,} people of {count // 77 + 1:,} sites to {tandems:,} tandems", f"{done.clock:.1f} s",
                f"{done.mb:,.0f} MB", wanted="20 s, 2,000 MB", met=run.by_size(done.clock < 20 and done.mb < 2000))]


def regions(run):
    """`tandem-region check` over copies of the shipped regions."""
    config = run.data / "many" / "Config"
    shutil.rmtree(config.parent, ignore_errors=True)
    shutil.copytree(ROOT / "Config", config)
    shipped = sorted(path for path in (config / "regions").iterdir() if path.is_dir())
    for number in range(200 - len(shipped)):
        origin = shipped[number % len(shipped)]
        shutil.copytree(origin, config / "regions" / f"copy{number:03d}")
    best = min((run.tool("tandem-region", "check", "--config", config) for _ in range(3)), key=lambda one: one.clock)
    if best.status != 0:
        run.told.append(f"tandem-region check ended with {best.status}: {best.told[-300:]}")
    return [Row("200 regions checked", f"{best.clock:.2f} s", f"{best.mb:.0f} MB", wanted="1 s",
                met=best.status == 0 and best.clock < 1)]


def calendars(run):
    kept = run.script("calendars/compare.py", "--events", "100000" if run.whole else "20000", "--runs", "3" if run.whole else "1",
                      "--tool", run.tools / "calendar-speed")
    rate = {(one["contender"], one["what"]): one for one in kept}

    def peers(what):
        names = [key for key in rate if key[0] in (f"libical {what}", f"icalendar {what}")]
        return sorted(names, key=lambda key: -rate[key]["rate"])

    found = []
    for key, what, goal, against in (
        (("tandem read", "events"), "calendars read", 100_000, "read"),
        (("tandem busy", "events"), "calendars read, half a year of busy time expanded", None, None),
        (("tandem write", "requests"), "invitations written, a file each", 60_000, "write"),
        (("tandem write", "published"), "invitations written, one bundle", 60_000, "write"),
    ):
        if key not in rate:
            continue
        ours = rate[key]
        other = peers(against) if against else []
        found.append(Row(
            what, f"{ours['rate']:,} events/s", f"{ours['mb']:.0f} MB",
            ", ".join(f"{name[0].split()[0]} {rate[name]['rate']:,}" for name in other) or ("none here" if against else ""),
            f"{ours['rate'] / rate[other[0]]['rate']:.1f}" if other else "", f"{goal:,} events/s" if goal else "",
            ours["rate"] >= goal if goal else None))
    endless = run.data / "endless.ics"
    endless.write_text("\r\n".join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20260901T000000Z",
        "DTSTART:20070101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY", "END:VEVENT", "END:VCALENDAR", ""]))
    done = run.tool("calendar-speed", "busy", endless)
    told = re.search(r"(\d+) ms", done.text)
    if told:
        found.append(Row("an endless FREQ=SECONDLY since 2007, busy time of half a year", f"{int(told[1]) / 1000:.3f} s",
                         f"{done.mb:.0f} MB", wanted="0.1 s for a month", met=int(told[1]) < 600))
    return found


def schedule(run):
    """When: each instance by us, by CP-SAT and by Timefold, all plans judged."""
    # What effort 1 may take of the processor, in seconds, and the gap in per cent that it keeps.
    wanted = {"600-14": ("600 pairs, 14 rooms", 1.5, 2), "600-7": ("600 pairs, 7 rooms", 1.5, 2),
              "700-18": ("700 pairs, all in rooms, three a site", 3, 5), "6000": ("6,000 pairs", 15, 3)}
    kept = run.script("schedule/compare.py", "--data", run.data / "schedule", "--planner", run.tools / "plan-instance",
                      "--seconds", "60" if run.whole else "15", *run.sizes["schedule"])
    found = []
    for name, (what, seconds, gap) in wanted.items():
        here = [one for one in kept if one["instance"] == name]
        peers = [one for one in here if one["contender"] in ("CP-SAT", "Timefold")]
        told = ", ".join(f"{one['contender']} {one['cost']:,} in {one['seconds']:.0f} s, {one['mb']:,} MB"
                         + (f", {one['violations']} rules broken" if one["violations"] else "")
                         if one["cost"] else f"{one['contender']}: no plan" for one in peers)
        best = min((one["cost"] for one in peers if one["cost"] and not one["violations"]), default=None)
        for ours in (one for one in here if one["contender"].startswith("effort")):
            is_first = ours["contender"] == "effort 1"
            found.append(Row(
                f"{what}, {ours['contender']}", f"cost {ours['cost']:,}, gap {ours['gap']:.2f} %, {ours['seconds']:.1f} s cpu",
                f"{ours['mb']:,} MB", told or "none in minutes", f"{best / ours['cost']:.2f} (cost)" if best else "",
                f"{seconds} s cpu, gap {gap} %" if is_first else "",
                ours["seconds"] < seconds and ours["gap"] < gap if is_first else None))
        for one in here:
            if one["contender"] == "changed" and name == "6000":
                found.append(Row(f"6,000 pairs planned again, {one['broken']} sessions broken",
                                 f"{one['moved']} moved ({one['must']} must), {one['unplanned']} not planned ({one['cannot']} cannot), "
                                 f"{one['seconds']:.2f} s cpu"))
    return found


def wanted_plans(run):
    """Whether the plan is one that people want."""
    kept = run.script("schedule/wanted.py", "--data", run.data / "wanted", "--tools", run.tools, *map(str, run.sizes["wanted"]))
    return [Row(f"{one['pairs']:,} {'people of 5 regions' if one['pairs'] == 600 else 'pairs'}, a plan that people want: "
                f"{one['rhythm']['told']}", f"{one['cpu']:.1f} s cpu", f"{one['mb']:,.0f} MB", wanted="no fault, no broken rule",
                met=one["rhythm"]["holds"] and one["plan"]["holds"]) for one in kept]


def whole_way(run):
    kept = run.script("schedule/whole_way.py", "--tandems", run.sizes["tandems"], "--data", run.data / "whole-way",
                      "--tools", run.tools)
    return [Row(f"{one['tandems']:,} tandems, {2 * one['tandems']:,} calendars to {one['files']:,} files of invitations",
                f"{one['clock']:.1f} s", f"{one['mb']:,.0f} MB", wanted="40 s, 1,000 MB",
                met=run.by_size(one["clock"] < 40 and one["mb"] < 1000)) for one in kept]


def workshop(run):
    kept = run.script("workshop/compare.py", "--data", run.data / "workshop",
                      "--tool", run.tools / "workshop-instance", "--cpsat", "30" if run.whole else "5", *run.sizes["mentors"])
    found = []
    for size, cost, seconds in (("300x24", 2_038, 0.5), ("1200x60", 10_500, 10)):
        here = {one["contender"]: one for one in kept if one["instance"] == size}
        ours, peer = here.get("tandem"), here.get("CP-SAT")
        if ours is None:
            continue
        mentors, dates = size.split("x")
        found.append(Row(
            f"workshop of {int(mentors):,} mentors, {dates} dates",
            f"cost {ours['cost']:,}, bound {ours['bound']:,}, {ours['seconds']:.2f} s", f"{ours['mb']:.0f} MB",
            f"CP-SAT {peer['cost']:,}, bound {peer['bound']:,} in {peer['seconds']:.0f} s" if peer else "none here",
            f"{peer['cost'] / ours['cost']:.2f} (cost)" if peer else "", f"{cost:,} in {seconds} s",
            ours["cost"] <= cost and ours["seconds"] <= seconds and ours["bound"] <= ours["cost"]))
    return found


def store(run):
    """The programme's memory after a term, beside git over the same stream."""
    pairs = 6000 if run.whole else 600
    kept = run.script("store/life.py", "--folder", run.data, "--pairs", pairs, "--weeks", 26 if run.whole else 4, "--tools", run.tools)
    if not kept:
        return []
    return [
        Row(f"a term of {pairs:,} pairs, a week committed, {kept['stream_mb']:.0f} MB of stream", f"{kept['commit_s']:.2f} s", "",
            f"git {kept['git_commit_s']:.2f} s", times(kept["git_commit_s"], kept["commit_s"]), "1 s, 200 MB on disk",
            run.by_size(kept["commit_s"] < 1 and kept["file_mb"] < 200)),
        Row(f"the same, `tandem status`", f"{kept['status_s']:.2f} s", wanted="0.2 s", met=run.by_size(kept["status_s"] < 0.2)),
        Row(f"the same, the whole history verified", f"{kept['verify_s']:.2f} s, {kept['file_mb']:.0f} MB on disk", "",
            f"git {kept['git_mb']:.0f} MB on disk"),
    ]


# In this order: what matters most first, in case the time given is over.
ALL = {
    "fixture": fixture, "passing": passing, "intake": intake, "workbooks": workbooks, "masterdata": masterdata, "store": store,
    "survey": survey, "people": people, "regions": regions,
    "calendars": calendars, "schedule": schedule, "wanted": wanted_plans, "workshop": workshop, "whole-way": whole_way, "matching": matching,
}


def all_rows(run, names):
    """Every measure in its turn; one that fails is told, and the others go on."""
    rows = []
    for name in names:
        if time.monotonic() > run.ends:
            run.told.append(f"{name}: the time given was over, not measured")
            continue
        begin = time.monotonic()
        try:
            rows += ALL[name](run)
        except (OSError, subprocess.CalledProcessError, KeyError, ValueError) as fault:
            run.told.append(f"{name}: {type(fault).__name__}: {fault}")
        print(f"({name}: {time.monotonic() - begin:.0f} s)\n", file=sys.stderr, flush=True)
    return rows
