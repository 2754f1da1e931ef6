import Basics
import Programme
import Regions

extension PeopleAssembly {
  /// What master data knows of people and departments, asked by the words of a row.
  struct Managers {
    private let assembly: PeopleAssembly
    private let regions: [Region]
    /// Staff by the hash of their names, where somebody may be asked for by it.
    private var names = HashChains()

    init(_ assembly: PeopleAssembly) {
      self.assembly = assembly
      regions = assembly.regions
      guard assembly.hasAcquaintances else { return }
      for row in assembly.staff.indices {
        let facts = assembly.staff.facts(row)
        names.append(facts.name.map { Managers.hash(WordKey($0).strict, region: facts.region ?? 0) })
      }
    }

    private static func hash(_ name: String, region: Int) -> Int {
      PeopleAssembly.Key(region: region, employeeNumber: name).hashValue
    }

    func knows(department: [String], region: Int) -> Bool {
      assembly.departments.contains(Department(department[...], region: region))
    }

    private func keys(named name: String, region: Int) -> Set<Key> {
      let wanted = WordKey(name).strict
      return Set(
        names.rows(Managers.hash(wanted, region: region)).map { assembly.staff.facts($0) }
          .filter { $0.region == region && $0.name.map { WordKey($0).strict } == wanted }.compactMap(\.key))
    }

    private func key(_ word: String, of person: Key) -> Key? {
      if let home = assembly.staffKey(Key(region: person.region, employeeNumber: word)) { return home }
      let found = assembly.staffKeys(email: word.lowercased())
      if found.count == 1 { return found.first }
      // Somebody may report to another region, whose master data was given too.
      let elsewhere = regions.indices.compactMap { assembly.staffKey(Key(region: $0, employeeNumber: word)) }
      return elsewhere.count == 1 ? elsewhere.first : nil
    }

    /// No manager at all is no mistake; without master data nothing can be checked.
    func isKnown(_ word: String?, of person: Key) -> Bool {
      guard let word, assembly.regionsWithStaff.contains(person.region) else { return true }
      return key(word, of: person) != nil
    }

    func id(_ word: String?, of person: Key) -> PersonID? {
      guard let word else { return nil }
      guard let key = key(word, of: person) else {
        return word.contains("@") ? nil : PersonID(region: regions[person.region].id, employeeNumber: word)
      }
      // The head of the house reports to itself in some systems.
      return key == person
        ? nil : PersonID(region: regions[key.region].id, employeeNumber: key.employeeNumber)
    }

    func acquaintance(_ word: String, of person: Key) -> PersonID? {
      var found = key(word, of: person)
      if found == nil, case let named = keys(named: word, region: person.region), named.count == 1 {
        found = named.first
      }
      guard let found, found != person else { return nil }
      return PersonID(region: regions[found.region].id, employeeNumber: found.employeeNumber)
    }
  }
}

extension PeopleAssembly {
  /// A department of a region's master data, or one above it.
  struct Department: Hashable {
    private var region: Int
    private var path: [String]

    /// Spelling is forgiven.
    init(_ path: ArraySlice<String>, region: Int) {
      self.region = region
      self.path = path.map { WordKey($0).strict }
    }
  }

  /// Managers who are in no file, reported once for each region: whoever names them is complete all the same.
  struct UnknownManagers {
    private var people: [String: [String: Int]] = [:]

    mutating func add(_ manager: String, region: String) {
      people[region, default: [:]][manager, default: 0] += 1
    }

    var diagnostics: [Diagnostic] {
      people.sorted { $0.key.precedesByBytes($1.key) }.map { region, names in
        let people = names.values.reduce(0, +)
        let sorted = names.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let some = sorted.prefix(3).map { Quoted.word($0.key) }.joined(separator: ", ")
        return Diagnostic(
          .warning,
          people == 1
            ? "1 person of \(region) names a manager who is not in the master data (\(some)): the number is kept"
            : "\(people) people of \(region) name managers who are not in the master data (\(some)"
              + "\(sorted.count > 3 ? ", …" : "")): the numbers are kept",
          code: "unknown-manager")
      }
    }
  }

  /// Rejected rows of master data by whom they are about.
  struct RejectedStaff {
    /// The first rejection of each address and number.
    private var byEmail: [String: Rejection] = [:]
    private var byNumber: [String: Rejection] = [:]

    init(_ rows: [RejectedRow]) {
      for row in rows {
        guard let cause = row.rejections.first else { continue }
        func first(_ known: Rejection?) -> Rejection {
          known.map { RejectedStaff.precedes(cause, $0) ? cause : $0 } ?? cause
        }
        if let email = row.facts.emailKey { byEmail[email] = first(byEmail[email]) }
        if let number = row.facts.employeeNumber { byNumber[number] = first(byNumber[number]) }
      }
    }

    private static func precedes(_ a: Rejection, _ b: Rejection) -> Bool {
      (a.file, a.line) < (b.file, b.line)
    }

    /// The first rejection of a row that has the person's address or number.
    func cause(of facts: Facts) -> Rejection? {
      [facts.emailKey.flatMap { byEmail[$0] }, facts.employeeNumber.flatMap { byNumber[$0] }]
        .compactMap(\.self).min(by: RejectedStaff.precedes)
    }
  }
}
