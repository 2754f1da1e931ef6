import Basics
import Intake
import Programme

/// The pairs on the streams, and the lists of topics that came for them.
struct KeywordPairs {
  private var people: [PersonID: Person] = [:]
  private var byAddress: [String: [PersonID]] = [:]
  private var tandems: [TandemID: Tandem] = [:]
  private var lists: [TandemID: [String]] = [:]

  mutating func add(_ record: Record) {
    switch record {
    case .person(let person):
      people[person.id] = person
      byAddress[person.email.lowercased(), default: []].append(person.id)
    case .tandem(let tandem): tandems[tandem.id] = tandem
    default: break
    }
  }

  /// Of several lists of one pair, the last counts.
  mutating func add(_ list: KeywordList) -> KeywordOwner {
    var found: Set<PersonID> = []
    if let number = list.employeeNumber {
      let ids = list.regions.map { PersonID(region: $0, employeeNumber: number) }
      found.formUnion(ids.filter { people[$0] != nil })
    }
    if found.isEmpty, let email = list.email {
      found.formUnion((byAddress[email] ?? []).filter { list.regions.contains($0.region) })
    }
    let who = list.email ?? list.employeeNumber ?? ""
    guard let person = found.first, found.count == 1 else {
      return .nobody(
        found.isEmpty
          ? "nobody on the stream is \(who): import the list together with the plan, and check the address or number"
          : "\(who) is in several regions: name the region with --region")
    }
    let own = tandems.values.filter { tandem in
      (tandem.mentor == person || tandem.mentee == person) && tandem.status != .ended
        && tandem.status != .completed
    }
    guard let tandem = own.first, own.count == 1 else {
      return .nobody(
        own.isEmpty
          ? "\(who) is in no pair that is at work: import the list together with the plan"
          : "\(who) is in \(own.count) pairs: name the mentee, who is in one")
    }
    lists[tandem.id] = list.words
    return .tandem(tandem.id)
  }

  /// The tandem with its new list; nil: it stays as it is.
  func withList(_ tandem: Tandem) -> Tandem? {
    guard let list = lists[tandem.id], list != tandem.keywords else { return nil }
    var tandem = tandem
    tandem.keywords = list
    return tandem
  }
}
