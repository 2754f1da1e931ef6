import Basics
package import Programme

/// What a command does to the programme, as the log keeps it.
package struct Act: Hashable, Sendable {
  package var moment: Timestamp
  package var clerk: String
  /// The command line without secrets; nil: erased.
  package var command: String?
  /// The version of the tools.
  package var tools: String
  /// Of the configuration at that time: SHA-256 in hexadecimal digits; empty where it had no part in it.
  package var configuration: String
  /// The revision that this one undoes.
  package var undoes: Int?

  package init(
    moment: Timestamp, clerk: String, command: String?, tools: String, configuration: String,
    undoes: Int? = nil
  ) {
    self.moment = moment
    self.clerk = clerk
    self.command = command
    self.tools = tools
    self.configuration = configuration
    self.undoes = undoes
  }
}

/// One step of the programme's history.
package struct Revision: Hashable, Sendable {
  package var number: Int
  package var hash: String
  package var previous: String
  /// nil: it belongs to regions that this user does not see.
  package var act: Act?
  package var counts: [ChangeCount]
}

/// How many records of a kind a revision added, changed and removed.
package struct ChangeCount: Hashable, Sendable {
  package var kind: String
  package var added = 0
  package var changed = 0
  package var removed = 0

  package init(kind: String, added: Int = 0, changed: Int = 0, removed: Int = 0) {
    self.kind = kind
    self.added = added
    self.changed = changed
    self.removed = removed
  }

  /// As the log keeps them: `{"session":[2,0,1]}`, added, changed and removed.
  static func text(_ counts: [ChangeCount]) -> String {
    var writer = JSONWriter()
    writer.beginObject()
    for count in counts {
      writer.key(count.kind)
      writer.beginArray()
      for number in [count.added, count.changed, count.removed] { writer.integer(number) }
      writer.endArray()
    }
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// - Throws: `StoreError.damaged`.
  static func list(_ text: String) throws(StoreError) -> [ChangeCount] {
    guard !text.isEmpty else { return [] }
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: Array(text.utf8))
    } catch {
      throw .damaged("the counts of a revision are \"\(text)\": \(error.message)")
    }
    guard case .object(let members) = value else {
      throw .damaged("the counts of a revision are \"\(text)\"")
    }
    var counts: [ChangeCount] = []
    for kind in members.keys.sorted(by: { $0.precedesByBytes($1) }) {
      let numbers = members[kind]?.array?.compactMap(\.integer) ?? []
      guard numbers.count == 3 else { throw .damaged("the counts of a revision are \"\(text)\"") }
      counts.append(ChangeCount(kind: kind, added: numbers[0], changed: numbers[1], removed: numbers[2]))
    }
    return counts
  }

  /// By kind, in byte order.
  package static func of(_ changes: some Sequence<Change>) -> [ChangeCount] {
    var counts: [String: ChangeCount] = [:]
    for change in changes {
      var count = counts[change.key.kind] ?? ChangeCount(kind: change.key.kind)
      switch (change.before, change.after) {
      case (nil, .some): count.added += 1
      case (.some, nil): count.removed += 1
      default: count.changed += 1
      }
      counts[change.key.kind] = count
    }
    return counts.keys.sorted { $0.precedesByBytes($1) }.compactMap { counts[$0] }
  }
}

/// What a record is known by in the store.
package struct RecordKey: Hashable, Sendable, Comparable {
  package var kind: String
  package var id: String

  package init(kind: String, id: String) {
    self.kind = kind
    self.id = id
  }

  /// By kind, then by id, in byte order.
  package static func < (a: RecordKey, b: RecordKey) -> Bool {
    a.kind == b.kind ? a.id.precedesByBytes(b.id) : a.kind.precedesByBytes(b.kind)
  }
}

/// What becomes of one record.
package struct Change: Hashable, Sendable {
  package var key: RecordKey
  /// The line before; nil: there was none.
  package var before: [UInt8]?
  /// The line from then on; nil: it is removed.
  package var after: [UInt8]?

  package init(key: RecordKey, before: [UInt8]?, after: [UInt8]?) {
    self.key = key
    self.before = before
    self.after = after
  }
}
