import Basics
import Programme
import Regions

/// Survey answers: each row a `response` record, at once or after all rows of its people were read.
extension ImportRun {
  mutating func readSurvey(_ index: Int) throws {
    let sheet = sheets[index]
    let titles = sheet.titles
    let readers = sheet.matches.map { reader($0, titles: titles) }
    var encoders = sheet.matches.map { match in
      ResponseEncoder(region: regions[match.region], binding: match.binding, file: sheet.name) { column in
        titles.indices.contains(column) ? titles[column] : ""
      }
    }
    let folder = ImportRun.folder(of: sheet.name)
    let survey = sheet.matches.first.map { $0.binding.form.survey ?? $0.binding.form.name } ?? ""
    // Taken out while the sheet is read: a value that two hold is copied at each change.
    var surroundings = sheet.matches.map { match in
      ledgers.removeValue(forKey: "\(survey) \(regions[match.region].id)") ?? ResponseEncoder.Surroundings()
    }
    // Once the answers of one survey wait for a later one, all that follow wait behind them.
    if encoders.contains(where: \.namesRespondents), spool == nil { spool = try ResponseSpool() }
    let spool = spool
    try read(index) { run, row in
      guard let chosen = run.choose(among: readers, sheet: sheet, row: row, folder: folder) else {
        let fault = run.regionFault(readers, sheet: sheet, row: row)
        try run.reject(fault, sheet, region: nil)
        return
      }
      let region = sheet.matches[chosen].region
      let assembly = run.assembly
      let rejection = try encoders[chosen].encode(
        row, surroundings: &surroundings[chosen],
        staff: { assembly.staffFacts(email: $0, employeeNumber: $1, region: region) },
        body: { line, respondent in
          guard let spool else { return try run.sinks.response(line) }
          try spool.add(
            line, raw: respondent == nil ? [] : row.raw, of: respondent, sheet: index << 16 | chosen, row: row
          )
        })
      let id = run.regions[region].id
      if let rejection {
        try run.reject(rejection, sheet, region: id)
      } else {
        run.outcome.counts[id, default: Counts()].responses += 1
        run.watch?.read(.response, row: row.number, line: row.line, of: sheet.name)
      }
    }
    for (place, match) in sheet.matches.enumerated() {
      let id = regions[match.region].id
      ledgers["\(survey) \(id)"] = surroundings[place]
    }
  }

  /// Hands out the answers that waited, but for those that a later one of the same person replaces.
  mutating func finishSurveys() throws {
    guard let spool else { return }
    func place(_ entry: ResponseSpool.Entry) -> String { "\(sheets[entry.sheet >> 16].name):\(entry.line)" }
    var unread: [Int: UnreadTimes] = [:]
    try spool.finish { sheet, text in
      let binding = sheets[sheet >> 16].matches[sheet & 0xFFFF].binding
      let time = TimeText.parse(text, pattern: binding.form.timeFormat, order: binding.dates.order)
      if time == nil { unread[sheet >> 16, default: UnreadTimes()].add(text) }
      return time?.secondsSinceEpoch
    } lost: { entry, fate, raw in
      let sheet = sheets[entry.sheet >> 16]
      let match = sheet.matches[entry.sheet & 0xFFFF]
      let id = regions[match.region].id
      let survey = match.binding.form.survey ?? match.binding.form.name
      outcome.counts[id, default: Counts()].responses -= 1
      switch fate {
      case .superseded(let winner, let isSame):
        outcome.counts[id, default: Counts()].superseded += 1
        let message =
          isSame
          ? "the same answer to \(survey) is repeated at \(place(winner)): one of them counts"
          : "this answer to \(survey) is replaced by the same person's later one at \(place(winner))"
        try sinks.diagnostic(
          Diagnostic(
            .warning, sheet.source.table == nil ? "row \(entry.row): \(message)" : message, file: sheet.name,
            line: entry.line, code: "superseded"))
      case .contradicts(let other):
        let title = sheet.titles.indices.contains(entry.column) ? sheet.titles[entry.column] : nil
        try reject(
          Rejection(
            file: sheet.name, line: entry.line, row: entry.row, column: entry.column + 1, heading: title,
            code: "contradiction",
            fault:
              "the same person answered \(survey) differently at \(place(other)), and no time stamp shows which is "
              + "later: keep the one that counts", raw: raw), sheet, region: id)
      }
    } line: { _, line in
      try sinks.response(line)
    }
    for (sheet, times) in unread.sorted(by: { $0.key < $1.key }) {
      if let warning = times.warning(file: sheets[sheet].name) { try sinks.diagnostic(warning) }
    }
    self.spool = nil
    try tellRejections()
  }
}
