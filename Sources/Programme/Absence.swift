/// Somebody is away for whole days, on their own clock: an illness, a leave that no calendar holds yet.
package struct Absence: Hashable, Sendable {
  package enum Reason: String, CaseIterable, FieldValue {
    case illness, leave, other
  }

  package var person: PersonID
  /// The first day and the last, both included.
  package var from: LocalDate
  package var to: LocalDate
  /// The kind of reason; what it was in words is nobody's concern.
  package var reason: Reason

  package init(person: PersonID, from: LocalDate, to: LocalDate, reason: Reason = .other) {
    self.person = person
    self.from = from
    self.to = to
    self.reason = reason
  }

  /// Of two absences that begin on one day, the later record is the newer.
  package var id: String { "\(person) \(from)" }
}

extension Absence: FieldObject {
  package static let fields = FieldTable(
    "absence", "Somebody is away for whole days.", place: "`tandem away`",
    blank: Absence(
      person: PersonID(""), from: LocalDate(daysSinceEpoch: 0), to: LocalDate(daysSinceEpoch: 0)),
    fault: { $0.to < $0.from ? "the absence ends before it begins" : nil },
    [
      .computed("id", \.id, "`PERSON FROM`"),
      .required("person", \.person, "the person's id"),
      .required("from", \.from, "the first day"),
      .required("to", \.to, "the last day, included"),
      .defaulted("reason", \.reason, "the kind of reason"),
    ])
}
