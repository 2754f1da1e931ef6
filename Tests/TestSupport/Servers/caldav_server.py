"""caldav_server.py FOLDER [tls] [login] [flaky]: a CalDAV server (Radicale) on loopback for the tests of `tandem-invite publish`.

Prints its port, serves until its standard input ends. `tls` serves over https with FOLDER/cert.pem, made here; `login` wants hr and
a secret; `flaky` answers each event's first PUT with 503 and loses the answer to the second. What it keeps lies in FOLDER/store/collection-root.
"""
import http.client, http.server, os, socket, subprocess, sys, threading, time

folder, ways = sys.argv[1], sys.argv[2:]
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]


def flaky(behind):
    """A proxy that does to each event what networks do."""
    tries = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            tries[self.path] = tries.get(self.path, 0) + (self.command == "PUT")
            if self.command == "PUT" and tries[self.path] == 1:
                self.send_response(503)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            connection = http.client.HTTPConnection("127.0.0.1", behind)
            connection.request(self.command, self.path, body, dict(self.headers))
            answer = connection.getresponse()
            text = answer.read()
            if self.command == "PUT" and tries[self.path] == 2:
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

    proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    return proxy.server_address[1]


server = f"[server]\nhosts = 127.0.0.1:{port}\n"
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
with open(folder + "/config", "w") as out:
    out.write(f"{server}{auth}[storage]\nfilesystem_folder = {folder}/store\n[logging]\nlevel = warning\n")
process = subprocess.Popen(
    [sys.executable, "-m", "radicale", "--config", folder + "/config"], stdin=subprocess.DEVNULL,
    stdout=subprocess.DEVNULL, stderr=open(folder + "/log", "w"))
try:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            if process.poll() is not None:
                sys.exit("radicale ended: " + open(folder + "/log").read())
            time.sleep(0.1)
    if "flaky" in ways:
        port = flaky(port)
    print(port, flush=True)
    sys.stdin.read()
finally:
    process.kill()
    process.wait()
