package import Basics
package import Calendars
package import Programme

extension PrivateFolder {
  /// Writes an invitation as a calendar file.
  ///
  /// - Returns: what is wrong with an invitation that no calendar would accept; it is not written.
  package func write(
    _ invitation: Invitation, method: CalendarWriter.Method? = nil, _ identifier: String
  ) throws(FileError) -> Diagnostic? {
    let bytes: [UInt8]
    do throws(CalendarError) {
      bytes = try CalendarWriter.bytes(of: invitation, method: method)
    } catch {
      return Diagnostic(.error, error.message, code: error.code)
    }
    try write(bytes, identifier, ending: "ics")
    return nil
  }
}

extension Output {
  /// Writes the invitations as one calendar. A calendar without events is not one that a program would read: it is left out.
  package func write(_ invitations: [Invitation], title: String) throws {
    guard !invitations.isEmpty else { return }
    try write(try CalendarWriter.bundle(invitations, title: title))
  }
}
