import Basics

/// A compound file (MS-CFB, "OLE2"): a tree of storages and streams, as Outlook's .msg is one.
///
/// Never reads beyond the bytes, follows no chain twice, and gives up on what is damaged: O(bytes).
struct CompoundFile {
  static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  /// A storage or stream, by its place in the directory.
  struct Entry {
    var name: String
    var isStream: Bool
    fileprivate var first: Int
    fileprivate var size: Int
    fileprivate var left: Int
    fileprivate var right: Int
    fileprivate var child: Int
  }

  private let bytes: [UInt8]
  private let sectorSize: Int
  private let shortSize: Int
  private let shortLimit: Int
  /// The next sector of each.
  private var table: [Int] = []
  private var shortTable: [Int] = []
  private var entries: [Entry] = []
  private var shortSectors: [UInt8] = []

  private static let end = 0xFFFF_FFFE
  private static let none = 0xFFFF_FFFF

  /// nil for bytes that are no compound file, or a damaged one.
  init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: CompoundFile.signature), bytes.count >= 1536 else { return nil }
    self.bytes = bytes
    let shift = bytes.number(at: 30, 2)
    let shortShift = bytes.number(at: 32, 2)
    guard shift == 9 || shift == 12, shortShift < shift else { return nil }
    (sectorSize, shortSize, shortLimit) = (1 << shift, 1 << shortShift, bytes.number(at: 56, 4))
    readTable()
    guard let directory = chain(bytes.number(at: 48, 4), in: table), !directory.isEmpty else { return nil }
    readDirectory(directory)
    guard let root = entries.first, root.name == "Root Entry" || !root.isStream else { return nil }
    if let short = chain(bytes.number(at: 60, 4), in: table) {
      shortTable = stride(from: 0, to: short.count - 3, by: 4).map { short.number(at: $0, 4) }
    }
    shortSectors = chain(root.first, in: table) ?? []
  }

  private mutating func readTable() {
    var sectors = (0..<109).map { bytes.number(at: 76 + $0 * 4, 4) }
    var next = bytes.number(at: 68, 4)
    var seen = 0
    while next < CompoundFile.end, let more = sector(next), seen <= bytes.count / sectorSize {
      let numbers = stride(from: 0, to: more.count - 3, by: 4).map { more.number(at: $0, 4) }
      sectors += numbers.dropLast()
      next = numbers.last ?? CompoundFile.end
      seen += 1
    }
    // A table holds no more than a number for each sector of the file.
    let most = bytes.count / sectorSize + 1
    for number in sectors where number < CompoundFile.end && table.count <= most {
      guard let part = sector(number) else { continue }
      table += stride(from: 0, to: part.count - 3, by: 4).map { part.number(at: $0, 4) }
    }
  }

  private mutating func readDirectory(_ directory: [UInt8]) {
    for at in stride(from: 0, to: directory.count - 127, by: 128) {
      let length = min(64, max(0, directory.number(at: at + 64, 2) - 2))
      let units = stride(from: at, to: at + length - 1, by: 2).map { UInt16(directory.number(at: $0, 2)) }
      entries.append(
        Entry(
          name: String(decoding: units, as: UTF16.self), isStream: directory[at + 66] == 2,
          first: directory.number(at: at + 116, 4), size: directory.number(at: at + 120, 4),
          left: directory.number(at: at + 68, 4), right: directory.number(at: at + 72, 4),
          child: directory.number(at: at + 76, 4)))
    }
  }

  private func sector(_ number: Int) -> ArraySlice<UInt8>? {
    let start = (number + 1) * sectorSize
    guard start < bytes.count else { return nil }
    return bytes[start..<min(bytes.count, start + sectorSize)]
  }

  private func chain(_ first: Int, in table: [Int]) -> [UInt8]? {
    var result: [UInt8] = []
    var next = first
    var count = 0
    while next < CompoundFile.end {
      guard count <= table.count, let part = sector(next) else { return nil }
      result += part
      guard table.indices.contains(next) else { return nil }
      next = table[next]
      count += 1
    }
    return result
  }

  var root: Entry? { entries.first }

  /// What is in a storage, by name.
  func children(of storage: Entry) -> [String: Entry] {
    var found: [String: Entry] = [:]
    var open = [storage.child]
    var seen: Set<Int> = []
    while let next = open.popLast() {
      guard entries.indices.contains(next), seen.insert(next).inserted else { continue }
      let entry = entries[next]
      found[entry.name.lowercased()] = entry
      open += [entry.left, entry.right]
    }
    return found
  }

  /// The bytes of a stream; nil where its sectors are not all there.
  func contents(of stream: Entry) -> [UInt8]? {
    guard stream.isStream else { return nil }
    if stream.size == 0 { return [] }
    if stream.size >= shortLimit {
      guard let all = chain(stream.first, in: table), all.count >= stream.size else { return nil }
      return Array(all[..<stream.size])
    }
    var result: [UInt8] = []
    var next = stream.first
    while result.count < stream.size {
      let start = next * shortSize
      guard next < CompoundFile.end, start + min(shortSize, stream.size - result.count) <= shortSectors.count,
        shortTable.indices.contains(next)
      else { return nil }
      result += shortSectors[start..<min(shortSectors.count, start + shortSize)]
      next = shortTable[next]
    }
    return Array(result[..<stream.size])
  }
}

extension RandomAccessCollection where Element == UInt8, Index == Int {
  /// So many bytes from an offset on as one number, the least first; 0 where they are not all there.
  func number(at offset: Int, _ width: Int) -> Int {
    guard offset >= 0, offset + width <= count else { return 0 }
    var value = 0
    for place in (0..<width).reversed() { value = value << 8 | Int(self[startIndex + offset + place]) }
    return value
  }
}
