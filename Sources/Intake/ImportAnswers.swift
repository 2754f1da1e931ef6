import Basics
import Programme
import Regions

/// Survey sheets read for tabulating: into stores instead of `response` records.
extension ImportRun {
  mutating func readAnswers(_ index: Int, _ layouts: [String: AnswerStore.Layout]) throws {
    let sheet = sheets[index]
    let survey = sheet.matches.first.map { $0.binding.form.survey ?? $0.binding.form.name } ?? ""
    guard let layout = layouts[survey] else {
      let wanted = layouts.keys.sorted { $0.precedesByBytes($1) }
      try sinks.diagnostic(
        Diagnostic(
          .warning, "answers to the survey \(survey), where \(Phrases.list(wanted)) is asked for: left out",
          file: sheet.name, code: "other-survey"))
      return
    }
    if try readInSections(sheet, layout) { return }
    let choosers = sheet.matches.map { reader($0, titles: sheet.titles) }
    var readers = sheet.matches.map { AnswerReader(encoder($0, sheet), layout: layout, shelf: shelf) }
    let folder = ImportRun.folder(of: sheet.name)
    try read(index) { run, row in
      guard let chosen = run.choose(among: choosers, sheet: sheet, row: row, folder: folder) else {
        try run.reject(run.regionFault(choosers, sheet: sheet, row: row), sheet, region: nil)
        return
      }
      let region = sheet.matches[chosen].region
      let rejection = try readers[chosen].read(row) { email, number in
        run.known(email: email, employeeNumber: number, region: region)
      }
      if let rejection { try run.reject(rejection, sheet, region: run.regions[region].id) }
    }
    var times = UnreadTimes()
    for reader in readers { times.add(reader.unreadTimes) }
    if let warning = times.warning(file: sheet.name) { try sinks.diagnostic(warning) }
    for (reader, match) in zip(readers, sheet.matches) where reader.store.count > 0 {
      outcome.counts[regions[match.region].id, default: Counts()].responses += reader.store.count
      try sinks.answers(reader.store)
    }
  }

  private func encoder(_ match: Sheet.Match, _ sheet: Sheet) -> ResponseEncoder {
    ResponseEncoder(region: regions[match.region], binding: match.binding, file: sheet.name) { column in
      sheet.titles.indices.contains(column) ? sheet.titles[column] : ""
    }
  }

  /// Reads a large delimited file of one region in sections, by as many threads as there are cores; false where that cannot
  /// be, and nothing was reported.
  private mutating func readInSections(_ sheet: Sheet, _ layout: AnswerStore.Layout) throws -> Bool {
    guard let match = sheet.matches.first, sheet.matches.count == 1,
      case .delimited(let dialect) = sheet.layout,
      !AnswerReader(encoder(match, sheet), layout: layout).isJoined(
        hasStaff: !planned.isEmpty || sheets.contains { $0.kind == .staff })
    else { return false }
    let region = regions[match.region]
    let (titles, binding, name, shelf) = (sheet.titles, match.binding, sheet.name, shelf)
    let sections = AnswerSections(sheet.source, dialect, least: leastSection) {
      let encoder = ResponseEncoder(region: region, binding: binding, file: name) { column in
        titles.indices.contains(column) ? titles[column] : ""
      }
      return AnswerReader(encoder, layout: layout, shelf: shelf)
    }
    guard let done = sections?.read() else { return false }
    var rows = 0
    var lines = 0
    var leftOut: [Int: Int] = [:]
    var times = UnreadTimes()
    for section in done {
      times.add(section.unreadTimes)
      section.store.firstLine = lines
      for var rejection in section.rejections {
        rejection.line += lines
        rejection.row += rows
        try reject(rejection, sheet, region: region.id)
      }
      for (number, count) in section.leftOut { leftOut[number, default: 0] += count }
      rows += section.rows
      lines += section.lines
      outcome.counts[region.id, default: Counts()].responses += section.store.count
      if section.store.count > 0 { try sinks.answers(section.store) }
    }
    outcome.rows += rows
    if let warning = times.warning(file: sheet.name) { try sinks.diagnostic(warning) }
    try tell(leftOut: leftOut, of: sheet)
    try tellRejections()
    sinks.progress(outcome.rows)
    return true
  }
}
