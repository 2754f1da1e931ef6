import Foundation
import Testing

@testable import Basics

@Suite struct FoldedTextTests {
  private func words(_ text: String) -> [String] {
    FoldedText(text).words.map { String(String.UnicodeScalarView($0.compactMap(Unicode.Scalar.init))) }
  }

  @Test(arguments: [
    ("Künstliche Intelligenz", ["kunstliche", "intelligenz"]), ("GROẞE Straße", ["grosse", "strasse"]),
    ("Łódź, Żółć!", ["lodz", "zolc"]), ("közösségi  média", ["kozossegi", "media"]),
    ("ＡＩ　ﬁle", ["ai", "file"]), ("数据-隐私", ["数据", "隐私"]), ("Σίσυφος", ["σισυφοσ"]),
    ("İstanbul ışık", ["istanbul", "isik"]),
    ("3D-Druck 2.0", ["3d", "druck", "2", "0"]), ("", []), (" – ", []),
    ("O'Neil O’Neil", ["oneil", "oneil"]),
  ]) func textIsFoldedToPlainWords(_ text: String, _ expected: [String]) {
    #expect(words(text) == expected)
  }

  @Test func composedAndDecomposedTextIsOne() {
    #expect(FoldedText("é") == FoldedText("e\u{301}"))
    #expect(FoldedText("Ő") == FoldedText("O\u{30B}"))
  }

  @Test func marksOfOtherScriptsStay() {
    #expect(FoldedText("かき") != FoldedText("がき"))
    #expect(FoldedText("कि") != FoldedText("क"))
  }
}

@Suite struct WordsMeasureTests {
  static let answers: [[String]] = [
    ["media społecznościowe"], ["ochrona danych", "wideo i blogi"], ["praca mobilna"],
    ["sztuczna inteligencja"],
    ["analiza danych"], ["rower elektryczny"], ["firmowa platforma społecznościowa"],
  ]

  private func likeness(_ a: String, _ b: String, in answers: [[String]] = Self.answers) -> Int {
    let measure = WordsMeasure(answers: answers)
    return WordsMeasure.similarity(measure.vector(of: [a]), measure.vector(of: [b]))
  }

  @Test(arguments: [
    ("sztuczna inteligencja", "sztucznej inteligencji", "rower elektryczny"),
    ("soziale Medien", "Social-Media und soziale Netze", "Einkauf"), ("数据隐私", "数据的隐私保护", "领导力"),
    ("közösségi média", "kozossegi mediaban", "okosotthon"),
    ("data privacy", "privacy of data", "smart home"),
  ]) func formsOfOneWordAreNearerThanOtherWords(_ word: String, _ form: String, _ other: String) {
    let answers = [[word], [form], [other], ["x"]]
    #expect(likeness(word, form, in: answers) > 300)
    #expect(likeness(word, other, in: answers) < 150)
    #expect(likeness(word, form, in: answers) > likeness(word, other, in: answers))
  }

  @Test func likenessIsSymmetricWithinBoundsAndFullForTheSame() {
    let texts = Self.answers.flatMap { $0 } + ["", "zupełnie co innego", "DANYCH"]
    for a in texts {
      for b in texts {
        let value = likeness(a, b)
        #expect(value == likeness(b, a))
        #expect((0...1000).contains(value))
      }
      if !a.isEmpty { #expect(likeness(a, a) == 1000 || !Self.answers.contains { $0.contains(a) }) }
    }
  }

  @Test func theOrderOfTheAnswersChangesNothing() {
    for (a, b) in [("analiza danych", "ochrona danych"), ("wideo", "wideo i blogi")] {
      #expect(likeness(a, b) == likeness(a, b, in: Self.answers.reversed()))
    }
  }

  @Test func rarePiecesCountMore() {
    let common = Array(repeating: ["dane"], count: 20) + [["dane kwarki"], ["dane rower"]]
    #expect(likeness("kwarki", "dane kwarki", in: common) > likeness("dane", "dane kwarki", in: common))
  }

  @Test func aTextOfAnyLengthIsMeasured() {
    let long = String(repeating: "danych ", count: 200_000)
    #expect(likeness(long, "analiza danych") > 0)
  }

  @Test func matchesNameTheLikestAnswers() {
    let measure = WordsMeasure(answers: Self.answers)
    let found = measure.matches(
      ["nic", "ochrony danych", "wideo i blogi"], ["blogi i wideo", "ochrona danych"])
    #expect(found.map(\.a) == ["wideo i blogi", "ochrony danych"])
    #expect(found.map(\.b) == ["blogi i wideo", "ochrona danych"])
  }

  @Test func theLogarithmIsTheBinaryOneRoundedDown() {
    for number in Array(1...5000) + [1 << 20, 123_456_789, Int(Int32.max), 1 << 50] {
      let exact = Foundation.log2(Double(number)) * 256
      #expect(abs(Double(WordsMeasure.logarithm(number)) - exact) <= 1.001)
    }
    #expect(WordsMeasure.logarithm(1) == 0)
    #expect(WordsMeasure.logarithm(1024) == 2560)
  }
}
