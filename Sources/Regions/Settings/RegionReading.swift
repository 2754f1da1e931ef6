import Programme

extension Region {
  /// A region's typed settings of its effective value.
  ///
  /// - Parameters:
  ///   - value: programme.yaml overlaid by region.yaml, complete.
  ///   - folder: the region's folder; paths are made openable with it.
  init(id: String, value: Value, forms: [Form], catalogue: TopicCatalogue, folder: String)
    throws(ValueReader.Missing)
  {
    let read = ValueReader(value)
    let own = try SectionSettings(value)
    var sites: [Site] = []
    for entry in read.entries("sites") {
      sites.append(try Site(entry, region: value, folder: folder))
    }
    var cohorts: [Cohort] = []
    for entry in read.entries("cohorts") {
      let read = ValueReader(entry.value)
      cohorts.append(Cohort(id: entry.name, start: try read.date("start"), end: try read.date("end")))
    }
    var adapters: [String: Adapter] = [:]
    for entry in read.entries("adapters") {
      let read = ValueReader(entry.value)
      adapters[entry.name] = Adapter(
        command: read.texts("command"),
        timeLimit: try read.optional("time-limit", take: \.whole) ?? Adapter.standardTimeLimit,
        sizeLimit: try read.optional("size-limit", take: \.whole) ?? Adapter.standardSizeLimit)
    }
    var purposes: [FindingSettings.Purpose] = []
    for entry in read.entries("finding", "purposes") {
      let read = ValueReader(entry.value)
      purposes.append(
        FindingSettings.Purpose(
          name: entry.name, teach: try read.whole("teach"), interests: try read.whole("interests"),
          learn: try read.whole("learn")))
    }
    self.init(
      id: id, name: try read.text("name"), country: try read.text("country"),
      subdivision: try read.optional("subdivision", take: \.text), language: try read.text("language"),
      fallbackLanguages: read.texts("fallback-languages"), timeZone: try read.text("time-zone"),
      office: ProgrammeOffice(name: try read.text("office", "name"), email: try read.text("office", "email")),
      sites: sites, cohorts: cohorts, frame: own.frame, matching: own.matching, scheduling: own.scheduling,
      invitations: own.invitations, workshop: own.workshop, forms: forms,
      surveys: try read.entries("surveys").map { entry throws(ValueReader.Missing) in
        try SurveyDefinition(entry)
      },
      topics: TopicSettings(catalogue: catalogue, aliasDistance: try read.whole("topics", "alias-distance")),
      finding: FindingSettings(
        asksPerPeriod: try read.whole("finding", "asks-per-period"),
        period: try read.whole("finding", "period"), spread: try read.whole("finding", "spread"),
        leastRelevance: try read.whole("finding", "least-relevance"), purposes: purposes),
      privacy: PrivacySettings(
        minimumGroup: try read.whole("privacy", "minimum-group"),
        minimumGroupText: try read.whole("privacy", "minimum-group-text"),
        keepDays: try read.optional("privacy", "keep-days") { $0.whole }),
      attention: AttentionSettings(noticesPerWeek: try read.whole("attention", "notices-per-week")),
      adapters: adapters, folder: folder, exceptions: try SectionSettings.exceptions(value))
  }
}

extension Adapter {
  static let standardTimeLimit = 60
  static let standardSizeLimit = 100_000_000
}

extension Site {
  fileprivate init(_ entry: Value.Entry, region: Value, folder: String) throws(ValueReader.Missing) {
    let own = ValueReader(entry.value)
    let shared = ValueReader(region)
    var rooms: [Room] = []
    for room in own.entries("rooms") {
      let read = ValueReader(room.value)
      let calendar = try read.optional("calendar", take: \.text)
      rooms.append(
        Room(
          name: room.name, email: try read.optional("email", take: \.text),
          capacity: try read.whole("capacity"), calendar: calendar.map { folder + "/" + $0 }))
    }
    let week = region["working-hours"].map { base in
      entry.value["working-hours"].map(base.overlaid(by:)) ?? base
    }
    let holidays = entry.value["holidays"] ?? region["holidays"]
    self.init(
      name: entry.name, aliases: own.texts("aliases"),
      timeZone: try (entry.value["time-zone"] == nil ? shared : own).text("time-zone"),
      language: try (entry.value["language"] == nil ? shared : own).text("language"),
      workingHours: week.map(WorkingHours.init(checked:)) ?? WorkingHours(spans: [:]),
      holidays: (holidays?.texts ?? []).map { folder + "/" + $0 }, rooms: rooms)
    for other in own.entries("travel") { travel[other.name] = other.value.whole }
  }
}

extension WorkingHours {
  init(checked value: Value) {
    var spans: [Weekday: [ClockSpan]] = [:]
    for entry in value.entries {
      guard let day = Weekday(rawValue: entry.name), case .list(let items) = entry.value.content else {
        continue
      }
      let own = items.compactMap { $0.text.flatMap { ClockSpan($0) } }.sorted { $0.start < $1.start }
      if !own.isEmpty { spans[day] = own }
    }
    self.init(spans: spans)
  }
}
