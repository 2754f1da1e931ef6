/// What erasure did to the history.
package struct Erasure: Hashable, Sendable {
  /// Contents that are gone, by kind.
  package var contents: [String: Int] = [:]
  /// Commands in the log whose words are gone.
  package var commands = 0
  /// Why what was overwritten may still lie in free pages of the database; nil: it does not.
  package var remains: String?
}

extension RecordStore {
  /// Calls `body` with each content of the history, each id and each command line: all that may tell something of somebody.
  package func forEachText(_ body: ([UInt8]) throws -> Void) throws {
    try database.read { session in
      try session.rows("SELECT content, id FROM change WHERE salt IS NOT NULL") { row in
        if let content = row.bytes(0) { try body(content) }
        if let id = row.bytes(1) { try body(id) }
      }
      try session.rows("SELECT command FROM act WHERE salt IS NOT NULL") { row in
        if let command = row.bytes(0) { try body(command) }
      }
    }
  }

  /// Rewrites the database without what was erased.
  ///
  /// - Throws: `StoreError.refused` where a server does not let this user.
  package func compact() throws(StoreError) {
    switch database {
    case let file as SQLiteDatabase: try file.compact()
    case let server as PostgresDatabase: try server.compact()
    default: break
    }
  }

  /// Erases contents and command lines from the whole history, the digests excepted (GDPR, Article 17): the hash chain
  /// still holds.
  ///
  /// The present records must be rid of the person first, by a commit: what is present is not touched here.
  ///
  /// - Parameters:
  ///   - mentions: whether a text tells something of the person; called with each content, id and command.
  /// - Complexity: O(bytes of the history).
  package func erase(where mentions: ([UInt8]) -> Bool) throws -> Erasure {
    var result = Erasure()
    try database.write { session in
      var rows: [(revision: Int, place: Int, kind: String, id: String)] = []
      var named: Set<String> = []
      var acts: [Int] = []
      try session.rows(
        "SELECT revision, place, kind, id, content FROM change WHERE salt IS NOT NULL AND (superseded IS NOT NULL OR removed = 1)"
      ) { row in
        let id = row.text(3) ?? ""
        let isNamed = mentions(Array(id.utf8))
        guard isNamed || row.bytes(4).map(mentions) ?? false else { return }
        if isNamed { named.insert(id) }
        rows.append((row.integer(0) ?? 0, row.integer(1) ?? 0, row.text(2) ?? "", id))
      }
      try session.rows("SELECT revision, command FROM act WHERE salt IS NOT NULL") { row in
        if row.bytes(1).map(mentions) ?? false { acts.append(row.integer(0) ?? 0) }
      }
      var names: [String: String] = [:]
      for id in named { names[id] = "erased:\(Digest.salt())" }
      for row in rows {
        try session.run(
          "UPDATE change SET content = NULL, salt = NULL, id = $1 WHERE revision = $2 AND place = $3",
          [.text(names[row.id] ?? row.id), .integer(row.revision), .integer(row.place)])
        result.contents[row.kind, default: 0] += 1
      }
      for (id, name) in names {
        try session.run("UPDATE pair SET id = $1 WHERE id = $2", [.text(name), .text(id)])
      }
      for revision in acts {
        try session.run(
          "UPDATE act SET command = NULL, salt = NULL WHERE revision = $1", [.integer(revision)])
      }
      result.commands = acts.count
    }
    // What was overwritten may still lie in free pages and in the log.
    do throws(StoreError) {
      try compact()
    } catch {
      result.remains = error.message
    }
    return result
  }
}
