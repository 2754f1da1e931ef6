"""For the servers of mail: an endpoint that says whether a token holds, and whose it is (RFC 7662)."""
import http.server, json, os, threading, urllib.parse


def start(folder):
    """Serves while the program runs; FOLDER/token holds the one token, of hr@example.com. Returns what Dovecot is to know."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            token = open(folder + "/token").read().strip() if os.path.exists(folder + "/token") else None
            active = token is not None and urllib.parse.parse_qs(body).get("token") == [token]
            answer = json.dumps({"active": active, "username": "hr@example.com"} if active else {"active": False}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return (
        f"introspection_mode = post\nintrospection_url = http://127.0.0.1:{server.server_address[1]}/introspect\n"
        "username_attribute = username\nactive_attribute = active\nactive_value = true\n")
