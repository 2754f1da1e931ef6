import Programme

/// The sections that a site or a cohort may state otherwise than its region.
package struct SectionSettings: Hashable, Sendable {
  package var frame: ProgrammeFrame
  package var matching: MatchingSettings
  package var scheduling: SchedulingSettings
  package var invitations: InvitationSettings
  package var workshop: WorkshopSettings

  init(
    frame: ProgrammeFrame, matching: MatchingSettings, scheduling: SchedulingSettings,
    invitations: InvitationSettings, workshop: WorkshopSettings
  ) {
    self.frame = frame
    self.matching = matching
    self.scheduling = scheduling
    self.invitations = invitations
    self.workshop = workshop
  }

  /// Where they hold: at a site, during a cohort, or at a site during a cohort.
  package struct Place: Hashable, Sendable {
    package var site: String?
    package var cohort: String?
  }

  static let names = ["sessions", "matching", "scheduling", "invitations", "workshop"]

  /// What differs, by place: region ← site ← cohort.
  static func exceptions(_ value: Value) throws(ValueReader.Missing) -> [Place: SectionSettings] {
    func stating(_ name: String) -> [Value.Entry] {
      (value[name]?.entries ?? []).filter { entry in names.contains { entry.value[$0] != nil } }
    }
    var exceptions: [Place: SectionSettings] = [:]
    let sites: [Value.Entry?] = [nil] + stating("sites")
    let cohorts: [Value.Entry?] = [nil] + stating("cohorts")
    for site in sites {
      for cohort in cohorts where site != nil || cohort != nil {
        exceptions[Place(site: site?.name, cohort: cohort?.name)] = try SectionSettings(
          effective(value, site: site?.value, cohort: cohort?.value))
      }
    }
    return exceptions
  }

  /// Everything that a site and a cohort may state otherwise, laid over the region: region ← site ← cohort.
  static func effective(_ region: Value, site: Value?, cohort: Value?) -> Value {
    var effective = region
    for overlay in [site, cohort] {
      for entry in overlay?.entries ?? [] where region[entry.name] != nil {
        effective[entry.name] = effective[entry.name].map { $0.overlaid(by: entry.value) } ?? entry.value
      }
    }
    return effective
  }

  init(_ value: Value) throws(ValueReader.Missing) {
    let read = ValueReader(value)
    let least = try read.whole("sessions", "gap", "least")
    var topicLengths: [String: Int] = [:]
    for topic in read.entries("sessions", "topic-lengths") { topicLengths[topic.name] = topic.value.whole }
    frame = ProgrammeFrame(
      sessions: try read.whole("sessions", "count"), shortest: try read.whole("sessions", "shortest"),
      longest: try read.whole("sessions", "longest"), length: try read.whole("sessions", "length"),
      firstLength: try read.optional("sessions", "first-length") { $0.whole }, topicLengths: topicLengths,
      gap: least...max(least, try read.whole("sessions", "gap", "most")),
      softUpperGap: try read.flag("sessions", "gap", "soft"), notice: try read.whole("sessions", "notice"),
      grid: try read.whole("sessions", "grid"))
    matching = MatchingSettings(
      weights: MatchingSettings.Weights(
        taught: try read.whole("matching", "weights", "taught"),
        returned: try read.whole("matching", "weights", "returned"),
        shared: try read.whole("matching", "weights", "shared"),
        distance: try read.whole("matching", "weights", "distance")),
      objective: try read.word("matching", "objective"), rules: try read.rules(),
      unknown: read.words("matching", "unknown").compactMapValues(WhenUnknown.init(rawValue:)),
      extraRules: read.entries("matching", "rules").flatMap(ExtraRule.rules),
      disturbance: try read.whole("matching", "disturbance"),
      freeWords: try read.whole("matching", "free-words"))
    func weight(_ name: String) throws(ValueReader.Missing) -> Int {
      try read.whole("scheduling", "weights", name)
    }
    var avoid: [SchedulingSettings.Avoided] = []
    for entry in read.entries("scheduling", "avoid") {
      let own = ValueReader(entry.value)
      avoid.append(
        SchedulingSettings.Avoided(
          name: entry.name, days: try own.yearSpan(), cost: try own.whole("cost")))
    }
    scheduling = SchedulingSettings(
      weights: SchedulingSettings.Weights(
        weekday: try weight("weekday"), time: try weight("time"), hours: try weight("hours"),
        early: try weight("early"), late: try weight("late"), lunch: try weight("lunch"),
        friday: try weight("friday"), halfDay: try weight("half-day"), buffer: try weight("buffer"),
        bridge: try weight("bridge"), load: try weight("load"), roomChange: try weight("room-change"),
        gap: try weight("gap")),
      best: read.texts("scheduling", "best").compactMap { ClockSpan($0) },
      early: try read.clock("scheduling", "early"), lunch: try read.span("scheduling", "lunch"),
      late: try read.clock("scheduling", "late"),
      friday: try read.optional("scheduling", "friday") { $0.text.flatMap { ClockTime($0)?.minute } },
      buffer: try read.whole("scheduling", "buffer"), avoid: avoid,
      loadShare: try read.whole("scheduling", "load", "share"),
      leastLoad: try read.whole("scheduling", "load", "least"),
      preferredHalf: try read.optional("scheduling", "preferred-half") {
        $0.text.flatMap(SchedulingSettings.Half.init(rawValue:))
      },
      place: try read.word("scheduling", "place"))
    invitations = InvitationSettings(
      alarm: try read.optional("invitations", "alarm", take: \.whole),
      categories: read.texts("invitations", "categories"),
      url: try read.optional("invitations", "url", take: \.text))
    workshop = try WorkshopSettings(value)
  }
}
