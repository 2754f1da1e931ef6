/// What a language does to words in sentences: endings, negations, and topic words that mean something else as well.
///
/// All words are folded as by `FoldedText`: without case and marks.
struct SentenceLanguage: Sendable {
  /// Endings of inflected forms, longest first.
  let endings: [[UInt32]]
  /// Words that deny what their clause says; `kein…` stands for every word that begins so.
  let negations: [String]
  /// Words that begin a new clause.
  let turns: Set<String>
  /// Topic words that are too common to be a topic of a sentence.
  let common: Set<String>
  /// Names that are common words when they begin with a small letter.
  let names: Set<String>
  /// Letters that people write for one with a mark.
  let digraphs: [(letters: [UInt32], plain: UInt32)]

  private init(
    endings: String = "", negations: String = "", turns: String = "", common: String = "",
    names: String = "", digraphs: [(letters: String, plain: String)] = []
  ) {
    func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
    self.endings = words(endings).map { $0.unicodeScalars.map(\.value) }.sorted { $0.count > $1.count }
    self.negations = words(negations)
    self.turns = Set(words(turns))
    self.common = Set(words(common))
    self.names = Set(words(names))
    self.digraphs = digraphs.flatMap { pair in
      pair.plain.unicodeScalars.map { (pair.letters.unicodeScalars.map(\.value), $0.value) }
    }
  }

  /// Letters that an ending must leave.
  private static let leastStem = 4

  static let all: [String: SentenceLanguage] = [
    "en": SentenceLanguage(
      endings: "s",
      negations: "no not nothing never without dont doesnt didnt cannot cant isnt hardly neither nor",
      turns: "but",
      common:
        "managing management quality operations lean equity environment climate charging buying purchase",
      names: "teams signal slack discord zoom tableau azure"),
    "de": SentenceLanguage(
      endings: "e en er es em n s", negations: "nichts nicht kein… nie niemals ohne", turns: "aber sondern",
      common: "qualitat teams", digraphs: [("ae", "a"), ("oe", "o"), ("ue", "u")]),
    "pl": SentenceLanguage(
      endings: "a e i o u y em ie om ow ach ami ego emu ej ych ymi ym im iem owi owie ze ia iom iach iami",
      negations: "nie nic nigdy bez zadn…", turns: "ale lecz", common: "jakosc kadry"),
    "cs": SentenceLanguage(
      endings: "a e i o u y em ie um u ach ami eho emu ych ymi ym im ou ich ove iho imu mi",
      negations: "nic nikdy bez zadn… ne…", turns: "ale", common: "kvalita"),
    "hu": SentenceLanguage(
      endings:
        "t at et ot k ak ek ok a e ban ben ba be nak nek val vel rol rel bol bol ra re hoz hez tol ig on en i o om em am mal mel"
        + " ja je ai ei jat jet kat ket",
      negations: "nem semmi… nincs… soha sem nelkul", turns: "de hanem", common: "minoseg"),
    "es": SentenceLanguage(
      endings: "s es", negations: "no nada nunca sin ningun… tampoco", turns: "pero sino", common: "calidad"),
    "fr": SentenceLanguage(
      endings: "s x e es", negations: "pas rien jamais sans aucun…", turns: "mais", common: "qualite"),
    "zh": SentenceLanguage(
      negations: "不会 不懂 不了解 不知道 不熟 不太 没有 没用过 没学过 从未 一无所知", turns: "但",
      common: "管理 质量 生产 运营 制造"),
  ]

  /// The word without its endings.
  ///
  /// The same is done to the words of the catalogue, so that it matters little whether what remains is a word.
  func stem(_ word: ArraySlice<UInt32>) -> ArraySlice<UInt32> {
    var word = word
    for (letters, plain) in digraphs where word.count > SentenceLanguage.leastStem {
      word = ArraySlice(
        word.split(separator: letters, omittingEmptySubsequences: false).joined(separator: [plain]))
    }
    while let ending = endings.first(where: {
      word.count >= SentenceLanguage.leastStem + $0.count && word.suffix($0.count).elementsEqual($0)
    }) {
      word = word.dropLast(ending.count)
    }
    return word
  }
}
