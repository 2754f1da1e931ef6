import Foundation
import Programme
import Regions
import TestSupport
import Testing

@testable import Intake

/// Answers in whole sentences, held against the shipped topics.
@Suite struct TopicMentionsTests {
  private static let regions = ["pl": "pl", "de": "de", "hu": "hu", "zh": "cn", "en": "us"]

  private struct Sentence {
    var language: String
    var field: String
    var text: String
    var topics: Set<String>
  }

  private static func sentences() throws -> [Sentence] {
    let file = Repository.path + "/Tests/IntakeTests/Fixtures/topics/sentences.tsv"
    return try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(cells.count == 4, "\(line)")
      return Sentence(
        language: cells[0], field: cells[1], text: cells[2],
        topics: Set(cells[3].split(separator: ",").map(String.init)))
    }
  }

  private static func topics(of sentence: Sentence, _ memo: TopicMemo) -> Set<String> {
    switch memo.meaning(of: sentence.text) {
    case .topic(let id), .near(let id, _): [id]
    case .sentence(let mentions, _):
      Set(mentions.filter { sentence.field == "learn" || !$0.isNegated }.map(\.topic))
    case .unknown: []
    }
  }

  @Test func whatSentencesMentionIsFoundAndNothingElse() throws {
    var memos: [String: TopicMemo] = [:]
    for (language, id) in Self.regions {
      let region = try #require(
        ConfigurationFolder(path: Repository.config).load([id]).first)
      memos[language] = TopicMemo(
        TopicIndex(
          catalogue: region.topics.catalogue, languages: [language], distance: region.topics.aliasDistance))
    }
    var (found, missed, wrong) = (0, [String](), [String]())
    for sentence in try Self.sentences() {
      let topics = Self.topics(of: sentence, try #require(memos[sentence.language]))
      found += topics.intersection(sentence.topics).count
      for topic in sentence.topics.subtracting(topics).sorted() {
        missed.append("\(sentence.text): \(topic)")
      }
      for topic in topics.subtracting(sentence.topics).sorted() { wrong.append("\(sentence.text): \(topic)") }
    }
    // A verb and the program's name in small letters are one word.
    #expect(wrong == ["how to excel in front of customers: spreadsheets"])
    #expect(missed == [])
    #expect(found == 98)
  }

  private static let catalogue = TopicCatalogue([
    TopicIndexTests.topic("social", ["en": ["Facebook", "social media"], "pl": ["media społecznościowe"]]),
    TopicIndexTests.topic("networks", ["en": ["social network", "social networks at work"]]),
    TopicIndexTests.topic("ai", ["en": ["AI"], "pl": ["SI"]]),
    TopicIndexTests.topic("phones", ["de": ["Handy"]]),
    TopicIndexTests.topic("teams", ["en": ["Teams"]]),
    TopicIndexTests.topic("c", ["en": ["C#"]]),
    TopicIndexTests.topic("chat", ["en": ["ChatGPT"], "zh": ["聊天机器人"]]),
    TopicIndexTests.topic("robots", ["zh": ["机器人"]]),
    TopicIndexTests.topic("media", ["en": ["arts"]]), TopicIndexTests.topic("crafts", ["en": ["arts"]]),
  ])

  private func mentions(_ text: String, _ languages: [String] = ["en"]) -> [String] {
    TopicMentions(catalogue: Self.catalogue, languages: languages).mentions(in: text)
      .map { ($0.isNegated ? "not " : "") + $0.topic }
  }

  @Test(arguments: [
    ("what Facebook is, and facebook again", ["social"]), ("Facebooking all day", []),
    ("I like social networks at work best", ["networks"]), ("SOCIAL-MEDIA and e-mail", ["social"]),
    ("chat gpt for me", ["chat"]), ("I have a I do not know", []), ("said in AI terms", ["ai"]),
    ("I said ai", []), ("no Facebook, but social networks", ["not social", "networks"]),
    ("not only Facebook", ["social"]), ("Teams of ten", []), ("meetings in Teams", ["teams"]),
    ("C minor", []),
    ("a handy tool", []), ("my Handy is old", ["phones"]), ("arts and more", []), ("", []), ("…", []),
    ("the media", []),
  ])
  func wholeWordsAlone(text: String, topics: [String]) {
    #expect(mentions(text) == topics)
  }

  @Test func inflectedFormsOfTheFormsLanguagesAlone() {
    #expect(mentions("o mediach społecznościowych", ["pl"]) == ["social"])
    #expect(mentions("o mediach spolecznosciowych", ["pl"]) == ["social"])
    #expect(mentions("o mediach społecznościowych", ["en"]) == [])
    #expect(mentions("media społecznościowe dla mnie", ["en"]) == ["social"])
  }

  @Test func scriptsWithoutSpacesHaveNoWords() {
    #expect(mentions("我喜欢聊天机器人和机器人", ["zh"]) == ["chat", "robots"])
    #expect(mentions("我不懂聊天机器人，喜欢机器人", ["zh"]) == ["not chat", "robots"])
  }
}
