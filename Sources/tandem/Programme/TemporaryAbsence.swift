import Programme

struct Absence: Sendable {
  var person: PersonID
  var from: LocalDate
  var to: LocalDate
  var id: String { "\(person) \(from)" }
  static let fields = FieldTable(
    "absence", "Somebody is away.", place: "`tandem away`",
    blank: Absence(
      person: PersonID(""), from: LocalDate(daysSinceEpoch: 0), to: LocalDate(daysSinceEpoch: 0)),
    [
      .computed("id", \.id, "`PERSON FROM`"), .required("person", \.person, "the person's id"),
      .required("from", \.from, "the first day"), .required("to", \.to, "the last day"),
    ])
}
