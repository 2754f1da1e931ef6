import Basics
import Programme

/// Topics that a sentence mentions: aliases that stand in it as whole words, the longest first.
///
/// Scripts without spaces have no words, so that an alias may begin at each of their characters. Inflected forms count in the
/// languages of the form; aliases of all other languages count as they are.
struct TopicMentions: Sendable {
  struct Mention: Hashable, Sendable {
    var topic: String
    var alias: String
    /// Whether the clause denies it: "I know nothing about Facebook".
    var isNegated: Bool
  }

  private struct Alias: Sendable {
    var topic: String
    var text: String
    var isPreferred: Bool
    /// Letters by which the text must be written: of abbreviations and of names that are common words as well.
    var spelling: Spelling
  }

  private enum Spelling: Sendable {
    case any
    /// All capitals: `SI`, which is a word in most languages when written small.
    case capitals
    /// One capital, which is not that of a sentence's beginning: `Teams`.
    case name
    /// A capital, as the nouns of a language have it that is not the form's: `Handy`.
    case noun
  }

  private struct Word {
    var folded: ArraySlice<UInt32>
    var written: String.UnicodeScalarView
    var clause: Int
    var beginsClause: Bool
  }

  /// A key that two topics share is no key: its value is nil.
  private typealias Table = [[UInt32]: Alias?]

  private var exact: Table = [:]
  private var inflected: [(language: SentenceLanguage, table: Table)] = []
  /// The first letters of all keys: most words are no beginning of any.
  private var beginnings: Set<UInt64> = []
  private var longest = 1
  private let negations: [String]
  private let turns: Set<String>

  init(catalogue: TopicCatalogue, languages: [String]) {
    let own = languages.map { String($0.prefix { $0 != "-" }).lowercased() }
    let grammars = (own + ["en"]).compactMap { SentenceLanguage.all[$0] }
    negations = grammars.flatMap(\.negations)
    turns = grammars.reduce(into: []) { $0.formUnion($1.turns) }
    let tables = Set(own).filter { SentenceLanguage.all[$0] != nil }.sorted { $0.precedesByBytes($1) }
    inflected = tables.compactMap { SentenceLanguage.all[$0] }.map { ($0, [:]) }
    for topic in catalogue.topics {
      for (tag, aliases) in topic.aliases.sorted(by: { $0.key.precedesByBytes($1.key) }) {
        let language = String(tag.prefix { $0 != "-" }).lowercased()
        for text in aliases {
          let words = TopicMentions.words(text)
          let key = words.flatMap(\.folded)
          guard key.count > 1,
            words.contains(where: { $0.folded.count > 1 || FoldedText.isIdeograph($0.folded[0]) }),
            let spelling = TopicMentions.spelling(text, words, language, isOwn: own.contains(language))
          else { continue }
          let alias = Alias(
            topic: topic.id, text: text, isPreferred: own.contains(language), spelling: spelling)
          longest = max(longest, words.count)
          TopicMentions.claim(&exact, key, alias)
          beginnings.insert(TopicMentions.beginning(key[...]))
          if let place = tables.firstIndex(of: language) {
            let grammar = inflected[place].language
            let stems = words.flatMap { grammar.stem($0.folded) }
            TopicMentions.claim(&inflected[place].table, stems, alias)
            beginnings.insert(TopicMentions.beginning(stems[...]))
          }
        }
      }
    }
  }

  /// The region's own languages decide where two topics share a key.
  private static func claim(_ table: inout Table, _ key: [UInt32], _ alias: Alias) {
    switch table[key] {
    case nil: table[key] = .some(alias)
    case let holder??:
      if alias.isPreferred, !holder.isPreferred {
        table[key] = .some(alias)
      } else if holder.topic != alias.topic, alias.isPreferred == holder.isPreferred {
        table[key] = .some(nil)
      }
    case .some(nil): break
    }
  }

  /// How the alias must be written in a sentence; nil where it is never one's topic.
  private static func spelling(
    _ text: String, _ words: [Word], _ language: String, isOwn: Bool
  ) -> Spelling? {
    let scalars = text.unicodeScalars
    if words.count == 1, let word = words.first {
      let folded = String(String.UnicodeScalarView(word.folded.compactMap(Unicode.Scalar.init)))
      if SentenceLanguage.all[language]?.common.contains(folded) == true { return nil }
      if SentenceLanguage.all[language]?.names.contains(folded) == true { return .name }
    } else if words.allSatisfy({ FoldedText.isIdeograph($0.folded[0]) }),
      SentenceLanguage.all[language]?.common.contains(text) == true
    {
      return nil
    }
    if words.count == 1, scalars.count <= 4, scalars.allSatisfy({ $0.properties.isUppercase }) {
      return .capitals
    }
    let isNoun = language == "de" && scalars.first?.properties.isUppercase == true
    return isNoun && !isOwn && words.count == 1 ? .noun : .any
  }

  /// The topics that the text mentions, in its order, each once.
  ///
  /// - Complexity: O(*n* · *w*) for *n* words and aliases of at most *w* words.
  func mentions(in text: String) -> [Mention] {
    let words = TopicMentions.words(text, turns: turns)
    guard words.count > 0 else { return [] }
    let isIdeographic = words.contains { FoldedText.isIdeograph($0.folded[0]) }
    var negated: Set<Int>?
    var found: [Mention] = []
    var index = 0
    while index < words.count {
      guard let (alias, count) = alias(at: index, of: words, isIdeographic: isIdeographic) else {
        index += 1
        continue
      }
      let clauses = negated ?? negatedClauses(words)
      negated = clauses
      let mention = Mention(
        topic: alias.topic, alias: alias.text, isNegated: clauses.contains(words[index].clause))
      if !found.contains(where: { $0.topic == mention.topic && $0.isNegated == mention.isNegated }) {
        found.append(mention)
      }
      index += count
    }
    return found
  }

  private func alias(at index: Int, of words: [Word], isIdeographic: Bool) -> (Alias, Int)? {
    var window = index..<index
    while window.upperBound < words.count, window.count < longest,
      words[window.upperBound].clause == words[index].clause
    {
      window = index..<(window.upperBound + 1)
    }
    func key(_ count: Int) -> [UInt32] { words[index..<(index + count)].flatMap(\.folded) }
    let head = words[index..<(index + min(3, window.count))]
    let isBeginning =
      mayBegin(head.flatMap(\.folded))
      || inflected.contains { language, _ in
        mayBegin(head.flatMap { language.stem($0.folded) })
      }
    guard isBeginning else { return nil }
    for count in stride(from: window.count, to: 0, by: -1) {
      let here = words[index..<(index + count)]
      let joined = key(count)
      var candidates: [Alias] = []
      if case let alias?? = exact[joined] { candidates.append(alias) }
      for (language, table) in inflected {
        if case let alias?? = table[here.flatMap { language.stem($0.folded) }] { candidates.append(alias) }
      }
      // Short words side by side are no abbreviation: "a I".
      if count > 1, joined.count <= 4, !FoldedText.isIdeograph(joined[0]) { continue }
      if let alias = candidates.first(where: { isSpelled($0, here, isIdeographic) }) { return (alias, count) }
    }
    return nil
  }

  /// Whether a key begins as the letters do.
  private func mayBegin(_ letters: [UInt32]) -> Bool {
    (1...3).contains { beginnings.contains(TopicMentions.beginning(letters.prefix($0))) }
  }

  private func isSpelled(_ alias: Alias, _ words: ArraySlice<Word>, _ isIdeographic: Bool) -> Bool {
    guard let first = words.first else { return false }
    return switch alias.spelling {
    case .any: true
    case .capitals: isIdeographic || first.written.allSatisfy { !$0.properties.isLowercase }
    case .noun: first.written.first?.properties.isUppercase == true
    case .name: !first.beginsClause && first.written.first?.properties.isUppercase == true
    }
  }

  private func negatedClauses(_ words: [Word]) -> Set<Int> {
    var clauses: [Int: [String]] = [:]
    for word in words {
      let text = String(String.UnicodeScalarView(word.folded.compactMap(Unicode.Scalar.init)))
      clauses[word.clause, default: []].append(text)
    }
    return Set(
      clauses.filter { _, words in
        let characters = words.joined()
        return negations.contains { negation in
          if negation.unicodeScalars.allSatisfy({ FoldedText.isIdeograph($0.value) }) {
            return characters.contains(negation)
          }
          return words.indices.contains { index in
            let isOnly = words.indices.contains(index + 1) && words[index + 1] == "only"
            return !isOnly
              && (negation.hasSuffix("…")
                ? words[index].hasPrefix(negation.dropLast()) : words[index] == negation)
          }
        }
      }.keys)
  }

  private static func beginning(_ key: ArraySlice<UInt32>) -> UInt64 {
    key.prefix(3).reduce(0) { $0 << 21 | UInt64($1) }
  }

  /// Words, and single characters of scripts without spaces; what divides clauses is counted.
  private static func words(_ text: String, turns: Set<String> = []) -> [Word] {
    var words: [Word] = []
    var written = String.UnicodeScalarView()
    var clause = 0
    var wasDot = false
    func end() {
      defer { written = String.UnicodeScalarView() }
      if written.isEmpty { return }
      let folded = FoldedText(String(written)).scalars.filter { $0 != 0x20 }
      if folded.isEmpty { return }
      if !turns.isEmpty,
        turns.contains(String(String.UnicodeScalarView(folded.compactMap(Unicode.Scalar.init))))
      {
        clause += 1
      }
      words.append(
        Word(
          folded: folded[...], written: written, clause: clause, beginsClause: words.last?.clause != clause))
    }
    for scalar in text.unicodeScalars {
      let properties = scalar.properties
      if wasDot, properties.isWhitespace { clause += 1 }
      wasDot = scalar == "."
      if FoldedText.isIdeograph(scalar.value) {
        end()
        written.append(scalar)
        end()
      } else if properties.isAlphabetic || properties.numericType != nil || scalar == "'"
        || scalar == "\u{2019}"
        || properties.generalCategory == .nonspacingMark
      {
        written.append(scalar)
      } else {
        end()
        switch scalar {
        case ",", ";", ":", "!", "?", "(", ")", "\n", "\r", "、", "，", "。", "；", "！", "？", "：": clause += 1
        default: break
        }
      }
    }
    end()
    return words
  }
}
