import Basics
internal import Calendars
internal import Programme
internal import Regions

/// The mentors, slots and costs of a workshop, worked out once: what each choice of dates is priced by.
struct WorkshopFrame {
  struct Candidate {
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
    departments = WorkshopFrame.departments(of: people, input.host)
    exclude()
    recall()
    offer()
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
  private mutating func offer() {
    let sizes = settings.group
    for (index, slot) in slots.enumerated() {
      let free = isFree.count { $0[index] }
      if let previous = previousAt[index], !previous.groups.isEmpty, free > 0 {
        candidates.append(Candidate(slot: index, groups: previous.groups.count))
      }
      let rooms = slot.venue.rooms.isEmpty ? Int.max : slot.rooms(sizes).count
      let most = min(rooms, free / sizes.lowerBound, (slot.venue.capacity ?? .max) / sizes.lowerBound)
      for groups in WorkshopFrame.numbers(upTo: most) where groups != previousAt[index]?.groups.count {
        guard slot.capacity(groups: groups, sizes: sizes) >= groups * sizes.lowerBound else { continue }
        candidates.append(Candidate(slot: index, groups: groups))
      }
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

  /// What coming costs a mentor, beside the squares of groups; nil: they cannot.
  func cost(_ mentor: Int, _ slot: Int) -> Int? {
    guard isFree[mentor][slot] else { return nil }
    let weights = settings.weights
    let person = mentors.active[mentor].person
    let meeting = slots[slot]
    var cost = 0
    if !meeting.venue.isOnline {
      let site = meeting.venue.site.flatMap(input.host.site(named:))
      let own = input.regions.first { $0.id == person.region }?.site(named: person.site)
      if site == nil || person.region != input.host.id || own?.name != site?.name { cost += weights.travel }
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
  func problem(without forbidden: Set<Int>) -> (problem: DateProblem, candidates: [Candidate]) {
    let open = candidates.filter { !forbidden.contains($0.slot) }
    let weights = settings.weights
    let offers = open.map { candidate in
      let slot = slots[candidate.slot]
      let previous = previousAt[candidate.slot]
      let isKept = previous?.groups.count == candidate.groups
      return DateProblem.Candidate(
        capacity: slot.capacity(groups: candidate.groups, sizes: settings.group),
        smallest: isKept ? 1 : candidate.groups * settings.group.lowerBound, groups: candidate.groups,
        opening: previous == nil ? weights.date : isKept ? 0 : weights.change, slot: exclusion[candidate.slot]
      )
    }
    let problem = DateProblem(
      candidates: offers, departments: departments, missingCost: weights.missing
    ) { cost($0, open[$1].slot) }
    return (problem, open)
  }
}
