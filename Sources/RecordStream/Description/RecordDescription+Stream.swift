import Programme

/// The records that flow from tool to tool, as RecordDecoding reads and RecordEncoding writes them.
extension RecordDescription {
  static let stream = [person, tandem, unmatched, session, workshop, response, summary]

  private static let person = RecordDescription(
    "person", "Somebody of the master data, with what they said in the questionnaire.",
    place: "`tandem-import`",
    [
      RecordKey("id", .text, "`REGION:EMPLOYEE NUMBER`", .required),
      RecordKey("region", .text, "the region's id", .required),
      RecordKey("site", .text, "the site's name, as the region declares it", .required),
      RecordKey("name", .text, "the whole name", .required),
      RecordKey("email", .text, "the address that invitations go to", .required),
      RecordKey("role", .words(Role.allCases.map(\.rawValue)), "what they applied to be", .required),
      RecordKey("department", .list(.text), "the path, broad to narrow", .required),
      RecordKey("timeZone", .text, "IANA name", .required),
      RecordKey("level", .integer, "the level in the hierarchy"),
      RecordKey("manager", .text, "the manager's id"),
      RecordKey("languages", .list(.text), "BCP 47, the best first"),
      RecordKey("learn", .list(.text), "topics that they want to learn, by id"),
      RecordKey("teach", .list(.text), "topics that they can teach, by id"),
      RecordKey("interests", .list(.text), "topics that they like, by id"),
      RecordKey("said", .map(.list(.text)), "the free words behind the topics, by field"),
      RecordKey("capacity", .count, "tandems at once"),
      RecordKey("acquainted", .list(.text), "ids of people whom they know already"),
      RecordKey("consent", .flag, "whether their data may be used to match; absent: not asked"),
      RecordKey("findable", .flag, "whether `tandem-find` may name them"),
      RecordKey(
        "workingHours", .named(Weekday.allCases.map(\.rawValue), .list(.span)),
        "their hours, where they differ from the site's; a day left out is not worked"),
      RecordKey("attributes", .map(.text), "other facts that rules may speak of"),
      RecordKey(
        "source",
        .object([
          RecordKey("file", .text, "the export", .optionalValue),
          RecordKey("line", .integer, "the physical line", .optionalValue),
        ]), "where it was read"),
    ])

  private static let tandem = RecordDescription(
    "tandem", "A mentor and a mentee who meet for one cohort.", place: "`tandem-match`",
    [
      RecordKey("id", .text, "`COHORT/MENTOR+MENTEE`", .required),
      RecordKey("cohort", .text, "the cohort's id", .required),
      RecordKey("region", .text, "the mentee's region, which invites", .required),
      RecordKey("mentor", .text, "the mentor's id", .required),
      RecordKey("mentee", .text, "the mentee's id", .required),
      RecordKey(
        "score", .map(.integer),
        "thousandths: `total`, and its parts `taught`, `returned`, `shared`, `distance`"),
      RecordKey("status", .words(Tandem.Status.allCases.map(\.rawValue)), "how far it is"),
      RecordKey("locked", .flag, "fixed by HR, whatever its score"),
      RecordKey("topics", .list(.text), "what the two may speak of first"),
    ])

  private static let unmatched = RecordDescription(
    "unmatched", "An applicant without a tandem, and why.", place: "`tandem-match`",
    [
      RecordKey("person", .text, "the person's id", .required),
      RecordKey("cohort", .text, "the cohort's id", .required),
      RecordKey(
        "reasons",
        .list(
          .object([
            RecordKey("rule", .text, "the rule's name", .optionalValue),
            RecordKey("ruledOut", .integer, "how many candidates it ruled out", .optionalValue),
          ])), "the rules, the one of most candidates first"),
      RecordKey("nearest", .text, "the candidate against whom the fewest rules speak"),
    ])

  private static let session = RecordDescription(
    "session", "One meeting of a tandem.", place: "`tandem-schedule`",
    [
      RecordKey("id", .text, "`TANDEM#NUMBER`", .required),
      RecordKey("tandem", .text, "the tandem's id", .required),
      RecordKey("number", .integer, "from 1", .required),
      RecordKey("uid", .text, "of the calendar event", .required),
      RecordKey("start", .time, "when it begins", .required),
      RecordKey("end", .time, "when it ends: after its beginning", .required),
      RecordKey("timeZone", .text, "IANA name of the mentee's zone", .required),
      RecordKey("sequence", .integer, "of the calendar event: grows with each change"),
      RecordKey("place", .text, "`office`, or the room's name"),
      RecordKey("topics", .list(.text), "topics by id"),
      RecordKey("status", .words(Session.Status.allCases.map(\.rawValue)), "where it stands"),
      RecordKey(
        "cost", .map(.integer), "`total`, and its parts `day`, `half`, `lunch`, `late`, `room`"),
    ])

  private static let workshop = RecordDescription(
    "workshop", "A mid-term workshop: one date, one venue, its groups.", place: "`tandem-workshop`",
    [
      RecordKey("id", .text, "`COHORT/REGION/workshop-NUMBER`", .required),
      RecordKey("cohort", .text, "the cohort's id", .required),
      RecordKey("uid", .text, "of the calendar event", .required),
      RecordKey("start", .time, "when it begins", .required),
      RecordKey("end", .time, "when it ends", .required),
      RecordKey("timeZone", .text, "IANA name", .required),
      RecordKey("sequence", .integer, "of the calendar event"),
      RecordKey("venue", .text, "the venue's name"),
      RecordKey(
        "groups",
        .list(
          .object([
            RecordKey("name", .text, "the room's name"),
            RecordKey("moderator", .text, "the moderator's id"),
            RecordKey("members", .list(.text), "ids of people"),
          ])), "who meets in which room"),
      RecordKey("attendees", .list(.text), "ids of all who come"),
      RecordKey(
        "missing",
        .list(
          .object([
            RecordKey("person", .text, "the person's id", .optionalValue),
            RecordKey("reason", .text, "in words", .optionalValue),
          ])), "mentors who cannot come"),
    ])

  private static let response = RecordDescription(
    "response", "One sheet of survey answers. It carries no name.", place: "`tandem-import`",
    others: (
      .either([.text, .number, .flag, .list(.text), .map(.text), .orNull(.text)]),
      "a text is a dimension that the survey declares (`site`, `department`, `role` …)"
    ),
    [
      RecordKey("id", .text, "the sheet's number in the export", .required),
      RecordKey("survey", .text, "the survey's name", .required),
      RecordKey("region", .text, "the region's id", .required),
      RecordKey("cohort", .text, "the cohort's id"),
      RecordKey(
        "answers", .map(.orNull(.either([.text, .number, .list(.text)]))),
        "by question; an absent one was not asked, null was not answered"),
    ])

  private static let summary = RecordDescription(
    "summary", "A published cell of a survey's table: nothing of fewer people than the region allows.",
    place: "`tandem-survey --format ndjson`, read again by `--published`",
    [
      RecordKey("survey", .text, "the survey's name", .required),
      RecordKey("question", .text, "the question's name", .required),
      RecordKey("slice", .map(.text), "by dimension; one that is absent is totalled"),
      RecordKey("figures", .map(.number), "by name (`asked`, `answered`, `mean` …); empty where suppressed"),
      RecordKey("suppressed", .text, "why there are no figures"),
    ])
}
