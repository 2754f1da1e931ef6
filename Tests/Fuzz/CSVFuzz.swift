import Basics

// fuzz-modules: Basics Programme
// fuzz-sources: Sources/Intake/TripleS Sources/Intake/CSV Sources/Intake/XML Sources/Intake/Encoding Sources/Intake/Source

/// Any bytes, in any dialect: no crash, no hang, the same rows whatever the pieces, and no byte lost.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let input = UnsafeBufferPointer(start: data, count: size)
  guard input.count >= 2 else { return 0 }
  let bytes = Array(input[2...])
  var dialect = CSVDialect()
  if input[0] & 1 == 0 {
    dialect = CSVDialect.found(in: bytes, isWhole: input[0] & 2 == 0)
  } else {
    let encodings: [TextEncoding] = [.utf8, .utf16LittleEndian, .utf16BigEndian, .windows1250, .windows1252]
    dialect.encoding = encodings[Int(input[0] >> 1) % encodings.count]
    dialect.delimiter = Array(",;\t|".utf8)[Int(input[1] & 3)]
    dialect.quote = input[1] & 4 == 0 ? UInt8(ascii: "\"") : input[1] & 8 == 0 ? nil : UInt8(ascii: "'")
    dialect.headingRows = Int(input[1] >> 4 & 3)
    dialect.hasByteOrderMark = bytes.starts(with: dialect.encoding.byteOrderMark)
  }
  let limits = CSVLimits(field: 300, record: 1000, columns: 20)
  let whole = Reading(bytes, dialect, limits, piece: .max)
  let pieces = [1, 2, 3, 7, 64]
  let piece = pieces[Int(input[1] >> 2) % pieces.count]
  if whole != Reading(bytes, dialect, limits, piece: piece) {
    fatalError("pieces of \(piece) read differently")
  }
  if whole.isComplete, !whole.hitsLimit {
    let lost = bytes.count - whole.byteCount
    let blank = bytes.count { $0 == 0x0A || $0 == 0x0D } * dialect.encoding.unitSize
    if lost < 0 || lost > blank { fatalError("\(lost) bytes lost") }
  }
  return 0
}

/// What came out, as numbers to compare.
private struct Reading: Equatable {
  var hash: UInt64 = 14_695_981_039_346_656_037
  var byteCount = 0
  var rows = 0
  var problems = 0
  var isComplete = false
  var hitsLimit = false

  init(_ bytes: [UInt8], _ dialect: CSVDialect, _ limits: CSVLimits, piece: Int) {
    let reader = CSVReader(name: "fuzz", dialect: dialect, limits: limits)
    func add(_ bytes: some Sequence<UInt8>) {
      for byte in bytes { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
      hash = (hash ^ 0x1FF) &* 1_099_511_628_211
    }
    func take(_ row: SourceRow) {
      rows += 1
      for column in -1...row.columnCount {
        add(row.bytes(column))
        add([row.isNull(column) ? 1 : 0, UInt8(truncatingIfNeeded: row.line(of: column))])
      }
      let raw = row.raw
      add(raw)
      byteCount += raw.count
    }
    func note(_ problem: SourceProblem) {
      problems += 1
      add(problem.description.utf8)
      add(problem.raw)
      byteCount += problem.raw.count
      switch problem.fault {
      case .recordTooLong: hitsLimit = true
      // Of a line longer than a row may be, only so much is kept, whatever else is wrong with it.
      default: hitsLimit = hitsLimit || problem.raw.count * 3 >= limits.record
      }
    }
    do {
      var rest = bytes[...]
      while !rest.isEmpty {
        try Array(rest.prefix(piece)).withUnsafeBufferPointer {
          try reader.feed($0, row: take, problem: note)
        }
        rest = rest.dropFirst(piece)
      }
      try reader.finish(row: take, problem: note)
      isComplete = true
    } catch let problem as SourceProblem {
      add(problem.description.utf8)
      if case .recordTooLong = problem.fault { hitsLimit = true }
    } catch {
      fatalError("\(error)")
    }
    byteCount += reader.headingBytes.count
  }
}
