import Basics
import Programme
import TestSupport
import Testing

@Suite struct FieldTableTests {
  private static let person: Person = {
    var person = Person(
      id: PersonID("pl:1"), region: "pl", site: "Łódź", name: "Zoë", email: "z@example.com", role: .either,
      department: ["Engineering", "Software"], timeZone: "Europe/Warsaw")
    (person.level, person.capacity, person.consent, person.findable) = (3, 2, true, false)
    (person.said, person.attributes) = (["learn": ["Wideo!"]], ["costCentre": "4711"])
    person.workingHours = WorkingHours(spans: [.monday: [ClockSpan(480..<720)]])
    person.source = SourcePlace(file: "a.csv", line: 7)
    return person
  }()

  private func read<Root>(_ text: String, _ table: FieldTable<Root>) throws -> Root {
    let bytes = Array(text.utf8)
    var scanner = JSONScanner(bytes.span)
    return try table.read(&scanner)
  }

  private func fault(_ text: String) -> JSONError? {
    do {
      _ = try read(text, Person.fields)
      return nil
    } catch {
      return error as? JSONError
    }
  }

  /// The table is walked in step with the line, but a line of another program may be in any order, spaced and escaped.
  @Test func theOrderOfKeysAndUnknownOnesDoNotMatter() throws {
    guard case .object(var members) = try JSONValue(parsing: Person.fields.line(Self.person)) else {
      Issue.record("no object")
      return
    }
    members["aaa"] = .array([.object(["id": .string("x")])])
    members["idle"] = .null
    members["zzz"] = .object(["id": .integer(1)])
    var random = SplitMix(seed: 7)
    for round in 0..<200 {
      let names = members.keys.sorted().map { ($0, random.next()) }.sorted { $0.1 < $1.1 }.map(\.0)
      let parts = try names.map { name in
        var key = String(decoding: JSONValue.string(name).line, as: UTF8.self)
        if round % 3 == 1 { key += round % 2 == 0 ? " " : "\t" }
        if round % 5 == 2 { key = key.replacing("e", with: "\\u0065") }
        return "\(key):\(String(decoding: try #require(members[name]).line, as: UTF8.self))"
      }
      #expect(
        try read("{\(parts.joined(separator: round % 2 == 0 ? "," : " , "))}", Person.fields) == Self.person)
    }
  }

  @Test func ofAKeyThatIsThereTwiceTheLastCounts() throws {
    let line = String(decoding: Person.fields.line(Self.person), as: UTF8.self)
    let twice = line.dropLast() + ",\"name\":\"Ann\",\"level\":4}"
    let person = try read(String(twice), Person.fields)
    #expect(person.name == "Ann" && person.level == 4)
  }

  @Test func nullIsAbsent() throws {
    let line = String(decoding: Person.fields.line(Self.person), as: UTF8.self)
    var other = Self.person
    other.level = nil
    #expect(try read(line.replacing("\"level\":3", with: "\"level\":null"), Person.fields) == other)
    #expect(
      fault(line.replacing("\"name\":\"Zoë\"", with: "\"name\":null"))?.message
        == "the person has no \"name\"")
  }

  @Test(arguments: [
    ("\"capacity\":2", "\"capacity\":-2", "-2 is negative; write a whole number from 0", "-2"),
    ("\"consent\":true", "\"consent\":\"yes\"", "expected true or false", "\"yes\""),
    ("\"level\":3", "\"level\":3.5", "expected a whole number", "3.5"),
    ("\"monday\"", "\"mon\"", "\"mon\" is not a weekday; write monday … sunday", "\"mon\""),
    ("08:00-12:00", "8am", "\"8am\" is not a span of hours; write it as 08:00-17:30", "\"8am\""),
    ("\"role\":\"either\"", "\"role\":\"both\"", "\"both\" is none of mentor, mentee, either", "\"both\""),
  ])
  func whatIsWrongIsNamedAtItsPlace(_ good: String, _ bad: String, _ message: String, _ place: String) throws
  {
    let line = String(decoding: Person.fields.line(Self.person), as: UTF8.self)
    let spoiled = line.replacing(good, with: bad)
    let found = try #require(fault(spoiled))
    #expect(found.message == message)
    #expect(String(decoding: spoiled.utf8.dropFirst(found.offset), as: UTF8.self).hasPrefix(place))
  }

  @Test func aSessionThatEndsTooEarlyIsRefused() throws {
    let start = Timestamp(minute: 0, offset: 0)
    let session = Session(
      tandem: "t", number: 1, uid: "u", start: start, end: start, timeZone: "UTC", place: "office")
    let line = String(decoding: Session.fields.line(session), as: UTF8.self)
    #expect(throws: JSONError(offset: 0, message: "the session ends before it begins")) {
      try read(line, Session.fields)
    }
  }

  /// A dimension may have any name; those of the fields are taken.
  @Test func dimensionsAreWrittenAmongTheFieldsInOrder() throws {
    var response = Response(id: "r", survey: "s", region: "pl", answers: [:])
    response.dimensions = ["aa": "1", "role": "mentor", "zone": "z", "id": "not this"]
    let line = String(decoding: Response.fields.line(response), as: UTF8.self)
    #expect(
      line
        == #"{"aa":"1","answers":{},"id":"r","record":"response","region":"pl","role":"mentor","survey":"s","zone":"z"}"#
    )
    response.dimensions["id"] = nil
    #expect(try read(line, Response.fields) == response)
  }

  @Test func changesAreNamedInTheOrderOfTheTable() {
    var later = Self.person
    (later.level, later.consent, later.source) = (4, nil, SourcePlace(file: "b.csv", line: 1))
    later.department = ["Sales"]
    let changes = Person.fields.changes(from: Self.person, to: later)
    #expect(changes.map(\.label) == ["department", "level", "consent"])
    #expect(changes.map { $0.shown(Self.person) } == ["Engineering/Software", "3", "true"])
    #expect(changes.map { $0.shown(later) } == ["Sales", "4", ""])
  }
}
