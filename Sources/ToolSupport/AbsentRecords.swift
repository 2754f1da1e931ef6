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
      case .unmatched, .response, .summary, .reply: "is it the right file?"
      }
    return Diagnostic(
      .error, "no \(kind.rawValue) is on the stream: \(remedy)", file: file, code: "no-\(kind.rawValue)")
  }
}
