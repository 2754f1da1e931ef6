import Basics
import Programme
package import Regions

/// A form file for a stranger's export, with what is unsure of it marked for a person to look at.
package struct FormDraft {
  /// One line of `fields`.
  struct Field {
    var name: String
    var columns: [String] = []
    var separators: [String] = []
    var required = false
    var values: [(word: String, meaning: String)] = []
    var choices: [(heading: String, choice: String)] = []
    var ticked: [String] = []
    /// What a person should look at, and why.
    var checks: [String] = []
    /// Whether the line is commented out: it would do harm until somebody has completed it.
    var isIdle = false
    /// Where its first column is: the draft follows the file.
    var place = Int.max
  }

  struct Question {
    var name: String
    var kind: Form.Question.Kind
    var column: String
    var points: Int?
    var choices: [String] = []
    var checks: [String] = []
  }

  struct Condition {
    var column: String
    var words: [String]
    var why: String
  }

  var kind: Form.Kind
  let format: Form.Format
  let survey: String?
  var checks: [String] = []
  var headingRows: Int?
  var rowPath: String?
  var slices: (path: String, hasStart: Bool)?
  var fields: [Field] = []
  var roles: [(word: String, role: Role)] = []
  var roleChecks: [String] = []
  var dateOrder: (order: Form.DateOrder, why: String)?
  var questions: [Question] = []
  var only: [Condition] = []
  var except: [Condition] = []
  /// Headings of the columns that nothing uses, with how many cells are filled and the first value.
  var unused: [(heading: String, filled: Int, sample: String)] = []

  /// What was said of the export: the form says it too, where a form can.
  let wishes: FormWishes
  private let table: DraftTable
  private let region: Region
  private let topics: TopicIndex
  private let languages: DraftLanguages

  /// Drafts the form of an export.
  ///
  /// - Parameters:
  ///   - forms: whose headings are known: those that headquarters ships, and the regions' own.
  ///   - survey: the export holds the answers to this survey.
  ///   - wishes: what is not to be detected; of a workbook's sheets, else, that one counts whose headings are known best.
  package init(
    _ source: ByteSource, region: Region, forms: [Form], survey: String? = nil,
    _ wishes: FormWishes = FormWishes()
  ) throws(IntakeError) {
    let vocabulary = DraftVocabulary(forms)
    let table = try DraftTable(
      source, wishes, languages: [region.language] + region.fallbackLanguages,
      known: vocabulary.isHeading)
    self.table = table
    self.wishes = wishes
    self.region = region
    self.survey = survey
    format = table.format
    topics = TopicIndex(
      catalogue: region.topics.catalogue, languages: [region.language] + region.fallbackLanguages, distance: 0
    )
    languages = DraftLanguages(region)
    let units = DraftScores.units(of: table)
    kind = survey == nil ? FormDraft.kind(units, table, vocabulary) : .survey
    headingRows = table.format == .csv && table.headingRows > 1 ? table.headingRows : nil
    rowPath = table.rowPath
    let scores = DraftScores(
      table, units: units, kind: kind, region: region, topics: topics, languages: languages,
      vocabulary: vocabulary)
    let used = assign(scores)
    findSlices()
    findConditions(used)
    let free = units.indices.filter { !used.contains($0) }
    if kind == .survey { ask(free.map { units[$0] }) }
    addWhatLacks()
    let asked = Set(questions.map(\.column) + (only + except).map(\.column))
    for unit in free.map({ units[$0] }) {
      for column in unit.columns.map({ table.columns[$0] }) where !asked.contains(column.name) {
        let filled = column.filled
        let heading = column.name.isEmpty ? column.headings.first ?? "" : column.name
        unused.append((heading, filled.count, filled.first ?? ""))
      }
    }
  }

  /// How many things a person should look at.
  package var doubts: Int {
    checks.count + roleChecks.count + fields.reduce(0) { $0 + $1.checks.count }
      + questions.reduce(0) { $0 + $1.checks.count }
  }

  /// Fields and questions that have a column.
  package var fieldCount: Int { fields.count + questions.count }

  private static func kind(
    _ units: [DraftScores.Unit], _ table: DraftTable, _ vocabulary: DraftVocabulary
  ) -> Form.Kind {
    var best: [String: Int] = [:]
    var hasRoles = false
    for unit in units {
      let headings = unit.question.map { [$0] } ?? table.columns[unit.columns[0]].headings
      for kind in [Form.Kind.staff, .questionnaire] {
        for (field, score) in vocabulary.scores(headings, kind: kind) {
          best[field] = max(best[field] ?? 0, score)
        }
      }
      if unit.values.roles > 0.8, unit.values.distinct <= 12 { hasRoles = true }
    }
    func has(_ field: String) -> Bool { best[field] ?? 0 >= 50 }
    // A column "role" without such words may be the job that somebody has.
    let asksRole = hasRoles || best["role"] ?? 0 >= 90 && !has("employeeNumber")
    if asksRole || has("learn") && has("teach") { return .questionnaire }
    let facts = ["site", "department", "level", "manager", "employeeNumber"].count(where: has)
    return facts >= 2 || has("employeeNumber") && !has("learn") && !has("teach") ? .staff : .questionnaire
  }

  // MARK: - Fields

  /// Gives each field its column, the surest first; returns the units that are taken.
  private mutating func assign(_ scores: DraftScores) -> Set<Int> {
    var found: [(unit: Int, field: String, score: Int)] = []
    for (index, unit) in scores.units.enumerated() {
      guard unit.question != nil || !table.columns[unit.columns[0]].name.isEmpty else { continue }
      for (field, score) in scores.scores(unit) { found.append((index, field, score)) }
    }
    func place(_ field: String) -> Int { FormField.names.firstIndex(of: field) ?? .max }
    found.sort { (-$0.score, $0.unit, place($0.field)) < (-$1.score, $1.unit, place($1.field)) }
    var units: Set<Int> = []
    var taken: Set<String> = []
    for one in found where !units.contains(one.unit) && !taken.contains(one.field) {
      // Parts of a name, and the whole.
      if one.field == "name", taken.contains("familyName") { continue }
      if ["givenName", "familyName"].contains(one.field), taken.contains("name") { continue }
      var checks: [String] = []
      if one.score < 60 {
        checks.append("taken for \(one.field) by \(one.score <= 50 ? "its values" : "a word of its heading")")
      }
      for other in found where other.score > one.score - 8 {
        if other.field == one.field, other.unit != one.unit, !units.contains(other.unit) {
          checks.append("\(heading(scores.units[other.unit])) may be meant as well")
        } else if other.unit == one.unit, other.field != one.field, !taken.contains(other.field) {
          checks.append("it may be \(other.field) as well")
        }
      }
      units.insert(one.unit)
      taken.insert(one.field)
      add(one.field, scores.units[one.unit], checks: checks)
    }
    fields.sort { $0.place < $1.place }
    // `Nom` alone is the whole name.
    let parts = fields.indices.filter { ["givenName", "familyName"].contains(fields[$0].name) }
    if parts.count == 1, !taken.contains("name") { fields[parts[0]].name = "name" }
    return units
  }

  private func heading(_ unit: DraftScores.Unit) -> String {
    let column = table.columns[unit.columns[0]]
    return Quoted.heading(
      unit.question.flatMap { $0.isEmpty ? nil : $0 } ?? column.headings.first ?? column.name)
  }

  private mutating func add(_ name: String, _ unit: DraftScores.Unit, checks: [String]) {
    var field = Field(name: name, checks: checks)
    field.place = unit.columns[0]
    if let question = unit.question {
      shape(&field, unit, question)
    } else {
      field.columns = [table.columns[unit.columns[0]].name]
    }
    let values = unit.values
    switch name {
    case "role": read(roles: values, &field)
    case _ where DraftScores.flags.contains(name): read(flags: values, &field)
    case "level": read(levels: values, &field)
    case "languages": if unit.question == nil { read(languages: values, &field) }
    case "learn", "teach", "interests":
      if unit.question == nil {
        field.separators = DraftSeparators.found(values) { topics.exact(WordKey($0)) != nil }
        if values.filled > 0, values.share({ FieldText.isTick($0) }) > 0.5 {
          field.checks.append("its cells are ticks or codes: write under `values:` what each stands for")
        }
      }
    case "department": read(departments: values, &field)
    case "site": read(sites: values, &field)
    case "timestamp": read(times: values, &field)
    case "workingDays": field.separators = DraftSeparators.found(values) { _ in true }
    default: break
    }
    fields.append(field)
  }

  /// A multiple choice of which each choice has a column.
  private func shape(_ field: inout Field, _ unit: DraftScores.Unit, _ question: String) {
    let columns = unit.columns.map { table.columns[$0] }
    let headings = Headings(rows: [columns.map(\.name)])
    let isKnownByQuestion =
      headingRows == 2 || columns.indices.allSatisfy { headings.part($0)?.question == question }
    if isKnownByQuestion, !question.isEmpty {
      field.columns = [question]
    } else {
      for column in columns {
        let choice = column.choice ?? column.name
        field.choices.append((column.name, choice))
        if choice.allSatisfy(\.isNumber) {
          let check = "write the choice that each column stands for, as the questionnaire words it"
          if field.checks.last != check { field.checks.append(check) }
        }
      }
    }
    // Where 1 means "not chosen", a tick is 2.
    let words = Set(columns.flatMap { $0.filled })
    if words == ["1", "2"] || words == ["2"] {
      field.ticked = ["2"]
      field.checks.append("2 is taken for a tick, and 1 for none")
    }
  }

  private mutating func read(roles values: ColumnValues, _ field: inout Field) {
    var seen: Set<WordKey> = []
    for (value, _) in values.counts.prefix(20) {
      for word in value.split(separator: ";").map({ String($0).trimmed })
      where !word.isEmpty && seen.insert(WordKey(word)).inserted {
        if word.count > 200 { continue }
        let role = DraftWords.role(word)
        if role == nil {
          roleChecks.append("\(Quoted.word(word)) is taken for either: write mentor, mentee or either")
        }
        roles.append((word, role ?? .either))
      }
    }
    roles.sort { ($0.role.rawValue, $0.word) < ($1.role.rawValue, $1.word) }
    field.required = true
  }

  private func read(flags values: ColumnValues, _ field: inout Field) {
    for (value, _) in values.counts.prefix(12) where FieldText.flag(value, words: [:]) == nil {
      if let flag = DraftWords.flag(value) {
        field.values.append((value, flag ? "true" : "false"))
      } else {
        field.checks.append(
          "does \(Quoted.word(value)) mean yes or no? write it under `values:` as \"true\" or \"false\"")
      }
    }
  }

  private func read(levels values: ColumnValues, _ field: inout Field) {
    let words = values.counts.map(\.value).filter { FieldText.integer($0) == nil }
    for word in words.prefix(40) {
      let digits = word.split { !$0.isASCII || !$0.isNumber }
      if digits.count == 1, let number = digits.first.flatMap({ Int($0) }) {
        field.values.append((word, String(number)))
      } else {
        field.isIdle = true
      }
    }
    if field.isIdle {
      field.values = []
      let some = words.prefix(4).map(Quoted.word).joined(separator: ", ")
      field.checks.append(
        "write under `values:` which number each level is (\(some)), then remove the `# ` before the field")
    }
    field.values.sort { $0.word < $1.word }
  }

  private func read(languages values: ColumnValues, _ field: inout Field) {
    let words = Set(values.counts.flatMap { DraftSeparators.parts($0.value) }).sorted()
    field.separators = DraftSeparators.found(values) { languages.tag($0) != nil }
    guard words.count <= 200 else { return }
    for word in words where !languages.isRead(word) {
      if let tag = languages.tag(word) {
        field.values.append((word, tag))
      } else {
        field.checks.append("which language is \(Quoted.word(word))? write it under `values:` as a tag, `en`")
      }
    }
  }

  private func read(departments values: ColumnValues, _ field: inout Field) {
    for separator in ["/", ">", "\\", "|"] where values.share({ $0.contains(separator) }) > 0.3 {
      field.separators = [separator]
      return
    }
  }

  private mutating func read(sites values: ColumnValues, _ field: inout Field) {
    let unknown = values.counts.map(\.value).filter { region.site(named: $0) == nil }
    field.required = kind == .staff
    guard !unknown.isEmpty else { return }
    let some = unknown.prefix(4).map(Quoted.word).joined(separator: ", ")
    field.checks.append(
      "not a site of \(region.id): \(some)\(unknown.count > 4 ? " and \(unknown.count - 4) more" : ""); name each in "
        + "region.yaml, as a site or as an alias of one, or leave its rows out by `only:`")
  }

  private mutating func read(times values: ColumnValues, _ field: inout Field) {
    var dates = DateColumn()
    for (index, value) in values.counts.map(\.value).enumerated() { dates.add(value, line: index) }
    let proved = values.counts.lazy.compactMap { one -> Form.DateOrder? in
      if case .proved(let order) = TimeText.order(of: one.value) { order } else { nil }
    }
    if let order = proved.first, Set(proved).count == 1 {
      let proof = values.counts.first { TimeText.order(of: $0.value) == .proved(order) }?.value ?? ""
      dateOrder = (order, "by \(proof)")
    } else if dates.doubtful != nil {
      field.checks.append(
        Set(proved).count > 1
          ? "its dates are day-first and month-first: write them one way"
          : "is \(dates.doubtful?.text ?? "") day-first or month-first? state `date-order: day-first` or `date-order: month-first`"
      )
    }
    let unread = values.share { !TimeText.isTime($0) }
    if values.filled > 0, unread > 0.3 {
      field.checks.append(
        "its times are not read: state in `time-format` how they are written, yyyy-MM-dd HH:mm:ss")
    }
  }

  // MARK: - The form as a whole

  /// Elements that repeat as time slices end in `end_date`.
  private mutating func findSlices() {
    guard format == .xml else { return }
    let names = Set(table.columns.map(\.name))
    for name in names.sorted() where name.hasSuffix("/end_date") {
      let path = String(name.dropLast("/end_date".count))
      guard fields.contains(where: { $0.columns.contains { $0.hasPrefix(path + "/") } }) else { continue }
      slices = (path, names.contains(path + "/start_date"))
      return
    }
  }

  /// How a column of states says that an answer was sent.
  private static let finished: Set = [
    "complete", "completed", "finished", "abgeschlossen", "beendet", "dokonceno", "termine", "complet",
    "ukonczono", "kesz",
  ]

  /// The columns by which drafts, previews and tests are left out.
  private mutating func findConditions(_ used: Set<Int>) {
    guard kind != .staff else { return }
    if let stamp = fields.first(where: { $0.name == "timestamp" }), let heading = stamp.columns.first {
      let column = table.columns.first { $0.name == heading }
      let key = WordKey(heading).loose
      let isSubmission = ["submi", "abgeschickt", "odesl", "wyslan", "soumission"].contains {
        key.contains($0)
      }
      let hasGaps = column.map { !$0.filled.isEmpty && $0.filled.count < $0.cells.count } ?? false
      if isSubmission || hasGaps {
        only.append(Condition(column: "timestamp", words: [], why: "an answer that was not sent has no date"))
      }
    }
    let taken = Set(fields.flatMap { $0.columns })
    for column in table.columns where !column.name.isEmpty && !taken.contains(column.name) {
      let names = column.headings.map { WordKey($0).strict } + [WordKey(column.name).strict]
      let words = ColumnValues(column).counts.map(\.value)
      let keys = Set(words.map { WordKey($0).loose })
      if names.contains("finished") {
        only.append(
          Condition(column: column.name, words: ["True", "1", "Yes"], why: "answers that were finished"))
      } else if column.name.hasSuffix("_complete"),
        keys.isSubset(of: ["0", "1", "2", "incomplete", "unverified", "complete"])
      {
        only.append(
          Condition(column: column.name, words: ["2", "Complete"], why: "records that are complete"))
      } else if names.contains("distributionchannel") {
        except.append(Condition(column: column.name, words: ["preview"], why: "tries of the questionnaire"))
      } else if names.contains("status"), keys.contains("ipaddress") || keys.contains("surveypreview") {
        except.append(
          Condition(
            column: column.name, words: ["Survey Preview", "Survey Test", "Spam"], why: "tries and spam"))
      } else if names.contains("status") || names.contains("responsetype") || names.contains("stav"),
        !keys.isDisjoint(with: FormDraft.finished)
      {
        only.append(
          Condition(
            column: column.name, words: words.filter { FormDraft.finished.contains(WordKey($0).loose) },
            why: "answers that are complete"))
      }
    }
  }

  /// What a kind of form cannot do without, and the export seems to lack: for a person to name.
  private mutating func addWhatLacks() {
    func has(_ names: String...) -> Bool { fields.contains { names.contains($0.name) && !$0.isIdle } }
    func require(_ names: String...) {
      for index in fields.indices where names.contains(fields[index].name) { fields[index].required = true }
    }
    var lacking: [(name: String, heading: String, why: String)] = []
    switch kind {
    case .staff:
      if !has("employeeNumber") {
        lacking.append(("employeeNumber", "EMPLOYEE NUMBER", "no column seems to have it"))
      }
      if !has("name"), !has("familyName") || !has("givenName") {
        lacking.append(("name", "NAME", "no column seems to have the name"))
      }
      if !has("site") { lacking.append(("site", "SITE", "no column seems to have the site")) }
      require("employeeNumber", "email")
    case .questionnaire:
      if !has("email", "employeeNumber") {
        lacking.append(("email", "E-MAIL", "no column says whose answers they are"))
      }
      if !has("role") { lacking.append(("role", "ROLE", "no column says who is mentor and who mentee")) }
      require(has("email") ? "email" : "employeeNumber")
      if roles.isEmpty {
        roles = [("Mentor", .mentor), ("Mentee", .mentee)]
        roleChecks.append("write the words of the questionnaire for each role")
      }
      if !has("learn"), !has("teach") {
        checks.append(
          "is this a questionnaire? for a survey's answers, draft it with --survey NAME")
      }
    default: break
    }
    for one in lacking {
      fields.append(
        Field(
          name: one.name, columns: [format == .xml ? one.name : one.heading], required: true,
          checks: ["\(one.why): write the heading in place of \(format == .xml ? one.name : one.heading)"]))
    }
    if kind == .survey, questions.isEmpty {
      questions.append(
        Question(
          name: "q1", kind: .text, column: format == .xml ? "q1" : "QUESTION",
          checks: ["no column is left over for a question: write its heading in place of QUESTION"]))
    }
  }

  private mutating func ask(_ units: [DraftScores.Unit]) {
    var names: Set<String> = []
    for unit in units {
      let first = table.columns[unit.columns[0]]
      let column = unit.question.flatMap { $0.isEmpty ? nil : $0 } ?? first.name
      guard !column.isEmpty, unit.values.filled > 0 || unit.question != nil,
        !only.contains(where: { $0.column == column }), !except.contains(where: { $0.column == column })
      else { continue }
      var name = String(
        WordKey(column).loose.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(30))
      if column.utf8.count <= 30, column.wholeMatch(of: /[A-Za-z0-9_]+/) != nil { name = column }
      if name.isEmpty || name.first?.isNumber == true { name = "q\(questions.count + 1)" + name.prefix(20) }
      while !names.insert(name).inserted { name += "_" }
      questions.append(question(name, column, unit))
    }
  }

  private func question(_ name: String, _ column: String, _ unit: DraftScores.Unit) -> Question {
    let values = unit.values
    let words = values.counts.map(\.value)
    let numbers = words.compactMap(FieldText.integer)
    if unit.question != nil {
      let choices = unit.columns.map { table.columns[$0].choice ?? table.columns[$0].name }
      return Question(name: name, kind: .choices, column: column, choices: choices)
    }
    if numbers.count == words.count, let least = numbers.min(), let most = numbers.max() {
      if least >= 0, most <= 10, most > 7 || least == 0 {
        return Question(name: name, kind: .nps, column: column)
      }
      if least >= 1, most <= 7 {
        return Question(
          name: name, kind: .likert, column: column, points: most > 5 ? 7 : 5,
          checks: most < 5 ? ["no answer is above \(most): is it a scale of 5 points?"] : [])
      }
      return Question(name: name, kind: .number, column: column)
    }
    if values.distinct <= 8, values.filled >= values.distinct * 2, words.allSatisfy({ $0.count < 60 }) {
      return Question(
        name: name, kind: .choice, column: column, choices: words.sorted(),
        checks: values.distinct >= 3
          ? [
            "are these points of a scale? then write `kind: likert`, `points: 5` and under `values:` which word is which"
          ]
          : [])
    }
    return Question(name: name, kind: .text, column: column)
  }
}
