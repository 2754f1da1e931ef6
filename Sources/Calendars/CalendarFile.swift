package import Basics
import Programme

/// What a calendar file says of its owner's time. Read once, asked from any thread.
package struct CalendarFile: Sendable {
  /// How much of a file is kept.
  package enum Depth: Sendable {
    /// What busy time needs: no texts.
    case times
    /// Summaries too.
    case texts
  }

  /// As given to `read`, for diagnostics and for finding the owner.
  package let fileName: String?
  /// METHOD of the first calendar object that has one, in capitals.
  package var method: String?
  /// X-WR-CALNAME or NAME.
  package var title: String?
  /// PRODID: the program that wrote it.
  package var product: String?
  /// X-OWNER, an address or a name.
  var declaredOwner: String?
  /// Addresses of VFREEBUSY components.
  var freeBusyAddresses: [String] = []
  package var events: [CalendarEvent] = []
  var busyPeriods: [CalendarEvent.Period] = []
  var availabilities: [Availability] = []
  /// The zones that times of this file mean.
  var zones: [ZoneTable] = []
  /// What was wrong, by line: each cause once, with a count.
  package var diagnostics: [Diagnostic] = []
  /// Whether everything that says when could be read: where not, too much time counts as busy, and a diagnostic says so.
  package var isUnderstood = true

  init(fileName: String?) { self.fileName = fileName }

  /// Reads any iCalendar file (RFC 5545, 6868, 7953, 7986). Never fails: `diagnostics` names
  /// what cannot be read, and a component keeps what can be read of it. O(bytes).
  /// - Parameters:
  ///   - territory: two letters (`PL`): where its owner is, for Windows zone names without a VTIMEZONE.
  ///   - method: in capitals, the METHOD of objects that do not say theirs.
  package static func read(
    _ bytes: Span<UInt8>, fileName: String? = nil, territory: String? = nil,
    depth: Depth = .times, method: String? = nil
  ) -> CalendarFile {
    var reader = CalendarReader(fileName: fileName, territory: territory, depth: depth, method: method)
    reader.read(bytes)
    return reader.file
  }

  package static func read(
    _ bytes: [UInt8], fileName: String? = nil, territory: String? = nil, depth: Depth = .times,
    method: String? = nil
  ) -> CalendarFile {
    read(bytes.span, fileName: fileName, territory: territory, depth: depth, method: method)
  }

  /// Who the file may belong to, the surest first: employee numbers or addresses in lower case.
  ///
  /// The file's name without its ending, then X-OWNER, then the calendar's title where it is an address, then the
  /// person of its VFREEBUSY, then the one organizer of everything in a published calendar.
  package var ownerCandidates: [String] {
    var candidates: [String] = []
    func add(_ text: String?) {
      guard let text, !text.isEmpty, !candidates.contains(text) else { return }
      candidates.append(text)
    }
    if let fileName {
      var stem = Substring(fileName)
      if let slash = stem.utf8.lastIndex(of: UInt8(ascii: "/")) {
        stem = stem[stem.utf8.index(after: slash)...]
      }
      for ending in [".ics", ".ICS", ".ifb", ".vcs"] where stem.hasSuffix(ending) { stem = stem.dropLast(4) }
      add(stem.lowercased())
    }
    add(declaredOwner)
    if let title, title.contains("@") { add(CalendarFile.address(title)) }
    if Set(freeBusyAddresses).count == 1 { add(freeBusyAddresses.first) }
    if method == nil || method == "PUBLISH" {
      let organizers = Set(events.compactMap(\.organizer))
      if organizers.count == 1 { add(organizers.first) }
    }
    return candidates
  }

  /// `MAILTO:Ann@Example.com` → `ann@example.com`.
  static func address(_ text: String) -> String {
    var text = text.lowercased()
    while text.hasPrefix("mailto:") { text.removeFirst(7) }
    while text.last?.isWhitespace == true { text.removeLast() }
    while text.first?.isWhitespace == true { text.removeFirst() }
    return text
  }
}
