import Basics
import Programme
import Workshops

/// An option on the stream: a record of a kind of its own, which every other tool passes on.
enum OptionRecord {
  static func line(_ option: WorkshopPlan, _ number: Int, region: String, cohort: String) -> [UInt8] {
    let workshops = option.workshops.map { workshop in
      JSONValue.object([
        "start": .string(workshop.start.description), "end": .string(workshop.end.description),
        "timeZone": .string(workshop.timeZone), "venue": .string(workshop.venue),
        "groups": .integer(workshop.groups.count),
        "coming": .integer(workshop.groups.reduce(0) { $0 + $1.members.count }),
      ])
    }
    let missing = option.missing.map {
      JSONValue.object(["person": .string($0.person.text), "reason": .string($0.reason)])
    }
    return JSONValue.object([
      "record": .string("workshop-option"), "cohort": .string(cohort), "region": .string(region),
      "option": .integer(number), "cost": .integer(option.cost), "bound": .integer(option.bound),
      "coming": .integer(option.comers), "missing": .array(missing), "workshops": .array(workshops),
      "sessionsToMove": .array(option.collisions.map { .string($0.id.text) }),
    ]).line
  }
}
