// fuzz-modules: Basics Programme
// fuzz-sources: Sources/Intake/TripleS Sources/Intake/CSV Sources/Intake/XML Sources/Intake/Encoding Sources/Intake/Source
import Foundation

/// Any definition and any data: no crash, no hang, and the same rows whatever the pieces. A line `====` parts the two.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  let mark = Array("\n====\n".utf8)
  var cut = bytes.count
  for index in bytes.indices where bytes[index...].starts(with: mark) {
    cut = index
    break
  }
  guard let definition = definition(Array(bytes[..<cut])) else { return -1 }
  let records = Array(bytes.dropFirst(cut + mark.count))
  var dialect = CSVDialect.found(in: records, isWhole: true)
  if definition.isCSV { dialect.delimiter = UInt8(ascii: ",") }
  let whole = Reading(records, definition, dialect, piece: .max)
  for piece in [1, 7] where Reading(records, definition, dialect, piece: piece) != whole {
    fatalError("pieces of \(piece) read differently")
  }
  return 0
}

private func definition(_ bytes: [UInt8]) -> TripleSDefinition? {
  guard let file = tmpfile() else { return nil }
  defer { fclose(file) }
  fwrite(bytes, 1, bytes.count, file)
  fflush(file)
  rewind(file)
  lseek(fileno(file), 0, SEEK_SET)
  guard let source = try? ByteSource(descriptor: fileno(file), name: "fuzz.sss") else { return nil }
  return try? TripleSDefinition(source)
}

private struct Reading: Equatable {
  var rows: [[[String]]] = []
  var problems: [String] = []

  init(_ bytes: [UInt8], _ definition: TripleSDefinition, _ dialect: CSVDialect, piece: Int) {
    let reader = TripleSReader(
      name: "fuzz", definition: definition, dialect: dialect,
      limits: CSVLimits(field: 300, record: 1000, columns: 100))
    func take(_ row: SourceRow) {
      precondition(row.columnCount == definition.variables.count)
      rows.append((0..<row.columnCount).map(row.strings))
    }
    func note(_ problem: SourceProblem) { problems.append(problem.description) }
    do {
      var rest = bytes[...]
      while !rest.isEmpty {
        try Array(rest.prefix(piece)).withUnsafeBufferPointer {
          try reader.feed($0, row: take, problem: note)
        }
        rest = rest.dropFirst(piece)
      }
      try reader.finish(row: take, problem: note)
    } catch {
      problems.append("\(error)")
    }
  }
}
