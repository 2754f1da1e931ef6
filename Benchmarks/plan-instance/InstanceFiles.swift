import Basics
import Foundation

/// The tables of a folder of Benchmarks/schedule/gen_sched.py.
struct InstanceFiles {
  /// What frame.csv may set, with what holds without it: the frame, and the weights by their names in OBJECTIVE.md.
  private(set) var frame = [
    "weeks": 26, "sessions": 10, "least": 7, "most": 35, "soft": 1, "cap": 0, "gap": 100, "weekday": 40,
    "time": 10, "hours": 2, "early": 6, "late": 4, "lunch": 12, "friday": 4, "half-day": 5, "buffer": 2,
    "bridge": 60, "load": 60, "room-change": 4,
  ]
  private let folder: String

  init(folder: String) throws {
    self.folder = folder
    guard has("frame.csv") else { return }
    for line in try text("frame.csv").split(separator: "\n").dropFirst() {
      let cells = line.split(separator: ",")
      if let value = Int(cells[1]) { frame[String(cells[0])] = value }
    }
  }

  subscript(_ name: String) -> Int { frame[name] ?? 0 }

  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(name)") }

  private func text(_ name: String) throws -> String {
    String(decoding: try Input(path: "\(folder)/\(name)").readAll(), as: UTF8.self)
  }

  /// The rows of a table below its heading; none if the table is absent.
  func rows(_ name: String) throws -> [[Int]] {
    guard has(name) else { return [] }
    var rows: [[Int]] = []
    try forEachRow(name) { rows.append($0) }
    return rows
  }

  /// Calls `body` with each row below the heading; a cell that is no number is 0. It keeps one row at a time: the
  /// busy times of 12,000 people are millions of rows.
  func forEachRow(_ name: String, _ body: ([Int]) -> Void) throws {
    var row: [Int] = []
    var number = 0
    var sign = 1
    var isHeading = true
    for byte in try Input(path: "\(folder)/\(name)").readAll() {
      switch byte {
      case 0x2D: sign = -1
      case 0x30...0x39: number = number * 10 + Int(byte - 0x30)
      case 0x2C, 0x0A:
        row.append(sign * number)
        number = 0
        sign = 1
        guard byte == 0x0A else { continue }
        if !isHeading { body(row) }
        isHeading = false
        row.removeAll(keepingCapacity: true)
      default: break
      }
    }
  }
}
