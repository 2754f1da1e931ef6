package import Basics
package import Programme
package import RecordStream

/// Carries a stream through a change of ids, so that the order of people does not reveal who they are.
///
/// People who are together in the order of their ids are put in the order of their new ids; any other order stays. Done
/// twice, there and back, the stream is what it was.
package struct PersonRuns {
  private var run: [(old: String, new: String, line: [UInt8])] = []
  private let change: (JSONValue) -> JSONValue
  private let write: ([UInt8]) throws -> Void

  package init(change: @escaping (JSONValue) -> JSONValue, write: @escaping ([UInt8]) throws -> Void) {
    self.change = change
    self.write = write
  }

  /// Takes one line of the stream; a line in which nothing changes keeps its bytes.
  package mutating func take(_ line: RecordLine) throws {
    try take(try line.value(), of: Array(copying: line.bytes))
  }

  /// Takes a record that never was a line.
  package mutating func take(_ record: Record) throws {
    let line = record.line
    try take(try JSONValue(parsing: line), of: line)
  }

  private mutating func take(_ value: JSONValue, of line: [UInt8]) throws {
    let changed = change(value)
    let bytes = changed == value ? line : changed.line
    if value["record"]?.string == "person", let old = value["id"]?.string, let new = changed["id"]?.string {
      run.append((old, new, bytes))
    } else {
      try flush()
      try write(bytes)
    }
  }

  /// Writes the people who are held back.
  package mutating func flush() throws {
    let isSorted = zip(run, run.dropFirst()).allSatisfy { !$1.old.precedesByBytes($0.old) }
    if isSorted { run.sort { $0.new.precedesByBytes($1.new) } }
    for person in run { try write(person.line) }
    run.removeAll()
  }
}
