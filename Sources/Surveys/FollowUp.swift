import Basics
package import Programme

/// Who was asked and has not answered, by group: counts of groups of enough people, and the names in those alone.
package struct FollowUp: Sendable {
  package struct Asked: Hashable, Sendable {
    package var person: Person
    /// `mentor` or `mentee`; both where somebody is both.
    package var role: String

    package init(person: Person, role: String) {
      self.person = person
      self.role = role
    }

    /// What the person is in a dimension; empty where that is not known.
    package func value(_ dimension: String) -> String {
      switch dimension {
      case "region": person.region
      case "site": person.site
      case "department": person.department.first ?? ""
      case "role": role
      default: person.attributes[dimension] ?? ""
      }
    }
  }

  package struct Group: Hashable, Sendable {
    /// A value for each dimension; nil: all groups that are too small by themselves.
    package var values: [String]?
    package var asked: Int
    /// By id.
    package var missing: [Asked]
  }

  /// By their values; the combined small groups are last.
  package let groups: [Group]

  /// - Parameter answered: hashes of the ids of those who answered.
  package init(_ asked: [Asked], answered: Set<UInt64>, by dimensions: [String], minimumGroup: Int) {
    var members: [[String]: [Asked]] = [:]
    for one in asked { members[dimensions.map(one.value), default: []].append(one) }
    func group(_ values: [String]?, _ people: [Asked]) -> Group {
      let missing = people.filter { !answered.contains(StableHash($0.person.id.text.utf8).value) }
      return Group(
        values: values, asked: people.count,
        missing: missing.sorted { $0.person.id.text.precedesByBytes($1.person.id.text) })
    }
    var groups: [Group] = []
    var small: [Asked] = []
    let keys = members.keys.sorted { Slice($0.map { $0 }) < Slice($1.map { $0 }) }
    for key in keys {
      let people = members[key] ?? []
      if people.count >= minimumGroup { groups.append(group(key, people)) } else { small += people }
    }
    // A smaller group is left out: it would reveal who is silent.
    if small.count >= minimumGroup { groups.append(group(nil, small)) }
    self.groups = groups
  }
}
