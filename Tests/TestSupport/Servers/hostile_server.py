"""hostile_server.py FOLDER WAY [COUNT]: a calendar server on loopback that is large, slow or malicious, for the tests of what is
refused.

Prints its port, serves until its standard input ends. It answers PROPFIND for /c/ as a calendar does. WAY is how it answers
REPORT: `many` with COUNT events of about 950 bytes; `bomb` with 250 MB in 0.25 MB of gzip; `drip` with a few bytes a second;
`elsewhere`, `above`, `sibling` with an event that another server, or another folder, has; `header` with an ETag of two lines;
`entity` with an entity; `deep` with elements in elements; `together` answers a PUT when another one is in hand, or after a
minute, and writes how many were at once, at most, to FOLDER/most; `moved` redirects to FOLDER/other, a port, with all that it was given.
Each request that it gets, with the names of its header fields, is a line of FOLDER/requests.
"""
import http.server, sys, threading, zlib

folder, way = sys.argv[1], sys.argv[2]
count = int(sys.argv[3]) if len(sys.argv) > 3 else 1
HEAD = '<?xml version="1.0"?><multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
over = threading.Event()
hands = threading.Condition()
inHand, most = 0, 0


def event(href, etag='"1"', uid="other"):
    text = (
        f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:o\nBEGIN:VEVENT\nUID:{uid}@example.com\nDTSTAMP:20261001T000000Z\n"
        f"DTSTART:20261014T060000Z\nDTEND:20261014T073000Z\nSUMMARY:x\nDESCRIPTION:{'x' * 600}\nEND:VEVENT\nEND:VCALENDAR\n")
    return (
        f"<response><href>{href}</href><propstat><prop><getetag>{etag}</getetag><C:calendar-data>{text}</C:calendar-data></prop>"
        "<status>HTTP/1.1 200 OK</status></propstat></response>\n")


def report():
    if way == "many":
        return HEAD + "".join(event(f"/c/{i}.ics", uid=f"other-{i}") for i in range(count)) + "</multistatus>"
    if way == "elsewhere":
        return HEAD + event("http://127.0.0.1:1/c/1.ics") + "</multistatus>"
    if way == "above":
        return HEAD + event("/c/%2e%2e/d/1.ics") + "</multistatus>"
    if way == "sibling":
        return HEAD + event("/d/1.ics") + "</multistatus>"
    if way == "header":
        return HEAD + event("/c/1.ics", etag='"1"&#13;&#10;X-Evil: 1') + "</multistatus>"
    if way == "entity":
        return '<!DOCTYPE a [<!ENTITY b "c">]>' + HEAD + event("/c/1.ics", etag="&b;") + "</multistatus>"
    if way == "deep":
        return HEAD + "<a>" * 100_000
    return HEAD + "</multistatus>"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def body(self):
        length = int(self.headers.get("Content-Length") or 0)
        with open(folder + "/requests", "a") as out:
            out.write(f"{self.command} {self.path} {','.join(sorted(name.lower() for name in self.headers))}\n")
        return self.rfile.read(length)

    def answer(self, status, text="", **fields):
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_PROPFIND(self):
        self.body()
        self.answer(207, HEAD + "<response><href>/c/</href><propstat><prop><resourcetype><collection/><C:calendar/></resourcetype>"
                    "</prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>")

    def do_REPORT(self):
        self.body()
        if way == "moved":
            other = open(folder + "/other").read().strip()
            self.answer(302, Location=f"http://127.0.0.1:{other}/c/")
        elif way == "bomb":
            pack = zlib.compressobj(9, zlib.DEFLATED, 31)
            data = pack.compress((HEAD + "<response><href>").encode())
            data += b"".join(pack.compress(b"a" * (1 << 20)) for _ in range(250))
            data += pack.compress(b"</href></response></multistatus>") + pack.flush()
            self.send_response(207)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        elif way == "drip":
            self.send_response(207)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            self.wfile.write(HEAD.encode())
            while not over.wait(0.7):
                self.wfile.write(b"  ")
        else:
            self.answer(207, report())

    def do_PUT(self):
        global inHand, most
        self.body()
        if way == "together":
            with hands:
                inHand += 1
                most = max(most, inHand)
                hands.notify_all()
                hands.wait_for(lambda: most > 1, timeout=60)
                inHand -= 1
                with open(folder + "/most", "w") as out:
                    out.write(str(most))
        self.answer(201)

    do_DELETE = do_PUT

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
over.set()
