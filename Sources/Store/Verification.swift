import Basics
import Programme
import RecordStream

/// What the check of a programme's history found.
package struct Verification: Hashable, Sendable {
  package var revisions = 0
  package var changes = 0
  /// Contents that were erased: their digests stand, their contents cannot be compared.
  package var erased = 0
  /// Changes of regions that this user does not see.
  package var unseen = 0
  /// What does not hold, in words; empty: all holds.
  package var faults: [String] = []
}

extension RecordStore {
  /// Checks the hash chain, each content against its digest, that each record's changes follow one another, and that the
  /// present records know what they name.
  ///
  /// - Complexity: O(bytes of the history).
  package func verify() throws -> Verification {
    var result = Verification()
    try database.read { session in
      try verifyChanges(session, &result)
      try verifyChain(session, &result)
      try verifySuccession(session, &result)
    }
    try verifyReferences(&result)
    if let file = database as? SQLiteDatabase { result.faults += try file.faults().map { "the file: \($0)" } }
    return result
  }

  private func verifyChain(_ session: any DatabaseSession, _ result: inout Verification) throws {
    var previous = ""
    var expected = 1
    try session.rows(
      """
      SELECT r.number, r.moment, r.act, r.changes, r.size, r.previous, r.hash,
        a.salt, a.region, a.clerk, a.command, a.tools, a.configuration, a.counts, a.undoes, a.revision
      FROM revision r LEFT JOIN act a ON a.revision = r.number ORDER BY r.number
      """
    ) { row in
      let number = row.integer(0) ?? 0
      result.revisions += 1
      if number != expected { result.faults.append("revision \(expected) is missing") }
      expected = number + 1
      if row.text(5) != previous { result.faults.append("revision \(number) does not follow the one before") }
      let hash = RevisionDigest.of(
        number: number, moment: row.text(1) ?? "", act: row.text(2) ?? "", changes: row.text(3) ?? "",
        size: row.integer(4) ?? 0, previous: row.text(5) ?? "")
      if hash != row.text(6) { result.faults.append("revision \(number) was changed after it was written") }
      previous = row.text(6) ?? ""
      if row.integer(15) != nil, let salt = row.text(7) {
        let act = Act(
          moment: .epoch, clerk: row.text(9) ?? "", command: row.text(10), tools: row.text(11) ?? "",
          configuration: row.text(12) ?? "", undoes: row.integer(14))
        let digest = ActDigest.of(act, salt: salt, region: row.text(8) ?? "", counts: row.text(13) ?? "")
        if digest != row.text(2) {
          result.faults.append("who made revision \(number), or by which command, was changed")
        }
      }
    }
  }

  private func verifyChanges(_ session: any DatabaseSession, _ result: inout Verification) throws {
    struct Expected {
      var digest: String
      var size: Int
    }
    var expected: [Int: Expected] = [:]
    try session.rows("SELECT number, changes, size FROM revision") {
      expected[$0.integer(0) ?? 0] = Expected(digest: $0.text(1) ?? "", size: $0.integer(2) ?? 0)
    }
    var revision = 0
    var hashes: [String] = []
    func close(_ result: inout Verification) {
      guard let wanted = expected.removeValue(forKey: revision) else { return }
      result.unseen += max(wanted.size - hashes.count, 0)
      if hashes.count > wanted.size
        || (hashes.count == wanted.size && ChangeDigest.of(hashes) != wanted.digest)
      {
        result.faults.append("changes of revision \(revision) were added, changed or put in another order")
      }
    }
    try session.rows(
      "SELECT revision, kind, id, salt, hash, content, removed FROM change ORDER BY revision, place"
    ) { row in
      let number = row.integer(0) ?? 0
      if number != revision {
        close(&result)
        revision = number
        hashes = []
      }
      let key = RecordKey(kind: row.text(1) ?? "", id: row.text(2) ?? "")
      let hash = row.text(4) ?? ""
      hashes.append(hash)
      result.changes += 1
      guard let salt = row.text(3) else {
        result.erased += 1
        if row.text(5) != nil {
          result.faults.append("\(key.kind) \(key.id) of revision \(number) has no salt")
        }
        return
      }
      let content = row.integer(6) == 0 ? row.bytes(5) : nil
      if ChangeDigest.of(key, content, salt: salt) != hash {
        result.faults.append("\(key.kind) \(key.id) of revision \(number) was changed after it was written")
      }
    }
    close(&result)
    result.unseen += expected.values.reduce(0) { $0 + $1.size }
  }

  /// Each change but the last of a record names the next one.
  private func verifySuccession(_ session: any DatabaseSession, _ result: inout Verification) throws {
    var last: (key: RecordKey, superseded: Int?)?
    func close(_ result: inout Verification) {
      if let last, let next = last.superseded {
        result.faults.append(
          "\(last.key.kind) \(last.key.id): revision \(next), which changed it, is missing")
      }
    }
    try session.rows("SELECT kind, id, revision, superseded FROM change ORDER BY kind, id, revision") { row in
      let key = RecordKey(kind: row.text(0) ?? "", id: row.text(1) ?? "")
      let number = row.integer(2) ?? 0
      if let last, last.key == key {
        if last.superseded != number {
          result.faults.append(
            "\(key.kind) \(key.id): two states of it are present before revision \(number)")
        }
      } else {
        close(&result)
      }
      last = (key, row.integer(3))
    }
    close(&result)
  }

  /// Tandems know their people, sessions and replies their tandems and sessions.
  private func verifyReferences(_ result: inout Verification) throws {
    var people: Set<String> = []
    var tandems: Set<String> = []
    var sessions: Set<String> = []
    var missing: [String: Int] = [:]
    try forEachRecord(kinds: ["person", "tandem", "session", "reply"]) { key, line in
      switch try? Record(line: line.span) {
      case .person(let person)?: people.insert(person.id.text)
      case .tandem(let tandem)?:
        tandems.insert(tandem.id.text)
        for person in [tandem.mentor, tandem.mentee] where !people.contains(person.text) {
          missing["tandem \(key.id) names \(person), who is not there", default: 0] += 1
        }
      case .session(let session)?:
        sessions.insert(session.id.text)
        if !tandems.contains(session.tandem.text) {
          missing["sessions name the tandem \(session.tandem), which is not there", default: 0] += 1
        }
      case .reply(let reply)?:
        if let session = reply.session, !sessions.contains(session.text) {
          missing["replies name the session \(session), which is not there", default: 0] += 1
        }
      case nil: result.faults.append("\(key.kind) \(key.id) cannot be read")
      default: break
      }
    }
    result.faults += missing.keys.sorted { $0.precedesByBytes($1) }.map {
      missing[$0, default: 1] == 1 ? $0 : "\($0) (\(missing[$0, default: 1]) times)"
    }
  }
}
