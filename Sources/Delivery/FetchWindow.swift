package import Programme

/// The time that is asked about, from one instant to another.
package struct FetchWindow: Hashable, Sendable {
  package let start: Timestamp
  package let end: Timestamp

  /// nil where the end is not behind the start.
  package init?(from start: Timestamp, to end: Timestamp) {
    guard start.secondsSinceEpoch < end.secondsSinceEpoch else { return nil }
    (self.start, self.end) = (start.inUTC, end.inUTC)
  }

  /// `20261005T080000Z` (RFC 5545, section 3.3.5).
  var startText: String { FetchWindow.text(start) }
  var endText: String { FetchWindow.text(end) }

  static func text(_ time: Timestamp) -> String {
    time.inUTC.description.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
  }

  /// Windows of at most so many days.
  func parts(days: Int) -> [FetchWindow] {
    var parts: [FetchWindow] = []
    var from = start.secondsSinceEpoch
    while from < end.secondsSinceEpoch {
      let to = min(from + days * 86_400, end.secondsSinceEpoch)
      if let part = FetchWindow(
        from: Timestamp(secondsSinceEpoch: from, offset: 0), to: Timestamp(secondsSinceEpoch: to, offset: 0))
      {
        parts.append(part)
      }
      from = to
    }
    return parts
  }
}
