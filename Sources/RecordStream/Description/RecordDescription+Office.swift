import Basics
package import Programme

/// Records that tell people, and files that tools keep for themselves.
extension RecordDescription {
  static let office = [
    alternative, batch, delivery, explanation, found, invitation, notice, option, progress, receipt, region,
    reply,
  ]

  /// Of `--diagnostics json`.
  package static let diagnostic = RecordDescription(
    "diagnostic", "A message on standard error.", place: "`--diagnostics json`",
    [
      FieldDescription(
        "severity", .words(Diagnostic.Severity.allCases.map(\.rawValue)), "how bad it is", .required),
      FieldDescription("message", .text, "what is wrong, and what to do", .required),
      FieldDescription("file", .text, "the input", .optionalValue),
      FieldDescription("line", .integer, "the physical line, from 1", .optionalValue),
      FieldDescription("column", .integer, "in letters, from 1", .optionalValue),
      FieldDescription("code", .text, "a stable short name of the kind of mistake", .optionalValue),
    ])

  private static let reply = RecordDescription(
    "reply", "What an attendee answered to an invitation.", place: "`tandem-invite replies`",
    [
      FieldDescription(
        "answer", .words(SessionReply.Answer.allCases.map(\.rawValue)), "the answer", .required),
      FieldDescription("sequence", .integer, "of the invitation that is answered", .required),
      FieldDescription("session", .text, "the session's id; or `workshop`", .optionalValue),
      FieldDescription("tandem", .text, "the tandem's id", .optionalValue),
      FieldDescription("workshop", .text, "the workshop's id", .optionalValue),
      FieldDescription("attendee", .text, "the address that answered", .optionalValue),
      FieldDescription("person", .text, "the person's id; absent for a room", .optionalValue),
      FieldDescription("comment", .text, "what was written with it", .optionalValue),
      FieldDescription("delegates", .list(.text), "of a delegated one: addresses", .optionalValue),
      FieldDescription("start", .time, "the time proposed, or the one that does not suit", .optionalValue),
      FieldDescription("end", .time, "its end", .optionalValue),
      FieldDescription(
        "proposedStart", .time, "of a declined one: the time that is proposed instead", .optionalValue),
      FieldDescription("proposedEnd", .time, "its end", .optionalValue),
      FieldDescription("sender", .text, "who sent it, where that is not the attendee", .optionalValue),
      FieldDescription("said", .text, "of an unconfirmed one: the answer that it would be", .optionalValue),
      FieldDescription("reason", .text, "of an unconfirmed one: why it is none", .optionalValue),
      FieldDescription("file", .text, "where it was read", .optionalValue),
      FieldDescription("stamp", .time, "when it was written", .optionalValue),
      FieldDescription("uid", .text, "of the calendar event", .optionalValue),
    ])

  private static let notice = RecordDescription(
    "notice", "What a recipient was notified of.", place: "an outbox's `journal.ndjson`",
    [
      FieldDescription("uid", .text, "of the calendar event", .required),
      FieldDescription("recipient", .text, "the address in lower case", .required),
      FieldDescription("on", .flag, "whether the meeting takes place", .required),
      FieldDescription("sequence", .integer, "of the calendar event", .required),
      FieldDescription("start", .time, "when it begins", .required),
      FieldDescription("end", .time, "when it ends", .required),
      FieldDescription("timeZone", .text, "IANA name", .required),
      FieldDescription("name", .text, "the recipient's name", .optionalValue),
      FieldDescription("place", .text, "where", .optionalValue),
      FieldDescription("topics", .list(.text), "topics by id", .optionalValue),
      FieldDescription("at", .time, "when it was sent; absent: known from elsewhere", .optionalValue),
      FieldDescription(
        "file", .text, "the mail, without its ending; absent: a file sent by hand", .optionalValue),
    ])

  private static let batch = RecordDescription(
    "batch", "Ends the notices of one run: what comes after the last one was never sent.",
    place: "an outbox's `journal.ndjson`",
    [FieldDescription("entries", .integer, "how many notices come before it", .required)])

  private static let delivery = RecordDescription(
    "delivery", "What became of a mail.", place: "an outbox's `deliveries.ndjson`",
    [
      FieldDescription("at", .time, "when", .required),
      FieldDescription("file", .text, "the mail", .required),
      FieldDescription("recipient", .text, "its address", .required),
      FieldDescription("status", .text, "`sent`, `failed`, `waiting` or `uncertain`", .required),
      FieldDescription("reply", .text, "the server's words", .required),
    ])

  private static let receipt = RecordDescription(
    "receipt", "What `forget` removed from one file, or could not; nothing personal.",
    place: "`tandem-import forget`",
    [
      FieldDescription("file", .text, "the file, its name masked where it is personal", .optionalValue),
      FieldDescription(
        "removed", .either([.words(["file"]), .map(.integer)]), "`file`, or counts by kind", .optionalValue),
      FieldDescription("notSearched", .text, "why the file was not searched", .optionalValue),
      FieldDescription("left", .text, "what is still in the file", .optionalValue),
      FieldDescription("notFound", .text, "a word of the call by which nobody was found", .optionalValue),
      FieldDescription("date", .date, "the day, where one was given", .optionalValue),
    ])

  private static let progress = RecordDescription(
    "progress", "How far a tandem, a site or a department is.", place: "`tandem-schedule progress`",
    [
      FieldDescription("by", .words(["tandem", "site", "department"]), "what it counts", .required),
      FieldDescription("name", .text, "of the tandem, site or department", .required),
      FieldDescription("tandems", .count, "tandems", .required),
      FieldDescription("wanted", .count, "sessions that the programme asks for", .required),
      FieldDescription("held", .count, "sessions recorded as held", .required),
      FieldDescription("due", .count, "past, and not recorded as held", .required),
      FieldDescription("coming", .count, "planned", .required),
      FieldDescription("atRisk", .count, "without room until the end", .required),
      FieldDescription("behind", .count, "tandems that are behind", .required),
      FieldDescription("since", .date, "behind since", .optionalValue),
      FieldDescription("next", .time, "the next session", .optionalValue),
    ])

  private static let alternative = RecordDescription(
    "alternative", "Another time for one session.", place: "`tandem-schedule move`",
    [
      FieldDescription("session", .text, "the session's id", .required),
      FieldDescription("tandem", .text, "the tandem's id", .required),
      FieldDescription("rank", .integer, "1 for the best", .required),
      FieldDescription("start", .time, "when it would begin", .required),
      FieldDescription("end", .time, "when it would end", .required),
      FieldDescription("timeZone", .text, "IANA name", .required),
      FieldDescription("place", .text, "`office`, or the room's name", .required),
      FieldDescription("cost", .map(.integer), "as a session's", .required),
      FieldDescription("daysAfter", .integer, "days after the session before", .optionalValue),
      FieldDescription("daysBefore", .integer, "days before the next", .optionalValue),
    ])

  private static let option = RecordDescription(
    "workshop-option", "A choice of dates for a region's workshops.", place: "`tandem-workshop --options`",
    [
      FieldDescription("cohort", .text, "the cohort's id", .required),
      FieldDescription("region", .text, "the region's id", .required),
      FieldDescription("option", .integer, "its number, for `--choose`", .required),
      FieldDescription("cost", .integer, "what it costs", .required),
      FieldDescription("bound", .integer, "no plan costs less", .required),
      FieldDescription("coming", .count, "mentors who can come", .required),
      FieldDescription("sessionsToMove", .list(.text), "ids of sessions in its way", .required),
      FieldDescription(
        "missing",
        .list(
          .object([
            FieldDescription("person", .text, "the person's id", .required),
            FieldDescription("reason", .text, "in words", .required),
          ])), "mentors who cannot come", .required),
      FieldDescription(
        "workshops",
        .list(
          .object([
            FieldDescription("start", .time, "when it begins", .required),
            FieldDescription("end", .time, "when it ends", .required),
            FieldDescription("timeZone", .text, "IANA name", .required),
            FieldDescription("venue", .text, "the venue's name", .required),
            FieldDescription("groups", .count, "how many groups", .required),
            FieldDescription("coming", .count, "how many people", .required),
          ])), "its dates", .required),
    ])

  private static let region = RecordDescription(
    "region", "A region of the configuration.", place: "`tandem-region list`",
    [
      FieldDescription("id", .text, "the region's id", .required),
      FieldDescription("name", .text, "its name", .required),
      FieldDescription("country", .text, "ISO 3166", .required),
      FieldDescription("language", .text, "BCP 47", .required),
      FieldDescription("timeZone", .text, "IANA name", .required),
      FieldDescription("sites", .list(.text), "its sites", .required),
      FieldDescription("cohorts", .list(.text), "its cohorts", .required),
      FieldDescription("forms", .list(.text), "its forms", .required),
    ])

  private static let searched: [FieldDescription] = [
    FieldDescription("person", .text, "who was found", .required),
    FieldDescription("for", .text, "who is looking", .required),
    FieldDescription("purpose", .text, "what for", .required),
    FieldDescription("site", .text, "the site", .required),
    FieldDescription("words", .text, "what was asked for, as written", .required),
    FieldDescription("topics", .list(.text), "the topics that it was taken for", .required),
    FieldDescription("relevance", .integer, "thousandths", .required),
    FieldDescription("asked", .count, "how often the person was asked in the period", .required),
    FieldDescription(
      "reasons",
      .list(
        .object([
          FieldDescription("field", .text, "the field that holds it", .required),
          FieldDescription("text", .text, "its text", .required),
          FieldDescription("nearness", .integer, "thousandths", .required),
        ])), "why", .required),
  ]

  private static let found = RecordDescription(
    "found", "Somebody of another field.", place: "`tandem-find`", searched)

  private static let invitation = RecordDescription(
    "invitation", "The same, to be asked.", place: "`tandem-find --invite`",
    searched + [
      FieldDescription("id", .text, "`DATE/PURPOSE/SEEKER+PERSON`", .required),
      FieldDescription("date", .date, "the day of the search", .required),
      FieldDescription("email", .text, "the person's address", .required),
      FieldDescription("language", .text, "the language to write in", .required),
      FieldDescription("status", .words(["proposed"]), "its state", .required),
    ])

  private static let explanation = RecordDescription(
    "explanation", "Why somebody is with whom they are, or with nobody.", place: "`tandem-match --explain`",
    [
      FieldDescription("cohort", .text, "the cohort's id", .required),
      FieldDescription("person", .text, "the person's id", .required),
      FieldDescription("elsewhere", .count, "candidates of other sites or regions", .required),
      FieldDescription(
        "tandems", .list(.object(chosen)), "the tandems, each with the parts of its score", .required),
      FieldDescription(
        "alternatives",
        .list(
          .object([
            FieldDescription("partner", .text, "the other person's id", .required),
            FieldDescription("role", .text, "the other person's role", .required),
            FieldDescription("score", .integer, "of the pair", .required),
            FieldDescription(
              "change",
              .object([
                FieldDescription("pairs", .integer, "tandems more or fewer", .required),
                FieldDescription("priority", .integer, "people with precedence more or fewer", .required),
                FieldDescription("total", .integer, "sum of scores more or less", .required),
                FieldDescription("worstBefore", .orNull(.integer), "the worst tandem as it is", .required),
                FieldDescription("worstAfter", .orNull(.integer), "the worst tandem then", .required),
              ]), "what it would cost all others", .required),
          ])), "the next best partners", .required),
      FieldDescription(
        "ruledOut",
        .list(
          .object([
            FieldDescription("candidate", .text, "the person's id", .required),
            FieldDescription(
              "rules",
              .list(
                .object([
                  FieldDescription("rule", .text, "the rule's name", .required),
                  FieldDescription("reason", .text, "in words", .required),
                ])), "what speaks against the pair", .required),
          ])), "who was ruled out", .required),
      FieldDescription(
        "reasons",
        .list(
          .object([
            FieldDescription("rule", .text, "the rule's name", .required),
            FieldDescription("ruledOut", .integer, "how many candidates", .required),
          ])), "of somebody unmatched", .optionalValue),
      FieldDescription(
        "relaxations",
        .list(
          .object([
            FieldDescription("rule", .text, "the rule that would give way", .required),
            FieldDescription("scope", .text, "for whom", .required),
            FieldDescription("partner", .text, "with whom", .required),
            FieldDescription("room", .orNull(.text), "who would take one tandem more", .required),
          ])), "of somebody unmatched", .optionalValue),
    ])

  private static let chosen: [FieldDescription] = [
    FieldDescription("tandem", .text, "the tandem's id", .required),
    FieldDescription("total", .integer, "its score", .required),
    FieldDescription(
      "parts",
      .list(
        .object([
          FieldDescription("part", .text, "`taught`, `returned`, `shared` or `distance`", .required),
          FieldDescription("weight", .integer, "the region's weight", .required),
          FieldDescription("value", .integer, "thousandths", .required),
          FieldDescription("topics", .integer, "of it by topics", .required),
          FieldDescription("words", .integer, "of it by free words", .required),
          FieldDescription("points", .integer, "what it adds to the total", .required),
          FieldDescription(
            "met",
            .list(
              .object([
                FieldDescription("wish", .text, "the topic wished for", .required),
                FieldDescription("offer", .orNull(.text), "the topic offered", .required),
                FieldDescription("nearness", .integer, "thousandths", .required),
              ])), "wishes and offers", .required),
          FieldDescription(
            "said",
            .list(
              .object([
                FieldDescription("first", .text, "the words of the one", .required),
                FieldDescription("second", .text, "the words of the other", .required),
                FieldDescription("likeness", .integer, "thousandths", .required),
              ])), "free words that are alike", .required),
        ])), "the parts of the score", .required),
  ]
}

extension RecordDescription {
  /// Whether it has a `record` key.
  package var isRecord: Bool { kind != RecordDescription.diagnostic.kind }
}
