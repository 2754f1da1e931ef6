import Basics
internal import Calendars
internal import Programme
internal import Regions

/// The mentors, slots and costs of a workshop, worked out once: what each choice of dates is priced by.
struct WorkshopFrame {
  struct Candidate: Hashable {
    var slot: Int
    var groups: Int
  }

  let input: WorkshopInput
  let settings: WorkshopSettings
  let mentors: ActiveMentors
  let slots: [MeetingSlot]
  let first: LocalDate
  let last: LocalDate
  let time: MentorTime
  private(set) var candidates: [Candidate] = []
  /// Slots that share a venue's rooms at overlapping hours have one number.
  private(set) var exclusion: [Int] = []
  /// By slot: the workshop of the earlier plan that was held there.
  private(set) var previousAt: [Int: Workshop] = [:]
  /// By mentor: the slot of the earlier plan; −1: one that is gone. Only those who had one.
  private var previousSlot: [Int: Int] = [:]
  let departments: [Int]
  /// By mentor and slot.
  private let isFree: [[Bool]]
  /// Those who moderate, as the region names them, and when they could.
  let moderators: [PersonID]
  private let moderatorTime: MentorTime
  /// By slot: whether its day is between two days off.
  private(set) var isBridge: [Bool] = []

  init(_ input: WorkshopInput) throws(WorkshopError) {
    self.input = input
    settings = input.host.at(cohort: input.cohort).workshop
    mentors = ActiveMentors(input)
    let people = mentors.active.map(\.person)
    let search = try SlotSearch(input, zones: Set(people.map(\.timeZone)))
    slots = search.slots
    first = search.first
    last = search.last
    guard !people.isEmpty else { throw .nobodyActive(region: input.host.id, inactive: mentors.waiting.count) }
    if people.count < settings.group.lowerBound, input.previous.isEmpty {
      throw .tooFew(region: input.host.id, active: people.count, least: settings.group.lowerBound)
    }
    // From the day before the first to the day after the last, for other clocks.
    let time = try MentorTime(
      people, input, first: search.first, days: search.last.days(since: search.first) + 1)
    self.time = time
    let all = search.slots
    isFree = people.indices.map { mentor in all.map { time.isFree(mentor, in: $0.interval) } }
    let regions =
      input.regions + [input.host].filter { host in !input.regions.contains { $0.id == host.id } }
    var hosts = input
    hosts.regions = regions
    moderators = settings.moderators.filter { input.people[$0] != nil }
    moderatorTime = try MentorTime(
      moderators.compactMap { input.people[$0] }, hosts, first: search.first,
      days: search.last.days(since: search.first) + 1)
    departments = WorkshopFrame.departments(of: people, input.host)
    exclude()
    recall()
    isBridge = slots.map { bridges($0) }
    offer(limited: !moderators.isEmpty)
    // Better without a moderator than not at all: the records warn of it.
    if candidates.isEmpty { offer(limited: false) }
    guard !candidates.isEmpty else { throw nothing() }
  }

  /// Departments count as different within the steps in which tandems must differ.
  private static func departments(of people: [Person], _ host: Region) -> [Int] {
    let depth = max(1, host.matching[DepartmentRule.depth])
    return numbered(people.map { $0.department.prefix(depth).joined(separator: "/") })
  }

  /// Numbers in the order of the words.
  static func numbered(_ words: [String]) -> [Int] {
    let sorted = Set(words).sorted { $0.precedesByBytes($1) }
    let number = Dictionary(uniqueKeysWithValues: zip(sorted, sorted.indices))
    return words.map { number[$0] ?? 0 }
  }

  private mutating func exclude() {
    exclusion = Array(slots.indices)
    var lastOf: [String: Int] = [:]
    var end: [String: Int] = [:]
    for (index, slot) in slots.enumerated() where !slot.venue.rooms.isEmpty {
      if let other = lastOf[slot.venue.name], slot.interval.start < end[slot.venue.name] ?? .min {
        exclusion[index] = exclusion[other]
      }
      lastOf[slot.venue.name] = index
      end[slot.venue.name] = max(end[slot.venue.name] ?? .min, slot.interval.end)
    }
  }

  /// Finds the earlier plan's workshops among the slots.
  private mutating func recall() {
    let mentorAt = mentors.active.places(by: \.person.id)
    for workshop in input.previous.sorted(by: { $0.id < $1.id }) {
      let slot = slots.firstIndex { $0.start == workshop.start && $0.venue.name == workshop.venue }
      if let slot { previousAt[slot] = workshop }
      for person in workshop.groups.flatMap(\.members) {
        if let mentor = mentorAt[person] { previousSlot[mentor] = slot ?? -1 }
      }
    }
  }

  /// Each slot in each number of groups that its rooms and those who are free there allow.
  ///
  /// - Parameter limited: no more groups than moderators who are free.
  private mutating func offer(limited: Bool) {
    let sizes = settings.group
    let mentorAt = limited ? mentors.active.places(by: \.person.id) : [:]
    for (index, slot) in slots.enumerated() {
      let free = isFree.count { $0[index] }
      if let previous = previousAt[index], !previous.groups.isEmpty, free > 0 {
        candidates.append(Candidate(slot: index, groups: previous.groups.count))
      }
      let rooms = slot.venue.rooms.isEmpty ? Int.max : slot.rooms(sizes).count
      var most = min(rooms, free / sizes.lowerBound, (slot.venue.capacity ?? .max) / sizes.lowerBound)
      if limited {
        let those = moderators.count { person in
          mentorAt[person].map { isFree[$0][index] } ?? canModerate(person, in: slot.interval)
        }
        most = min(most, those)
      }
      for groups in WorkshopFrame.numbers(upTo: most) where groups != previousAt[index]?.groups.count {
        guard slot.capacity(groups: groups, sizes: sizes) >= groups * sizes.lowerBound else { continue }
        candidates.append(Candidate(slot: index, groups: groups))
      }
    }
  }

  /// Whether one who is no member of a group at that time could moderate it.
  func canModerate(_ person: PersonID, in interval: MinuteInterval) -> Bool {
    guard let index = moderators.firstIndex(of: person) else { return false }
    return moderatorTime.isFree(index, in: interval) && moderatorTime.collisions(index, in: interval).isEmpty
  }

  /// Whether a slot's day is worked at its site, with days off before and after. Of a call, any site of the host counts.
  private func bridges(_ slot: MeetingSlot) -> Bool {
    let sites = slot.venue.site.flatMap(input.host.site(named:)).map { [$0] } ?? input.host.sites
    let date = slot.start.date
    return sites.contains { site in
      let closed = input.holidays[SiteKey(region: input.host.id, site: site.name)] ?? []
      func isOff(_ date: LocalDate) -> Bool {
        closed.contains(date) || site.workingHours.spans[date.weekday]?.isEmpty ?? true
      }
      return !isOff(date) && isOff(date.adding(days: -1)) && isOff(date.adding(days: 1))
    }
  }

  /// 1, 2, 3, 4, then in steps of a quarter, and the last: enough to choose from.
  static func numbers(upTo most: Int) -> [Int] {
    guard most > 0 else { return [] }
    var numbers: [Int] = []
    var next = 1
    while next < most {
      numbers.append(next)
      next += max(1, next / 4)
    }
    return numbers + [most]
  }

  /// What keeps everybody from every date.
  private func nothing() -> WorkshopError {
    let region = input.host.id
    let reachable = slots.indices.map { slot in isFree.count { $0[slot] } }
    let best = slots.indices.max { (reachable[$0], $1) < (reachable[$1], $0) }
    if best.map({ reachable[$0] }) ?? 0 == 0 {
      let isWorked = mentors.active.indices.contains { mentor in
        slots.contains { slot in
          let why = time.obstacle(mentor, in: slot.interval)
          return why != .time(.holiday) && why != .time(.dayOff)
        }
      }
      if !isWorked { return .noWorkingDay(region: region, first: first, last: last) }
    }
    return .noDate(
      region: region, first: first, last: last, most: best.map { reachable[$0] } ?? 0,
      on: best.map { slots[$0].text } ?? "", least: settings.group.lowerBound)
  }

  /// How many slots can be held at all.
  var offered: Int { Set(candidates.map(\.slot)).count }

  func canCome(_ mentor: Int, _ slot: Int) -> Bool { isFree[mentor][slot] }

  /// Whether a mentor joins a meeting on line that others attend in a room.
  func isOnline(_ mentor: Int, _ slot: Int) -> Bool {
    let venue = slots[slot].venue
    guard venue.isHybrid, !venue.isOnline else { return false }
    return isFromElsewhere(mentor, slot)
  }

  private func isFromElsewhere(_ mentor: Int, _ slot: Int) -> Bool {
    let person = mentors.active[mentor].person
    let site = slots[slot].venue.site.flatMap(input.host.site(named:))
    let own = input.regions.first { $0.id == person.region }?.site(named: person.site)
    return site == nil || person.region != input.host.id || own?.name != site?.name
  }

  /// What groups of these sizes cost, whoever is in them.
  func cost(ofSizes sizes: [Int]) -> Int {
    let weights = settings.weights
    return sizes.reduce(sizes.count * weights.group) { sum, size in
      sum + weights.size * (size - settings.idealSize) * (size - settings.idealSize)
    }
  }

  /// What holding a date costs, whoever comes in how many groups.
  func opening(_ candidate: Candidate) -> Int {
    let weights = settings.weights
    guard let previous = previousAt[candidate.slot] else {
      return weights.date + (isBridge[candidate.slot] ? weights.bridge : 0)
    }
    return previous.groups.count == candidate.groups ? 0 : weights.change
  }

  /// What coming costs a mentor, beside the squares of groups; nil: they cannot.
  func cost(_ mentor: Int, _ slot: Int) -> Int? {
    guard isFree[mentor][slot] else { return nil }
    let weights = settings.weights
    let person = mentors.active[mentor].person
    let meeting = slots[slot]
    var cost = 0
    if !meeting.venue.isOnline {
      if isFromElsewhere(mentor, slot) { cost += meeting.venue.isHybrid ? weights.online : weights.travel }
    }
    if let preferred = person.preferredHalf ?? input.host.scheduling.preferredHalf {
      let isMorning = time.minuteOfDay(mentor, at: meeting.interval.start) < 720
      if isMorning != (preferred == .morning) { cost += weights.halfDay }
    }
    cost += weights.session * time.collisions(mentor, in: meeting.interval).count
    if let before = previousSlot[mentor], before != slot { cost += weights.change }
    return cost
  }

  /// The network's problem without some slots.
  func problem(without forbidden: Set<LocalDate>) -> (problem: DateProblem, candidates: [Candidate]) {
    let open = candidates.filter { !forbidden.contains(slots[$0.slot].start.date) }
    let weights = settings.weights
    let offers = open.map { candidate in
      let slot = slots[candidate.slot]
      let previous = previousAt[candidate.slot]
      let isKept = previous?.groups.count == candidate.groups
      let capacity = slot.capacity(groups: candidate.groups, sizes: settings.group)
      // The n-th seat goes to the smallest group: sizes as squares of their distance from the ideal.
      var seats: [Int] = []
      var before = Array(repeating: 0, count: candidate.groups)
      let limits = slot.limits(groups: candidate.groups, sizes: settings.group)
      for _ in 0..<capacity {
        let after = MeetingSlot.evenly(1, from: before, upTo: limits)
        seats.append(cost(ofSizes: after) - cost(ofSizes: before))
        before = after
      }
      return DateProblem.Candidate(
        capacity: capacity, smallest: isKept ? 1 : candidate.groups * settings.group.lowerBound,
        groups: candidate.groups,
        opening: opening(candidate) + cost(ofSizes: Array(repeating: 0, count: candidate.groups)),
        slot: exclusion[candidate.slot], seats: seats)
    }
    let problem = DateProblem(
      candidates: offers, departments: departments, missingCost: weights.missing
    ) { cost($0, open[$1].slot) }
    return (problem, open)
  }
}
