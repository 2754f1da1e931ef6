import Programme

/// Every setting of programme.yaml and region.yaml, and of the sites and cohorts within.
package enum RegionSchema {
  private static let everywhere: Set<Setting.Layer> = [.programme, .region, .site, .cohort]
  private static let shared: Set<Setting.Layer> = [.programme, .region]
  private static let placed: Set<Setting.Layer> = [.programme, .region, .site]

  /// `required` is the layer that must state a setting: headquarters states each default in programme.yaml.
  package static let settings: [Setting] =
    identity + [
      Setting(
        "sites", .map(key: .line, .at(.site, .record(siteSettings + overlays(.site)))),
        "the sites by name, as master data writes it", in: [.region], required: .region),
      Setting(
        "cohorts",
        .map(key: .identifier, .at(.cohort, .record(cohortSettings + overlays(.cohort)))),
        "the programme's runs by id", in: shared, required: .programme),
      Setting(
        "surveys", .map(key: .identifier, .record(SurveySchema.settings)),
        "what participants are asked, by the survey's name", in: shared),
    ] + layered + privacy + headquarters

  private static let identity: [Setting] = [
    Setting("name", .text(.line), "the region's name as people write it", in: [.region], required: .region),
    Setting("country", .text(.country), "the country, ISO 3166", in: [.region], required: .region),
    Setting(
      "subdivision", .text(.identifier), "the state, Land or province whose holidays count (`BW`)",
      in: [.region, .site]),
    Setting("language", .text(.language), "the language of all texts", in: placed, required: .region),
    Setting(
      "fallback-languages", .list(.text(.language), least: 0),
      "tried in this order where a text lacks the language", in: shared, required: .programme),
    Setting("time-zone", .text(.timeZone), "the IANA time zone", in: [.region, .site], required: .region),
    Setting(
      "office", .record(officeSettings), "the organizer of every invitation, never a recipient",
      in: [.region],
      required: .region),
    Setting(
      "working-hours", .week,
      "the hours in which sessions may take place; a day that is left out is not worked",
      in: placed, required: .programme),
    Setting(
      "holidays", .list(.text(.path(".ics")), least: 0), "holiday calendars of the region's folder",
      in: [.region, .site]),
    Setting(
      "forms", .list(.text(.identifier), least: 0),
      "forms that headquarters ships and the region takes as they are", in: shared),
  ]

  private static let officeSettings: [Setting] = [
    Setting("name", .text(.line), "the name in invitations", required: .region),
    Setting("email", .text(.email), "the address that answers go to", required: .region),
  ]

  private static let siteSettings: [Setting] = [
    Setting(
      "aliases", .list(.text(.line), least: 0), "other names of the site in master data"),
    Setting("rooms", .map(key: .line, .record(roomSettings)), "the rooms that may be booked, by name"),
    Setting(
      "travel", .map(key: .line, .whole(0...600)),
      "the way to other sites of the region, by name: a mentor of one site needs that time beside a session at another",
      unit: "minutes"),
  ]

  /// Days of one year or of every year.
  static let yearSpan: [Setting] = [
    Setting("from", .text(.yearDay), "the first day", required: .programme),
    Setting("until", .text(.yearDay), "the last day", required: .programme),
  ]

  private static let roomSettings: [Setting] = [
    Setting("email", .text(.email), "the address of the room's own calendar"),
    Setting("capacity", .whole(1...1000), "how many it holds", unit: "people", required: .site),
    Setting("calendar", .text(.path(".ics")), "its bookings, a calendar of the region's folder"),
  ]

  private static let cohortSettings: [Setting] = [
    Setting("start", .text(.date), "the first day", required: .cohort),
    Setting("end", .text(.date), "the first day after the last", required: .cohort),
  ]

  /// What a site or a cohort may state otherwise than its region.
  private static func overlays(_ layer: Setting.Layer) -> [Setting] {
    (identity + layered).allowed(in: layer)
      .filter { $0.layers?.contains(layer) ?? false }
      .map {
        Setting(
          $0.name, $0.shape, $0.meaning, unit: $0.unit, required: nil, mayOnlyRise: $0.mayOnlyRise)
      }
  }

  /// The sections that each layer overlays.
  package static let layered: [Setting] = [
    Setting(
      "sessions", .record(sessionSettings), "what headquarters asks of every tandem", in: everywhere,
      required: .programme),
    Setting(
      "matching", .record(matchingSettings), "who with whom", in: everywhere, required: .programme),
    Setting("scheduling", .record(schedulingSettings), "when", in: everywhere, required: .programme),
    Setting(
      "workshop", .record(WorkshopSchema.settings), "the mid-term workshop of all active mentors",
      in: [.programme, .region, .cohort], required: .programme),
    Setting(
      "invitations", .record(invitationSettings), "what calendar entries hold besides the texts",
      in: everywhere,
      required: .programme),
    Setting(
      "topics",
      .record([
        Setting(
          "alias-distance", .whole(0...500),
          "greatest edit distance at which an unknown word is taken for an alias",
          unit: "thousandths of the longer word", required: .programme),
        Setting(
          "add", .map(key: .identifier, TopicSchema.topic), "topics, or words for topics, of the region's own"
        ),
      ]), "what questionnaires speak of", in: shared, required: .programme),
    Setting(
      "finding",
      .record([
        Setting(
          "asks-per-period", .whole(1...1000), "how often one person may be asked", required: .programme),
        Setting(
          "period", .whole(1...366), "the period that asks are counted in", unit: "days", required: .programme
        ),
        Setting(
          "spread", .whole(0...1000), "what the second person of a department must be better by",
          unit: "thousandths of relevance", required: .programme),
        Setting(
          "least-relevance", .whole(0...1000), "least relevance of somebody who is named",
          unit: "thousandths", required: .programme),
        Setting(
          "purposes",
          .map(
            key: .identifier,
            .record(
              [
                ("teach", "who knows the subject"), ("interests", "who likes it"),
                ("learn", "who wants to learn it"),
              ].map { Setting($0, .whole(0...1000), $1, required: .programme) })),
          "what people are looked for for, and what counts then, relative to each other", required: .programme
        ),
      ]), "people of other fields", in: shared, required: .programme),
    Setting(
      "attention",
      .record([
        Setting(
          "notices-per-week", .whole(1...50), "notices that a mentee gets at most", unit: "a week",
          required: .programme)
      ]), "how often people are written to", in: shared, required: .programme),
    Setting(
      "adapters", .map(key: .identifier, .record(adapterSettings)),
      "programs of the region's folder that turn an unusual export into rows or records", in: [.region]),
  ]

  private static let privacy: [Setting] = [
    Setting(
      "privacy",
      .record([
        Setting(
          "minimum-group", .whole(PrivacySettings.groups),
          "fewest distinct respondents for which a figure is published",
          unit: "people", required: .programme, mayOnlyRise: true),
        Setting(
          "minimum-group-text", .whole(PrivacySettings.groups), "the same for free text", unit: "people",
          required: .programme, mayOnlyRise: true),
        Setting(
          "keep-days", .whole(1...3660),
          "how long records may be kept after a cohort's end; then `tandem status` asks for their erasure",
          unit: "days"),
      ]),
      "what a published table may show (a region may raise it, never lower it), and how long data are kept",
      in: shared,
      required: .programme)
  ]

  /// What headquarters says of the settings themselves.
  private static let headquarters: [Setting] = [
    Setting(
      "fixed", .list(.text(.settingPath), least: 0), "settings that no region may state otherwise",
      in: [.programme]),
    Setting(
      "bounds",
      .map(
        key: .settingPath,
        .record([
          Setting("least", .whole(-1_000_000...1_000_000), "the least that a region may state"),
          Setting("most", .whole(-1_000_000...1_000_000), "the most that a region may state"),
        ])), "how far regions may move a setting", in: [.programme]),
  ]

  private static let sessionSettings: [Setting] = [
    Setting("count", .whole(1...52), "sessions of each tandem", required: .programme),
    Setting("shortest", .whole(15...480), "least length of a session", unit: "minutes", required: .programme),
    Setting(
      "longest", .whole(15...480), "greatest length of a session", unit: "minutes", required: .programme),
    Setting("length", .whole(15...480), "the length that is planned", unit: "minutes", required: .programme),
    Setting(
      "first-length", .orNone(.whole(15...480)), "the length of the first session, where it differs",
      unit: "minutes", required: .programme),
    Setting(
      "topic-lengths", .map(key: .identifier, .whole(15...480)),
      "the length of sessions about a topic, by its id, where it differs; of several topics the longest",
      unit: "minutes", required: .programme),
    Setting(
      "gap",
      .record([
        Setting(
          "least", .whole(1...366), "least days between two sessions", unit: "days", required: .programme),
        Setting(
          "most", .whole(1...366), "most days between two sessions", unit: "days", required: .programme),
        Setting("soft", .flag, "whether the most may be exceeded at a cost", required: .programme),
      ]), "days between consecutive sessions of a tandem", required: .programme),
    Setting(
      "notice", .whole(0...366), "days between planning and the first session", unit: "days",
      required: .programme),
    Setting(
      "grid", .choiceOfWhole(SessionGrid.steps), "minutes between offered starts, from midnight",
      unit: "minutes", required: .programme),
  ]

  private static let weights = Setting(
    "weights",
    .record(
      [
        ("taught", "how much of the mentee's wishes the mentor can teach"),
        ("returned", "the same the other way round"),
        ("shared", "common interests"),
        ("distance", "how far apart the departments are"),
      ].map { Setting($0, .whole(0...1000), $1, required: .programme) }),
    "parts of the score, relative to each other", required: .programme)

  private static let matchingSettings: [Setting] =
    [weights] + MatchingRules.settings + [
      Setting(
        "objective", .choice(MatchingSettings.Objective.allCases.map(\.rawValue)),
        "after the number of tandems: the worst tandem first, or the total alone", required: .programme),
      Setting(
        "unknown",
        .open(
          MatchingRules.names.map {
            Setting($0, whenUnknown, "when the fact behind the rule is missing")
          }, key: .identifier, whenUnknown), "by rule: what happens when its fact is missing",
        required: .programme),
      ExtraRule.setting,
      Setting(
        "disturbance", .whole(0...10_000), "what a change of an earlier result must gain",
        unit: "points of score",
        required: .programme),
      Setting(
        "free-words", .whole(0...1000), "share of the free words beside the topics", unit: "thousandths",
        required: .programme),
    ]

  private static let whenUnknown = Shape.choice(WhenUnknown.allCases.map(\.rawValue))

  private static let schedulingSettings: [Setting] = [
    Setting(
      "weights",
      .record(
        [
          ("weekday", "on another weekday than the tandem's own"),
          ("time", "at another time of the day than the tandem's own"),
          ("hours", "outside the best hours"), ("early", "beginning early"), ("late", "ending late"),
          ("lunch", "over lunch"), ("friday", "ending late on a Friday"),
          ("half-day", "outside the preferred half of the day"),
          ("buffer", "for each meeting right before or after, of each of the two"),
          ("bridge", "on a working day between two free ones"),
          ("load", "for each session beyond the cap of its site and day"),
          ("room-change", "for a change of room between two sessions"),
          ("gap", "for each day beyond the most between sessions, where that is soft"),
        ].map { Setting($0, .whole(0...10_000), "cost \($1)", required: .programme) }),
      "costs beside the squared days from the ideal day", required: .programme),
    Setting(
      "best", .list(.text(.span), least: 0), "the best hours: a session lies inside one of these spans",
      required: .programme),
    Setting("early", .text(.clock), "a beginning before this time is early", required: .programme),
    Setting(
      "friday", .orNone(.text(.clock)), "an end after this time is late on a Friday", required: .programme),
    Setting("lunch", .text(.span), "when lunch is", required: .programme),
    Setting(
      "buffer", .whole(0...240), "how near a meeting is right before or after", unit: "minutes",
      required: .programme),
    Setting(
      "avoid",
      .map(
        key: .line,
        .record(
          yearSpan + [Setting("cost", .whole(0...100_000), "cost of a session then", required: .programme)])),
      "days on which nobody should meet, by a name that people know them by", required: .programme),
    Setting(
      "load",
      .record([
        Setting(
          "share", .whole(100...10_000), "of the average of a day: so many sessions a site has without cost",
          unit: "hundredths", required: .programme),
        Setting(
          "least", .whole(1...1000), "the same at sites of few sessions", unit: "sessions",
          required: .programme),
      ]), "the cap of sessions on one day of a site", required: .programme),
    Setting("late", .text(.clock), "an end after this time is late", required: .programme),
    Setting(
      "preferred-half", .orNone(.choice(SchedulingSettings.Half.allCases.map(\.rawValue))),
      "the half of the day that mentees prefer, where they state nothing", required: .programme),
    Setting(
      "place", .choice(SchedulingSettings.Place.allCases.map(\.rawValue)),
      "the mentee's office, or a room of the site", required: .programme),
  ]

  private static let invitationSettings: [Setting] = [
    Setting(
      "alarm", .orNone(.whole(0...20_160)), "the reminder before each session", unit: "minutes",
      required: .programme),
    Setting(
      "categories", .list(.text(.line), least: 0), "categories of the calendar entries", required: .programme),
    Setting("url", .orNone(.text(.link)), "the programme's page", required: .programme),
  ]

  private static let adapterSettings: [Setting] = [
    Setting(
      "command", .list(.text(.prose), least: 1),
      "the program, inside the region's folder, and its arguments; `{file}` stands for the export",
      required: .region),
    Setting("time-limit", .whole(1...3600), "after which it is stopped", unit: "seconds"),
    Setting("size-limit", .whole(1...2_000_000_000), "most that it may write", unit: "bytes"),
  ]
}
