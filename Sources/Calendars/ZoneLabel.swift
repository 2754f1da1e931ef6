import Basics
import Foundation

/// What other programs write instead of a zone's name, so far as it names one zone for certain.
enum ZoneLabel {
  /// `europe/berlin`, `tzone://Microsoft/Utc`, `(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna`,
  /// `(GMT-05:00) Eastern Time (US & Canada)`; nil for any other text.
  static func ianaName(for label: String) -> String? {
    var text = label.lowercased()
    if let scheme = text.range(of: "tzone://microsoft/") { text = String(text[scheme.upperBound...]) }
    if let name = names[text] { return name }
    var offset: Int?
    if text.hasPrefix("("), let close = text.firstIndex(of: ")") {
      offset = self.offset(String(text[text.index(after: text.startIndex)..<close]))
      guard offset != nil else { return nil }
      text = text[text.index(after: close)...].trimmed
    }
    if let name = names[text] { return name }
    let american = text.replacing(" (us & canada)", with: "").replacing(" time", with: " standard time")
    if let name = WindowsZones.ianaName(for: american), offset == nil || standardOffset(name) == offset {
      return name
    }
    // The first place of the list that the database knows, on the clock that the label says.
    for place in text.split(separator: ",") {
      guard let name = places[place.trimmed.replacing(" ", with: "_")] else { continue }
      if offset == nil || standardOffset(name) == offset { return name }
    }
    return nil
  }

  /// `UTC+01:00`, `GMT+0100`, `utc +1`, `GMT` in seconds; nil for any other text.
  static func offset(_ label: String) -> Int? {
    var rest = label.lowercased().utf8.filter { $0 > 0x20 && $0 != UInt8(ascii: ":") }[...]
    guard rest.starts(with: "utc".utf8) || rest.starts(with: "gmt".utf8) else { return nil }
    rest = rest.dropFirst(3)
    guard let sign = rest.first else { return 0 }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
    guard let number = Int(String(decoding: rest.dropFirst(), as: UTF8.self)), number >= 0 else { return nil }
    let (hours, minutes) =
      switch rest.count {
      case 2, 3: (number, 0)
      case 5: (number / 100, number % 100)
      default: (99, 0)
      }
    guard hours <= 14, minutes < 60 else { return nil }
    return (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
  }

  /// The offset outside of summer time: the smaller one of the year.
  private static func standardOffset(_ name: String) -> Int? {
    guard let zone = try? ZoneDatabase.zone(name) else { return nil }
    let newYear = WallClock.firstDay(year: 2026) * WallClock.day
    return min(zone.offset(at: newYear), zone.offset(at: newYear + 182 * WallClock.day))
  }

  /// The database's names by their lower case.
  private static let names: [String: String] = {
    var names = ["utc": "Etc/UTC", "gmt": "Etc/UTC", "z": "Etc/UTC", "coordinated universal time": "Etc/UTC"]
    for name in TimeZone.knownTimeZoneIdentifiers where name.contains("/") { names[name.lowercased()] = name }
    return names
  }()

  /// The database's names by the places that they end in, in lower case with `_` for blanks.
  private static let places: [String: String] = {
    var places: [String: String] = [:]
    for name in TimeZone.knownTimeZoneIdentifiers.sorted() where !name.hasPrefix("Etc/") {
      guard let slash = name.lastIndex(of: "/") else { continue }
      places[name[name.index(after: slash)...].lowercased()] = name
    }
    return places
  }()
}
