import Basics
import Programme
import RecordStream

/// A revision in the making: its rows with their digests, before its number is known.
struct RevisionDraft {
  private let base: Act
  private(set) var act: (salt: String, region: String, counts: String, digest: String)
  private var rows: [Row] = []
  private var counts: [ChangeCount]

  private struct Row {
    var facts: RecordFacts
    var content: [UInt8]?
    var salt: String
    var hash: String
  }

  /// - Throws: `RecordError` where a line is no record.
  init(_ act: Act, _ changes: [Change]) throws {
    base = act
    self.act = ("", "", "", "")
    counts = []
    rows.reserveCapacity(changes.count)
    for change in changes {
      guard let line = change.after ?? change.before else { continue }
      var facts = try RecordFacts(line.span)
      facts.key = change.key
      if change.after == nil {
        facts.status = nil
        facts.moment = nil
      }
      rows.append(RevisionDraft.row(facts, change.after))
    }
    counts = ChangeCount.of(changes)
    self.act.salt = Digest.salt()
    seal()
  }

  /// Counts, region and digest of the act, by the rows.
  private mutating func seal() {
    let regions = Set(rows.map(\.facts.region))
    act.region = regions.count == 1 ? regions.first ?? "" : ""
    act.counts = ChangeCount.text(counts)
    act.digest = ActDigest.of(base, salt: act.salt, region: act.region, counts: act.counts)
  }

  /// Ids that sort as the log goes: by revision, then by place.
  mutating func add(_ entries: [LogEntry], revision: Int) throws {
    for (place, entry) in entries.enumerated() {
      var facts = try RecordFacts(entry.line.span)
      facts.key = RecordKey(kind: entry.kind, id: "\(revision.digits(8))/\(place.digits(6))")
      facts.region = entry.region
      rows.append(RevisionDraft.row(facts, entry.line))
    }
    for (kind, own) in Dictionary(grouping: entries, by: \.kind) {
      counts.append(ChangeCount(kind: kind, added: own.count))
    }
    counts.sort { $0.kind.precedesByBytes($1.kind) }
    seal()
  }

  private static func row(_ facts: RecordFacts, _ content: [UInt8]?) -> Row {
    let salt = Digest.salt()
    return Row(
      facts: facts, content: content, salt: salt, hash: ChangeDigest.of(facts.key, content, salt: salt))
  }

  /// A record that does not tell its region, such as an entry of a log that is taken out, stays where it is.
  mutating func takeRegions(in session: any DatabaseSession) throws {
    for index in rows.indices where rows[index].facts.region.isEmpty {
      let key = rows[index].facts.key
      rows[index].facts.region =
        try session.first(
          "SELECT region FROM change WHERE kind = $1 AND id = $2 AND superseded IS NULL",
          [.text(key.kind), .text(key.id)]
        ) { $0.text(0) ?? "" } ?? ""
    }
    seal()
  }

  /// Writes all rows as the revision of this number, the last one so far.
  func write(as number: Int, in session: any DatabaseSession) throws {
    let previous =
      try session.first("SELECT hash FROM revision WHERE number = $1", [.integer(number - 1)]) {
        $0.text(0) ?? ""
      }
      ?? ""
    let changes = ChangeDigest.of(rows.map(\.hash))
    let moment = base.moment.inUTC
    let hash = RevisionDigest.of(
      number: number, moment: moment, act: act.digest, changes: changes, size: rows.count, previous: previous)
    try session.run(
      "INSERT INTO revision (number, moment, act, changes, size, previous, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      [
        .integer(number), .text(moment), .text(act.digest), .text(changes), .integer(rows.count),
        .text(previous),
        .text(hash),
      ])
    try session.run(
      """
      INSERT INTO act (revision, region, clerk, command, tools, configuration, counts, undoes, salt)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """,
      [
        .integer(number), .text(act.region), .text(base.clerk), SQLValue(base.command), .text(base.tools),
        .text(base.configuration), .text(act.counts), SQLValue(base.undoes), .text(act.salt),
      ])
    try session.insert(
      into: "change",
      [
        SQLColumn("revision", .integer), SQLColumn("place", .integer), SQLColumn("kind", .text),
        SQLColumn("id", .text), SQLColumn("region", .text), SQLColumn("status", .text),
        SQLColumn("moment", .text),
        SQLColumn("salt", .text), SQLColumn("hash", .text), SQLColumn("content", .text),
        SQLColumn("removed", .integer),
      ],
      rows.enumerated().map { place, row in
        [
          .integer(number), .integer(place), .text(row.facts.key.kind), .text(row.facts.key.id),
          .text(row.facts.region), SQLValue(row.facts.status), SQLValue(row.facts.moment), .text(row.salt),
          .text(row.hash), SQLValue(row.content.map { String(decoding: $0, as: UTF8.self) }),
          .integer(row.content == nil ? 1 : 0),
        ]
      })
    // One statement, however many: a server far away is asked once.
    try session.run(
      """
      UPDATE change SET superseded = $1 WHERE superseded IS NULL AND revision < $2
      AND (kind, id) IN (SELECT kind, id FROM change WHERE revision = $3)
      """, [.integer(number), .integer(number), .integer(number)])
    try numberPairs(in: session)
  }

  /// A tandem that is new gets the next short number, and keeps it.
  private func numberPairs(in session: any DatabaseSession) throws {
    let tandems = rows.filter { $0.facts.key.kind == Record.Kind.tandem.rawValue }
    guard !tandems.isEmpty else { return }
    var known: Set<String> = []
    try session.rows("SELECT id FROM pair") { known.insert($0.text(0) ?? "") }
    try session.insert(
      into: "pair", [SQLColumn("id", .text), SQLColumn("region", .text)],
      tandems.filter { !known.contains($0.facts.key.id) }
        .sorted { $0.facts.key < $1.facts.key }
        .map { [.text($0.facts.key.id), .text($0.facts.region)] })
  }
}

/// Of one change: with its salt, so that nobody finds an erased content by trying.
enum ChangeDigest {
  static func of(_ key: RecordKey, _ content: [UInt8]?, salt: String) -> String {
    var digest = Digest()
    digest.add(salt)
    digest.add(key.kind)
    digest.add(key.id)
    if let content { digest.add(content) }
    return digest.hexadecimal
  }

  /// Over all changes of a revision, in their order.
  static func of(_ hashes: [String]) -> String {
    var digest = Digest()
    for hash in hashes { digest.add(hash) }
    return digest.hexadecimal
  }
}

enum ActDigest {
  static func of(_ act: Act, salt: String, region: String, counts: String) -> String {
    Digest.of(
      salt, region, act.clerk, act.command ?? "", act.tools, act.configuration, counts,
      act.undoes.map { String($0) } ?? "")
  }
}

enum RevisionDigest {
  static func of(number: Int, moment: String, act: String, changes: String, size: Int, previous: String)
    -> String
  {
    Digest.of(String(number), moment, act, changes, String(size), previous)
  }
}
