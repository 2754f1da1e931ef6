/// What this programme writes into each event that it keeps on a calendar server, so that it knows its own again.
package struct CalendarMark: Hashable, Sendable {
  /// Whose event it is: a region and a cohort. Empty where the event is none of ours.
  package var source: String
  /// Of what was written: where the event says something else, somebody changed it.
  package var digest: String

  package init(source: String, digest: String) {
    self.source = source
    self.digest = digest
  }
}

/// An event as a calendar server keeps it, in what people see of it.
package struct StoredEvent: Hashable, Sendable {
  package var uid: String
  package var mark: CalendarMark
  /// Seconds since the epoch.
  package var start: Int
  package var end: Int
  package var summary: String
  package var details: String
  package var location: String
  /// Neither called off nor a series.
  package var isPlain: Bool
}

extension CalendarFile {
  /// The event of a file that holds all of one UID, as those of a calendar server do; the first where somebody made a series
  /// of it. nil where there is none. The file must have been read with `depth: .texts`.
  package var storedEvent: StoredEvent? {
    guard let event = events.first else { return nil }
    let span = EventSeries([event], frames: EventSeries.Frames(zones: zones, owner: .utc)).ownSpan(0)
    return StoredEvent(
      uid: event.uid, mark: event.mark, start: span.lowerBound, end: span.upperBound, summary: event.summary,
      details: event.details, location: event.location,
      isPlain: events.count == 1 && event.rules.isEmpty && event.extraDates.isEmpty
        && event.status != .cancelled)
  }
}
