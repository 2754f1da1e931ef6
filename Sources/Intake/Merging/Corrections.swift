import Programme

/// Good rows that stand for rejected ones: somebody corrected a row that was rejected before, and kept the export as it was.
struct Corrections {
  private let assembly: PeopleAssembly
  private var byEmail: [String: [Facts]] = [:]
  private var byNumber: [PeopleAssembly.Key: [Facts]] = [:]

  init(_ assembly: PeopleAssembly) {
    self.assembly = assembly
    for facts in assembly.answers {
      if let email = facts.emailKey { byEmail[email, default: []].append(facts) }
      if let number = facts.employeeNumber {
        byNumber[PeopleAssembly.Key(region: facts.region ?? 0, employeeNumber: number), default: []].append(
          facts)
      }
    }
  }

  /// The row of another input that says of the same person what the rejected one should; a rejected answer that is later than
  /// the good one stands for itself.
  func row(for rejected: Facts, isStaff: Bool, region: Int) -> Facts? {
    let key = rejected.employeeNumber.map { PeopleAssembly.Key(region: region, employeeNumber: $0) }
    var rows = key.flatMap { isStaff ? assembly.staff[$0] : byNumber[$0] } ?? []
    if !isStaff, let email = rejected.emailKey { rows += byEmail[email] ?? [] }
    return rows.filter { good in
      guard good.sheet != rejected.sheet, good.region == region else { return false }
      guard let later = rejected.timestamp, let earlier = good.timestamp else { return true }
      return later.secondsSinceEpoch <= earlier.secondsSinceEpoch
    }.min { ($0.sheet, $0.line) < ($1.sheet, $1.line) }
  }
}
