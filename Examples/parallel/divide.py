#!/usr/bin/env python3
"""divide.py ANSWERS.csv COLUMN PARTS DIR: divides answers by person, so that all sheets of one person are in one part.

The person is what stands in COLUMN (`employee`, say). Each part has the heading. Texts of several lines stay whole.
"""

import csv
import sys
import zlib
from pathlib import Path

source, column, parts, folder = sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
folder.mkdir(parents=True, exist_ok=True)
with open(source, newline="", encoding="utf-8-sig") as answers:
    rows = csv.reader(answers)
    heading = next(rows)
    if column not in heading:
        sys.exit(f"{source}: error: no column {column} in {', '.join(heading)}: name the one that says who answered")
    place = heading.index(column)
    files = [open(folder / f"part-{number:03d}.csv", "w", newline="", encoding="utf-8") for number in range(parts)]
    written = [csv.writer(file) for file in files]
    for part in written:
        part.writerow(heading)
    for row in rows:
        written[zlib.crc32(row[place].encode()) % parts].writerow(row)
for file in files:
    file.close()
