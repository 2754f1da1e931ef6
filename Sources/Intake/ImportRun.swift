package import Basics
package import Programme
package import Regions

/// One import: inputs in, people and responses out, and everything that was wrong with a row named.
///
/// Master data is read first, then questionnaires and profiles, then surveys, each kind by file name: so the order in
/// which a caller names the files never matters. Surveys stream; of people, what is needed to join is held.
package struct ImportRun {
  package struct Counts: Sendable, Hashable {
    package var staff = 0
    package var answers = 0
    package var people = 0
    package var responses = 0
    package var rejected = 0
    package var withoutConsent = 0
    package var superseded = 0
    /// Rows that the form's `only` and `except` leave out.
    package var leftOut = 0

    package init() {}
  }

  package struct Outcome {
    /// By region id.
    package var counts: [String: Counts] = [:]
    /// Rows read and rows rejected, of all files.
    package var rows = 0
    package var rejected = 0
    /// Inputs that could not be read to their end.
    package var brokenFiles = 0
    /// Columns that hold answers of which the form does not say what they mean.
    package var unreadColumns = 0
    package var words = TopicsReport()
  }

  /// Where everything goes that a run makes while it reads.
  package struct Sinks {
    package var diagnostic: (Diagnostic) throws -> Void
    /// All people, by id, before the first response.
    package var people: ([Person]) throws -> Void
    /// A line of the stream with its line feed, valid during the call.
    package var response: (UnsafeRawBufferPointer) throws -> Void
    /// A row that is left out, and what must stand around it in a file of its own.
    package var rejection: (Rejection, Frame) throws -> Void
    /// Rows read so far.
    package var progress: (Int) -> Void
    /// The answers of a survey's sheet, in place of its responses where the run was given a layout for the survey.
    package var answers: (AnswerStore) throws -> Void
    /// A pair's list of topics, before all people.
    package var keywords: (KeywordList) throws -> KeywordOwner

    package init(
      diagnostic: @escaping (Diagnostic) throws -> Void, people: @escaping ([Person]) throws -> Void,
      response: @escaping (UnsafeRawBufferPointer) throws -> Void,
      rejection: @escaping (Rejection, Frame) throws -> Void, progress: @escaping (Int) -> Void = { _ in },
      answers: @escaping (AnswerStore) throws -> Void = { _ in },
      keywords: @escaping (KeywordList) throws -> KeywordOwner = { _ in .tandem(TandemID("")) }
    ) {
      self.diagnostic = diagnostic
      self.people = people
      self.response = response
      self.rejection = rejection
      self.progress = progress
      self.answers = answers
      self.keywords = keywords
    }
  }

  let regions: [Region]
  /// What is said of all inputs, and of one by its name.
  let wishes: FormWishes
  let ownWishes: [String: FormWishes]
  /// By survey: how its answers are held; nil where surveys become responses.
  let layouts: [String: AnswerStore.Layout]?
  /// Where sheets go that memory need not hold.
  let shelf: PageShelf?
  /// Bytes of a section of a survey's file, at least: below twice as many a second thread is not worth its start.
  package var leastSection = 8 << 20
  /// Looks on while rows are read; nil where nobody wants to see.
  var watch: RowWatch?
  /// The forms that headquarters ships, for an input that none of the regions' forms fits.
  package var shipped: () -> [Form] = { [] }
  let sinks: Sinks
  private let earlier: [Person]
  let planned: PlannedPeople
  private let cells = SheetCells()
  var sheets: [Sheet] = []
  var frames: [String: Frame] = [:]
  var assembly: PeopleAssembly
  var outcome = Outcome()
  private var repeats = RepeatedRejections()
  /// Rejected rows of people, until it is known whether another input has the row corrected.
  private var rejectedRows: [(row: RejectedRow, sheet: Int, region: Int)] = []
  private var indexes: [String: TopicIndex] = [:]
  var spool: ResponseSpool?
  var ledgers: [String: ResponseEncoder.Surroundings] = [:]

  /// - Parameters:
  ///   - earlier: the people of an earlier import, by whom changed numbers and addresses are known.
  ///   - planned: the people of a plan, each with the role that they have in it: whose survey answers are whose.
  package init(
    regions: [Region], wishes: FormWishes = FormWishes(), ownWishes: [String: FormWishes] = [:],
    layouts: [String: AnswerStore.Layout]? = nil, shelf: PageShelf? = nil, earlier: [Person] = [],
    planned: [Person] = [],
    sinks: Sinks
  ) {
    self.earlier = earlier
    self.planned = PlannedPeople(planned)
    self.shelf = shelf
    self.layouts = layouts
    self.regions = regions
    self.wishes = wishes
    self.ownWishes = ownWishes
    // Every message about a sheet names the cell.
    let cells = cells
    var located = sinks
    located.diagnostic = { try sinks.diagnostic(cells.located($0)) }
    self.sinks = located
    assembly = PeopleAssembly(regions: regions, files: [], columns: [])
  }

  /// Reads all inputs. Throws what the sinks throw; what is wrong with an input is told and counted.
  package mutating func run(_ sources: [ByteSource]) throws -> Outcome {
    func wishes(of source: ByteSource) -> FormWishes {
      ownWishes[source.name]?.over(self.wishes) ?? self.wishes
    }
    if let sheet = self.wishes.sheet, !sources.contains(where: { $0.workbook != nil }) {
      try sinks.diagnostic(
        Diagnostic(.warning, "--sheet \(sheet): none of the files is a workbook", code: "no-workbook"))
    }
    for source in sources.sorted(by: { $0.name.precedesByBytes($1.name) }) {
      var notes: [Diagnostic] = []
      let wishes = wishes(of: source)
      if let sheet = ownWishes[source.name]?.sheet, source.workbook == nil {
        try sinks.diagnostic(
          Diagnostic(
            .warning, "sheet=\(sheet): this is not a workbook", file: source.name, code: "no-workbook"))
      }
      do throws(IntakeError) {
        let found = try ImportRun.sheet(source, regions, wishes)
        sheets.append(found.sheet)
        notes = found.notes
      } catch {
        outcome.brokenFiles += 1
        // No form fits what breaks off in its first rows: the break is the cause.
        let diagnostic =
          ImportRun.fault(of: source).map { Rejection($0).diagnostic }
          ?? Diagnostic(
            .error, (shippedFits(source, error, wishes) ?? error).message, file: source.name, code: error.code
          )
        try sinks.diagnostic(diagnostic)
        continue
      }
      guard let sheet = sheets.last else { continue }
      cells.add(sheet)
      try sinks.diagnostic(note(on: sheet))
      for note in notes { try sinks.diagnostic(note) }
      if let warning = encodingWarning(of: sheet) { try sinks.diagnostic(warning) }
      if let evidence = sheet.headingEvidence {
        try sinks.diagnostic(Diagnostic(.note, evidence, file: sheet.name, code: "heading-rows"))
      }
      if let warning = sheet.matches.first?.binding.dates.warning {
        try sinks.diagnostic(Diagnostic(.warning, warning, file: sheet.name, code: "date-order"))
      }
      // Of XML it is known at the end of the document.
      if case .xml = sheet.layout { continue }
      if let binding = sheet.matches.first?.binding {
        let unused = sheet.titles.indices.filter { !binding.columns.contains($0) }.map { sheet.titles[$0] }
        try tell(ColumnAccount(binding, unused: unused), of: sheet)
      }
    }
    assembly = PeopleAssembly(
      regions: regions, files: sheets.map(\.name), columns: sheets.map(ImportRun.columns), earlier: earlier)
    for kind in [Form.Kind.staff, .questionnaire, .profiles] {
      for index in sheets.indices where sheets[index].kind == kind { try readPeople(index) }
    }
    for index in sheets.indices where sheets[index].kind == .keywords { try readKeywords(index) }
    try assemble()
    for index in sheets.indices where sheets[index].kind == .survey {
      if let layouts { try readAnswers(index, layouts) } else { try readSurvey(index) }
    }
    try finishSurveys()
    return outcome
  }

  /// The table of an input under the form that fits it best, and what is to be known of its workbook.
  private static func sheet(
    _ source: ByteSource, _ regions: [Region], _ wishes: FormWishes
  ) throws(IntakeError) -> (sheet: Sheet, notes: [Diagnostic]) {
    let found = try source.workbook.map { workbook throws(IntakeError) in
      try SheetSearch(workbook, regions: regions, wishes: wishes).table()
    }
    return (
      try Sheet(found?.source ?? source, regions: regions, wishes: wishes), found?.notes ?? []
    )
  }

  /// For an input that none of the regions' forms fits: a form that headquarters ships and that does.
  private func shippedFits(_ source: ByteSource, _ error: IntakeError, _ wishes: FormWishes) -> IntakeError? {
    var isNear = false
    switch error {
    case .noForm, .noFormat, .inSheet(_, .noForm, _): break
    // A form of one's own that lacks a heading is nearer than one that happens to know two.
    case .noFit, .inSheet(_, .noFit, _): isNear = true
    default: return nil
    }
    guard wishes.form == nil, var region = regions.first else { return nil }
    region.forms = shipped()
    guard let sheet = try? ImportRun.sheet(source, [region], wishes).sheet, let match = sheet.matches.first,
      match.binding.boundColumns > (isNear ? sheet.titles.count / 2 : 1)
    else { return nil }
    return .shippedFits(
      form: match.binding.form.name, regions: Phrases.list(regions.map(\.id)),
      file: region.folder + "/region.yaml")
  }

  /// What ends the beginning of a document.
  private static func fault(of source: ByteSource) -> SourceProblem? {
    guard source.kind == .xml else { return nil }
    do {
      return try XMLStructure.found(in: source.firstPiece, isWhole: source.isWhole, name: source.name).fault
    } catch {
      return error as? SourceProblem
    }
  }

  /// What speaks against the encoding that the file is read in.
  private func encodingWarning(of sheet: Sheet) -> Diagnostic? {
    guard let guess = sheet.guess else { return nil }
    switch sheet.layout {
    case .delimited(let dialect), .tripleS(_, let dialect):
      return guess.encoding == dialect.encoding
        ? guess.warning(file: sheet.name) : guess.warning(stated: dialect.encoding, file: sheet.name)
    case .xml: return nil
    }
  }

  private static func columns(of sheet: Sheet) -> [String: PeopleAssembly.Column] {
    guard let binding = sheet.matches.first?.binding else { return [:] }
    return binding.fields.compactMapValues { place in
      (place.columns.first ?? place.choices.keys.min()).map { column in
        PeopleAssembly.Column(
          number: column + 1, heading: sheet.titles.indices.contains(column) ? sheet.titles[column] : "")
      }
    }
  }

  /// `answers.csv: note: form answers of de; windows-1252, ';', CRLF, 1 heading row`
  private func note(on sheet: Sheet) -> Diagnostic {
    let ids = sheet.matches.map { regions[$0.region].id }
    let form = sheet.matches.first?.binding.form.name ?? ""
    var text = "form \(form) of \(Phrases.list(ids)); "
    switch sheet.layout {
    case .delimited(let dialect):
      text +=
        sheet.source.table.map { $0.summary(headingRows: dialect.headingRows) }
        ?? dialect.summary(guessed: sheet.guess)
    case .xml(let encoding): text += "XML, \(encoding.rawValue)"
    case .tripleS(let definition, let dialect):
      text += "triple-s by \(definition.file), " + (definition.isCSV ? "CSV" : "fixed width")
      text += ", \(dialect.encoding.rawValue)"
    }
    if ids.count > 1 {
      text += sheet.kind == .staff ? "; the region by each row's site" : "; the region by each row's person"
    }
    if let dates = sheet.matches.first?.binding.dates.note { text += "; \(dates)" }
    return Diagnostic(.note, text, file: sheet.name, code: "form")
  }

  // MARK: - Rows

  private func tell(_ account: ColumnAccount, of sheet: Sheet) throws {
    guard let form = sheet.matches.first?.binding.form else { return }
    // A sheet that is left out as a whole needs no columns.
    if form.kind == .survey, let layouts, layouts[form.survey ?? form.name] == nil { return }
    let ids = sheet.matches.map { regions[$0.region].id }
    for diagnostic in account.diagnostics(form: form.name, of: ids, file: sheet.name) {
      try sinks.diagnostic(diagnostic)
    }
  }

  /// Hands every good row of the sheet to `body`, and every bad one to the rejects.
  ///
  /// Returns whether what was read may be used: not where the consent that the form asks for is nowhere in the document.
  @discardableResult
  mutating func read(
    _ index: Int, bad: (SourceProblem) -> Void = { _ in },
    body: (inout ImportRun, SourceRow) throws -> Void
  ) throws -> Bool {
    let sheet = sheets[index]
    let before = outcome.rows
    var isFramed = false
    var isUsable = true
    // Columns of XML in which no row has had anything yet.
    var unseen = Array(sheet.titles.indices)
    var leftOut: [Int: Int] = [:]
    let conditions = sheet.matches.map(\.binding.conditions)
    let own = sheet.matches.count == 1 ? sheet.matches.first.map { regions[$0.region].id } : nil
    /// - Parameter fault: what is wrong with a row, if it counts.
    func row(_ row: SourceRow, fault: SourceProblem? = nil) throws {
      outcome.rows += 1
      if outcome.rows & 0x3FFF == 0 { sinks.progress(outcome.rows) }
      // Where regions share a form, each may leave out the rows of the others.
      let reasons = conditions.lazy.compactMap { $0.leavingOut(row) }
      let first = reasons.first.flatMap { reasons.count == conditions.count ? $0 : nil }
      watch?.see(row, of: sheet, leftOut: first.flatMap { conditions.first?.reason($0) })
      if let first {
        leftOut[first, default: 0] += 1
      } else if let fault {
        bad(fault)
        try reject(Rejection(fault), sheet, region: own)
      } else {
        try body(&self, row)
      }
    }
    func problem(_ problem: SourceProblem) throws {
      outcome.rows += 1
      bad(problem)
      try reject(Rejection(problem), sheet, region: own)
    }
    do {
      switch sheet.layout {
      case .delimited(let dialect):
        let reader = CSVReader(name: sheet.name, dialect: dialect)
        var footer = Footer()
        let table = sheet.source.table
        let asked = sheet.matches.reduce(into: Set<Int>()) { $0.formUnion($1.binding.columns) }
        let deciding = conditions.reduce(into: Set<Int>()) { $0.formUnion($1.columns) }
        try reader.read(sheet.source) { present in
          if !isFramed {
            frames[sheet.name] = Frame(of: reader, suffix: table == nil ? "" : ".csv")
            isFramed = true
          }
          for line in footer.interrupted() { try problem(line) }
          if let table, let cell = table.fault(row: present.line, among: asked) {
            let heading = sheet.titles.indices.contains(cell.column) ? sheet.titles[cell.column] : nil
            let fault = present.problem(cell.fault, column: cell.column, heading: heading)
            // Whether the row counts cannot be known by a cell without a value.
            return try deciding.contains(cell.column) ? problem(fault) : row(present, fault: fault)
          }
          try row(present)
        } problem: { found in
          if frames[sheet.name] == nil {
            frames[sheet.name] = Frame(of: reader, suffix: table == nil ? "" : ".csv")
          }
          if footer.takes(found) { return }
          for line in footer.interrupted() { try problem(line) }
          try problem(found)
        }
        if let note = footer.note { try sinks.diagnostic(note) }
        try tellLate(reader, sheet, guessed: dialect)
        for note in table?.diagnostics(headingRows: dialect.headingRows, titles: sheet.titles) ?? [] {
          try sinks.diagnostic(note)
        }
      case .tripleS(let definition, let dialect):
        let reader = TripleSReader(name: sheet.name, definition: definition, dialect: dialect)
        try reader.read(sheet.source) { present in
          if frames[sheet.name] == nil { frames[sheet.name] = Frame(of: reader.reader) }
          try row(present)
        } problem: { found in
          if frames[sheet.name] == nil { frames[sheet.name] = Frame(of: reader.reader) }
          try problem(found)
        }
        try tellLate(reader.reader, sheet, guessed: dialect)
      case .xml(let encoding):
        let form = sheet.matches[0].binding.form
        let reader = XMLReader(
          name: sheet.name, shape: try RowShape(row: form.rowPath ?? "", fields: form.currentPaths),
          encoding: sheet.wishes.encoding ?? form.encoding.map { _ in encoding })
        try reader.read(sheet.source) { present in
          if !isFramed {
            frames[sheet.name] = Frame(of: sheet.source, firstRow: present.raw, encoding: reader.encoding)
            isFramed = true
          }
          if !unseen.isEmpty { unseen.removeAll { present.valueCount($0) > 0 } }
          try row(present)
        }
        if outcome.rows > before, let binding = sheet.matches.first?.binding {
          let empty = Set(unseen)
          let account = ColumnAccount(binding, unused: sheet.unusedPaths) { place in
            place.columns.contains { !empty.contains($0) }
          }
          try tell(account, of: sheet)
          if let fault = account.lostConsent() {
            isUsable = false
            throw fault
          }
        }
      }
    } catch let fault as SourceProblem {
      outcome.brokenFiles += 1
      try sinks.diagnostic(Rejection(fault).diagnostic)
    } catch let fault as IntakeError {
      outcome.brokenFiles += 1
      try sinks.diagnostic(Diagnostic(.error, fault.message, file: sheet.name, code: fault.code))
    }
    if outcome.rows == before, outcome.brokenFiles == 0 {
      try sinks.diagnostic(
        Diagnostic(.warning, "no rows below the headings", file: sheet.name, code: "no-rows"))
    }
    try tell(leftOut: leftOut, of: sheet)
    if sheet.kind == .survey { try tellRejections() }
    return isUsable
  }

  /// - Parameter leftOut: rows, by the number of the condition that leaves them out.
  mutating func tell(leftOut: [Int: Int], of sheet: Sheet) throws {
    guard let first = sheet.matches.first else { return }
    for (number, rows) in leftOut.sorted(by: { $0.key < $1.key }) {
      outcome.counts[regions[first.region].id, default: Counts()].leftOut += rows
      if let note = first.binding.conditions.note(of: number, rows: rows, file: sheet.name) {
        try sinks.diagnostic(note)
      }
    }
  }

  /// A file that is ASCII at first shows its code page later: that is told too.
  private func tellLate(_ reader: CSVReader, _ sheet: Sheet, guessed: CSVDialect) throws {
    guard reader.dialect.encoding != guessed.encoding else { return }
    let text = "\(reader.dialect.encoding.rawValue), by the first letters beyond ASCII, which come late"
    try sinks.diagnostic(Diagnostic(.note, text, file: sheet.name, code: "encoding"))
    if let warning = reader.lateGuess?.warning(file: sheet.name) { try sinks.diagnostic(warning) }
  }

  /// - Parameter others: what else is wrong with the row.
  mutating func reject(
    _ rejection: Rejection, and others: some Sequence<Rejection> = [], _ sheet: Sheet, region: String?
  ) throws {
    var rejection = rejection
    rejection.isInSheet = sheet.source.table != nil
    outcome.rejected += 1
    if let region { outcome.counts[region, default: Counts()].rejected += 1 }
    for var fault in [rejection] + others {
      fault.isInSheet = rejection.isInSheet
      if let news = repeats.add(fault) { try sinks.diagnostic(news) }
    }
    try sinks.rejection(rejection, frames[sheet.name] ?? Frame())
  }

  mutating func tellRejections() throws {
    for diagnostic in repeats.flush() { try sinks.diagnostic(diagnostic) }
  }

  /// What master data says of who answered, and the plan where that does not.
  func known(email: String?, employeeNumber: String?, region: Int) -> Facts? {
    let own = planned.facts(email: email, employeeNumber: employeeNumber, region: regions[region].id)
    guard var facts = assembly.staffFacts(email: email, employeeNumber: employeeNumber, region: region) else {
      return own
    }
    facts.role = facts.role ?? own?.role
    return facts
  }

  // MARK: - People

  mutating func reader(_ match: Sheet.Match, titles: [String]) -> FactsReader {
    let region = regions[match.region]
    let language = match.binding.form.language ?? region.language
    let key = "\(region.id) \(language)"
    let topics =
      indexes[key]
      ?? TopicIndex(
        catalogue: region.topics.catalogue,
        languages: [language] + region.fallbackLanguages.filter { $0 != language },
        distance: region.topics.aliasDistance)
    indexes[key] = topics
    return FactsReader(region: region, binding: match.binding, topics: topics) { column in
      titles.indices.contains(column) ? titles[column] : ""
    }
  }

  private mutating func readPeople(_ index: Int) throws {
    let sheet = sheets[index]
    let readers = sheet.matches.map { reader($0, titles: sheet.titles) }
    let folder = ImportRun.folder(of: sheet.name)
    var words: [FactsReader.UnknownWord: (line: Int, row: Int, count: Int, region: String)] = [:]
    // Held where the end of the document may show that nothing of it counts; elsewhere a copy would cost memory.
    var before: (counts: [String: Counts], assembly: PeopleAssembly)?
    if case .xml = sheet.layout, sheet.matches.contains(where: { $0.binding.form.fields["consent"] != nil }) {
      before = (outcome.counts, assembly)
    }
    var lastGood = 0
    let isUsable = try read(index) { problem in
      // The row cannot be read, so nobody knows whom it is about.
      _ = problem
    } body: { run, row in
      guard let chosen = run.choose(among: readers, sheet: sheet, row: row, folder: folder) else {
        let fault = run.regionFault(readers, sheet: sheet, row: row)
        try run.reject(fault, sheet, region: nil)
        return
      }
      let reader = readers[chosen]
      let region = sheet.matches[chosen].region
      let id = run.regions[region].id
      let result = reader.facts(row, sheet: index, file: sheet.name) { word in
        words[word, default: (row.line, row.number, 0, id)].count += 1
      }
      if sheet.kind == .staff {
        run.outcome.counts[id, default: Counts()].staff += 1
      } else {
        run.outcome.counts[id, default: Counts()].answers += 1
      }
      if case .facts(let facts) = result {
        lastGood = row.number
        run.watch?.read(.facts(facts), row: row.number, line: row.line, of: sheet.name)
      }
      switch (result, sheet.kind) {
      case (.facts(let facts), .staff): run.assembly.add(staff: facts, region: region)
      case (.facts(let facts), .profiles): run.assembly.add(profile: facts, region: region)
      case (.facts(let facts), _): run.assembly.add(answers: facts, region: region)
      case (.rejected(let row), _): run.rejectedRows.append((row, index, region))
      }
    }
    // Lines below the last row that a spreadsheet has padded to the width of the table.
    var footer: [RejectedRow] = []
    while let last = rejectedRows.last, last.sheet == index, last.row.isSparse, last.row.facts.row > lastGood
    {
      footer.append(rejectedRows.removeLast().row)
    }
    // They are no rows, as those that are too short for one.
    outcome.rows -= footer.count
    if let note = Footer.note(
      footer.reversed().map { ($0.facts.line, $0.facts.raw) }, file: sheet.name)
    {
      try sinks.diagnostic(note)
    }
    if !isUsable, let before {
      (outcome.counts, assembly) = before
      rejectedRows.removeAll { $0.sheet == index }
      return
    }
    try tell(words, sheet)
  }

  /// Which of the regions that share the form the row belongs to; nil where that cannot be known.
  func choose(
    among readers: [FactsReader], sheet: Sheet, row: SourceRow, folder: String?
  ) -> Int? {
    if readers.count == 1 { return 0 }
    var fitting: [Int] = []
    if sheet.kind == .staff {
      for index in readers.indices where readers[index].site(row) != nil { fitting.append(index) }
    } else {
      for index in readers.indices {
        let who = readers[index].identity(row)
        let known = assembly.regions(email: who.email, employeeNumber: who.number)
        if known.contains(sheet.matches[index].region) { fitting.append(index) }
      }
    }
    if fitting.count == 1 { return fitting[0] }
    guard let folder else { return nil }
    return sheet.matches.firstIndex { regions[$0.region].id == folder }
  }

  func regionFault(
    _ readers: [FactsReader], sheet: Sheet, row: SourceRow
  ) -> Rejection {
    let ids = Phrases.list(sheet.matches.map { regions[$0.region].id })
    let who = readers.first?.identity(row)
    let label = who?.email ?? who?.number ?? "row \(row.number)"
    let text =
      sheet.kind == .staff
      ? "the site of \(label) is none of \(ids), or of more than one of them: correct it, or name the region with "
        + "--region"
      : "no staff record for \(label) in \(ids), or more than one: import the master data with it, or name the region "
        + "with --region"
    return Rejection(
      file: sheet.name, line: row.line, row: row.number, code: "unknown-region", fault: text, raw: row.raw)
  }

  /// The name of the folder that an input stands in: departments keep a folder for each region.
  static func folder(of name: String) -> String? {
    let folder = name.parentFolder.fileName
    return folder.isEmpty ? nil : folder
  }

  private mutating func tell(
    _ words: [FactsReader.UnknownWord: (line: Int, row: Int, count: Int, region: String)], _ sheet: Sheet
  ) throws {
    let sorted = words.sorted {
      ($0.value.line, $0.key.column ?? 0, $0.key.word) < ($1.value.line, $1.key.column ?? 0, $1.key.word)
    }
    var times: (first: FactsReader.UnknownWord, line: Int, row: Int, count: Int)?
    var topics = TopicsReport()
    for (word, place) in sorted {
      let repeated = place.count > 1 ? ", \(place.count) times in this file" : ""
      let (message, code): (String, String)
      switch word.kind {
      case .takenFor(let aliases):
        topics.add(
          TopicsReport.Entry(
            word: word.word, region: place.region, count: place.count, line: place.line,
            nearest: aliases.first, takenFor: aliases))
        continue
      case .topic(let nearest):
        topics.add(
          TopicsReport.Entry(
            word: word.word, region: place.region, count: place.count, line: place.line, nearest: nearest,
            takenFor: []))
        continue
      case .tick(let field):
        outcome.unreadColumns += 1
        (message, code) = (
          "ticks, and the form does not say which choice they stand for\(repeated): write it under `fields.\(field)`: "
            + "choices: {\"\(word.heading ?? "")\": …}", "unknown-choice"
        )
      case .time:
        times = times ?? (word, place.line, place.row, 0)
        times?.count += place.count
        continue
      }
      try tell(message, .error, code, word, line: place.line, row: place.row, sheet)
    }
    for entry in topics.rows { outcome.words.add(entry) }
    for diagnostic in topics.diagnostics(file: sheet.name) { try sinks.diagnostic(diagnostic) }
    guard let times else { return }
    let others = times.count > 1 ? " and \(times.count - 1) more" : ""
    try tell(
      "\(Quoted.word(times.first.word))\(others) cannot be read as a time: say in the form's `time-format` how times are "
        + "written", .warning, "unknown-time", times.first, line: times.line, row: times.row, sheet)
  }

  private func tell(
    _ message: String, _ severity: Diagnostic.Severity, _ code: String, _ word: FactsReader.UnknownWord,
    line: Int, row: Int, _ sheet: Sheet
  ) throws {
    let isInSheet = sheet.source.table != nil
    let place = Rejection.place(
      "row \(row)", column: word.column, heading: word.heading, isInSheet: isInSheet)
    try sinks.diagnostic(
      Diagnostic(
        severity, place + message, file: sheet.name, line: line, column: isInSheet ? word.column : nil,
        code: code))
  }

  private mutating func assemble() throws {
    let corrections = Corrections(assembly)
    for (row, index, region) in rejectedRows {
      let sheet = sheets[index]
      let id = regions[region].id
      if let good = corrections.row(
        for: row.facts, isStaff: sheet.kind == .staff, region: region)
      {
        outcome.counts[id, default: Counts()].superseded += 1
        try sinks.diagnostic(
          Diagnostic(
            .note,
            "\(sheet.source.table == nil ? "row \(row.facts.row): " : "")"
              + "not read (\(row.rejections.first?.fault ?? "")), and corrected at "
              + "\(sheets[good.sheet].name):\(good.line)", file: sheet.name, line: row.facts.line,
            code: "corrected"))
        continue
      }
      if sheet.kind == .staff { assembly.add(rejectedStaff: row, region: region) }
      if let first = row.rejections.first {
        try reject(first, and: row.rejections.dropFirst(), sheet, region: id)
      }
    }
    rejectedRows = []
    let result = assembly.assemble()
    if let failure = assembly.failure { throw failure }
    for diagnostic in result.diagnostics { try sinks.diagnostic(diagnostic) }
    let byName = Dictionary(sheets.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for (rejection, region) in result.rejections {
      guard let sheet = byName[rejection.file] else { continue }
      try reject(rejection, sheet, region: regions[region].id)
    }
    try tellRejections()
    for (id, count) in result.withoutConsent { outcome.counts[id, default: Counts()].withoutConsent += count }
    for (id, count) in result.superseded { outcome.counts[id, default: Counts()].superseded += count }
    for person in result.people { outcome.counts[person.region, default: Counts()].people += 1 }
    try sinks.people(result.people)
  }
}

extension Form {
  /// The element paths with the condition that picks the current one of several time slices.
  var currentPaths: [String] {
    guard let slices else { return elementPaths }
    let prefix = slices.path + "/"
    return elementPaths.map { path in
      path.hasPrefix(prefix)
        ? "\(slices.path)[\(slices.end)=9999-12-31]/\(path.dropFirst(prefix.count))" : path
    }
  }
}
