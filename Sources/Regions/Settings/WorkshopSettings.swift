import Basics
package import Programme

/// The mid-term workshop, as a region wants it.
package struct WorkshopSettings: Hashable, Sendable {
  /// Somewhere to meet, or a call.
  package struct Venue: Hashable, Sendable {
    package struct Room: Hashable, Sendable {
      package var name: String
      package var capacity: Int
    }

    package var name: String
    /// nil: nobody's own, everybody travels.
    package var site: String?
    package var isOnline = false
    /// People in all; nil: what its rooms hold.
    package var capacity: Int?
    package var rooms: [Room] = []
  }

  /// Costs beside the squares of departments in a group, which count 1.
  package struct Weights: Hashable, Sendable {
    package var missing: Int
    package var date: Int
    package var travel: Int
    package var halfDay: Int
    package var site: Int
    package var experience: Int
    package var met: Int
    package var session: Int
    package var change: Int
  }

  /// Of the cohort, from 1.
  package var week: Int
  /// Weeks either side.
  package var spread: Int
  /// Minutes.
  package var length: Int
  /// Minutes since midnight, ascending.
  package var starts: [Int]
  /// Fewest sessions that make a mentor active.
  package var sessionsHeld: Int
  package var group: ClosedRange<Int>
  /// By name.
  package var venues: [Venue]
  package var moderators: [PersonID] = []
  package var feedback: String?
  package var weights: Weights
}

extension WorkshopSettings {
  init(_ value: Value) throws(ValueReader.Missing) {
    let read = ValueReader(value)
    let least = try read.whole("workshop", "group", "least")
    var venues: [Venue] = []
    for entry in read.entries("workshop", "venues") {
      let own = ValueReader(entry.value)
      var rooms: [Venue.Room] = []
      for room in own.entries("rooms") {
        rooms.append(Venue.Room(name: room.name, capacity: try ValueReader(room.value).whole("capacity")))
      }
      venues.append(
        Venue(
          name: entry.name, site: try own.optional("site", take: \.text),
          isOnline: entry.value["online"] == nil ? false : try own.flag("online"),
          capacity: try own.optional("capacity", take: \.whole),
          rooms: rooms.sorted { $0.name.precedesByBytes($1.name) }))
    }
    self.init(
      week: try read.whole("workshop", "week"), spread: try read.whole("workshop", "spread"),
      length: try read.whole("workshop", "length"),
      starts: Set(read.texts("workshop", "starts").compactMap { ClockTime($0)?.minute }).sorted(),
      sessionsHeld: try read.whole("workshop", "sessions-held"),
      group: least...max(least, try read.whole("workshop", "group", "most")),
      venues: venues.sorted { $0.name.precedesByBytes($1.name) },
      moderators: read.texts("workshop", "moderators").map { PersonID($0) },
      feedback: try read.optional("workshop", "feedback", take: \.text),
      weights: Weights(
        missing: try read.whole("workshop", "weights", "missing"),
        date: try read.whole("workshop", "weights", "date"),
        travel: try read.whole("workshop", "weights", "travel"),
        halfDay: try read.whole("workshop", "weights", "half-day"),
        site: try read.whole("workshop", "weights", "site"),
        experience: try read.whole("workshop", "weights", "experience"),
        met: try read.whole("workshop", "weights", "met"),
        session: try read.whole("workshop", "weights", "session"),
        change: try read.whole("workshop", "weights", "change")))
  }
}
