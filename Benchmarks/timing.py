"""How a contender is measured, for all scripts of this folder: one process, by the clock, by the processor, by its peak.

Linux counts to a child's peak what its parent held when it started it: a script that measures keeps no large data itself.
"""

import json
import os
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass


@dataclass
class Measured:
    """Seconds by the clock and of processors, peak in megabytes; status is None where the limit ended it."""

    clock: float
    cpu: float
    mb: float
    status: int | None
    text: str
    told: str


def measure(command, limit=None, output=None, cwd=None, env=None):
    """Runs the command to its end, or for `limit` seconds; standard output goes to the file `output`, else it is kept."""
    with tempfile.TemporaryFile() as told, open(output, "w+b") if output else tempfile.TemporaryFile() as out:
        begin = time.monotonic()
        child = subprocess.Popen([str(word) for word in command], stdout=out, stderr=told, cwd=cwd, env=env)
        stopped = threading.Event()

        def stop():
            stopped.set()
            child.kill()

        timer = threading.Timer(limit, stop) if limit else None
        if timer:
            timer.start()
        _, status, usage = os.wait4(child.pid, 0)
        clock = time.monotonic() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if timer:
            timer.cancel()
        told.seek(0)
        text = ""
        if not output:
            out.seek(0)
            text = out.read().decode(errors="replace")
        return Measured(
            clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024,
            None if stopped.is_set() else child.returncode, text, told.read().decode(errors="replace"))


def keep(path, rows):
    """Writes what a script measured for Benchmarks/run.py: a list of objects; nothing without a path."""
    if path:
        with open(path, "w") as out:
            json.dump(rows, out, indent=1)
