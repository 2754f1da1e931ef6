import Testing

@testable import Regions

@Suite struct PluralCategoryTests {
  private func words(_ language: String, _ word: CountedWord, _ numbers: [Int]) -> [String] {
    let texts = TextCatalogue.load(
      folders: [Sample.config], languages: [language], fallbacks: [], country: ""
    ).texts
    let words = texts.languages.first { $0.tag == language }
    return numbers.map { words?.counted($0, word) ?? "" }
  }

  @Test func polishBendsByTheLastTwoDigits() {
    #expect(
      words("pl", .sessions, [0, 1, 2, 5, 12, 22, 112, 122]) == [
        "0 spotkań", "1 spotkanie", "2 spotkania", "5 spotkań", "12 spotkań", "22 spotkania", "112 spotkań",
        "122 spotkania",
      ])
    #expect(
      words("pl", .people, [0, 1, 2, 5, 22]) == ["0 osób", "1 osoba", "2 osoby", "5 osób", "22 osoby"])
    #expect(words("pl", .minutes, [1, 60, 90, 92]) == ["1 minuta", "60 minut", "90 minut", "92 minuty"])
  }

  @Test func othersBendByOneOrNotAtAll() {
    #expect(
      words("en", .sessions, [0, 1, 2, 22]) == ["0 sessions", "1 session", "2 sessions", "22 sessions"])
    #expect(words("de", .people, [0, 1, 2]) == ["0 Personen", "1 Person", "2 Personen"])
    #expect(words("es", .sessions, [1, 10]) == ["1 sesión", "10 sesiones"])
    #expect(words("hu", .sessions, [1, 10]) == ["1 találkozó", "10 találkozó"])
    #expect(words("zh", .minutes, [1, 90]) == ["1分钟", "90分钟"])
  }

  /// Samples of the CLDR 46 chart of plural rules, cardinal integers.
  @Test(arguments: [
    ("pl", [1: "one", 2: "few", 4: "few", 5: "many", 12: "many", 21: "many", 22: "few", 0: "many"]),
    ("ru", [1: "one", 21: "one", 11: "many", 2: "few", 24: "few", 14: "many", 0: "many", 100: "many"]),
    ("uk", [1: "one", 31: "one", 3: "few", 13: "many", 25: "many"]),
    ("cs", [1: "one", 2: "few", 4: "few", 5: "other", 0: "other", 22: "other"]),
    ("hr", [1: "one", 21: "one", 2: "few", 22: "few", 12: "other", 5: "other"]),
    ("sl", [1: "one", 101: "one", 2: "two", 102: "two", 3: "few", 4: "few", 5: "other", 0: "other"]),
    ("ro", [1: "one", 0: "few", 2: "few", 19: "few", 101: "few", 20: "other", 100: "other"]),
    ("lt", [1: "one", 21: "one", 11: "other", 2: "few", 9: "few", 22: "few", 10: "other", 0: "other"]),
    ("he", [1: "one", 2: "two", 3: "other", 0: "other"]),
    (
      "ar",
      [0: "zero", 1: "one", 2: "two", 3: "few", 10: "few", 103: "few", 11: "many", 99: "many", 100: "other"]
    ),
    ("fr", [0: "one", 1: "one", 2: "other"]), ("pt-BR", [0: "one", 1: "one", 2: "other"]),
    ("en-GB", [0: "other", 1: "one", 2: "other"]), ("hu", [0: "other", 1: "one", 2: "other"]),
    ("ja", [0: "other", 1: "other"]), ("zh-Hans-CN", [1: "other"]), ("xx", [1: "one", 2: "other"]),
  ])
  func agreesWithTheChart(language: String, samples: [Int: String]) {
    for (number, category) in samples {
      #expect(PluralCategory.of(number, in: language).rawValue == category, "\(language) \(number)")
    }
  }

  @Test func everyNumberTakesACategoryThatTheLanguageNeeds() {
    for language in ["pl", "ru", "cs", "hr", "sl", "ro", "lt", "he", "ar", "fr", "en", "zh"] {
      let needed = Set(PluralCategory.categories(of: language))
      let taken = Set((0...1000).map { PluralCategory.of($0, in: language) })
      #expect(taken == needed, "\(language)")
    }
    #expect(PluralCategory.of(.min, in: "pl") == .many)
    #expect(PluralCategory.of(-1, in: "en") == .one)
  }
}
