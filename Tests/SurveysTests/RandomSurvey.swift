import Basics

@testable import Surveys

/// People who answered one question, and the tables of one to three dimensions with all margins that are made of them.
struct RandomSurvey {
  struct Sheet {
    var slice: [String]
    /// One value, or any number of them.
    var values: [Int]
  }

  var sizes: [Int]
  var values: Int
  var counting: GuardedTable.Counting
  var responses: [Sheet] = []

  /// Few people to a cell, skewed, so that most tables have something to hide.
  init(_ seed: UInt64, dimensions: Int? = nil, counting: GuardedTable.Counting? = nil) {
    var draw = SplitMix(seed: seed)
    let depth = dimensions ?? 1 + draw.below(3)
    sizes = (0..<depth).map { _ in 2 + draw.below([7, 3, 5][depth - 1]) / (depth == 3 ? 4 : 1) }
    values = 2 + draw.below(depth == 3 ? 2 : 3)
    self.counting = counting ?? [.exclusive, .exclusive, .overlapping, .plain][draw.below(4)]
    let people = 1 + draw.below([60, 100, 120][depth - 1])
    let isAlike = draw.below(6) == 0
    for _ in 0..<people { add(&draw, isAlike: isAlike) }
  }

  mutating func add(_ draw: inout SplitMix, isAlike: Bool = false) {
    let slice = sizes.map { size in "\(min(draw.below(size), draw.below(size)))" }
    let chosen: [Int]
    switch counting {
    case .overlapping: chosen = (0..<values).filter { _ in draw.below(3) > 0 }
    default: chosen = [isAlike && draw.below(9) > 0 ? 0 : draw.below(values)]
    }
    responses.append(Sheet(slice: slice, values: chosen))
  }

  func table(minimum: Int = 5, earlier: [[Slice: GuardedTable.Earlier]] = []) -> GuardedTable {
    var cells: [Slice: GuardedTable.Cell] = [:]
    let width = counting == .plain || counting == .sums ? 0 : values
    for response in responses {
      for slice in Slice(response.slice).margins {
        var cell =
          cells[slice]
          ?? GuardedTable.Cell(slice: slice, answered: 0, values: Array(repeating: 0, count: width))
        cell.answered += 1
        cell.respondents += 1
        if width > 0 { for value in response.values { cell.values[value] += 1 } }
        cell.isUniform = GuardedTable.isUniform(cell.values, of: cell.answered)
        cells[slice] = cell
      }
    }
    return GuardedTable(
      counting: counting, minimum: minimum, cells: cells.values.sorted { $0.slice < $1.slice },
      earlier: earlier)
  }
}
