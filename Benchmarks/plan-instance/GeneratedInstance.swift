import Basics
import Scheduling

/// A folder of Benchmarks/schedule/gen_sched.py as a problem: weeks of Monday to Friday, twenty half hours a day. What it costs is in
/// OBJECTIVE.md there.
struct GeneratedInstance {
  private static let slots = 20

  private(set) var problem: PlanProblem
  /// The rows of tandems.csv that the problem's tandems come from: those that can have all their sessions.
  private(set) var numbers: [Int] = []
  /// By tandem of the problem: how many sessions are held already.
  private(set) var held: [Int] = []
  /// By pool: the rooms' numbers in the instance.
  private(set) var roomNumbers: [[Int]] = []
  /// Tandems that cannot have all their sessions, whatever the others do.
  private(set) var dropped = 0

  private let files: InstanceFiles
  private let workdays: Int
  private let persons: [[Int]]
  /// By region: the working days that are holidays.
  private let holidays: [Int: Set<Int>]
  /// By person and working day: the half hours that meetings take.
  private var busy: [UInt64] = []
  /// By calendar day: what meeting on it costs.
  private var avoid: [Int: Int] = [:]
  /// By row of tandems.csv and session: the half hours it takes, where that is its own.
  private var ownLengths: [[Int]: Int] = [:]
  /// By room: its number in its pool.
  private var poolIndex: [Int: Int] = [:]

  static func calendarDay(_ workday: Int) -> Int { workday / 5 * 7 + workday % 5 }
  static func workday(_ day: Int) -> Int { day / 7 * 5 + day % 7 }

  init(folder: String) throws {
    let files = try InstanceFiles(folder: folder)
    self.files = files
    workdays = 5 * files["weeks"]
    persons = try files.rows("persons.csv")
    holidays = Dictionary(
      grouping: try files.rows("holidays.csv"), by: { $0[0] }
    ).mapValues { rows in Set(rows.map { $0[1] }) }
    problem = PlanProblem(days: 7 * files["weeks"], people: persons.count, tandems: [])
    avoid =
      files.has("avoid.csv")
      ? Dictionary(try files.rows("avoid.csv").map { ($0[0], $0[1]) }, uniquingKeysWith: max)
      : Dictionary(uniqueKeysWithValues: (79...88).map { ($0, 20_000) })
    for row in try files.rows("lengths.csv") { ownLengths[[row[0], row[1]]] = row[2] }
    var busy = Array(repeating: UInt64(0), count: persons.count * workdays)
    let workdays = workdays
    try files.forEachRow("busy.csv") { row in
      busy[row[0] * workdays + row[1] / Self.slots] |= Self.span(row[1] % Self.slots, row[2] - row[1])
    }
    self.busy = busy
    try readRooms()
    try readTandems()
  }

  private static func span(_ start: Int, _ length: Int) -> UInt64 {
    ((1 << UInt64(length)) - 1) << UInt64(start)
  }

  private mutating func readRooms() throws {
    let rooms = try files.rows("rooms.csv")
    for row in rooms {
      while roomNumbers.count <= row[1] { roomNumbers.append([]) }
      poolIndex[row[0]] = roomNumbers[row[1]].count
      roomNumbers[row[1]].append(row[0])
    }
    let days = problem.days
    problem.pools = roomNumbers.map { rooms in
      .init(taken: rooms.map { _ in Array(repeating: 0, count: days) })
    }
    let siteOf = Dictionary(uniqueKeysWithValues: rooms.map { ($0[0], $0[1]) })
    for row in try files.rows("booked.csv") {
      guard let site = siteOf[row[0]], let room = poolIndex[row[0]] else { continue }
      problem.pools[site].taken[room][Self.calendarDay(row[1] / Self.slots)] |=
        Self.span(row[1] % Self.slots, row[2] - row[1])
    }
  }

  private mutating func readTandems() throws {
    let fixed = Dictionary(grouping: try files.rows("fixed.csv"), by: { $0[0] })
    let earlier = Dictionary(grouping: try files.rows("earlier.csv"), by: { $0[0] })
    // Sessions in all, and a person of it, by site.
    var wanted: [Int: Int] = [:]
    var mentee: [Int: Int] = [:]
    for row in try files.rows("tandems.csv") {
      let held = fixed[row[0]] ?? []
      var tandem = tandem(row, held: held)
      if earlier[row[0]] != nil { tandem.kept = tandem.ideals.map { _ in nil } }
      for row in earlier[row[0]] ?? [] {
        let k = row[1] - held.count
        tandem.kept[k] = .init(day: Self.calendarDay(row[2]), tick: row[3], room: poolIndex[row[4]])
        tandem.moveCosts[k] = row[5] == 1 ? PlanProblem.firmMoveCost : PlanProblem.moveCost
      }
      var alone = tandem
      alone.pool = nil
      alone.site = nil
      alone.kept = []
      alone.moveCosts = []
      let lone = PlanProblem(days: problem.days, people: persons.count, tandems: [alone])
      guard lone.solve(effort: PlanEffort.levels[0]).slots[0].count == alone.ideals.count else {
        dropped += 1
        continue
      }
      numbers.append(row[0])
      self.held.append(held.count)
      problem.tandems.append(tandem)
      wanted[row[5], default: 0] += files["sessions"]
      mentee[row[5]] = row[2]
    }
    problem.sites = (0...(wanted.keys.max() ?? 0)).map { site in
      .init(
        cap: cap(wanted[site] ?? 0, region: persons[mentee[site] ?? 0][2]), cost: files["load"])
    }
  }

  /// How many sessions of a day are no crowd.
  private func cap(_ wanted: Int, region: Int) -> Int {
    guard files["cap"] == 0 else { return files["cap"] }
    let days = (0..<problem.days).count { !isOff($0, region) && avoid[$0] == nil }
    return days == 0 ? 3 : max(3, (150 * wanted + 100 * days - 1) / (100 * days))
  }

  /// Whether nobody of the region works on a calendar day.
  private func isOff(_ day: Int, _ region: Int) -> Bool {
    let weekday = (day % 7 + 7) % 7
    return weekday > 4 || day >= 0 && holidays[region]?.contains(Self.workday(day)) == true
  }

  private func free(_ person: Int, _ workday: Int) -> UInt64 {
    let row = persons[person]
    guard row[4] >> (workday % 5) & 1 == 1, holidays[row[2]]?.contains(workday) != true else { return 0 }
    return Self.span(row[5], row[6] - row[5]) & ~busy[person * workdays + workday]
  }

  private func tandem(_ row: [Int], held: [[Int]]) -> PlanProblem.Tandem {
    let sessions = files["sessions"]
    let name = StableHash(String(row[0]).utf8).value
    let ideals = ideals(name, first: row[6])
    let wanted = held.count..<max(sessions, held.count)
    let ticks = wanted.map { ownLengths[[row[0], $0]] ?? row[3] }
    var tandem = PlanProblem.Tandem(
      people: [row[1], row[2]], starts: [], tickCost: [], ideals: wanted.map { ideals[$0] },
      gap: files["least"]...files["most"], excessGapCost: files["soft"] == 1 ? files["gap"] : nil,
      after: held.last.map { Self.calendarDay($0[1]) }, pool: row[4] == 1 ? row[5] : nil,
      roomChangeCost: files["room-change"],
      roomBefore: held.last.flatMap { poolIndex[$0[3]] })
    let kinds = Set(ticks).sorted()
    tandem.lengths = kinds.map { length(of: $0, row) }
    tandem.lengthOf = ticks.map { kinds.firstIndex(of: $0) ?? 0 }
    tandem.moveCosts = wanted.map { _ in PlanProblem.moveCost }
    tandem.dayCost = (0..<problem.days).map { avoidance($0, [row[1], row[2]]) }
    tandem.regularity = .init(weekdayCost: files["weekday"], startCost: files["time"])
    tandem.regularity.fixedWeekdays = (0..<7).map { weekday in held.count { $0[1] % 5 == weekday } }
    tandem.regularity.fixedTicks = (0..<64).map { tick in held.count { $0[2] == tick } }
    tandem.site = row[5]
    tandem.tie = name
    return tandem
  }

  private func avoidance(_ day: Int, _ people: [Int]) -> Int {
    let isBridge = people.contains { person in
      let region = persons[person][2]
      return !isOff(day, region) && isOff(day - 1, region) && isOff(day + 1, region)
    }
    return max(avoid[day] ?? 0, isBridge ? files["bridge"] : 0)
  }

  private func length(of ticks: Int, _ row: [Int]) -> PlanProblem.Length {
    var starts = Array(repeating: UInt64(0), count: problem.days)
    var beside = Array(repeating: starts, count: 4)
    for workday in 0..<workdays {
      let day = Self.calendarDay(workday)
      let both = free(row[1], workday) & free(row[2], workday)
      starts[day] = (0..<ticks).reduce(both) { $0 & both >> UInt64($1) }
      for (at, person) in [row[1], row[2]].enumerated() {
        let meetings = busy[person * workdays + workday]
        beside[2 * at][day] = meetings << 1
        beside[2 * at + 1][day] = meetings >> UInt64(ticks)
      }
    }
    var length = PlanProblem.Length(
      ticks: ticks, starts: starts,
      tickCost: (0..<64).map { startCost($0, end: $0 + ticks, preference: row[7]) })
    length.fridayCost = (0..<64).map { $0 + ticks > 14 ? files["friday"] : 0 }
    length.beside = beside
    length.besideCost = files["buffer"]
    return length
  }

  private func startCost(_ start: Int, end: Int, preference: Int) -> Int {
    var cost = 0
    if !(start >= 2 && end <= 8 || start >= 11 && end <= 16) { cost += files["hours"] }
    if start < 2 { cost += files["early"] }
    if end > 18 { cost += files["late"] }
    if start < 10, end > 8 { cost += files["lunch"] }
    if preference == 1 && end > 8 || preference == 2 && start < 10 { cost += files["half-day"] }
    return cost
  }

  /// The ideal days of OBJECTIVE.md, written once more: not those of the planner.
  private func ideals(_ name: UInt64, first: Int) -> [Int] {
    let sessions = files["sessions"]
    let (span, half) = (problem.days - first, Int(name >> 1))
    guard sessions > 1 else { return [first + half % span] }
    let steps = sessions - 1
    let reach = max(1, min(4 * span / (3 * sessions), span - steps * files["least"], span))
    let length = min(span - reach, files["most"] * steps)
    var phase = length < 1 ? 0 : half % length
    if phase < reach * steps - length, name & 1 == 1 { phase += length }
    return (0..<sessions).map { first + (phase + $0 * length) / steps }
  }
}
