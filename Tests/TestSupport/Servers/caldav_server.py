"""caldav_server.py FOLDER [tls] [login] [flaky] [broken]: a CalDAV server (Radicale) on loopback for the tests of `tandem-invite publish`.

Prints its port, serves until its standard input ends. `tls` serves over https with FOLDER/cert.pem, made here; `login` wants hr and
a secret; `flaky` answers each event's first PUT with 503 and loses the answer to the second; `broken` lists the events without
their times, as servers do that keep whatever they are given. What it keeps lies in FOLDER/store/collection-root.
"""
import http.client, http.server, os, re, select, socket, subprocess, sys, threading

folder, ways = sys.argv[1], sys.argv[2:]


def proxy(behind):
    """Does to each event what networks and other servers do."""
    tries = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            tries[self.path] = tries.get(self.path, 0) + (self.command == "PUT")
            if "flaky" in ways and self.command == "PUT" and tries[self.path] == 1:
                self.send_response(503)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            connection = http.client.HTTPConnection("127.0.0.1", behind)
            headers = dict(self.headers)
            if "broken" in ways:
                headers["Accept-Encoding"] = "identity"
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
            if "broken" in ways and self.command == "REPORT":
                text = re.sub(rb"\nDT(START|END);TZID[^\n]*", b"", text)
            if "flaky" in ways and self.command == "PUT" and tries[self.path] == 2:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(answer.status)
            for name in ("Content-Type", "Content-Encoding", "ETag"):
                if answer.getheader(name):
                    self.send_header(name, answer.getheader(name))
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_PUT = do_GET = do_DELETE = do_REPORT = do_PROPFIND = do_MKCALENDAR = do

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


server = ""
if "tls" in ways:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
         "-keyout", folder + "/key.pem", "-out", folder + "/cert.pem"], check=True, capture_output=True)
    server += f"ssl = True\ncertificate = {folder}/cert.pem\nkey = {folder}/key.pem\n"
if "login" in ways:
    with open(folder + "/users", "w") as out:
        out.write("hr:geheim\n")
    auth = f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder}/users\nhtpasswd_encryption = plain\ndelay = 0\n[rights]\ntype = owner_only\n"
else:
    with open(folder + "/rights", "w") as out:
        out.write("[all]\nuser: .*\ncollection: .*\npermissions: RrWw\n")
    auth = f"[auth]\ntype = none\n[rights]\ntype = from_file\nfile = {folder}/rights\n"


def start():
    """The server and its port; another server may take a port that was free a moment ago, then another one is tried."""
    while True:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with open(folder + "/config", "w") as out:
            out.write(
                f"[server]\nhosts = 127.0.0.1:{port}\n{server}{auth}[storage]\nfilesystem_folder = {folder}/store\n"
                "[logging]\nlevel = info\n")
        with open(folder + "/log", "w") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "radicale", "--config", folder + "/config"], stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=log)
        while process.poll() is None:
            if "Listening on" in open(folder + "/log").read():
                return process, port
            # time.sleep fails under libfaketime where the clock shows an earlier year.
            select.select([], [], [], 0.1)
        told = open(folder + "/log").read()
        if "in use" not in told:
            sys.exit("radicale ended: " + told)


process, port = start()
try:
    if "flaky" in ways or "broken" in ways:
        port = proxy(port)
    print(port, flush=True)
    sys.stdin.read()
finally:
    process.kill()
    process.wait()
