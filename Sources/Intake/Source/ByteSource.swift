import Basics
import Programme

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file or standard input, opened once: its first piece to judge it by, then all of it in pieces.
///
/// Always a descriptor, never a URL: the name of a file that is not there is just that, whatever it looks like.
package final class ByteSource {
  /// What the first bytes say that the file is.
  package enum Kind: Equatable, Sendable {
    case xml, delimited
    case workbook(WorkbookKind)
  }

  package static let pieceSize = 256 * 1024

  package let name: String
  /// The first piece, at most `pieceSize` bytes; it is handed out again when the source is read.
  package let firstPiece: [UInt8]
  /// Whether the first piece is all there is.
  package let isWhole: Bool
  package let kind: Kind
  /// The size of a regular file, nil for a pipe.
  package let size: Int?
  /// Of triple-s data: what says where its variables are.
  package var definition: TripleSDefinition?
  /// Of a workbook: its sheets.
  package let workbook: Workbook?
  /// Of delimited text that is a sheet of a workbook: the sheet.
  package let table: SheetTable?
  private let descriptor: Int32
  private let ownsDescriptor: Bool
  private var isHandedOut = false

  /// Opens the file of that name.
  package convenience init(path: String) throws(SourceProblem) {
    let descriptor: Int32
    do throws(InputError) {
      descriptor = try OpenedFile.descriptor(path, .stream)
    } catch {
      throw SourceProblem(file: path, fault: IntakeError(error))
    }
    try self.init(descriptor: descriptor, name: path, ownsDescriptor: true)
  }

  /// Takes over an open descriptor (0 is standard input) and reads its first piece.
  ///
  /// Throws when it cannot be read or when it is empty, packed, or of a kind that has no rows to read.
  package init(descriptor: Int32, name: String, ownsDescriptor: Bool = false) throws(SourceProblem) {
    self.descriptor = descriptor
    self.ownsDescriptor = ownsDescriptor
    self.name = name
    table = nil
    var status = stat()
    let regular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    size = regular ? Int(status.st_size) : nil
    var piece = [UInt8](repeating: 0, count: Self.pieceSize)
    var failure: Int32 = 0
    let count = piece.withUnsafeMutableBytes { Self.fill($0, from: descriptor, failure: &failure) }
    piece.removeLast(Self.pieceSize - count)
    firstPiece = piece
    isWhole = count < Self.pieceSize
    if failure != 0 {
      // Stored properties are set: the descriptor is closed by deinit.
      kind = .delimited
      workbook = nil
      throw SourceProblem(
        file: name, fault: failure == EISDIR ? .folder : .readFailed(SystemCall.reason(failure)))
    }
    do throws(IntakeError) {
      // A byte order mark and blank lines are no rows.
      let blanks: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0x20, 0x09, 0x0A, 0x0D, 0x00]
      if isWhole, piece.allSatisfy(blanks.contains) { throw IntakeError.empty }
      let kind = try Self.kind(of: piece)
      if case .workbook(let form) = kind {
        let bytes =
          regular
          ? try SheetBytes(name: name, head: piece, isWhole: isWhole, file: descriptor)
          : try SheetBytes(name: name, head: piece, isWhole: isWhole, pipe: descriptor)
        workbook = try Workbook(bytes, form)
      } else {
        workbook = nil
      }
      self.kind = kind
    } catch {
      kind = .delimited
      workbook = nil
      throw SourceProblem(file: name, fault: error)
    }
  }

  /// A sheet of a workbook, as delimited text.
  package convenience init(table: SheetTable) throws(IntakeError) {
    let head = try table.head()
    self.init(table: table, piece: head.piece, isWhole: head.isWhole)
  }

  /// The beginning of a sheet, to try the forms on.
  init(table: SheetTable, piece: [UInt8], isWhole: Bool = false) {
    name = table.workbook.name
    firstPiece = piece
    self.isWhole = isWhole
    kind = .delimited
    size = nil
    descriptor = -1
    ownsDescriptor = false
    workbook = nil
    self.table = table
  }

  deinit { if ownsDescriptor { close(descriptor) } }

  /// Hands out every piece of the source, the first one first; each is valid during its call alone.
  ///
  /// Once only, unless the first piece is all: behind it the bytes of a pipe do not come again.
  package func forEachPiece(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    if let table { return try table.forEachPiece(body) }
    if isWhole { return try firstPiece.withUnsafeBufferPointer(body) }
    if isHandedOut { throw SourceProblem(file: name, fault: .readFailed("it was read before")) }
    isHandedOut = true
    try firstPiece.withUnsafeBufferPointer(body)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceSize, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      var failure: Int32 = 0
      let count = Self.fill(buffer, from: descriptor, failure: &failure)
      if count > 0 {
        try body(
          UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer.bindMemory(to: UInt8.self))[..<count]))
      }
      if failure != 0 {
        throw SourceProblem(file: name, fault: .readFailed(SystemCall.reason(failure)))
      }
      if count < Self.pieceSize { return }
    }
  }

  /// Fills the buffer from that offset of a regular file, wherever `forEachPiece` is, and returns how many bytes: fewer
  /// than the buffer has at the end of the file alone, or where it cannot be read.
  func copy(from offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var count = 0
    while count < buffer.count, let base = buffer.baseAddress {
      let got = pread(descriptor, base + count, buffer.count - count, off_t(offset + count))
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { break }
      count += got
    }
    return count
  }

  /// The rows of a delimited file, for whoever judges it before it is read: of the first piece, or of all of a regular file.
  ///
  /// What is wrong with the file is told when its rows are read.
  func forEachRow(_ dialect: CSVDialect, beyondFirstPiece: Bool = false, _ body: (SourceRow) -> Void) {
    let reader = CSVReader(name: name, dialect: dialect)
    try? firstPiece.withUnsafeBufferPointer { try reader.feed($0, row: body) { _ in } }
    guard let size, beyondFirstPiece, !isWhole else {
      if isWhole { try? reader.finish(row: body) { _ in } }
      return
    }
    var offset = firstPiece.count
    while offset < size {
      let count =
        (try? reader.feed(
          upTo: min(Self.pieceSize, size - offset), from: { copy(from: offset, into: $0) }, row: body,
          problem: { _ in })) ?? 0
      if count == 0 { return }
      offset += count
    }
    try? reader.finish(row: body) { _ in }
  }

  /// Reads until the buffer is full or the source ends, so that pieces do not depend on a pipe's writer.
  private static func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32, failure: inout Int32
  ) -> Int {
    var count = 0
    while count < buffer.count, let base = buffer.baseAddress {
      let got = read(descriptor, base + count, buffer.count - count)
      if got > 0 {
        count += got
      } else if got == 0 {
        break
      } else if errno != EINTR {
        failure = errno
        break
      }
    }
    return count
  }

  /// Letters, digits, spaces and marks of EBCDIC (IBM code page 37), and hardly any of ASCII.
  private static func isEBCDIC(_ piece: [UInt8]) -> Bool {
    let head = piece.prefix(4096)
    let own = head.count { byte in
      switch byte {
      case 0x15, 0x25, 0x40, 0x4B, 0x5E, 0x6B, 0x60, 0x81...0x89, 0x91...0x99, 0xA2...0xA9, 0xC1...0xC9,
        0xD1...0xD9, 0xE2...0xE9, 0xF0...0xF9:
        true
      default: false
      }
    }
    return head.count >= 16 && own * 10 >= head.count * 9 && head.contains(0x40)
      && !head.contains(0x0A) && !head.contains(0x20)
  }

  /// What the first bytes say: XML begins with `<` behind a byte order mark and blanks.
  package static func kind(of piece: [UInt8]) throws(IntakeError) -> Kind {
    if piece.isEmpty { throw .empty }
    let others: [(magic: [UInt8], fault: IntakeError)] = [
      ([0x1F, 0x8B], .compressed("gzip")),
      ([0x42, 0x5A, 0x68], .compressed("bzip2")),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .compressed("xz")),
      ([0x28, 0xB5, 0x2F, 0xFD], .compressed("zstd")),
      (
        Array("MIME-Version:".utf8),
        .notATable("a web archive (.mht)", advice: "open it in Excel and save it as .xlsx")
      ),
      (Array("%PDF".utf8), .notATable("a PDF", advice: "export the answers as CSV or XML")),
    ]
    for other in others where piece.starts(with: other.magic) { throw other.fault }
    if let kind = WorkbookKind(piece) { return .workbook(kind) }
    if isEBCDIC(piece) { throw .encodingUnread("EBCDIC") }
    let signs = piece.lazy.filter { $0 > 0x20 && $0 < 0x80 }.prefix(2)
    if signs.first == UInt8(ascii: "["), ["{", "[", "\"", "]"].map({ UInt8(ascii: $0) }).contains(signs.last)
    {
      throw .notATable("JSON", advice: "export the answers as CSV or XML")
    }
    var index = 0
    if piece.starts(with: [0xEF, 0xBB, 0xBF]) {
      index = 3
    } else if piece.starts(with: [0x00, 0x00, 0xFE, 0xFF]) {
      index = 4
    } else if piece.starts(with: [0xFF, 0xFE]) || piece.starts(with: [0xFE, 0xFF]) {
      index = 2
    }
    // UTF-16 and UTF-32 have zero bytes beside each ASCII character.
    while index < piece.count, [0x20, 0x09, 0x0A, 0x0D, 0x00].contains(piece[index]) { index += 1 }
    if index < piece.count, piece[index] == UInt8(ascii: "<") {
      let head = piece[index...].lazy.filter { $0 != 0 }.prefix(15).map { $0 | 0x20 }
      if head.starts(with: "<!doctype html".utf8) || head.starts(with: "<html".utf8) {
        throw .notATable("a web page", advice: "export the answers as CSV or XML")
      }
      return .xml
    }
    return .delimited
  }
}
