package import Basics
import Programme
package import Regions

/// One input, found out: how it is written, and by which form of which region it is read.
package struct Sheet {
  package enum Layout {
    case delimited(CSVDialect)
    case xml(TextEncoding)
    case tripleS(TripleSDefinition, CSVDialect)
  }

  /// One region that the rows may belong to, with its form laid over the file.
  package struct Match {
    /// Index among the regions loaded.
    package var region: Int
    package var binding: FormBinding
  }

  package let source: ByteSource
  /// What the call says of the file.
  let wishes: FormWishes
  package let layout: Layout
  /// By region; more than one where regions share a form: then each row says whose it is.
  package let matches: [Match]
  /// Headings of the columns, or element paths.
  package let titles: [String]
  /// Of XML: the paths that the beginning of the document has and no form uses.
  let unusedPaths: [String]
  /// How the encoding of delimited text was found out, or what speaks against the one stated; nil of sheets and of XML.
  package let guess: EncodingGuess?
  /// Why the file has fewer heading rows than was said.
  let headingEvidence: String?

  package var name: String { source.name }
  package var kind: Form.Kind { matches.first?.binding.form.kind ?? .questionnaire }
}

extension Sheet {
  /// Finds the form that fits the input best: the one that knows most of its columns.
  package init(_ source: ByteSource, regions: [Region], wishes: FormWishes) throws(IntakeError) {
    self.source = source
    self.wishes = wishes
    var candidates: [(region: Int, form: Form)] = []
    for (index, region) in regions.enumerated() {
      for form in region.forms where wishes.form == nil || form.name == wishes.form {
        candidates.append((index, form))
      }
    }
    if let name = wishes.form, candidates.isEmpty {
      let known = Set(regions.flatMap(\.forms).map(\.name)).sorted { $0.precedesByBytes($1) }
      throw .unknownForm(name, nearest: Nearest.nearest(name, among: known), known: known)
    }
    let format: Form.Format = source.kind == .xml ? .xml : .csv
    var fitting = candidates.filter { $0.form.format == format }
    guard !fitting.isEmpty else {
      throw .noFormat(format == .xml ? "XML" : "delimited text", regions: Sheet.names(candidates, regions))
    }
    if let table = source.table {
      fitting.removeAll { !$0.form.reads(table) }
      guard !fitting.isEmpty else {
        throw .noForm(
          regions: Sheet.names(candidates, regions),
          seen: "the forms name other sheets than \(Quoted.word(table.name))")
      }
    }
    let guess =
      format == .csv && source.table == nil ? Sheet.guess(source, fitting.map { regions[$0.region] }) : nil
    if let stated = wishes.encoding, let fault = guess?.contradiction(of: stated, in: source.firstPiece) {
      throw fault
    }
    self.guess = guess
    if format == .csv, source.table == nil, source.definition == nil, let stated = wishes.delimiter,
      let fault = CSVDialect.contradiction(of: stated, in: source.firstPiece, isWhole: source.isWhole, guess)
    {
      throw fault
    }
    var search = Search(source: source, regions: regions, wishes: wishes, guess: guess)
    for candidate in fitting { search.lay(candidate.form, region: candidate.region) }
    guard let best = search.fits.map(\.binding.boundColumns).max() else { throw search.fault(fitting) }
    // Of each region its best form; regions tie where their forms know the same columns.
    var matches: [Search.Fit] = []
    for index in regions.indices {
      let own = search.fits.filter { $0.region == index && $0.binding.boundColumns == best }
      if let first = own.min(by: Search.precedes) { matches.append(first) }
    }
    guard let first = matches.first else { throw search.fault(fitting) }
    let shared = matches.filter {
      $0.binding.form.kind == first.binding.form.kind && $0.layout == first.layout
    }
    for match in shared {
      if let fault = match.binding.fault { throw fault }
    }
    // A form that fits as well and asks for a consent that is lost must not give way to one that does not ask.
    for fit in search.fits
    where fit.layout != nil && fit.binding.boundColumns == best
      && fit.binding.form.kind == first.binding.form.kind
    {
      let account = ColumnAccount(fit.binding, unused: fit.unused)
      if let fault = account.lostConsent(flags: fit.flags(source)) { throw fault }
    }
    self.matches = shared.map { fit in
      var match = Match(region: fit.region, binding: fit.binding)
      match.binding.dates = DateColumn.decision(
        source, fit.layout, fit.binding, country: regions[fit.region].country)
      return match
    }
    titles = first.titles
    unusedPaths = first.layout == nil ? first.unused : []
    headingEvidence = first.headingEvidence
    if let definition = source.definition {
      layout = .tripleS(definition, first.layout ?? CSVDialect())
    } else {
      layout =
        first.layout.map { .delimited($0) } ?? .xml(Sheet.xmlEncoding(source, first.binding.form, wishes))
    }
  }

  /// One guess for all regions: a file has one encoding, whoever reads it. The region whose folder it is in comes first.
  private static func guess(_ source: ByteSource, _ regions: [Region]) -> EncodingGuess {
    let folder = ImportRun.folder(of: source.name)
    let regions = regions.filter { $0.id == folder } + regions.filter { $0.id != folder }
    var languages: [String] = []
    for language in regions.map(\.language) + regions.flatMap(\.fallbackLanguages)
    where !languages.contains(language) {
      languages.append(language)
    }
    return source.firstPiece.withUnsafeBufferPointer {
      EncodingGuess(of: $0, isWhole: source.isWhole, languages: languages)
    }
  }

  private static func names(_ candidates: [(region: Int, form: Form)], _ regions: [Region]) -> String {
    let ids = Set(candidates.map(\.region)).sorted().map { regions[$0].id }
    return ids.isEmpty ? Phrases.list(regions.map(\.id)) : Phrases.list(ids)
  }

  /// The trial of all forms on one input.
  private struct Search {
    struct Fit {
      var region: Int
      var binding: FormBinding
      /// nil: XML.
      var layout: CSVDialect?
      var titles: [String]
      /// Headings, or paths of the document's beginning, that the form does not use.
      var unused: [String]
      var headingEvidence: String?

      /// Headings of the columns that the form does not use and that say yes or no in every row of the first piece.
      func flags(_ source: ByteSource) -> Set<String> {
        guard let layout, source.definition == nil, !unused.isEmpty else { return [] }
        // `learn/logistics` beside `learn` is a choice of it.
        let parents = binding.columns.filter(titles.indices.contains).map { titles[$0] + "/" }
        let others = titles.indices.filter { column in
          !binding.columns.contains(column) && !parents.contains { titles[column].hasPrefix($0) }
        }
        var isFlag = [Int: Bool](uniqueKeysWithValues: others.map { ($0, false) })
        source.forEachRow(layout) { row in
          for column in isFlag.keys {
            guard let text = row.string(column)?.trimmed, !text.isEmpty else { continue }
            isFlag[column] = FieldText.flag(text, words: [:]) == nil ? nil : true
          }
        }
        return Set(isFlag.filter(\.value).map { titles[$0.key] })
      }
    }

    private struct Heads {
      var dialect: CSVDialect
      var headings: Headings
      var titles: [String]
      var evidence: String?
    }

    private struct Key: Hashable {
      var encoding: TextEncoding?
      var delimiter: UInt8?
      var headingRows: Int?
      /// The form and its region, where it says what is a heading.
      var form: String?
    }

    /// Rows above the headings, at most.
    private static let mostTitles = 30

    let source: ByteSource
    let regions: [Region]
    let wishes: FormWishes
    let guess: EncodingGuess?
    private(set) var fits: [Fit] = []
    private var misfits: [(reach: Int, region: Int, form: Form, fault: IntakeError)] = []
    private var heads: [Key: Heads] = [:]
    private var outline: XMLStructure?

    init(source: ByteSource, regions: [Region], wishes: FormWishes, guess: EncodingGuess?) {
      self.guess = guess
      self.source = source
      self.regions = regions
      self.wishes = wishes
    }

    /// More of the form found, then the name: the same answer in every run.
    static func precedes(_ a: Fit, _ b: Fit) -> Bool {
      let left = a.binding.form.fields.count - a.binding.fields.count
      let right = b.binding.form.fields.count - b.binding.fields.count
      return left != right ? left < right : a.binding.form.name.precedesByBytes(b.binding.form.name)
    }

    mutating func lay(_ form: Form, region: Int) {
      if form.format == .xml { layXML(form, region: region) } else { layDelimited(form, region: region) }
    }

    private mutating func layDelimited(_ form: Form, region: Int) {
      let heads = heads(of: form, region: regions[region])
      do {
        fits.append(try fit(form, region, heads))
      } catch {
        if let below = headsBelowTitles(heads, form), let fit = try? fit(form, region, below) {
          fits.append(fit)
          return
        }
        let reach = form.fields.values.count { field in
          field.columns.contains { !heads.headings.columns(named: $0).isEmpty }
        }
        misfits.append((reach, region, form, error))
      }
    }

    private func fit(_ form: Form, _ region: Int, _ heads: Heads) throws(IntakeError) -> Fit {
      var binding = try FormBinding(form, headings: heads.headings)
      if let definition = source.definition {
        binding = try FormBinding(binding.form(by: definition), headings: heads.headings)
      }
      return Fit(
        region: region, binding: binding, layout: heads.dialect, titles: heads.titles,
        unused: heads.titles.indices.filter { !binding.columns.contains($0) }.map { heads.titles[$0] },
        headingEvidence: heads.evidence)
    }

    /// The headings further down, where lines with a title stand above them: the first row that the form knows.
    private func headsBelowTitles(_ top: Heads, _ form: Form) -> Heads? {
      guard source.definition == nil, source.table == nil, wishes.headingRows == nil,
        top.dialect.headingRows > 0
      else {
        return nil
      }
      var dialect = top.dialect
      let count = dialect.headingRows
      dialect.headingRows = Search.mostTitles + count
      let rows = CSVHead(of: source.firstPiece, isWhole: source.isWhole, name: source.name, dialect).headings
      for titles in rows.indices.dropFirst() {
        var own = Array(rows[titles..<min(titles + count, rows.count)])
        if own.count > 1 { own = HeadingRows(own, form: form).rows }
        let headings = Headings(rows: own)
        guard let binding = try? FormBinding(form, headings: headings), binding.boundColumns > 1 else {
          continue
        }
        dialect.headingRows = titles + own.count
        return Heads(
          dialect: dialect, headings: headings, titles: (0..<headings.count).map(headings.title),
          evidence: "\(counted(titles, "row")) above the headings left out, the first "
            + Quoted.heading(rows[0].joined(separator: " ")))
      }
      return nil
    }

    private mutating func heads(of form: Form, region: Region) -> Heads {
      var key = Key(
        encoding: wishes.encoding ?? form.encoding.flatMap { TextEncoding(name: $0) },
        delimiter: wishes.delimiter ?? form.delimiter.flatMap(FormWishes.delimiter),
        headingRows: wishes.headingRows ?? form.headingRows)
      if source.table != nil { (key.encoding, key.delimiter) = (.utf8, UInt8(ascii: ",")) }
      if let known = heads[key] { return known }
      let common = key
      key.form = "\(region.id) \(form.name)"
      if let known = heads[key] { return known }
      var dialect = CSVDialect.found(
        in: source.firstPiece, isWhole: source.isWhole,
        overrides: CSVDialect.Overrides(
          encoding: key.encoding, delimiter: key.delimiter,
          quote: source.table == nil ? nil : .some(UInt8(ascii: "\"")), headingRows: key.headingRows,
          languages: [region.language] + region.fallbackLanguages, guess: guess))
      dialect.rowsAreLines = source.table != nil
      var rows =
        source.definition.map { Headings.rows(of: $0) } ?? Sheet.headingRows(source, dialect)
      var evidence: String?
      if source.definition == nil, dialect.headingRows > 1 {
        let checked = HeadingRows(rows, form: form)
        rows = checked.rows
        evidence = checked.evidence
        dialect.headingRows = rows.count
      }
      let headings = Headings(rows: rows)
      let found = Heads(
        dialect: dialect, headings: headings, titles: (0..<headings.count).map(headings.title),
        evidence: evidence)
      heads[source.definition == nil && (dialect.headingRows > 1 || evidence != nil) ? key : common] = found
      return found
    }

    private mutating func layXML(_ form: Form, region: Int) {
      // A document that breaks off before its root is told when it is read.
      let outline =
        outline
        ?? (try? XMLStructure.found(
          in: source.firstPiece, isWhole: source.isWhole, name: source.name,
          encoding: wishes.encoding ?? form.encoding.flatMap { TextEncoding(name: $0) }))
        ?? XMLStructure()
      self.outline = outline
      let rowPath = form.rowPath ?? ""
      let paths = form.elementPaths
      // A path that is not in the first piece may still come; what decides is what is there.
      let present = paths.filter { Sheet.stands("\(rowPath)/\($0)", in: outline) }
      do {
        guard Sheet.stands(rowPath, in: outline) else {
          throw IntakeError.missingHeading(field: "the rows", headings: [rowPath], untitled: [])
        }
        let found = try FormBinding(form, paths: present)
        var binding = try FormBinding(form, paths: paths, present: present)
        binding.boundColumns = found.boundColumns
        fits.append(
          Fit(
            region: region, binding: binding, layout: nil,
            titles: paths, unused: Sheet.unused(outline, row: rowPath, paths + form.slicePaths)))
      } catch {
        guard let fault = error as? IntakeError else { return }
        misfits.append((present.count, region, form, fault))
      }
    }

    /// The form that came nearest, and what it misses.
    func fault(_ candidates: [(region: Int, form: Form)]) -> IntakeError {
      let names = Sheet.names(candidates, regions)
      guard let nearest = misfits.max(by: { $0.reach < $1.reach }), nearest.reach > 0 || wishes.form != nil
      else {
        let seen: String
        if let outline {
          seen = "its root is <\(outline.root)>"
        } else {
          let titles = heads.values.map(\.titles).max { $0.count < $1.count } ?? []
          let some = titles.prefix(6).map { Quoted.word($0) }.joined(separator: ", ")
          seen =
            titles.allSatisfy(\.isEmpty)
            ? "no row of headings is found" : "its headings are \(some)\(titles.count > 6 ? ", …" : "")"
        }
        return .noForm(regions: names, seen: seen)
      }
      return .noFit(
        nearest.fault, regions: names, form: nearest.form.name, region: regions[nearest.region].id)
    }
  }

  /// The encoding that the document will be read in.
  private static func xmlEncoding(_ source: ByteSource, _ form: Form, _ wishes: FormWishes) -> TextEncoding {
    let own = try? XMLProlog(head: source.firstPiece, isWhole: true)
    return wishes.encoding ?? form.encoding.flatMap { TextEncoding(name: $0) } ?? own?.encoding ?? .utf8
  }

  /// Whether elements stand at the path; its conditions and attributes are not looked at.
  private static func stands(_ path: String, in structure: XMLStructure) -> Bool {
    guard let wanted = try? ElementPath(path) else { return false }
    let names = wanted.steps.map(\.name)
    if !names.contains(nil) { return structure.has(names.compactMap { $0 }.joined(separator: "/")) }
    return structure.paths.contains { path in
      let steps = path.split(separator: "/")
      return steps.count == names.count && zip(names, steps).allSatisfy { $0 == nil || $0 == String($1) }
    }
  }

  /// Texts and attributes below the path of the rows that none of the paths names, by their path below it.
  private static func unused(_ outline: XMLStructure, row: String, _ paths: [String]) -> [String] {
    let depth = row.split(separator: "/").count
    // Elements that hold others are no columns; an attribute's own element may be one.
    let inner = Set(
      outline.paths.filter { !$0.contains("/@") }.map {
        $0.split(separator: "/").dropLast().joined(separator: "/")
      })
    return outline.paths.filter { $0.split(separator: "/").count > depth && !inner.contains($0) }
      .compactMap { path -> String? in
        var one = XMLStructure()
        one.paths = [path.split(separator: "/").prefix(depth).joined(separator: "/")]
        guard stands(row, in: one) else { return nil }
        one.paths = [path]
        if paths.contains(where: { stands("\(row)/\($0)", in: one) }) { return nil }
        return path.split(separator: "/").dropFirst(depth).joined(separator: "/")
      }
  }

  /// The heading rows in the first piece; the numbers of the columns where the file has none.
  private static func headingRows(_ source: ByteSource, _ dialect: CSVDialect) -> [[String]] {
    let head = CSVHead(of: source.firstPiece, isWhole: source.isWhole, name: source.name, dialect)
    return dialect.headingRows == 0 ? [(1...max(1, head.columnCount)).map(String.init)] : head.headings
  }
}

extension Form {
  /// Whether the form may be laid over a sheet: one that names its sheet takes no other.
  fileprivate func reads(_ table: SheetTable) -> Bool {
    guard let sheet else { return true }
    return SheetSearch.index(of: sheet, among: [table.name]) != nil
  }

  /// Every element path that a field or a question stands at, once, in a fixed order: the columns of an XML file.
  package var elementPaths: [String] {
    var seen: Set<String> = []
    var paths: [String] = []
    let ordered = fields.keys.sorted { $0.precedesByBytes($1) }.compactMap { fields[$0] }
    var names = ordered.flatMap { $0.columns + $0.choices.keys.sorted { $0.precedesByBytes($1) } }
    names += questions.flatMap { $0.columns.isEmpty ? [$0.name] : $0.columns }
    names += (only + except).map(\.column).filter { fields[$0] == nil }
    for name in names {
      let path = Form.elementPath(name)
      if seen.insert(path).inserted { paths.append(path) }
    }
    return paths
  }

  /// The elements that say when a time slice begins and ends.
  fileprivate var slicePaths: [String] {
    guard let slices else { return [] }
    return [slices.end, slices.start].compactMap { $0.map { "\(slices.path)/\($0)" } }
  }

  /// A question's code as LimeSurvey writes it (`282267X9X100`) means the element that its XML makes of it.
  static func elementPath(_ name: String) -> String {
    name.first?.isNumber == true ? RowShape.limeSurveyElement(name) : name
  }
}
