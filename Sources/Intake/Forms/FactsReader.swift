import Basics
import Foundation
import Programme
package import Regions

/// Reads the rows of one file as facts about people, by one form of one region.
package final class FactsReader {
  /// A word that is not known, where it stood.
  package struct UnknownWord: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
      case topic(nearest: String?)
      /// The aliases of topics that it was taken for.
      case takenFor([String])
      /// A tick in a column of which the form does not say what it stands for.
      case tick(field: String)
      /// A time in a way that is not known.
      case time
    }

    package var word: String
    package var column: Int?
    package var heading: String?
    package var kind: Kind
  }

  /// What came of a row.
  package enum Reading: Sendable {
    case facts(Facts)
    case rejected(RejectedRow)
  }

  /// A fault of a row, before it is given its place.
  private struct Fault: Error {
    var code: String
    var text: String
    var field: String?
  }

  /// The row that is read, and what has been found in it.
  private struct Draft {
    let row: SourceRow
    var facts: Facts
    var faults: [Fault] = []
    var unknown: [UnknownWord] = []

    mutating func fail(_ code: String, _ text: String, field: String?) {
      faults.append(Fault(code: code, text: text, field: field))
    }
  }

  package let region: Region
  package let binding: FormBinding
  private let title: (Int) -> String
  private let topics: TopicMemo
  private let splitters: [String: ChoiceSplitter]
  private let roles: [WordKey: Role]
  private let values: [String: [WordKey: String]]
  private let attributes: [String]
  private let languages: LanguageNames
  /// Columns in which a lost value costs the row.
  private let factColumns: [(field: String, column: Int)]
  /// Whether the form has fields that only applicants fill in.
  private let hasWishes: Bool
  /// What many rows have in common.
  private let sites = CellMemo<Site>()
  private let departments = CellMemo<[String]>()
  private let tags = CellMemo<[String]>()

  /// `title` gives the heading of a column for messages.
  package init(
    region: Region, binding: FormBinding, topics: TopicIndex, title: @escaping (Int) -> String
  ) {
    self.region = region
    self.binding = binding
    let memo = TopicMemo(topics)
    self.topics = memo
    self.title = title
    let form = binding.form
    splitters = form.fields.mapValues { field in
      ChoiceSplitter(separators: field.separators) { memo.isKnown($0) }
    }
    var roles: [WordKey: Role] = [:]
    for role in Role.allCases { roles[WordKey(role.rawValue)] = role }
    for (word, role) in form.roles { roles[WordKey(word)] = Role(rawValue: role) }
    self.roles = roles
    values = form.fields.mapValues { field in
      Dictionary(field.values.map { (WordKey($0), $1) }, uniquingKeysWith: { first, _ in first })
    }
    let names = binding.fields.keys.sorted { $0.precedesByBytes($1) }
    attributes = names.filter { !FormField.known.contains($0) }
    languages = LanguageNames([region.language] + region.fallbackLanguages)
    hasWishes = names.contains { FactsReader.wishes.contains($0) }
    factColumns = names.filter { !FactsReader.words.contains($0) }
      .flatMap { name in (binding.fields[name]?.columns ?? []).map { (name, $0) } }
  }

  /// Other addresses of the person; one that mail cannot come from is a note.
  private func readAliases(_ draft: inout Draft) {
    guard binding.fields["aliases"] != nil else { return }
    for word in split("aliases", draft.row) {
      let address = word.lowercased()
      if let fault = EmailAddress.fault(of: address) {
        draft.fail(
          "bad-email", "the other address \(Quoted.word(word)) \(fault): correct it", field: "aliases")
      } else if !draft.facts.aliases.contains(address) {
        draft.facts.aliases.append(address)
      }
    }
  }

  /// Fields of which every word is kept as it was written.
  private static let words: Set<String> = ["learn", "teach", "interests", "comments"]
  private static let wishes = Set(
    words + ["role", "capacity", "acquainted", "timestamp"] + Person.flags.map(\.key))
  /// Fields that may be the word `NULL`, which elsewhere is how a database writes nothing.
  private static let names: Set<String> = ["name", "givenName", "familyName"]

  /// The site that the row names, if this region has it: how rows of a form that regions share find their region.
  package func site(_ row: SourceRow) -> Site? {
    text("site", row).flatMap { region.site(named: $0) }
  }

  /// Who the row is about, read without any judgement: e-mail address and employee number.
  package func identity(_ row: SourceRow) -> (email: String?, number: String?) {
    (name("email", row)?.lowercased(), number("employeeNumber", row))
  }

  /// The row's list of topics and words, in order: a topic by its id, other words as they were written.
  func keywords(_ row: SourceRow) -> [String] {
    var list: [String] = []
    for word in split("keywords", row).map(\.trimmed) where !word.isEmpty {
      let topic: String =
        switch topics.meaning(of: word) {
        case .topic(let id), .near(let id, _): id
        case .sentence, .unknown: word
        }
      if !list.contains(topic) { list.append(topic) }
    }
    return list
  }

  /// The facts of the row, or all that is wrong with it. Words that are not known go to `unknown`.
  package func facts(
    _ row: SourceRow, sheet: Int, file: String, unknown: (UnknownWord) -> Void
  ) -> Reading {
    var draft = Draft(row: row, facts: Facts(sheet: sheet, line: row.line, row: row.number, raw: row.raw))
    findLosses(&draft)
    readIdentity(&draft)
    readPlace(&draft)
    if hasWishes { readWishes(&draft) }
    draft.unknown.forEach(unknown)
    if draft.faults.isEmpty { return .facts(draft.facts) }
    let rejections = draft.faults.map { fault in
      let column = fault.field.flatMap(column)
      return Rejection(
        file: file, line: column.map { row.line(of: $0) } ?? row.line, row: row.number,
        column: column.map { $0 + 1 },
        heading: column.map(title), code: fault.code, fault: fault.text, raw: draft.facts.raw)
    }
    return .rejected(
      RejectedRow(rejections: rejections, facts: draft.facts, isSparse: FactsReader.isSparse(row)))
  }

  /// Whether two cells at most are filled, none of them with an address, in a row of more.
  private static func isSparse(_ row: SourceRow) -> Bool {
    let filled = (0..<row.columnCount).filter { !row.isEmpty($0) }
    return row.columnCount > 3 && filled.count <= 2
      && !filled.contains { row.bytes($0).contains(UInt8(ascii: "@")) }
  }

  /// The column of a field for messages: the first of several.
  private func column(_ field: String) -> Int? {
    binding.fields[field].flatMap { $0.columns.first ?? $0.choices.keys.min() }
  }

  // MARK: - The parts of a row

  private func findLosses(_ draft: inout Draft) {
    for (field, column) in factColumns where draft.row.bytes(column).first == UInt8(ascii: "#") {
      guard let text = draft.row.string(column)?.trimmed, SpreadsheetDamage.isLoss(text) else { continue }
      draft.fail(
        "damaged-cell",
        "\(Quoted.word(text)) is what a spreadsheet shows where it has lost the value: correct the cell there, or "
          + "export the file again", field: field)
    }
    for field in ["employeeNumber", "manager"] {
      guard
        binding.fields[field]?.columns.contains(where: { draft.row.bytes($0).contains(UInt8(ascii: "+")) })
          == true,
        let text = text(field, draft.row), SpreadsheetDamage.isRounded(text)
      else { continue }
      draft.fail(
        "damaged-cell",
        "\(Quoted.word(text)) is a number that a spreadsheet has rounded: format the column as text, and export the "
          + "file again", field: field)
    }
  }

  private func readIdentity(_ draft: inout Draft) {
    let row = draft.row
    draft.facts.employeeNumber = number("employeeNumber", row)
    readAliases(&draft)
    if let email = name("email", row) {
      if !email.utf8.contains(UInt8(ascii: "@")), WordKey(email).strict == "anonymous" {
        draft.fail(
          "bad-email", "the form was answered anonymously: ask the person to answer signed in", field: "email"
        )
      } else if let fault = EmailAddress.fault(of: email) {
        draft.fail(
          "bad-email", "the e-mail address \(Quoted.word(email)) \(fault): correct it", field: "email")
      } else {
        draft.facts.email = email
      }
    }
    if draft.facts.email == nil, draft.facts.employeeNumber == nil, draft.faults.isEmpty {
      draft.fail(
        "no-identity", "neither an e-mail address nor an employee number: fill in one of them",
        field: binding.fields["email"] != nil ? "email" : "employeeNumber")
    }
    draft.facts.name = text("name", row).map(Headings.flattened)
    if draft.facts.name == nil {
      let parts = [text("givenName", row), text("familyName", row)].compactMap { $0 }
      if !parts.isEmpty { draft.facts.name = parts.joined(separator: " ") }
    }
    guard binding.form.kind == .staff, draft.faults.isEmpty else { return }
    if draft.facts.employeeNumber == nil {
      draft.fail("no-identity", "no employee number: fill it in", field: "employeeNumber")
    }
    if draft.facts.name == nil { draft.fail("no-name", "no name: fill it in", field: "name") }
    if binding.fields["email"] != nil, draft.facts.email == nil {
      draft.fail("bad-email", "no e-mail address: fill it in", field: "email")
    }
  }

  private func readPlace(_ draft: inout Draft) {
    let row = draft.row
    var site = sites.value(of: soleCell("site", row)) { text("site", row).flatMap { region.site(named: $0) } }
    if let site {
      draft.facts.site = site.name
    } else if let name = text("site", row) {
      site = region.site(named: name)
      if let site {
        draft.facts.site = site.name
      } else if !SpreadsheetDamage.isLoss(name) {
        let names = region.sites.map(\.name)
        let near = Nearest.nearest(name, among: names) ?? names.first ?? "SITE"
        draft.fail(
          "unknown-site",
          "unknown site \(Quoted.word(name)): write one of \(Phrases.list(names)), or name it in the region.yaml of "
            + "\(region.id): sites: {\(near): {aliases: [\(name)]}}; where such rows are of other companies, leave them "
            + "out by `only: {site: …}` in the form \(binding.form.name)", field: "site")
      }
    }
    let separators = binding.form.fields["department"]?.separators ?? []
    let department = departments.value(of: soleCell("department", row)) {
      text("department", row).map { path($0, separators: separators.isEmpty ? ["/"] : separators) }
    }
    draft.facts.department = department ?? []
    if binding.form.kind == .staff, binding.fields["department"] != nil, draft.facts.department.isEmpty {
      draft.fail("unknown-department", "no department: fill it in", field: "department")
    }
    if let level = text("level", row) {
      draft.facts.level = FieldText.integer(level)
      if draft.facts.level == nil, !SpreadsheetDamage.isLoss(level) {
        draft.fail(
          "bad-number",
          "the level \(Quoted.word(level)) is not a whole number: correct it, or state in the form's values "
            + "what it means", field: "level")
      }
    }
    draft.facts.manager = number("manager", row)
    readLanguages(&draft)
    readWorkingHours(&draft, site: site)
    if let zone = text("timeZone", row) {
      if TimeZone(identifier: zone) != nil, zone.contains("/") || zone == "UTC" {
        draft.facts.timeZone = zone
      } else {
        draft.fail(
          "unknown-zone", "unknown time zone \(Quoted.word(zone)): write an IANA name such as Europe/Berlin",
          field: "timeZone")
      }
    }
    for name in attributes {
      if let text = text(name, row) { draft.facts.attributes[name] = text }
    }
  }

  private func readLanguages(_ draft: inout Draft) {
    guard binding.fields["languages"] != nil else { return }
    draft.facts.languages = tags.value(of: soleCell("languages", draft.row)) { knownLanguages(&draft) } ?? []
  }

  /// The tags of all languages of the row; nil where one is not known.
  private func knownLanguages(_ draft: inout Draft) -> [String]? {
    let faults = draft.faults.count
    var tags: Set<String> = []
    for word in split("languages", draft.row) {
      if let tag = FieldText.languageTag(word) ?? languages.tag(word) {
        tags.insert(tag)
      } else {
        draft.fail(
          "unknown-language",
          "unknown language \(Quoted.word(word)): write its name or a tag such as 'de', or state in the form's values "
            + "what it means", field: "languages")
      }
    }
    return draft.faults.count == faults ? tags.sorted { $0.precedesByBytes($1) } : nil
  }

  private func readWishes(_ draft: inout Draft) {
    let row = draft.row
    if binding.fields["role"] != nil { draft.facts.role = role(&draft) }
    draft.facts.learn = readTopics("learn", &draft)
    draft.facts.teach = readTopics("teach", &draft)
    draft.facts.interests = readTopics("interests", &draft)
    let comments = allTexts("comments", row)
    if !comments.isEmpty { draft.facts.said["comments"] = comments }
    if let text = text("capacity", row) {
      if let number = FieldText.integer(text), (0...100).contains(number) {
        draft.facts.capacity = number
      } else {
        draft.fail(
          "bad-number",
          "the number of tandems \(Quoted.word(text)) is not a whole number from 0 to 100: correct it",
          field: "capacity")
      }
    }
    draft.facts.acquainted = split("acquainted", row)
    for (key, _) in Person.flags { draft.facts.flags[key] = flag(key, &draft) }
    if let time = text("timestamp", row) {
      draft.facts.timestamp = TimeText.parse(
        time, pattern: binding.form.timeFormat, order: binding.dates.order)
      // Of dates that can be read either way the column tells as a whole.
      if draft.facts.timestamp == nil, binding.dates.warning == nil || TimeText.order(of: time) != .doubtful {
        note(.time, time, "timestamp", &draft)
      }
    }
  }

  private func note(_ kind: UnknownWord.Kind, _ word: String, _ field: String, _ draft: inout Draft) {
    let column = column(field)
    draft.unknown.append(
      UnknownWord(word: word, column: column.map { $0 + 1 }, heading: column.map(title), kind: kind))
  }

  private func role(_ draft: inout Draft) -> Role? {
    let words = split("role", draft.row).flatMap { $0.split(separator: ";").map { String($0).trimmed } }
      .filter { !$0.isEmpty }
    var found: Set<Role> = []
    for word in words {
      if let role = roles[WordKey(word)] {
        found.insert(role)
        continue
      }
      let names = binding.form.roles.keys.sorted { $0.precedesByBytes($1) }
      let choices = names.isEmpty ? Role.allCases.map(\.rawValue) : names
      draft.fail(
        "unknown-role",
        "unknown role \(Quoted.word(word))\(Nearest.phrase(word, among: choices)): write one of "
          + "\(choices.joined(separator: ", ")), or add the word to the roles of form \(binding.form.name)",
        field: "role")
      return nil
    }
    if found.isEmpty { draft.fail("unknown-role", "no role: fill it in", field: "role") }
    // Who ticks both boxes will take either seat.
    return found.count == 1 ? found.first : .either
  }

  private func readTopics(_ field: String, _ draft: inout Draft) -> [String] {
    guard let place = binding.fields[field] else { return [] }
    // A column of its own for each choice, of which the form does not say which.
    let meanings = values[field] ?? [:]
    if place.choices.isEmpty {
      let ticks = place.columns.filter { column in
        guard let cell = draft.row.string(column)?.trimmed else { return false }
        return FieldText.isTick(cell) && meanings[WordKey(cell)] == nil
      }
      for column in ticks where draft.row.string(column)?.trimmed != "0" {
        draft.unknown.append(
          UnknownWord(word: "", column: column + 1, heading: title(column), kind: .tick(field: field)))
      }
      if !ticks.isEmpty { return [] }
    }
    let words = split(field, draft.row)
    if !words.isEmpty { draft.facts.said[field] = words }
    var ids: [String] = []
    for word in words {
      switch topics.meaning(of: word) {
      case .topic(let id):
        if !ids.contains(id) { ids.append(id) }
      case .near(let id, let alias):
        if !ids.contains(id) { ids.append(id) }
        note(.takenFor([alias]), word, field, &draft)
      case .sentence(let mentions, let nearest):
        // Who knows nothing of a topic wishes to learn it, and offers it to nobody.
        let meant = mentions.filter { field == "learn" || !$0.isNegated }
        for mention in meant where !ids.contains(mention.topic) { ids.append(mention.topic) }
        note(
          meant.isEmpty ? .topic(nearest: nearest) : .takenFor(meant.map(\.alias)), word, field, &draft)
      case .unknown(let nearest):
        note(.topic(nearest: nearest), word, field, &draft)
      }
    }
    return ids
  }

  private func flag(_ field: String, _ draft: inout Draft) -> Bool? {
    guard let text = text(field, draft.row) else { return nil }
    let flag = FieldText.flag(text, words: values[field] ?? [:])
    if flag == nil {
      draft.fail(
        "unknown-word",
        "\(Quoted.word(text)) is neither yes nor no: correct it, or state in the form's values what it means",
        field: field)
    }
    return flag
  }

  private func readWorkingHours(_ draft: inout Draft, site: Site?) {
    let words = split("workingDays", draft.row)
    var span: ClockSpan?
    if let text = text("workingHours", draft.row) {
      span = FieldText.span(text)
      if span == nil {
        draft.fail(
          "bad-hours",
          "the working hours \(Quoted.word(text)) are not a span such as 08:00-14:30: correct them",
          field: "workingHours")
      }
    }
    var days: Set<Weekday> = []
    for word in words {
      if let day = Weekday(rawValue: word.lowercased()) {
        days.insert(day)
      } else {
        draft.fail(
          "unknown-day", "unknown weekday \(Quoted.word(word)): state in the form's values which day it is",
          field: "workingDays")
      }
    }
    if let span {
      draft.facts.workingHours = WorkingHours(
        days: words.isEmpty ? Set(Weekday.allCases.prefix(5)) : days, span: span)
    } else if !words.isEmpty, let site {
      draft.facts.workingHours = WorkingHours(spans: site.workingHours.spans.filter { days.contains($0.key) })
    }
  }

  // MARK: - Cells

  /// The cell of a field that stands in one column alone; nil where it may have more than one value.
  private func soleCell(_ field: String, _ row: SourceRow) -> UnsafeBufferPointer<UInt8>? {
    guard let place = binding.fields[field], let column = place.columns.first, place.columns.count == 1,
      place.choices.isEmpty, row.valueCountIsOne(column)
    else { return nil }
    return row.bytes(column)
  }

  /// The values of a field in the first of its columns that is filled, trimmed, each word replaced by what the form says that
  /// it means.
  private func texts(_ field: String, _ row: SourceRow) -> [String] {
    guard let place = binding.fields[field] else { return [] }
    return meant(field, place.texts(row))
  }

  /// The values of a field in all of its columns.
  private func allTexts(_ field: String, _ row: SourceRow) -> [String] {
    guard let place = binding.fields[field] else { return [] }
    return meant(field, place.allTexts(row))
  }

  private func meant(_ field: String, _ words: [String]) -> [String] {
    let meanings = values[field] ?? [:]
    return words.compactMap { meant(field, $0, meanings) }
  }

  private func meant(_ field: String, _ word: String, _ meanings: [WordKey: String]) -> String? {
    if word == "NULL", !FactsReader.names.contains(field) { return nil }
    let word = SpreadsheetDamage.undone(word)
    guard !meanings.isEmpty, let meaning = meanings[WordKey(word)] else { return word }
    // A code that means that nothing was answered.
    return meaning.isEmpty ? nil : meaning
  }

  private func text(_ field: String, _ row: SourceRow) -> String? {
    guard let place = binding.fields[field] else { return nil }
    for column in place.columns {
      guard row.valueCountIsOne(column) else { return texts(field, row).first }
      if let word = row.string(column)?.trimmed, !word.isEmpty,
        let meant = meant(field, word, values[field] ?? [:])
      {
        return meant
      }
    }
    return place.choices.isEmpty ? nil : texts(field, row).first
  }

  /// What somebody is known by, without the signs that nobody sees.
  private func name(_ field: String, _ row: SourceRow) -> String? {
    text(field, row).map(FieldText.visible).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// An employee number, or the address of a manager.
  private func number(_ field: String, _ row: SourceRow) -> String? {
    name(field, row).map(SpreadsheetDamage.identifier)
  }

  /// The values of a field in all of its columns, joined ones taken apart.
  private func split(_ field: String, _ row: SourceRow) -> [String] {
    guard let place = binding.fields[field] else { return [] }
    let words = place.allTexts(row)
    let parts = splitters[field].map { splitter in words.flatMap { splitter.split($0) } } ?? words
    return meant(field, parts)
  }

  private func path(_ text: String, separators: [String]) -> [String] {
    ChoiceSplitter(separators: separators) { _ in false }.split(text)
  }
}

/// A rejected row: all that is wrong with it, and what could be read of it.
package struct RejectedRow: Sendable {
  package var rejections: [Rejection]
  package var facts: Facts
  /// Whether it may be a line below the table and no row of it.
  package var isSparse: Bool
}

extension FormBinding.Place {
  /// The values in the first column that is filled, else the choices that are ticked; trimmed, without empty ones.
  func texts(_ row: SourceRow) -> [String] {
    for column in columns {
      let found = filled(row, column)
      if !found.isEmpty { return found }
    }
    return chosen(row)
  }

  /// The values in every column, and the choices that are ticked.
  func allTexts(_ row: SourceRow) -> [String] { columns.flatMap { filled(row, $0) } + chosen(row) }

  private func filled(_ row: SourceRow, _ column: Int) -> [String] {
    row.strings(column).map(\.trimmed).filter { !$0.isEmpty }
  }

  private func chosen(_ row: SourceRow) -> [String] {
    if choices.isEmpty { return [] }
    return choices.keys.sorted().compactMap { column in
      guard let choice = choices[column], let cell = row.string(column)?.trimmed, !cell.isEmpty else {
        return nil
      }
      if ticked.contains(WordKey(cell).strict) { return choice }
      if !ticked.isEmpty, FieldText.isTick(cell) { return nil }
      // A negative number is a code of the survey program for no answer, never a choice.
      if let number = Int(cell), number < 0 { return nil }
      return switch FieldText.flag(cell, words: [:]) {
      case true?: choice
      case false?: nil
      // The choice's own words; else what somebody wrote beside "other".
      case nil: WordKey(cell) == WordKey(choice) ? choice : cell
      }
    }
  }
}
