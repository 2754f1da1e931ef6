/// Why a calendar collection cannot be kept in step.
package enum CalDAVError: Error, Hashable, Sendable {
  /// Text that is not the address of a calendar collection, and why.
  case badAddress(String, reason: String)
  /// No whole answer came.
  case connection(ConnectionError)
  /// It wants a user and a password, or refuses those it got.
  case noLogin(status: Int)
  /// What is there is no calendar, or cannot be made one, and why.
  case noCalendar(String)
  /// The event is no longer as it was when it was read.
  case changed
  /// It answered so to a request.
  case refused(method: String, status: Int)
  /// It answered what nobody can read, and why.
  case badAnswer(String)

  /// Lower case: what is wrong, and what to do.
  package var message: String {
    switch self {
    case .badAddress(let text, let reason): "'\(text)' is not the address of a calendar: \(reason)"
    case .connection(let error): error.message(of: "calendar server")
    case .noLogin(401): "the calendar server asks for a user and a password, or rejects these"
    case .noLogin: "the calendar server denies this user access: ask its administrator for the right to write"
    case .noCalendar(let reason): reason
    case .changed: "it was changed on the server in the meantime: run again"
    case .refused(let method, let status): "the calendar server answered \(status) to \(method)"
    case .badAnswer(let reason): "the calendar server's answer cannot be read: \(reason)"
    }
  }

  /// Whether trying again may help.
  package var isTransient: Bool {
    switch self {
    case .connection(.unreachable): true
    case .refused(_, let status): Retrying.isTransient(status)
    case .badAddress, .connection, .noLogin, .noCalendar, .changed, .badAnswer: false
    }
  }

  /// Whether it concerns one event alone, so that the others may go on.
  var isOfOneEvent: Bool {
    switch self {
    case .changed, .refused: true
    case .badAddress, .connection, .noLogin, .noCalendar, .badAnswer: false
    }
  }
}
