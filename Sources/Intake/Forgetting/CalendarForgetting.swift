import Basics

extension Traces {
  /// A calendar without the person; nil where nothing of it is left.
  ///
  /// Attendee lines go; an event whose only attendee it was goes; other lines lose the words. Lines are unfolded first
  /// and folded again (RFC 5545, 3.1).
  package func forget(calendar bytes: [UInt8], _ removal: inout Removal) -> [UInt8]? {
    let lines = Traces.unfolded(bytes)
    if lines.contains(where: { isOwner($0) }) {
      removal.isDeleted = true
      return nil
    }
    var kept: [String] = []
    var event: [String] = []
    var isInEvent = false
    var (had, has) = (0, 0)
    var events = 0
    var lost = 0
    for line in lines {
      let upper = line.uppercased()
      if upper == "BEGIN:VEVENT" {
        isInEvent = true
        event = []
        (had, has) = (0, 0)
        events += 1
      }
      var line: String? = line
      if let text = line, upper.hasPrefix("ATTENDEE") {
        had += 1
        if erased(text) != nil {
          removal.add("attendee")
          line = nil
        } else {
          has += 1
        }
      } else if let text = line, let erased = erased(text) {
        removal.add("mention")
        line = erased
      }
      guard let line else { continue }
      if isInEvent { event.append(line) } else { kept.append(line) }
      if upper == "END:VEVENT" {
        isInEvent = false
        if had > 0, has == 0 {
          removal.add("event")
          lost += 1
        } else {
          kept += event
        }
      }
    }
    if events > 0, lost == events {
      removal.isDeleted = true
      return nil
    }
    guard !removal.isEmpty else { return bytes }
    return kept.flatMap(Traces.folded)
  }

  /// The calendar says whose it is: its name, or the address that some systems write there.
  private func isOwner(_ line: String) -> Bool {
    guard line.uppercased().hasPrefix("X-WR-CALNAME"), let colon = line.firstIndex(of: ":") else {
      return false
    }
    return isWhole(String(line[line.index(after: colon)...]).trimmed)
  }

  static func unfolded(_ bytes: [UInt8]) -> [String] {
    var lines: [[UInt8]] = []
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: true) {
      let line = line.last == 0x0D ? line.dropLast() : line
      if let first = line.first, first == 0x20 || first == 0x09, !lines.isEmpty {
        lines[lines.count - 1] += line.dropFirst()
      } else if !line.isEmpty {
        lines.append(Array(line))
      }
    }
    return lines.map { String(decoding: $0, as: UTF8.self) }
  }

  /// At most 75 bytes a line, never within a character.
  private static func folded(_ line: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var width = 0
    for scalar in line.unicodeScalars {
      let count = UTF8.width(scalar)
      if width + count > 75 {
        bytes += [0x0D, 0x0A, 0x20]
        width = 1
      }
      bytes += Array(String(scalar).utf8)
      width += count
    }
    return bytes + [0x0D, 0x0A]
  }
}
