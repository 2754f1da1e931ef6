import ArgumentParser
import Basics
import Foundation
import Pages
import Programme
import RecordStream
import Store
import ToolSupport

struct PersonCommand: ProgrammeCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: "Show everything that the programme holds about one person.",
    discussion:
      "With --export DIR a page and a JSON file are written, to answer a request for access (GDPR, Article 15)."
  )
  @Argument(help: ArgumentHelp("A name, an address, an employee number or an id.", valueName: "who")) var who:
    String
  @Option(
    help: ArgumentHelp("Where the page and the JSON file go.", valueName: "dir"), completion: .directory)
  var export: String?
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(_ programme: OpenProgramme) throws -> ToolStatus {
    let file = try PersonFile(who, in: programme)
    guard let export else {
      try programme.console.output.write(file.text())
      return .done
    }
    let folder = try PrivateFolder(export)
    try folder.write(Array(file.page().utf8), file.person.id.text, ending: "html")
    try folder.write(file.json(), file.person.id.text, ending: "json")
    programme.console.report(
      Diagnostic(
        .note, "\(counted(file.records.count, "record")) about \(file.person.name) in \(folder.path)"))
    return .done
  }
}

/// All records about a person, now and before.
struct PersonFile {
  struct Entry {
    var key: RecordKey
    var line: [UInt8]
  }

  let person: Person
  private(set) var records: [Entry] = []
  /// The revisions that changed them, the last first.
  private var history: [Revision] = []
  private let names: Names
  private let numbers: [String: Int]

  init(_ word: String, in programme: OpenProgramme) throws {
    var present: [RecordKey: [UInt8]] = [:]
    var lines: [Entry] = []
    try programme.store.forEachRecord { key, line in
      lines.append(Entry(key: key, line: line))
      if ["person", "tandem"].contains(key.kind) { present[key] = line }
    }
    numbers = try programme.store.pairNumbers()
    person = try SessionWords(present, numbers: numbers, today: programme.now.date).person(word)
    names = Names(present)
    let mention = PersonMention(person)
    records = lines.filter { mention.isIn($0.line) }
    var revisions: Set<Int> = []
    try programme.store.forEachChange { revision, key, line in
      if mention.isIn(line ?? Array(key.id.utf8)) { revisions.insert(revision) }
    }
    history = try programme.store.log().filter { revisions.contains($0.number) }
  }

  private var kinds: [String] {
    var kinds: [String] = []
    for record in records where !kinds.contains(record.key.kind) { kinds.append(record.key.kind) }
    return kinds
  }

  /// For a terminal.
  func text() throws -> String {
    var text = "\(person.name) (\(person.id))\n"
    for (label, value) in fields { text += "  \(label): \(value)\n" }
    for kind in kinds where kind != "person" {
      let own = records.filter { $0.key.kind == kind }
      text += "\n\(Names.plural(of: kind)): \(own.count)\n"
      for record in own.prefix(12) { text += "  \(try summary(record))\n" }
      if own.count > 12 { text += "  and \(own.count - 12) more; --export DIR writes all\n" }
    }
    text += "\nhistory: \(counted(history.count, "revision"))\n"
    for revision in history.prefix(12) { text += "  \(summary(revision))\n" }
    return text
  }

  private var fields: [(label: String, value: String)] {
    Person.fields.fields.compactMap { field in
      guard let shown = field.shown(person), !shown.isEmpty else { return nil }
      return (field.label, shown)
    }
  }

  private func summary(_ entry: Entry) throws -> String {
    switch try Record(stored: entry.line, of: entry.key) {
    case .tandem(let tandem)?:
      "pair \(try names.pair(tandem.id, numbers)), \(tandem.status.rawValue)"
    case .session(let session)?:
      "\(session.start.clockText) session \(session.number) of pair \(try names.pair(session.tandem, numbers)), \(session.status.rawValue)"
    case .workshop(let workshop)?: "\(workshop.start.clockText) \(workshop.venue)"
    case .reply(let reply)?: "\(reply.answer.rawValue)\(reply.comment.map { ": \($0)" } ?? "")"
    default: try PersonFile.members(entry.line)
    }
  }

  /// Another kind by its fields: `at 2026-09-02T08:00:00Z, start …`.
  private static func members(_ line: [UInt8]) throws -> String {
    guard case .object(let members) = try JSONValue(parsing: line) else {
      return String(decoding: line, as: UTF8.self)
    }
    return members.keys.sorted { $0.precedesByBytes($1) }.compactMap { key in
      guard !["record", "id"].contains(key), let value = members[key] else { return nil }
      return "\(key) \(value.string ?? String(decoding: value.line, as: UTF8.self))"
    }.joined(separator: ", ")
  }

  private func summary(_ revision: Revision) -> String {
    "revision \(revision.number)  \(revision.act?.moment.clockText ?? "")  \(revision.act?.clerk ?? "")  \(revision.act?.command ?? "")"
  }

  /// Every record, word for word, and the revisions.
  func json() throws -> [UInt8] {
    let object = try JSONValue.object([
      "history": .array(history.map { .string(summary($0)) }), "person": .string(person.id.text),
      "records": .array(records.map { try JSONValue(parsing: $0.line) }),
    ])
    return object.line + [0x0A]
  }

  func page() throws -> String {
    func list(_ lines: [String]) -> String {
      "<ul>\n" + lines.map { "<li>\(MarkupText.escaped($0))</li>\n" }.joined() + "</ul>\n"
    }
    let rows = fields.map {
      "<tr><th scope=\"row\">\(MarkupText.escaped($0.label))</th><td>\(MarkupText.escaped($0.value))</td></tr>\n"
    }
    var body = "<table>\n\(rows.joined())</table>\n"
    for kind in kinds where kind != "person" {
      let own = records.filter { $0.key.kind == kind }
      body += "<h2>\(MarkupText.escaped(Names.plural(of: kind)))</h2>\n" + list(try own.map(summary))
    }
    body += "<h2>history</h2>\n" + list(history.map(summary))
    return PageHead.html(title: person.name, style: PersonFile.style)
      + "<body>\n<main>\n<h1>\(MarkupText.escaped(person.name))</h1>\n\(body)</main>\n</body>\n</html>\n"
  }

  private static let style =
    PageHead.palette + """
      body { margin: 0; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
      main { max-width: 60rem; margin: 0 auto; overflow-wrap: anywhere; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: start; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
      th { color: var(--soft); font-weight: 500; width: 12rem; }
      ul { padding-inline-start: 1.2rem; }

      """
}

/// Whether a record is about a person: names the id or the address.
struct PersonMention {
  private let id: [UInt8]
  private let address: [UInt8]

  init(_ person: Person) {
    id = Array(person.id.text.utf8)
    address = Array(person.email.lowercased().utf8)
  }

  func isIn(_ line: [UInt8]) -> Bool {
    if PersonMention.holds(line, id) { return true }
    guard !address.isEmpty else { return false }
    return PersonMention.holds(line.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, address)
  }

  /// As a word of its own: `pl:7100` is not in `pl:71002`.
  private static func holds(_ line: [UInt8], _ word: [UInt8]) -> Bool {
    var rest = line[...]
    while let range = rest.firstRange(of: word) {
      let before = range.lowerBound == line.startIndex ? nil : line[range.lowerBound - 1]
      let after = range.upperBound == line.endIndex ? nil : line[range.upperBound]
      if !(before?.isASCIILetterOrDigit ?? false), !(after?.isASCIILetterOrDigit ?? false) { return true }
      rest = rest[range.upperBound...]
    }
    return false
  }
}

struct ForgetCommand: ProgrammeCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Erase a person from the programme, its history and its folders.",
    discussion: """
      Records, earlier states, commands in the log, mails and pages are searched for every spelling of the person. The hash chain \
      still holds. The receipt, forgotten.ndjson, holds nothing personal. First cancel the person's sessions (`tandem end`) and \
      send the cancellations.
      """)
  @Argument(help: ArgumentHelp("A name, an address, an employee number or an id.", valueName: "who")) var who:
    String
  @Flag(help: "Show what would be erased, and change nothing.") var dryRun = false
  @Flag(help: "Do not ask.") var yes = false
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(_ programme: OpenProgramme) throws -> ToolStatus {
    try OutboxJournal(programme).synchronize()
    return try HistoryErasure(programme).erase(who, isDryRun: dryRun, agreed: yes)
  }
}
