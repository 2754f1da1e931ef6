import Basics
import Programme
import RecordStream

/// The journal of an outbox: who was notified of what, and when.
struct NoticeJournal {
  private struct Notice {
    var at: Timestamp
    /// Whether one of the times it concerns is within seven days: it cannot wait.
    var isUrgent: Bool
  }

  /// By recipient and calendar event: the last notice.
  private(set) var last: [String: [String: JSONValue]] = [:]
  private var notices: [String: [Notice]] = [:]

  init(_ journal: [UInt8]) throws {
    for line in journal.split(separator: 10) {
      let entry = try JSONValue(parsing: line)
      guard entry["record"]?.string == "notice", let uid = entry["uid"]?.string,
        let recipient = entry["recipient"]?.string, let start = entry["start"]?.string
      else { continue }
      let before = last[recipient]?[uid]
      last[recipient, default: [:]][uid] = entry
      guard let at = entry["at"]?.string.flatMap({ Timestamp(rfc3339: $0) }) else { continue }
      let times = [start, before?["start"]?.string].compactMap { $0.flatMap { Timestamp(rfc3339: $0) } }
      let isUrgent = times.contains {
        (0..<604_800).contains($0.secondsSinceEpoch - at.secondsSinceEpoch)
      }
      notices[recipient, default: []].append(Notice(at: at, isUrgent: isUrgent))
    }
  }

  /// What a recipient was told within a week of an earlier notice although it could have waited.
  func tooSoon(for recipient: String) -> [String] {
    // All notices of one moment are one message.
    let moments = Dictionary(grouping: notices[recipient] ?? [], by: \.at).mapValues {
      $0.allSatisfy(\.isUrgent)
    }
    .sorted { $0.key < $1.key }
    return zip(moments, moments.dropFirst()).compactMap { before, after in
      !after.value && after.key.secondsSinceEpoch - before.key.secondsSinceEpoch < 604_800
        ? "\(recipient) was notified on \(before.key) and again on \(after.key)" : nil
    }
  }
}
