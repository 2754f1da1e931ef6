/// The free rows of one round of augmenting row reduction: a row that was displaced comes before the next in line.
struct FreeRows {
  private let waiting: [Int32]
  private var place = 0
  private var displaced: Int32 = -1
  /// Who stays free, for the next round.
  private(set) var left: [Int32] = []

  init(_ rows: [Int32]) { waiting = rows }

  mutating func next() -> Int? {
    if displaced >= 0 {
      defer { displaced = -1 }
      return Int(displaced)
    }
    guard place < waiting.count else { return nil }
    place += 1
    return Int(waiting[place - 1])
  }

  mutating func leave(_ row: Int) { left.append(Int32(truncatingIfNeeded: row)) }

  /// - Parameter comesNext: whether the row's turn is now, or in the next round.
  mutating func displace(_ row: Int32, comesNext: Bool) {
    if comesNext { displaced = row } else { left.append(row) }
  }
}
