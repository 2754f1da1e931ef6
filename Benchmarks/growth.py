"""How cost grows with size: each tool over sizes of several powers of ten, its processor time and memory, and the exponents."""

import itertools
import math
import subprocess
import sys
import time
from dataclasses import dataclass, field

import inputs
from measures import HERE, Row, Run

# What is shorter than this is mostly the start of a process, and no evidence of growth.
SHORTEST = 0.03


@dataclass
class Line:
    """One tool: what its sizes count, and (size, seconds of processors, megabytes) for each."""

    name: str
    unit: str
    points: list[tuple[int, float, float]] = field(default_factory=list)

    def exponent(self, column):
        """Least squares through the logarithms of the last three points; None where too few took long enough."""
        points = [(math.log(point[0]), math.log(point[column])) for point in self.points
                  if point[1] >= SHORTEST and point[column] > 0][-3:]
        if len(points) < 2:
            return None
        mean_x = sum(x for x, _ in points) / len(points)
        mean_y = sum(y for _, y in points) / len(points)
        return (sum((x - mean_x) * (y - mean_y) for x, y in points)
                / sum((x - mean_x) ** 2 for x, _ in points))


def least(run: Run, *words):
    """A tool's run; of what is short the least of three."""
    done = run.tool(*words, output="/dev/null")
    return done if done.cpu > 2 else min(done, *(run.tool(*words, output="/dev/null") for _ in range(2)),
                                           key=lambda one: one.cpu)


def head(source, target, rows):
    """The heading and so many rows; no field of the inputs has a line break."""
    with open(source, "rb") as whole, open(target, "wb") as part:
        part.writelines(itertools.islice(whole, rows + 1))


def multiplied(source, target, times):
    """The rows of a million so often, each time of other people and responses."""
    with open(target, "wb") as out:
        for number in range(times):
            with open(source, "rb") as rows:
                heading = next(rows)
                if number == 0:
                    out.write(heading)
                while block := rows.readlines(1 << 24):
                    # A row begins with its response, and its third field is the person: p0000000.
                    out.write(b"".join(b"%dx%b" % (number, row.replace(b",p0", b",p%d" % number, 1)) for row in block))


def importing(run: Run, sizes):
    folder = inputs.questionnaires(run.data, sizes[-1])
    line = Line("import", "rows of 20 columns")
    for size in sizes:
        path = folder / "answers.csv"
        if size != sizes[-1]:
            path = folder / "part.csv"
            head(folder / "answers.csv", path, size)
        done = least(run, "tandem-import", "--config", folder / "Config", "--region", "pl", "--format", "ndjson", "--quiet",
                     "--form", "bench-csv", path)
        if done.status == 0:
            line.points.append((size, done.cpu, done.mb))
    return line


def surveying(run: Run, sizes, largest):
    source = inputs.answers(run.data, sizes[-1])
    folder = source.parent
    line = Line("survey", "answers of 20 columns")
    for size in sizes + largest:
        path = folder / "part.csv"
        if size < sizes[-1]:
            head(source, path, size)
        elif size == sizes[-1]:
            path = source
        else:
            multiplied(source, path, size // sizes[-1])
        done = least(run, "tandem-survey", "--config", folder / "Config", "--region", "pl", "--survey", "bench",
                     "--form", "bench", "--by", "site,department,role", "--format", "ndjson", path)
        if done.status == 0:
            line.points.append((size, done.cpu, done.mb))
        else:
            run.told.append(f"growth of surveys, {size:,}: ended with {done.status}: {done.told[-200:]}")
    (folder / "part.csv").unlink(missing_ok=True)
    return line


def matching(run: Run, sizes):
    line = Line("match", "people of sites of 77 pairs")
    for size in sizes:
        folder = inputs.people(run.data, size // 2)
        done = least(run, "tandem-match", "--config", folder / "Config", "--region", "bench", "--cohort", "2026-autumn",
                     "--quiet", "--format", "ndjson", folder / "people.ndjson")
        if done.status in (0, 65):
            line.points.append((size, done.cpu, done.mb))
    return line


def scheduling(run: Run, sizes):
    line = Line("schedule", "tandems, from calendars to invitations")
    for size in sizes:
        for one in run.script("schedule/whole_way.py", "--tandems", size, "--data", run.data / "whole-way", "--tools", run.tools):
            line.points.append((size, one["cpu"], one["mb"]))
    return line


def workshops(run: Run, sizes):
    line = Line("workshop", "mentors")
    for one in run.script("workshop/compare.py", "--data", run.data / "workshop",
                          "--tool", run.tools / "workshop-instance", "--cpsat", "0", *inputs.mentors(sizes)):
        line.points.append((int(one["instance"].split("x")[0]), one["cpu"], one["mb"]))
    return line


def calendars(run: Run, sizes):
    line = Line("calendars", "events read and expanded")
    for size in sizes:
        path = run.data / "growth.ics"
        subprocess.run([sys.executable, HERE / "calendars/compare.py", "--make", path, "--events", str(size)], check=True)
        done = least(run, "calendar-speed", "busy", path)
        path.unlink()
        if done.status == 0:
            line.points.append((size, done.cpu, done.mb))
    return line


def all_lines(run: Run):
    sizes = run.sizes
    asked = [
        lambda: importing(run, sizes["grow_rows"]), lambda: matching(run, sizes["grow_people"]),
        lambda: workshops(run, sizes["grow_mentors"]), lambda: calendars(run, sizes["grow_events"]),
        lambda: scheduling(run, sizes["grow_tandems"]), lambda: surveying(run, sizes["grow_rows"], sizes["grow_survey"]),
    ]
    lines = []
    for make in asked:
        if time.monotonic() > run.ends:
            run.told.append("growth: the time given was over, some lines are missing")
            break
        begin = time.monotonic()
        line = make()
        if line.points:
            lines.append(line)
            print(f"(growth of {line.name}: {time.monotonic() - begin:.0f} s) {line.points}", file=sys.stderr, flush=True)
    return lines


def judged(lines):
    """What was wanted of growth: tabulating answers costs in proportion to their number."""
    for line in lines:
        if line.name == "survey" and len(line.points) > 1 and line.points[-1][0] >= 10_000_000:
            (fewer, before, _), (rows, seconds, mb) = line.points[-2:]
            yield Row(f"answers, {rows:,} × 20 columns, processor time",
                      f"{seconds:.1f} s, {seconds / before:.1f} times that of {fewer:,}", f"{mb:.0f} MB", wanted="linear", met=seconds <= 1.05 * before * rows / fewer)


# Okabe and Ito's colours, which the colour-blind tell apart.
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9"]
WIDTH, HEIGHT, LEFT, TOP, PLOT_W, PLOT_H, GAP = 1310, 540, 64, 64, 350, 370, 210


def power(number):
    """10³ and its like; 10 and 1 as they are."""
    exponent = round(math.log10(number))
    if exponent in (0, 1):
        return "1" if exponent == 0 else "10"
    return "10" + "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] if digit != "-" else "⁻" for digit in str(exponent))


def panel(lines, column, left, title, unit):
    """One pair of logarithmic axes with a line for each tool, its name and exponent at its end."""
    sizes = [point[0] for line in lines for point in line.points]
    values = [max(point[column], 1e-3) for line in lines for point in line.points]
    x0, x1 = math.floor(math.log10(min(sizes))), math.ceil(math.log10(max(sizes)))
    y0, y1 = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))

    def across(size):
        return left + (math.log10(size) - x0) / max(1, x1 - x0) * PLOT_W

    def down(value):
        return TOP + PLOT_H - (math.log10(max(value, 1e-3)) - y0) / max(1, y1 - y0) * PLOT_H

    out = [f'<text class="title" x="{left}" y="{TOP - 16}">{title}</text>']
    for decade in range(x0, x1 + 1):
        x = across(10 ** decade)
        out.append(f'<line class="grid" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{TOP + PLOT_H}"/>')
        out.append(f'<text class="tick" x="{x:.1f}" y="{TOP + PLOT_H + 20}" text-anchor="middle">{power(10 ** decade)}</text>')
    for decade in range(y0, y1 + 1):
        y = down(10 ** decade)
        out.append(f'<line class="grid" x1="{left}" y1="{y:.1f}" x2="{left + PLOT_W}" y2="{y:.1f}"/>')
        out.append(f'<text class="tick" x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{power(10 ** decade)} {unit}</text>')
    out.append(f'<text class="tick" x="{left + PLOT_W / 2}" y="{TOP + PLOT_H + 42}" text-anchor="middle">size</text>')
    # Names stand at the right, at least 30 apart, in the order of the lines' ends.
    ends = sorted(range(len(lines)), key=lambda index: down(lines[index].points[-1][column]))
    places, last = {}, TOP - 20.0
    for index in ends:
        last = places[index] = max(down(lines[index].points[-1][column]), last + 32)
    over = max(0.0, last - (TOP + PLOT_H))
    for index in reversed(ends):
        if over <= 0:
            break
        places[index] -= over
        position = ends.index(index)
        over = max(0.0, places[ends[position - 1]] + 32 - places[index]) if position else 0.0
    for index, line in enumerate(lines):
        colour = COLOURS[index % len(COLOURS)]
        track = [(across(point[0]), down(point[column])) for point in line.points]
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in track)
        out.append(f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for (x, y), point in zip(track, line.points):
            told = f"{line.name}: {point[0]:,} {line.unit}, {point[1]:.2f} s, {point[2]:.0f} MB"
            out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"><title>{told}</title></circle>')
        x, y = track[-1]
        out.append(f'<line class="lead" x1="{x + 5:.1f}" y1="{y:.1f}" x2="{left + PLOT_W + 10}" y2="{places[index]:.1f}"/>')
        exponent = line.exponent(column)
        grows = f' ~ n<tspan dy="-5" font-size="10">{exponent:.2f}</tspan>' if exponent is not None else ""
        x = left + PLOT_W + 14
        out.append(f'<text x="{x}" y="{places[index] + 1:.1f}" fill="{colour}" class="name">{line.name}{grows}</text>')
        out.append(f'<text x="{x}" y="{places[index] + 14:.1f}" class="small">{line.unit}</text>')
    return out


def drawing(lines, date):
    """One self-contained SVG: time at the left, memory at the right, sizes across, all axes logarithmic."""
    style = ("text{font:13px system-ui,'DejaVu Sans',sans-serif;fill:#222}.title{font-size:16px;font-weight:600}"
             ".tick{font-size:12px;fill:#555}.small{font-size:10px;fill:#555}.name{font-weight:600}"
             ".grid{stroke:#ddd}.lead{stroke:#aaa;stroke-dasharray:2 3}")
    for index, colour in enumerate(COLOURS):
        style += f'.name[fill="{colour}"]{{fill:{colour}}}'
    body = panel(lines, 1, LEFT, "Processor time", "s") + panel(
        lines, 2, LEFT + PLOT_W + GAP + 60, "Peak memory", "MB")
    told = ("Exponents: least squares through the last three sizes that took %g s or more; "
            "memory's counts what a process needs from its start." % SHORTEST)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        'aria-label="Processor time and memory of each tool against the size of its input, on logarithmic axes">',
        f"<style>{style}</style>", f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>', *body,
        f'<text class="tick" x="{LEFT}" y="{HEIGHT - 32}">{date}</text>',
        f'<text class="tick" x="{LEFT}" y="{HEIGHT - 14}">{told}</text>', "</svg>", ""])
