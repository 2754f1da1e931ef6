import Basics
import Foundation
import GRDB

/// A store in one file, by SQLite: write-ahead log, `synchronous = FULL`, foreign keys.
///
/// Readers see one state while another process writes; writers wait for each other.
package final class SQLiteDatabase: Database {
  package let dialect = Dialect.sqlite
  package let name: String
  private let queue: DatabaseQueue

  /// Opens the file, or makes it, readable by its owner alone.
  ///
  /// - Parameter patience: how long a writer waits for another, in seconds.
  /// - Throws: `StoreError.cannotOpen`; `.notAStore` where it is a file of another kind or of another program.
  package init(_ path: String, creates: Bool = false, patience: Double = 20) throws(StoreError) {
    name = path
    if creates {
      // Made here, so that no other user can open it before its rights are set.
      let descriptor = SystemCall.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else { throw .cannotOpen(SystemCall.reason(errno)) }
      close(descriptor)
    } else {
      let kind: FileKind?
      do throws(InputError) {
        kind = try FileKind.at(path)
      } catch {
        throw .cannotOpen(error.message)
      }
      guard let kind else { throw .cannotOpen("there is no such file") }
      guard kind == .file else { throw .notAStore("it is not a file") }
    }
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA secure_delete = ON")
      // Before the first statement that reads: another program's file is left as it is.
      let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
      let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      guard application == Schema.applicationID || (application == 0 && tables == 0) else {
        throw StoreError.notAStore("it is a database of another program")
      }
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
    } catch {
      throw SQLiteDatabase.storeError(error)
    }
  }

  package func read<Value>(_ body: (any DatabaseSession) throws -> Value) throws -> Value {
    // A transaction, so that all of it is of one state.
    try translated { try queue.read { try body(SQLiteSession($0)) } }
  }

  package func write<Value>(_ body: (any DatabaseSession) throws -> Value) throws -> Value {
    try translated {
      try queue.writeWithoutTransaction { database in
        var value: Value?
        try database.inTransaction(.immediate) {
          value = try body(SQLiteSession(database))
          return .commit
        }
        guard let value else { throw StoreError.refused("the transaction gave nothing") }
        return value
      }
    }
  }

  /// A file needs no connection.
  package func reconnect() throws(StoreError) {}

  /// Rewrites the file, so that nothing of what was erased is left in it or in its log.
  package func compact() throws(StoreError) {
    do {
      try queue.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        try database.execute(sql: "VACUUM")
        try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
    } catch {
      throw SQLiteDatabase.storeError(error)
    }
  }

  /// What SQLite itself finds wrong with the file; empty: nothing.
  package func faults() throws(StoreError) -> [String] {
    do {
      return try queue.read { database in
        try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      }
    } catch {
      throw SQLiteDatabase.storeError(error)
    }
  }

  private func translated<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw SQLiteDatabase.storeError(error)
    }
  }

  fileprivate static func storeError(_ error: any Error) -> StoreError {
    guard let error = error as? DatabaseError else {
      return (error as? StoreError) ?? .refused(String(describing: error))
    }
    let reason = error.message ?? error.resultCode.description
    return switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(reason)
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: .cannotOpen(reason)
    case .SQLITE_NOTADB: .notAStore("it is not a database")
    case .SQLITE_CORRUPT: .damaged(reason)
    case .SQLITE_READONLY: .refused("the file may not be written (\(reason))")
    default: .refused(reason)
    }
  }
}

private struct SQLiteSession: DatabaseSession {
  let dialect = Dialect.sqlite
  private let database: GRDB.Database

  init(_ database: GRDB.Database) { self.database = database }

  func run(_ sql: String, _ values: [SQLValue]) throws(StoreError) {
    do {
      try database.cachedStatement(sql: sql).execute(arguments: arguments(values))
    } catch {
      throw SQLiteDatabase.storeError(error)
    }
  }

  func rows(_ sql: String, _ values: [SQLValue], _ body: (any SQLRow) throws -> Void) throws {
    let statement = try database.cachedStatement(sql: sql)
    let cursor = try Row.fetchCursor(statement, arguments: arguments(values))
    while let row = try cursor.next() { try body(SQLiteRow(row: row)) }
  }

  func insert(into table: String, _ columns: [SQLColumn], _ rows: [[SQLValue]]) throws(StoreError) {
    let names = columns.map(\.name).joined(separator: ", ")
    let places = (1...max(columns.count, 1)).map { "$\($0)" }.joined(separator: ", ")
    do {
      let statement = try database.cachedStatement(sql: "INSERT INTO \(table) (\(names)) VALUES (\(places))")
      for row in rows { try statement.execute(arguments: arguments(row)) }
    } catch {
      throw SQLiteDatabase.storeError(error)
    }
  }

  private func arguments(_ values: [SQLValue]) -> StatementArguments {
    StatementArguments(
      values.map { value -> (any DatabaseValueConvertible)? in
        switch value {
        case .null: nil
        case .integer(let number): number
        case .text(let text): text
        }
      })
  }
}

private struct SQLiteRow: SQLRow {
  let row: Row

  func integer(_ column: Int) -> Int? {
    let value: DatabaseValue = row[column]
    return value.isNull ? nil : Int.fromDatabaseValue(value) ?? 0
  }
  func text(_ column: Int) -> String? { String.fromDatabaseValue(row[column]) }
  func bytes(_ column: Int) -> [UInt8]? { text(column).map { Array($0.utf8) } }
}
