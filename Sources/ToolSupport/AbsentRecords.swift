package import Basics
package import Programme

extension Diagnostic {
  /// Reports that a stream has no record of the kind that a command works on: most often it is the wrong file.
  package static func absent(_ kind: Record.Kind, in file: String?) -> Diagnostic {
    let remedy =
      switch kind {
      case .person: "is it the right file? `tandem-import` makes the people of exports"
      case .tandem: "run tandem-match first"
      case .session, .workshop: "is it the right file? `tandem-schedule` plans the sessions of tandems"
      case .unmatched, .response, .summary, .reply, .absence, .undelivered: "is it the right file?"
      }
    return Diagnostic(
      .error, "no \(kind.rawValue) is on the stream: \(remedy)", file: file, code: "no-\(kind.rawValue)")
  }

  /// Names the first of those who are planned without a calendar; nil: all have one.
  ///
  /// - Parameter noun: what they are called, in the plural.
  package static func withoutCalendar(
    _ missing: Set<PersonID>, of planned: Set<PersonID>, _ noun: String
  ) -> Diagnostic? {
    guard let first = missing.min() else { return nil }
    let who =
      missing.count == 1
      ? "\(first) is" : "\(missing.count) of \(planned.count) \(noun) (\(first) …) are"
    return Diagnostic(
      .warning, "\(who) planned without a busy calendar; pass theirs with --busy", code: "no-calendar")
  }
}
