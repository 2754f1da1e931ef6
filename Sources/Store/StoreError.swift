/// Why the store could not do what it was asked for.
package enum StoreError: Error, Hashable, Sendable {
  /// The database cannot be opened: no file, no server, no right.
  case cannotOpen(String)
  /// It is not a store, or one of a later version.
  case notAStore(String)
  /// Another writer kept it for too long.
  case busy(String)
  /// The connection was lost; nothing was written.
  case disconnected(String)
  /// The connection was lost while the database committed: whether it did must be looked up.
  case uncertain(String)
  /// The database refuses: a right, a rule, a full disk.
  case refused(String)
  /// What was read has changed since.
  case conflict(Conflict)
  /// The history does not hold together.
  case damaged(String)
  /// A record in it cannot be decoded.
  case unreadable(String)

  package struct Conflict: Hashable, Sendable {
    /// The revision that came in between, and who made it with which command.
    package var revision: Int
    package var clerk: String
    package var command: String

    package init(revision: Int, clerk: String, command: String) {
      self.revision = revision
      self.clerk = clerk
      self.command = command
    }
  }

  package var message: String {
    switch self {
    case .cannotOpen(let reason): "cannot be opened: \(reason)"
    case .notAStore(let reason): reason
    case .busy(let reason): "another command keeps it busy (\(reason)); run this again"
    case .disconnected(let reason): "the connection was lost (\(reason)): nothing was written; run this again"
    case .uncertain(let reason):
      "the connection was lost while it committed (\(reason)); `tandem log` shows whether this command is in it"
    case .refused(let reason): "refused: \(reason)"
    case .conflict(let conflict):
      "revision \(conflict.revision) by \(conflict.clerk) (`\(conflict.command)`) changed the same records meanwhile: nothing was written; look at `tandem show \(conflict.revision)`, then run this again"
    case .damaged(let reason): "the history is damaged: \(reason)"
    case .unreadable(let record):
      "a record cannot be read (\(record)): nothing was done; `tandem verify` lists all of them"
    }
  }
}
