import Programme
import Regions

extension PeopleAssembly {
  /// What master data knows of people and departments, asked by the words of a row.
  struct Managers {
    private let regions: [Region]
    private let staffKey: (Key) -> Key?
    private let emails: [String: Set<Key>]
    private let names: [Int: [String: Set<Key>]]
    private let departments: Set<String>
    private let withStaff: Set<Int>

    init(_ assembly: PeopleAssembly) {
      regions = assembly.regions
      staffKey = assembly.staffKey
      emails = assembly.staffByEmail
      withStaff = assembly.regionsWithStaff
      var names: [Int: [String: Set<Key>]] = [:]
      var departments: Set<String> = []
      for (key, rows) in assembly.staff {
        for facts in rows {
          if let name = facts.name {
            names[key.region, default: [:]][WordKey(name).strict, default: []].insert(key)
          }
          for depth in 1...max(1, facts.department.count) where depth <= facts.department.count {
            departments.insert(Managers.text(facts.department.prefix(depth), region: key.region))
          }
        }
      }
      self.names = names
      self.departments = departments
    }

    private static func text(_ path: some Sequence<String>, region: Int) -> String {
      "\(region)/" + path.map { WordKey($0).strict }.joined(separator: "/")
    }

    func knows(department: [String], region: Int) -> Bool {
      departments.contains(Managers.text(department, region: region))
    }

    private func key(_ word: String, of person: Key) -> Key? {
      if let home = staffKey(Key(region: person.region, employeeNumber: word)) { return home }
      if let found = emails[word.lowercased()], found.count == 1 { return found.first }
      // Somebody may report to another region, whose master data was given too.
      let elsewhere = regions.indices.compactMap { staffKey(Key(region: $0, employeeNumber: word)) }
      return elsewhere.count == 1 ? elsewhere.first : nil
    }

    /// No manager at all is no mistake; without master data nothing can be checked.
    func isKnown(_ word: String?, of person: Key) -> Bool {
      guard let word, withStaff.contains(person.region) else { return true }
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
      if found == nil, let named = names[person.region]?[WordKey(word).strict], named.count == 1 {
        found = named.first
      }
      guard let found, found != person else { return nil }
      return PersonID(region: regions[found.region].id, employeeNumber: found.employeeNumber)
    }
  }
}
