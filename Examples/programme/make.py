#!/usr/bin/env python3
"""make.py: writes the exports of a made-up programme into this folder, as HR departments would hand them over: Poland with
staff as CSV (UTF-8 with BOM) and a LimeSurvey XML, Germany with staff in windows-1252 and a LimeSurvey CSV, and a busy
calendar for each applicant; the answers of these and of Hungary (staff in windows-1250) to two surveys; and what reaches
the office in one week of November. The same bytes each time."""
import os, random

HERE = os.path.dirname(os.path.abspath(__file__))
R = random.Random(2026)
TOPICS = {
    "pl": "media społecznościowe|firmowa platforma społecznościowa|ochrona danych|wideo i blogi|inteligentny dom|"
          "rower elektryczny|logistyka|przywództwo|analiza danych|sztuczna inteligencja|praca mobilna|"
          "opanowanie powiadomień|prezentacje|zakupy".split("|"),
    "de": "soziale Medien|internes soziales Netzwerk|Datenschutz|Video und Blogs|Smart Home|E-Bike|Logistik|Führung|"
          "Datenanalyse|künstliche Intelligenz|mobiles Arbeiten|Benachrichtigungen bändigen|Präsentieren|Einkauf".split("|"),
}
DIGITAL = [0, 1, 2, 3, 8, 9, 10, 11]
FIELD = [4, 5, 6, 7, 12, 13]
NAMES = {
    "pl": ("Agnieszka Bartosz Celina Dawid Ewa Feliks Grażyna Henryk Iga Jędrzej Kalina Łukasz Małgorzata Norbert "
           "Ola Paweł Róża Stanisław Świętosława Tomasz".split(),
           "Żółkiewski Szczęsny Kowal-Święch Nowak Wiśniewska Dąbrowski Lewandowska Zieliński Wójcik Kamińska".split()),
    "de": ("Anna Björn Clara Dörte Emil Friederike Günther Hülya Ines Jörg Käthe Lars Mäxi Nils Özlem Petra".split(),
           "Müller Weiß Schröder von-der-Aue Çelik Böcker Krüger Straßner".split()),
    "hu": ("Ágnes Bence Csilla Dénes Emőke Ferenc Gyöngyi Hunor Ildikó János Kinga Lőrinc Márta Nándor Orsolya Péter".split(),
           "Nagy Kővári Tóth Szűcs Őri Bőhm Fülöp Zsoldos".split()),
}
DEPARTMENTS = ["Engineering/Software", "Engineering/Powertrain", "Sales/Aftermarket", "Human Resources", "Logistics",
               "Finance/Controlling", "Communications", "Purchasing"]
SITES = {"pl": ["Warszawa", "Wrocław"], "de": ["Stuttgart"], "hu": ["Budapest", "Miskolc"]}

def people(region, count, first):
    given, family = NAMES[region]
    result = []
    for i in range(count):
        mentor = i % 2 == 0
        result.append(dict(
            number=str(first + i), name=f"{given[i % len(given)]} {family[(i * 7 + i // 3) % len(family)]}",
            email=f"p{first + i}@{region}.example.com", department=DEPARTMENTS[(i * 3 + i // 8) % len(DEPARTMENTS)],
            site=SITES[region][i // 2 % len(SITES[region])], level=1 + i % 3 if mentor else 6 + i % 3, mentor=mentor,
            languages=["en", region] if i % 3 else [region],
            learn=R.sample(FIELD if mentor else DIGITAL, 2), teach=R.sample(DIGITAL if mentor else FIELD, 3),
            interests=R.sample(range(14), 2)))
    bosses = [p for p in result if not p["mentor"]]
    for i, p in enumerate(result):
        boss = bosses[(i * 5 + 1) % len(bosses)]
        p["manager"] = "" if boss is p or not p["mentor"] else boss["number"]
    return result

def staff(region, rows, heading, encoding):
    lines = [heading] + [";".join([p["number"], p["name"], p["email"], p["department"], p["site"], str(p["level"]),
                                   p["manager"], ", ".join(p["languages"])]) for p in rows]
    with open(f"{HERE}/{region}/staff.csv", "w", encoding=encoding, newline="") as f:
        f.write("\r\n".join(lines) + "\r\n")

COMMENTS = ["", "Cześć!", "a;b,c", "line one\nline two", "=1+1", "\"quoted\""]

def limesurvey_xml(rows):
    def words(p, key): return "; ".join(TOPICS["pl"][t] for t in p[key])
    out = ['<?xml version="1.0" encoding="UTF-8"?>',
           "<document><LimeSurveyDocType>Responses</LimeSurveyDocType><DBVersion>623</DBVersion>"
           "<languages><language>pl</language></languages>", "<responses>", "<fields>"]
    out += [f"<fieldname>{n}</fieldname>" for n in ["id", "submitdate"] + [f"_282267X9X10{k}" for k in range(7)]]
    out += ["</fields>", "<rows>"]
    for i, p in enumerate(rows):
        values = [str(i + 1), f"2026-08-{2 + i % 25:02d} 10:11:12"]
        values += [p["email"], "mentor" if p["mentor"] else "podopieczny", words(p, "learn"), words(p, "teach"),
                   words(p, "interests"), COMMENTS[i % len(COMMENTS)], "tak" if i % 4 else "nie"]
        names = ["id", "submitdate"] + [f"_282267X9X10{k}" for k in range(7)]
        out.append("<row>" + "".join(f"<{n}><![CDATA[{v}]]></{n}>" for n, v in zip(names, values)) + "</row>")
    out += ["</rows>", "</responses>", "</document>"]
    with open(f"{HERE}/pl/answers.xml", "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")

def limesurvey_csv(rows):
    def words(p, key): return ", ".join(TOPICS["de"][t] for t in p[key])
    heading = ["id", "submitdate", "E-Mail-Adresse", "Rolle", "Was möchten Sie lernen?", "Was können Sie gut?",
               "Wofür interessieren Sie sich?", "Bemerkungen", "Dürfen andere Sie finden?"]
    def line(cells): return ";".join('"' + c.replace('"', '""') + '"' for c in cells)
    lines = [line(heading)]
    for i, p in enumerate(rows):
        lines.append(line([str(i + 1), f"2026-08-{2 + i % 25:02d} 10:11:12", p["email"],
                           "Mentor" if p["mentor"] else "Mentee", words(p, "learn"), words(p, "teach"),
                           words(p, "interests"), COMMENTS[i % len(COMMENTS)], "ja" if i % 4 else "nein"]))
    with open(f"{HERE}/de/answers.csv", "w", encoding="utf-8-sig", newline="") as f:
        f.write("\r\n".join(lines) + "\r\n")

def calendar(region, p):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Outlook//EN", "METHOD:PUBLISH",
             "BEGIN:VTIMEZONE", "TZID:W. Europe Standard Time",
             "BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100",
             "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
             "BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
             "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT", "END:VTIMEZONE"]
    def event(k, *more):
        lines.extend(["BEGIN:VEVENT", f"UID:{p['number']}-{k}@busy.example", "DTSTAMP:20260901T000000Z", *more, "END:VEVENT"])
    day = R.choice(["MO", "TU", "WE", "TH", "FR"])
    first = dict(MO=5, TU=6, WE=7, TH=8, FR=9)[day]
    hour = R.randrange(8, 16)
    event(1, "SUMMARY:Jour fixe", f"DTSTART;TZID=W. Europe Standard Time:202610{first:02d}T{hour:02d}0000",
          f"DTEND;TZID=W. Europe Standard Time:202610{first:02d}T{hour + 1:02d}3000",
          f"RRULE:FREQ=WEEKLY;BYDAY={day};UNTIL=20270401T000000Z")
    start = R.randrange(1, 20)
    event(2, "SUMMARY:Urlaub", f"DTSTART;VALUE=DATE:202702{start:02d}", f"DTEND;VALUE=DATE:202702{start + 7:02d}",
          "X-MICROSOFT-CDO-BUSYSTATUS:OOF")
    for k in range(3, 23):
        month, year = R.choice([(10, 2026), (11, 2026), (12, 2026), (1, 2027), (2, 2027), (3, 2027)])
        date, hour = R.randrange(1, 29), R.randrange(7, 17)
        event(k, f"DTSTART:{year}{month:02d}{date:02d}T{hour:02d}0000Z",
              f"DTEND:{year}{month:02d}{date:02d}T{hour + R.randrange(1, 3):02d}0000Z")
    lines.append("END:VCALENDAR")
    with open(f"{HERE}/{region}/busy/{p['number']}.ics", "w", encoding="utf-8", newline="") as f:
        f.write("\r\n".join(lines) + "\r\n")

REMARKS = ["", "", "more time for questions", "gut", "świetnie; \"super\"", "=2+3", "köszönöm,\nnagyon jó volt"]

def surveys(region, rows):
    """Answers at mid-term and at the end: most answer both, and most found it more useful at the end."""
    midterm, final = [], []
    for i, p in enumerate(rows):
        useful, recommend = R.choice([2, 3, 3, 4, 4, 5]), R.choice([4, 6, 7, 8, 8, 9, 9, 10])
        role, held = "mentor" if p["mentor"] else "mentee", R.randrange(3, 6)
        if i % 9 != 7:
            midterm.append([str(len(midterm) + 1), p["number"], "2026-autumn", role, str(held), str(useful),
                            "" if i % 11 == 10 else str(recommend), R.choice(REMARKS)])
        later = min(5, useful + R.choice([0, 0, 1, 1]))
        if i % 8 != 5:
            final.append([str(len(final) + 1), p["number"], f"2027-04-{6 + i % 9:02d} 09:{10 + i}:00", "2026-autumn", role,
                          str(later), str(min(10, recommend + R.choice([0, 0, 1]))), str(min(5, later + R.choice([-1, 0, 0]))),
                          str(R.choice([2, 3, 4, 4, 5])), str(R.choice([1, 1, 2, 3])), str(R.choice([2, 4, 6, 8, 12])),
                          R.choice(["meet again", "meet again; be a mentor", "recommend a topic", "none"]), R.choice(REMARKS)])
    write_answers(region, "midterm", "response employee cohort role sessions_held q1_useful q2_recommend q3_comment", midterm)
    write_answers(region, "final", "response employee submitted cohort role f1_useful f2_recommend f4_learned f5_applied "
                  "f6_effort f7_hours f8_continue f9_comment", final)

def write_answers(region, name, heading, rows):
    def cell(text): return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',;"\n') else text
    lines = [heading.replace(" ", ",")] + [",".join(map(cell, row)) for row in rows]
    with open(f"{HERE}/{region}/{name}.csv", "w", encoding="utf-8-sig", newline="") as f:
        f.write("\r\n".join(lines) + "\r\n")

def reply(name, region, person, tandem, number, start, part, method="REPLY"):
    """An answer to an invitation, as a mail program sends it to the office."""
    uid = f"2026-autumn-{region}-{tandem[0]}-{region}-{tandem[1]}-{number}@{region}.example.com"
    end = f"{start[:9]}{int(start[9:11]) + 1:02d}{int(start[11:13]) + 30:02d}00"
    lines = [f"From: p{person}@{region}.example.com", f"To: tandem@{region}.example.com", f"Subject: {part.title()}",
             "Date: Fri, 06 Nov 2026 14:00:00 +0000", f"Message-ID: <{name}@{region}.example.com>", "MIME-Version: 1.0",
             f"Content-Type: text/calendar; method={method}; charset=UTF-8", "",
             "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Outlook//EN", f"METHOD:{method}", "BEGIN:VEVENT",
             f"UID:{uid}", "SEQUENCE:0", "DTSTAMP:20261106T140000Z", f"DTSTART:{start}Z", f"DTEND:{end}Z",
             f"ORGANIZER:mailto:tandem@{region}.example.com",
             f"ATTENDEE;PARTSTAT={part}:mailto:p{person}@{region}.example.com", "END:VEVENT", "END:VCALENDAR"]
    with open(f"{HERE}/week/mail/{name}.eml", "w", encoding="utf-8", newline="") as f:
        f.write("\r\n".join(lines) + "\r\n")

def week():
    """What reaches the office until Monday, 9 November: answers by mail, an illness, a session that was not held, a journey
    that stands in a calendar exported anew."""
    for folder in ("mail", "busy"):
        os.makedirs(f"{HERE}/week/{folder}", exist_ok=True)
    reply("accepted", "pl", "710009", ("710000", "710009"), 3, "20261119T070000", "ACCEPTED")
    reply("declined", "de", "720013", ("720006", "720013"), 3, "20261119T070000", "DECLINED")
    reply("another-time", "pl", "710013", ("710016", "710013"), 3, "20261120T090000", "NEEDS-ACTION", "COUNTER")
    with open(f"{HERE}/week/absent.txt", "w") as f:
        f.write("# who is away: PERSON FIRST-DAY LAST-DAY\npl:710001 2026-11-16 2026-11-27\n")
    with open(f"{HERE}/week/missed.txt", "w") as f:
        f.write("# sessions that were planned and did not take place\n2026-autumn/pl:710018+pl:710011#2\n")
    with open(f"{HERE}/pl/busy/710007.ics", encoding="utf-8", newline="") as f:
        before = f.read()
    journey = ["BEGIN:VEVENT", "UID:710007-journey@busy.example", "DTSTAMP:20261105T000000Z", "SUMMARY:Delegacja",
               "DTSTART;VALUE=DATE:20261117", "DTEND;VALUE=DATE:20261121", "X-MICROSOFT-CDO-BUSYSTATUS:OOF", "END:VEVENT", ""]
    with open(f"{HERE}/week/busy/710007.ics", "w", encoding="utf-8", newline="") as f:
        f.write(before.replace("END:VCALENDAR", "\r\n".join(journey) + "END:VCALENDAR"))

if __name__ == "__main__":
    for region in ("pl", "de"):
        os.makedirs(f"{HERE}/{region}/busy", exist_ok=True)
    os.makedirs(f"{HERE}/hu", exist_ok=True)
    polish, german = people("pl", 20, 710000), people("de", 16, 720000)
    staff("pl", polish, "Nr pracownika;Imię i nazwisko;E-mail;Dział;Lokalizacja;Poziom;Przełożony;Języki", "utf-8-sig")
    staff("de", german, "Personalnummer;Name;E-Mail;Abteilung;Standort;Ebene;Vorgesetzter;Sprachen", "cp1252")
    limesurvey_xml(polish)
    limesurvey_csv(german)
    for region, rows in (("pl", polish), ("de", german)):
        for p in rows:
            calendar(region, p)
    hungarian = people("hu", 16, 730000)
    staff("hu", hungarian, "Törzsszám;Név;E-mail;Részleg;Telephely;Szint;Vezető;Nyelvek", "cp1250")
    for region, rows in (("pl", polish), ("de", german), ("hu", hungarian)):
        surveys(region, rows)
    week()
