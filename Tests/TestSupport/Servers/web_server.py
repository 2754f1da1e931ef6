"""web_server.py FOLDER: on loopback, what `tandem-calendar` asks for over HTTP beside CalDAV, each by its published description.

Prints its port, serves until its standard input ends. Each request is a line of FOLDER/requests: method, path, and the conditional
and login fields that it had.

/cal/NAME            FOLDER/www/NAME with ETag and Last-Modified; 304 where If-None-Match has the ETag
/moved/NAME          302 to /cal/NAME;  /loop: 302 to itself;  /plain: 302 to http://example.invalid/
/login               a page of HTML
/flaky/NAME          503 the first time, then as /cal/NAME
/token, /device      OAuth 2.0 (RFC 6749, 8628): the client is `app` with the secret `s3cret` or none; the device flow is confirmed
                     at the third question; each refresh token holds once; access tokens are access-1, access-2, …
/v1.0/users/U/calendar/getSchedule
                     Microsoft Graph, for the last access token alone: FOLDER/schedules.json has the items by mailbox, in the form
                     of https://learn.microsoft.com/graph/api/calendar-getschedule; 429 the first time
/outbox/             a scheduling outbox (RFC 6638, section 5): FOLDER/freebusy.json has the busy times by address
"""
import datetime, email.utils, hashlib, http.server, json, os, re, sys, threading, urllib.parse

import jsonschema

folder = sys.argv[1]
seen = {}
state = {"access": None, "count": 0, "refresh": None, "device": None, "asked": 0}

# What getSchedule takes, from its reference page.
TIME = {"type": "object", "required": ["dateTime", "timeZone"], "additionalProperties": False, "properties": {
    "dateTime": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$"}, "timeZone": {"type": "string"}}}
REQUEST = {"type": "object", "required": ["schedules", "startTime", "endTime"], "additionalProperties": False, "properties": {
    "schedules": {"type": "array", "minItems": 1, "maxItems": 20, "items": {"type": "string", "pattern": "@"}},
    "startTime": TIME, "endTime": TIME, "availabilityViewInterval": {"type": "integer", "minimum": 5, "maximum": 1440}}}
# What it answers, from the same page (scheduleInformation, scheduleItem).
ANSWER = {"type": "object", "required": ["value"], "properties": {"value": {"type": "array", "items": {
    "type": "object", "required": ["scheduleId"], "properties": {
        "scheduleId": {"type": "string"}, "availabilityView": {"type": "string", "pattern": "^[0-4]*$"},
        "error": {"type": "object", "required": ["message", "responseCode"]},
        "scheduleItems": {"type": "array", "items": {"type": "object", "required": ["status", "start", "end"], "properties": {
            "status": {"enum": ["free", "tentative", "busy", "oof", "workingElsewhere", "unknown"]}, "start": TIME, "end": TIME}}},
        "workingHours": {"type": "object"}}}}}}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def begin(self):
        self.data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fields = [name for name in ("If-None-Match", "If-Modified-Since", "Authorization") if self.headers.get(name)]
        with open(folder + "/requests", "a") as out:
            out.write(" ".join([self.command, self.path] + fields) + "\n")

    def answer(self, status, data=b"", kind="text/plain", **fields):
        if not isinstance(data, bytes):
            data = (data if isinstance(data, str) else json.dumps(data)).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status != 304:
            self.send_header("Content-Length", str(len(data)))
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if status != 304:
            self.wfile.write(data)

    def do_GET(self):
        self.begin()
        path, _, query = self.path.partition("?")
        if path.startswith("/flaky/"):
            seen[path] = seen.get(path, 0) + 1
            if seen[path] == 1:
                return self.answer(503, Retry_After="0")
            path = "/cal/" + path.removeprefix("/flaky/")
        if path.startswith("/moved/"):
            return self.answer(302, Location="/cal/" + path.removeprefix("/moved/"))
        if path == "/loop":
            return self.answer(302, Location="/loop")
        if path == "/plain":
            return self.answer(302, Location="http://example.invalid/a.ics")
        if path == "/login":
            return self.answer(200, "<!DOCTYPE html><html><body>Log in</body></html>", "text/html")
        file = folder + "/www/" + os.path.basename(path)
        if not path.startswith("/cal/") or not os.path.exists(file):
            return self.answer(404)
        data = open(file, "rb").read()
        etag = '"' + hashlib.sha256(data).hexdigest()[:16] + '"'
        changed = email.utils.formatdate(os.stat(file).st_mtime, usegmt=True)
        if self.headers.get("If-None-Match") == etag:
            return self.answer(304, ETag=etag)
        self.answer(200, data, "text/calendar; charset=utf-8", ETag=etag, Last_Modified=changed)

    def do_POST(self):
        self.begin()
        if self.path == "/outbox/":
            return self.outbox()
        if self.path.startswith("/v1.0/users/"):
            return self.schedules()
        form = {key: values[0] for key, values in urllib.parse.parse_qs(self.data.decode(), strict_parsing=True).items()}
        assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
        if self.path == "/device":
            if form.get("client_id") != "app":
                return self.answer(400, {"error": "unauthorized_client", "error_description": "AADSTS700016: no such application"})
            state.update(device="device-1", asked=0)
            return self.answer(200, {
                "device_code": "device-1", "user_code": "WDJB-MJHT", "verification_uri": "https://login.example/device",
                "expires_in": 900, "interval": 1}, "application/json")
        if self.path != "/token":
            return self.answer(404)

        def refuse(error, words=""):
            self.answer(400, {"error": error, "error_description": words}, "application/json")

        if form.get("client_id") != "app" or form.get("client_secret", "s3cret") != "s3cret":
            return refuse("invalid_client", "AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1")
        grant, refresh = form.get("grant_type"), None
        if grant == "client_credentials":
            if form.get("client_secret") != "s3cret":
                return refuse("invalid_client")
            if not form.get("scope"):
                return refuse("invalid_scope")
        elif grant == "refresh_token":
            if form.get("refresh_token") != state["refresh"]:
                return refuse("invalid_grant", "AADSTS700082: The refresh token has expired")
            refresh = True
        elif grant == "urn:ietf:params:oauth:grant-type:device_code":
            if form.get("device_code") != state["device"]:
                return refuse("expired_token")
            state["asked"] += 1
            if state["asked"] == 1:
                return refuse("authorization_pending")
            if state["asked"] == 2:
                return refuse("slow_down")
            refresh = True
        else:
            return refuse("unsupported_grant_type")
        state["count"] += 1
        state["access"] = f"access-{state['count']}"
        token = {"token_type": "Bearer", "expires_in": 3600, "access_token": state["access"]}
        if refresh:
            state["refresh"] = token["refresh_token"] = f"refresh-{state['count']}"
        with open(folder + "/access", "w") as out:
            out.write(state["access"])
        self.answer(200, token, "application/json")

    def schedules(self):
        def refuse(status, code, message, **fields):
            self.answer(status, {"error": {"code": code, "message": message}}, "application/json", **fields)

        match = re.fullmatch(r"/v1\.0/users/([^/]+)/calendar/getSchedule", self.path)
        if not match:
            return refuse(400, "BadRequest", "Resource not found for the segment")
        if self.headers.get("Authorization") != f"Bearer {state['access']}":
            return refuse(401, "InvalidAuthenticationToken", "Access token is empty.")
        seen["graph"] = seen.get("graph", 0) + 1
        if seen["graph"] == 1:
            return refuse(429, "TooManyRequests", "Too many requests", Retry_After="0")
        asked = json.loads(self.data)
        try:
            jsonschema.validate(asked, REQUEST)
        except jsonschema.ValidationError as error:
            return refuse(400, "BadRequest", error.message)
        start, end = (datetime.datetime.fromisoformat(asked[key]["dateTime"]) for key in ("startTime", "endTime"))
        if end - start > datetime.timedelta(days=62):
            return refuse(400, "ErrorTimeIntervalTooBig", "The requested time duration is not within the allowed limits")
        if self.headers.get("Prefer") != 'outlook.timezone="UTC"':
            return refuse(400, "BadRequest", "this stand-in knows UTC alone")
        known = json.load(open(folder + "/schedules.json"))
        value = []
        for mailbox in asked["schedules"]:
            if mailbox not in known:
                value.append({"scheduleId": mailbox, "availabilityView": "", "scheduleItems": [], "error": {
                    "message": "The mailbox was not found.", "responseCode": "ErrorMailRecipientNotFound"}})
                continue
            entry = {"scheduleId": mailbox, **known[mailbox]}
            if "scheduleItems" in entry:
                entry["scheduleItems"] = [
                    item for item in entry["scheduleItems"]
                    if item["start"]["dateTime"][:19] < end.isoformat() and item["end"]["dateTime"][:19] > start.isoformat()]
            value.append(entry)
        answer = {"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#Collection(microsoft.graph.scheduleInformation)",
                  "value": value}
        jsonschema.validate(answer, ANSWER)
        self.answer(200, answer, "application/json")

    def outbox(self):
        lines = self.data.decode().split("\r\n")
        values = {line.partition(":")[0]: line.partition(":")[2] for line in lines if ":" in line}
        good = (self.headers["Content-Type"].startswith("text/calendar") and values.get("METHOD") == "REQUEST"
                and all(key in values for key in ("DTSTART", "DTEND", "DTSTAMP", "UID", "ORGANIZER", "ATTENDEE")))
        if not good:
            return self.answer(400)
        attendee = values["ATTENDEE"]
        known = json.load(open(folder + "/freebusy.json"))
        head = ('<?xml version="1.0" encoding="utf-8" ?><C:schedule-response xmlns:D="DAV:" '
                'xmlns:C="urn:ietf:params:xml:ns:caldav"><C:response><C:recipient><D:href>' + attendee + "</D:href></C:recipient>")
        if attendee.removeprefix("mailto:") not in known:
            return self.answer(200, head + "<C:request-status>3.7;Invalid Calendar User</C:request-status></C:response>"
                               "</C:schedule-response>", "application/xml")
        periods = "".join(f"FREEBUSY;FBTYPE=BUSY:{period}\r\n" for period in known[attendee.removeprefix("mailto:")])
        calendar = (
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nMETHOD:REPLY\r\nBEGIN:VFREEBUSY\r\n"
            f"UID:{values['UID']}\r\nDTSTAMP:{values['DTSTAMP']}\r\nDTSTART:{values['DTSTART']}\r\nDTEND:{values['DTEND']}\r\n"
            f"ORGANIZER:{values['ORGANIZER']}\r\nATTENDEE:{attendee}\r\n{periods}END:VFREEBUSY\r\nEND:VCALENDAR\r\n")
        self.answer(200, head + "<C:request-status>2.0;Success</C:request-status><C:calendar-data>"
                    + calendar + "</C:calendar-data></C:response></C:schedule-response>", "application/xml")

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, address):
        # Its clients hang up on it.
        pass


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
