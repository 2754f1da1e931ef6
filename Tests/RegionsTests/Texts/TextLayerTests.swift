import Basics
import Foundation
import Programme
import Testing

@testable import Regions

@Suite struct TextLayerTests {
  private func told(_ text: String, language: String = "en") -> [String] {
    TextLayer.read(Array(text.utf8), file: "en.yaml", language: language).diagnostics.map(\.description)
  }

  @Test func whatIsRightIsKeptBesideWhatIsWrong() {
    let read = TextLayer.read(
      Array("session:\n  summary: \"{{number}}\"\n  sumary: x\nbundle:\n  name: \"{{nme}}\"\n".utf8),
      file: "en.yaml", language: "en")
    #expect(read.layer.texts[.sessionSummary]?.source == "{{number}}")
    #expect(
      read.diagnostics.map(\.description) == [
        "en.yaml:3:3: error: unknown key `sumary`: did you mean `summary`?",
        "en.yaml:5:10: error: unknown variable `nme`: known are both, cohort, count, mentee.name, mentor.name, office.email,"
          + " office.name, sessions",
      ])
  }

  @Test func anUnknownVariableIsReportedWithTheNearestAndItsPlaceInABlock() {
    let text = "session:\n  description: |\n    Hello\n\n    dear {{mentro.name}}, {{#frist}}x{{/frist}}\n"
    #expect(
      told(text) == [
        "en.yaml:5:10: error: unknown variable `mentro.name`: did you mean `mentor.name`?",
        "en.yaml:5:27: error: unknown variable `frist`: did you mean `first`?",
      ])
  }

  @Test func aTemplateThatDoesNotRenderIsReportedWithItsPlace() {
    #expect(
      told("session:\n  summary: \"a {{number\"\n") == ["en.yaml:2:15: error: `{{` is never closed: add `}}`"]
    )
    #expect(
      told("session:\n  cancelled: >\n    a\n    {{#first}} b\n").first
        == "en.yaml:2:14: error: the section `first` is never closed: add `{{/first}}`")
  }

  @Test func unknownGroupsAndFormsAreReportedWithTheNearest() {
    #expect(told("sesion: {}\n") == ["en.yaml:1:1: error: unknown key `sesion`: did you mean `session`?"])
    #expect(told("qqq: {}\n") == ["en.yaml:1:1: error: unknown key `qqq`: delete it"])
    #expect(
      told("counted:\n  minuts: {one: a, other: b}\n")
        == ["en.yaml:2:3: error: unknown key `minuts`: did you mean `minutes`?"])
    #expect(
      told("counted:\n  minutes: {one: a, othr: b, other: c}\n")
        == ["en.yaml:2:21: error: unknown key `othr`: did you mean `other`?"])
  }

  @Test func aPluralFormThatTheLanguageNeedsIsMissed() {
    let text = "counted:\n  minutes: {one: \"{{n}} a\", other: \"{{n}} b\"}\n"
    #expect(told(text) == [])
    #expect(
      told(text, language: "pl")
        == ["en.yaml:2:3: error: `minutes` lacks `few`, `many`, which numbers take in `pl`: add it"])
    #expect(
      told("counted:\n  minutes: {one: a}\n")
        == ["en.yaml:2:3: error: `minutes` lacks `other`, which numbers take in `en`: add it"])
  }

  @Test func datesAndListsAreWhole() {
    #expect(
      told("dates:\n  months: [a, b]\n  weekdays: [a, b, c, d, e, f, g]\n  long: \"{{day}}\"\n") == [
        "en.yaml:2:3: error: `dates` needs `months` (12), `weekdays` (7, Monday first), `long` and `short`",
        "en.yaml:2:11: error: 12 words are needed here, not a list",
      ])
    #expect(
      told("list: {between: a}\n")
        == ["en.yaml:1:7: error: `list` needs `between` and `last`: state how members are joined"])
  }

  @Test func typesAreReported() {
    #expect(
      told("session: x\n") == ["en.yaml:1:10: error: `session` is a mapping, not `x`: write `key: value`"])
    #expect(
      told("session:\n  summary: [a]\n") == ["en.yaml:2:12: error: a text belongs here, not a list"])
    #expect(told("") == [])
    #expect(!told("session: {summary: \"a}\n").isEmpty)
  }

  /// A shipped file with bytes replaced, cut and doubled: told or read, never a crash, and always the same.
  @Test func noBytesCrashIt() throws {
    let whole = try Data(contentsOf: Sample.root.appending(path: "Config/texts/pl.yaml")).prefix(4000)
    let noise: [UInt8] = Array("{}[]:|>#&*!%@`'\"\\,-?\n\t \u{0}".utf8) + [0xC3, 0xFF]
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var faulty = 0
    for _ in 0..<150 {
      var bytes = [UInt8](whole)
      for _ in 0...next(4) {
        let place = next(bytes.count)
        switch next(3) {
        case 0: bytes[place] = noise[next(noise.count)]
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + next(40)))
        default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + next(40))], at: place)
        }
      }
      let read = TextLayer.read(bytes, file: "pl.yaml", language: "pl")
      if !read.diagnostics.isEmpty { faulty += 1 }
      #expect(read.diagnostics == TextLayer.read(bytes, file: "pl.yaml", language: "pl").diagnostics)
      #expect(read.diagnostics.allSatisfy { ($0.line ?? 0) > 0 && ($0.column ?? 0) > 0 })
    }
    #expect(faulty > 50)
  }
}
