import Basics
import Dispatch

/// A file of scores solved by itself, without people: what `--scores FILE --format csv` does.
package enum BareInstance {
  /// What is reported of a solved instance.
  package struct Report: Equatable, Sendable {
    package var pairs: Int
    package var total: Int
    package var worst: Int?
    /// The solver's seconds, without reading and writing.
    package var seconds: Double

    /// `4883 pairs, total 341634, worst 34, 0.052 s`
    package var summary: String {
      let thousandths = Int((seconds * 1000).rounded())
      return "\(counted(pairs, "pair")), total \(total), worst \(worst.map(String.init) ?? "-"), "
        + "\(thousandths / 1000).\((thousandths % 1000).digits(3)) s"
    }
  }

  /// Reads scores, solves, and writes the pairs as `left,right,score` lines with a heading.
  ///
  /// - Parameters:
  ///   - next: gives the file piece by piece to its argument; returns false at the end.
  ///   - write: takes the output, in pieces of about 64 KB.
  /// - Throws: ``ScoreFileError``, or what `next` and `write` throw.
  package static func solve(
    _ objective: AssignmentObjective,
    reading next: ((Span<UInt8>) throws -> Void) throws -> Bool,
    writing write: ([UInt8]) throws -> Void
  ) throws -> Report {
    var reader = ScoreReader()
    while try next({ try reader.read($0) }) {}
    let file = try reader.finish()
    let start = DispatchTime.now().uptimeNanoseconds
    let assignment = file.problem.solve(objective)
    let end = DispatchTime.now().uptimeNanoseconds
    try self.write(assignment, file, to: write)
    return Report(
      pairs: assignment.pairCount, total: assignment.total, worst: assignment.worst,
      seconds: Double(end - start) / 1e9)
  }

  private static func write(
    _ assignment: Assignment, _ file: ScoreFile, to write: ([UInt8]) throws -> Void
  ) throws {
    var output = Array("left,right,score\n".utf8)
    for pair in assignment.pairs {
      CSVText.append(file.leftNames[Int(pair.left)], to: &output)
      output.append(0x2C)
      CSVText.append(file.rightNames[Int(pair.right)], to: &output)
      output.append(0x2C)
      output.append(contentsOf: String(pair.score).utf8)
      output.append(0x0A)
      if output.count > 1 << 16 {
        try write(output)
        output.removeAll(keepingCapacity: true)
      }
    }
    try write(output)
  }
}
