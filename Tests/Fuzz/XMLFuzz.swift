// fuzz-modules: Basics Programme
// fuzz-sources: Sources/Intake/TripleS Sources/Intake/CSV Sources/Intake/XML Sources/Intake/Encoding Sources/Intake/Source

private let shape: RowShape? = try? RowShape(
  row: "a/r",
  fields: ["b", "@x", "c[d=1]/e", "*", ".", "f/@y", "c[d<=2][d>=0]/@x", "r/b"])

/// Any bytes: no crash, no hang, and of a good document the same rows whatever the pieces.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let input = UnsafeBufferPointer(start: data, count: size)
  guard input.count >= 1, let shape else { return 0 }
  let bytes = Array(input[1...])
  let limits = XMLLimits(
    depth: 20, attributes: 20, text: 300, attribute: 100, record: 1000, values: 100, heldBack: 4096)
  let whole = Reading(bytes, shape, limits, piece: .max)
  let pieces = [1, 2, 3, 7, 64]
  let piece = pieces[Int(input[0]) % pieces.count]
  // Of a DOCTYPE libxml2 itself makes different things in different pieces (`]>` in a system identifier).
  let hasDocumentType = String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self).contains("<!DOCTYPE")
  let pieced = Reading(bytes, shape, limits, piece: piece)
  if whole.isComplete, !hasDocumentType, whole != pieced {
    fatalError("pieces of \(piece) read differently")
  }
  if let structure = try? XMLStructure.found(in: bytes, isWhole: input[0] & 0x80 == 0, name: "fuzz"),
    let row = structure.rowPath, let found = try? RowShape(row: row, fields: structure.fields)
  {
    _ = Reading(bytes, found, limits, piece: piece)
  }
  return 0
}

/// What came out, as numbers to compare.
private struct Reading: Equatable {
  var hash: UInt64 = 14_695_981_039_346_656_037
  var rows = 0
  var isComplete = false

  init(_ bytes: [UInt8], _ shape: RowShape, _ limits: XMLLimits, piece: Int) {
    let reader = XMLReader(name: "fuzz", shape: shape, limits: limits)
    func add(_ bytes: some Sequence<UInt8>) {
      for byte in bytes { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
      hash = (hash ^ 0x1FF) &* 1_099_511_628_211
    }
    func take(_ row: SourceRow) {
      rows += 1
      for column in -1...row.columnCount {
        for value in row.strings(column) { add(value.utf8) }
        add([row.isNull(column) ? 1 : 0, UInt8(truncatingIfNeeded: row.valueCount(column))])
      }
      let raw = row.raw
      add(raw)
      if reader.encoding == .utf8, raw.first != 0x3C || raw.last != 0x3E {
        fatalError("raw row of no element")
      }
    }
    do {
      var rest = bytes[...]
      while !rest.isEmpty {
        try Array(rest.prefix(piece)).withUnsafeBufferPointer { try reader.feed($0, row: take) }
        rest = rest.dropFirst(piece)
      }
      try reader.finish(row: take)
      isComplete = true
    } catch let problem as SourceProblem {
      add(problem.description.utf8)
    } catch {
      fatalError("\(error)")
    }
  }
}
