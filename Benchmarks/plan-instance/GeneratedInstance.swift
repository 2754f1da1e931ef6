import Basics
import RecordStream
import Scheduling

/// A folder of bench/gen_sched.py as a problem: 26 weeks of Monday to Friday, twenty half hours a day.
struct GeneratedInstance {
  private static let slots = 20
  private static let workdays = 130
  static let days = 182
  static let sessions = 10

  private(set) var problem = PlanProblem(days: days, people: 0, tandems: [])
  /// By pool: the rooms' numbers in the instance.
  private(set) var roomNumbers: [[Int]] = []
  /// What the tandems cost when nobody shares anything: the sum of their own optima.
  private(set) var uncoupled = 0
  /// Tandems that the checker leaves out as well: squeezed or infeasible on their own.
  private(set) var dropped = 0

  static func calendarDay(_ workday: Int) -> Int { workday / 5 * 7 + workday % 5 }
  static func workday(_ day: Int) -> Int { day / 7 * 5 + day % 7 }

  init(folder: String) throws {
    let persons = try GeneratedInstance.rows(folder + "/persons.csv")
    var holidays = Array(repeating: Set<Int>(), count: 64)
    for row in try GeneratedInstance.rows(folder + "/holidays.csv") { holidays[row[0]].insert(row[1]) }
    var free = Array(repeating: UInt64(0), count: persons.count * GeneratedInstance.workdays)
    for row in persons {
      let hours: UInt64 = ((1 << UInt64(row[6])) - 1) & ~((1 << UInt64(row[5])) - 1)
      for workday in 0..<GeneratedInstance.workdays
      where row[4] >> (workday % 5) & 1 == 1 && !holidays[row[2]].contains(workday) {
        free[row[0] * GeneratedInstance.workdays + workday] = hours
      }
    }
    try GeneratedInstance.forEachRow(folder + "/busy.csv") { row in
      let (workday, slot) = row[1].quotientAndRemainder(dividingBy: GeneratedInstance.slots)
      let meeting: UInt64 = ((1 << UInt64(row[2] - row[1])) - 1) << UInt64(slot)
      free[row[0] * GeneratedInstance.workdays + workday] &= ~meeting
    }
    for row in try GeneratedInstance.rows(folder + "/rooms.csv") {
      while roomNumbers.count <= row[1] { roomNumbers.append([]) }
      roomNumbers[row[1]].append(row[0])
    }
    problem.people = persons.count
    problem.pools = roomNumbers.map { rooms in
      .init(taken: rooms.map { _ in Array(repeating: 0, count: GeneratedInstance.days) })
    }
    for row in try GeneratedInstance.rows(folder + "/tandems.csv") {
      let tandem = GeneratedInstance.tandem(row, free: free)
      var alone = tandem
      alone.people = []
      alone.pool = nil
      let lone = PlanProblem(days: GeneratedInstance.days, people: 0, tandems: [alone])
      let optimum = lone.solve(effort: PlanEffort.levels[0]).objective
      if optimum > 2000 {
        dropped += 1
      } else {
        uncoupled += optimum
        problem.tandems.append(tandem)
      }
    }
  }

  private static func tandem(_ row: [Int], free: [UInt64]) -> PlanProblem.Tandem {
    let (mentor, mentee, length, kickoff, preference) = (row[1], row[2], row[3], row[6], row[7])
    var starts = Array(repeating: UInt64(0), count: days)
    for workday in 0..<workdays {
      let both = free[mentor * workdays + workday] & free[mentee * workdays + workday]
      starts[calendarDay(workday)] = (0..<length).reduce(both) { $0 & both >> UInt64($1) }
    }
    let tickCost = (0..<64).map { start in
      let end = start + length
      var cost = 0
      if preference == 1, end > 8 { cost += 5 }
      if preference == 2, start < 10 { cost += 5 }
      if start < 10, end > 8 { cost += 3 }
      if end > 18 { cost += 2 }
      return cost
    }
    return PlanProblem.Tandem(
      people: [mentor, mentee], starts: starts, tickCost: tickCost,
      ideals: (0..<sessions).map { kickoff + ((2 * $0 + 1) * (days - kickoff)) / 20 }, gap: 7...35,
      ticks: length,
      pool: row[4] == 1 ? row[5] : nil, roomChangeCost: 4)
  }

  private static func rows(_ path: String) throws -> [[Int]] {
    var rows: [[Int]] = []
    try forEachRow(path) { rows.append($0) }
    return rows
  }

  /// Calls `body` with each row below the heading; a cell that is no number is 0. A row is kept no longer than that: the
  /// busy times of 12,000 people are millions of rows.
  private static func forEachRow(_ path: String, _ body: ([Int]) -> Void) throws {
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
