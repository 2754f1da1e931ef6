"""judge.py FOLDER: what Python's icalendar and email packages find in the .ics and .eml files of a folder.

A line for each event: `FILE METHOD UID SEQUENCE START END`, times in seconds since the epoch; of a mail, the calendar object in it.
A mail must be read without defect, go to the one attendee that its To names, and tell the same in text, HTML and calendar.
"""
import email, email.policy, os, sys
from datetime import timezone
from icalendar import Calendar

folder = sys.argv[1]
for name in sorted(os.listdir(folder)):
    data = open(f"{folder}/{name}", "rb").read()
    if name.endswith(".eml"):
        mail = email.message_from_bytes(data, policy=email.policy.default)
        assert not mail.defects and not any(part.defects for part in mail.walk()), name
        assert set(mail.keys()) <= {
            "From", "To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted", "X-Auto-Response-Suppress",
            "MIME-Version", "Content-Type"}, mail.keys()
        assert mail["Auto-Submitted"] == "auto-generated", name
        # What `sendmail -t` would send it to.
        recipients = [a.addr_spec for field in ("To", "Cc", "Bcc") for a in (mail[field].addresses if mail[field] else [])]
        assert len(recipients) == 1, (name, recipients)
        parts = list(mail.iter_parts())
        assert [p.get_content_type() for p in parts] == ["text/plain", "text/html", "text/calendar"], name
        assert mail.get_content_type() == "multipart/alternative"
        data = parts[2].get_payload(decode=True)
        calendar = Calendar.from_ical(data)
        assert parts[2]["Content-Type"].params["method"] == calendar["METHOD"], name
        attendees = calendar.walk("VEVENT")[0]["ATTENDEE"]
        attendees = attendees if isinstance(attendees, list) else [attendees]
        assert "mailto:" + recipients[0] in attendees, (name, recipients, attendees)
        # A header leaves out what turns the direction of writing.
        said = str(calendar.walk("VEVENT")[0]["SUMMARY"]).replace("\u202e", "")
        assert str(mail["Subject"]).replace("\u202e", "").split() == said.split(), name
        assert len(parts[0].get_content().strip()) > 50 and "<h1" in parts[1].get_content()
    else:
        calendar = Calendar.from_ical(data)
    for event in calendar.walk("VEVENT"):
        assert not event.errors, (name, event.errors)
        start, end = (int(event[key].dt.astimezone(timezone.utc).timestamp()) for key in ("DTSTART", "DTEND"))
        print(name, calendar["METHOD"], event["UID"], event["SEQUENCE"], start, end)
