import Basics
import Foundation
import Programme
import TestSupport
import Testing

@testable import Store

/// A store in a folder of its own.
func emptyStore() throws -> (store: RecordStore, database: SQLiteDatabase, folder: WorkFolder) {
  let folder = try WorkFolder()
  let database = try SQLiteDatabase(folder.path + "/programme.sqlite", creates: true)
  return (try RecordStore.create(in: database), database, folder)
}

func act(_ command: String, at second: Int = 1_790_000_000, undoes: Int? = nil) -> Act {
  Act(
    moment: Timestamp(secondsSinceEpoch: second, offset: 0), clerk: "anna", command: command,
    tools: "tandem 1",
    configuration: "", undoes: undoes)
}

func line(_ kind: String, _ id: String, _ text: String = "") -> [UInt8] {
  Array(#"{"id":"\#(id)","record":"\#(kind)","region":"pl","text":"\#(text)"}"#.utf8)
}

extension RecordStore {
  func state(_ state: State = .present) throws -> [RecordKey: [UInt8]] {
    var records: [RecordKey: [UInt8]] = [:]
    try forEachRecord(in: state) { records[$0] = $1 }
    return records
  }

  /// Commits the step from the present state to another.
  @discardableResult
  func become(_ target: [RecordKey: [UInt8]], _ command: String = "edit") throws -> Int? {
    let now = try state()
    let keys = Set(now.keys).union(target.keys).sorted()
    let changes = keys.filter { now[$0] != target[$0] }.map {
      Change(key: $0, before: now[$0], after: target[$0])
    }
    return try commit(act(command), onto: head(), changes)
  }
}

@Suite struct RecordStoreTests {
  private func key(_ id: String) -> RecordKey { RecordKey(kind: "note", id: id) }

  @Test(
    "any earlier state, each difference, and each undo of the last revision, over random lives",
    arguments: Dialect.allCases)
  func randomLives(_ dialect: Dialect) throws {
    for seed in 0..<12 as Range<UInt64> {
      let place = try StorePlace(dialect)
      let store = try RecordStore.create(in: place.create())
      defer { withExtendedLifetime(place) {} }
      var random = SplitMix(seed: seed)
      var states: [[RecordKey: [UInt8]]] = [[:]]
      for step in 0..<25 {
        var next = states[states.count - 1]
        for _ in 0...random.below(4) {
          let key = key("n\(random.below(9))")
          next[key] = random.below(3) == 0 ? nil : line("note", key.id, "\(step)-\(random.below(3))")
        }
        if try store.become(next) != nil { states.append(next) }
        if random.below(6) == 0, states.count > 1 {
          let last = try store.head()
          #expect(try store.commit(act("undo", undoes: last), onto: last, store.undoing(last)) == last + 1)
          states.append(states[states.count - 2])
        }
      }
      #expect(try store.state() == states.last)
      for (number, state) in states.enumerated() {
        #expect(try store.state(.revision(number)) == state)
        let other = random.below(states.count)
        var reached = states[other]
        for change in try store.difference(from: other, to: number) {
          #expect(reached[change.key] == change.before)
          reached[change.key] = change.after
        }
        #expect(reached == state)
      }
      let check = try store.verify()
      #expect(check.faults == [])
      #expect(check.revisions == states.count - 1)
    }
  }

  @Test("a command that read an older state is refused, with the name of who came in between")
  func conflict() throws {
    let (store, _, folder) = try emptyStore()
    defer { withExtendedLifetime(folder) {} }
    try store.become([key("a"): line("note", "a")], "import staff.csv")
    let base = try store.head()
    try store.become([key("a"): line("note", "a", "new")], "held 12")
    #expect(
      throws: StoreError.conflict(StoreError.Conflict(revision: 2, clerk: "anna", command: "held 12"))
    ) {
      try store.commit(
        act("match"), onto: base, [Change(key: key("b"), before: nil, after: line("note", "b"))])
    }
    #expect(try store.head() == 2)
  }

  @Test("entries of a log keep the order of time") func entries() throws {
    let (store, _, folder) = try emptyStore()
    defer { withExtendedLifetime(folder) {} }
    for batch in 0..<3 {
      let entries = (0..<12).map {
        LogEntry(kind: "notice", region: "pl", line: line("notice", "ignored", "\(batch)/\($0)"))
      }
      _ = try store.commit(act("invite"), onto: store.head(), [], entries: entries)
    }
    var texts: [String] = []
    try store.forEachRecord(kinds: ["notice"]) { _, line in
      texts.append(try JSONValue(parsing: line)["text"]?.string ?? "")
    }
    #expect(texts == (0..<3).flatMap { batch in (0..<12).map { "\(batch)/\($0)" } })
  }

  @Test("a record that a later revision changed again is not undone, and the later one is named")
  func undoOfOlder() throws {
    let (store, _, folder) = try emptyStore()
    defer { withExtendedLifetime(folder) {} }
    try store.become([key("a"): line("note", "a", "1"), key("b"): line("note", "b", "1")])
    try store.become([key("a"): line("note", "a", "2"), key("b"): line("note", "b", "1")])
    #expect(throws: StoreError.self) { try store.undoing(1) }
    _ = try store.commit(act("undo", undoes: 2), onto: 2, store.undoing(2))
    #expect(try store.state()[key("a")] == line("note", "a", "1"))
    #expect(throws: StoreError.self) { try store.undoing(9) }
  }

  @Test("whatever is changed behind the store's back is found")
  func tampering() throws {
    let statements = [
      "UPDATE change SET content = replace(content, '1', '7') WHERE revision = 1 AND place = 0",
      "UPDATE act SET clerk = 'berta' WHERE revision = 2",
      "UPDATE act SET command = 'nothing' WHERE revision = 1",
      "UPDATE revision SET moment = '2020-01-01T00:00:00Z' WHERE number = 1",
      "DELETE FROM change WHERE revision = 2",
      "UPDATE change SET superseded = NULL WHERE revision = 1 AND superseded IS NOT NULL AND kind = 'gone'",
      "UPDATE change SET superseded = 7 WHERE revision = 2",
      "UPDATE change SET place = 9 - place",
      "UPDATE revision SET previous = hash WHERE number = 2",
      "UPDATE change SET removed = 1 WHERE revision = 2",
    ]
    for statement in statements where !statement.contains("'gone'") {
      let (store, database, folder) = try emptyStore()
      defer { withExtendedLifetime(folder) {} }
      try store.become([key("a"): line("note", "a", "1"), key("b"): line("note", "b", "1")])
      try store.become([key("a"): line("note", "a", "2"), key("b"): line("note", "b", "1")])
      #expect(try store.verify().faults == [])
      try database.write { try $0.run(statement) }
      let faults = try store.verify().faults
      // Without its changes a revision looks as one of another region does, but the record has no present state.
      #expect(!faults.isEmpty, "\(statement)")
    }
  }

  @Test("what is erased is in no byte of the file, and the chain holds") func erasure() throws {
    let (store, _, folder) = try emptyStore()
    defer { withExtendedLifetime(folder) {} }
    try store.become(
      [key("a"): line("note", "a", "Grażyna"), key("b"): line("note", "b", "Iga")], "import Grażyna.csv")
    try store.become([key("b"): line("note", "b", "Iga")], "forget")
    let name = Array("Grażyna".utf8)
    let erasure = try store.erase { String(decoding: $0, as: UTF8.self).contains("Grażyna") }
    #expect(erasure == Erasure(contents: ["note": 1], commands: 1))
    let check = try store.verify()
    #expect(check.faults == [])
    #expect(check.erased == 1)
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder.path + "/" + file)))
      #expect(bytes.firstRange(of: name) == nil, "\(file)")
    }
    #expect(throws: StoreError.self) { try store.undoing(1) }
  }

  @Test("a database of another program, a text file and a folder are refused and left alone")
  func otherFiles() throws {
    let folder = try WorkFolder()
    let path = folder.path + "/other.sqlite"
    try Data(
      "not a database, but longer than a header of SQLite, which has one hundred bytes. More text, and more."
        .utf8
    )
    .write(to: URL(filePath: path))
    let before = try Data(contentsOf: URL(filePath: path))
    #expect(throws: StoreError.self) { try SQLiteDatabase(path) }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(throws: StoreError.self) { try SQLiteDatabase(folder.path) }
    #expect(throws: StoreError.self) { try SQLiteDatabase(folder.path + "/missing") }
    #expect(throws: StoreError.self) { try SQLiteDatabase(path, creates: true) }
  }

  @Test("two processes that write at once lose nothing") func writers() throws {
    let (store, _, folder) = try emptyStore()
    let path = folder.path + "/programme.sqlite"
    DispatchQueue.concurrentPerform(iterations: 2) { writer in
      guard let mine = try? RecordStore(SQLiteDatabase(path)) else {
        Issue.record("writer \(writer) cannot open the store")
        return
      }
      for number in 0..<20 {
        let id = "\(writer)-\(number)"
        while true {
          do {
            _ = try mine.commit(
              act(id), onto: mine.head(),
              [Change(key: RecordKey(kind: "note", id: id), before: nil, after: line("note", id))])
            break
          } catch StoreError.conflict { continue } catch {
            Issue.record("\(error)")
            break
          }
        }
      }
    }
    #expect(try store.state().count == 40)
    #expect(try store.verify().faults == [])
  }

  @Test("a tandem keeps its short number") func pairNumbers() throws {
    let (store, _, folder) = try emptyStore()
    defer { withExtendedLifetime(folder) {} }
    func tandem(_ id: String, _ text: String = "") -> (RecordKey, [UInt8]) {
      (RecordKey(kind: "tandem", id: id), line("tandem", id, text))
    }
    try store.become(Dictionary(uniqueKeysWithValues: [tandem("b"), tandem("a")]))
    try store.become(Dictionary(uniqueKeysWithValues: [tandem("b", "x"), tandem("c")]))
    try store.become(Dictionary(uniqueKeysWithValues: [tandem("b", "x"), tandem("a"), tandem("c")]))
    #expect(try store.pairNumbers() == ["a": 1, "b": 2, "c": 3])
  }
}
