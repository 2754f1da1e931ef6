package import Basics

/// Where somebody's calendar is to be had.
package struct CalendarSource: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// An .ics file that somebody published; its address is the secret that lets one in.
    case ics
    /// The events of a CalDAV calendar (RFC 4791, section 7.8).
    case caldav
    /// The busy times of a CalDAV calendar (RFC 4791, section 7.10).
    case freeBusy = "free-busy"
    /// The busy times of a person, asked through a scheduling outbox (RFC 6638, section 5).
    case scheduling
    /// The busy times of a mailbox of Microsoft 365, asked through Graph.
    case graph
  }

  /// An employee number, an id or an address: the name of the file.
  package var person: String
  package var kind: Kind
  /// Of the calendar or the outbox; for Graph, of the mailbox.
  package var address: String
  /// In the list.
  package var line: Int
}

/// The list of calendars to fetch: CSV with the columns `person`, `kind` and `address`.
package struct CalendarList: Sendable {
  package private(set) var sources: [CalendarSource] = []
  /// Lines that cannot be used, and why; never the address, which may be a secret.
  package private(set) var diagnostics: [Diagnostic] = []

  package init(_ bytes: [UInt8], file: String) {
    let table: CellTable
    do throws(CellTable.Fault) {
      table = try CellTable(bytes)
    } catch {
      diagnostics = [
        Diagnostic(
          .error, error.message, file: file, line: error.place.line, column: error.place.column,
          code: error.code)
      ]
      return
    }
    func refuse(_ line: Int, _ message: String) {
      diagnostics.append(Diagnostic(.error, message, file: file, line: line, code: "bad-source"))
    }
    let headings = (table.rows.first ?? []).map { $0.text.trimmed.lowercased() }
    guard let person = headings.firstIndex(of: "person"), let address = headings.firstIndex(of: "address")
    else {
      refuse(1, "the list needs the columns person, kind and address")
      return
    }
    let kind = headings.firstIndex(of: "kind")
    for row in table.rows.dropFirst() {
      let line = row.first?.line ?? 1
      func cell(_ column: Int?) -> String {
        column.flatMap { $0 < row.count ? row[$0].text.trimmed : nil } ?? ""
      }
      let word = cell(kind).lowercased()
      let wanted =
        word.isEmpty && cell(address).lowercased().contains(".ics")
        ? .ics : CalendarSource.Kind(rawValue: word)
      guard let wanted else {
        let kinds = CalendarSource.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        refuse(line, "'\(word)' is not a kind of calendar; known are \(kinds)")
        continue
      }
      var source = CalendarSource(person: cell(person), kind: wanted, address: cell(address), line: line)
      // A name that calendar programs know.
      if source.address.lowercased().hasPrefix("webcal://") {
        source.address = "https://" + source.address.dropFirst("webcal://".count)
      }
      if let fault = source.fault { refuse(line, fault) } else { sources.append(source) }
    }
    if sources.isEmpty, diagnostics.isEmpty { refuse(1, "the list has no calendars") }
  }
}

extension CalendarSource {
  /// What is wrong with it.
  fileprivate var fault: String? {
    guard !person.isEmpty else { return "person is missing: an employee number or an address" }
    guard !person.hasPrefix("."), person.utf8.count <= 200,
      person.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && $0 != "/" && $0 != "\\" })
    else { return "'\(person)' cannot name a file: give an employee number or an address" }
    switch kind {
    case .graph:
      return CalendarSource.isMailbox(address) ? nil : "for graph the address is a mailbox: name@example.com"
    case .scheduling where !CalendarSource.isMailbox(person):
      return "for scheduling the person is given by address: name@example.com"
    case .ics, .caldav, .freeBusy, .scheduling:
      guard let place = WebAddress(address), !place.hasFragment else {
        return "the address is not https://HOST/PATH, percent-encoded"
      }
      guard !place.holdsLogin else { return "a password does not belong into an address: give --credentials" }
      guard place.isPrivate else { return "the address is not https://: others could read it" }
      return nil
    }
  }

  static func isMailbox(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
      && text.utf8.allSatisfy {
        $0 > 0x20 && $0 < 0x7F && ![0x22, 0x28, 0x29, 0x2C, 0x3A, 0x3B, 0x3C, 0x3E].contains($0)
      }
  }
}
