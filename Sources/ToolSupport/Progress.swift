import Basics
import Foundation
import RecordStream

/// How far a long piece of work has come: one line on standard error, redrawn, only on a terminal and only after a
/// second. What is drawn is taken away at the end.
package final class Progress {
  private let output: Output?
  private let label: String
  private let begun = ContinuousClock.now
  private var drawn = ContinuousClock.now
  private var hasDrawn = false

  package init(_ label: String, on console: Console) {
    output = console.drawsOnTerminal && !console.log.isQuiet ? console.errors : nil
    self.label = label
  }

  /// Tells how much was done, of how much where that is known. Cheap enough to be called for every piece of input.
  package func update(done: Int, of total: Int? = nil, unit: String = "") {
    guard let output else { return }
    let now = ContinuousClock.now
    guard begun.duration(to: now) > .seconds(1), !hasDrawn || drawn.duration(to: now) > .milliseconds(200)
    else {
      return
    }
    drawn = now
    hasDrawn = true
    let share = total.map { $0 > 0 ? " (\(min(100, done * 100 / $0))%)" : "" } ?? ""
    try? output.write("\r\u{1B}[2K\(label): \(done)\(unit)\(share)")
    try? output.flush()
  }

  package func finish() {
    guard hasDrawn, let output else { return }
    try? output.write("\r\u{1B}[2K")
    try? output.flush()
  }
}
