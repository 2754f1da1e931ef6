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
    /// Mentors of other sites join on line and do not travel.
    package var isHybrid = false
    /// People in all; nil: what its rooms hold.
    package var capacity: Int?
    package var rooms: [Room] = []
  }

  /// Costs beside the squares of departments in a group, which count 1.
  package struct Weights: Hashable, Sendable {
    package var missing: Int
    package var date: Int
    package var group: Int
    package var size: Int
    package var bridge: Int
    package var travel: Int
    package var online: Int
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
  /// Members of a group that is neither small nor large.
  package var idealSize: Int
  /// By name.
  package var venues: [Venue]
  package var moderators: [PersonID] = []
  /// No workshop is held on these days unless somebody asks for one of them.
  package var avoid: [YearSpan] = []
  /// Minutes of each point of the agenda, in its order.
  package var agenda: [Int] = []
  package var feedback: String?
  package var weights: Weights
}

extension WorkshopSettings {
  init(_ value: Value) throws(ValueReader.Missing) {
    let read = ValueReader(value)
    let least = try read.whole("workshop", "group", "least")
    let most = max(least, try read.whole("workshop", "group", "most"))
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
          isHybrid: entry.value["hybrid"] == nil ? false : try own.flag("hybrid"),
          capacity: try own.optional("capacity", take: \.whole),
          rooms: rooms.sorted { $0.name.precedesByBytes($1.name) }))
    }
    var avoid: [YearSpan] = []
    for entry in read.entries("workshop", "avoid") { avoid.append(try ValueReader(entry.value).yearSpan()) }
    self.init(
      week: try read.whole("workshop", "week"), spread: try read.whole("workshop", "spread"),
      length: try read.whole("workshop", "length"),
      starts: Set(read.texts("workshop", "starts").compactMap { ClockTime($0)?.minute }).sorted(),
      sessionsHeld: try read.whole("workshop", "sessions-held"),
      group: least...most,
      // A region that states smaller groups means smaller ones.
      idealSize: min(max(try read.whole("workshop", "group", "ideal"), least), most),
      venues: venues.sorted { $0.name.precedesByBytes($1.name) },
      moderators: read.texts("workshop", "moderators").map { PersonID($0) }, avoid: avoid,
      agenda: (value[path: ["workshop", "agenda"]]?.items ?? []).compactMap(\.whole),
      feedback: try read.optional("workshop", "feedback", take: \.text),
      weights: Weights(
        missing: try read.whole("workshop", "weights", "missing"),
        date: try read.whole("workshop", "weights", "date"),
        group: try read.whole("workshop", "weights", "group"),
        size: try read.whole("workshop", "weights", "size"),
        bridge: try read.whole("workshop", "weights", "bridge"),
        travel: try read.whole("workshop", "weights", "travel"),
        online: try read.whole("workshop", "weights", "online"),
        halfDay: try read.whole("workshop", "weights", "half-day"),
        site: try read.whole("workshop", "weights", "site"),
        experience: try read.whole("workshop", "weights", "experience"),
        met: try read.whole("workshop", "weights", "met"),
        session: try read.whole("workshop", "weights", "session"),
        change: try read.whole("workshop", "weights", "change")))
  }
}
