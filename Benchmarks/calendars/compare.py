"""Measures reading and writing of calendars beside libical and Python's icalendar.

    swift build -c release --product calendar-speed
    Benchmarks/calendars/compare.py [--events N] [--runs N] [--tool PATH] [--json FILE]

The contenders take turns over one file; of each the best run counts, in processor time of the parsing or writing
alone. What is not installed is passed over (Debian: libical-dev gcc; PyPI: icalendar, for the python that runs this).
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))
from timing import keep, measure

KEPT = []

READ = (
    "import sys,time,icalendar\nb=open(sys.argv[1],'rb').read()\nt=time.process_time()\n"
    "n=len(icalendar.Calendar.from_ical(b).walk('VEVENT'))\nt=time.process_time()-t\n"
    "print(f'{n} events, {t*1000:.0f} ms, {n/t:.0f} events/s')"
)
WRITE = (
    "import sys,time,datetime as dt,zoneinfo\nfrom icalendar import Calendar,Event,vText,vCalAddress\n"
    "z=zoneinfo.ZoneInfo('Europe/Warsaw');n=int(sys.argv[1]);t=time.process_time()\n"
    "for i in range(n):\n"
    "  c=Calendar();c.add('method','REQUEST');c.add('version','2.0');c.add('prodid','x');e=Event()\n"
    "  s=dt.datetime.fromtimestamp(1791187200+i*61200,z)\n"
    "  e.add('uid',f'tandem-{i}@example.com');e.add('dtstamp',dt.datetime(2026,9,1,tzinfo=dt.timezone.utc))\n"
    "  e.add('sequence',i%3);e.add('dtstart',s);e.add('dtend',s+dt.timedelta(minutes=90))\n"
    "  e.add('summary',f'Sesja {i}: media społecznościowe, sieć; wewnętrzna')\n"
    "  e.add('description','Zasady programu:\\n- mentor nigdy nie bierze myszy\\n- spisać listę haseł, znaleźć terminy')\n"
    "  e.add('location','Warszawa, pokój 3.14')\n"
    "  for a in ('p100003','p100004'): e.add('attendee',vCalAddress(f'mailto:{a}@pl.example.com'))\n"
    "  c.add_component(e);c.to_ical()\n"
    "t=time.process_time()-t\nprint(f'{n} requests, {t*1000:.0f} ms, {n/t:.0f} events/s')"
)


def calendar(events):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tandem//Benchmark//EN"]
    for i in range(events):
        day = f"202610{1 + i % 28:02d}"
        lines += [
            "BEGIN:VEVENT", f"UID:{i}@busy.example", "DTSTAMP:20260901T000000Z",
            "SUMMARY:Regelmäßiges Treffen\\, Büro 3. Stock – wöchentlich und mit e", " inem recht langen Titel 会议 1",
            f"DTSTART;TZID=Europe/Berlin:{day}T140000", "DURATION:PT90M",
            "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;COUNT=20",
            "EXDATE;TZID=Europe/Berlin:20261005T140000,20261228T140000", "END:VEVENT",
        ]
    return "\r\n".join(lines + ["END:VCALENDAR", ""]).encode()


def best(name, command, runs):
    lines = {}
    for _ in range(runs):
        result = measure(command)
        if result.status:
            print(f"{name}: passed over ({result.told.strip().splitlines()[-1:] or result.status})")
            return
        for line in result.text.splitlines():
            rate = int(re.search(r"(\d+) events/s", line)[1])
            what = line.split(",")[0].lstrip("0123456789 ")
            if rate > lines.get(what, (0, "", 0))[0]:
                lines[what] = (rate, line, result.mb)
    for what, (rate, line, mb) in lines.items():
        print(f"{name}: {line}")
        KEPT.append(dict(contender=name, what=what, rate=rate, mb=mb))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--tool", default=str(ROOT / ".build/release/calendar-speed"))
    parser.add_argument("--json", help="write the figures here as well")
    parser.add_argument("--make", help="write the calendar here, measure nothing")
    options = parser.parse_args()
    if options.make:
        Path(options.make).write_bytes(calendar(options.events))
        return
    with tempfile.TemporaryDirectory() as folder:
        large, small = os.path.join(folder, "large.ics"), os.path.join(folder, "small.ics")
        Path(large).write_bytes(calendar(options.events))
        Path(small).write_bytes(calendar(max(1, options.events // 20)))
        best("tandem read", [options.tool, "read", large], options.runs)
        best("tandem busy", [options.tool, "busy", large], options.runs)
        libical = os.path.join(folder, "libical-read")
        built = subprocess.run(["cc", "-O2", "-o", libical, str(HERE / "libical-read.c"), "-lical"], capture_output=True)
        if built.returncode == 0:
            best("libical read", [libical, large], options.runs)
        else:
            print("libical: passed over (libical-dev and a C compiler are needed)")
        best("icalendar read", [sys.executable, "-c", READ, small], options.runs)
        best("tandem write", [options.tool, "write", str(options.events)], options.runs)
        best("icalendar write", [sys.executable, "-c", WRITE, str(max(1, options.events // 20))], options.runs)
    keep(options.json, KEPT)


if __name__ == "__main__":
    main()
