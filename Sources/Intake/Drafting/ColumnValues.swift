import Basics
import Programme
import Regions

/// What the values of a column look like, each kind as a share of the filled cells.
struct ColumnValues {
  let filled: Int
  let distinct: Int
  /// The different values and how often each occurs, the most frequent first; not all where they are very many.
  let counts: [(value: String, count: Int)]

  private static let most = 500

  init(_ column: DraftTable.Column) {
    var counts: [String: Int] = [:]
    let filled = column.filled
    for cell in filled { counts[cell, default: 0] += 1 }
    self.filled = filled.count
    distinct = counts.count
    self.counts = counts.map { (value: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
      .prefix(ColumnValues.most).map { $0 }
  }

  /// The share of the filled cells, 0 to 1, whose value is such; 0 where none is filled.
  func share(_ isSuch: (String) -> Bool) -> Double {
    var (such, all) = (0, 0)
    for (value, count) in counts {
      all += count
      if isSuch(value) { such += count }
    }
    return all == 0 ? 0 : Double(such) / Double(all)
  }

  var addresses: Double {
    share { $0.contains("@") && EmailAddress.fault(of: FieldText.visible($0)) == nil }
  }

  var times: Double {
    share { text in
      text.count > 5 && text.contains { "-/.:年".contains($0) } && TimeText.isTime(text)
    }
  }

  var numbers: Double { share { FieldText.integer($0) != nil } }

  /// Whether each value is of one row alone.
  var isUnique: Bool { filled > 1 && distinct * 20 >= filled * 19 }

  var flags: Double { share { FieldText.flag($0, words: [:]) ?? DraftWords.flag($0) != nil } }

  var roles: Double { share { DraftWords.role($0) != nil } }

  /// Whether every cell is a tick or its absence: a column of one choice.
  var areTicks: Bool {
    distinct <= 2
      && counts.allSatisfy { FieldText.isTick($0.value) || FieldText.flag($0.value, words: [:]) != nil }
  }
}
