import Programme
import Testing

@testable import Intake

struct TopicIndexTests {
  static func topic(_ id: String, _ aliases: [String: [String]]) -> Topic {
    Topic(id: id, names: aliases.compactMapValues(\.first), aliases: aliases)
  }

  static let catalogue = TopicCatalogue([
    topic("leadership", ["en": ["leadership"], "de": ["Führung"], "pl": ["przywództwo"], "zh": ["领导力"]]),
    topic(
      "e-bike", ["en": ["e-bike", "electric bicycle"], "de": ["E-Bike"], "hu": ["elektromos kerékpár"]]),
    topic("c", ["en": ["C"]]),
    topic("c-sharp", ["en": ["C#"]]),
    topic("marsh", ["en": ["marsh land"]]),
    topic("march", ["en": ["march land"]]),
    topic("pole", ["pl": ["łąka"]]),
    topic("lake", ["pl": ["laka"]]),
  ])

  private func meaning(_ word: String, _ languages: [String] = ["en"], distance: Int = 200)
    -> TopicIndex.Meaning
  {
    TopicIndex(catalogue: TopicIndexTests.catalogue, languages: languages, distance: distance).meaning(
      of: word)
  }

  @Test(arguments: [
    ("leadership", "en", "leadership"), ("LEADERSHIP ", "en", "leadership"),
    ("ｌｅａｄｅｒｓｈｉｐ", "en", "leadership"),
    ("E Bike", "de", "e-bike"), ("ebike", "de", "e-bike"), ("e\u{2011}bike", "en", "e-bike"),
    ("FÜHRUNG", "de", "leadership"), ("Fu\u{308}hrung", "de", "leadership"), ("Fuhrung", "de", "leadership"),
    ("przywodztwo", "pl", "leadership"), ("领导力", "zh", "leadership"), ("elektromos kerekpar", "hu", "e-bike"),
    ("c", "en", "c"), ("C#", "en", "c-sharp"),
  ])
  func spellingIsForgiven(word: String, language: String, id: String) {
    #expect(meaning(word, [language]) == .topic(id: id))
  }

  @Test func wordsOfOtherLanguagesCountOnlyExactly() {
    #expect(meaning("leadership", ["de"]) == .topic(id: "leadership"))
    #expect(meaning("e-bike", []) == .topic(id: "e-bike"), "the id is a word too")
    #expect(meaning("leadershop", ["hu"], distance: 1000) != .near(id: "leadership", alias: "leadership"))
  }

  @Test func aDiacriticDecidesWhereItMustOnly() {
    #expect(meaning("łąka", ["pl"]) == .topic(id: "pole"))
    #expect(meaning("laka", ["pl"]) == .topic(id: "lake"))
    // Both topics are spelled so without diacritics: neither is taken.
    let torn = meaning("ląka", ["pl"], distance: 0)
    #expect(torn != .topic(id: "pole") && torn != .topic(id: "lake"))
  }

  @Test func theNearestAliasWithinTheDistance() {
    #expect(meaning("leadershp") == .near(id: "leadership", alias: "leadership"))
    #expect(meaning("leadershp", distance: 99) == .unknown(nearest: "leadership"))
    #expect(meaning("leadershp", distance: 100) == .near(id: "leadership", alias: "leadership"))
    #expect(meaning("knitting") == .unknown(nearest: nil))
  }

  @Test func betweenTwoTopicsNoneIsGuessed() {
    #expect(meaning("marxh land") == .unknown(nearest: "march land"))
  }

  @Test func nothingIsNoTopic() {
    #expect(meaning("") == .unknown(nearest: nil))
    #expect(meaning(" – ") == .unknown(nearest: nil))
  }
}
