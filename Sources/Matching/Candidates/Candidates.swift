import Basics
import Programme
import Regions

/// Every allowed pair with its score, as rows by mentor: what the assignment chooses from.
package struct Candidates: Sendable {
  /// Applicants who may mentor and who may be mentored, by index, ascending.
  package let mentors: [Int32]
  package let mentees: [Int32]
  /// Mentor *i* may have `column[rowStart[i] ..< rowStart[i + 1]]`, places in `mentees`, ascending.
  package let rowStart: [Int]
  package let column: [Int32]
  package let score: [Int32]

  package var count: Int { column.count }
}

extension Candidates {
  /// Pairs are looked at within blocks alone, and there 64 at a time.
  ///
  /// O(blocks × mentors × (rules × mentees / 64) + allowed pairs), because facts are judged by class.
  package init(_ applicants: Applicants, rules: RuleBook, scores: ScoreBook) {
    mentors = (0..<applicants.count).filter { applicants.people[$0].role.mayMentor }
      .map { Int32(truncatingIfNeeded: $0) }
    mentees = (0..<applicants.count).filter { applicants.people[$0].role.mayBeMentored }
      .map { Int32(truncatingIfNeeded: $0) }
    let blocks = BlockPlan(applicants).blocks
    let rows = Parallel.map(blocks) { Block($0, applicants, rules, scores) }
    let place = mentees.ranks(among: applicants.count)
    var origin = [(block: Int32, row: Int32)](repeating: (-1, -1), count: applicants.count)
    for (number, block) in rows.enumerated() {
      for (row, mentor) in block.mentors.enumerated() {
        origin[Int(mentor)] = (Int32(truncatingIfNeeded: number), Int32(truncatingIfNeeded: row))
      }
    }
    let total = rows.reduce(0) { $0 + $1.column.count }
    var rowStart = [0]
    var column: [Int32] = []
    var score: [Int32] = []
    rowStart.reserveCapacity(mentors.count + 1)
    column.reserveCapacity(total)
    score.reserveCapacity(total)
    for mentor in mentors {
      let (number, row) = origin[Int(mentor)]
      if number >= 0 {
        let block = rows[Int(number)]
        let range = block.starts[Int(row)]..<block.starts[Int(row) + 1]
        for mentee in block.column[range] { column.append(place[Int(mentee)]) }
        score.append(contentsOf: block.score[range])
      }
      rowStart.append(column.count)
    }
    self.rowStart = rowStart
    self.column = column
    self.score = score
  }

  /// Where the pair of two places lies in `column`; nil where it is not allowed. O(log mentees).
  func place(mentor: Int32, mentee: Int32) -> Int? {
    column.place(of: mentee, in: rowStart[Int(mentor)]..<rowStart[Int(mentor) + 1])
  }

  /// Calls `body` with each pair as indices of applicants, by mentor, then mentee.
  package func forEachPair(_ body: (_ mentor: Int, _ mentee: Int, _ score: Int) -> Void) {
    for row in mentors.indices {
      for place in rowStart[row]..<rowStart[row + 1] {
        body(Int(mentors[row]), Int(mentees[Int(column[place])]), Int(score[place]))
      }
    }
  }

  /// The same pairs with other scores; without those that have none.
  func replacingScores(_ scoreOf: (_ mentor: Int32, _ mentee: Int32) -> Int?) -> Candidates {
    var starts = [0]
    var kept: [Int32] = []
    var scores: [Int32] = []
    for (row, mentor) in mentors.enumerated() {
      for place in rowStart[row]..<rowStart[row + 1] {
        guard let own = scoreOf(mentor, mentees[Int(column[place])]) else { continue }
        kept.append(column[place])
        scores.append(Int32(clamping: own))
      }
      starts.append(kept.count)
    }
    return Candidates(mentors: mentors, mentees: mentees, rowStart: starts, column: kept, score: scores)
  }

  /// The rows of one block.
  private struct Block: Sendable {
    var mentors: [Int32]
    var starts: [Int] = [0]
    /// Applicants by index.
    var column: [Int32] = []
    var score: [Int32] = []

    init(_ members: [Int32], _ applicants: Applicants, _ rules: RuleBook, _ scores: ScoreBook) {
      mentors = members.filter { applicants.people[Int($0)].role.mayMentor }
      let mentees = members.filter { applicants.people[Int($0)].role.mayBeMentored }
      guard !mentors.isEmpty, !mentees.isEmpty else {
        starts = [Int](repeating: 0, count: mentors.count + 1)
        return
      }
      var masks = BlockMasks(mentees: mentees, columns: rules.columns)
      var row = BlockScores(scores, mentees: mentees)
      let listing = rules.columns.filter { !$0.others.isEmpty }
      let floors = applicants.settings.map {
        (taught: $0[ScoreFloor.taught.least], returned: $0[ScoreFloor.returned.least])
      }
      for mentor in mentors {
        var bits = masks.row(of: Int(mentor))
        Block.clear(mentor, mentees, &bits)
        for column in listing {
          for other in column.forbidden(with: Int(mentor)) { Block.clear(other, mentees, &bits) }
        }
        let own = floors[Int(applicants.settingsOf[Int(mentor)])]
        row.forEach(of: Int(mentor), in: bits) { position, total, taught, returned in
          let other = floors[Int(applicants.settingsOf[Int(mentees[position])])]
          guard taught >= max(own.taught, other.taught), returned >= max(own.returned, other.returned)
          else { return }
          column.append(mentees[position])
          score.append(Int32(truncatingIfNeeded: total))
        }
        starts.append(column.count)
      }
    }

    /// Takes the applicant out of the row, if they are a mentee of the block.
    private static func clear(_ applicant: Int32, _ mentees: [Int32], _ bits: inout [UInt64]) {
      guard let place = mentees.place(of: applicant, in: mentees.indices) else { return }
      bits[place >> 6] &= ~(1 << UInt64(place & 63))
    }
  }
}
