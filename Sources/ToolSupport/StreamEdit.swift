package import Basics
package import Programme
import RecordStream

/// A stream in which a few records are rewritten: the others stay byte for byte, in their order.
package struct StreamEdit {
  package private(set) var contents = StreamContents()
  private var lines: [[UInt8]] = []
  /// The last line of each.
  private var lineOfSession: [SessionID: Int] = [:]
  private var lineOfTandem: [TandemID: Int] = [:]
  /// All lines of each workshop.
  private var linesOfWorkshop: [WorkshopID: [Int]] = [:]
  private var dropped: Set<Int> = []

  package init(_ inputs: [Input], on console: Console) throws {
    let isClean = try StreamContents.forEachRecord(inputs, passingTo: nil, on: console) { line, record in
      if let record { contents.add(record) }
      switch record {
      case .session(let session): lineOfSession[session.id] = lines.count
      case .tandem(let tandem): lineOfTandem[tandem.id] = lines.count
      case .workshop(let workshop): linesOfWorkshop[workshop.id, default: []].append(lines.count)
      default: break
      }
      lines.append(Array(copying: line.bytes))
    }
    contents.isClean = isClean
  }

  /// The record that counts: of several of one identifier, the last.
  package func session(_ id: SessionID) -> Session? { contents.sessions.last { $0.id == id } }

  /// Those that count, by identifier.
  package var sessions: [SessionID: Session] {
    contents.sessions.latest(by: \.id)
  }

  package mutating func replace(_ session: Session) {
    guard let line = lineOfSession[session.id] else { return }
    lines[line] = Record.session(session).line
    contents.sessions.append(session)
  }

  package mutating func replace(_ tandem: Tandem) {
    guard let line = lineOfTandem[tandem.id] else { return }
    lines[line] = Record.tandem(tandem).line
    contents.tandems.append(tandem)
  }

  /// Adds a session: it follows all that is there.
  package mutating func add(_ session: Session) {
    lineOfSession[session.id] = lines.count
    lines.append(Record.session(session).line)
    contents.sessions.append(session)
  }

  /// Takes a workshop out: what is made of it follows.
  package mutating func drop(workshop id: WorkshopID) { dropped.formUnion(linesOfWorkshop[id] ?? []) }

  package func write(to output: Output) throws(OutputError) {
    for (number, line) in lines.enumerated() where !dropped.contains(number) { try output.writeLine(line) }
  }
}
