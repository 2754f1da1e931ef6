import Basics
import Foundation
import Programme
package import Regions

/// Reads the rows of one file as facts about people, by one form of one region.
package struct FactsReader {
  /// A word that no topic is known by, where it stood.
  package struct UnknownWord: Sendable, Hashable {
    package var word: String
    package var column: Int?
    package var heading: String?
    package var nearest: String?
    /// The alias that it was taken for; nil: it stays a free word.
    package var takenFor: String?
  }

  /// What came of a row.
  package enum Reading: Sendable {
    case facts(Facts)
    case rejected(RejectedRow)
  }

  /// The faults of a row, before it is given its place and its raw bytes.
  private struct Fault: Error {
    var code: String
    var text: String
    var field: String?
  }

  package let region: Region
  package let binding: FormBinding
  private let title: (Int) -> String
  private let topics: TopicMemo
  private let splitters: [String: ChoiceSplitter]
  private let roles: [WordKey: Role]
  private let values: [String: [WordKey: String]]
  private let attributes: [String]

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
    attributes = binding.fields.keys.filter { !FormField.known.contains($0) }
      .sorted { $0.precedesByBytes($1) }
  }

  /// The site that the row names, if this region has it: how rows of a form that regions share find their region.
  package func site(_ row: SourceRow) -> Site? {
    text("site", row).flatMap { region.site(named: $0) }
  }

  /// Who the row is about, read without any judgement: e-mail address and employee number.
  package func identity(_ row: SourceRow) -> (email: String?, number: String?) {
    (name("email", row)?.lowercased(), name("employeeNumber", row))
  }

  /// The facts of the row, or why it is rejected. Unknown topic words go to `unknown`.
  package func facts(
    _ row: SourceRow, sheet: Int, file: String, unknown: (UnknownWord) -> Void
  ) -> Reading {
    var facts = Facts(sheet: sheet, line: row.line, row: row.number, raw: row.raw)
    do throws(Fault) {
      try readIdentity(row, &facts)
      try readPlace(row, &facts)
      try readWishes(row, &facts, unknown: unknown)
      return .facts(facts)
    } catch {
      let fault = error
      let column = fault.field.flatMap { binding.fields[$0] }
        .flatMap { $0.columns.first ?? $0.choices.keys.min() }
      let rejection = Rejection(
        file: file, line: column.map { row.line(of: $0) } ?? row.line, row: row.number,
        column: column.map { $0 + 1 },
        heading: column.map(title), code: fault.code, fault: fault.text, raw: facts.raw)
      return .rejected(
        RejectedRow(rejection: rejection, email: facts.emailKey, employeeNumber: facts.employeeNumber))
    }
  }

  // MARK: - The parts of a row

  private func readIdentity(_ row: SourceRow, _ facts: inout Facts) throws(Fault) {
    facts.employeeNumber = name("employeeNumber", row)
    if let email = name("email", row) {
      if WordKey(email).strict == "anonymous" {
        throw Fault(
          code: "bad-email", text: "the form was answered anonymously: ask the person to answer signed in",
          field: "email")
      }
      if let fault = EmailAddress.fault(of: email) {
        throw Fault(
          code: "bad-email", text: "the e-mail address \(Quoted.word(email)) \(fault): correct it",
          field: "email")
      }
      facts.email = email
    }
    if facts.email == nil, facts.employeeNumber == nil {
      throw Fault(
        code: "no-identity", text: "neither an e-mail address nor an employee number: fill in one of them",
        field: binding.fields["email"] != nil ? "email" : "employeeNumber")
    }
    facts.name = text("name", row).map(Headings.flattened)
    if facts.name == nil {
      let parts = [text("givenName", row), text("familyName", row)].compactMap { $0 }
      if !parts.isEmpty { facts.name = parts.joined(separator: " ") }
    }
    if binding.form.kind == .staff {
      guard facts.employeeNumber != nil else {
        throw Fault(code: "no-identity", text: "no employee number: fill it in", field: "employeeNumber")
      }
      guard facts.name != nil else {
        throw Fault(code: "no-name", text: "no name: fill it in", field: "name")
      }
      if binding.fields["email"] != nil, facts.email == nil {
        throw Fault(code: "bad-email", text: "no e-mail address: fill it in", field: "email")
      }
    }
  }

  private func readPlace(_ row: SourceRow, _ facts: inout Facts) throws(Fault) {
    var site: Site?
    if let name = text("site", row) {
      site = region.site(named: name)
      guard let site else {
        let names = region.sites.map(\.name)
        throw Fault(
          code: "unknown-site",
          text: "unknown site \(Quoted.word(name)): write one of \(Phrases.list(names)), "
            + "or add it to the sites of region \(region.id)", field: "site")
      }
      facts.site = site.name
    }
    let separators = binding.form.fields["department"]?.separators ?? []
    for text in texts("department", row).prefix(1) {
      facts.department = path(text, separators: separators.isEmpty ? ["/"] : separators)
    }
    if binding.form.kind == .staff, binding.fields["department"] != nil, facts.department.isEmpty {
      throw Fault(code: "unknown-department", text: "no department: fill it in", field: "department")
    }
    if let level = text("level", row) {
      guard let number = FieldText.integer(level) else {
        throw Fault(
          code: "bad-number",
          text: "the level \(Quoted.word(level)) is no whole number: correct it, or say in the form's values "
            + "what it means", field: "level")
      }
      facts.level = number
    }
    facts.manager = text("manager", row)
    if binding.fields["languages"] != nil {
      var tags: Set<String> = []
      for word in split("languages", row) {
        guard let tag = FieldText.languageTag(word) else {
          throw Fault(
            code: "unknown-language",
            text:
              "unknown language \(Quoted.word(word)): write a tag such as 'de', or say in the form's values "
              + "what it means", field: "languages")
        }
        tags.insert(tag)
      }
      facts.languages = tags.sorted { $0.precedesByBytes($1) }
    }
    facts.workingHours = try workingHours(row, site: site)
    if let zone = text("timeZone", row) {
      guard TimeZone(identifier: zone) != nil, zone.contains("/") || zone == "UTC" else {
        throw Fault(
          code: "unknown-zone",
          text: "unknown time zone \(Quoted.word(zone)): write an IANA name such as Europe/Berlin",
          field: "timeZone")
      }
      facts.timeZone = zone
    }
    for name in attributes {
      if let text = text(name, row) { facts.attributes[name] = text }
    }
  }

  private func readWishes(
    _ row: SourceRow, _ facts: inout Facts, unknown: (UnknownWord) -> Void
  ) throws(Fault) {
    if binding.fields["role"] != nil {
      facts.role = try role(row)
    }
    facts.learn = readTopics("learn", row, &facts.said, unknown)
    facts.teach = readTopics("teach", row, &facts.said, unknown)
    facts.interests = readTopics("interests", row, &facts.said, unknown)
    let comments = texts("comments", row)
    if !comments.isEmpty { facts.said["comments"] = comments }
    if let text = text("capacity", row) {
      guard let number = FieldText.integer(text), (0...100).contains(number) else {
        throw Fault(
          code: "bad-number",
          text: "the number of tandems \(Quoted.word(text)) is no whole number from 0 to 100: "
            + "correct it", field: "capacity")
      }
      facts.capacity = number
    }
    facts.acquainted = split("acquainted", row)
    for (key, _) in Person.flags { facts.flags[key] = try flag(key, row) }
    facts.timestamp = text("timestamp", row).flatMap { TimeText.parse($0, pattern: binding.form.timeFormat) }
  }

  private func role(_ row: SourceRow) throws(Fault) -> Role {
    let words = split("role", row).flatMap { $0.split(separator: ";").map { String($0).trimmed } }
      .filter { !$0.isEmpty }
    var found: Set<Role> = []
    for word in words {
      guard let role = roles[WordKey(word)] else {
        let names = binding.form.roles.keys.sorted { $0.precedesByBytes($1) }
        let choices = names.isEmpty ? Role.allCases.map(\.rawValue) : names
        throw Fault(
          code: "unknown-role",
          text: "unknown role \(Quoted.word(word))\(Nearest.phrase(word, among: choices)): write one of "
            + "\(choices.joined(separator: ", ")), or add the word to the roles of form \(binding.form.name)",
          field: "role")
      }
      found.insert(role)
    }
    guard let first = found.first else {
      throw Fault(code: "unknown-role", text: "no role: fill it in", field: "role")
    }
    // Who ticks both boxes will take either seat.
    return found.count == 1 ? first : .either
  }

  private func readTopics(
    _ field: String, _ row: SourceRow, _ said: inout [String: [String]],
    _ unknown: (UnknownWord) -> Void
  ) -> [String] {
    guard let place = binding.fields[field] else { return [] }
    let words = split(field, row)
    if !words.isEmpty { said[field] = words }
    var ids: [String] = []
    for word in words {
      let column = place.columns.first ?? place.choices.keys.min()
      switch topics.meaning(of: word) {
      case .topic(let id):
        if !ids.contains(id) { ids.append(id) }
      case .near(let id, let alias):
        if !ids.contains(id) { ids.append(id) }
        unknown(
          UnknownWord(
            word: word, column: column.map { $0 + 1 }, heading: column.map(title), nearest: alias,
            takenFor: alias))
      case .unknown(let nearest):
        unknown(
          UnknownWord(word: word, column: column.map { $0 + 1 }, heading: column.map(title), nearest: nearest)
        )
      }
    }
    return ids
  }

  private func flag(_ field: String, _ row: SourceRow) throws(Fault) -> Bool? {
    guard let text = text(field, row) else { return nil }
    guard let flag = FieldText.flag(text, words: values[field] ?? [:]) else {
      throw Fault(
        code: "unknown-word",
        text:
          "\(Quoted.word(text)) is neither yes nor no: correct it, or say in the form's values what it means",
        field: field)
    }
    return flag
  }

  private func workingHours(_ row: SourceRow, site: Site?) throws(Fault) -> WorkingHours? {
    let words = split("workingDays", row)
    var span: ClockSpan?
    if let text = text("workingHours", row) {
      span = FieldText.span(text)
      guard span != nil else {
        throw Fault(
          code: "bad-hours",
          text: "the working hours \(Quoted.word(text)) are no span such as 08:00-14:30: correct them",
          field: "workingHours")
      }
    }
    guard !words.isEmpty || span != nil else { return nil }
    var days: Set<Weekday> = []
    for word in words {
      guard let day = Weekday(rawValue: word.lowercased()) else {
        throw Fault(
          code: "unknown-day",
          text: "unknown weekday \(Quoted.word(word)): say in the form's values which day it is",
          field: "workingDays")
      }
      days.insert(day)
    }
    if let span {
      return WorkingHours(days: words.isEmpty ? Set(Weekday.allCases.prefix(5)) : days, span: span)
    }
    guard let site else { return nil }
    return WorkingHours(spans: site.workingHours.spans.filter { days.contains($0.key) })
  }

  // MARK: - Cells

  /// The values of a field, trimmed, each word replaced by what the form says that it means.
  private func texts(_ field: String, _ row: SourceRow) -> [String] {
    guard let place = binding.fields[field] else { return [] }
    return meant(field, place.texts(row))
  }

  private func meant(_ field: String, _ words: [String]) -> [String] {
    guard let meanings = values[field], !meanings.isEmpty else { return words }
    return words.map { meanings[WordKey($0)] ?? $0 }
  }

  private func text(_ field: String, _ row: SourceRow) -> String? { texts(field, row).first }

  /// What somebody is known by, without the signs that nobody sees.
  private func name(_ field: String, _ row: SourceRow) -> String? {
    text(field, row).map(FieldText.visible).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The values of a field, joined ones taken apart.
  private func split(_ field: String, _ row: SourceRow) -> [String] {
    guard let place = binding.fields[field] else { return [] }
    let words = place.texts(row)
    let parts = splitters[field].map { splitter in words.flatMap { splitter.split($0) } } ?? words
    return meant(field, parts)
  }

  private func path(_ text: String, separators: [String]) -> [String] {
    ChoiceSplitter(separators: separators) { _ in false }.split(text)
  }
}

/// A rejected row, and whom it was about as far as that is known: others must not miss the person in vain.
package struct RejectedRow: Sendable {
  package var rejection: Rejection
  package var email: String?
  package var employeeNumber: String?
}

extension FormBinding.Place {
  /// The values of the row at this place, trimmed, without empty ones.
  func texts(_ row: SourceRow) -> [String] {
    for column in columns {
      let found = row.strings(column).map(\.trimmed).filter { !$0.isEmpty }
      if !found.isEmpty { return found }
    }
    var chosen: [String] = []
    for column in choices.keys.sorted() {
      guard let choice = choices[column], let cell = row.string(column)?.trimmed, !cell.isEmpty else {
        continue
      }
      switch FieldText.flag(cell, words: [:]) {
      case true?: chosen.append(choice)
      case false?: continue
      // The choice's own words; else what somebody wrote beside "other".
      case nil: chosen.append(WordKey(cell) == WordKey(choice) ? choice : cell)
      }
    }
    return chosen
  }
}
