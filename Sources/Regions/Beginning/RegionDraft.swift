import Programme

/// What must be known to begin a region's folder; everything else headquarters has set.
package struct RegionDraft: Hashable, Sendable {
  package var id: String
  package var name: String
  package var country: String
  package var subdivision: String?
  package var language: String
  package var timeZone: String
  package var sites: [String]
  package var officeName: String
  package var officeEmail: String

  package init(
    id: String, name: String, country: String, subdivision: String?, language: String, timeZone: String,
    sites: [String], officeName: String, officeEmail: String
  ) {
    self.id = id
    self.name = name
    self.country = country
    self.subdivision = subdivision
    self.language = language
    self.timeZone = timeZone
    self.sites = sites
    self.officeName = officeName
    self.officeEmail = officeEmail
  }

  /// `pl.ics`, `de-bw.ics`
  package var holidayFile: String {
    ([country] + [subdivision].compactMap(\.self)).joined(separator: "-").lowercased() + ".ics"
  }

  /// What cannot be in a region's file, each as a sentence; empty where all can.
  package var faults: [String] {
    let texts: [(String, Shape.Text, String)] =
      [
        ("id", .identifier, id), ("name", .line, name), ("country", .country, country),
        ("language", .language, language), ("zone", .timeZone, timeZone), ("office name", .line, officeName),
        ("office address", .email, officeEmail),
      ] + (subdivision.map { [("subdivision", Shape.Text.identifier, $0)] } ?? [])
      + sites.map { ("site", .line, $0) }
    var found = texts.compactMap { what, kind, text in
      kind.fault(text).map { "the \(what) is `\(text)`, \($0)" }
    }
    if sites.isEmpty { found.append("no site: name at least one, as master data writes it") }
    var seen: Set<String> = []
    for site in sites where !seen.insert(site.lowercased()).inserted {
      found.append("the site `\(site)` is named twice: take one out")
    }
    return found
  }

  /// The folder's files by their paths in it.
  ///
  /// - Parameters:
  ///   - headquarters: the folder whose programme.yaml says what may be stated otherwise.
  ///   - hasHolidays: whether holidays/ gets the calendar `holidayFile`.
  package func files(headquarters: ConfigurationFolder, hasHolidays: Bool) -> [(path: String, text: String)] {
    [
      ("forms/answers.yaml", RegionDraft.answers), ("forms/staff.yaml", RegionDraft.staff),
      (
        "region.yaml",
        regionFile(
          headquarters.programme,
          surveys: headquarters.shippedForms.filter { $0.kind == .survey }.map(\.name),
          hasHolidays: hasHolidays)
      ),
    ]
  }

  private func regionFile(_ programme: Value, surveys: [String], hasHolidays: Bool) -> String {
    func word(_ text: String) -> String { EffectiveText.scalar(text) }
    var text = """
      # yaml-language-server: $schema=../../schemas/region.json
      #
      # Only what differs from headquarters is stated here. `tandem-region check \(id)` names mistakes,
      # `tandem-region show \(id) --why` shows what applies and which line sets it.

      # The region's name as people write it.
      name: \(word(name))
      # ISO 3166: its public holidays count.
      country: \(word(country))

      """
    if let subdivision { text += "subdivision: \(word(subdivision))\n" }
    text += """
      # The language of invitations and all other texts; a text that is missing is taken from the fallback languages.
      language: \(word(language))
      # IANA time zone; a site may state its own.
      time-zone: \(word(timeZone))

      # The organizer of every invitation, never a recipient: replace it by a mailbox that somebody reads.
      office:
        name: \(word(officeName))
        email: \(word(officeEmail))


      """
    text +=
      hasHolidays
      ? "# Public holidays; add the company's own days off as further calendars.\nholidays: [holidays/\(holidayFile)]\n"
      : "# Public holidays: put a calendar there and remove the `# `.\n# holidays: [holidays/\(holidayFile)]\n"
    text +=
      "\n# The sites as master data writes them. Each may state, besides, its own time-zone, working-hours,\n"
    text += "# holidays, sessions, matching, scheduling, invitations, and rooms:\n"
    text += "#   rooms: {Blue room: {capacity: 6, email: blue@example.com}}\nsites:\n"
    for site in sites { text += "  \(word(site)): {aliases: []}\n" }
    if !surveys.isEmpty {
      text += "\n# Surveys of headquarters that this region takes as they are.\n"
      text += "forms: [\(surveys.joined(separator: ", "))]\n"
    }
    text += "\n# What headquarters set and this region may change: remove the `# `.\n"
    let fixed = Set(programme["fixed"]?.texts ?? [])
    let own = Set([
      "name", "country", "subdivision", "language", "time-zone", "office", "holidays", "sites", "forms",
    ])
    for setting in RegionSchema.settings.allowed(in: .region) where !own.contains(setting.name) {
      guard let value = programme[setting.name] else { continue }
      text += RegionDraft.commented(setting, value, indent: 0, path: setting.name, fixed: fixed)
    }
    return text
  }

  /// A setting with its present value and its meaning, all of it commented out.
  private static func commented(
    _ setting: Setting, _ value: Value, indent: Int, path: String, fixed: Set<String>
  ) -> String {
    guard !fixed.contains(path) else { return "" }
    let margin = "# " + String(repeating: "  ", count: indent)
    let meaning = setting.meaning + (setting.unit.map { " (\($0))" } ?? "")
    if case .record(let settings) = setting.shape, !value.entries.isEmpty {
      var text = "\(margin)\(setting.name):  # \(meaning)\n"
      for inner in settings {
        guard let part = value[inner.name] else { continue }
        text += commented(inner, part, indent: indent + 1, path: path + "." + inner.name, fixed: fixed)
      }
      return text
    }
    return "\(margin)\(setting.name): \(EffectiveText.inline(value))  # \(meaning)\n"
  }

  private static let staff = """
    # yaml-language-server: $schema=../../../schemas/form.json
    #
    # HR master data: which column of the export holds each field. Every field may have several headings; the file's encoding
    # and delimiter are found out. XML: say `format: xml`, `rows: path/of/a/row`, and element paths below it.
    kind: staff
    format: csv
    fields:
      employeeNumber: {columns: [Employee number, Personnel number, Employee ID, ID], required: true}
      name: [Name, Full name]
      email: {columns: [Email, E-mail, Email address], required: true}
      department: [Department]
      site: {columns: [Site, Location], required: true}
      level: [Level, Grade]
      manager: [Manager, Supervisor]
      languages: {columns: [Languages], separators: [",", ;]}

    """

  private static let answers = """
    # yaml-language-server: $schema=../../../schemas/form.json
    #
    # The questionnaire: the headings are its questions as they appear in the export. Topics are found by the words of
    # topics.yaml in any language; `separators` join several choices in one cell.
    kind: questionnaire
    format: csv
    fields:
      email: {columns: [Email, Email Address, E-mail], required: true}
      role: {columns: [Role], required: true}
      learn: {columns: [What would you like to learn?], separators: [;, ", "]}
      teach: {columns: [What can you do?], separators: [;, ", "]}
      interests: {columns: [What are you interested in?], separators: [;, ", "]}
      comments: [Comments]
    # The words of the form for each role.
    roles: {Mentor: mentor, Mentee: mentee, Both: either}

    """
}

extension ConfigurationFolder {
  /// The forms that headquarters ships, by name; those that are wrong are left out.
  package var shippedForms: [Form] {
    var reading = ConfigurationReading(self)
    return reading.allShippedForms()
  }

  /// programme.yaml as checked; empty where it cannot be read.
  var programme: Value {
    var reading = ConfigurationReading(self)
    return reading.programme
  }

  /// The year in which headquarters' first cohort starts.
  package var firstYear: Int? {
    programme["cohorts"]?.entries.compactMap { entry in
      entry.value["start"]?.text.flatMap { LocalDate(iso8601: $0)?.year }
    }.min()
  }
}
