import Basics
import Programme
import Regions

/// How surely each column of a stranger's export is each field: by its heading and by its values.
struct DraftScores {
  /// A column, or the columns of one multiple choice.
  struct Unit {
    var columns: [Int]
    /// Of a multiple choice with a column for each: its question.
    var question: String?
    var values: ColumnValues
  }

  let units: [Unit]
  private let table: DraftTable
  private let region: Region
  private let topics: TopicIndex
  private let languages: DraftLanguages
  private let vocabulary: DraftVocabulary
  private let kind: Form.Kind

  /// Below this a column is not taken for a field.
  static let least = 45

  init(
    _ table: DraftTable, units: [Unit], kind: Form.Kind, region: Region, topics: TopicIndex,
    languages: DraftLanguages, vocabulary: DraftVocabulary
  ) {
    self.table = table
    self.units = units
    self.kind = kind
    self.region = region
    self.topics = topics
    self.languages = languages
    self.vocabulary = vocabulary
  }

  /// The columns as they belong together.
  static func units(of table: DraftTable) -> [Unit] {
    var groups: [String: [Int]] = [:]
    for (index, column) in table.columns.enumerated() {
      if let question = column.question { groups[question, default: []].append(index) }
    }
    func isGroup(_ columns: [Int]) -> Bool {
      columns.count > 1
        && columns.allSatisfy { index in
          let values = ColumnValues(table.columns[index])
          let choice = WordKey(table.columns[index].choice ?? "")
          return values.areTicks || values.counts.allSatisfy { WordKey($0.value) == choice }
        }
    }
    var taken: Set<Int> = []
    var units: [Unit] = []
    for (index, column) in table.columns.enumerated() where !taken.contains(index) {
      if let question = column.question, let columns = groups[question], isGroup(columns) {
        taken.formUnion(columns)
        units.append(Unit(columns: columns, question: question, values: ColumnValues(column)))
      } else {
        // A column for each choice, whose heading is the choice and whose only value is the same: Typeform's way.
        var columns: [Int] = []
        for next in index..<table.columns.count where next == index + columns.count {
          let heading = WordKey(table.columns[next].name)
          let values = ColumnValues(table.columns[next])
          if !heading.isEmpty, values.distinct == 1,
            values.counts.allSatisfy({ WordKey($0.value) == heading })
          {
            columns.append(next)
          }
        }
        if columns.count < 2 { columns = [index] }
        taken.formUnion(columns)
        units.append(
          Unit(columns: columns, question: columns.count > 1 ? "" : nil, values: ColumnValues(column)))
      }
    }
    return units
  }

  func headings(_ unit: Unit) -> [String] {
    if let question = unit.question {
      let wordings = unit.columns.prefix(1).flatMap { table.columns[$0].headings }
        .map { String($0.split(separator: " (choice=").first ?? "") }
      return [question] + wordings
    }
    return unit.columns.flatMap { table.columns[$0].headings }
  }

  /// The scores of the fields that a unit may be, each from `least` to 100.
  func scores(_ unit: Unit) -> [String: Int] {
    let heads = vocabulary.scores(headings(unit), kind: kind)
    var found: [String: Int] = [:]
    for field in fields {
      let score = min(100, score(field, unit, head: heads[field] ?? 0))
      if score >= DraftScores.least { found[field] = score }
    }
    return found
  }

  private var fields: [String] {
    switch kind {
    case .staff:
      FormField.names.filter { !DraftScores.answers.contains($0) && $0 != "cohort" }
    case .survey:
      ["response", "timestamp", "email", "employeeNumber", "cohort", "role", "site", "department", "level"]
    default: FormField.names.filter { $0 != "cohort" }
    }
  }

  private static let answers = flags.union([
    "role", "learn", "teach", "interests", "comments", "timestamp", "response", "acquainted", "capacity",
  ])

  /// What is asked for by yes or no.
  static let flags = Set(Person.fields.fields.filter { $0.flag != nil }.map(\.key)).union(["consent"])

  // MARK: - One field

  private func score(_ field: String, _ unit: Unit, head: Int) -> Int {
    let values = unit.values
    if unit.question != nil {
      let choices = unit.columns.map { table.columns[$0].choice ?? table.columns[$0].name }
      // What else would be asked by ticks? A person decides.
      return ["learn", "teach", "interests"].contains(field)
        ? max(head, kind == .questionnaire ? known(choices) > 0.4 ? 50 : DraftScores.least : 0)
        : ["languages", "workingDays"].contains(field) ? head : 0
    }
    if values.filled == 0 { return head * 6 / 10 }
    switch field {
    case _ where DraftScores.flags.contains(field):
      return values.flags >= 0.6 ? (head > 0 ? head + 10 : 0) : head - 30
    case "email":
      if values.addresses >= 0.5 { return head > 0 ? head / 2 + 55 : 70 }
      return values.share { WordKey($0).strict == "anonymous" } > 0.5 ? head : 0
    case "employeeNumber":
      guard head > 0, values.share({ $0.contains { $0.isNumber } }) > 0.5, values.addresses < 0.5,
        values.times < 0.5
      else { return 0 }
      return values.isUnique || values.filled == 1 ? head + 10 : head - 30
    case "response": return values.isUnique || values.filled == 1 ? head : head - 40
    case "timestamp":
      if values.times >= 0.7 { return head > 0 ? head + 10 : 55 }
      return head >= 60 && values.share { TimeText.isTime($0) } > 0.7 ? head : 0
    case "role":
      if values.roles >= 0.6, values.distinct <= 12 { return max(head, 50) + 40 }
      return values.distinct <= 8 && values.addresses == 0 && kind == .questionnaire ? head - 25 : 0
    case "site":
      if values.share({ region.site(named: $0) != nil }) >= 0.5 { return max(head, 40) + 40 }
      return values.numbers < 0.5 ? head - 5 : 0
    case "languages":
      if head > 0 { return languages.share(values) > 0.5 ? head + 15 : head - 25 }
      return languages.share(values, ofOwnNames: true) >= 0.8 && values.distinct > 1 ? 60 : 0
    case "learn", "teach", "interests":
      let share = known(values.counts.flatMap { DraftSeparators.parts($0.value) })
      if values.addresses > 0.3 || values.times > 0.5 || values.numbers > 0.5 { return 0 }
      return head > 0 ? head + Int(15 * share) : share >= 0.5 ? 50 : 0
    case "capacity": return values.numbers > 0.8 ? head : 0
    case "name", "givenName", "familyName":
      return values.addresses < 0.3 && values.numbers < 0.3 && values.times < 0.3 ? head : 0
    case "department":
      if values.addresses > 0.3 || values.times > 0.3 { return 0 }
      let paths = values.share { $0.contains("/") || $0.contains(" > ") }
      if head > 0 { return head + (paths > 0.5 ? 10 : 0) }
      return kind == .staff && paths > 0.7 && values.distinct < values.filled ? 55 : 0
    case "level": return values.addresses < 0.3 && values.times < 0.3 ? head : 0
    case "manager": return values.times < 0.3 ? head : 0
    case "workingHours": return values.share { FieldText.span($0) != nil } > 0.5 ? max(head, 50) : 0
    case "timeZone": return values.share { $0.contains("/") || $0 == "UTC" } > 0.5 ? head : 0
    default: return head
    }
  }

  /// The share of the words that are topics.
  private func known(_ words: [String]) -> Double {
    let words = words.prefix(400)
    guard !words.isEmpty else { return 0 }
    return Double(words.count { topics.exact(WordKey($0)) != nil }) / Double(words.count)
  }
}

/// What headings are called in every form there is, and in `DraftWords`.
struct DraftVocabulary {
  private var known: [Form.Kind: [String: Set<String>]] = [:]

  /// - Parameter forms: those that headquarters ships, and the regions' own.
  init(_ forms: [Form]) {
    for form in forms {
      for (field, place) in form.fields where FormField.known.contains(field) {
        for heading in place.columns {
          known[form.kind, default: [:]][WordKey(heading).strict, default: []].insert(field)
        }
      }
    }
  }

  /// How surely headings mean each field in a kind of form, 0 to 100.
  func scores(_ headings: [String], kind: Form.Kind) -> [String: Int] {
    var scores: [String: Int] = [:]
    for heading in headings {
      var own = DraftWords.scores(heading)
      let kinds = kind == .survey ? [.survey, .questionnaire] : [kind]
      for field in kinds.flatMap({ known[$0]?[WordKey(heading).strict] ?? [] }) {
        own[field] = max(own[field] ?? 0, 96)
      }
      for (field, score) in own { scores[field] = max(scores[field] ?? 0, score) }
    }
    return scores
  }

  /// How surely a cell is a heading at all.
  func isHeading(_ text: String) -> Int {
    Form.Kind.allCases.map { scores([text], kind: $0).values.max() ?? 0 }.max() ?? 0
  }
}

/// How several values are joined in one cell.
enum DraftSeparators {
  private static let all = [";", "；", "、", "|", "\n", " • ", ", ", ",", " / "]

  /// A cell by every separator that it may have.
  static func parts(_ cell: String) -> [String] {
    cell.split { ";；、|\n•,".contains($0) }.map { String($0).trimmed }.filter { !$0.isEmpty }
  }

  /// The separators that the cells show.
  ///
  /// - Parameter isKnown: whether a part is a word that is known.
  static func found(_ values: ColumnValues, isKnown: (String) -> Bool) -> [String] {
    var found: [String] = []
    for separator in all {
      let cells = values.counts.map(\.value).filter { cell in
        cell.contains(separator) && !found.contains { $0.contains(separator) || separator.contains($0) }
      }
      if cells.isEmpty { continue }
      if separator == ", " || separator == "," || separator == " / " {
        // A comma may belong to a sentence: parts that are known, or that recur, say that it joins.
        let parts = cells.flatMap { cell in
          cell.split(separator: separator).map { String($0).trimmed }.filter { !$0.isEmpty }
        }
        let recurring = Dictionary(parts.map { ($0, 1) }, uniquingKeysWith: +).values.filter { $0 > 1 }
        let isJoined =
          parts.count { isKnown($0) } * 3 > parts.count || recurring.reduce(0, +) * 2 > parts.count
        guard isJoined else { continue }
      }
      found.append(separator)
    }
    return found
  }
}

/// Languages by their names in any language (Unicode CLDR).
final class DraftLanguages {
  private let own: LanguageNames
  private var known: [String: String?] = [:]
  private lazy var every = LanguageNames(LanguageNames.every)

  init(_ region: Region) { own = LanguageNames([region.language] + region.fallbackLanguages) }

  /// Whether an import knows the word by itself.
  func isRead(_ word: String) -> Bool { FieldText.languageTag(word) != nil || own.tag(word) != nil }

  /// The tag of a language; `angličtina B2` and `anglais (courant)` are English.
  func tag(_ word: String) -> String? {
    if let tag = own.tag(word) { return tag }
    if let known = known[word] { return known }
    let bare = word.split { "(-–:".contains($0) }.first.map { String($0).trimmed } ?? word
    let first = bare.split(separator: " ").first.map(String.init) ?? bare
    let tag =
      [word, bare, first].lazy.compactMap { self.own.tag($0) ?? self.every.tag($0) }.first
      ?? FieldText.languageTag(word) ?? (bare == word ? nil : FieldText.languageTag(bare))
    known[word] = .some(tag)
    return tag
  }

  /// The share of the words that are languages.
  ///
  /// - Parameter ofOwnNames: whether names in the region's own languages count alone, and no codes.
  func share(_ values: ColumnValues, ofOwnNames: Bool = false) -> Double {
    let words = values.counts.prefix(100).flatMap { DraftSeparators.parts($0.value) }.prefix(200)
    guard !words.isEmpty, words.allSatisfy({ $0.count < 60 }) else { return 0 }
    let known = words.count { ofOwnNames ? $0.count > 3 && own.tag($0) != nil : tag($0) != nil }
    return Double(known) / Double(words.count)
  }
}
