import Basics
import Foundation
import Intake
import Programme
import RecordStream
import ToolSupport

/// What the tool makes, on its way to standard output: at once, or after all has proved good.
final class ImportOutput {
  private let console: Console
  private let format: OutputFormat
  /// Where lines wait under --strict: a file without a name, so that a million of them fill no memory.
  private let spool: (output: Output, file: UnsafeMutablePointer<FILE>)?
  private let pseudonyms: Pseudonyms?
  private var streams: [Input]
  private var pairs: KeywordPairs?
  private var people: [Person] = []
  /// Lines of streams that could not be read.
  private(set) var badLines = 0

  /// - Throws: exit code 74 where there is no place to hold anything back.
  init(
    console: Console, format: OutputFormat, isHeldBack: Bool, pseudonyms: Pseudonyms?, streams: [Input]
  ) throws(ToolFailure) {
    self.console = console
    self.format = format
    self.pseudonyms = pseudonyms
    self.streams = streams
    spool = isHeldBack ? tmpfile().map { (Output(descriptor: fileno($0)), $0) } : nil
    guard spool != nil || !isHeldBack else {
      throw ToolFailure(
        .ioError, "no file for --strict can be made: \(SystemCall.reason(errno)); make room there",
        file: "/tmp")
    }
  }

  deinit { if let spool { fclose(spool.file) } }

  private var target: Output { spool?.output ?? console.output }

  /// What came as records passes first, then the people; who is imported again replaces the record of the same id.
  func write(_ people: [Person]) throws {
    let ids = Set(people.map(\.id))
    var replaced = 0
    for input in streams {
      let log: (Diagnostic) -> Void = { diagnostic in
        if diagnostic.severity == .error { self.badLines += 1 }
        self.console.report(diagnostic)
      }
      var runs = passage()
      try RecordReader(input, log: log).forEachLine { line in
        if line.kind == "person", case .person(let person) = try line.decode(), ids.contains(person.id) {
          replaced += 1
          return
        }
        if line.kind == "tandem", let pairs, case .tandem(let tandem) = try line.decode(),
          let listed = pairs.withList(tandem)
        {
          guard format == .ndjson else { return }
          return try target.writeLine(Record.tandem(listed).line)
        }
        guard format == .ndjson else { return }
        if pseudonyms == nil { try target.writeLine(line.bytes) } else { try runs.take(line) }
      }
      try runs.flush()
    }
    if replaced > 0 {
      let text = counted(replaced, "person of the stream is", "people of the stream are")
      console.report(Diagnostic(.note, "\(text) imported again", code: "replaced"))
    }
    guard format == .ndjson else {
      self.people = people
      return
    }
    var runs = passage()
    for person in people {
      if pseudonyms == nil {
        try target.writeLine(Record.person(person).line)
      } else {
        try runs.take(.person(person))
      }
    }
    try runs.flush()
  }

  /// Takes a list for the tandem on the streams whose it is.
  func take(_ list: KeywordList) throws -> KeywordOwner {
    var pairs = try self.pairs ?? readPairs()
    let owner = pairs.add(list)
    self.pairs = pairs
    return owner
  }

  /// Reads who is on the streams, which pass later.
  private func readPairs() throws -> KeywordPairs {
    var pairs = KeywordPairs()
    streams = try streams.map { input in
      var bytes: [UInt8] = []
      let log: (Diagnostic) -> Void = { diagnostic in
        if diagnostic.severity == .error { self.badLines += 1 }
        self.console.report(diagnostic)
      }
      try RecordReader(input, log: log).forEachLine { line in
        bytes += Array(copying: line.bytes) + [0x0A]
        if line.kind == "person" || line.kind == "tandem", let record = try line.decode() {
          pairs.add(record)
        }
      }
      return Input(name: input.name, bytes: bytes)
    }
    return pairs
  }

  private func passage() -> PersonRuns {
    PersonRuns { [pseudonyms] in
      pseudonyms?.hide($0) ?? $0
    } write: { [target] in
      try target.writeLine($0)
    }
  }

  func write(response line: UnsafeRawBufferPointer) throws {
    guard format == .ndjson else { return }
    guard let pseudonyms else { return try target.write(line) }
    try target.writeLine(pseudonyms.hide(try JSONValue(parsing: line.dropLast())).line)
  }

  /// Hands over what was held back, or shows it.
  func finish(_ outcome: ImportRun.Outcome) throws {
    switch format {
    case .ndjson:
      guard let spool else { return }
      try spool.output.flush()
      rewind(spool.file)
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = fread(&buffer, 1, buffer.count, spool.file)
        guard count > 0 else { return }
        try console.output.write(buffer[..<count])
      }
    case .csv, .xlsx: try Reports.data(people, outcome).write(format, to: console.output)
    default: try console.output.write(Reports.table(outcome))
    }
  }
}
