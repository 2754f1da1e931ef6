/// A database that keeps a programme: a file of SQLite, or PostgreSQL. The statements are the same for both; what differs
/// is in `Dialect`.
///
/// Parameters are written `$1`, `$2`, …, in the order in which they first appear.
package protocol Database: AnyObject {
  var dialect: Dialect { get }

  /// What the database is called in messages: a path, or an address without its password.
  var name: String { get }

  /// Reads one state of the database, whatever is written meanwhile.
  func read<Value>(_ body: (any DatabaseSession) throws -> Value) throws -> Value

  /// Writes as the only writer: all of it or, where `body` throws or the process ends, nothing. What was read in `body` is
  /// still true when it is committed.
  ///
  /// - Throws: `StoreError.uncertain` where the connection was lost while the database committed.
  func write<Value>(_ body: (any DatabaseSession) throws -> Value) throws -> Value

  /// Opens the connection anew after it was lost.
  func reconnect() throws(StoreError)
}

/// Within one transaction.
package protocol DatabaseSession {
  var dialect: Dialect { get }

  /// Runs one statement that gives no rows.
  func run(_ sql: String, _ values: [SQLValue]) throws(StoreError)

  /// Calls `body` with each row, in order; a row is valid only during the call.
  func rows(_ sql: String, _ values: [SQLValue], _ body: (any SQLRow) throws -> Void) throws

  /// Inserts many rows. O(rows), in batches, so that a plan of 60,000 sessions costs no round trip for each.
  func insert(into table: String, _ columns: [SQLColumn], _ rows: [[SQLValue]]) throws(StoreError)
}

extension DatabaseSession {
  package func run(_ sql: String) throws(StoreError) { try run(sql, []) }

  package func rows(_ sql: String, _ body: (any SQLRow) throws -> Void) throws { try rows(sql, [], body) }

  /// The first row's value; nil where there is no row.
  package func first<Value>(
    _ sql: String, _ values: [SQLValue] = [], _ body: (any SQLRow) throws -> Value
  ) throws -> Value? {
    var first: Value?
    try rows(sql, values) { row in if first == nil { first = try body(row) } }
    return first
  }
}

/// What differs between the two databases.
package enum Dialect: Hashable, Sendable, CaseIterable {
  case sqlite, postgresql
}

package struct SQLColumn: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case integer, text }

  package var name: String
  package var kind: Kind

  package init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

/// A value that is passed to the database.
package enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int)
  case text(String)

  package init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  package init(_ number: Int?) { self = number.map { .integer($0) } ?? .null }
}

/// A row of a result, by the place of its columns from 0.
package protocol SQLRow {
  /// nil: null. A column that is no number is 0.
  func integer(_ column: Int) -> Int?
  /// nil: null.
  func text(_ column: Int) -> String?
  /// The bytes of a text; nil: null.
  func bytes(_ column: Int) -> [UInt8]?
}
