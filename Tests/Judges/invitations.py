#!/usr/bin/env python3
"""invitations.py PATH…: lints .ics files (or folders of them) by the rules of invitations (RFC 5545, RFC 5546), over the bytes, with nothing
of the project's own code. Exit 0 when all hold; prints what does not, and a last line of counts."""
import os, re, sys
from datetime import datetime
files = []
for p in sys.argv[1:]:
    files += [os.path.join(d, f) for d, _, fs in os.walk(p) for f in sorted(fs) if f.endswith(".ics")] if os.path.isdir(p) else [p]
wrong, events = [], 0
def prop(line):
    q, i = False, 0
    for i, c in enumerate(line):
        if c == '"': q = not q
        if c == ":" and not q: break
    head, value = line[:i], line[i+1:]
    parts = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', head)
    return parts[0].upper(), dict(x.split("=", 1) for x in parts[1:] if "=" in x), value
for f in files:
    say = lambda m: wrong.append((f, m))
    b = open(f, "rb").read()
    if b.startswith(b"\xef\xbb\xbf"): say("begins with a BOM")
    if not b.endswith(b"\r\n") or b.count(b"\n") != b.count(b"\r\n") or b.count(b"\r") != b.count(b"\r\n"): say("lines must end in CRLF, once")
    raw = b.split(b"\r\n")
    for l in raw:
        if len(l) > 75: say(f"{len(l)} octets in a line"); break
    for l in raw:
        try: l.decode()
        except UnicodeDecodeError: say("folded inside a UTF-8 sequence"); break
    for l, m in zip(raw, raw[1:]):
        if m.startswith(b" ") and l.endswith(b"\\") and (len(l) - len(l.rstrip(b"\\"))) % 2: say("folded inside an escape"); break
    text = b.replace(b"\r\n ", b"").decode(errors="replace").split("\r\n")[:-1]
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "".join(text)): say("control character")
    method, stack, zones, zone, used, evs, ev = None, [], {}, None, set(), [], None
    for l in text:
        n, p, v = prop(l)
        if n == "BEGIN":
            stack.append(v)
            if v == "VEVENT": ev = {"props": [], "alarms": 0}; evs.append(ev)
            if v == "VTIMEZONE": zone = {"STANDARD": 0, "DAYLIGHT": 0, "id": None, "bad": []}
            if v in ("STANDARD", "DAYLIGHT"): zone[v] += 1; ons = set()
            if v == "VALARM": ev["alarms"] += 1
            continue
        if n == "END":
            if not stack or stack.pop() != v: say("BEGIN and END do not pair")
            if v in ("STANDARD", "DAYLIGHT"):
                for need in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"):
                    if need not in ons: zone["bad"].append(v + " lacks " + need)
            if v == "VTIMEZONE": zones[zone["id"]] = zone
            if v == "VEVENT": ev = None
            continue
        where = stack[-1] if stack else None
        if n == "METHOD":
            method = v
            if where != "VCALENDAR": say("METHOD outside VCALENDAR")
        if where in ("STANDARD", "DAYLIGHT"):
            ons.add(n)
            if n == "RDATE": zone["bad"].append("RDATE in a zone")
            if n == "RRULE" and ("FREQ=YEARLY" not in v or not re.search(r"BYDAY=-?\d(MO|TU|WE|TH|FR|SA|SU)(;|$)|BYMONTHDAY", v)): zone["bad"].append("onset rule " + v)
        if n == "TZID" and where == "VTIMEZONE": zone["id"] = v
        if where == "VEVENT": ev["props"].append((n, p, v))
        if "TZID" in p:
            used.add(p["TZID"])
            if p["TZID"].startswith('"'): say("TZID is quoted")
            if v.endswith("Z") or p.get("VALUE") == "DATE": say(f"TZID on {v}")
        if n == "X-ALT-DESC": say("X-ALT-DESC")
        if n == "X-MICROSOFT-CDO-APPT-SEQUENCE": say(n)
    for z in used - set(zones): say(f"no VTIMEZONE for {z}")
    for z, d in zones.items():
        if d["STANDARD"] != 1 or d["DAYLIGHT"] > 1: say(f"{z}: {d['STANDARD']} STANDARD, {d['DAYLIGHT']} DAYLIGHT")
        for x in d["bad"]: say(f"{z}: {x}")
    if not evs: say("no event")
    uids = set()
    for e in evs:
        events += 1
        P = {}
        for n, p, v in e["props"]: P.setdefault(n, []).append((p, v))
        one = lambda n: P.get(n, [({}, None)])[0][1]
        uids.add(one("UID"))
        for n in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE"):
            if len(P.get(n, [])) != 1: say(f"{len(P.get(n, []))} {n}")
        if one("DTSTAMP") and not re.fullmatch(r"\d{8}T\d{6}Z", one("DTSTAMP")): say("DTSTAMP is not UTC")
        s, t = P.get("DTSTART", [({}, None)])[0], P.get("DTEND", [({}, None)])[0]
        if s[1] and s[0].get("VALUE") != "DATE" and "TZID" not in s[0] and not s[1].endswith("Z"): say("floating time")
        if s[1] and t[1] and t[1] <= s[1] and s[0].get("TZID") == t[0].get("TZID"): say("DTEND is not after DTSTART")
        if not t[1] and "DURATION" not in P: say("neither DTEND nor DURATION")
        org = [v for _, v in P.get("ORGANIZER", [])]; att = [v for _, v in P.get("ATTENDEE", [])]
        for v in org + att:
            if not re.fullmatch(r"(?i)mailto:[^\s<>,;]+@[^\s<>,;]+", v): say(f"address {v}")
        if set(x.lower() for x in org) & set(x.lower() for x in att): say("the organizer is an attendee")
        if e["alarms"] > 1: say("more than one alarm")
        if method in ("REQUEST", "CANCEL"):
            if len(org) != 1: say(f"{len(org)} ORGANIZER")
            if not att: say("no ATTENDEE")
        if method == "REQUEST" and one("STATUS") == "CANCELLED": say("REQUEST with STATUS:CANCELLED")
        if method == "CANCEL":
            if e["alarms"]: say("alarm in a CANCEL")
            if one("STATUS") not in (None, "CANCELLED"): say(f"CANCEL with STATUS:{one('STATUS')}")
        if method == "PUBLISH" and att: say("ATTENDEE in a PUBLISH")
    if method in ("REQUEST", "CANCEL") and len(uids) != 1: say(f"{len(uids)} UIDs in one {method}")
    if method is None: say("no METHOD")
for w in wrong[:20]: print("%s: %s" % w)
print(f"{len(files)} files, {events} events, {len(wrong)} faults")
sys.exit(bool(wrong) or not files)
