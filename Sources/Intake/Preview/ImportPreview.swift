package import Basics
import Programme
package import Regions

/// An import that writes nothing: what it would make of each file.
///
/// It is the import itself that runs, with all files of the call, so that its answer is the import's.
package struct ImportPreview {
  /// By name.
  package let files: [FilePreview]
  package let outcome: ImportRun.Outcome

  /// - Parameters:
  ///   - shipped: the forms of headquarters, for a file that none of the regions' fits.
  ///   - diagnostic: gets every message of the import.
  package init(
    _ sources: [ByteSource], regions: [Region], wishes: FormWishes = FormWishes(),
    ownWishes: [String: FormWishes] = [:], shipped: @escaping () -> [Form] = { [] },
    diagnostic: (Diagnostic) -> Void
  ) throws {
    let watch = RowWatch()
    var people: [String: [Int: Person]] = [:]
    var messages: [String: [Diagnostic]] = [:]
    var found = ImportRun.Outcome()
    var sheets: [Sheet] = []
    try withoutActuallyEscaping(diagnostic) { diagnostic in
      var run = ImportRun(
        regions: regions, wishes: wishes, ownWishes: ownWishes,
        sinks: ImportRun.Sinks(
          diagnostic: {
            if let file = $0.file { messages[file, default: []].append($0) }
            diagnostic($0)
          },
          people: {
            for person in $0 {
              if let source = person.source { people[source.file, default: [:]][source.line] = person }
            }
          },
          response: { _ in }, rejection: { rejection, _ in watch.reject(rejection) }))
      run.watch = watch
      run.shipped = shipped
      found = try run.run(sources)
      sheets = run.sheets
    }
    outcome = found
    let read = sheets.map { sheet in
      FilePreview(
        sheet, regions: regions, watch.accounts[sheet.name] ?? RowWatch.Account(),
        people: people[sheet.name] ?? [:], messages: messages[sheet.name] ?? [])
    }
    let names = Set(read.map(\.file))
    let unread = sources.filter { !names.contains($0.name) }.map { source in
      FilePreview(
        unread: source, regions: regions, ownWishes[source.name]?.over(wishes) ?? wishes,
        messages: messages[source.name] ?? [])
    }
    files = (read + unread).sorted { $0.file.precedesByBytes($1.file) }
  }
}

extension FilePreview {
  /// Messages whose matter has a place of its own in a preview.
  private static let shown: Set<String> = [
    "form", "unused-columns", "missing-column", "missing-question", "heading-rows", "date-order",
    "title-rows",
  ]

  fileprivate init(
    _ sheet: Sheet, regions: [Region], _ account: RowWatch.Account, people: [Int: Person],
    messages: [Diagnostic]
  ) {
    self.init(file: sheet.name)
    form = sheet.matches.first?.binding.form.name
    kind = sheet.kind
    self.regions = sheet.matches.map { regions[$0.region].id }
    describe(sheet.layout, sheet.source, evidence: sheet.headingEvidence)
    judgement = sheet.guess.flatMap { $0.encoding == encodingRead ? $0.judgement : nil }
    rowCount = account.rowCount
    filled = account.filled
    self.messages = messages.filter { $0.code.map { !FilePreview.shown.contains($0) } ?? true }
    rows = account.rows.values.sorted { $0.number < $1.number }.map {
      Row($0, kind: sheet.kind, people: people, messages: messages)
    }
    guard let binding = sheet.matches.first?.binding else { return }
    dates = binding.dates.warning ?? binding.dates.note.map { $0.replacing("dates ", with: "") }
    var isXML = false
    if case .xml = sheet.layout { isXML = true }
    func column(_ index: Int) -> Column {
      Column(
        number: isXML ? nil : index + 1,
        heading: sheet.titles.indices.contains(index) ? Headings.flattened(sheet.titles[index]) : "",
        sample: account.others[index].map(Headings.flattened))
    }
    func field(_ name: String, _ place: FormBinding.Place, _ key: String) -> Field? {
      guard place.isBound, !isXML || account.filled[key] != nil else { return nil }
      return Field(
        name: name, columns: (place.columns + place.choices.keys.sorted()).map(column),
        choices: place.choices.count, samples: account.samples[key] ?? [])
    }
    // In the order of the file, as it is looked at beside the preview.
    let places = binding.fields.map {
      (name: $0.key, first: ($0.value.columns + $0.value.choices.keys).min())
    }
    let ordered = places.sorted { ($0.first ?? .max, $0.name) < ($1.first ?? .max, $1.name) }
    fields =
      ordered.compactMap { place in binding.fields[place.name].flatMap { field(place.name, $0, place.name) } }
      + zip(binding.form.questions, binding.questions).compactMap {
        field($0.name, $1, RowWatch.key($0))
      }
    unused =
      isXML
      ? sheet.unusedPaths.map { Column(number: nil, heading: $0, sample: nil) }
      : sheet.titles.indices.filter { !binding.columns.contains($0) && !sheet.titles[$0].isEmpty }.map(column)
    let found = Set(fields.map(\.name))
    missing = ColumnAccount(binding, unused: unused.map(\.heading)) { place in
      isXML
        ? binding.fields.contains { $0.value == place && found.contains($0.key) }
          || zip(binding.form.questions, binding.questions).contains {
            $1 == place && found.contains($0.name)
          }
        : place.isBound
    }.missing.filter { !$0.isSpare }.map {
      Missing(name: $0.name, headings: $0.headings, nearest: $0.nearest)
    }
  }

  /// What is known of a file that no form fits.
  fileprivate init(
    unread source: ByteSource, regions: [Region], _ wishes: FormWishes, messages: [Diagnostic]
  ) {
    self.init(file: source.name)
    self.messages = messages
    guard source.kind == .delimited, source.definition == nil else {
      format =
        switch source.kind {
        case .xml: "XML"
        case .workbook: source.workbook?.kind ?? "workbook"
        case .delimited: "triple-s"
        }
      return
    }
    let dialect = CSVDialect.found(
      in: source.firstPiece, isWhole: source.isWhole,
      overrides: CSVDialect.Overrides(
        encoding: wishes.encoding, delimiter: wishes.delimiter, quote: nil,
        headingRows: wishes.headingRows ?? 1, languages: regions.flatMap { [$0.language] }))
    describe(.delimited(dialect), source, evidence: nil)
    let titles =
      CSVHead(
        of: source.firstPiece, isWhole: source.isWhole, name: source.name, dialect
      ).headings.first ?? []
    var samples: [Int: String] = [:]
    var rows = 0
    source.forEachRow(dialect) { row in
      rows += 1
      for column in titles.indices where samples[column] == nil && !row.isEmpty(column) {
        samples[column] = row.string(column).map(Headings.flattened)
      }
    }
    rowCount = source.isWhole ? rows : nil
    unused = titles.indices.filter { !titles[$0].isEmpty }.map {
      Column(number: $0 + 1, heading: Headings.flattened(titles[$0]), sample: samples[$0])
    }
  }

  private mutating func describe(_ layout: Sheet.Layout, _ source: ByteSource, evidence: String?) {
    switch layout {
    case .delimited(let dialect):
      if let table = source.table {
        format = table.workbook.kind
        sheet = Quoted.word(table.name) + (table.count > 1 ? " of \(table.count)" : "")
        headings = FilePreview.rows(from: table.firstRow, count: dialect.headingRows)
      } else {
        format = "CSV"
        encodingRead = dialect.encoding
        encoding = dialect.encoding.rawValue + (dialect.hasByteOrderMark ? " with BOM" : "")
        delimiter = CSVDialect.word(dialect.delimiter)
        lineEnd = dialect.lineEnd.rawValue
        headings = FilePreview.rows(from: 1, count: dialect.headingRows)
      }
      if let evidence { headings = "\(headings ?? ""); \(evidence)" }
    case .xml(let found):
      format = "XML"
      encoding = found.rawValue
    case .tripleS(let definition, let dialect):
      format = "triple-s by \(definition.file), " + (definition.isCSV ? "CSV" : "fixed width")
      encoding = dialect.encoding.rawValue
    }
  }

  private static func rows(from first: Int, count: Int) -> String {
    switch count {
    case 0: "none"
    case 1: "row \(first)"
    default: "rows \(first) to \(first + count - 1)"
    }
  }
}

extension FilePreview.Row {
  fileprivate init(
    _ row: RowWatch.Row, kind: Form.Kind, people: [Int: Person], messages: [Diagnostic]
  ) {
    number = row.number
    line = row.line
    if let fault = row.fault {
      outcome = .rejected(fault)
      return
    }
    // What an import says of a good row that another one replaces.
    let fate = messages.first { $0.line == row.line && ["superseded", "corrected"].contains($0.code) }
    switch row.reading {
    case .leftOut(let why): outcome = .leftOut(why)
    case .response: outcome = fate.map { .leftOut($0.message) } ?? .response
    case .facts(let facts):
      let label = [facts.name, facts.email ?? facts.employeeNumber].compactMap(\.self).joined(separator: ", ")
      if let person = people[row.line], kind == .questionnaire {
        outcome = .person(person)
      } else {
        outcome =
          switch kind {
          case .staff: .staff(label)
          case .profiles: .profile(label)
          default: .leftOut(fate?.message ?? "\(label) gives no consent")
          }
      }
    case nil: outcome = .leftOut(fate?.message ?? "nothing is read of it")
    }
  }
}
