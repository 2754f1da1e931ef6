import Basics
import Foundation
import RecordStream

/// Who answered a survey, as far as a second answer of the same person shows.
struct Respondent {
  /// A hash of the survey, the region, the cohort and the person.
  var key: UInt64
  /// Whether an earlier row has the same key.
  var isRepeated: Bool
  /// A hash of the record but for its id: two rows that say the same have the same.
  var content: UInt64
  /// The time stamp as the row has it.
  var time: [UInt8]
  /// Where the person is, from 0.
  var column: Int
}

/// The responses of surveys that name their respondents, on the disk until all rows were read.
///
/// Of two answers of one person the later counts, and the first is known to be the earlier one only when the second
/// comes. So the lines wait in a file without a name; in memory are eight bytes a respondent, and 88 bytes a row of those
/// who answered more than once. O(*n*) in the bytes, and a sort of the repeated rows.
///
/// What a failed write or a body that threw leaves is half a line, or a place within the file: nothing goes on from there.
final class ResponseSpool: EndsWithFailure {
  struct Entry {
    /// Its place among all lines.
    var order: Int
    var key: UInt64
    var content: UInt64
    var sheet: Int
    var row: Int
    var line: Int
    var column: Int
    /// Seconds since the epoch, of a time stamp that can be read.
    var time: Int?
  }

  /// What becomes of a row that is not the one that counts.
  enum Fate {
    /// Another row of the same person is later, or says the same.
    case superseded(by: Entry, isSame: Bool)
    /// Nobody can tell which of the two counts.
    case contradicts(Entry)
  }

  private let file: UnsafeMutablePointer<FILE>
  private var count = 0
  private var repeated: Set<UInt64> = []
  var failure: (any Error)?
  private static let headerWords = 8

  init() throws(FileError) {
    guard let file = tmpfile() else { throw .cannotCreate(path: "a temporary file", errno: errno) }
    self.file = file
    setvbuf(file, nil, _IOFBF, 1 << 18)
  }

  deinit { fclose(file) }

  /// Keeps a line of the stream, and the row that it was made of.
  func add(
    _ line: UnsafeRawBufferPointer, raw: [UInt8], of respondent: Respondent?, sheet: Int, row: SourceRow
  ) throws {
    let time = respondent?.time.prefix(64) ?? []
    if let respondent, respondent.isRepeated { repeated.insert(respondent.key) }
    let header: [UInt64] = [
      respondent?.key ?? 0, respondent?.content ?? 0, UInt64(sheet), UInt64(row.number), UInt64(row.line),
      UInt64(respondent?.column ?? 0), UInt64(line.count) << 8 | UInt64(time.count), UInt64(raw.count),
    ]
    try untilFailure {
      try header.withUnsafeBytes { try write($0) }
      try Array(time).withUnsafeBytes { try write($0) }
      try write(line)
      try raw.withUnsafeBytes { try write($0) }
    }
    count += 1
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    guard bytes.count > 0, fwrite(bytes.baseAddress, 1, bytes.count, file) < bytes.count else { return }
    throw .cannotWrite(path: "a temporary file", errno: errno)
  }

  /// Hands out the lines that count, in the order in which they came, and between them what became of the others.
  ///
  /// - Parameter time: reads a time stamp of a sheet, as seconds since the epoch.
  func finish(
    time: (_ sheet: Int, _ text: String) -> Int?,
    lost: (Entry, Fate, _ raw: [UInt8]) throws -> Void,
    line: (_ sheet: Int, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try untilFailure { try handOut(time: time, lost: lost, line: line) }
  }

  private func handOut(
    time: (_ sheet: Int, _ text: String) -> Int?,
    lost: (Entry, Fate, _ raw: [UInt8]) throws -> Void,
    line: (_ sheet: Int, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var fates: [Int: Fate] = [:]
    if !repeated.isEmpty {
      var entries: [Entry] = []
      try forEach { entry, stamp, _, _ in
        guard repeated.contains(entry.key) else { return }
        var dated = entry
        dated.time = stamp.isEmpty ? nil : time(entry.sheet, String(decoding: stamp, as: UTF8.self))
        entries.append(dated)
      }
      fates = ResponseSpool.fates(of: entries)
    }
    try forEach { entry, _, text, raw in
      if let fate = fates[entry.order] {
        try lost(entry, fate, Array(raw))
      } else {
        try text.withUnsafeBytes { try line(entry.sheet, UnsafeRawBufferPointer($0)) }
      }
    }
  }

  /// What becomes of each row but the one that counts, by the rows' order: as with questionnaires, the latest counts;
  /// without time stamps, or at one time, rows count that say the same.
  static func fates(of entries: [Entry]) -> [Int: Fate] {
    var fates: [Int: Fate] = [:]
    let sorted = entries.sorted { ($0.key, $0.order) < ($1.key, $1.order) }
    var start = 0
    while start < sorted.count {
      var end = start
      while end < sorted.count, sorted[end].key == sorted[start].key { end += 1 }
      let rows = sorted[start..<end]
      start = end
      let isDated = rows.allSatisfy { $0.time != nil }
      let latest = rows.compactMap(\.time).max()
      let winners = isDated ? rows.filter { $0.time == latest } : Array(rows)
      guard rows.count > 1, let winner = winners.first else { continue }
      if let other = winners.first(where: { $0.content != winner.content }) {
        for row in rows { fates[row.order] = .contradicts(row.content == winner.content ? other : winner) }
      } else {
        for row in rows where row.order != winner.order {
          fates[row.order] = .superseded(by: winner, isSame: row.content == winner.content)
        }
      }
    }
    return fates
  }

  private func forEach(
    _ body: (Entry, _ time: ArraySlice<UInt8>, _ line: ArraySlice<UInt8>, _ raw: ArraySlice<UInt8>) throws ->
      Void
  ) throws {
    fflush(file)
    rewind(file)
    var header = [UInt64](repeating: 0, count: ResponseSpool.headerWords)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    for order in 0..<count {
      guard fread(&header, 8, header.count, file) == header.count else { throw broken() }
      let (timeCount, lineCount) = (Int(header[6] & 0xFF), Int(header[6] >> 8))
      let size = timeCount + lineCount + Int(header[7])
      if size > buffer.count { buffer = [UInt8](repeating: 0, count: size * 2) }
      guard fread(&buffer, 1, size, file) == size else { throw broken() }
      let entry = Entry(
        order: order, key: header[0], content: header[1], sheet: Int(header[2]), row: Int(header[3]),
        line: Int(header[4]), column: Int(header[5]))
      try body(
        entry, buffer[..<timeCount], buffer[timeCount..<(timeCount + lineCount)],
        buffer[(timeCount + lineCount)..<size])
    }
  }

  private func broken() -> FileError { .cannotWrite(path: "a temporary file", errno: EIO) }
}
