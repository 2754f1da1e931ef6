import Basics
import Foundation
import RecordStream
import Scheduling

/// A folder of gen_sched.py as a problem, by OBJECTIVE.md of ../schedule: weeks of Monday to Friday, twenty half hours a day.
struct GeneratedInstance {
  private static let slots = 20

  private(set) var problem: PlanProblem
  /// By pool: the rooms' numbers in the instance.
  private(set) var roomNumbers: [[Int]] = []
  /// By tandem of the problem: its number in the instance.
  private(set) var numbers: [Int] = []
  /// What the tandems cost when nobody shares anything: the sum of their own optima.
  private(set) var uncoupled = 0
  /// Tandems that cannot have all sessions even alone: the judge leaves them out as well.
  private(set) var dropped = 0
  private let frame: Frame
  private let workdays: Int

  /// What the objective takes, where `frame.csv` says nothing else.
  private struct Frame {
    var values = [
      "weeks": 26, "sessions": 10, "least": 7, "most": 35, "soft": 1, "gap": 100, "weekday": 40, "time": 10,
      "hours": 2, "early": 6, "late": 4, "lunch": 12, "friday": 4, "half-day": 5, "buffer": 2, "bridge": 60,
      "avoid": 20_000, "room-change": 4, "load": 60, "cap": 0,
    ]

    subscript(name: String) -> Int { values[name] ?? 0 }
  }

  static func calendarDay(_ workday: Int) -> Int { workday / 5 * 7 + workday % 5 }
  static func workday(_ day: Int) -> Int { day / 7 * 5 + day % 7 }

  init(folder: String) throws {
    var frame = Frame()
    for (name, value) in try GeneratedInstance.named(folder + "/frame.csv") { frame.values[name] = value }
    self.frame = frame
    workdays = frame["weeks"] * 5
    problem = PlanProblem(days: frame["weeks"] * 7, people: 0, tandems: [])
    let persons = try GeneratedInstance.rows(folder + "/persons.csv")
    var holidays = Array(repeating: Set<Int>(), count: 64)
    for row in try GeneratedInstance.rows(folder + "/holidays.csv") { holidays[row[0]].insert(row[1]) }
    var free = Array(repeating: UInt64(0), count: persons.count * workdays)
    var busy = free
    for row in persons {
      let hours: UInt64 = ((1 << UInt64(row[6])) - 1) & ~((1 << UInt64(row[5])) - 1)
      for workday in 0..<workdays
      where row[4] >> (workday % 5) & 1 == 1 && !holidays[row[2]].contains(workday) {
        free[row[0] * workdays + workday] = hours
      }
    }
    let workdays = workdays
    try GeneratedInstance.forEachRow(folder + "/busy.csv") { row in
      let (workday, slot) = row[1].quotientAndRemainder(dividingBy: GeneratedInstance.slots)
      guard workday < workdays else { return }
      let meeting: UInt64 = ((1 << UInt64(row[2] - row[1])) - 1) << UInt64(slot)
      free[row[0] * workdays + workday] &= ~meeting
      busy[row[0] * workdays + workday] |= meeting
    }
    for row in try GeneratedInstance.rows(folder + "/rooms.csv") {
      while roomNumbers.count <= row[1] { roomNumbers.append([]) }
      roomNumbers[row[1]].append(row[0])
    }
    problem.people = persons.count
    problem.pools = roomNumbers.map { rooms in
      .init(taken: rooms.map { _ in Array(repeating: 0, count: problem.days) })
    }
    let avoided = try avoided(folder)
    var lengths: [[Int]: Int] = [:]
    for row in try GeneratedInstance.rows(folder + "/lengths.csv") { lengths[[row[0], row[1]]] = row[2] }
    var regionOf: [Int: Int] = [:]
    for row in try GeneratedInstance.rows(folder + "/tandems.csv") {
      let region = persons[row[2]][2]
      regionOf[row[5]] = region
      let tandem = tandem(row, lengths, free: free, busy: busy, dayCost: dayCost(holidays[region], avoided))
      var alone = tandem
      alone.people = []
      alone.pool = nil
      alone.site = nil
      let lone = PlanProblem(days: problem.days, people: 0, tandems: [alone])
      let optimum = lone.solve(effort: PlanEffort.levels[0])
      if optimum.slots[0].count < tandem.ideals.count {
        dropped += 1
      } else {
        uncoupled += optimum.objective
        problem.tandems.append(tandem)
        numbers.append(row[0])
      }
    }
    for site in 0...(regionOf.keys.max() ?? 0) {
      let sessions = problem.tandems.reduce(0) { $0 + ($1.site == site ? $1.ideals.count : 0) }
      let holidays = regionOf[site].map { holidays[$0] } ?? []
      let open = (0..<workdays).count {
        !holidays.contains($0) && avoided[GeneratedInstance.calendarDay($0)] == 0
      }
      problem.sites.append(
        .init(
          cap: frame["cap"] > 0 ? frame["cap"] : .cap(share: 150, sessions: sessions, days: open, least: 3),
          cost: frame["load"]))
    }
  }

  /// By calendar day: what `avoid.csv` says, or the end of the year.
  private func avoided(_ folder: String) throws -> [Int] {
    var cost = Array(repeating: 0, count: problem.days)
    let rows = try GeneratedInstance.rows(folder + "/avoid.csv")
    for row in rows where row[0] < problem.days { cost[row[0]] = max(cost[row[0]], row[1]) }
    if rows.isEmpty {
      for day in 79...88 where day < problem.days { cost[day] = frame["avoid"] }
    }
    return cost
  }

  /// The same with the bridge days of a region.
  private func dayCost(_ holidays: Set<Int>, _ avoided: [Int]) -> [Int] {
    func isFree(_ day: Int) -> Bool {
      !(0..<problem.days).contains(day) ? (day + 7) % 7 > 4
        : day % 7 > 4 || holidays.contains(GeneratedInstance.workday(day))
    }
    return avoided.indices.map { day in
      let isBridge = !isFree(day) && isFree(day - 1) && isFree(day + 1)
      return max(avoided[day], isBridge ? frame["bridge"] : 0)
    }
  }

  private func tandem(
    _ row: [Int], _ lengths: [[Int]: Int], free: [UInt64], busy: [UInt64], dayCost: [Int]
  ) -> PlanProblem.Tandem {
    let (number, mentor, mentee, kickoff, preference) = (row[0], row[1], row[2], row[6], row[7])
    let own = (0..<frame["sessions"]).map { lengths[[number, $0]] ?? row[3] }
    var kinds: [Int] = []
    for length in own where !kinds.contains(length) { kinds.append(length) }
    let rhythm = Rhythm(
      id: String(number), days: kickoff..<problem.days, sessions: own.count,
      gap: frame["least"]...frame["most"])
    var tandem = PlanProblem.Tandem(
      people: [mentor, mentee], starts: [], tickCost: [], ideals: own.indices.map(rhythm.ideal),
      gap: frame["least"]...frame["most"], excessGapCost: frame["soft"] == 1 ? frame["gap"] : nil,
      pool: row[4] == 1 ? row[5] : nil, roomChangeCost: frame["room-change"])
    tandem.lengths = kinds.map { length in
      self.length(length, preference, both: [mentor, mentee], free: free, busy: busy)
    }
    if kinds.count > 1 { tandem.lengthOf = own.map { kinds.firstIndex(of: $0) ?? 0 } }
    tandem.dayCost = dayCost
    tandem.regularity = .init(weekdayCost: frame["weekday"], startCost: frame["time"])
    tandem.site = row[5]
    tandem.tie = StableHash(String(number).utf8).value
    return tandem
  }

  private func length(
    _ length: Int, _ preference: Int, both: [Int], free: [UInt64], busy: [UInt64]
  ) -> PlanProblem.Length {
    let costs = (0..<64).map { start -> (Int, friday: Int) in
      let end = start + length
      var cost = 0
      if !(start >= 2 && end <= 8 || start >= 11 && end <= 16) { cost += frame["hours"] }
      if start < 2 { cost += frame["early"] }
      if end > 18 { cost += frame["late"] }
      if start < 10, end > 8 { cost += frame["lunch"] }
      if preference == 1, end > 8 || preference == 2, start < 10 { cost += frame["half-day"] }
      return (cost, end > 14 ? frame["friday"] : 0)
    }
    var made = PlanProblem.Length(
      ticks: length, starts: Array(repeating: 0, count: problem.days), tickCost: costs.map(\.0))
    made.fridayCost = costs.map(\.friday)
    made.beside = Array(repeating: made.starts, count: 4)
    made.besideCost = frame["buffer"]
    for workday in 0..<workdays {
      let day = GeneratedInstance.calendarDay(workday)
      let open = free[both[0] * workdays + workday] & free[both[1] * workdays + workday]
      made.starts[day] = (0..<length).reduce(open) { $0 & open >> UInt64($1) }
      for (at, person) in both.enumerated() {
        let busy = busy[person * workdays + workday]
        made.beside[2 * at][day] = busy << 1
        made.beside[2 * at + 1][day] = busy >> UInt64(length)
      }
    }
    return made
  }

  /// Rows of a name and a number; none where there is no such file.
  private static func named(_ path: String) throws -> [(String, Int)] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let lines = String(decoding: try Input(path: path).readAll(), as: UTF8.self).split(separator: "\n")
    return lines.dropFirst().compactMap { line in
      let cells = line.split(separator: ",")
      guard cells.count == 2, let value = Int(cells[1]) else { return nil }
      return (String(cells[0]), value)
    }
  }

  private static func rows(_ path: String) throws -> [[Int]] {
    var rows: [[Int]] = []
    try forEachRow(path) { rows.append($0) }
    return rows
  }

  /// Calls `body` with each row below the heading; a cell that is no number is 0. A row is kept no longer than that: the
  /// busy times of 12,000 people are millions of rows.
  private static func forEachRow(_ path: String, _ body: ([Int]) -> Void) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    var row: [Int] = []
    var number = 0
    var isHeading = true
    for byte in try Input(path: path).readAll() {
      switch byte {
      case 0x30...0x39: number = number * 10 + Int(byte - 0x30)
      case 0x2C:
        row.append(number)
        number = 0
      case 0x0A:
        row.append(number)
        number = 0
        if !isHeading { body(row) }
        isHeading = false
        row.removeAll(keepingCapacity: true)
      default: break
      }
    }
  }
}
