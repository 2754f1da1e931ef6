import Basics

/// Rows of master data that have a number or an address in common with another row, each group found once.
///
/// O(*n*) in the rows that share something, which are few: the table tells them apart without reading any.
struct SharedStaff {
  typealias Key = PeopleAssembly.Key

  private struct Address: Hashable {
    var region: Int
    var email: String
  }

  private var rows: [Key: [Int]] = [:]
  private var holders: [Address: [Key]] = [:]

  init(_ staff: FactsTable) {
    var found: [Address: Set<Key>] = [:]
    for row in staff.indices {
      let (sharesNumber, sharesEmail) = (staff.mayShareNumber(row), staff.mayShareEmail(row))
      guard sharesNumber || sharesEmail, let identity = staff.identity(row), let key = identity.key else {
        continue
      }
      if sharesNumber { rows[key, default: []].append(row) }
      if sharesEmail, let email = identity.email {
        found[Address(region: key.region, email: email.lowercased()), default: []].insert(key)
      }
    }
    holders = found.mapValues { keys in keys.sorted { $0.employeeNumber.precedesByBytes($1.employeeNumber) } }
  }

  /// The rows of that number, in their order, where a row may share it; nil where none does.
  func rows(of key: Key) -> [Int]? { rows[key] }

  /// Who of a region has that address, in the order of their numbers; the address in small letters.
  func holders(of email: String, region: Int) -> [Key] {
    holders[Address(region: region, email: email)] ?? []
  }
}
