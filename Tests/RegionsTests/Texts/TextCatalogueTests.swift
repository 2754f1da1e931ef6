import Basics
import Foundation
import Programme
import Testing

@testable import Regions

@Suite struct TextCatalogueTests {
  private let languages = ["en", "de", "pl", "hu", "zh", "es"]

  /// A folder with texts, removed afterwards.
  private func withFolder<T>(_ files: [String: String], _ body: (String) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "texts"), withIntermediateDirectories: true)
    for (name, text) in files {
      try Data(text.utf8).write(to: folder.appending(path: "texts/\(name).yaml"))
    }
    return try body(folder.path)
  }

  private func load(
    _ folders: [String], _ language: String, country: String = "", fallbacks: [String] = []
  ) -> (texts: TextCatalogue, diagnostics: [Diagnostic]) {
    TextCatalogue.load(folders: folders, languages: [language], fallbacks: fallbacks, country: country)
  }

  @Test func everyShippedLanguageIsWholeAndRight() {
    for language in languages {
      let (texts, diagnostics) = load([Sample.config], language)
      #expect(diagnostics.map(\.description) == [], "\(language)")
      #expect(texts.languages.first?.has(TextKey.allCases) == true)
    }
  }

  /// What a text may speak of, with a value for each name.
  private static let values: [String: any Sendable] = [
    "number": 3, "sessions": 10, "both": "Anna & Béla", "count": 10, "first": false, "last": false,
    "url": "https://example.com",
    "mentor": [
      "name": "Anna", "email": "a@example.com", "department": "IT", "site": "S", "contact": "Anna, IT",
    ],
    "mentee": [
      "name": "Béla", "email": "b@example.com", "department": "HR", "site": "S", "contact": "Béla, HR",
    ],
    "office": ["name": "Office", "email": "office@example.com"], "topics": "X", "place": "P", "site": "S",
    "room": "R", "venue": "V", "cohort": "2026-autumn", "zone": "Z", "time": "10:00–11:30",
    "oldTime": "9:00–10:30",
    "survey": "Mid-term", "link": "https://example.com/s", "minimum": 5, "name": "Anna", "other": "Béla",
    "groups": [
      [
        "group": "A", "moderator": "Max",
        "members": [
          ["name": "Anna", "department": "IT", "email": "a@example.com"],
          ["name": "Béla", "department": "HR", "email": "b@example.com"],
        ],
      ] as [String: any Sendable]
    ],
  ]

  /// Every other word that a participant reads, beside the sessions' golden texts.
  @Test func everyTextOfWorkshopReminderSurveyAndCertificate() throws {
    for language in languages {
      let words = try load([Sample.config], language).texts.language(language, for: TextKey.allCases)
      var values = Self.values
      let day = try #require(LocalDate(year: 2027, month: 1, day: 5))
      let before = day.adding(days: -90)
      values["oldDate"] = words.date(before)
      values["start"] = words.date(before, weekday: false)
      values["end"] = words.date(day, weekday: false)
      for name in ["date", "closes"] { values[name] = words.date(day) }
      values["duration"] = words.counted(90, .minutes)
      values["remaining"] = words.counted(7, .sessions)
      values["held"] = words.counted(10, .sessions)
      values["people"] = words.counted(5, .people)
      values["texts"] = words.counted(10, .people)
      values["days"] = words.counted(2, .days)
      var text = ""
      for key in TextKey.allCases
      where !key.rawValue.hasPrefix("session.") && !key.rawValue.hasPrefix("bundle.") {
        text += "## \(key.rawValue)\n\(words.render(key, values))\n"
      }
      #expect(!text.contains("{{"))
      let file = Sample.golden.appending(path: "other-texts.\(language).txt")
      if ProcessInfo.processInfo.environment["TANDEM_RECORD"] != nil { try Data(text.utf8).write(to: file) }
      #expect(text == String(decoding: try Data(contentsOf: file), as: UTF8.self), "\(language)")
    }
  }

  @Test func noTextLeavesAHoleWhereAValueIsMissing() throws {
    // A template whose variable renders as nothing would show two blanks or an empty pair of brackets.
    for language in languages {
      for number in [1, 3, 10] {
        let pair = Sample.pair(language, number: number)
        let composer = InvitationComposer(
          texts: TextCatalogue.load(config: Sample.config, region: pair.region).texts, region: pair.region)
        let made = try composer.invitation(
          to: pair.session, of: pair.tandem, mentor: pair.mentor, mentee: pair.mentee, stamp: Sample.stamp)
        for hole in ["  ", "()", "（）", "{{", " ,", "\n\n\n", " \n"] {
          #expect(!made.description.contains(hole), "\(language) \(number) \(hole.debugDescription)")
        }
        #expect(made.description.last?.isWhitespace == false)
      }
    }
  }

  @Test func aRegionsOwnWordsOverrideHeadquarters() throws {
    try withFolder(["pl": "session:\n  summary: \"Nasz tandem {{number}}\"\n"]) { folder in
      let (texts, diagnostics) = load([Sample.config, folder], "pl")
      #expect(diagnostics == [])
      let words = try texts.language("pl", for: TextKey.allCases)
      #expect(words.render(.sessionSummary, ["number": 4]) == "Nasz tandem 4")
      #expect(words.render(.roleMentee, [:]) == "mentee")
    }
  }

  @Test func theCountryChoosesItsOwnDates() throws {
    let day = try #require(LocalDate(year: 2026, month: 10, day: 6))
    func date(_ language: String, _ country: String) throws -> String {
      try load([Sample.config], language, country: country).texts.language(language, for: [.roleMentor]).date(
        day)
    }
    #expect(try date("en", "US") == "Tuesday, October 6, 2026")
    #expect(try date("en", "GB") == "Tuesday 6 October 2026")
    #expect(try date("en-GB", "") == "Tuesday 6 October 2026")
    #expect(try date("de", "AT") == "Dienstag, 6. Oktober 2026")
    #expect(try date("pl", "PL") == "wtorek, 6 października 2026 r.")
    #expect(try date("hu", "HU") == "2026. október 6., kedd")
    #expect(try date("zh", "CN") == "2026年10月6日星期二")
    #expect(try date("es", "MX") == "martes, 6 de octubre de 2026")
  }

  @Test func aMissingLanguageIsReportedAndFallsBack() throws {
    let (texts, diagnostics) = load([Sample.config], "fr", fallbacks: ["de"])
    #expect(
      diagnostics.map(\.description) == [
        "\(Sample.config)/texts/fr.yaml: warning: there are no texts in `fr`: write this file; until then they come in"
          + " `de`, `en`"
      ])
    let spoken = try texts.language("fr", for: [.sessionSummary])
    #expect(spoken.tag == "de")
  }

  @Test func aMissingTextIsReportedAndItsWholeMessageFallsBack() throws {
    try withFolder(["fr": "session:\n  summary: \"Tandem {{number}}\"\nrole:\n  mentor: Mentor\n"]) {
      folder in
      let (texts, diagnostics) = load([Sample.config, folder], "fr")
      #expect(
        diagnostics.map(\.message) == [
          "the texts in `fr` lack `session.description`, `session.moved`, `session.cancelled-summary`,"
            + " `session.cancelled`, `bundle.name` and \(TextKey.allCases.count - 2 - 5 + 6) more: add them; until then"
            + " they come in `en`"
        ])
      let alone = try texts.language("fr", for: [.sessionSummary])
      let message = try texts.language("fr", for: [.sessionSummary, .sessionDescription])
      #expect(alone.tag == "fr")
      #expect(message.tag == "en")
    }
  }

  @Test func aTextThatNoLanguageHasIsNamed() throws {
    try withFolder(["en": "role:\n  mentor: Mentor\n"]) { folder in
      let error = #expect(throws: ConfigurationError.self) {
        try load([folder], "en").texts.language("en", for: [.roleMentor, .bundleName])
      }
      #expect(
        error?.diagnostics.map(\.message) == ["no text `bundle.name` in `en`: add it to texts/en.yaml"])
    }
  }

  @Test func aFileThatNobodyReadsIsReported() throws {
    try withFolder(["pll": "session: {}\n", "pl": "session: {}\n"]) { folder in
      #expect(
        load([Sample.config, folder], "pl").diagnostics.map(\.description) == [
          "\(folder)/texts/pll.yaml: warning: is not used, since no site here has this language: did you mean"
            + " `pl.yaml`?"
        ])
    }
  }

  @Test func aLinkOutOfTheFolderIsNotRead() throws {
    try withFolder(["pl": "session: {summary: \"elsewhere\"}\n"]) { elsewhere in
      try withFolder([:]) { folder in
        try FileManager.default.createSymbolicLink(
          atPath: folder + "/texts/pl.yaml", withDestinationPath: elsewhere + "/texts/pl.yaml")
        let (texts, diagnostics) = load([Sample.config, folder], "pl")
        #expect(diagnostics.map(\.code) == ["outside-folder"])
        let words = try texts.language("pl", for: [.sessionSummary])
        #expect(!words.render(.sessionSummary, [:]).contains("elsewhere"))
      }
    }
  }
}
