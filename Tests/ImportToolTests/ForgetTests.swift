import Basics
import Foundation
import Programme
import RecordStream
import TestSupport
import Testing

/// Taking a person out of everything that was written.
struct ForgetTests {
  private static let tandems = """
    {"cohort":"c","id":"t1","mentee":"xx:2","mentor":"xx:1","record":"tandem"}
    {"cohort":"c","id":"t2","mentee":"xx:3","mentor":"xx:4","record":"tandem"}
    {"id":"t1/1","record":"session","tandem":"t1"}
    {"id":"t2/1","record":"session","tandem":"t2"}
    {"person":"xx:1","reasons":[],"record":"unmatched"}
    {"from":"2026-12-01","id":"xx:1 2026-12-01","person":"xx:1","reason":"illness","record":"absence","to":"2026-12-02"}
    {"from":"2026-12-01","id":"xx:3 2026-12-01","person":"xx:3","reason":"leave","record":"absence","to":"2026-12-02"}
    {"attendees":["xx:1","xx:3"],"groups":[{"members":["xx:1","xx:4"],"moderator":"xx:1","name":"A"}],"missing":[{"person":"xx:1","reason":"ill"}],"record":"workshop"}
    {"b":"Ann Lee met ann@x.example.com","record":"note"}

    """

  @Test func streamsLoseThePersonAndWhatIsHers() throws {
    let desk = try Desk()
    let people = desk.run(try desk.take("staff.csv"), try desk.take("google.csv"))
    let first = try desk.write(people.output, "people.ndjson")
    let second = try desk.write(ForgetTests.tandems, "tandems.ndjson")
    let run = desk.run("forget", "ann@x.example.com", first, second, "--date", "2026-11-23")
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.lines == [
        "{\"date\":\"2026-11-23\",\"file\":\"people.ndjson\",\"record\":\"receipt\",\"removed\":{\"person\":1}}",
        "{\"date\":\"2026-11-23\",\"file\":\"tandems.ndjson\",\"record\":\"receipt\",\"removed\":"
          + "{\"absence\":1,\"mention\":5,\"session\":1,\"tandem\":1,\"unmatched\":1}}",
      ])
    #expect(try desk.text("people.ndjson") == people.lines[1] + "\n")
    #expect(
      try desk.text("tandems.ndjson") == """
        {"cohort":"c","id":"t2","mentee":"xx:3","mentor":"xx:4","record":"tandem"}
        {"id":"t2/1","record":"session","tandem":"t2"}
        {"from":"2026-12-01","id":"xx:3 2026-12-01","person":"xx:3","reason":"leave","record":"absence","to":"2026-12-02"}
        {"attendees":["xx:3"],"groups":[{"members":["xx:4"],"name":"A"}],"missing":[],"record":"workshop"}
        {"b":"… met …","record":"note"}

        """)
  }

  @Test func aNamesakeStays() throws {
    let desk = try Desk()
    let line = { (number: Int) in
      "{\"email\":\"a\(number)@x.example.com\",\"id\":\"xx:\(number)\",\"name\":\"Ann Lee\",\"record\":\"person\"}\n"
    }
    let file = try desk.write(line(1) + line(2), "people.ndjson")
    #expect(desk.run("forget", "xx:1", file).status == 0)
    #expect(try desk.text("people.ndjson") == line(2))
  }

  @Test func aNumberOfTwoPeopleIsRefused() throws {
    let desk = try Desk()
    let line = { (region: String) in
      "{\"email\":\"a@\(region).example.com\",\"id\":\"\(region):1\",\"name\":\"A\",\"record\":\"person\"}\n"
    }
    let text = line("pl") + line("de")
    let file = try desk.write(text, "people.ndjson")
    let run = desk.run("forget", "1", file)
    #expect(run.status == 65)
    #expect(run.complaints == ["error: 1 is more than one person: write one of de:1, pl:1"])
    #expect(try desk.text("people.ndjson") == text)
  }

  @Test func rejectsLoseTheRowAndTheMention() throws {
    let desk = try Desk()
    let people = desk.run(try desk.take("staff.csv"), try desk.take("google.csv"))
    let stream = try desk.write(people.output, "people.ndjson")
    let heading = BadInputTests.staffHeading
    let rejects = try desk.write(
      heading
        + "2,Bob Roe,bob@x.example.com,Sales,Middle,5,1,en\n1,Ann Lee,ANN@x.example.com,Sales,Middle,5,3,en\n",
      "rejects.csv")
    let run = desk.run("forget", "xx:1", stream, rejects)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try desk.text("rejects.csv") == heading + "2,Bob Roe,bob@x.example.com,Sales,Middle,5,,en\n")
    #expect(
      run.output.contains(
        "\"file\":\"rejects.csv\",\"record\":\"receipt\",\"removed\":{\"mention\":1,\"row\":1}"))
  }

  @Test func rejectsInXMLLoseTheRow() throws {
    let desk = try Desk()
    let file = try desk.take("limesurvey.xml")
    let before = try desk.text("limesurvey.xml")
    #expect(desk.run("forget", "ann@x.example.com", file).status == 0)
    let after = try desk.text("limesurvey.xml")
    #expect(!after.contains("ann@x.example.com") && after.contains("bob@x.example.com"))
    let row = try #require(before.range(of: "<row>.*\n", options: .regularExpression))
    #expect(
      after.filter { $0 != "\n" } == before.replacingCharacters(in: row, with: "").filter { $0 != "\n" })
  }

  @Test func calendarsLoseTheAttendeeOrTheFile() throws {
    let desk = try Desk()
    let calendar = { (attendees: [String]) in
      (["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1", "ORGANIZER:mailto:tandem@xx.example.com"]
        + attendees.map { "ATTENDEE;CN=X;RSVP=TRUE:mailto:\($0)" } + ["END:VEVENT", "END:VCALENDAR", ""])
        .joined(separator: "\r\n")
    }
    try desk.write(calendar(["ann@x.example.com", "bob@x.example.com"]), "inv/two.ics")
    try desk.write(calendar(["ann@x.\r\n example.com"]), "inv/one.ics")
    try desk.write(calendar([]), "busy/ann@x.example.com.ics")
    try desk.write(calendar([]), "busy/bob@x.example.com.ics")
    let run = desk.run("forget", "ann@x.example.com", desk.path("inv"), desk.path("busy"), "--format", "csv")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try desk.text("inv/two.ics") == calendar(["bob@x.example.com"]))
    #expect(!desk.exists("inv/one.ics") && !desk.exists("busy/ann@x.example.com.ics"))
    #expect(desk.exists("busy/bob@x.example.com.ics"))
    #expect(!run.output.contains("ann"), "a receipt holds nothing personal")
    #expect(run.output.contains("busy/….ics,the file,"))
  }

  @Test func mailAndPages() throws {
    let desk = try Desk()
    try desk.write("From: a@x.example.com\nTo: Ann\n <ann@x.example.com>\nSubject: x\n\nbody\n", "out/1.eml")
    try desk.write("From: a@x.example.com\nTo: bob@x.example.com\n\nTo: ann@x.example.com\n", "out/2.eml")
    try desk.write("<p>ann@x.example.com, Bob</p>\n", "out/review.html")
    let run = desk.run("forget", "ann@x.example.com", desk.path("out"))
    #expect(run.status == 0, "\(run.errors)")
    #expect(!desk.exists("out/1.eml") && desk.exists("out/2.eml"))
    #expect(try desk.text("out/review.html") == "<p>…, Bob</p>\n")
  }

  @Test func aKeyForgetsToo() throws {
    let desk = try Desk()
    let files = try ["staff.csv", "google.csv"].map { try desk.take($0) }
    let shown = desk.run(files + ["--pseudonyms", desk.path("key.json")])
    let stream = try desk.write(shown.output, "shown.ndjson")
    let run = desk.run("forget", "ann@x.example.com", desk.path("key.json"), stream)
    #expect(run.status == 0, "\(run.errors)")
    #expect(!(try desk.text("key.json")).contains("Ann Lee"))
    #expect(try desk.text("shown.ndjson").split(separator: "\n").count == 1, "found by the pseudonym")
  }

  @Test func nothingIsTouchedWhereNobodyIsFound() throws {
    let desk = try Desk()
    let text = "{\"a\" : 1, \"record\":\"x\"}\n"
    let file = try desk.write(text, "a.ndjson")
    let run = desk.run("forget", "zoe@x.example.com", file)
    #expect(run.status == 65)
    #expect(
      run.complaints == [
        "error: zoe@x.example.com: nobody of this address is in these files; check the spelling"
      ])
    #expect(try desk.text("a.ndjson") == text)
    #expect(desk.run("forget", "zoe@x.example.com").status == 66)
    #expect(desk.run("forget", file).status == 64)
  }

  @Test func aDryRunOnlyReports() throws {
    let desk = try Desk()
    let file = try desk.write(ForgetTests.tandems, "tandems.ndjson")
    let run = desk.run("forget", "xx:1", file, "--dry-run", "--receipt", desk.path("receipt.ndjson"))
    #expect(run.status == 0)
    #expect(try desk.text("tandems.ndjson") == ForgetTests.tandems)
    #expect(try desk.text("receipt.ndjson").contains("\"tandem\":1"))
  }

  private static let zaneta =
    #"{"email":"p810001@pl.example.com","id":"pl:810001","name":"Żaneta O'Hara","record":"person"}"#
  private static let olek =
    #"{"email":"p810002@pl.example.com","id":"pl:810002","name":"Olek Wzorzec","record":"person"}"#

  @Test func whoIsNotFoundIsAnError() throws {
    let desk = try Desk()
    let people = try desk.write("\(Self.zaneta)\n\(Self.olek)\n", "d/people.ndjson")
    let run = desk.run("forget", "pl:810001", "pl:81OOO2", desk.path("d"), "--receipt", desk.path("r.ndjson"))
    #expect(run.status == 65)
    #expect(run.complaints == ["error: pl:81OOO2: nobody of this id is in these files; check the spelling"])
    #expect(try desk.text("d/people.ndjson") == Self.olek + "\n")
    #expect(try desk.text("r.ndjson").contains("{\"notFound\":\"pl:81OOO2\",\"record\":\"receipt\"}\n"))
    #expect(people.hasSuffix("people.ndjson"))
  }

  @Test func aMissingFileStopsBeforeAnythingIsChanged() throws {
    let desk = try Desk()
    try desk.write("\(Self.zaneta)\n\(Self.olek)\n", "d/people.ndjson")
    let run = desk.run(
      "forget", "pl:810001", "pl:81OOO2", desk.path("d/plna.ndjson"), desk.path("d"), "--receipt",
      desk.path("r.ndjson"))
    #expect(run.status == 66)
    #expect(run.complaints.contains("d/plna.ndjson: error: no such file; check the path"))
    #expect(run.complaints.contains { $0.contains("pl:81OOO2: nobody of this id") })
    #expect(try desk.text("d/people.ndjson") == "\(Self.zaneta)\n\(Self.olek)\n")
    #expect(try desk.text("r.ndjson").contains("\"notFound\":\"pl:81OOO2\""))
    #expect(try desk.text("r.ndjson").contains("\"notSearched\":\"no such file\""))
  }

  @Test(arguments: ["81OOO2", "anna.ray", "d", "autumn.ndjson", "./810001", "ann@x.example.com.ics"])
  func wordsOfOtherShapesArePaths(_ word: String) throws {
    let desk = try Desk()
    let file = try desk.write(Self.zaneta + "\n", "people.ndjson")
    #expect(desk.run("forget", "pl:810001", file, word).status == 66)
    #expect(try desk.text("people.ndjson") == Self.zaneta + "\n")
  }

  @Test func aBadLineIsNamedAndTheRestIsErased() throws {
    let desk = try Desk()
    let bad = #"{"record":"note","text":"\ud83d"}"#
    let hers = #"{"record":"note","text":"pl:810001 \ud83d"}"#
    let file = try desk.write("\(Self.zaneta)\n\(bad)\n\(hers)\n\(Self.olek)\n", "people.ndjson")
    let run = desk.run("forget", "pl:810001", file)
    #expect(run.status == 65)
    #expect(
      run.complaints == [
        "people.ndjson:2:26: error: half of a surrogate pair in \\u",
        "people.ndjson:3:36: error: half of a surrogate pair in \\u",
      ])
    #expect(try desk.text("people.ndjson") == "\(bad)\n\(Self.olek)\n")
  }

  @Test func theKeyLosesWhatOthersWrote() throws {
    let desk = try Desk()
    let rest = #","department":[],"region":"pl","role":"mentor","site":"Opole","timeZone":"UTC""#
    let said = #","said":{"comments":["with Żaneta O'Hara please"]}}"#
    let stream = try desk.write(
      "\(Self.zaneta.dropLast())\(rest)}\n\(Self.olek.dropLast())\(rest)\(said)\n", "people.ndjson")
    #expect(desk.run(stream, "--pseudonyms", desk.path("key"), "--quiet").status == 0)
    #expect(try desk.text("key").contains("with Żaneta"))
    #expect(desk.run("forget", "pl:810001", stream, desk.path("key")).status == 0)
    let key = try desk.text("key")
    #expect(!key.contains("Hara") && key.contains("with … please") && key.contains("Olek"))
  }

  @Test func theJournalsBatchesCountWhatIsLeft() throws {
    let desk = try Desk()
    let notice = { (uid: String) in "{\"record\":\"notice\",\"uid\":\"\(uid)\"}\n" }
    let hers = notice("2026-autumn-pl-810001-pl-810002-1@x")
    let other = notice("2026-autumn-pl-810003-pl-810002-1@x")
    let people = try desk.write(Self.zaneta + "\n", "people.ndjson")
    let journal = try desk.write(
      hers + other + "{\"entries\":2,\"record\":\"batch\"}\n" + other
        + "{\"entries\":1,\"record\":\"batch\"}\n",
      "journal.ndjson")
    #expect(desk.run("forget", "pl:810001", people, journal).status == 0)
    #expect(
      try desk.text("journal.ndjson") == other + "{\"entries\":1,\"record\":\"batch\"}\n" + other
        + "{\"entries\":1,\"record\":\"batch\"}\n")
  }

  @Test func aNameOfTwoPeopleAloneIsReportedAndStays() throws {
    let desk = try Desk()
    let line = { (number: Int) in
      "{\"email\":\"a\(number)@x.example.com\",\"id\":\"xx:\(number)\",\"name\":\"Ann Lee\",\"record\":\"person\"}\n"
    }
    try desk.write(line(1) + line(2), "d/people.ndjson")
    try desk.write("called Ann Lee\nAnn Lee (xx:1) is ill\n", "d/notes.txt")
    let run = desk.run("forget", "xx:1", desk.path("d"))
    #expect(run.status == 65)
    #expect(
      run.complaints == ["d/notes.txt: error: a name that two people have is there, line 1: look yourself"])
    #expect(try desk.text("d/notes.txt") == "called Ann Lee\n… (…) is ill\n")
  }

  /// Thirty kinds of files. Foundation, and nothing of ours, decodes what is left: she is not in it, or the receipt names it.
  @Test func nothingIsLeftUnnamed() throws {
    let desk = try Desk()
    let name = "Żaneta O'Hara"
    let mail = "p810001@pl.example.com"
    func base64(_ text: String) -> String {
      Data(text.utf8).base64EncodedString(options: [
        .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
      ])
    }
    let toOlek = "From: hr@pl.example.com\nTo: p810002@pl.example.com\nMIME-Version: 1.0\n"
    let ics =
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:2026-autumn-pl-810001-pl-810002-1@x\r\nSUMMARY:Session\r\n"
      + "ATTENDEE;CN=\"\(name)\":mailto:\(mail)\r\nATTENDEE:mailto:p810002@pl.example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    let texts: [String: String] = [
      "people.ndjson": "\(Self.zaneta)\n\(Self.olek)\n",
      "replies/answer.eml":
        "From: =?utf-8?Q?=C5=BBaneta_O=27Hara?= <\(mail)>\nTo: hr@pl.example.com\n\nI am ill.\n",
      "replies/b64.eml": toOlek
        + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        + base64("Olek, you meet \(name) (\(mail)) in the room on the second floor, at ten o'clock sharp.")
        + "\n",
      "replies/qp.eml": toOlek + "Subject: =?utf-8?B?" + Data("Meet \(name)".utf8).base64EncodedString()
        + "?=\nContent-Transfer-Encoding: quoted-printable\n\nMeet =C5=BBaneta O=27Ha=\nra, p810001=40pl.example.com\n",
      "list.json": #"[{"id":"pl:810001"},{"id":"pl:810002"}]"#,
      "pretty.json": "{\n  \"people\": [\n    {\"mail\": \"\(mail)\"},\n    {\"n\": 810001}\n  ]\n}\n",
      "notes.txt": "ask \(mail)\nOlek is here\n",
      "took-place": "2026-autumn/pl:810001+pl:810002#1\n2026-autumn/pl:3+pl:4#1\n",
      "one-line.txt": "\(name) did not come, \(mail)\n",
      "notes.csv":
        "Date;Note\n2026-10-01;call with \(name)\n2026-10-02;ŻANETA O'HARA is away\n2026-10-03;O'Hara, Żaneta\n",
      "two-columns.csv": "First,Last,Grade\nŻaneta,O'Hara,3\nOlek,Wzorzec,4\n",
      "no-heading.csv": "810001;away\n810002;here\n",
      "outbox/failed/p810001-x.eml.txt": "550 5.1.1 <\(mail)> user unknown\n",
      "page.html":
        "<!DOCTYPE html><title>x</title><p>&Zdot;aneta O&#39;Hara &amp; Olek</p><p><b>Żaneta</b> <b>O'Hara</b></p>",
      "link.html": "<a href=\"mailto:p810001%40pl.example.com?body=%C5%BBaneta+O%27Hara\">Olek</a>",
      "meeting.ics": ics,
      "cards.vcf": "BEGIN:VCARD\r\nFN:\(name)\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Olek\r\nEND:VCARD\r\n",
      "answers.asc": "810001  3 4 5\n810002  1 2 3\n",
      "export.xml": "<rows><row><n>\(name)</n></row><row><n>Olek</n></row></rows>",
      "mails.mbox": "From a\nFrom: \(mail)\n\nhi\n\nFrom b\nFrom: olek@pl.example.com\n\nhi\n",
      "Żaneta_O'Hara.txt": "nothing of note\n", "pl-810001/notes.txt": "of no interest\n",
      "zaneta.ohara.md": "# Notes\n",
      "nfd.txt": "Z\u{307}aneta O'Hara was here, says Olek\n".decomposedStringWithCanonicalMapping,
    ]
    for (path, text) in texts { try desk.write(text, "d/" + path) }
    try desk.write([0xAF] + Array("aneta O'Hara;1\nOlek;2\n".utf8), "d/latin2.csv")
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in "Olek meets \(name)\n".utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    try desk.write(wide, "d/wide.txt")
    let unread: [String: [UInt8]] = [
      "list.xlsx": Array("PK\u{3}\u{4}".utf8) + Array(name.utf8), "a.pdf": Array("%PDF-1.7 \(name)".utf8),
      "a.msg": [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "a.gz": [0x1F, 0x8B, 8, 0],
      "a.bin": [1, 0, 2, 0, 0],
      "a.rtf": Array(#"{\rtf1 \'afaneta O'Hara}"#.utf8),
    ]
    for (path, bytes) in unread { try desk.write(bytes, "d/" + path) }
    try FileManager.default.createSymbolicLink(
      atPath: desk.path("d/link"), withDestinationPath: desk.path("d/people.ndjson"))
    #expect(mkfifo(desk.path("d/pipe"), 0o600) == 0)

    let run = desk.run("forget", "pl:810001", desk.path("d"), "--receipt", desk.path("r.ndjson"))
    #expect(run.status == 65)
    let named = Set(
      run.lines.compactMap { line -> String? in
        let record = try? JSONValue(parsing: line.utf8)
        return record?["notSearched"] == nil ? nil : record?["file"]?.string
      })
    #expect(named == Set((unread.keys + ["link", "pipe"]).map { "d/" + $0 }))
    for path in named { #expect(run.errors.contains("\(path): warning: not searched; look yourself")) }
    #expect(!run.output.contains("\"left\""), "\(run.output)")
    let receipt = try Set(
      desk.text("r.ndjson").replacing(desk.path(""), with: "").split(separator: "\n").map(String.init))
    #expect(receipt == Set(run.lines), "\(receipt.symmetricDifference(run.lines))")

    let left = try #require(FileManager.default.enumerator(atPath: desk.path("d"))).compactMap {
      $0 as? String
    }
    for path in left where !named.contains("d/" + path) {
      #expect(!ForgetTests.isHers(path.precomposedStringWithCanonicalMapping), "\(path)")
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: desk.path("d/" + path), isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      let data = Data(try desk.bytes("d/" + path))
      for text in ForgetTests.readings(data) { #expect(!ForgetTests.isHers(text), "\(path): \(text)") }
    }
    // Nobody else lost anything.
    #expect(try desk.text("d/people.ndjson") == Self.olek + "\n")
    #expect(try desk.text("d/took-place") == "2026-autumn/pl:3+pl:4#1\n")
    #expect(try desk.text("d/no-heading.csv") == "810002;here\n")
    #expect(try desk.text("d/answers.asc") == "810002  1 2 3\n")
    #expect(try desk.text("d/two-columns.csv") == "First,Last,Grade\nOlek,Wzorzec,4\n")
    #expect(try desk.text("d/list.json") == "[{\"id\":\"pl:810002\"}]\n")
    #expect(try desk.text("d/notes.txt") == "ask …\nOlek is here\n")
    #expect(try desk.text("d/mails.mbox") == "From b\nFrom: olek@pl.example.com\n\nhi\n")
    #expect(try desk.text("d/page.html").hasSuffix("<p>… &amp; Olek</p><p><b>…</b><b></b></p>"))
    #expect(try desk.text("d/cards.vcf").contains("FN:Olek"))
    #expect(try desk.bytes("d/latin2.csv") == Array("Olek;2\n".utf8))
  }

  @Test("the cells of a workbook are searched, and a hit is named by sheet and row")
  func workbooks() throws {
    let desk = try Desk()
    try desk.write(
      #"{"email":"ann@x.example.com","id":"xx:1","name":"Ann Lee","record":"person","region":"xx","role":"mentor","site":"North"}"#
        + "\n", "d/people.ndjson")
    let table = [["Name", "Site"], ["Bob Roe", "North"], ["Ann Lee", "North"]]
    try desk.write(RowAccountTests.workbook("xlsx", table), "d/staff.xlsx")
    try desk.write(RowAccountTests.workbook("xlsx", [table[0], table[1]]), "d/others.xlsx")
    let run = desk.run("forget", "xx:1", desk.path("d"))
    #expect(run.status == 65)
    #expect(run.errors.contains("staff.xlsx: error: the person is in the workbook, S row 3"), "\(run.errors)")
    #expect(run.errors.contains("others.xlsx: warning: not searched"), "\(run.errors)")
    #expect(run.errors.contains("cells do not name the person"), "\(run.errors)")
  }

  @Test("a sheet that is named for the person is found, and its name is in no receipt")
  func sheetNames() throws {
    let desk = try Desk()
    try desk.write(
      #"{"email":"ann@x.example.com","id":"xx:1","name":"Ann Lee","record":"person","region":"xx","role":"mentor","site":"North"}"#
        + "\n", "d/people.ndjson")
    let workbook = { (name: String) in
      "<workbook xmlns:r='r'><sheets><sheet name='\(name)' r:id='rId1'/></sheets></workbook>"
    }
    let row = { (text: String) in "<row r='7'><c r='A7' t='inlineStr'><is><t>\(text)</t></is></c></row>" }
    try desk.write(StoredZip.xlsx(row("Bob"), workbook: workbook("Ann Lee")), "d/empty.xlsx")
    try desk.write(StoredZip.xlsx(row("Ann Lee"), workbook: workbook("talk_Ann-Lee")), "d/talk.xlsx")
    let run = desk.run("forget", "xx:1", desk.path("d"), "--receipt", desk.path("r.ndjson"))
    #expect(run.status == 65)
    #expect(
      run.errors.contains(
        "empty.xlsx: error: the person is in the workbook, the name of sheet 1: look yourself"),
      "\(run.errors)")
    #expect(
      run.errors.contains(
        "talk.xlsx: error: the person is in the workbook, the name of sheet 1, sheet 1 row 7"),
      "\(run.errors)")
    let receipt = try desk.text("r.ndjson")
    #expect(receipt.contains("sheet 1 row 7") && !receipt.contains("Lee"), "\(receipt)")
  }

  private static func isHers(_ text: String) -> Bool {
    let folded = text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    return ["o'hara", "810001", "ohara"].contains { folded.contains($0) }
  }

  /// What a file says, however it is written; by Foundation alone.
  private static func readings(_ data: Data) -> [String] {
    var texts = [String.Encoding.utf8, .isoLatin2, .utf16].compactMap { String(data: data, encoding: $0) }
    for text in texts {
      texts.append(text.removingPercentEncoding ?? "")
      texts.append(
        text.replacingOccurrences(of: "=\n", with: "").replacingOccurrences(of: "=", with: "%")
          .removingPercentEncoding ?? "")
      texts.append(text.replacingOccurrences(of: "\r\n ", with: ""))
      texts.append(
        text.replacingOccurrences(of: "&#39;", with: "'").replacingOccurrences(
          of: "<[^>]*>", with: "", options: .regularExpression))
      for block in text.components(separatedBy: "\n\n").dropFirst()
        + text.components(separatedBy: "?").dropFirst()
      {
        if let inner = Data(base64Encoded: block, options: .ignoreUnknownCharacters), !inner.isEmpty {
          texts.append(String(decoding: inner, as: UTF8.self))
        }
      }
    }
    return texts
  }
}
