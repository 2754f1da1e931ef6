import Programme

/// What a plan says of the people who answer a survey, where master data does not: their place and the role that they have.
struct PlannedPeople {
  private var byKey: [String: Facts] = [:]

  var isEmpty: Bool { byKey.isEmpty }

  init(_ people: [Person]) {
    for person in people {
      var facts = Facts(sheet: 0, line: 0, row: 0, raw: [])
      facts.site = person.site
      facts.department = person.department
      facts.level = person.level
      facts.role = person.role
      facts.attributes = person.attributes
      byKey[person.id.text] = facts
      byKey["\(person.region) \(person.email.lowercased())"] = facts
    }
  }

  func facts(email: String?, employeeNumber: String?, region: String) -> Facts? {
    employeeNumber.flatMap { byKey["\(region):\($0)"] } ?? email.flatMap { byKey["\(region) \($0)"] }
  }
}
