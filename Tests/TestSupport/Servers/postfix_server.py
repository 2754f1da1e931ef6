"""postfix_server.py FOLDER [implicit]: the mail server Postfix on loopback, with Dovecot for the logins, for the tests of
`tandem-invite send`.

Prints its port, serves until its standard input ends. It wants a login after STARTTLS, or begins with TLS (`implicit`), with
FOLDER/cert.pem, made here: hr with `geheim:ß€` (PLAIN), or hr@example.com with the token that FOLDER/token holds (XOAUTH2). Each mail
that it accepts is a file of FOLDER/mails. It needs root's rights, since Postfix gives them away itself; its configuration, queue and
log are its own, and no other Postfix of the machine is touched.
"""
import os, pwd, select, shutil, socket, subprocess, sys, tempfile

# The source tree stays as it is.
sys.dont_write_bytecode = True
import introspection

folder, ways = os.path.realpath(sys.argv[1]), sys.argv[2:]
for program in ("/usr/sbin/postfix", "/usr/sbin/dovecot"):
    if not os.path.exists(program):
        sys.exit(program + " is missing: install postfix and dovecot-imapd")
subprocess.run(
    ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
     "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
     "-keyout", folder + "/key.pem", "-out", folder + "/cert.pem"], check=True, capture_output=True)
os.makedirs(folder + "/mails", exist_ok=True)
# Others may not look into FOLDER.
base = tempfile.mkdtemp(prefix="tandem-postfix-")
os.chmod(base, 0o755)
for name in ("conf", "queue", "data", "mails"):
    os.mkdir(f"{base}/{name}")
os.chown(base + "/data", pwd.getpwnam("postfix").pw_uid, 0)
os.chown(base + "/mails", pwd.getpwnam("nobody").pw_uid, 0)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


port, logins = free_port(), free_port()
# `geheim:ß€`, whose colon would end the field.
open(base + "/users", "w").write("hr:{PLAIN.b64}Z2VoZWltOsOf4oKs\n")
open(base + "/oauth2.conf", "w").write(introspection.start(folder))
open(base + "/dovecot.conf", "w").write(f"""
protocols =
base_dir = {base}/run
state_dir = {base}/state
log_path = {folder}/dovecot-log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain xoauth2
service auth {{
  inet_listener {{
    address = 127.0.0.1
    port = {logins}
  }}
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {base}/oauth2.conf
}}
passdb {{
  driver = passwd-file
  mechanisms = plain
  args = {base}/users
}}
""")
open(base + "/conf/main.cf", "w").write(f"""
compatibility_level = 3.6
queue_directory = {base}/queue
data_directory = {base}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file_prefixes = {base}
maillog_file = {base}/log
myhostname = mail.example.org
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
default_transport = keep:
smtpd_tls_cert_file = {folder}/cert.pem
smtpd_tls_key_file = {folder}/key.pem
smtpd_tls_security_level = encrypt
smtpd_tls_wrappermode = {"yes" if "implicit" in ways else "no"}
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{logins}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
""")
daemons = {
    "pickup": "fifo n - n 60 1 pickup", "cleanup": "unix n - n - 0 cleanup", "qmgr": "unix n - n 300 1 qmgr",
    "tlsmgr": "unix - - n 1000? 1 tlsmgr", "rewrite": "unix - - n - - trivial-rewrite", "bounce": "unix - - n - 0 bounce",
    "defer": "unix - - n - 0 bounce", "trace": "unix - - n - 0 bounce", "verify": "unix - - n - 1 verify",
    "proxymap": "unix - - n - - proxymap", "error": "unix - - n - - error", "retry": "unix - - n - - error",
    "anvil": "unix - - n - 1 anvil", "postlog": "unix-dgram n - n - 1 postlogd",
}
with open(base + "/conf/master.cf", "w") as out:
    out.write(f"127.0.0.1:{port} inet n - n - - smtpd\n" + "".join(f"{name} {rest}\n" for name, rest in daemons.items()))
    out.write(f"keep unix - n n - - pipe flags= user=nobody argv={base}/keep\n")
with open(base + "/keep", "w") as out:
    out.write(f'#!/bin/sh\ncat > "{base}/mails/$$.part" && mv "{base}/mails/$$.part" "{base}/mails/$$.eml"\n')
os.chmod(base + "/keep", 0o755)
os.rmdir(folder + "/mails")
os.symlink(base + "/mails", folder + "/mails")

processes = [
    subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=open(folder + "/started", "a"), stderr=subprocess.STDOUT)
    for command in (["/usr/sbin/dovecot", "-F", "-c", base + "/dovecot.conf"], ["/usr/sbin/postfix", "-c", base + "/conf", "start-fg"])]
try:
    for waited in (logins, port):
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", waited), timeout=1).close()
                break
            except OSError:
                # time.sleep fails under libfaketime where the clock shows an earlier year.
                select.select([], [], [], 0.1)
        else:
            sys.exit("no server: " + open(folder + "/started").read())
    print(port, flush=True)
    sys.stdin.read()
finally:
    subprocess.run(["/usr/sbin/postfix", "-c", base + "/conf", "stop"], capture_output=True)
    for process in processes:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
    shutil.rmtree(base, ignore_errors=True)
