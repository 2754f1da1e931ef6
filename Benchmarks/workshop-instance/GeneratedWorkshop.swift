import Basics
import Programme
import RecordStream
import Workshops

/// An instance of bench/gen_workshop.py, and what a plan of it costs by the generator's own words.
struct GeneratedWorkshop {
  private struct Mentor {
    var department: Int
    var site: Int
    var half: Int
  }

  private struct Slot {
    var half: Int
    var capacity: Int
    var site: Int
  }

  struct NotAnInstance: Error {}
  struct BrokenRule: Error {}

  private let mentors: [Mentor]
  private let slots: [Slot]
  private let isFree: [[Bool]]
  let problem: DateProblem

  init(path: String) throws {
    let json = try JSONValue(parsing: Input(path: path).readAll())
    func list(_ key: String) throws -> [JSONValue] {
      guard let list = json[key]?.array else { throw NotAnInstance() }
      return list
    }
    func number(_ value: JSONValue, _ key: String) throws -> Int {
      guard let number = value[key]?.integer else { throw NotAnInstance() }
      return number
    }
    let mentors = try list("mentors").map {
      Mentor(department: try number($0, "dept"), site: try number($0, "site"), half: try number($0, "pref"))
    }
    let slots = try list("slots").map {
      Slot(half: try number($0, "half"), capacity: try number($0, "cap"), site: try number($0, "site"))
    }
    let isFree = try list("avail").map { row in (row.array ?? []).map { $0.integer == 1 } }
    guard isFree.count == mentors.count, isFree.allSatisfy({ $0.count == slots.count }) else {
      throw NotAnInstance()
    }
    problem = DateProblem(
      candidates: slots.enumerated().map {
        DateProblem.Candidate(capacity: $1.capacity, smallest: 20, opening: 60, slot: $0)
      }, departments: mentors.map(\.department), missingCost: 1000
    ) { isFree[$0][$1] ? GeneratedWorkshop.cost(mentors[$0], slots[$1]) : nil }
    self.mentors = mentors
    self.slots = slots
    self.isFree = isFree
  }

  private static func cost(_ mentor: Mentor, _ slot: Slot) -> Int {
    (mentor.site == slot.site ? 0 : 3) + (mentor.half < 2 && mentor.half != slot.half ? 2 : 0)
  }

  /// nil where the plan breaks a rule.
  func cost(of plan: [Int?]) -> Int? {
    var cost = 0
    var members: [Int: [Int: Int]] = [:]
    for (mentor, slot) in plan.enumerated() {
      guard let slot else {
        cost += 1000
        continue
      }
      guard isFree[mentor][slot] else { return nil }
      cost += GeneratedWorkshop.cost(mentors[mentor], slots[slot])
      members[slot, default: [:]][mentors[mentor].department, default: 0] += 1
    }
    for (slot, departments) in members {
      let people = departments.values.reduce(0, +)
      guard (20...slots[slot].capacity).contains(people) else { return nil }
      cost += 60 + departments.values.reduce(0) { $0 + $1 * $1 }
    }
    return cost
  }
}
