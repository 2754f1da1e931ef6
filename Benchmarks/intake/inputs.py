"""Makes the inputs that the importer is measured on: a million CSV rows, the same with every field quoted as LimeSurvey does,
and 200,000 rows of LimeSurvey XML.
"""

import csv
import random
import sys
from pathlib import Path

WORDS = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod".split()


def csv_block(rng, first):
    """5,000 rows of 20 columns: numbers, blanks, a time, an address, free words, some of them quoted."""
    rows = []
    for number in range(first, first + 5000):
        fields = [str(number)]
        fields += [rng.choice(["1", "2", "3", "4", "5", ""]) for _ in range(12)]
        fields += [f"2026-10-{number % 28 + 1:02d} 10:11:12", f"p{number:07d}@pl.example.com"]
        fields += [" ".join(rng.choices(WORDS, k=5)) for _ in range(3)]
        fields += ['"one, ""two"""' if number % 7 == 0 else "plain text here", "x"]
        rows.append(",".join(fields) + "\r\n")
    return "".join(rows)


def xml_block(rng, first):
    """2,000 rows of 25 questions, a third of the answers absent, the others in CDATA."""
    rows = []
    for number in range(first, first + 2000):
        parts = [f"<id><![CDATA[{number}]]></id>"]
        for question in range(24):
            if question % 3 == 0:
                value = rng.choice("12345")
            elif question % 5 == 0:
                continue
            else:
                value = " ".join(rng.choices(WORDS, k=12 if question % 7 == 0 else 2))
            name = f"_282267X9X{100 + question}"
            parts.append(f"<{name}><![CDATA[{value}]]></{name}>")
        rows.append("<row>" + "".join(parts) + "</row>\n")
    return "".join(rows)


def main():
    folder = Path(sys.argv[1])
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(1)
    with open(folder / "answers.csv", "w", newline="") as out:
        out.write(",".join(f"q{i}" for i in range(20)) + "\r\n")
        for first in range(0, rows, 5000):
            out.write(csv_block(rng, first))
    # Every field quoted; what is not answered stays bare.
    with open(folder / "answers.csv", newline="") as plain, open(folder / "quoted.csv", "w", newline="") as out:
        for row in csv.reader(plain):
            quoted = (field.replace('"', '""') for field in row)
            out.write(",".join(f'"{field}"' if field else "" for field in quoted) + "\r\n")
    with open(folder / "answers.xml", "w") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<document>')
        out.write("<LimeSurveyDocType>Responses</LimeSurveyDocType><responses>\n<rows>\n")
        for first in range(0, rows // 5, 2000):
            out.write(xml_block(rng, first))
        out.write("</rows></responses></document>\n")


main()
