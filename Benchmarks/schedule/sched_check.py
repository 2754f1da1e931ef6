#!/usr/bin/env python3
"""sched_check.py FOLDER PLAN.csv: judges a plan of a generated instance by OBJECTIVE.md; one line of JSON. Exits 1 if it breaks a rule."""
import json
import sys

from sched_common import Instance, evaluate, read_plan

judged = evaluate(Instance(sys.argv[1]), read_plan(sys.argv[2]))
print(json.dumps(judged))
sys.exit(judged["violations"] > 0)
