import Programme
import RecordStream
import ToolSupport

/// A stream of which a few records are written anew: the others stay byte for byte, in their order.
struct StreamEdit {
  private(set) var contents = StreamContents()
  private var lines: [[UInt8]] = []
  /// The last line of each session and tandem, by identifier.
  private var lineOf: [String: Int] = [:]

  init(_ inputs: [Input], on console: Console) throws {
    let isClean = try StreamContents.forEachRecord(inputs, passingTo: nil, on: console) { line, record in
      try contents.add(line, record)
      switch record {
      case .session(let session): lineOf[session.id] = lines.count
      case .tandem(let tandem): lineOf[tandem.id] = lines.count
      default: break
      }
      lines.append(Array(line.bytes))
    }
    contents.isClean = isClean
  }

  /// The record that counts: of several of one identifier, the last.
  func session(_ id: String) -> Session? { contents.sessions.last { $0.id == id } }

  /// Those that count, by identifier.
  var sessions: [String: Session] {
    Dictionary(contents.sessions.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
  }

  mutating func replace(_ session: Session) {
    guard let line = lineOf[session.id] else { return }
    lines[line] = Record.session(session).line
  }

  mutating func replace(_ tandem: Tandem) {
    guard let line = lineOf[tandem.id] else { return }
    lines[line] = Record.tandem(tandem).line
  }

  func write(to output: Output) throws(OutputError) {
    for line in lines { try output.writeLine(line) }
  }
}
