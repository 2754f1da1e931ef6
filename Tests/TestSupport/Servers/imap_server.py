"""imap_server.py FOLDER [implicit]: an IMAP server (Dovecot) on loopback for the tests of `tandem-calendar mail`.

Prints its port, serves until its standard input ends. It knows hr with the password `geheim:ß€`, whose mailbox is empty at first
(imap_client.py fills it), and the token that FOLDER/token holds for hr@example.com (XOAUTH2), which it asks of an introspection endpoint of its
own. It wants STARTTLS, or begins with TLS (`implicit`), with FOLDER/cert.pem, made here. Everything that it keeps is in FOLDER.
"""
import getpass, grp, os, pwd, select, shutil, socket, subprocess, sys, tempfile

# The source tree stays as it is.
sys.dont_write_bytecode = True
import introspection

folder, ways = os.path.realpath(sys.argv[1]), sys.argv[2:]
dovecot = "/usr/sbin/dovecot"
if not os.path.exists(dovecot):
    sys.exit("dovecot is missing: install dovecot-imapd")
subprocess.run(
    ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
     "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
     "-keyout", folder + "/key.pem", "-out", folder + "/cert.pem"], check=True, capture_output=True)

isRoot = os.getuid() == 0
me = getpass.getuser()
group = grp.getgrgid(os.getgid()).gr_name
# Dovecot gives no mail to root, and others may not look into FOLDER.
mails = tempfile.mkdtemp(prefix="tandem-imap-")
uid, gid = (pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid) if isRoot else (os.getuid(), os.getgid())
if isRoot:
    os.chmod(mails, 0o700)
    os.chown(mails, uid, gid)
# As root Dovecot gives its rights away to the users of its package; otherwise all is done by who runs the test.
users = "" if isRoot else f"""
default_login_user = {me}
default_internal_user = {me}
default_internal_group = {group}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
}}
"""
# `geheim:ß€`, whose colon would end the field.
open(folder + "/users", "w").write("hr:{PLAIN.b64}Z2VoZWltOsOf4oKs\n")
open(folder + "/oauth2.conf", "w").write(introspection.start(folder))


def start():
    while True:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        inet = ("inet_listener imap {\n port = 0\n}\ninet_listener imaps {\n address = 127.0.0.1\n port = %d\n ssl = yes\n}" % port
                if "implicit" in ways else
                "inet_listener imap {\n address = 127.0.0.1\n port = %d\n}\ninet_listener imaps {\n port = 0\n}" % port)
        with open(folder + "/dovecot.conf", "w") as out:
            out.write(f"""
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = yes
auth_mechanisms = plain login xoauth2
mail_location = maildir:{mails}/mail
first_valid_uid = 1
first_valid_gid = 1
{users}
service imap-login {{
  {inet}
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={mails}
}}
""")
        process = subprocess.Popen(
            [dovecot, "-F", "-c", folder + "/dovecot.conf"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=open(folder + "/errors", "w"))
        for _ in range(300):
            if process.poll() is not None:
                break
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1):
                    return process, port
            except OSError:
                # time.sleep fails under libfaketime where the clock shows an earlier year.
                select.select([], [], [], 0.1)
        told = open(folder + "/errors").read() + (open(folder + "/log").read() if os.path.exists(folder + "/log") else "")
        if "in use" not in told:
            process.kill()
            sys.exit("dovecot ended: " + told)


process, port = start()
try:
    print(port, flush=True)
    sys.stdin.read()
finally:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
    shutil.rmtree(mails, ignore_errors=True)
