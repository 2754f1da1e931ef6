"""Makes the answers that tandem-survey is measured on: rows of 20 columns, some 180 bytes each, nobody twice.

    inputs.py FOLDER [ROWS]
"""

import random
import sys
from pathlib import Path

WORDS = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod".split()
SITES = ["Warszawa", "Wrocław"]
DEPARTMENTS = [f"Department {number:02d}" for number in range(25)]
ROLES = ["mentor", "mentee"]
QUESTIONS = [f"q{number}" for number in range(1, 13)]


def block(rng, first, count):
    rows = []
    for number in range(first, first + count):
        fields = [str(number), f"2026-10-{number % 28 + 1:02d} 10:11:12", f"p{number:07d}"]
        fields += [rng.choice(SITES), rng.choice(DEPARTMENTS), rng.choice(ROLES)]
        fields += [rng.choice(["1", "2", "3", "4", "5", ""]) for _ in QUESTIONS]
        fields += ['"one, ""two"" ' + " ".join(rng.choices(WORDS, k=9)) + '"' if number % 7 == 0
                   else " ".join(rng.choices(WORDS, k=10)), " ".join(rng.choices(WORDS, k=5))]
        rows.append(",".join(fields) + "\r\n")
    return "".join(rows)


def main():
    folder = Path(sys.argv[1])
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(1)
    with open(folder / f"answers-{rows}.csv", "w", newline="", encoding="utf-8") as out:
        names = ["response", "submitted", "employee", "site", "department", "role"] + QUESTIONS + ["comment", "note"]
        out.write(",".join(names) + "\r\n")
        for first in range(0, rows, 5000):
            out.write(block(rng, first, min(5000, rows - first)))


main()
