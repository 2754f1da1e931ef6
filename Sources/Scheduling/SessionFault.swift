package import Calendars
package import Programme

/// Why a session may not be at a time.
package enum SessionFault: Hashable, Sendable {
  /// Minutes that it lasts, and that sessions here last.
  case length(Int, wanted: Int)
  /// Minutes between the starts that are offered, and the cohort's days.
  case offGrid(step: Int, days: ClosedRange<LocalDate>)
  case outsideCohort(days: ClosedRange<LocalDate>)
  /// A clock change removes or repeats part of it.
  case clockChange
  case past
  /// Days of notice that the first session needs.
  case shortNotice(Int)
  case notFree(SessionRules.Attendee.Part, PersonID, WorkingTime.Obstacle)
  /// Nobody has two sessions on a day.
  case secondSession(PersonID)
  /// Days from one session to the next.
  case gap(Int, allowed: ClosedRange<Int>)
  /// The site.
  case noRoom(String)

  /// In words that follow "it cannot be: ".
  package var reason: String {
    switch self {
    case .length(let minutes, let wanted): "it lasts \(minutes) minutes, and sessions here last \(wanted)"
    case .offGrid(let step, let days):
      "sessions begin every \(step) minutes of a day from \(days.lowerBound) to \(days.upperBound)"
    case .outsideCohort(let days): "the cohort's days are \(days.lowerBound) to \(days.upperBound)"
    case .clockChange: "a clock change removes or repeats that time"
    case .past: "it is past"
    case .shortNotice(let days): "the first session needs \(days) days of notice"
    case .notFree(let part, let person, let obstacle):
      "\(part.rawValue) \(person) is not free then (\(obstacle.text))"
    case .secondSession(let person): "\(person) has another session on that day"
    case .gap(let days, let allowed): "\(SessionFault.gapRule(allowed)), not \(days)"
    case .noRoom(let site): "no room of \(site) is free then"
    }
  }

  static func gapRule(_ allowed: ClosedRange<Int>) -> String {
    "\(allowed.lowerBound) to \(allowed.upperBound) days must be between two sessions"
  }
}

extension [SessionFault] {
  package var reason: String { map(\.reason).joined(separator: "; ") }
}
