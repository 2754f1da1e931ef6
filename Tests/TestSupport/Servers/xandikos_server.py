"""xandikos_server.py FOLDER: the CalDAV server Xandikos on loopback.

Prints its port, serves until its standard input ends. The user's calendars are below /user/calendars/.
"""
import select, socket, subprocess, sys

folder = sys.argv[1]


def start():
    """The server and its port; another server may take a port that was free a moment ago, then another one is tried."""
    while True:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with open(folder + "/log", "w") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "xandikos", "serve", "--listen-address", "127.0.0.1", "--port", str(port), "--directory",
                 folder + "/store", "--current-user-principal", "/user/", "--autocreate", "--defaults", "--state-dir", folder + "/state",
                 "--no-detect-systemd"],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log)
        while process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1):
                    return process, port
            except OSError:
                # time.sleep fails under libfaketime where the clock shows an earlier year.
                select.select([], [], [], 0.1)
        told = open(folder + "/log").read()
        if "in use" not in told:
            sys.exit("xandikos ended: " + told)


process, port = start()
try:
    print(port, flush=True)
    sys.stdin.read()
finally:
    process.kill()
    process.wait()
