import Basics
package import Calendars
package import Programme

/// Why a session may not be at a time.
package enum SessionFault: Hashable, Sendable {
  /// Minutes that it lasts, and that sessions here may last.
  case length(Int, allowed: ClosedRange<Int>)
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
  /// In another session at that time.
  case elsewhere(PersonID)
  /// Days from one session to the next.
  case gap(Int, allowed: ClosedRange<Int>)
  /// The site.
  case noRoom(String)

  /// Whether consent helps: no agreement makes two sessions of one person, or in one room, possible at one time.
  package var isPhysical: Bool {
    switch self {
    case .noRoom, .elsewhere, .past: true
    default: false
    }
  }

  /// In words that follow "it cannot be: ".
  package var reason: String {
    switch self {
    case .length(let minutes, let allowed):
      "it lasts \(counted(minutes, "minute")), and sessions here last \(allowed.lowerBound)"
        + (allowed.count == 1 ? "" : " to \(allowed.upperBound)")
    case .offGrid(let step, let days):
      "sessions begin every \(step) minutes of a day from \(days.lowerBound) to \(days.upperBound)"
    case .outsideCohort(let days): "the cohort's days are \(days.lowerBound) to \(days.upperBound)"
    case .clockChange: "a clock change removes or repeats that time"
    case .past: "it is past"
    case .shortNotice(let days): "the first session needs \(days) days of notice"
    case .notFree(let part, let person, let obstacle):
      "\(part.rawValue) \(person) is not free then (\(obstacle.text))"
    case .secondSession(let person): "\(person) has another session on that day"
    case .elsewhere(let person): "\(person) is in another session then"
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
