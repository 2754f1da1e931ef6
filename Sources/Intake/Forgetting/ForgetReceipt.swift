package import Basics
package import Programme

/// What became of one file, or of one word of the call, when people were forgotten.
package struct ForgetResult: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    case removed(Removal)
    /// With the reason.
    case unsearched(String)
    /// What is still there.
    case left(String)
    /// Nobody is known by this word, which is the path.
    case notFound
  }

  /// Nothing in it is personal.
  package let path: String
  package let outcome: Outcome

  package init(path: String, outcome: Outcome) {
    self.path = path
    self.outcome = outcome
  }

  fileprivate var removal: Removal? { if case .removed(let removal) = outcome { removal } else { nil } }
  fileprivate var reason: String? { if case .unsearched(let reason) = outcome { reason } else { nil } }
  fileprivate var remainder: String? { if case .left(let what) = outcome { what } else { nil } }
}

/// A result with the day that the call gave.
package struct ForgetReceipt: Sendable {
  let result: ForgetResult
  let date: String?

  package init(_ result: ForgetResult, date: String?) {
    self.result = result
    self.date = date
  }

  package static let fields = WrittenTable<ForgetReceipt>(
    "receipt", "What `forget` removed from one file, or could not; nothing personal.",
    place: "`tandem-import forget`",
    [
      .optional(
        "file", { $0.result.outcome == .notFound ? nil : $0.result.path },
        "the file, its name masked where it is personal"),
      .optional("removed", \.result.removal, "`file`, or counts by kind"),
      .optional("notSearched", \.result.reason, "why the file was not searched"),
      .optional("left", \.result.remainder, "what is still in the file"),
      .optional(
        "notFound", { $0.result.outcome == .notFound ? $0.result.path : nil },
        "a word of the call by which nobody was found"),
      .optional("date", \.date, "the day, where one was given", shape: .date),
    ])
}

extension Removal: WrittenValue {
  package static var shape: FieldShape { .either([.words(["file"]), .map(.integer)]) }
  package func write(to writer: inout JSONWriter) {
    if isDeleted { writer.string("file") } else { counts.write(to: &writer) }
  }
}
