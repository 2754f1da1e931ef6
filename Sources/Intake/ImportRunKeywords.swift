package import Programme
import Regions

/// The list of topics of one pair, as one of the two sent it.
package struct KeywordList: Sendable {
  /// By ids: where the person may be.
  package var regions: [String]
  package var email: String?
  package var employeeNumber: String?
  /// In order: topics by id, and free words.
  package var words: [String]
}

/// Whose list it is: the tandem, or what speaks against each.
package enum KeywordOwner: Hashable, Sendable {
  case tandem(TandemID)
  case nobody(String)
}

/// The lists of topics that come back after the first sessions: each row is of one pair.
extension ImportRun {
  mutating func readKeywords(_ index: Int) throws {
    let sheet = sheets[index]
    let titles = sheet.titles
    let readers = sheet.matches.map { reader($0, titles: titles) }
    let folder = ImportRun.folder(of: sheet.name)
    try read(index) { run, row in
      let chosen = run.choose(among: readers, sheet: sheet, row: row, folder: folder)
      let reader = readers[chosen ?? 0]
      let regions = (chosen.map { [sheet.matches[$0]] } ?? sheet.matches).map { run.regions[$0.region].id }
      func reject(_ code: String, _ fault: String) throws {
        try run.reject(
          Rejection(
            file: sheet.name, line: row.line, row: row.number, code: code, fault: fault, raw: row.raw), sheet,
          region: regions.count == 1 ? regions[0] : nil)
      }
      let who = reader.identity(row)
      guard who.email != nil || who.number != nil else {
        return try reject(
          "no-identity", "neither an e-mail address nor an employee number: fill in one of them")
      }
      let list = KeywordList(
        regions: regions, email: who.email, employeeNumber: who.number, words: reader.keywords(row))
      guard !list.words.isEmpty else { return try reject("no-keywords", "the list is empty") }
      switch try run.sinks.keywords(list) {
      case .tandem:
        run.outcome.counts[regions[0], default: Counts()].answers += 1
        run.watch?.read(.response, row: row.number, line: row.line, of: sheet.name)
      case .nobody(let fault): try reject("no-pair", fault)
      }
    }
    try tellRejections()
  }
}
