#!/usr/bin/env python3
"""make.py: writes the exports of a made-up programme of two regions into this folder, as their HR departments would
hand them over: Poland with staff as CSV (UTF-8 with BOM) and a LimeSurvey XML, Germany with staff in windows-1252 and a
LimeSurvey CSV, and a busy calendar for each applicant. The same bytes each time."""
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
}
DEPARTMENTS = ["Engineering/Software", "Engineering/Powertrain", "Sales/Aftermarket", "Human Resources", "Logistics",
               "Finance/Controlling", "Communications", "Purchasing"]
SITES = {"pl": ["Warszawa", "Wrocław"], "de": ["Stuttgart"]}

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
    out += [f"<fieldname>{n}</fieldname>" for n in ["id", "submitdate"] + [f"_282267X9X10{k}" for k in range(6)]]
    out += ["</fields>", "<rows>"]
    for i, p in enumerate(rows):
        values = [str(i + 1), f"2026-08-{2 + i % 25:02d} 10:11:12"]
        values += [p["email"], "mentor" if p["mentor"] else "podopieczny", words(p, "learn"), words(p, "teach"),
                   words(p, "interests"), COMMENTS[i % len(COMMENTS)]]
        names = ["id", "submitdate"] + [f"_282267X9X10{k}" for k in range(6)]
        out.append("<row>" + "".join(f"<{n}><![CDATA[{v}]]></{n}>" for n, v in zip(names, values)) + "</row>")
    out += ["</rows>", "</responses>", "</document>"]
    with open(f"{HERE}/pl/answers.xml", "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")

def limesurvey_csv(rows):
    def words(p, key): return ", ".join(TOPICS["de"][t] for t in p[key])
    heading = ["id", "submitdate", "E-Mail-Adresse", "Rolle", "Was möchten Sie lernen?", "Was können Sie gut?",
               "Wofür interessieren Sie sich?", "Bemerkungen"]
    def line(cells): return ";".join('"' + c.replace('"', '""') + '"' for c in cells)
    lines = [line(heading)]
    for i, p in enumerate(rows):
        lines.append(line([str(i + 1), f"2026-08-{2 + i % 25:02d} 10:11:12", p["email"],
                           "Mentor" if p["mentor"] else "Mentee", words(p, "learn"), words(p, "teach"),
                           words(p, "interests"), COMMENTS[i % len(COMMENTS)]]))
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

if __name__ == "__main__":
    for region in SITES:
        os.makedirs(f"{HERE}/{region}/busy", exist_ok=True)
    polish, german = people("pl", 20, 710000), people("de", 16, 720000)
    staff("pl", polish, "Nr pracownika;Imię i nazwisko;E-mail;Dział;Lokalizacja;Poziom;Przełożony;Języki", "utf-8-sig")
    staff("de", german, "Personalnummer;Name;E-Mail;Abteilung;Standort;Ebene;Vorgesetzter;Sprachen", "cp1252")
    limesurvey_xml(polish)
    limesurvey_csv(german)
    for region, rows in (("pl", polish), ("de", german)):
        for p in rows:
            calendar(region, p)
