"""imap_client.py PORT CERTIFICATES append FILE… | flags | renew: what other clients do with the mailbox of imap_server.py.

`append` adds mails, `flags` prints the UID and the flags of each, `renew` deletes the mailbox `Box` and makes it anew, with one mail.
"""
import imaplib, ssl, sys

port, roots, action, files = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:]
client = imaplib.IMAP4_SSL(
    "127.0.0.1", port, ssl_context=ssl.create_default_context(cafile=roots))
client.authenticate("PLAIN", lambda _: "\0hr\0geheim:ß€".encode())
box = "INBOX"
if action == "renew":
    box = "Box"
    client.delete(box)
    client.create(box)
    action = "append"
if action == "append":
    for file in files:
        answer, words = client.append(box, None, None, open(file, "rb").read())
        assert answer == "OK", words
else:
    client.select(box, readonly=True)
    for line in client.uid("fetch", "1:*", "(FLAGS)")[1]:
        print(line.decode())
client.logout()
