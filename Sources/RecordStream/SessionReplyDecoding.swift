import Basics
package import Programme

extension SessionReply {
  /// The value of `record`.
  package static let kind = "reply"

  /// The members of a `reply` record that planning needs; the others (`comment`, `file`, `uid` …) are for people. nil for
  /// an answer to a workshop.
  package init?(_ line: RecordLine) throws(RecordError) {
    let value = try line.value()
    if value["workshop"] != nil { return nil }
    guard let text = value["answer"]?.string, let answer = Answer(rawValue: text) else {
      let known = Answer.allCases.map(\.rawValue).joined(separator: ", ")
      throw RecordError("\"answer\" is none of \(known)")
    }
    guard let session = value["session"]?.string, !session.isEmpty, let sequence = value["sequence"]?.integer
    else {
      throw RecordError("a reply needs \"session\" (an id) and \"sequence\" (a whole number)")
    }
    func time(_ key: String) throws(RecordError) -> Timestamp? {
      guard let member = value[key] else { return nil }
      guard let time = member.string.flatMap({ Timestamp(rfc3339: $0) }) else {
        throw RecordError("\"\(key)\" is no time; write it as 2026-10-05T10:00:00+02:00")
      }
      return time
    }
    func interval(_ start: String, _ end: String) throws(RecordError) -> MinuteInterval? {
      let (start, end) = (try time(start), try time(end))
      guard let start, let end else { return nil }
      return MinuteInterval(start: start.minute, end: end.minute)
    }
    self.init(
      answer: answer, session: SessionID(session), person: value["person"]?.string.map { PersonID($0) },
      sequence: sequence, stamp: try time("stamp")?.secondsSinceEpoch ?? 0,
      interval: try interval("start", "end"), wish: try interval("proposedStart", "proposedEnd"))
  }
}
