import Programme
import Testing

@testable import Intake

struct FieldTextTests {
  @Test("addresses lose what nobody sees")
  func visible() {
    for text in [
      "\u{200B}a@b.com", "a\u{AD}@b.com\u{FEFF}", "mailto:a@b.com", " a\u{FF20}b.com",
      "\u{202A}a@b.com\u{202C}",
    ] {
      #expect(FieldText.visible(text) == "a@b.com")
    }
    #expect(FieldText.visible("\u{200B}").isEmpty)
  }

  @Test func wholeNumbers() {
    #expect(FieldText.integer("3") == 3 && FieldText.integer("3.0") == 3 && FieldText.integer("3,00") == 3)
    #expect(FieldText.integer("-2") == -2)
    for text in ["", "3.5", "3.", "x", "1e3", "99999999999999999999"] {
      #expect(FieldText.integer(text) == nil)
    }
  }

  @Test func flags() {
    for word in ["Yes", "ja", "TAK", "igen", "是", "1", "true"] {
      #expect(FieldText.flag(word, words: [:]) == true)
    }
    for word in ["No", "nein", "Nie", "nem", "否", "0"] { #expect(FieldText.flag(word, words: [:]) == false) }
    #expect(FieldText.flag("perhaps", words: [:]) == nil)
    // -1 is how survey programs write that nothing was answered.
    #expect(FieldText.flag("-1", words: [:]) == nil && FieldText.flag("-0", words: [:]) == nil)
    #expect(FieldText.flag("I agree!", words: [WordKey("I agree"): "true"]) == true)
  }

  @Test func languageTags() {
    #expect(FieldText.languageTag("DE") == "de" && FieldText.languageTag("zh-hans-cn") == "zh-Hans-CN")
    #expect(FieldText.languageTag("pt_BR") == "pt-BR")
    for text in ["", "x", "english", "d1", "de-", "日本"] { #expect(FieldText.languageTag(text) == nil) }
  }

  @Test func spans() {
    #expect(FieldText.span("08:00-14:30") == ClockSpan(480..<870))
    #expect(FieldText.span("8 – 14") == ClockSpan(480..<840))
    for text in ["", "8", "14-8", "8-25", "8:60-9", "a-b"] { #expect(FieldText.span(text) == nil) }
  }
}
