import Basics
import Calendars
import Programme
import RecordStream
import Regions
import ToolSupport
import Workshops

/// The workshops as the tool writes them: records, a table, CSV, a calendar, sheets to print, and files of each.
struct WorkshopOutput {
  private let planning: CohortWorkshops
  private let outcome: CohortWorkshops.Outcome
  private let wording: RegionWording?
  private let folders: (rosters: PrivateFolder?, invitations: PrivateFolder?)
  private let held: [PersonID: Int]

  init(
    planning: CohortWorkshops, outcome: CohortWorkshops.Outcome, wording: RegionWording?,
    folders: (rosters: PrivateFolder?, invitations: PrivateFolder?)
  ) {
    self.planning = planning
    self.outcome = outcome
    self.wording = wording
    self.folders = folders
    held = planning.heldSessions
  }

  /// Each planned workshop with its host.
  private var planned: [(host: Region, workshop: Workshop)] {
    outcome.hosts.flatMap { host in (host.chosen?.workshops ?? []).map { (host.region, $0) } }
  }

  func write(_ format: OutputFormat, to output: Output) throws {
    switch format {
    case .ndjson:
      for workshop in planned.map(\.workshop) + outcome.standing {
        try output.writeLine(Record.workshop(workshop).line)
      }
    case .csv, .xlsx: try data.write(format, to: output)
    case .table: try writeTable(to: output)
    case .html:
      let sheets = try planned.compactMap { try self.sheets($0.host, $0.workshop) }
      try output.write(try WorkshopSheets.html(sheets))
    case .ics:
      let invitations = try planned.compactMap { try invitation($0.host, $0.workshop) }
      try output.write(invitations, title: "Tandem \(planning.cohort)")
    }
  }

  // MARK: - People

  private func name(_ id: PersonID) -> String { planning.people[id]?.name ?? id.text }

  /// One row a person: who comes where, and who does not, with the reason.
  private var data: DataTable {
    var data = DataTable([
      "workshop", "start", "end", "timeZone", "venue", "group", "moderator", "person", "name", "email",
      "department", "site", "held", "missing",
    ])
    for (_, workshop) in planned {
      let place = [
        workshop.id.text, workshop.start.description, workshop.end.description, workshop.timeZone,
        workshop.venue,
      ]
      for group in workshop.groups {
        let own = place + [group.name, group.moderator?.text ?? ""]
        for member in group.members { data.add(own + cells(member) + [""]) }
      }
      for missing in workshop.missing {
        data.add([workshop.id.text, "", "", "", "", "", ""] + cells(missing.person) + [missing.reason])
      }
    }
    return data
  }

  private func cells(_ id: PersonID) -> [String] {
    let person = planning.people[id]
    return [
      id.text, name(id), person?.email ?? "", person?.department.joined(separator: " / ") ?? "",
      person?.site ?? "", String(held[id] ?? 0),
    ]
  }

  private func writeTable(to output: Output) throws {
    var table = TextTable([
      .init("Workshop"), .init("Date"), .init("Zone"), .init("Venue"), .init("Group"),
      .init("People", .right),
      .init("Moderator"),
    ])
    for (_, workshop) in planned {
      for group in workshop.groups {
        table.add([
          workshop.id.text, workshop.start.clockText, workshop.timeZone, workshop.venue, group.name,
          String(group.members.count), group.moderator.map(name) ?? "",
        ])
      }
    }
    try output.write(table)
    let missing = planned.flatMap(\.workshop.missing)
    if !missing.isEmpty {
      var who = TextTable([.init("Cannot come"), .init("Site"), .init("Reason")])
      for missing in missing {
        who.add([name(missing.person), planning.people[missing.person]?.site ?? "", missing.reason])
      }
      try output.write("\n")
      try output.write(who)
    }
    try output.write(prose: [""] + summary)
  }

  // MARK: - Options

  func writeOptions(_ format: OutputFormat, to output: Output) throws {
    switch format {
    case .ndjson:
      for host in outcome.hosts {
        for (number, option) in host.options.enumerated() {
          let record = WorkshopOption(
            option, number: number + 1, region: host.region.id, cohort: planning.cohort)
          try output.writeLine(WorkshopOption.fields.line(record))
        }
      }
    case .csv, .xlsx: try optionsData.write(format, to: output)
    case .table, .html, .ics: try writeOptionsTable(to: output)
    }
  }

  private func dates(_ option: WorkshopPlan) -> String {
    option.workshops.map { "\($0.start.clockText) \($0.venue)" }.joined(separator: ", ")
  }

  /// A row an option, by region: its number, dates, groups, who comes and who does not, and what it costs.
  private var optionRows: [(cells: [String], missing: [Workshop.Missing])] {
    outcome.hosts.flatMap { host in
      host.options.enumerated().map { number, option in
        (
          [
            host.region.id, String(number + 1), dates(option),
            String(option.sizes.count), option.sizes.map(String.init).joined(separator: " "),
            String(option.comers), String(option.missing.count), String(option.collisions.count),
            String(option.cost), String(option.bound), option.gap,
          ], option.missing
        )
      }
    }
  }

  /// One row an option, and one for each whom it loses.
  private var optionsData: DataTable {
    let headings = [
      "region", "option", "dates", "groups", "sizes", "coming", "missing", "sessionsToMove", "cost", "bound",
      "gap", "lost", "reason",
    ]
    return DataTable(
      headings,
      optionRows.flatMap { row, missing in
        [row + ["", ""]] + missing.map { row + [$0.person.text, $0.reason] }
      })
  }

  private func writeOptionsTable(to output: Output) throws {
    var table = TextTable([
      .init("Region"), .init("Option", .right), .init("Dates"), .init("Groups", .right),
      .init("Sizes", spare: 2), .init("Coming", .right), .init("Missing", .right),
      .init("Sessions to move", .right, spare: 3), .init("Cost", .right), .init("Bound", .right, spare: 1),
      .init("Gap", .right),
    ])
    var lost = TextTable([.init("Region"), .init("Option", .right), .init("Cannot come"), .init("Reason")])
    for (row, missing) in optionRows {
      table.add(row)
      for missing in missing { lost.add(row.prefix(2) + [name(missing.person), missing.reason]) }
    }
    try output.write(table)
    guard !lost.rows.isEmpty else { return }
    try output.write("\n")
    try output.write(lost)
  }

  // MARK: - Files

  /// Sheets of every group, and invitations of what is new, changed or called off.
  ///
  /// - Returns: what is wrong with invitations that no calendar would accept.
  func writeFiles() throws -> [Diagnostic] {
    var refused: [Diagnostic] = []
    if let folder = folders.rosters {
      for (host, workshop) in planned {
        guard let sheets = try self.sheets(host, workshop) else { continue }
        try folder.write(Array(sheets.agenda.utf8), "\(workshop.id)-agenda", ending: "csv")
        for (index, group) in workshop.groups.enumerated() {
          let name = "\(workshop.id)-\(group.name)"
          try folder.write(Array(try sheets.html(group: index).utf8), name, ending: "html")
          try folder.write(Array(try sheets.roster(group).utf8), name, ending: "csv")
        }
      }
    }
    guard let folder = folders.invitations else { return refused }
    let news = planned.filter { isNews($0.workshop) }.map { ($0.host, $0.workshop, false) }
    for (host, workshop, isCancelled) in news + vanished.map({ ($0.host, $0.workshop, true) }) {
      guard let invitation = try invitation(host, workshop, isCancelled: isCancelled) else { continue }
      if let fault = try folder.write(invitation, workshop.id.text) { refused.append(fault) }
    }
    return refused
  }

  /// New, or not as it was last sent.
  private func isNews(_ workshop: Workshop) -> Bool {
    guard let old = planning.earlier(workshop.id) else { return true }
    return old.start != workshop.start || old.end != workshop.end || old.venue != workshop.venue
      || old.attendees != workshop.attendees
  }

  /// Workshops that are gone, as their cancellations name them.
  private var vanished: [(host: Region, workshop: Workshop)] {
    outcome.vanished.compactMap { old in
      var workshop = old
      workshop.sequence += 1
      return outcome.hosts.first { $0.region.id == old.id.host }
        .map { ($0.region, workshop) }
    }
  }

  private func sheets(_ host: Region, _ workshop: Workshop) throws -> WorkshopSheets? {
    try wording?[host.id].map {
      try WorkshopSheets(workshop, composer: $0, people: planning.people, held: held)
    }
  }

  private func invitation(
    _ host: Region, _ workshop: Workshop, isCancelled: Bool = false
  ) throws(ConfigurationError) -> Invitation? {
    let people = workshop.attendees.compactMap { planning.people[$0] }
    let old = planning.earlier(workshop.id)
    return try wording?[host.id]?.invitation(
      to: workshop, attendees: people, isCancelled: isCancelled,
      movedFrom: old.flatMap { !isCancelled && $0.start != workshop.start ? $0.start : nil },
      stamp: planning.now.inUTC)
  }

  // MARK: - Summary

  /// The counts that HR asks for, and how good the plan is.
  var summary: [String] {
    var lines: [String] = []
    for host in outcome.hosts {
      guard let plan = host.chosen else {
        lines.append("\(host.region.id): \(counted(host.options.count, "option")); plan one with --choose")
        continue
      }
      let groups = plan.workshops.flatMap(\.groups).count
      lines.append(
        "\(host.region.id): \(counted(plan.workshops.count, "workshop")), "
          + "\(plan.comers) of \(counted(host.active, "active mentor")) in \(counted(groups, "group")), "
          + "\(plan.missing.count) cannot come; cost \(plan.cost), at least \(plan.bound) for any plan; "
          + "gap \(plan.gap)")
    }
    if !outcome.moved.isEmpty {
      lines.append("\(counted(outcome.moved.count, "session makes", "sessions make")) way")
    }
    if !outcome.vanished.isEmpty {
      lines.append(
        "\(counted(outcome.vanished.count, "workshop of the earlier plan is", "workshops of the earlier plan are")) gone"
      )
    }
    return lines
  }
}
