/// The settings of the mid-term workshop.
enum WorkshopSchema {
  static let settings: [Setting] = [
    Setting(
      "week", .whole(1...104), "the week of the cohort around which it lies, counted from 1",
      required: .programme),
    Setting("spread", .whole(0...26), "how far from that week", unit: "weeks", required: .programme),
    Setting("length", .whole(30...600), "how long it lasts", unit: "minutes", required: .programme),
    Setting(
      "starts", .list(.text(.clock), least: 1),
      "when it may begin, in the region's time; online over several zones, any full hour besides",
      required: .programme),
    Setting(
      "sessions-held", .whole(0...52), "a mentor is active who has held so many sessions", unit: "sessions",
      required: .programme),
    Setting(
      "group",
      .record([
        Setting("least", .whole(1...1000), "fewest members", unit: "people", required: .programme),
        Setting("most", .whole(1...1000), "most members", unit: "people", required: .programme),
        Setting(
          "ideal", .whole(1...1000), "members of a group that is neither small nor large", unit: "people",
          required: .programme),
      ]), "how large groups are", required: .programme),
    Setting("venues", .map(key: .line, .record(venue)), "where it may be, by name"),
    Setting(
      "moderators", .list(.text(.line), least: 0),
      "ids of those who moderate a group (`pl:100001`), one a group", required: .programme),
    Setting(
      "avoid",
      .map(key: .line, .record(RegionSchema.yearSpan)),
      "days on which no workshop is held, by a name that people know them by, unless `--on` asks for one of them",
      required: .programme),
    Setting(
      "agenda", .list(.whole(1...600), least: 0),
      "minutes of each point of the text `workshop.agenda`, in its order, scaled to `length`; of another number of "
        + "points, each gets as many", unit: "minutes", required: .programme),
    Setting(
      "feedback", .orNone(.text(.link)),
      "the feedback form; `WORKSHOP` and `GROUP` in it stand for the workshop's id and the group's name",
      required: .programme),
    Setting("weights", .record(weights), "what counts, relative to each other", required: .programme),
  ]

  private static let venue: [Setting] = [
    Setting("site", .text(.line), "the site it is at: mentors of other sites travel"),
    Setting("online", .flag, "whether it is a call: nobody travels"),
    Setting(
      "hybrid", .flag,
      "whether mentors of other sites join on line, with a seat in a room's group all the same"),
    Setting("capacity", .whole(1...10_000), "how many it holds in all", unit: "people"),
    Setting(
      "rooms",
      .map(
        key: .line,
        .record([
          Setting("capacity", .whole(1...1000), "how many it holds", unit: "people", required: .region)
        ])), "its rooms by name, one for each group that meets at the same time"),
  ]

  private static let weights: [Setting] = [
    ("missing", "for each mentor left out"), ("date", "for each date held"),
    ("group", "for each group"),
    ("size", "for the square of how far a group's size is from `group.ideal`"),
    ("bridge", "for a date on a bridge day: a working day between two days off"),
    ("travel", "for each mentor of another site"),
    ("online", "for each mentor of another site who joins a `hybrid` venue on line"),
    ("half-day", "outside a mentor's preferred half of the day"),
    ("site", "for each square of members of one site in a group, beyond an even spread over a date's groups"),
    ("experience", "for each square of newcomers, and of experienced, in a group, beyond the same"),
    ("met", "for each two in a group who met in one before"),
    ("session", "for each session that has to move"),
    ("change", "for each mentor whose date or group of an earlier plan changes"),
  ].map {
    Setting(
      $0, .whole(0...100_000), "cost \($1); a square of members of one department costs 1",
      required: .programme)
  }
}
