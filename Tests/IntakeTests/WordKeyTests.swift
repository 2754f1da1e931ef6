import Testing

@testable import Intake

/// What counts in a word, and what does not.
@Suite struct WordKeyTests {
  @Test(arguments: [
    ("E-Bike", "e bike"), ("ＥＢＩＫＥ", "e-bike"), ("COVID-19", "covid 19"), ("- 9", "9"), ("+48", "+ 48"),
    ("\u{2212}9", "-9"), ("－９", "-9"), ("-9 = no answer", "-9 no answer"), ("Z\u{307}uk", "Żuk"),
  ])
  func oneWord(_ one: String, _ other: String) { #expect(WordKey(one) == WordKey(other)) }

  @Test(arguments: [
    ("-9", "9"), ("-1", "1"), ("\u{2212}9", "9"), ("-99", "99"), ("-9 kein Wert: Ä", "9 kein Wert: Ä"),
    ("C++", "C"),
    ("-1,5", "1,5"),
  ])
  func twoWords(_ one: String, _ other: String) {
    #expect(WordKey(one).strict != WordKey(other).strict && WordKey(one).loose != WordKey(other).loose)
  }

  @Test func diacriticsCountInTheStrictKeyAlone() {
    #expect(WordKey("Führung").strict != WordKey("Fuhrung").strict)
    #expect(WordKey("Führung").loose == WordKey("Fuhrung").loose)
  }
}
