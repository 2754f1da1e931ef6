import Basics
import Programme
import Testing

@testable import Intake

/// Rows come back from flat memory, and from the file behind it, as they were added.
@Suite struct FactsTableTests {
  private static func facts(_ number: Int, _ random: inout SplitMix) -> Facts {
    func words(_ most: Int) -> [String] {
      (0..<Int.random(in: 0...most, using: &random)).map { _ in
        ["", "ż", "smart home", "人工智能", String(repeating: "x", count: 300)].randomElement(using: &random)
          ?? ""
      }
    }
    func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }
    var facts = Facts(sheet: number % 3, line: number * 2, row: number, raw: Array("row \(number)\r\n".utf8))
    facts.employeeNumber = maybe("00\(number)")
    facts.email = maybe("P\(number)@x.example.com")
    facts.name = maybe("Ann \(number)")
    facts.site = maybe("Berlin")
    facts.department = words(3)
    facts.level = maybe([Int.min, -1, 0, 7, Int.max].randomElement(using: &random) ?? 0)
    facts.manager = maybe("7")
    facts.languages = maybe(words(2))
    facts.role = maybe(.mentee)
    facts.learn = words(4)
    facts.teach = words(4)
    facts.interests = words(4)
    if let said = maybe(words(3)) { facts.said = ["learn": said, "comments": words(2)] }
    facts.capacity = maybe(3)
    facts.acquainted = words(2)
    if let flag = maybe(true) { facts.flags = ["consent": flag, "findable": !flag] }
    facts.workingHours = maybe(WorkingHours(spans: [.monday: []]))
    facts.timeZone = maybe("Europe/Berlin")
    if let value = maybe("4711") { facts.attributes = ["costCentre": value] }
    facts.timestamp = maybe(Timestamp(secondsSinceEpoch: -number, offset: 3600))
    return facts
  }

  private func expectEqual(_ read: Facts, _ written: Facts, region: Int) {
    var written = written
    written.region = region
    // Every field, those of later days too.
    #expect(read == written)
  }

  @Test func rowsComeBackAsTheyWere() {
    var random = SplitMix(seed: 5)
    var table = FactsTable()
    let all = (0..<4000).map { Self.facts($0, &random) }
    for (index, facts) in all.enumerated() { table.add(facts, region: index % 2) }
    #expect(table.indices == 0..<4000)
    for (index, facts) in all.enumerated() {
      let read = table.facts(index)
      // Only differences are worth a record of their own: 4,000 rows of expectations say no more.
      guard read.differences(from: facts).isEmpty, index % 100 != 0 else {
        expectEqual(read, facts, region: index % 2)
        continue
      }
      if let number = facts.employeeNumber {
        let key = PeopleAssembly.Key(region: index % 2, employeeNumber: number)
        let wrong = PeopleAssembly.Key(region: 1 - index % 2, employeeNumber: number)
        let plain = PeopleAssembly.Key(region: index % 2, employeeNumber: String(index))
        guard table.rows(of: key) == [index], !table.contains(wrong), !table.contains(plain),
          index == 0 || table.keysWithZeros(plain) == [key]
        else {
          Issue.record("\(key)")
          continue
        }
      }
      if let email = facts.emailKey, table.rows(email: email) != [index] { Issue.record("\(email)") }
    }
    #expect(table.failure == nil)
  }

  @Test func rowsThatShareANumberOrAnAddress() {
    var table = FactsTable()
    for (number, email) in [("1", "a@x"), ("01", "b@x"), ("1", "A@x"), ("2", "c@x"), (nil, nil)] {
      var facts = Facts(sheet: 0, line: 1, row: 1, raw: [])
      facts.employeeNumber = number
      facts.email = email
      table.add(facts, region: 0)
    }
    let one = PeopleAssembly.Key(region: 0, employeeNumber: "1")
    #expect(table.rows(of: one) == [0, 2])
    #expect(table.rows(email: "a@x") == [0, 2])
    #expect(table.indices.map(table.mayShareEmail) == [true, false, true, false, false])
    #expect(table.mayShareNumber(0) && table.mayShareNumber(1) && !table.mayShareNumber(4))
    let before = table
    table.renumber(0, "2")
    #expect(table.rows(of: one) == [2])
    #expect(table.rows(of: PeopleAssembly.Key(region: 0, employeeNumber: "2")) == [0, 3])
    #expect(table.facts(0).email == "a@x" && table.rows(email: "a@x") == [0, 2])
    #expect(before.rows(of: one) == [0, 2], "a copy keeps what it had")
  }
}
