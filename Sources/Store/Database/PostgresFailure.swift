/// What libpq or the server says went wrong.
struct PostgresFailure: Error, Hashable {
  /// The server's code for it (SQLSTATE); empty where it came from libpq.
  var state: String
  /// The first line of the message.
  var message: String
  /// Whether the connection can no longer be used.
  var isLost: Bool
  /// Whether the server asked for a password and there was none.
  var lacksPassword: Bool

  init(_ message: String, state: String = "", isLost: Bool, lacksPassword: Bool = false) {
    self.state = state
    self.message = String(message.prefix { !$0.isNewline })
    self.isLost = isLost
    self.lacksPassword = lacksPassword
  }

  /// While the connection is opened.
  var whileOpening: StoreError {
    .cannotOpen(
      lacksPassword
        ? "the server asks for a password: put it into $PGPASSWORD, or into a file that only you may read, named in $PGPASSFILE"
        : message)
  }

  /// Within a transaction: nothing of it is written.
  var withinTransaction: StoreError {
    // The server ends a session with class 57, and with 25P03 one that kept a transaction open for too long.
    if isLost { return .disconnected(message) }
    return switch (state.prefix(2), state) {
    case ("08", _): .disconnected(message)
    case ("28", _): .cannotOpen(message)
    case (_, "55P03"), (_, "40001"), (_, "40P01"): .busy(message)
    case (_, "57014"): .refused("the statement ran for too long (\(message))")
    case (_, "25006"): .refused("this server or this role may only read (\(message))")
    case (_, "53100"): .refused("the server's disk is full (\(message))")
    case ("53", _): .refused("the server has no room for it (\(message))")
    case (_, "42501") where message.contains("row-level security"), ("44", _):
      .refused("this role may not write records of that region (\(message))")
    case (_, "42501"):
      .refused(
        "this role has no right to do that (\(message)); whoever made the programme can give it access")
    case (_, "22021"): .refused("PostgreSQL cannot store the character U+0000")
    case ("XX", _): .damaged(message)
    default: .refused(message)
    }
  }
}
