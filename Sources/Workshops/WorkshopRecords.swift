import Basics
internal import Programme
internal import Regions

/// Turns a choice of dates into groups and records.
struct WorkshopRecords {
  private struct Group {
    /// In the list of held dates.
    var date: Int
    var name: String
    var size: Int
    var previous: Workshop.Group?
  }

  private let frame: WorkshopFrame
  private let option: WorkshopPlanner.Option
  /// The held candidates, by time.
  private let held: [WorkshopFrame.Candidate]
  /// By mentor: in the list of held dates.
  private var dateOf: [Int?]
  private var groups: [Group] = []
  private var kept: [Int?]

  init(_ frame: WorkshopFrame, _ option: WorkshopPlanner.Option) {
    self.frame = frame
    self.option = option
    let order = option.solved.plan.held.sorted { option.candidates[$0].slot < option.candidates[$1].slot }
    held = order.map { option.candidates[$0] }
    let place = order.places(by: \.self)
    dateOf = option.solved.plan.date.map { $0.flatMap { place[$0] } }
    kept = Array(repeating: nil, count: dateOf.count)
    for date in held.indices { makeGroups(of: date) }
  }

  // MARK: - Groups

  /// Names, sizes and who stays in the groups of one date.
  private mutating func makeGroups(of date: Int) {
    let slot = frame.slots[held[date].slot]
    let count = held[date].groups
    let people = dateOf.count { $0 == date }
    let rooms = slot.rooms(frame.settings.group)
    var own = (0..<count).map { index in
      Group(date: date, name: index < rooms.count ? rooms[index].name : String(index + 1), size: 0)
    }
    let most = frame.settings.group.upperBound
    var limits = slot.limits(groups: count, sizes: frame.settings.group)
    var left = people
    if let previous = frame.previousAt[held[date].slot], previous.groups.count == count {
      let limitOf = Dictionary(zip(own.map(\.name), limits), uniquingKeysWith: { first, _ in first })
      for (index, group) in previous.groups.enumerated() {
        own[index].name = group.name
        own[index].previous = group
        limits[index] = max(limitOf[group.name] ?? most, group.members.count)
        let members = Set(group.members)
        for (mentor, active) in frame.mentors.active.enumerated()
        where dateOf[mentor] == date && kept[mentor] == nil && members.contains(active.person.id) {
          kept[mentor] = groups.count + index
          own[index].size += 1
          left -= 1
        }
      }
    }
    for (index, size) in MeetingSlot.evenly(left, from: own.map(\.size), upTo: limits).enumerated() {
      own[index].size = size
    }
    groups += own
  }

  private var mixing: GroupMixing {
    let active = frame.mentors.active
    let weights = frame.settings.weights
    let moderators = Set(frame.settings.moderators)
    let number = active.places(by: \.person.id)
    var met = Array(repeating: Set<Int>(), count: active.count)
    for group in frame.input.others.flatMap(\.groups) {
      let members = group.members.compactMap { number[$0] }
      for one in members { met[one].formUnion(members.filter { $0 != one }) }
    }
    var mixing = GroupMixing(
      groups: groups.map { GroupMixing.Group(date: $0.date, size: $0.size) }, dates: dateOf, kept: kept,
      attributes: [
        .init(weight: 1, classOf: frame.departments),
        .init(
          weight: weights.site,
          classOf: WorkshopFrame.numbered(active.map { "\($0.person.region)/\($0.person.site)" }),
          isRelative: true),
        .init(
          weight: weights.experience, classOf: active.map { $0.isExperienced ? 1 : 0 }, isRelative: true),
        // Moderators sit apart: one who shares a group leaves another without.
        .init(
          weight: weights.change + weights.missing,
          classOf: active.map { moderators.contains($0.person.id) ? 0 : -1 }, isRelative: true, isFree: true),
      ],
      met: met.map { $0.sorted() }, metWeight: weights.met
    ) { frame.cost($0, held[$1].slot) }
    mixing.improve()
    return mixing
  }

  // MARK: - Records

  var plan: WorkshopPlan {
    let mixing = mixing
    let active = frame.mentors.active
    let settings = frame.settings
    let groupOf = mixing.groupOf
    var members = Array(repeating: [PersonID](), count: groups.count)
    var cost = mixing.departmentCost + mixing.cost + held.reduce(0) { $0 + frame.opening($1) }
    var collisions: [SessionID: Session] = [:]
    var missing: [Workshop.Missing] = []
    var online = Array(repeating: [PersonID](), count: held.count)
    for (mentor, group) in groupOf.enumerated() {
      guard let group else {
        cost += settings.weights.missing
        missing.append(Workshop.Missing(person: active[mentor].person.id, reason: reason(mentor)))
        continue
      }
      let slot = held[groups[group].date].slot
      members[group].append(active[mentor].person.id)
      if frame.isOnline(mentor, slot) { online[groups[group].date].append(active[mentor].person.id) }
      cost += frame.cost(mentor, slot) ?? 0
      for session in frame.time.collisions(mentor, in: frame.slots[slot].interval) {
        collisions[session.id] = session
      }
    }
    cost += frame.cost(ofSizes: members.map(\.count))
    let moderators = moderators(members)
    let identities = identities(members)
    var workshops: [Workshop] = []
    for (date, candidate) in held.enumerated() {
      let slot = frame.slots[candidate.slot]
      let own = groups.indices.filter { groups[$0].date == date }
      let people = own.flatMap { members[$0] }
      let extra = own.compactMap { moderators[$0] }.filter { !people.contains($0) }
      // The host's own people come first: they show whose office invites.
      let attendees = (people + extra).sorted {
        ($0.region == frame.input.host.id ? 0 : 1, $0) < ($1.region == frame.input.host.id ? 0 : 1, $1)
      }
      let identity = identities[date]
      workshops.append(
        Workshop(
          id: identity.id, cohort: frame.input.cohort, uid: identity.uid, sequence: identity.sequence,
          start: slot.start, end: slot.end, timeZone: slot.zone, venue: slot.venue.name,
          groups: own.map {
            Workshop.Group(name: groups[$0].name, moderator: moderators[$0], members: members[$0].sorted())
          },
          attendees: attendees, online: online[date].sorted(),
          missing: date == 0 ? missing.sorted { $0.person < $1.person } : []))
    }
    return WorkshopPlan(
      workshops: workshops, cost: cost, bound: min(option.bound, cost), mixing: mixing.cost,
      collisions: collisions.values.sorted { $0.id < $1.id },
      notes: notes(workshops))
  }

  /// Why a mentor comes to none of the dates that are held.
  private func reason(_ mentor: Int) -> String {
    let reasons = held.map { candidate in
      let slot = frame.slots[candidate.slot]
      return "\(slot.text): \(frame.time.obstacle(mentor, in: slot.interval)?.text ?? "full")"
    }
    let isLost = !frame.slots.indices.contains { frame.canCome(mentor, $0) }
    return reasons.joined(separator: "; ")
      + (isLost ? "; free on none of the \(frame.offered) candidates" : "")
  }

  private func moderators(_ members: [[PersonID]]) -> [PersonID?] {
    Moderators.assign(
      groups.indices.map { index in
        Moderators.Group(
          interval: frame.slots[held[groups[index].date].slot].interval, members: Set(members[index]))
      }, candidates: frame.moderators, kept: groups.map { $0.previous?.moderator },
      isFree: { frame.canModerate($0, in: $1) })
  }

  /// A workshop that stays keeps its name; one that moved keeps that of the earlier one with the most of its people.
  private func identities(_ members: [[PersonID]]) -> [(id: WorkshopID, uid: String, sequence: Int)] {
    var result = [(id: WorkshopID, uid: String, sequence: Int)?](repeating: nil, count: held.count)
    var left = frame.input.previous.sorted { $0.id < $1.id }
    for (date, candidate) in held.enumerated() {
      guard let previous = frame.previousAt[candidate.slot] else { continue }
      let end = frame.slots[candidate.slot].end
      result[date] = (previous.id, previous.uid, previous.sequence + (previous.end == end ? 0 : 1))
      left.removeAll { $0.id == previous.id }
    }
    for date in held.indices where result[date] == nil {
      let own = Set(groups.indices.filter { groups[$0].date == date }.flatMap { members[$0] })
      let shared = left.map { $0.attendees.count { own.contains($0) } }
      guard let best = left.indices.max(by: { (shared[$0], $1) < (shared[$1], $0) }), shared[best] > 0 else {
        continue
      }
      let previous = left.remove(at: best)
      result[date] = (previous.id, previous.uid, previous.sequence + 1)
    }
    // Numbers of workshops that were dropped are not used again: their cancellations have them.
    var taken = Set(frame.input.previous.map(\.id))
    var number = 1
    return result.map { known in
      if let known { return known }
      let host = frame.input.host
      var id: WorkshopID
      repeat {
        id = WorkshopID(cohort: frame.input.cohort, host: host.id, number: number)
        number += 1
      } while !taken.insert(id).inserted
      return (id, Workshop.uid(id: id, domain: host.office.domain), 0)
    }
  }

  private func notes(_ workshops: [Workshop]) -> [Diagnostic] {
    var notes: [Diagnostic] = []
    let settings = frame.settings
    for candidate in held where frame.isBridge[candidate.slot] && frame.previousAt[candidate.slot] == nil {
      let date = frame.slots[candidate.slot].start.date
      notes.append(
        Diagnostic(
          .note, "\(date) is a bridge day, between two days off; --not \(date) leaves it out",
          code: "bridge-day"))
    }
    for workshop in workshops {
      for group in workshop.groups {
        if group.members.count < settings.group.lowerBound {
          notes.append(
            Diagnostic(
              .warning,
              "group \(group.name) of \(workshop.id) has \(group.members.count) members, fewer than "
                + "\(settings.group.lowerBound); it is kept, so that nobody else moves", code: "small-group"))
        }
        if !settings.moderators.isEmpty, group.moderator == nil {
          notes.append(
            Diagnostic(
              .warning,
              "group \(group.name) of \(workshop.id) has no moderator: none of the \(settings.moderators.count) is free "
                + "then; name another in `workshop.moderators`", code: "no-moderator"))
        }
      }
    }
    return notes
  }
}
