import Testing

/// No column and no field goes without a word.
@Suite struct ColumnAccountTests {
  private static let staff = """
    Employee number,Name,Email,Department,Site,Level,Languages
    101,Anna Ray,anna@x.example.com,Sales,North,1,en
    102,Bob Lee,bob@x.example.com,Sales,North,7,en

    """
  private static let form = """
    kind: questionnaire
    format: csv
    fields:
      email: {columns: [Email], required: true}
      role: {columns: [Role], required: true}
      learn: [What would you like to learn?]
      teach: [What can you do?]
      consent: [I agree]
    roles: {Mentor: mentor, Mentee: mentee}

    """

  private func run(_ answers: String, form: String = form, _ words: String...) throws -> Desk.Result {
    let desk = try Desk()
    try desk.write(form, "Config/regions/xx/forms/own.yaml")
    return desk.run(
      [try desk.write(Self.staff, "staff.csv"), try desk.write(answers, "answers.csv"), "--format", "ndjson"]
        + words)
  }

  @Test func aRenamedHeadingIsNamedWithTheNearest() throws {
    let text =
      "Email,Role,What would you love to learn?,What can you do?,I agree\na@x.example.com,Mentor,a,b,Yes\n"
    let found = try run(text)
    #expect(
      found.errors.contains(
        "answers.csv: warning: form own of xx: no column for learn ('What would you like to learn?'); the nearest unused "
          + "heading is 'What would you love to learn?'"))
    #expect(found.errors.contains("1 column is not used: 'What would you love to learn?'"))
    let strict = try run(text, "--strict")
    #expect(strict.status == 65 && strict.output.isEmpty)
  }

  @Test(arguments: [
    ("I agree to the use of my data", "No"), ("I  AGREE!!", "No"), ("Zgoda", "Nie"),
    ("Do you accept?", "Yes"),
  ])
  func aRenamedConsentRefusesTheFile(heading: String, answer: String) throws {
    let found = try run(
      "Email,Role,What would you like to learn?,What can you do?,\(heading)\nanna@x.example.com,Mentor,a,b,\(answer)\n"
    )
    #expect(!found.output.contains("anna@"))
    // Case, spaces and punctuation rename nothing: then the consent is read, and "no" counts.
    #expect(heading == "I  AGREE!!" || found.status == 65 && found.errors.contains("nothing is imported"))
  }

  @Test func whatIsSaidToBeAHeadingIsLookedAt() throws {
    let found = try run(
      "Email,Role,What would you like to learn?,What can you do?,I agree\nanna@x.example.com,Mentor,a,b,Yes\n"
        + "bob@x.example.com,Mentee,b,a,Yes\n", form: Self.form + "heading-rows: 3\n")
    #expect(found.lines.count { $0.contains("\"role\":") } == 2)
    #expect(found.errors.contains("row 2 is an answer, not a heading ('anna@x.example.com' below 'Email')"))
  }

  @Test func theSameFaultIsToldOnceAndCounted() throws {
    let rows = (0..<300).map { "p\($0)@x.example.com,Guru,a,b,Yes\n" }.joined()
    let found = try run("Email,Role,What would you like to learn?,What can you do?,I agree\n" + rows)
    #expect(found.complaints.count { $0.contains("unknown role 'Guru'") } == 1)
    #expect(
      found.errors.contains(
        "answers.csv:2: error: 300 rows (lines 2, 3, 4 … 301), column 2 (Role): unknown role 'Guru'"))
  }
}
