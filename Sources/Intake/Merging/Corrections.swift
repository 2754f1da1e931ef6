import Programme

/// Good rows that stand for rejected ones: somebody corrected a row that was rejected before, and kept the export as it was.
struct Corrections {
  private let assembly: PeopleAssembly

  init(_ assembly: PeopleAssembly) { self.assembly = assembly }

  /// The row of another input that says of the same person what the rejected one should; a rejected answer that is later than
  /// the good one stands for itself.
  func row(for rejected: Facts, isStaff: Bool, region: Int) -> Facts? {
    let key = rejected.employeeNumber.map { PeopleAssembly.Key(region: region, employeeNumber: $0) }
    let table = isStaff ? assembly.staff : assembly.answers
    var rows = key.map { table.rows(of: $0) } ?? []
    if !isStaff, let email = rejected.emailKey { rows += table.rows(email: email) }
    return rows.map { table.facts($0) }.filter { good in
      guard good.sheet != rejected.sheet, good.region == region else { return false }
      guard let later = rejected.timestamp, let earlier = good.timestamp else { return true }
      return later.secondsSinceEpoch <= earlier.secondsSinceEpoch
    }.min { ($0.sheet, $0.line) < ($1.sheet, $1.line) }
  }
}
