/// Remembers what words mean: forms offer few choices, and many people tick them.
final class TopicMemo {
  private let index: TopicIndex
  private lazy var sentences = TopicMentions(catalogue: index.catalogue, languages: index.languages)
  private var meanings: [String: TopicIndex.Meaning] = [:]
  private var known: [String: Bool] = [:]
  /// So many words are kept; free words beyond them are looked up each time.
  private static let most = 1 << 16

  init(_ index: TopicIndex) { self.index = index }

  func meaning(of word: String) -> TopicIndex.Meaning {
    if let meaning = meanings[word] { return meaning }
    var meaning = index.meaning(of: word)
    if case .unknown(let nearest) = meaning {
      let mentions = sentences.mentions(in: word)
      if !mentions.isEmpty { meaning = .sentence(mentions, nearest: nearest) }
    }
    if meanings.count < TopicMemo.most { meanings[word] = meaning }
    return meaning
  }

  func isKnown(_ word: String) -> Bool {
    if let flag = known[word] { return flag }
    let flag = index.exact(WordKey(word)) != nil
    if known.count < TopicMemo.most { known[word] = flag }
    return flag
  }
}
