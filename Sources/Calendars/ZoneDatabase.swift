import Basics
import Foundation
import Programme
import Synchronization

/// The zones of the system's tz database, read from its TZif files (RFC 8536), each once.
///
/// Where no such files are installed, Foundation's own zones serve instead.
package enum ZoneDatabase {
  /// The zone of an IANA name. Safe to call from any thread; after the first call a look-up in a dictionary.
  /// - Throws: `CalendarError.unknownZone`, or `.brokenZoneFile` for a file that is no zone.
  package static func zone(_ name: String) throws(CalendarError) -> ZoneTable {
    switch known.withLock({ $0[name] }) {
    case .some(.some(let zone)): return zone
    case .some(.none): throw .unknownZone(name)
    case .none: break
    }
    let zone = try read(name)
    known.withLock { cache in
      // Names of hostile files must not fill the memory.
      if zone != nil || cache.count < 4096 { cache[name] = .some(zone) }
    }
    guard let zone else { throw .unknownZone(name) }
    return zone
  }

  /// Whether a name is an IANA name of the tz database.
  static func contains(_ name: String) -> Bool { (try? zone(name)) != nil }

  private static let known = Mutex<[String: ZoneTable?]>([:])

  static let folders = [
    "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/var/db/timezone/zoneinfo",
  ]

  private static let folder: String? = folders.first {
    FileManager.default.fileExists(atPath: $0 + "/Etc/UTC")
  }

  /// nil where there is no such zone.
  private static func read(_ name: String) throws(CalendarError) -> ZoneTable? {
    guard isPlausible(name) else { return nil }
    guard let folder else { return foundationZone(name) }
    let bytes: [UInt8]
    do throws(InputError) {
      bytes = try OpenedFile.bytes("\(folder)/\(name)", limit: 1 << 20)
    } catch {
      switch error {
      // `Europe` is a folder of zones.
      case .cannotOpen(_, ENOENT), .cannotOpen(_, ENOTDIR), .isFolder: return nil
      default: throw .brokenZoneFile(name)
      }
    }
    guard let zone = zone(name, tzif: bytes) else { throw .brokenZoneFile(name) }
    return zone
  }

  /// Refuses what may not be looked up as a file, and what is in the database's folder without being a zone.
  static func isPlausible(_ name: String) -> Bool {
    guard name.utf8.count <= 64, let first = name.utf8.first, (0x41...0x5A).contains(first) else {
      return false
    }
    let isSafe = name.utf8.allSatisfy {
      $0.isASCIILetterOrDigit || $0 == 0x2B || $0 == 0x2D || $0 == 0x5F || $0 == 0x2F
    }
    return isSafe && name != "Factory"
  }

  /// A zone from the bytes of a TZif file of version 2 or later; nil where they are none.
  static func zone(_ name: String, tzif bytes: [UInt8]) -> ZoneTable? {
    func integer(_ index: Int, _ width: Int) -> Int? {
      guard index >= 0, index + width <= bytes.count else { return nil }
      var value: UInt64 = 0
      for byte in bytes[index..<index + width] { value = value << 8 | UInt64(byte) }
      return width == 8 ? Int(Int64(bitPattern: value)) : Int(Int32(truncatingIfNeeded: value))
    }
    /// The six counts of a header: isutc, isstd, leap, time, type, char.
    func header(_ index: Int) -> [Int]? {
      guard index + 44 <= bytes.count, bytes[index..<index + 4].elementsEqual("TZif".utf8) else { return nil }
      let counts = (0..<6).compactMap { integer(index + 20 + $0 * 4, 4) }
      return counts.count == 6 && counts.allSatisfy { $0 >= 0 && $0 < 100_000 } ? counts : nil
    }
    guard let old = header(0), bytes.count > 4, bytes[4] >= 0x32 else { return nil }
    let second = 44 + old[3] * 5 + old[4] * 6 + old[5] + old[2] * 8 + old[1] + old[0]
    guard let counts = header(second), counts[2] == 0, counts[4] > 0 else { return nil }
    let times = second + 44
    let indices = times + counts[3] * 8
    let types = indices + counts[3]
    let footer = types + counts[4] * 6 + counts[5] + counts[1] + counts[0]
    var offsets: [Int] = []
    for type in 0..<counts[4] {
      guard let offset = integer(types + type * 6, 4), abs(offset) < 93_600 else { return nil }
      offsets.append(offset)
    }
    var changes: [(instant: Int, offset: Int)] = []
    for change in 0..<counts[3] {
      guard let instant = integer(times + change * 8, 8), let type = integer(indices + change, 1),
        offsets.indices.contains(type & 0xFF)
      else { return nil }
      // "-2^59" and the like stand for the beginning of time.
      changes.append((max(instant, WallClock.first), offsets[type & 0xFF]))
    }
    guard footer < bytes.count, bytes[footer] == 0x0A,
      let lineEnd = bytes[(footer + 1)...].firstIndex(of: 0x0A)
    else { return nil }
    let text = bytes[(footer + 1)..<lineEnd]
    guard !text.isEmpty else { return ZoneTable(name: name, first: offsets[0], changes: changes) }
    guard let rule = PosixZoneRule(text) else { return nil }
    return extended(name, first: offsets[0], changes: changes, rule: rule)
  }

  /// Adds the rule's own changes for one cycle of the Gregorian calendar after the last given change.
  private static func extended(
    _ name: String, first: Int, changes: [(instant: Int, offset: Int)], rule: PosixZoneRule
  ) -> ZoneTable {
    guard rule.daylight != nil else {
      return ZoneTable(name: name, first: first, changes: changes, rule: rule)
    }
    var changes = changes
    let last = changes.last?.instant ?? 0
    let year = Timestamp(secondsSinceEpoch: last, offset: 0).date.year
    for next in year...(year + 402) {
      changes += rule.changes(year: next).filter { $0.instant > last }
    }
    let end = WallClock.firstDay(year: year + 402) * WallClock.day
    return ZoneTable(name: name, first: first, changes: changes, rule: rule, end: end)
  }

  /// The zone as Foundation knows it, to the year 2100.
  static func foundationZone(_ name: String) -> ZoneTable? {
    guard let zone = TimeZone(identifier: name), zone.identifier == name || name == "Etc/UTC" else {
      return nil
    }
    let from = Date(timeIntervalSince1970: -2_208_988_800)
    let end = Date(timeIntervalSince1970: 4_102_444_800)
    var changes: [(instant: Int, offset: Int)] = []
    var date = from
    while let next = zone.nextDaylightSavingTimeTransition(after: date), next > date, next < end {
      changes.append((Int(next.timeIntervalSince1970.rounded()), zone.secondsFromGMT(for: next)))
      date = next
    }
    return ZoneTable(name: name, first: zone.secondsFromGMT(for: from), changes: changes)
  }
}
