import Basics
import Programme
import Regions

/// Who people were in an earlier import: so that a changed address or number does not make a new person of somebody.
struct EarlierPeople {
  typealias Key = PeopleAssembly.Key

  private struct Known {
    var email: String
    var name: String
  }

  private var known: [Key: Known] = [:]
  private var byEmail: [String: Key] = [:]
  /// By the number without its leading zeros.
  private var byPlainNumber: [Key: [Key]] = [:]
  /// Of those who are only known as somebody's manager, by the number without its leading zeros.
  private var managers: [Key: Key] = [:]

  init(_ people: [Person], regions: [Region]) {
    let indexes = Dictionary(
      regions.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    for person in people {
      guard let region = indexes[person.id.region] else { continue }
      let key = Key(region: region, employeeNumber: person.id.employeeNumber)
      let email = person.email.lowercased()
      known[key] = Known(email: email, name: WordKey(person.name).strict)
      byEmail[email] = key
      byPlainNumber[key.withoutZeros, default: []].append(key)
      if let manager = person.manager, let home = indexes[manager.region] {
        let key = Key(region: home, employeeNumber: manager.employeeNumber)
        managers[key.withoutZeros] = key
      }
    }
  }

  func key(email: String) -> Key? { byEmail[email] }

  func contains(_ key: Key) -> Bool { known[key] != nil }

  /// Whether an earlier number is the same but for leading zeros.
  func mayHaveLostZeros(_ key: Key) -> Bool {
    let plain = key.withoutZeros
    return byPlainNumber[plain] != nil || managers[plain] != nil
  }

  /// The earlier number of somebody whose number has lost its zeros since: the same but for these, with the same address or name.
  func withZeros(_ key: Key, _ facts: Facts) -> Key? {
    let name = facts.name.map { WordKey($0).strict }
    let same = (byPlainNumber[key.withoutZeros] ?? []).filter { other in
      known[other].map { $0.email == facts.emailKey || $0.name == name } ?? false
    }
    return same.count == 1 ? same.first : nil
  }

  /// The earlier number of a manager of whom nothing else is known.
  func manager(_ key: Key) -> Key? { managers[key.withoutZeros].flatMap { $0 == key ? nil : $0 } }
}

extension PeopleAssembly.Key {
  /// The key with a number of digits freed of its leading zeros, which spreadsheets take away.
  var withoutZeros: PeopleAssembly.Key {
    let digits = employeeNumber.utf8
    guard digits.first == 0x30, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return self }
    let plain = employeeNumber.drop { $0 == "0" }
    return PeopleAssembly.Key(region: region, employeeNumber: plain.isEmpty ? "0" : String(plain))
  }
}

extension PeopleAssembly {
  /// Gives people back the numbers that they had in the earlier import, where they have lost their zeros alone.
  mutating func restoreNumbers(_ result: inout Result) {
    guard let earlier else { return }
    var restored: [Int: [(now: String, before: String)]] = [:]
    let unknown = Set(staff.indices.compactMap { staff.identity($0)?.key })
      .filter { !earlier.contains($0) && earlier.mayHaveLostZeros($0) }.sorted(by: inOrder)
    for key in unknown {
      guard let first = firstRow(of: key), let before = earlier.withZeros(key, first), !staff.contains(before)
      else { continue }
      rename(key, before)
      restored[key.region, default: []].append((key.employeeNumber, before.employeeNumber))
    }
    // Where the zeros of some are lost, so are those of their managers.
    for key in unknown where restored[key.region] != nil && staff.contains(key) {
      if let before = earlier.manager(key), !staff.contains(before) { rename(key, before) }
    }
    for (region, numbers) in restored.sorted(by: { $0.key < $1.key }) {
      let some = numbers.prefix(3).map { "\($0.now) was \($0.before)" }.joined(separator: ", ")
      result.diagnostics.append(
        Diagnostic(
          .warning,
          "\(counted(numbers.count, "employee number")) of \(regions[region].id) lost "
            + "leading zeros since the earlier import (\(some)\(numbers.count > 3 ? ", …" : "")): taken as the earlier "
            + "\(numbers.count == 1 ? "one" : "ones"); format the column as text before you save the file",
          code: "lost-zeros"))
    }
  }

  private mutating func rename(_ key: Key, _ other: Key) {
    for row in staff.rows(of: key) { renumber(row, other.employeeNumber) }
  }

  /// Whom the address of a row of master data belonged to in the earlier import, where that is another number that is gone.
  func earlierHolder(of facts: Facts, _ key: Key) -> Key? {
    guard let earlier, !earlier.contains(key), let email = facts.emailKey,
      let holder = earlier.key(email: email),
      holder != key, !staff.contains(holder)
    else { return nil }
    return holder
  }
}
