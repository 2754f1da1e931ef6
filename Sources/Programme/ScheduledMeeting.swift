/// What a session and a workshop have in common: each is one event in its attendees' calendars.
package protocol ScheduledMeeting: Sendable {
  var uid: String { get }
  /// Of the calendar event; grows with each change.
  var sequence: Int { get }
  var start: Timestamp { get }
  var end: Timestamp { get }
}

extension ScheduledMeeting {
  /// From its start to its end, in the solver's minutes.
  package var interval: MinuteInterval { MinuteInterval(start: start.minute, end: end.minute) }
}
