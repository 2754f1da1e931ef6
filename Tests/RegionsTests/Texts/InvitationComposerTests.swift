import Basics
import Foundation
import Programme
import Testing

@testable import Regions

@Suite struct InvitationComposerTests {
  private func composer(_ pair: Sample.Pair) -> InvitationComposer {
    InvitationComposer(
      texts: TextCatalogue.load(config: Sample.config, region: pair.region).texts, region: pair.region)
  }

  private func invitation(
    _ pair: Sample.Pair, movedFrom: Timestamp? = nil
  ) throws -> Invitation {
    try composer(pair).invitation(
      to: pair.session, of: pair.tandem, mentor: pair.mentor, mentee: pair.mentee, movedFrom: movedFrom,
      stamp: Sample.stamp)
  }

  /// Holds a text against its file; with TANDEM_RECORD set, writes the file instead.
  private func expect(_ text: String, _ name: String) throws {
    let file = Sample.golden.appending(path: name)
    if ProcessInfo.processInfo.environment["TANDEM_RECORD"] != nil {
      try Data((text + "\n").utf8).write(to: file)
    }
    #expect(text + "\n" == String(decoding: try Data(contentsOf: file), as: UTF8.self), "\(name)")
  }

  @Test(arguments: ["en", "de", "pl", "hu", "zh", "es"])
  func everyWordOfASession(language: String) throws {
    for (name, number) in [("first", 1), ("later", 3), ("last", 10)] {
      let made = try invitation(Sample.pair(language, number: number))
      try expect(
        "\(made.summary)\n@ \(made.location)\n\n\(made.description)", "session-\(name).\(language).txt")
    }
    var pair = Sample.pair(language, number: 3)
    let moved = try invitation(
      pair,
      movedFrom: Timestamp(
        secondsSinceEpoch: pair.session.start.secondsSinceEpoch - 86_400, offset: pair.session.start.offset))
    pair.session.status = .cancelled
    let cancelled = try invitation(pair)
    let bundle = try composer(pair).bundle(
      of: pair.tandem, sessions: 10, mentor: pair.mentor, mentee: pair.mentee)
    let notice = moved.description.prefix { $0 != "\n" }
    try expect(
      "\(notice)\n\n\(cancelled.summary)\n\n\(cancelled.description)\n\n\(bundle.name)\n\n\(bundle.description)",
      "changes-and-bundle.\(language).txt")
  }

  @Test func carriesWhatTheCalendarNeeds() throws {
    let made = try invitation(Sample.pair("pl", number: 3, place: "Room 4.12"))
    #expect(made.uid == "u-3@example.com")
    #expect(made.organizer == .init(name: "Reverse Mentoring Office", email: "office@example.com"))
    #expect(
      made.attendees == [
        .init(name: "Agnieszka Szczęsny", email: "p1@example.com"),
        .init(name: "Jędrzej Wiśniewski", email: "p2@example.com"),
        .init(name: "Room 4.12", email: "room412@example.com", isRoom: true),
      ])
    #expect(made.location == "Room 4.12, Warszawa")
    #expect(made.categories == ["Reverse Mentoring"])
    #expect(made.alarm == 15)
    #expect(made.language == "pl")
    #expect(made.stamp == Sample.stamp)
    #expect(!made.isCancelled)
  }

  @Test func aCancellationHasNoAlarm() throws {
    var pair = Sample.pair("de", number: 3)
    pair.session.status = .cancelled
    let made = try invitation(pair)
    #expect(made.isCancelled)
    #expect(made.alarm == nil)
    #expect(made.summary == "Abgesagt: Reverse Mentoring 3/10, Benedikt Çelik und Jürgen Schröder")
  }

  @Test func theOfficeIsNeverARecipientAndNobodyIsInvitedTwice() throws {
    var pair = Sample.pair("en", number: 1)
    pair.mentee.email = "OFFICE@example.com"
    #expect(try invitation(pair).attendees.map(\.email) == ["p1@example.com"])
    pair.mentee.email = "P1@example.com"
    #expect(try invitation(pair).attendees.map(\.email) == ["p1@example.com"])
  }

  @Test func wordsOfACalendarAreNotEscapedAndNeverTemplates() throws {
    var pair = Sample.pair("en", number: 1)
    pair.mentor.name = "<b>Ann & \"Bo\"</b> {{office.email}}"
    let made = try invitation(pair)
    #expect(made.summary == "Reverse mentoring 1/10: <b>Ann & \"Bo\"</b> {{office.email}} and Dana Brooks")
    #expect(made.description.contains("Mentor: <b>Ann & \"Bo\"</b> {{office.email}}, Engineering / Software"))
  }

  @Test func withoutTopicsTheirLineIsLeftOut() throws {
    var pair = Sample.pair("en", number: 1)
    pair.session.topics = []
    #expect(!(try invitation(pair).description.contains("Topics")))
    pair.tandem.topics = ["data-analysis"]
    #expect(try invitation(pair).description.contains("Topics: data analysis\n"))
  }

  @Test func anUnknownLanguageFallsBackWhole() throws {
    let made = try invitation(Sample.pair("fr", number: 1))
    #expect(made.language == "en")
    #expect(made.description.contains("When: Tuesday, October 6, 2026, 10:00–11:30 AM"))
  }

  @Test func withoutAnyTextTheMistakeIsNamed() throws {
    let pair = Sample.pair("fr", number: 1)
    let composer = InvitationComposer(
      texts: TextCatalogue.load(folders: [], languages: ["fr"], fallbacks: [], country: "FR").texts,
      region: pair.region)
    let error = #expect(throws: ConfigurationError.self) {
      try composer.invitation(
        to: pair.session, of: pair.tandem, mentor: pair.mentor, mentee: pair.mentee, stamp: Sample.stamp)
    }
    #expect(
      error?.diagnostics.map(\.message) == ["no text `session.summary` in any language: add texts/en.yaml"])
  }
}
