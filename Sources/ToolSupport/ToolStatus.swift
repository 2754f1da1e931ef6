/// How a tool ends; not called ExitStatus, a name that Swift Testing uses for something else. The numbers are those of sysexits.h.
package enum ToolStatus: Int32, Sendable, Comparable, CaseIterable {
  /// Nothing was rejected.
  case done = 0
  /// The call is wrong.
  case usage = 64
  /// Some input was bad: what was good is on standard output.
  case badInput = 65
  /// An input cannot be opened.
  case noInput = 66
  /// No answer exists; what could be planned is on standard output.
  case unavailable = 69
  /// An output cannot be created.
  case cannotCreate = 73
  /// Reading or writing failed.
  case ioError = 74
  /// The configuration is wrong.
  case configuration = 78

  package static func < (a: ToolStatus, b: ToolStatus) -> Bool { a.rawValue < b.rawValue }
}
