#!/usr/bin/env python3
"""tabulate.py ANSWERS.csv [--parts N] [--person COLUMN] [--master URL] [--format F] -- OPTION…

Tabulates answers under Apache Spark: every worker runs the very tandem-survey that a region runs, over its partition, by
`pipe`; the partial aggregates are merged by the same tool. What comes out is, byte for byte, the table of a single run.

The options behind `--` are those of tandem-survey (--survey, --by, --region, --config). Spark divides by person, so
that all sheets of one person are in one partition; only aggregates leave the workers. tandem-survey must be on the
workers' PATH. The answers are read by Spark's own CSV reader: a cell that is empty in quotes and one that is bare are
the same to it.
"""

import argparse
import csv
import io
import os
import secrets
import shlex
import shutil
import subprocess
import sys
import tempfile


def lines(heading):
    """The rows of a partition as lines of CSV behind their heading; nothing of a partition without rows."""

    def made(rows):
        first = True
        for row in rows:
            out = io.StringIO()
            written = csv.writer(out, lineterminator="\r\n")
            if first:
                written.writerow(heading)
                first = False
            written.writerow(["" if cell is None else cell for cell in row])
            # `pipe` ends each element by a line feed of its own.
            yield out.getvalue()[:-2]

    return made


def main():
    words = sys.argv[1:]
    behind = words.index("--") if "--" in words else len(words)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("answers")
    parser.add_argument("--parts", type=int, default=10)
    parser.add_argument("--person", default="employee")
    parser.add_argument("--master", default="local-cluster[2,1,1024]")
    parser.add_argument("--format", default="csv")
    options = parser.parse_args(words[:behind])
    try:
        import pyspark
        from pyspark.sql import SparkSession
    except ImportError:
        sys.exit("pyspark is not here: pip install pyspark")
    if not shutil.which("java"):
        sys.exit("java is not here: apt-get install default-jre-headless")
    tool = shutil.which("tandem-survey")
    if not tool:
        sys.exit("tandem-survey is not on the PATH: make it, and name its folder in PATH")

    # local-cluster starts workers of its own, which look for Spark there.
    os.environ.setdefault("SPARK_HOME", os.path.dirname(pyspark.__file__))
    spark = (SparkSession.builder.master(options.master).appName("tandem-survey")
             .config("spark.ui.enabled", "false").config("spark.log.level", "ERROR").getOrCreate())
    work = tempfile.mkdtemp()
    try:
        key = os.path.join(work, "key")
        with open(os.open(key, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
            out.write(secrets.token_bytes(32))
        frame = (spark.read.option("header", True).option("multiLine", True).option("escape", '"')
                 .option("ignoreLeadingWhiteSpace", False).csv(os.path.abspath(options.answers)))
        heading = [name.lstrip("\ufeff") for name in frame.columns]
        if options.person not in heading:
            sys.exit(f"{options.answers}: error: no column {options.person}: name the one that says who answered")
        person = frame.columns[heading.index(options.person)]
        call = shlex.join([tool, *words[behind + 1:], "--partial", "--key", key, "--quiet", "-"])
        # A partition without rows gives nothing; one that fails fails the job.
        command = f"IFS= read -r first || exit 0; {{ printf '%s\\n' \"$first\"; cat; }} | {call}"
        partials = (frame.repartition(options.parts, person).rdd.mapPartitions(lines(heading))
                    .pipe(f"sh -c {shlex.quote(command)}", checkCode=True).collect())
        merged = subprocess.run(
            [tool, "merge", "--format", options.format], input="".join(line + "\n" for line in partials).encode(),
            stdout=subprocess.PIPE)
        sys.stdout.buffer.write(merged.stdout)
        sys.exit(merged.returncode)
    finally:
        shutil.rmtree(work, ignore_errors=True)
        spark.stop()


main()
