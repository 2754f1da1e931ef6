import Basics

/// The columns of one delimited file, by every name that its heading rows give them.
///
/// One row: the heading. Two: the question, carried on over blanks, and the choice below it (SurveyMonkey), or a code and its
/// label (SoSci Survey, LimeSurvey's VV export). Three (Qualtrics): code, wording, import id. A column answers to each of
/// these, and to `question [choice]`.
package struct Headings: Sendable {
  private struct Column: Sendable {
    var names: [String]
    /// The question and the choice, where the heading says both.
    var question: String?
    var choice: String?
  }

  private let columns: [Column]
  private let exact: [String: [Int]]
  private let forgiving: [String: [Int]]

  package init(rows: [[String]]) {
    let count = rows.map(\.count).max() ?? 0
    var columns: [Column] = []
    var carried = ""
    let hasChoices = Headings.hasChoices(rows)
    for index in 0..<count {
      let texts = rows.map { index < $0.count ? Headings.flattened($0[index]) : "" }
      var column = Column(names: texts.filter { !$0.isEmpty })
      if hasChoices {
        if !texts[0].isEmpty { carried = texts[0] }
        if !carried.isEmpty, !Headings.isPlain(texts[1]) {
          (column.question, column.choice) = (carried, texts[1])
          column.names = [carried, texts[1], "\(carried) [\(texts[1])]"]
        }
      } else if let text = texts.first, let (question, choice) = Headings.bracketed(text) {
        (column.question, column.choice) = (question, choice)
      }
      if texts.count >= 3, let id = Headings.importID(texts[2]) { column.names.append(id) }
      columns.append(column)
    }
    self.columns = columns
    var exact: [String: [Int]] = [:]
    var forgiving: [String: [Int]] = [:]
    for (index, column) in columns.enumerated() {
      for name in column.names where exact[name]?.last != index { exact[name, default: []].append(index) }
      for key in column.names.map({ WordKey($0).strict }) where forgiving[key]?.last != index {
        forgiving[key, default: []].append(index)
      }
    }
    self.exact = exact
    self.forgiving = forgiving
  }

  package var count: Int { columns.count }

  /// The heading of a column as people see it; empty where it has none.
  package func title(_ column: Int) -> String {
    columns.indices.contains(column) ? columns[column].names.first ?? "" : ""
  }

  /// The question of a multiple choice and the choice that the column stands for; nil where its heading has no such two.
  func part(_ column: Int) -> (question: String, choice: String)? {
    guard columns.indices.contains(column), let question = columns[column].question,
      let choice = columns[column].choice
    else { return nil }
    return (question, choice)
  }

  /// Columns without any heading, from 1.
  package var untitled: [Int] { columns.indices.filter { columns[$0].names.isEmpty }.map { $0 + 1 } }

  /// The columns of that name: spelled so, else spelled so but for case, punctuation and spaces.
  package func columns(named name: String) -> [Int] {
    let flat = Headings.flattened(name)
    if let found = exact[flat] { return found }
    let key = WordKey(flat).strict
    return key.isEmpty ? [] : forgiving[key] ?? []
  }

  /// The columns that an export made of one multiple choice, with the choice that each stands for.
  package func choices(of name: String) -> [(column: Int, choice: String)] {
    let wanted = WordKey(name).strict
    guard !wanted.isEmpty else { return [] }
    return columns.indices.compactMap { index in
      guard let question = columns[index].question, let choice = columns[index].choice,
        WordKey(question).strict == wanted
      else { return nil }
      return (index, choice)
    }
  }

  /// One line, single spaces: headings are quoted over several lines, and HTML leaves no-break spaces.
  static func flattened(_ text: String) -> String {
    var last: UInt8 = 0x20
    let isFlat = text.utf8.allSatisfy { byte in
      defer { last = byte }
      return (0x20...0x7E).contains(byte) && (byte != 0x20 || last != 0x20)
    }
    if isFlat, last != 0x20 { return text }
    return String(text.split { $0.isWhitespace || $0 == "\u{FEFF}" }.joined(separator: " "))
  }

  /// `code[choice]` or `Question [choice]`.
  private static func bracketed(_ text: String) -> (String, String)? {
    guard text.hasSuffix("]"), let open = text.lastIndex(of: "["), open > text.startIndex else { return nil }
    let choice = text[text.index(after: open)...].dropLast()
    let question = String(text[..<open]).trimmed
    return choice.isEmpty || question.isEmpty ? nil : (question, String(choice))
  }

  /// Whether the second of two rows holds choices: of a question that goes on over blanks, or what stands for a choice. Else it
  /// holds labels.
  private static func hasChoices(_ rows: [[String]]) -> Bool {
    guard rows.count == 2 else { return false }
    return rows[1].indices.contains { index in
      let below = flattened(rows[1][index])
      let isCarried = index >= rows[0].count || flattened(rows[0][index]).isEmpty
      return !below.isEmpty && (isCarried || isPlain(below))
    }
  }

  /// What SurveyMonkey writes below a question that is no multiple choice.
  private static func isPlain(_ text: String) -> Bool {
    ["", "response", "openendedresponse"].contains(WordKey(text).strict)
  }

  /// `{"ImportId":"QID1"}` → `QID1`.
  private static func importID(_ text: String) -> String? {
    guard let found = text.range(ofWord: "\"ImportId\":") else { return nil }
    let rest = text[found...].drop { $0 == " " || $0 == "\"" }
    let id = rest.prefix { $0 != "\"" && $0 != "}" && $0 != "," }
    return id.isEmpty ? nil : String(id)
  }
}

extension String {
  /// The index behind the first occurrence of an ASCII word.
  fileprivate func range(ofWord word: String) -> String.Index? {
    let needle = Array(word.utf8)
    var index = utf8.startIndex
    while index < utf8.endIndex {
      if utf8[index...].starts(with: needle) { return utf8.index(index, offsetBy: needle.count) }
      index = utf8.index(after: index)
    }
    return nil
  }
}
