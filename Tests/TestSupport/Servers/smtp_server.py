"""smtp_server.py FOLDER [tls|implicit] [auth] [token] [disabled] [sender] [slow]: a mail server (aiosmtpd) on loopback for the tests of `tandem-invite send`.

Prints its port, serves until its standard input ends. Each mail that it accepts is FOLDER/mails/NNNN.eml, its envelope a line of
FOLDER/envelopes. What it does with a recipient stands in FOLDER/rules, lines `ADDRESS refuse|later|die`: `later` holds for the
first time, `die` closes the connection in the midst of the first mail. `tls` offers STARTTLS with FOLDER/cert.pem, made here;
`implicit` begins with TLS (RFC 8314); `auth` wants hr and a secret; `token` offers XOAUTH2 alone, for hr@example.com and the
token that FOLDER/token holds; `disabled` refuses every password as Exchange Online does where SMTP AUTH is turned off; `sender`
refuses the mails as Exchange Online does where the user may not send as their sender; `slow` takes 0.2 s a mail.
"""
import base64, os, select, socket, ssl, subprocess, sys
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

folder, ways = sys.argv[1], sys.argv[2:]
os.makedirs(folder + "/mails", exist_ok=True)
rules = dict(line.split() for line in open(folder + "/rules")) if os.path.exists(folder + "/rules") else {}
met = set()


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        rule = rules.get(address)
        if rule == "refuse":
            return "550 5.1.1 no such user here"
        if rule == "later" and address not in met:
            met.add(address)
            return "451 4.7.1 greylisted, try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def auth_XOAUTH2(self, server, args):
        """https://developers.google.com/workspace/gmail/imap/xoauth2-protocol"""
        if len(args) > 1:
            answer = args[1]
        else:
            await server.push("334 ")
            answer = await server._reader.readline()
        fields = base64.b64decode(answer).decode().split("\x01")
        token = open(folder + "/token").read().strip()
        if fields != ["user=hr@example.com", f"auth=Bearer {token}", "", ""]:
            # A failure has a challenge, which the client answers with an empty line.
            error = base64.b64encode(b'{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}').decode()
            await server.push("334 " + error)
            await server._reader.readline()
            return AuthResult(success=False, handled=False, message="535 5.7.8 Username and Password not accepted")
        return AuthResult(success=True, auth_data=b"hr@example.com")

    async def handle_DATA(self, server, session, envelope):
        if "sender" in ways:
            return ("554 5.2.252 SendAsDenied; hr@example.com not allowed to send as tandem@de.example.com; "
                    "STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied")
        if "slow" in ways:
            # time.sleep fails under libfaketime where the clock shows an earlier year.
            select.select([], [], [], 0.2)
        name = "%04d" % len(os.listdir(folder + "/mails"))
        with open(folder + "/envelopes", "a") as out:
            out.write(f"{name} {envelope.mail_from} {','.join(envelope.rcpt_tos)} {is_encrypted(server)} {session.authenticated}\n")
        with open(f"{folder}/mails/{name}.eml", "wb") as out:
            out.write(envelope.content)
        return "250 2.0.0 queued as " + name


def is_encrypted(server):
    return server.transport.get_extra_info("sslcontext") is not None


class Server(SMTP):
    async def smtp_DATA(self, arg):
        dying = [a for a in self.envelope.rcpt_tos if rules.get(a) == "die" and a not in met]
        if dying:
            met.update(dying)
            await self.push("354 go ahead")
            await self._reader.readuntil(b"\r\n")
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


Server.smtp_DATA.__smtp_syntax__ = SMTP.smtp_DATA.__smtp_syntax__


def allowed(server, session, envelope, mechanism, data):
    if "disabled" in ways:
        return AuthResult(
            success=False, handled=False,
            message="535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.")
    good = data.login == b"hr" and data.password == "geheim:ß€".encode()
    return AuthResult(success=good, handled=good)


context = None
if "tls" in ways or "implicit" in ways:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
         "-keyout", folder + "/key.pem", "-out", folder + "/cert.pem"], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder + "/cert.pem", folder + "/key.pem")


class Loopback(Controller):
    def factory(self):
        return Server(
            self.handler, tls_context=context if "tls" in ways else None, require_starttls="tls" in ways,
            auth_require_tls="implicit" not in ways, auth_exclude_mechanism=["PLAIN", "LOGIN"] if "token" in ways else ["XOAUTH2"],
            authenticator=allowed if "auth" in ways else None, auth_required="auth" in ways or "token" in ways)

    def _create_server(self):
        return self.loop.create_server(self._factory_invoker, sock=opened, ssl=context if "implicit" in ways else None)


# Held from the choice of its port on: no other server can take it.
opened = socket.socket()
opened.bind(("127.0.0.1", 0))
port = opened.getsockname()[1]
controller = Loopback(Handler(), hostname="127.0.0.1", port=port, ready_timeout=60)
controller.start()
print(port, flush=True)
sys.stdin.read()
controller.stop()
