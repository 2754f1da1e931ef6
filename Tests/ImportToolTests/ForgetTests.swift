import Foundation
import RecordStream
import Testing

/// Taking a person out of everything that was written.
struct ForgetTests {
  private static let tandems = """
    {"cohort":"c","id":"t1","mentee":"xx:2","mentor":"xx:1","record":"tandem"}
    {"cohort":"c","id":"t2","mentee":"xx:3","mentor":"xx:4","record":"tandem"}
    {"id":"t1/1","record":"session","tandem":"t1"}
    {"id":"t2/1","record":"session","tandem":"t2"}
    {"person":"xx:1","reasons":[],"record":"unmatched"}
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
          + "{\"mention\":5,\"session\":1,\"tandem\":1,\"unmatched\":1}}",
      ])
    #expect(try desk.text("people.ndjson") == people.lines[1] + "\n")
    #expect(
      try desk.text("tandems.ndjson") == """
        {"cohort":"c","id":"t2","mentee":"xx:3","mentor":"xx:4","record":"tandem"}
        {"id":"t2/1","record":"session","tandem":"t2"}
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
    #expect(run.complaints == ["error: nothing was found of zoe@x.example.com: check the spelling"])
    #expect(try desk.text("a.ndjson") == text)
    #expect(desk.run("forget", "zoe@x.example.com").status == 66)
    #expect(desk.run("forget", file).status == 64)
  }

  @Test func aDryRunOnlyTells() throws {
    let desk = try Desk()
    let file = try desk.write(ForgetTests.tandems, "tandems.ndjson")
    let run = desk.run("forget", "xx:1", file, "--dry-run", "--receipt", desk.path("receipt.ndjson"))
    #expect(run.status == 0)
    #expect(try desk.text("tandems.ndjson") == ForgetTests.tandems)
    #expect(try desk.text("receipt.ndjson").contains("\"tandem\":1"))
  }
}
