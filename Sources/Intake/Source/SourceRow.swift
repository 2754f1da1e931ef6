/// One row of an input, CSV or XML alike, as slices of the reader's own buffer.
///
/// Nothing is copied until it is asked for. A reader has one such object and fills it again for each row: outside
/// of the call that hands it out it has no columns. Columns are numbered from 0 in the order of the reader's
/// headings (CSV) or of the shape's fields (XML); one that the row lacks reads as null.
package final class SourceRow {
  /// What a reader fills in; behind a pointer, so that reading a field costs no check for overlapping access.
  struct Content {
    var number = 0
    var line = 0
    var columnCount = 0
    /// What the slices are slices of, and what those are that had to be written elsewhere: fields with doubled
    /// quotes, and attributes.
    var text: UnsafePointer<UInt8>?
    var aside: UnsafePointer<UInt8>?
    var slices: UnsafePointer<FieldSlice>?
    /// The row as it is in the file, as UTF-8 and with its line end.
    var whole = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  }

  let content: UnsafeMutablePointer<Content>
  let file: String
  var transcoder: Transcoder
  /// Whether the line of the row is that of each field without a line of its own: in XML, and in sheets.
  private let hasOneLine: Bool

  init(file: String, transcoder: Transcoder, hasOneLine: Bool) {
    self.file = file
    self.transcoder = transcoder
    self.hasOneLine = hasOneLine
    content = .allocate(capacity: 1)
    content.initialize(to: Content())
  }

  deinit {
    content.deinitialize(count: 1)
    content.deallocate()
  }

  /// Takes the row away again, so that nobody reads what the buffer holds next.
  func clear() {
    content.pointee.columnCount = 0
    content.pointee.slices = nil
    content.pointee.whole = UnsafeBufferPointer(start: nil, count: 0)
  }

  /// Data row, from 1; headings and blank lines are not counted.
  package var number: Int { content.pointee.number }
  /// Physical line on which the row begins, from 1.
  package var line: Int { content.pointee.line }
  package var columnCount: Int { content.pointee.columnCount }

  /// Whether the field is absent: bare-empty in CSV, no element in XML. An empty text is not null.
  package func isNull(_ column: Int) -> Bool { slice(column).isNull }

  /// Whether the field is null or an empty text.
  package func isEmpty(_ column: Int) -> Bool { slice(column).count == 0 }

  /// Whether all fields are null or empty.
  package var isBlank: Bool {
    for column in 0..<columnCount where !isEmpty(column) { return false }
    return true
  }

  /// The fields without the object around them, for whoever reads many; valid while the row is.
  var fields: Fields { Fields(content: content.pointee) }

  /// See `SourceRow.fields`.
  struct Fields {
    fileprivate let content: Content

    @inline(__always)
    func slice(_ column: Int) -> FieldSlice {
      guard column >= 0, column < content.columnCount, let slices = content.slices else { return .null }
      return slices[column]
    }

    @inline(__always)
    func isEmpty(_ column: Int) -> Bool { slice(column).count == 0 }

    @inline(__always)
    func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> { bytes(of: slice(column)) }

    @inline(__always)
    func bytes(of slice: FieldSlice) -> UnsafeBufferPointer<UInt8> {
      guard let base = slice.isAside ? content.aside : content.text else {
        return UnsafeBufferPointer(start: nil, count: 0)
      }
      return UnsafeBufferPointer(start: base + slice.start, count: slice.count)
    }
  }

  /// The UTF-8 bytes of the field, the first of several; empty when null. Valid during the call alone.
  package func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> { bytes(of: slice(column)) }

  /// The text of the field, the first of several; nil when null.
  package func string(_ column: Int) -> String? {
    let slice = slice(column)
    return slice.isNull ? nil : String(decoding: bytes(of: slice), as: UTF8.self)
  }

  /// How many values the column has: 0 when null, more than 1 only for repeated elements of XML.
  package func valueCount(_ column: Int) -> Int {
    var total = 0
    forEachSlice(column) { _ in total += 1 }
    return total
  }

  /// Whether the column has one value at most.
  func valueCountIsOne(_ column: Int) -> Bool { slice(column).next == 0 }

  /// Every value of the column in the order of the file.
  package func strings(_ column: Int) -> [String] {
    var all: [String] = []
    forEachSlice(column) { all.append(String(decoding: bytes(of: $0), as: UTF8.self)) }
    return all
  }

  /// Physical line on which the field begins, from 1.
  package func line(of column: Int) -> Int {
    let slice = slice(column)
    if slice.line > 0 { return Int(slice.line) }
    guard column < columnCount, !hasOneLine else { return line }
    return line + LineEnds.count(in: content.pointee.whole.prefix(slice.position))
  }

  /// The row as it is in the file, in its own encoding and with its line end.
  package var raw: [UInt8] { transcoder.original(content.pointee.whole) }

  /// The problem of this row in the column, for validation behind the reader to fill in.
  package func problem(_ fault: IntakeError, column: Int? = nil, heading: String? = nil) -> SourceProblem {
    var place = line
    if let column { place = line(of: column) }
    return SourceProblem(
      file: file, line: place, row: number, column: column.map { $0 + 1 },
      heading: heading, fault: fault, raw: raw)
  }

  private func slice(_ column: Int) -> FieldSlice { fields.slice(column) }

  private func bytes(of slice: FieldSlice) -> UnsafeBufferPointer<UInt8> { fields.bytes(of: slice) }

  private func forEachSlice(_ column: Int, _ body: (FieldSlice) -> Void) {
    var slice = slice(column)
    if slice.isNull { return }
    while true {
      body(slice)
      guard slice.next > 0, let slices = content.pointee.slices else { return }
      slice = slices[Int(slice.next)]
    }
  }
}

/// Where one value is: an offset into the row's text, or aside of it.
struct FieldSlice {
  private var first: UInt32
  private var length: UInt32
  /// The index of the next value of the same column; 0 when this is the last.
  var next: UInt32 = 0
  /// The physical line, 0 when it must be counted.
  var line: UInt32 = 0

  private static let nullBit: UInt32 = 1 << 31
  private static let asideBit: UInt32 = 1 << 30

  static let null = FieldSlice(start: 0, count: 0, isNull: true)

  @inline(__always)
  init(start: Int, count: Int, isNull: Bool = false, isAside: Bool = false, line: Int = 0) {
    first = UInt32(truncatingIfNeeded: start)
    length =
      UInt32(truncatingIfNeeded: count) & 0x3FFF_FFFF | (isNull ? Self.nullBit : 0)
      | (isAside ? Self.asideBit : 0)
    self.line = UInt32(truncatingIfNeeded: line)
  }

  var start: Int { Int(first) }
  var count: Int { Int(length & 0x3FFF_FFFF) }
  var isNull: Bool { length & Self.nullBit != 0 }
  var isAside: Bool { length & Self.asideBit != 0 }
  /// Where to count lines up to; a field written aside has lost its place, and the row's line stands for it.
  var position: Int { isAside ? 0 : start }
}

enum LineEnds {
  /// How many line ends (LF, CR LF or CR) the bytes hold.
  static func count(in bytes: some Sequence<UInt8>) -> Int {
    var total = 0
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == 0x0D || byte == 0x0A && previous != 0x0D { total += 1 }
      previous = byte
    }
    return total
  }
}
