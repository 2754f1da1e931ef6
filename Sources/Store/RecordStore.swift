import Basics
package import Programme

/// The programme's records over time: the present ones, each earlier state, and who changed what by which command.
///
/// One command is one revision, committed whole or not at all. Contents are bound into a hash chain by salted digests, so
/// that a content can be erased and the chain still holds.
package final class RecordStore {
  let database: any Database

  /// - Throws: `StoreError.notAStore` where the tables are missing, or those of a later version; older ones are brought to the
  ///   present version first.
  package init(_ database: any Database) throws {
    self.database = database
    guard let version = try RecordStore.version(database) else {
      throw StoreError.notAStore("there is no programme in it; make one with `tandem init`")
    }
    guard version <= Schema.version else {
      throw StoreError.notAStore(
        "it was written by a later version of Tandem (tables \(version), this one knows \(Schema.version)): install that version"
      )
    }
    if version < Schema.version { try RecordStore.migrate(database, from: version) }
  }

  /// Makes the tables in an empty database.
  package static func create(in database: any Database) throws -> RecordStore {
    guard try version(database) == nil else {
      throw StoreError.notAStore("there is a programme in it already")
    }
    try migrate(database, from: 0)
    return try RecordStore(database)
  }

  /// The store in a database, made where it is empty.
  static func opened(in database: any Database) throws -> RecordStore {
    try version(database) == nil ? create(in: database) : RecordStore(database)
  }

  package var name: String { database.name }

  /// The role by which a server knows this user; nil: a file keeps the programme.
  package func role() throws -> String? {
    guard database.dialect == .postgresql else { return nil }
    return try database.read { try $0.first("SELECT current_user") { $0.text(0) } ?? nil }
  }

  private static func version(_ database: any Database) throws -> Int? {
    try database.read { session in
      let exists =
        switch session.dialect {
        case .sqlite: "SELECT count(*) FROM sqlite_master WHERE name = 'setting'"
        case .postgresql:
          "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'setting'"
        }
      guard try session.first(exists, [], { $0.integer(0) ?? 0 }) ?? 0 > 0 else { return nil }
      return try session.first("SELECT value FROM setting WHERE key = 'version'") {
        Int($0.text(0) ?? "") ?? 0
      }
    }
  }

  /// All steps are one transaction: a store is of one version or of the other.
  private static func migrate(_ database: any Database, from old: Int) throws {
    try database.write { session in
      for version in (old + 1)...Schema.version {
        for step in Schema.steps(to: version, session.dialect) { try session.run(step) }
      }
      if session.dialect == .sqlite {
        try session.run("PRAGMA application_id = \(Schema.applicationID)")
        try session.run("PRAGMA user_version = \(Schema.version)")
      }
      try session.run("DELETE FROM setting WHERE key = 'version'")
      try session.run(
        "INSERT INTO setting (key, value) VALUES ('version', $1)", [.text(String(Schema.version))])
    }
  }
}

// MARK: - Reading

extension RecordStore {
  /// A state of the programme.
  package enum State: Hashable, Sendable {
    case present
    case revision(Int)
  }

  /// The number of the last revision; 0: there is none.
  package func head() throws -> Int { try database.read { try RecordStore.head($0) } }

  private static func head(_ session: any DatabaseSession) throws -> Int {
    try session.first("SELECT max(number) FROM revision") { $0.integer(0) ?? 0 } ?? 0
  }

  /// The last revision at a time; 0: there was none.
  package func revision(at moment: Timestamp) throws -> Int {
    try database.read { session in
      try session.first("SELECT max(number) FROM revision WHERE moment <= $1", [.text(moment.inUTC)]) {
        $0.integer(0) ?? 0
      } ?? 0
    }
  }

  /// Calls `body` with each record of a state: kinds in the order in which they arise, ids in byte order.
  ///
  /// - Parameter kinds: nil: all.
  /// - Returns: the revision that was read.
  /// - Complexity: O(records of the state · log of the history) by the index of records.
  @discardableResult
  package func forEachRecord(
    in state: State = .present, kinds wanted: Set<String>? = nil,
    _ body: (RecordKey, [UInt8]) throws -> Void
  ) throws -> Int {
    try database.read { session in
      let head = try RecordStore.head(session)
      let (condition, values) = RecordStore.condition(state)
      var kinds: [String] = []
      try session.rows("SELECT DISTINCT kind FROM change WHERE \(condition)", values) {
        kinds.append($0.text(0) ?? "")
      }
      for kind in RecordStore.inOrder(kinds) where wanted?.contains(kind) ?? true {
        let next = values.count + 1
        try session.rows(
          "SELECT id, content FROM change WHERE \(condition) AND kind = $\(next) ORDER BY id",
          values + [.text(kind)]
        ) { row in
          guard let id = row.text(0), let content = row.bytes(1) else { return }
          try body(RecordKey(kind: kind, id: id), content)
        }
      }
      return head
    }
  }

  private static func condition(_ state: State) -> (sql: String, values: [SQLValue]) {
    switch state {
    case .present: ("superseded IS NULL AND removed = 0", [])
    case .revision(let number):
      (
        "revision <= $1 AND (superseded IS NULL OR superseded > $2) AND removed = 0",
        [.integer(number), .integer(number)]
      )
    }
  }

  /// The kinds that we know, in the order in which they arise; then the others by name.
  private static func inOrder(_ kinds: [String]) -> [String] {
    let known = Record.descriptions.map(\.kind)
    return kinds.sorted { a, b in
      switch (known.firstIndex(of: a), known.firstIndex(of: b)) {
      case (let a?, let b?): a < b
      case (_?, nil): true
      case (nil, _?): false
      case (nil, nil): a.precedesByBytes(b)
      }
    }
  }

  /// Calls `body` with each change of the history, in order; nil where a record was removed, or its content erased.
  package func forEachChange(_ body: (_ revision: Int, RecordKey, [UInt8]?) throws -> Void) throws {
    try database.read { session in
      try session.rows("SELECT revision, kind, id, content FROM change ORDER BY revision, place") { row in
        try body(
          row.integer(0) ?? 0, RecordKey(kind: row.text(1) ?? "", id: row.text(2) ?? ""), row.bytes(3))
      }
    }
  }

  /// How many present records there are, by kind and status. Needs the index alone.
  package func counts() throws -> [(kind: String, status: String?, count: Int)] {
    try database.read { session in
      var counts: [(String, String?, Int)] = []
      try session.rows(
        """
        SELECT kind, status, count(*) FROM change WHERE superseded IS NULL AND removed = 0
        GROUP BY kind, status ORDER BY kind, status
        """
      ) { counts.append(($0.text(0) ?? "", $0.text(1), $0.integer(2) ?? 0)) }
      return counts
    }
  }

  /// The present records of a kind and status that were over at a time, the earliest first.
  package func over(
    _ kind: String, status: String, at moment: Timestamp, _ body: (RecordKey, [UInt8]) throws -> Void
  ) throws {
    try database.read { session in
      try session.rows(
        """
        SELECT id, content FROM change WHERE superseded IS NULL AND removed = 0 AND kind = $1 AND status = $2
        AND moment <= $3 ORDER BY moment, id
        """, [.text(kind), .text(status), .text(moment.inUTC)]
      ) { row in
        guard let id = row.text(0), let content = row.bytes(1) else { return }
        try body(RecordKey(kind: kind, id: id), content)
      }
    }
  }

  /// How many present records of a kind hold a text, letter for letter.
  package func matching(kind: String, text: String) throws -> Int {
    try database.read { session in
      let place = session.dialect == .sqlite ? "instr(content, $2)" : "strpos(content, $2)"
      return try session.first(
        "SELECT count(*) FROM change WHERE kind = $1 AND superseded IS NULL AND removed = 0 AND \(place) > 0",
        [.text(kind), .text(text)]
      ) { $0.integer(0) ?? 0 } ?? 0
    }
  }

  /// How many present sessions of a tandem have one of the statuses. Needs the index of ids alone: it is asked of few tandems.
  package func sessions(of tandem: TandemID, _ statuses: String...) throws -> Int {
    try database.read { session in
      var count = 0
      try session.rows(
        """
        SELECT status FROM change WHERE superseded IS NULL AND removed = 0 AND kind = $1 AND id >= $2 AND id < $3
        """,
        [
          .text(Record.Kind.session.rawValue), .text(SessionID(tandem: tandem, number: 0).text),
          .text(SessionID(tandem: tandem, number: 9).text + ":"),
        ]
      ) { if let status = $0.text(0), statuses.contains(status) { count += 1 } }
      return count
    }
  }

  /// The last id of a kind; nil: there is no record of it. Needs the index alone.
  package func lastID(of kind: String) throws -> String? {
    try database.read { session in
      try session.first("SELECT max(id) FROM change WHERE kind = $1", [.text(kind)]) { $0.text(0) } ?? nil
    }
  }

  /// The last revision that a command of this name made, and how many records of the kinds changed since.
  package func changes(of kinds: [String], since command: String) throws -> (revision: Int?, count: Int) {
    try database.read { session in
      let revision =
        try session.first(
          "SELECT max(revision) FROM act WHERE command = $1 OR substr(command, 1, \(command.unicodeScalars.count + 1)) = $2",
          [.text(command), .text(command + " ")]
        ) { $0.integer(0) } ?? nil
      var count = 0
      for kind in kinds {
        count +=
          try session.first(
            """
            SELECT count(*) FROM change WHERE kind = $1 AND superseded IS NULL AND revision > $2
            AND (status IS NULL OR status NOT IN ('held', 'missed'))
            """, [.text(kind), .integer(revision ?? 0)]
          ) { $0.integer(0) ?? 0 } ?? 0
      }
      return (revision, count)
    }
  }

  /// The short numbers of tandems, by their ids.
  package func pairNumbers() throws -> [String: Int] {
    try database.read { session in
      var numbers: [String: Int] = [:]
      try session.rows("SELECT number, id FROM pair") { numbers[$0.text(1) ?? ""] = $0.integer(0) ?? 0 }
      return numbers
    }
  }

  /// The revisions, the last first.
  package func log(limit: Int = .max, before: Int = .max) throws -> [Revision] {
    try database.read { session in
      var revisions: [Revision] = []
      try session.rows(
        """
        SELECT r.number, r.hash, r.previous, r.moment, a.clerk, a.command, a.tools, a.configuration, a.counts, a.undoes
        FROM revision r LEFT JOIN act a ON a.revision = r.number WHERE r.number < $1 ORDER BY r.number DESC LIMIT $2
        """, [.integer(before), .integer(limit)]
      ) { revisions.append(try RecordStore.revision($0)) }
      return revisions
    }
  }

  /// One revision; nil where there is none of this number.
  package func revision(_ number: Int) throws -> Revision? {
    guard number > 0, number < Int.max else { return nil }
    return try log(limit: 1, before: number + 1).first { $0.number == number }
  }

  private static func revision(_ row: any SQLRow) throws -> Revision {
    var act: Act?
    if let clerk = row.text(4) {
      act = Act(
        moment: Timestamp(rfc3339: row.text(3) ?? "") ?? .epoch, clerk: clerk, command: row.text(5),
        tools: row.text(6) ?? "", configuration: row.text(7) ?? "", undoes: row.integer(9))
    }
    return try Revision(
      number: row.integer(0) ?? 0, hash: row.text(1) ?? "", previous: row.text(2) ?? "", act: act,
      counts: ChangeCount.list(row.text(8) ?? ""))
  }

  /// What became of the records between two revisions, by key: from the state of `old` to that of `new`.
  ///
  /// - Complexity: O(changes in between · log of the history).
  package func difference(from old: Int, to new: Int) throws -> [Change] {
    guard old != new else { return [] }
    guard old < new else {
      return try difference(from: new, to: old).map {
        Change(key: $0.key, before: $0.after, after: $0.before)
      }
    }
    return try database.read { session in
      var changes: [Change] = []
      // The last change of each record within the span, beside the one that was true before it.
      try session.rows(
        """
        SELECT c.kind, c.id, c.content, b.content
        FROM change c LEFT JOIN change b ON b.kind = c.kind AND b.id = c.id AND b.revision <= $1
          AND (b.superseded > $2)
        WHERE c.revision > $3 AND c.revision <= $4 AND (c.superseded IS NULL OR c.superseded > $5)
        ORDER BY c.kind, c.id
        """, [.integer(old), .integer(old), .integer(old), .integer(new), .integer(new)]
      ) { row in
        let change = Change(
          key: RecordKey(kind: row.text(0) ?? "", id: row.text(1) ?? ""), before: row.bytes(3),
          after: row.bytes(2))
        if change.before != change.after { changes.append(change) }
      }
      return changes
    }
  }
}

// MARK: - Writing

/// A record of a log (notices, deliveries, who was asked): added at the end, never changed.
package struct LogEntry: Hashable, Sendable {
  package var kind: String
  package var region: String
  package var line: [UInt8]

  package init(kind: String, region: String, line: [UInt8]) {
    self.kind = kind
    self.region = region
    self.line = line
  }
}

extension RecordStore {
  /// Commits a command as one revision onto the one that it read.
  ///
  /// - Parameters:
  ///   - base: the revision that the command read. Entries alone conflict with nothing.
  ///   - changes: of single records, each once.
  ///   - entries: get ids in the order of time.
  /// - Returns: the revision's number; nil where there is nothing to commit.
  /// - Throws: `StoreError.conflict` where records changed since `base`; then nothing is written.
  /// - Complexity: O(changes · log of the history).
  package func commit(
    _ act: Act, onto base: Int, _ changes: [Change], entries: [LogEntry] = []
  ) throws -> Int? {
    guard !changes.isEmpty || !entries.isEmpty else { return nil }
    var draft = try RevisionDraft(act, changes)
    do {
      return try database.write { session in
        let head = try RecordStore.head(session)
        if head > base, !changes.isEmpty, let conflict = try RecordStore.conflict(since: base, session) {
          throw StoreError.conflict(conflict)
        }
        try draft.add(entries, revision: head + 1)
        try draft.takeRegions(in: session)
        try draft.write(as: head + 1, in: session)
        return head + 1
      }
    } catch StoreError.uncertain(let reason) {
      // The draft's salts are drawn for it alone: a revision with its digest is this one.
      try database.reconnect()
      let digest = draft.act.digest
      // As a writer: only the lock tells that the lost transaction has ended on the server.
      let number = try database.write { session in
        try session.first("SELECT number FROM revision WHERE act = $1", [.text(digest)]) {
          $0.integer(0) ?? 0
        }
      }
      if let number { return number }
      throw StoreError.disconnected(reason)
    }
  }

  /// The first revision after `base` that changed records which this user sees.
  private static func conflict(since base: Int, _ session: any DatabaseSession) throws -> StoreError.Conflict?
  {
    try session.first(
      """
      SELECT c.revision, a.clerk, a.command FROM change c LEFT JOIN act a ON a.revision = c.revision
      WHERE c.revision > $1 ORDER BY c.revision LIMIT 1
      """, [.integer(base)]
    ) {
      StoreError.Conflict(
        revision: $0.integer(0) ?? 0, clerk: $0.text(1) ?? "somebody",
        command: $0.text(2) ?? "a command that was erased")
    }
  }

  /// What takes a revision back.
  ///
  /// - Throws: `StoreError.refused` where there is no such revision, where a later one changed the same records, or where
  ///   contents were erased.
  package func undoing(_ number: Int) throws -> [Change] {
    try database.read { session in
      var changes: [Change] = []
      var later: [Int: Int] = [:]
      var erased = 0
      try session.rows(
        """
        SELECT c.kind, c.id, c.content, c.removed, c.superseded, b.content, b.removed
        FROM change c LEFT JOIN change b ON b.kind = c.kind AND b.id = c.id AND b.superseded = c.revision
        WHERE c.revision = $1 ORDER BY c.kind, c.id
        """, [.integer(number)]
      ) { row in
        let after = row.bytes(2)
        let before = row.bytes(5)
        if let superseding = row.integer(4) { later[superseding, default: 0] += 1 }
        let isErased = (after == nil && row.integer(3) == 0) || (before == nil && row.integer(6) == 0)
        if isErased { erased += 1 }
        changes.append(
          Change(key: RecordKey(kind: row.text(0) ?? "", id: row.text(1) ?? ""), before: after, after: before)
        )
      }
      guard !changes.isEmpty else {
        throw StoreError.refused(
          "there is no revision \(number) that changed records; `tandem log` lists them")
      }
      if let first = later.keys.min(), let last = later.keys.max() {
        let count = later.values.reduce(0, +)
        throw StoreError.refused(
          "\(count) of \(changes.count) records of revision \(number) were changed again by revision \(first)\(first == last ? "" : " to \(last)"): undo \(last) first"
        )
      }
      guard erased == 0 else {
        throw StoreError.refused("\(erased) of its records were erased, and cannot come back")
      }
      return changes.filter { $0.before != $0.after }
    }
  }
}
