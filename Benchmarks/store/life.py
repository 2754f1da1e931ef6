#!/usr/bin/env python3
"""Measures the programme's memory over a term: 6,000 pairs, 26 weekly revisions, 60,000 sessions; beside git, which keeps the same
stream as a file.

    Benchmarks/store/life.py [--pairs N] [--weeks N] [--tools DIR] [--folder DIR] [--json FILE]

Each week the past sessions are recorded as held and one in twenty of the others moves; what is committed is the whole stream.
`commit` is the store's part, from the stream to the revision (`tandem-store write`); `held --due` is the whole command of a
clerk. The longest of the weeks counts. git commits the same stream, sorted by lines (`git add`, `git commit`).
"""

import argparse
import datetime
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
START = datetime.date(2026, 10, 5)


def line(record):
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def stamp(day, hour):
    offset = "+01:00" if datetime.date(2026, 10, 25) <= day < datetime.date(2027, 3, 28) else "+02:00"
    return f"{day}T{hour:02}:00:00{offset}"


def session(tandem, number, day, hour, status, sequence):
    mentor, mentee = tandem.split("/")[1].split("+")
    uid = f"{tandem}-{number}@pl.example.com".replace("/", "-").replace(":", "-").replace("+", "-")
    return {"record": "session", "id": f"{tandem}#{number}", "tandem": tandem, "number": number, "uid": uid,
            "sequence": sequence, "start": stamp(day, hour), "end": stamp(day, hour + 1), "timeZone": "Europe/Warsaw",
            "place": "office", "status": status, "topics": ["logistics", "smart-home"],
            "cost": {"day": 0, "half": 0, "late": 0, "lunch": 0, "room": 0, "total": 0}}


def people(pairs):
    for number in range(2 * pairs):
        role = "mentor" if number % 2 == 0 else "mentee"
        yield {"record": "person", "id": f"pl:{200000 + number}", "region": "pl", "site": "Warszawa",
               "name": f"Anna Kowalska-{number:x}", "email": f"p{number}@pl.example.com", "role": role,
               "department": ["Sales", f"Unit {number % 97}"], "level": number % 9, "languages": ["pl", "en"],
               "timeZone": "Europe/Warsaw", "learn": ["logistics", "smart-home"], "teach": ["e-bike"],
               "interests": ["leadership"], "said": {"learn": ["logistyka", "inteligentny dom"]},
               "source": {"file": "answers.csv", "line": number + 2}}


def run(command, folder, **more):
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, capture_output=True, **more)
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{command}: {done.returncode}\n{done.stderr.decode()[-2000:]}")
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=6000)
    parser.add_argument("--weeks", type=int, default=26)
    parser.add_argument("--tools", type=Path, default=ROOT / ".build/release")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="tandem-store-", dir=options.folder))
    environment = {**os.environ, "TANDEM_CONFIG": str(ROOT / "Config"), "TANDEM_CLERK": "bench"}
    environment.pop("TANDEM_REGION", None)
    tandem, store = str(options.tools / "tandem"), str(options.tools / "tandem-store")
    run([tandem, "init", "p", "--region", "pl", "--cohort", "2026-autumn"], work, env=environment)
    folder = work / "p"
    drawn = random.Random(5)
    fixed = [line(record) for record in people(options.pairs)]
    tandems = [f"2026-autumn/pl:{200000 + 2 * pair}+pl:{200001 + 2 * pair}" for pair in range(options.pairs)]
    for id in tandems:
        mentor, mentee = id.split("/")[1].split("+")
        fixed.append(line({"record": "tandem", "id": id, "cohort": "2026-autumn", "region": "pl", "mentor": mentor,
                           "mentee": mentee, "status": "active", "locked": False, "topics": ["logistics"],
                           "score": {"distance": 1000, "returned": 800, "shared": 400, "taught": 900, "total": 800}}))
    plan = {}
    for id in tandems:
        first = START + datetime.timedelta(days=drawn.randrange(14))
        for number in range(1, 11):
            plan[id, number] = [first + datetime.timedelta(days=18 * (number - 1)), 9 + drawn.randrange(7), "planned", 0]

    git = work / "git"
    git.mkdir()
    run(["git", "init", "-q"], git)
    subprocess.run(["git", "config", "user.email", "a@b"], cwd=git)
    subprocess.run(["git", "config", "user.name", "a"], cwd=git)
    rows = []
    for week in range(options.weeks + 1):
        now = START + datetime.timedelta(days=7 * week - 7)
        if week:
            for place in plan.values():
                if place[2] == "planned" and place[0] < now:
                    place[2] = "held"
                elif place[2] == "planned" and drawn.random() < 0.05:
                    place[1] = 9 + drawn.randrange(7)
                    place[3] += 1
        lines = fixed + [line(session(id, number, *place)) for (id, number), place in plan.items()]
        head = run([store, "read"], folder, env=environment)
        revision = head[2].split(b"\n", 1)[0].decode()
        stream = (revision + "\n" + "\n".join(lines) + "\n").encode()
        moment = f"{now}T06:00:00Z"
        ours = run([store, "write", "--yes", "--now", moment], folder, env=environment, input=stream)
        status = run([tandem, "status", "--now", moment], folder, env=environment)
        (git / "stream").write_text("\n".join(sorted(lines)) + "\n")
        began = time.perf_counter()
        run(["git", "add", "stream"], git)
        run(["git", "commit", "-qm", str(week)], git)
        peer = time.perf_counter() - began
        rows.append((ours[0], ours[1], status[0], peer))
    # The whole command of a clerk, on the last state.
    later = f"{START + datetime.timedelta(days=200)}T06:00:00Z"
    status = min(run([tandem, "status", "--now", later], folder, env=environment)[0] for _ in range(5))
    held = run([tandem, "held", "--due", "--now", later], folder, env=environment)
    undo = run([tandem, "undo", "--now", later], folder, env=environment)
    verify = run([tandem, "verify"], folder, env=environment)
    diff = run([tandem, "diff", "2", "now"], folder, env=environment)
    size = (folder / "programme.sqlite").stat().st_size / 1e6
    packed = run(["git", "gc", "-q"], git)[0]
    repository = sum(file.stat().st_size for file in (git / ".git").rglob("*") if file.is_file()) / 1e6
    weekly = rows[1:]
    figures = {
        "pairs": options.pairs, "weeks": options.weeks, "records": len(lines), "stream_mb": len(stream) / 1e6,
        "first_commit_s": rows[0][0], "commit_s": max(row[0] for row in weekly),
        "commit_processor_s": max(row[1] for row in weekly), "status_s": status,
        "status_in_term_s": max(row[2] for row in weekly), "git_commit_s": max(row[3] for row in weekly),
        "held_due_s": held[0], "undo_s": undo[0], "verify_s": verify[0], "diff_s": diff[0], "file_mb": size,
        "git_mb": repository, "git_gc_s": packed,
    }
    for name, value in figures.items():
        print(f"{name:22} {value:.3f}" if isinstance(value, float) else f"{name:22} {value}")
    if options.json:
        options.json.write_text(json.dumps(figures))
    shutil.rmtree(work)


main()
