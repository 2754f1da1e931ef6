import Basics
import Foundation
import Programme
import RecordStream
import Testing

/// Several rows and files that speak of one person.
struct MergingTests {
  private static func answer(_ time: String, _ role: String, learn: String = "leadership") -> String {
    "\(time),ann@x.example.com,\(role),\(learn),,,\n"
  }

  private func imported(_ rows: String..., words: [String] = []) throws -> Desk.Result {
    let desk = try Desk()
    var files = [try desk.write(BadInputTests.staff, "staff.csv")]
    for (index, row) in rows.enumerated() {
      files.append(try desk.write(BadInputTests.heading + row, "answers\(index + 1).csv"))
    }
    return desk.run(words + files)
  }

  @Test func theLaterAnswerCountsAndTheOtherIsReported() throws {
    let run = try imported(
      MergingTests.answer("2026/08/03 10:00:00 AM GMT+1", "Mentee")
        + MergingTests.answer("2026/08/02 10:00:00 AM GMT+1", "Mentor"))
    #expect(run.status == 0)
    #expect(run.output.contains("\"role\":\"mentee\""))
    #expect(
      run.complaints == [
        "answers1.csv:3: warning: the answer of ann@x.example.com is replaced by the later one at answers1.csv:2"
      ])
    #expect(run.notes.last == "note: 1 person, 1 answer replaced by a later one, 0 of 4 rows rejected")
  }

  @Test func zonesDecideWhatIsLater() throws {
    // 10:00 in the east is earlier than 09:00 in the west.
    let run = try imported(
      MergingTests.answer("2026/08/02 10:00:00 AM GMT+8", "Mentee"),
      MergingTests.answer("2026/08/02 9:00:00 AM GMT-5", "Mentor"))
    #expect(run.output.contains("\"role\":\"mentor\""))
  }

  @Test func contradictionsWithoutATimeAreRejected() throws {
    let run = try imported(MergingTests.answer("", "Mentee"), MergingTests.answer("", "Mentor"))
    #expect(run.status == 65)
    #expect(run.output.isEmpty)
    #expect(
      run.complaints == [
        "answers1.csv:2: error: row 1, column 3 (Role): ann@x.example.com also answered at answers2.csv:2 with another "
          + "role, and no time stamp shows which is later: keep the one that counts",
        "answers2.csv:2: error: row 1, column 3 (Role): ann@x.example.com also answered at answers1.csv:2 with another "
          + "role, and no time stamp shows which is later: keep the one that counts",
      ])
  }

  @Test func theSameAnswerTwiceIsOne() throws {
    let run = try imported(MergingTests.answer("", "Mentee"), MergingTests.answer("", "Mentee"))
    #expect(run.status == 0)
    #expect(run.lines.count == 1)
    #expect(
      run.complaints == [
        "answers2.csv:2: warning: the answer of ann@x.example.com is repeated at answers1.csv:2: one of them counts"
      ])
  }

  @Test func masterDataThatContradictsItself() throws {
    let desk = try Desk()
    let staff = try desk.write(
      BadInputTests.staff + "1,Ann Lee,ann@x.example.com,Quality,North,2,3,en\n", "staff.csv")
    let run = desk.run(staff, try desk.write(BadInputTests.heading + BadInputTests.good, "answers.csv"))
    #expect(
      run.complaints.prefix(2) == [
        "answers.csv:2: error: row 1, column 2 (Email Address): the staff record of ann@x.example.com was rejected "
          + "(staff.csv:2): correct that row and import both again",
        "staff.csv:2: error: row 1, column 4 (Department): employee 1 also appears at staff.csv:4 with another department: "
          + "keep the row that is right",
      ])
    #expect(run.status == 65 && run.output.isEmpty)
  }

  @Test func twoEmployeesOfOneAddress() throws {
    let desk = try Desk()
    let staff = try desk.write(
      BadInputTests.staff + "4,Al Bee,ann@x.example.com,Quality,North,2,3,en\n", "staff.csv")
    let run = desk.run(staff, try desk.write(BadInputTests.heading + BadInputTests.good, "answers.csv"))
    #expect(
      run.complaints.contains(
        "staff.csv:2: error: row 1, column 3 (E-mail): the address 'ann@x.example.com' also belongs to employee 4: "
          + "correct one of them"))
    #expect(run.status == 65 && run.output.isEmpty)
  }

  /// Of many the message is one, and does not list them all: a list in each row's message would grow with the square.
  @Test func thousandsOfEmployeesOfOneAddress() throws {
    let desk = try Desk()
    let rows = (1...2000).map { "\($0),Al \($0),ann@x.example.com,Sales,North,2,,en\n" }.joined()
    let run = desk.run(
      try desk.write(BadInputTests.staffHeading + rows, "staff.csv"),
      try desk.write(BadInputTests.heading + BadInputTests.good, "answers.csv"))
    #expect(
      run.complaints == [
        "answers.csv:2: error: row 1, column 2 (Email Address): no staff record for ann@x.example.com: correct it, or add "
          + "the person to the master data",
        "staff.csv:2: error: 2000 rows (lines 2, 3, 4 … 2001), column 3 (E-mail): the address 'ann@x.example.com' belongs to "
          + "2000 employees (1, 10, 100, …): correct all but one of them",
      ])
    #expect(run.status == 65 && run.output.isEmpty)
  }

  @Test func thousandsOfRowsOfOneEmployee() throws {
    let desk = try Desk()
    func imported(_ row: (Int) -> String) throws -> Desk.Result {
      desk.run(
        try desk.write(BadInputTests.staffHeading + (1...3000).map(row).joined(), "staff.csv"),
        try desk.write(BadInputTests.heading + BadInputTests.good, "answers.csv"))
    }
    let same = try imported { _ in "1,Ann Lee,ann@x.example.com,Sales,North,2,,en\n" }
    #expect(same.status == 0 && same.lines.count == 1, "\(same.errors)")
    let unlike = try imported { "1,Ann \($0),ann@x.example.com,Sales,North,2,,en\n" }
    #expect(
      unlike.complaints == [
        "answers.csv:2: error: row 1, column 2 (Email Address): the staff record of ann@x.example.com was rejected "
          + "(staff.csv:2): correct that row and import both again",
        "staff.csv:2: error: row 1, column 2 (Name): employee 1 also appears at staff.csv:3 with another name: keep the row "
          + "that is right",
        "staff.csv:3: error: 2999 rows (lines 3, 4, 5 … 3001), column 2 (Name): employee 1 also appears at staff.csv:2 with "
          + "another name: keep the row that is right",
      ])
  }

  @Test func theOrderOfFilesDoesNotMatter() throws {
    let desk = try Desk()
    let files = try ["staff.csv", "google.csv", "connections.xml", "midterm.csv"].map { try desk.take($0) }
    let late = try desk.write(
      BadInputTests.heading + MergingTests.answer("2026/09/03 10:00:00 AM GMT+1", "Mentee"), "late.csv")
    var words = files + [late]
    let first = desk.run(words)
    #expect(first.lines.count == 5)
    for _ in words {
      words.append(words.removeFirst())
      let other = desk.run(words)
      #expect(other.output == first.output)
      #expect(other.errors == first.errors)
    }
    #expect(desk.run(words.reversed()).output == first.output)
  }

  @Test func importingAgainChangesNothing() throws {
    let desk = try Desk()
    let files = try ["staff.csv", "google.csv"].map { try desk.take($0) }
    let first = desk.run(files)
    #expect(desk.run(files).output == first.output)
    let stream = try desk.write(first.output, "people.ndjson")
    let again = desk.run(files + [stream])
    #expect(again.output == first.output, "people of the stream who are imported again are replaced")
    #expect(again.notes.contains("note: 2 people of the stream are imported again"))
  }

  @Test func whatIsNotImportedPassesThrough() throws {
    let desk = try Desk()
    let stream = try desk.write(
      "{\"record\": \"strange\",  \"x\": 1.50}\n{\"record\":\"tandem\",\"b\":2,\"a\":1}\n", "other.ndjson")
    let run = desk.run(stream, try desk.take("staff.csv"), try desk.take("google.csv"))
    #expect(run.lines.count == 4)
    #expect(
      run.lines.prefix(2) == [
        "{\"record\": \"strange\",  \"x\": 1.50}", "{\"record\":\"tandem\",\"b\":2,\"a\":1}",
      ])
  }

  @Test func whoIsNewChangedAndGone() throws {
    let desk = try Desk()
    let staff = try desk.take("staff.csv")
    let earlier = desk.run(staff, try desk.take("google.csv"))
    let stream = try desk.write(earlier.output, "earlier.ndjson")
    let answers = try desk.write(
      BadInputTests.heading + MergingTests.answer("2026/08/03 10:00:00 AM GMT+1", "Mentee")
        + "\(BadInputTests.when),cy@x.example.com,Mentor,,,,\n", "answers.csv")
    let run = desk.run("--previous", stream, staff, answers)
    #expect(
      run.notes.filter { $0.hasPrefix("note: ") } == [
        "note: changed: xx:1, Ann Lee: role mentor → mentee; learn data-privacy → leadership; teach leadership, "
          + "presentation → (none); words",
        "note: new: xx:3, Cy Doe", "note: gone: xx:2, Bob Roe",
        "note: since the earlier import: 1 new, 1 changed, 1 gone, 0 as before",
        "note: 2 people, 0 of 5 rows rejected",
      ])
    let same = desk.run("--previous", stream, staff, try desk.take("google.csv"))
    #expect(same.notes.contains("note: since the earlier import: 0 new, 0 changed, 0 gone, 2 as before"))
  }

  @Test func whoDeniesConsentIsLeftOutAndCounted() throws {
    let desk = try Desk()
    let answers = try desk.write(
      "Timestamp,Email Address,Role,I agree,May others find you?\n"
        + "2026/08/03 10:00:00,ann@x.example.com,Mentor,No,\n2026/08/03 10:00:00,cy@x.example.com,Mentor,Yes,no\n",
      "answers.csv")
    let run = desk.run(try desk.write(BadInputTests.staff, "staff.csv"), answers)
    #expect(run.status == 0)
    #expect(run.lines.count == 1)
    #expect(try run.record(0)["consent"] == .bool(true))
    #expect(try run.record(0)["findable"] == .bool(false))
    #expect(run.notes.last == "note: 1 person, 1 without consent left out, 0 of 4 rows rejected")
    let table = desk.run("--format", "csv", try desk.write(BadInputTests.staff, "staff.csv"), answers)
    #expect(table.output.hasPrefix("id,region,site,name,"))
  }

  @Test func rejectsAreAllowedUpToANumberOrAShare() throws {
    let desk = try Desk()
    let staff = try desk.write(BadInputTests.staff, "staff.csv")
    let answers = try desk.write(
      BadInputTests.heading + BadInputTests.good + "\(BadInputTests.when),cy@x.example.com,Guru,,,,\n",
      "answers.csv")
    #expect(desk.run(staff, answers).status == 65)
    #expect(desk.run(staff, answers, "--allow-rejects", "1").status == 0)
    #expect(desk.run(staff, answers, "--allow-rejects", "25%").status == 0)
    #expect(desk.run(staff, answers, "--allow-rejects", "24.9%").status == 65)
    #expect(desk.run(staff, answers, "--allow-rejects", "many").status == 64)
    let strict = desk.run(staff, answers, "--strict")
    #expect(strict.status == 65 && strict.output.isEmpty)
    #expect(
      strict.complaints.last == "error: nothing is written, because of --strict: fix what is named above"
    )
    let allowed = desk.run(staff, answers, "--strict", "--allow-rejects", "1")
    #expect(allowed.status == 0 && allowed.output == desk.run(staff, answers).output)
  }

  @Test func outputsNeverOverwriteInputs() throws {
    let desk = try Desk()
    let staff = try desk.take("staff.csv")
    for option in ["--rejects", "--pseudonyms", "--topics-report"] {
      #expect(desk.run(staff, "\(option)=\(staff)").status == 64)
    }
    #expect(desk.exists("staff.csv"))
  }
}
