import CLibZip

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The parts of a zip archive, by name, through libzip and our own guards.
///
/// Names are keys within the archive and never paths of the file system: nothing is unpacked to disk.
final class ZipArchive {
  struct Entry: Hashable {
    fileprivate var index: UInt64
    /// As it is written in the archive, with `/` between folders.
    var name: String
    fileprivate var packed: Int
    fileprivate var method: UInt16
    var isEncrypted: Bool
  }

  let entries: [Entry]
  let limits: WorkbookLimits
  private let handle: OpaquePointer
  /// By name in lower case: the names of parts do not differ by case alone (ECMA-376, part 2, 6.2.2.3).
  private let byName: [String: Entry]

  /// Opens an archive; the descriptor stays the caller's and must allow seeking.
  init(descriptor: Int32, limits: WorkbookLimits = WorkbookLimits()) throws(IntakeError) {
    self.limits = limits
    let own = dup(descriptor)
    guard own >= 0, lseek(own, 0, SEEK_SET) == 0 else {
      let number = errno
      if own >= 0 { close(own) }
      throw .readFailed(String(cString: strerror(number)))
    }
    var code: Int32 = 0
    // On success libzip owns the descriptor.
    guard let handle = zip_fdopen(own, 0, &code) else {
      close(own)
      throw ZipArchive.fault(opening: code)
    }
    self.handle = handle
    let count = Int(zip_get_num_entries(handle, 0))
    var entries: [Entry] = []
    var byName: [String: Entry] = [:]
    var fault: IntakeError?
    if count > limits.entries {
      fault = .workbookTooLarge("it has \(count) parts, and \(limits.entries) are read at most")
    } else {
      for index in 0..<UInt64(max(0, count)) {
        guard let entry = ZipArchive.entry(index, of: handle) else {
          fault = .badWorkbook(
            "part \(index + 1) of \(count) has no readable entry in the archive's directory")
          break
        }
        entries.append(entry)
        if byName.updateValue(entry, forKey: entry.name.lowercased()) != nil {
          fault = .badWorkbook("the archive has two parts named \(Quoted.word(entry.name))")
          break
        }
      }
    }
    self.entries = entries
    self.byName = byName
    // Stored properties are set: the archive is closed by deinit.
    if let fault { throw fault }
  }

  deinit { zip_discard(handle) }

  private static func entry(_ index: UInt64, of handle: OpaquePointer) -> Entry? {
    var status = zip_stat_t()
    zip_stat_init(&status)
    let wanted = UInt64(ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD)
    guard zip_stat_index(handle, index, 0, &status) == 0, status.valid & wanted == wanted,
      let name = zip_get_name(handle, index, 0)
    else { return nil }
    let text = String(cString: name).split(separator: "\\", omittingEmptySubsequences: false).joined(
      separator: "/")
    return Entry(
      index: index, name: text, packed: Int(clamping: status.comp_size), method: status.comp_method,
      isEncrypted: status.valid & UInt64(ZIP_STAT_ENCRYPTION_METHOD) != 0
        && status.encryption_method != UInt16(ZIP_EM_NONE))
  }

  private static func fault(opening code: Int32) -> IntakeError {
    var error = zip_error_t()
    zip_error_init_with_code(&error, code)
    defer { zip_error_fini(&error) }
    switch code {
    case ZIP_ER_NOZIP, ZIP_ER_INCONS:
      return .badWorkbook(
        "the archive's directory, which is at its end, is missing or damaged: the file was cut")
    default:
      return .badWorkbook("the archive cannot be read (\(String(cString: zip_error_strerror(&error))))")
    }
  }

  func entry(named name: String) -> Entry? { byName[name.lowercased()] }

  /// Hands out the decoded bytes of a part, piece by piece; each is valid during its call alone.
  ///
  /// - Throws: `IntakeError` where the part is damaged, encrypted or larger than `limit`, and what the body throws.
  func read(_ entry: Entry, limit: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
    if entry.isEncrypted { throw IntakeError.encryptedWorkbook }
    guard entry.method == UInt16(ZIP_CM_STORE) || entry.method == UInt16(ZIP_CM_DEFLATE) else {
      throw IntakeError.badWorkbook(
        "its part \(Quoted.word(entry.name)) is packed by a method that workbooks do not use")
    }
    guard let file = zip_fopen_index(handle, entry.index, 0) else {
      throw IntakeError.badWorkbook("its part \(Quoted.word(entry.name)) cannot be read (\(words(of: nil)))")
    }
    defer { zip_fclose(file) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 64)
    defer { piece.deallocate() }
    var total = 0
    while true {
      let count = Int(zip_fread(file, piece.baseAddress, UInt64(piece.count)))
      guard count >= 0 else {
        throw IntakeError.badWorkbook("its part \(Quoted.word(entry.name)) is damaged (\(words(of: file)))")
      }
      if count == 0 { return }
      total += count
      if total > limit {
        throw IntakeError.workbookTooLarge(
          "its part \(Quoted.word(entry.name)) has more than \(limit >> 20) MB when unpacked")
      }
      if total > limits.ratioFrom, total / limits.ratio > entry.packed {
        throw IntakeError.workbookTooLarge(
          "its part \(Quoted.word(entry.name)) grows more than \(limits.ratio) times when unpacked")
      }
      try body(UnsafeBufferPointer(rebasing: UnsafeBufferPointer(piece.bindMemory(to: UInt8.self))[..<count]))
    }
  }

  private func words(of file: OpaquePointer?) -> String {
    guard let error = file.map({ zip_file_get_error($0) }) ?? zip_get_error(handle) else {
      return "no reason given"
    }
    return String(cString: zip_error_strerror(error))
  }
}
