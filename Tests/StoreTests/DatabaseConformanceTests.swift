import Basics
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Store

/// What both databases do alike, so that nothing above them asks which it is.
@Suite struct DatabaseConformanceTests {
  private static let columns = [SQLColumn("number", .integer), SQLColumn("words", .text)]

  /// A store with one table of numbers and words.
  private func sample(_ dialect: Dialect) throws -> (StorePlace, any Store.Database) {
    let place = try StorePlace(dialect)
    let database = try place.make()
    try database.write { session in
      let text = session.dialect == .sqlite ? "TEXT" : "TEXT COLLATE \"C\""
      try session.run("CREATE TABLE sample (place BIGINT, number BIGINT, words \(text))")
    }
    return (place, database)
  }

  private func count(_ database: any Store.Database) throws -> Int? {
    try database.read { try $0.first("SELECT count(*) FROM sample") { $0.integer(0) } ?? nil }
  }

  static let texts = [
    "", " ", "it's \"quoted\"", #"back\slash \n \x00 \\"#, "$1, {}, {a,NULL}", "NULL", "null",
    String((1...31).map { Character(Unicode.Scalar(UInt8($0))) }), "\u{7F}", "línea\r\notra", "Łukasz Żółć",
    "👩🏽‍🏫",
    "e\u{301}", "\u{10FFFF}", String(repeating: "m", count: 1 << 20),
  ]

  @Test("values come back as they went", arguments: Dialect.allCases)
  func roundTrip(_ dialect: Dialect) throws {
    let (_, database) = try sample(dialect)
    let numbers: [Int?] = [nil, 0, 1, -1, Int.min, Int.max]
    let texts: [String?] = [nil] + DatabaseConformanceTests.texts.map { $0 }
    let values: [(Int?, String?)] =
      numbers.map { ($0, "number") } + texts.enumerated().map { ($0.offset, $0.element) }
    for isMany in [false, true] {
      let read = try database.write { session in
        try session.run("DELETE FROM sample")
        let rows = values.enumerated().map { place, value in
          [SQLValue(place), SQLValue(value.0), SQLValue(value.1)]
        }
        if isMany {
          try session.insert(
            into: "sample", [SQLColumn("place", .integer)] + DatabaseConformanceTests.columns, rows)
        } else {
          for row in rows {
            try session.run("INSERT INTO sample (place, number, words) VALUES ($1, $2, $3)", row)
          }
        }
        var read: [(Int?, String?, [UInt8]?)] = []
        try session.rows("SELECT number, words FROM sample ORDER BY place") { row in
          read.append((row.integer(0), row.text(1), row.bytes(1)))
        }
        return read
      }
      try #require(read.count == values.count)
      for ((number, text, bytes), expected) in zip(read, values) {
        #expect(number == expected.0)
        #expect(text.map { Array($0.utf8) } == expected.1.map { Array($0.utf8) })
        #expect(bytes == expected.1.map { Array($0.utf8) })
      }
    }
  }

  @Test("a value finds its row", arguments: Dialect.allCases)
  func find(_ dialect: Dialect) throws {
    let (_, database) = try sample(dialect)
    try database.write { session in
      let rows = DatabaseConformanceTests.texts.enumerated().map {
        [SQLValue($0.offset), SQLValue($0.element)]
      }
      try session.insert(into: "sample", DatabaseConformanceTests.columns, rows)
    }
    try database.read { session in
      for (number, text) in DatabaseConformanceTests.texts.enumerated() {
        let found = try session.first("SELECT number FROM sample WHERE words = $1", [.text(text)]) {
          $0.integer(0)
        }
        #expect(found == .some(number), "\(text.prefix(40))")
      }
      let none = try session.first("SELECT number FROM sample WHERE number = $1", [.integer(-5)]) {
        $0.integer(0)
      }
      #expect(none == nil)
      let limited = try session.first(
        "SELECT count(*) FROM (SELECT number FROM sample ORDER BY number LIMIT $1) AS few", [.integer(3)]
      ) { $0.integer(0) }
      #expect(limited == .some(3))
    }
  }

  @Test("parameters may be named in any order and more than once", arguments: Dialect.allCases)
  func parameters(_ dialect: Dialect) throws {
    let (_, database) = try sample(dialect)
    try database.write { session in
      try session.run(
        "INSERT INTO sample (number, words) VALUES ($1, $2), ($1, NULL)", [.integer(7), .text("seven")])
      try session.run("INSERT INTO sample (number, words) VALUES ($1, $2)", [.null, .null])
      let seen = try session.first(
        "SELECT count(*) FROM sample WHERE number = $1 AND (words = $2 OR $1 = 7)", [.integer(7), .text("x")]
      ) { $0.integer(0) }
      #expect(seen == .some(2))
    }
  }

  @Test("a column that is no number is 0, a condition 0 or 1", arguments: Dialect.allCases)
  func numbers(_ dialect: Dialect) throws {
    let (_, database) = try sample(dialect)
    try database.read { session in
      try session.rows("SELECT 'x', 1 = 1, 1 = 2, NULL") { row in
        #expect(row.integer(0) == 0)
        #expect(row.integer(1) == 1)
        #expect(row.integer(2) == 0)
        #expect(row.integer(3) == nil)
        #expect(row.text(3) == nil)
        #expect(row.bytes(3) == nil)
      }
    }
  }

  @Test("texts are ordered and compared by bytes", arguments: Dialect.allCases)
  func order(_ dialect: Dialect) throws {
    let (_, database) = try sample(dialect)
    let words = ["é", "b", "Z", "a", "A", "zz", "", "ä", "a-b", "ab", "𝒜", "\u{FFFD}"]
    let sorted = words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    try database.write { session in
      try session.insert(into: "sample", DatabaseConformanceTests.columns, words.map { [.null, .text($0)] })
      var read: [String] = []
      try session.rows("SELECT words FROM sample ORDER BY words") { read.append($0.text(0) ?? "") }
      #expect(read == sorted)
      for word in words {
        let before = try session.first("SELECT count(*) FROM sample WHERE words < $1", [.text(word)]) {
          $0.integer(0)
        }
        #expect(before == .some(sorted.firstIndex(of: word)), "\(word)")
      }
      let two = try session.first("SELECT 1 FROM sample WHERE words = $1", [.text("É")]) { $0.integer(0) }
      #expect(two == nil)
    }
  }

  @Test("10,000 rows go in at once", arguments: Dialect.allCases)
  func many(_ dialect: Dialect) throws {
    let (_, database) = try sample(dialect)
    let rows = (0..<10_000).map { number -> [SQLValue] in
      [.integer(number), number % 7 == 0 ? .null : .text(String(repeating: "x", count: number % 900))]
    }
    try database.write { session in
      try session.insert(into: "sample", DatabaseConformanceTests.columns, [])
      try session.insert(into: "sample", DatabaseConformanceTests.columns, rows)
    }
    var read: [[SQLValue]] = []
    try database.read { session in
      try session.rows("SELECT number, words FROM sample ORDER BY number") { row in
        read.append([SQLValue(row.integer(0)), SQLValue(row.text(1))])
      }
    }
    #expect(read == rows)
  }

  @Test("a statement may run for each row of another", arguments: Dialect.allCases)
  func nested(_ dialect: Dialect) throws {
    let (_, database) = try sample(dialect)
    let rows = (0..<500).map { [SQLValue($0), .text(String($0))] }
    try database.write { try $0.insert(into: "sample", DatabaseConformanceTests.columns, rows) }
    var pairs: [[Int]] = []
    try database.read { session in
      try session.rows("SELECT number FROM sample ORDER BY number") { outer in
        let number = outer.integer(0) ?? -1
        try session.rows(
          "SELECT number FROM sample WHERE number > $1 ORDER BY number LIMIT 2", [SQLValue(number)]
        ) { inner in
          pairs.append([number, inner.integer(0), outer.integer(0)].compactMap { $0 })
        }
      }
    }
    let expected = (0..<500).flatMap { number in
      [[number, number + 1, number], [number, number + 2, number]].filter { $0[1] < 500 }
    }
    #expect(pairs == expected)
  }

  struct Stop: Error {}

  @Test("what is thrown undoes the transaction", arguments: Dialect.allCases)
  func thrown(_ dialect: Dialect) throws {
    let (_, database) = try sample(dialect)
    #expect(throws: Stop.self) {
      try database.write { session in
        try session.run("INSERT INTO sample (number) VALUES (1)")
        throw Stop()
      }
    }
    #expect(throws: Stop.self) {
      try database.read { session in
        try session.rows("SELECT 1 UNION ALL SELECT 2") { _ in throw Stop() }
      }
    }
    #expect(try count(database) == 0)
  }

  @Test("a statement that fails undoes the transaction", arguments: Dialect.allCases)
  func failing(_ dialect: Dialect) throws {
    let (_, database) = try sample(dialect)
    for statement in [
      "INSERT INTO sample (number) VALUES (1, 2)", "INSERT INTO nowhere VALUES (1)", "SELEKT",
      "INSERT INTO setting (key, value) VALUES ('a', NULL)",
      "INSERT INTO setting (key, value) VALUES ('version', '2')",
    ] {
      let error = #expect(throws: StoreError.self) {
        try database.write { session in
          try session.run("INSERT INTO sample (number) VALUES (1)")
          try session.run("INSERT INTO setting (key, value) VALUES ('version', '1')")
          try session.run(statement)
        }
      }
      guard case .refused(let reason)? = error else {
        Issue.record("\(statement): \(String(describing: error))")
        continue
      }
      #expect(!reason.isEmpty && !reason.contains("\n"))
      #expect(try count(database) == 0, "\(statement)")
    }
    #expect(throws: StoreError.self) {
      try database.read { try $0.rows("SELECT nothing FROM sample") { _ in } }
    }
    // The connection still serves.
    try database.write { try $0.run("INSERT INTO sample (number) VALUES (1)") }
    #expect(try count(database) == 1)
  }

  @Test("a reader writes nothing", arguments: Dialect.allCases)
  func readOnly(_ dialect: Dialect) throws {
    let (_, database) = try sample(dialect)
    #expect(throws: StoreError.self) {
      try database.read { try $0.run("INSERT INTO sample (number) VALUES (1)") }
    }
    #expect(try count(database) == 0)
  }

  @Test("a reader sees one state while a writer commits", arguments: Dialect.allCases)
  func snapshot(_ dialect: Dialect) throws {
    let (place, database) = try sample(dialect)
    let writer = try place.open()
    let seen = try database.read { session in
      let before = try session.first("SELECT count(*) FROM sample") { $0.integer(0) }
      try writer.write { try $0.run("INSERT INTO sample (number) VALUES (1)") }
      let after = try session.first("SELECT count(*) FROM sample") { $0.integer(0) }
      return [before, after]
    }
    #expect(seen == [.some(0), .some(0)])
    #expect(try count(database) == 1)
  }

  @Test("writers wait for each other, and none is lost", arguments: Dialect.allCases)
  func writers(_ dialect: Dialect) throws {
    let (place, database) = try sample(dialect)
    try database.write { try $0.run("INSERT INTO sample (number) VALUES (0)") }
    let faults = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      do {
        let own = try place.open()
        for _ in 0..<25 {
          try own.write { session in
            let number = try session.first("SELECT number FROM sample") { $0.integer(0) ?? 0 } ?? 0
            try session.run("UPDATE sample SET number = $1", [.integer(number + 1)])
          }
        }
      } catch {
        faults.withLock { $0.append("\(error)") }
      }
    }
    #expect(faults.withLock { $0 } == [])
    let number = try database.read { try $0.first("SELECT number FROM sample") { $0.integer(0) } }
    #expect(number == .some(100))
  }

  @Test("a writer that waits for too long says so", arguments: Dialect.allCases)
  func busy(_ dialect: Dialect) throws {
    let (place, database) = try sample(dialect)
    let impatient = try place.open(patience: 0.2)
    let error = try database.write { session in
      try session.run("INSERT INTO sample (number) VALUES (1)")
      return #expect(throws: StoreError.self) {
        try impatient.write { try $0.run("INSERT INTO sample (number) VALUES (2)") }
      }
    }
    guard case .busy? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try count(database) == 1)
    try impatient.write { try $0.run("INSERT INTO sample (number) VALUES (2)") }
    #expect(try count(database) == 2)
  }

  @Test("what one connection commits the next one reads", arguments: Dialect.allCases)
  func again(_ dialect: Dialect) throws {
    let (place, database) = try sample(dialect)
    try database.write { try $0.run("INSERT INTO sample (words) VALUES ('kept')") }
    #expect(try count(place.open()) == 1)
    try database.reconnect()
    #expect(try count(database) == 1)
  }

  @Test("nothing is where nothing was made", arguments: Dialect.allCases)
  func absent(_ dialect: Dialect) throws {
    let place = try StorePlace(dialect)
    let error = #expect(throws: StoreError.self) { try place.open() }
    guard case .cannotOpen? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("the tables take what the store keeps", arguments: Dialect.allCases)
  func schema(_ dialect: Dialect) throws {
    let (_, database) = try sample(dialect)
    try database.write { session in
      try session.run(
        "INSERT INTO revision (number, moment, act, changes, size, previous, hash) VALUES (1, $1, '', '', 3, '', 'h')",
        [.text("2026-09-01T08:00:00Z")])
      let columns = ["revision", "place", "kind", "id", "region", "status", "hash", "content", "removed"]
      let isNumber: Set = ["revision", "place", "removed"]
      try session.insert(
        into: "change", columns.map { SQLColumn($0, isNumber.contains($0) ? .integer : .text) },
        (0..<3).map { place -> [SQLValue] in
          [
            .integer(1), .integer(place), .text("person"), .text("pl:\(place)"), .text("pl"), .null,
            .text("\(place)"), .text("{}"), .integer(place == 2 ? 1 : 0),
          ]
        })
      let present = try session.first("SELECT count(*) FROM present WHERE kind = $1", [.text("person")]) {
        $0.integer(0)
      }
      #expect(present == .some(2))
      try session.insert(
        into: "pair", [SQLColumn("id", .text), SQLColumn("region", .text)],
        [[.text("a"), .text("pl")], [.text("b"), .text("de")]])
      var pairs: [Int?] = []
      try session.rows("SELECT number FROM pair ORDER BY id") { pairs.append($0.integer(0)) }
      #expect(pairs == [1, 2])
    }
    // Foreign keys are checked, and a record has one present content.
    for statement in [
      """
      INSERT INTO change (revision, place, kind, id, region, hash, removed)
      VALUES (9, 0, 'person', 'pl:9', 'pl', '', 0)
      """,
      """
      INSERT INTO change (revision, place, kind, id, region, hash, removed)
      VALUES (1, 9, 'person', 'pl:1', 'pl', '', 0)
      """,
    ] {
      #expect(throws: StoreError.self, "\(statement)") { try database.write { try $0.run(statement) } }
    }
  }
}
