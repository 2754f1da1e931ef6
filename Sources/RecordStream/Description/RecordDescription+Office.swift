import Programme

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
      RecordKey("severity", .words(Diagnostic.Severity.allCases.map(\.rawValue)), "how bad it is", .required),
      RecordKey("message", .text, "what is wrong, and what to do", .required),
      RecordKey("file", .text, "the input", .optionalValue),
      RecordKey("line", .integer, "the physical line, from 1", .optionalValue),
      RecordKey("column", .integer, "in letters, from 1", .optionalValue),
      RecordKey("code", .text, "a stable short name of the kind of mistake", .optionalValue),
    ])

  private static let reply = RecordDescription(
    "reply", "What an attendee answered to an invitation.", place: "`tandem-invite replies`",
    [
      RecordKey("answer", .words(SessionReply.Answer.allCases.map(\.rawValue)), "the answer", .required),
      RecordKey("sequence", .integer, "of the invitation that is answered", .required),
      RecordKey("session", .text, "the session's id; or `workshop`", .optionalValue),
      RecordKey("tandem", .text, "the tandem's id", .optionalValue),
      RecordKey("workshop", .text, "the workshop's id", .optionalValue),
      RecordKey("attendee", .text, "the address that answered", .optionalValue),
      RecordKey("person", .text, "the person's id; absent for a room", .optionalValue),
      RecordKey("comment", .text, "what was written with it", .optionalValue),
      RecordKey("delegates", .list(.text), "of a delegated one: addresses", .optionalValue),
      RecordKey("start", .time, "the time proposed, or the one that does not suit", .optionalValue),
      RecordKey("end", .time, "its end", .optionalValue),
      RecordKey(
        "proposedStart", .time, "of a declined one: the time that is proposed instead", .optionalValue),
      RecordKey("proposedEnd", .time, "its end", .optionalValue),
      RecordKey("sender", .text, "who sent it, where that is not the attendee", .optionalValue),
      RecordKey("said", .text, "of an unconfirmed one: the answer that it would be", .optionalValue),
      RecordKey("reason", .text, "of an unconfirmed one: why it is none", .optionalValue),
      RecordKey("file", .text, "where it was read", .optionalValue),
      RecordKey("stamp", .time, "when it was written", .optionalValue),
      RecordKey("uid", .text, "of the calendar event", .optionalValue),
    ])

  private static let notice = RecordDescription(
    "notice", "What a recipient was told.", place: "an outbox's `journal.ndjson`",
    [
      RecordKey("uid", .text, "of the calendar event", .required),
      RecordKey("recipient", .text, "the address in lower case", .required),
      RecordKey("on", .flag, "whether the meeting takes place", .required),
      RecordKey("sequence", .integer, "of the calendar event", .required),
      RecordKey("start", .time, "when it begins", .required),
      RecordKey("end", .time, "when it ends", .required),
      RecordKey("timeZone", .text, "IANA name", .required),
      RecordKey("name", .text, "the recipient's name", .optionalValue),
      RecordKey("place", .text, "where", .optionalValue),
      RecordKey("topics", .list(.text), "topics by id", .optionalValue),
      RecordKey("at", .time, "when it was told; absent: known from elsewhere", .optionalValue),
      RecordKey("file", .text, "the mail, without its ending; absent: a file sent by hand", .optionalValue),
    ])

  private static let batch = RecordDescription(
    "batch", "Ends the notices of one run: what stands behind the last one was never told.",
    place: "an outbox's `journal.ndjson`",
    [RecordKey("entries", .integer, "how many notices stand before it", .required)])

  private static let delivery = RecordDescription(
    "delivery", "What became of a mail.", place: "an outbox's `deliveries.ndjson`",
    [
      RecordKey("at", .time, "when", .required),
      RecordKey("file", .text, "the mail", .required),
      RecordKey("recipient", .text, "its address", .required),
      RecordKey("status", .text, "`sent`, `failed`, `waiting` or `uncertain`", .required),
      RecordKey("reply", .text, "the server's words", .required),
    ])

  private static let receipt = RecordDescription(
    "receipt", "What `forget` removed from one file; nothing personal.", place: "`tandem-import forget`",
    [
      RecordKey("file", .text, "the file, its name masked where it is personal", .required),
      RecordKey(
        "removed", .either([.words(["file"]), .map(.integer)]), "`file`, or counts by kind", .required),
      RecordKey("date", .date, "the day, where one was given", .optionalValue),
    ])

  private static let progress = RecordDescription(
    "progress", "How far a tandem, a site or a department is.", place: "`tandem-schedule progress`",
    [
      RecordKey("by", .words(["tandem", "site", "department"]), "what it counts", .required),
      RecordKey("name", .text, "of the tandem, site or department", .required),
      RecordKey("tandems", .count, "tandems", .required),
      RecordKey("wanted", .count, "sessions that the programme asks for", .required),
      RecordKey("held", .count, "sessions recorded as held", .required),
      RecordKey("due", .count, "past, and not recorded as held", .required),
      RecordKey("coming", .count, "planned", .required),
      RecordKey("atRisk", .count, "without room until the end", .required),
      RecordKey("behind", .count, "tandems that are behind", .required),
      RecordKey("since", .date, "behind since", .optionalValue),
      RecordKey("next", .time, "the next session", .optionalValue),
    ])

  private static let alternative = RecordDescription(
    "alternative", "Another time for one session.", place: "`tandem-schedule move`",
    [
      RecordKey("session", .text, "the session's id", .required),
      RecordKey("tandem", .text, "the tandem's id", .required),
      RecordKey("rank", .integer, "1 for the best", .required),
      RecordKey("start", .time, "when it would begin", .required),
      RecordKey("end", .time, "when it would end", .required),
      RecordKey("timeZone", .text, "IANA name", .required),
      RecordKey("place", .text, "`office`, or the room's name", .required),
      RecordKey("cost", .map(.integer), "as a session's", .required),
      RecordKey("daysAfter", .integer, "days after the session before", .optionalValue),
      RecordKey("daysBefore", .integer, "days before the next", .optionalValue),
    ])

  private static let option = RecordDescription(
    "workshop-option", "A choice of dates for a region's workshops.", place: "`tandem-workshop --options`",
    [
      RecordKey("cohort", .text, "the cohort's id", .required),
      RecordKey("region", .text, "the region's id", .required),
      RecordKey("option", .integer, "its number, for `--choose`", .required),
      RecordKey("cost", .integer, "what it costs", .required),
      RecordKey("bound", .integer, "no plan costs less", .required),
      RecordKey("coming", .count, "mentors who can come", .required),
      RecordKey("sessionsToMove", .list(.text), "ids of sessions in its way", .required),
      RecordKey(
        "missing",
        .list(
          .object([
            RecordKey("person", .text, "the person's id", .required),
            RecordKey("reason", .text, "in words", .required),
          ])), "mentors who cannot come", .required),
      RecordKey(
        "workshops",
        .list(
          .object([
            RecordKey("start", .time, "when it begins", .required),
            RecordKey("end", .time, "when it ends", .required),
            RecordKey("timeZone", .text, "IANA name", .required),
            RecordKey("venue", .text, "the venue's name", .required),
            RecordKey("groups", .count, "how many groups", .required),
            RecordKey("coming", .count, "how many people", .required),
          ])), "its dates", .required),
    ])

  private static let region = RecordDescription(
    "region", "A region of the configuration.", place: "`tandem-region list`",
    [
      RecordKey("id", .text, "the region's id", .required),
      RecordKey("name", .text, "its name", .required),
      RecordKey("country", .text, "ISO 3166", .required),
      RecordKey("language", .text, "BCP 47", .required),
      RecordKey("timeZone", .text, "IANA name", .required),
      RecordKey("sites", .list(.text), "its sites", .required),
      RecordKey("cohorts", .list(.text), "its cohorts", .required),
      RecordKey("forms", .list(.text), "its forms", .required),
    ])

  private static let searched: [RecordKey] = [
    RecordKey("person", .text, "who was found", .required),
    RecordKey("for", .text, "who is looking", .required),
    RecordKey("purpose", .text, "what for", .required),
    RecordKey("site", .text, "the site", .required),
    RecordKey("words", .text, "what was asked for, as written", .required),
    RecordKey("topics", .list(.text), "the topics that it was taken for", .required),
    RecordKey("relevance", .integer, "thousandths", .required),
    RecordKey("asked", .count, "how often the person was asked in the period", .required),
    RecordKey(
      "reasons",
      .list(
        .object([
          RecordKey("field", .text, "where it stands", .required),
          RecordKey("text", .text, "what stands there", .required),
          RecordKey("nearness", .integer, "thousandths", .required),
        ])), "why", .required),
  ]

  private static let found = RecordDescription(
    "found", "Somebody of another field.", place: "`tandem-find`", searched)

  private static let invitation = RecordDescription(
    "invitation", "The same, to be asked.", place: "`tandem-find --invite`",
    searched + [
      RecordKey("id", .text, "`DATE/PURPOSE/SEEKER+PERSON`", .required),
      RecordKey("date", .date, "the day of the search", .required),
      RecordKey("email", .text, "the person's address", .required),
      RecordKey("language", .text, "the language to write in", .required),
      RecordKey("status", .words(["proposed"]), "where it stands", .required),
    ])

  private static let explanation = RecordDescription(
    "explanation", "Why somebody is with whom they are, or with nobody.", place: "`tandem-match --explain`",
    [
      RecordKey("cohort", .text, "the cohort's id", .required),
      RecordKey("person", .text, "the person's id", .required),
      RecordKey("elsewhere", .count, "candidates of other sites or regions", .required),
      RecordKey(
        "tandems", .list(.object(chosen)), "the tandems, each with the parts of its score", .required),
      RecordKey(
        "alternatives",
        .list(
          .object([
            RecordKey("partner", .text, "the other person's id", .required),
            RecordKey("role", .text, "the other person's role", .required),
            RecordKey("score", .integer, "of the pair", .required),
            RecordKey(
              "change",
              .object([
                RecordKey("pairs", .integer, "tandems more or fewer", .required),
                RecordKey("priority", .integer, "people with precedence more or fewer", .required),
                RecordKey("total", .integer, "sum of scores more or less", .required),
                RecordKey("worstBefore", .orNull(.integer), "the worst tandem as it is", .required),
                RecordKey("worstAfter", .orNull(.integer), "the worst tandem then", .required),
              ]), "what it would cost all others", .required),
          ])), "the next best partners", .required),
      RecordKey(
        "ruledOut",
        .list(
          .object([
            RecordKey("candidate", .text, "the person's id", .required),
            RecordKey(
              "rules",
              .list(
                .object([
                  RecordKey("rule", .text, "the rule's name", .required),
                  RecordKey("reason", .text, "in words", .required),
                ])), "what speaks against the pair", .required),
          ])), "who was ruled out", .required),
      RecordKey(
        "reasons",
        .list(
          .object([
            RecordKey("rule", .text, "the rule's name", .required),
            RecordKey("ruledOut", .integer, "how many candidates", .required),
          ])), "of somebody unmatched", .optionalValue),
      RecordKey(
        "relaxations",
        .list(
          .object([
            RecordKey("rule", .text, "the rule that would give way", .required),
            RecordKey("scope", .text, "for whom", .required),
            RecordKey("partner", .text, "with whom", .required),
            RecordKey("room", .orNull(.text), "who would take one tandem more", .required),
          ])), "of somebody unmatched", .optionalValue),
    ])

  private static let chosen: [RecordKey] = [
    RecordKey("tandem", .text, "the tandem's id", .required),
    RecordKey("total", .integer, "its score", .required),
    RecordKey(
      "parts",
      .list(
        .object([
          RecordKey("part", .text, "`taught`, `returned`, `shared` or `distance`", .required),
          RecordKey("weight", .integer, "the region's weight", .required),
          RecordKey("value", .integer, "thousandths", .required),
          RecordKey("topics", .integer, "of it by topics", .required),
          RecordKey("words", .integer, "of it by free words", .required),
          RecordKey("points", .integer, "what it adds to the total", .required),
          RecordKey(
            "met",
            .list(
              .object([
                RecordKey("wish", .text, "the topic wished for", .required),
                RecordKey("offer", .orNull(.text), "the topic offered", .required),
                RecordKey("nearness", .integer, "thousandths", .required),
              ])), "wishes and offers", .required),
          RecordKey(
            "said",
            .list(
              .object([
                RecordKey("first", .text, "the words of the one", .required),
                RecordKey("second", .text, "the words of the other", .required),
                RecordKey("likeness", .integer, "thousandths", .required),
              ])), "free words that are alike", .required),
        ])), "the parts of the score", .required),
  ]
}
