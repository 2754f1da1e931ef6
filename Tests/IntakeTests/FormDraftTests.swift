import Basics
import Foundation
import Programme
import Regions
import TestSupport
import Testing

@testable import Intake

/// A drafted form is one that the form reader reads, whatever it was drafted from.
@Suite struct FormDraftTests {
  /// Read once: the configuration is large.
  private static let shipped = Result {
    let folder = ConfigurationFolder(path: Repository.config)
    return (region: try #require(folder.load(["pl"]).first), forms: folder.shippedForms)
  }

  private let region: Region
  private let forms: [Form]

  init() throws { (region, forms) = try Self.shipped.get() }

  private func source(_ bytes: [UInt8]) throws -> ByteSource {
    // The source has the file open: afterwards the folder may go.
    let folder = try WorkFolder()
    return try withExtendedLifetime(folder) { try ByteSource(path: folder.file("draft.csv", bytes)) }
  }

  @discardableResult
  private func parsed(_ source: ByteSource, survey: String? = nil) throws -> (draft: FormDraft, form: Form) {
    let draft = try FormDraft(source, region: region, forms: forms, survey: survey)
    let text = draft.yaml(name: source.name)
    let read = Form.read(text, named: "draft", file: "draft.yaml")
    let form = try #require(read.form, "\(read.diagnostics)\n\(text)")
    let coverage = try FormDraft.Coverage(of: draft, as: form, over: source, region: region)
    let whole = draft.yaml(name: source.name, coverage: coverage)
    #expect(Form.read(whole, named: "draft", file: "draft.yaml").form == form, "\(whole)")
    return (draft, form)
  }

  private func draft(_ text: String, survey: String? = nil) throws -> (draft: FormDraft, form: Form) {
    try parsed(source(Array(text.utf8)), survey: survey)
  }

  /// Every export that the repository has.
  static let exports: [String] = {
    var found: [String] = []
    for folder in [
      "Examples", "Tests/ImportToolTests/Fixtures", "Tests/EndToEndTests/Fixtures/drafting",
      "Tests/IntakeTests/Fixtures/workbooks",
    ] {
      let names =
        FileManager.default.enumerator(atPath: Repository.path + "/" + folder)?.compactMap { $0 as? String }
        ?? []
      found += names.filter { name in
        [".csv", ".xml", ".xlsx", ".ods", ".asc", ".tsv"].contains { name.hasSuffix($0) }
          && !name.contains("bomb")
      }.map { "\(folder)/\($0)" }
    }
    return found.sorted()
  }()

  @Test func thereAreExports() { #expect(Self.exports.count > 20) }

  @Test(arguments: exports) func everyExportGivesAForm(path: String) throws {
    for survey in [nil, "trial"] {
      // A file may be read through once.
      try parsed(ByteSource(path: Repository.path + "/" + path), survey: survey)
    }
  }

  /// Tables of anything: headings and cells with signs that mean something to YAML, to people and to nobody.
  @Test(arguments: 0..<60) func everyTableGivesAForm(seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    let signs = [
      "a", "Z", "é", "ł", "语", "7", "0", " ", "-", ":", "#", "&", "*", "!", "%", "@", "[", "]", "{", "}", "'",
      "\\",
      "?", "|", ">", "<", "=", "~", "`", "\u{A0}", "\u{200B}", "\u{85}", "\u{2028}", "\u{7F}", "\u{E000}",
      "😀", ".", "/", ";",
      "null", "yes", "no", "mentor", "E-mail", "Site", "learn___1", "Q1_2", "x@y.pl", "12.5.2026", "Warszawa",
      "---", "on",
      "1e5", "true", "!!str", "- ", ": ", " #", "\"\"",
    ]
    func word() -> String {
      (0..<Int.random(in: 0...4, using: &random)).map { _ in signs.randomElement(using: &random) ?? "" }
        .joined()
    }
    let width = Int.random(in: 1...12, using: &random)
    var text = ""
    for _ in 0...Int.random(in: 0...12, using: &random) {
      text += (0..<width).map { _ in "\"\(word())\"" }.joined(separator: ",") + "\n"
    }
    let source = try source(Array(text.utf8))
    for survey in [nil, "trial"] {
      let draft: FormDraft
      do throws(IntakeError) {
        draft = try FormDraft(source, region: region, forms: forms, survey: survey)
      } catch {
        // Some of the tables are none; nothing else may be wrong with them.
        switch error {
        case .noTable, .empty: continue
        default: throw error
        }
      }
      let yaml = draft.yaml(name: source.name)
      let read = Form.read(yaml, named: "draft", file: "draft.yaml")
      #expect(read.form != nil, "\(read.diagnostics)\n\(yaml)")
    }
  }

  @Test func whatIsUnsureIsMarked() throws {
    let (draft, form) = try draft(
      """
      Adresse,Rolle,Ja?,Level,Ort
      a@x.pl,lieber oben,maybe,Senior,Warszawa
      b@x.pl,lieber unten,yes,Junior,Atlantis

      """)
    #expect(form.kind == .questionnaire)
    #expect(form.fields["email"]?.columns == ["Adresse"])
    // A level that is no number would reject every row.
    #expect(form.fields["level"] == nil)
    let yaml = draft.yaml(name: "x")
    #expect(yaml.contains("# check: write under `values:` which number each level is ('Junior', 'Senior')"))
    #expect(yaml.contains("# level: {columns: [Level]}"))
    #expect(yaml.contains("# check: not a site of pl: 'Atlantis'"))
  }

  /// Romanian employees have a `marcă`, and Spanish forms a `Marca temporal`.
  @Test func theWholeNameOfOneFieldIsNotAnothersInPart() throws {
    let form = try draft(
      """
      Marca temporal,Dirección de correo electrónico,¿Cómo quieres participar?,¿Qué te gustaría aprender?
      2026/10/01 10:11:12 a. m. CEST,a@x.pl,Como mentora,Logística
      2026/10/02 1:05:00 p. m. CEST,b@x.pl,Como mentee,Excel

      """
    ).form
    #expect(form.fields["timestamp"]?.columns == ["Marca temporal"])
    #expect(form.fields["employeeNumber"] == nil)
    #expect(form.fields["learn"]?.columns == ["¿Qué te gustaría aprender?"])
  }

  /// Who is numbered says whose number it is, however `number` is shortened.
  @Test(arguments: ["Nº empleado", "N° salarié", "Mitarbeiter-Nr.", "Nr pracownika", "ID zaměstnanec"])
  func anEmployeeNumberIsFoundByTheEmployee(heading: String) throws {
    let form = try draft(
      """
      \(heading),Nombre,Apellidos,Correo electrónico,Centro
      00101,María,Núñez Gil,a@x.pl,Warszawa
      00102,José,Pérez,b@x.pl,Warszawa

      """
    ).form
    #expect(form.kind == .staff && form.fields["employeeNumber"]?.columns == [heading])
  }

  @Test func multipleChoicesAreFoundInEveryShape() throws {
    let redcap = try draft(
      """
      record_id,email,role,learn___1,learn___2,my_complete
      1,a@x.pl,mentor,1,0,2
      2,b@x.pl,mentee,0,1,0

      """
    ).form
    #expect(redcap.fields["learn"]?.choices == ["learn___1": "1", "learn___2": "2"])
    #expect(redcap.only.first?.column == "my_complete")
    let labels = try draft(
      """
      Email,Role,What would you like to learn? (choice=Excel),What would you like to learn? (choice=AI)
      a@x.pl,Mentor,Checked,Unchecked
      b@x.pl,Mentee,Unchecked,Checked

      """
    ).form
    #expect(labels.fields["learn"]?.choices.values.sorted() == ["AI", "Excel"])
    let lime = try draft("email;role;learn[Excel];learn[AI]\na@x.pl;mentor;Y;\nb@x.pl;mentee;;Y\n").form
    #expect(lime.fields["learn"]?.columns == ["learn"])
    let sosci = try draft("email,role,LE01_01,LE01_02\na@x.pl,mentor,1,2\nb@x.pl,mentee,2,1\n").form
    #expect(sosci.fields["learn"]?.ticked == ["2"])
    let cell = try draft("Email,Role,I want to learn\na@x.pl,Mentor,Excel;AI;\nb@x.pl,Mentee,AI;\n").form
    #expect(cell.fields["learn"]?.separators == [";"])
  }

  @Test func datesAndLanguagesAreDecided() throws {
    let (draft, form) = try draft(
      """
      Completion time,Email,Role,Languages
      1/2/2026,a@x.pl,Mentor,"anglais, deutsch"
      13/2/2026,b@x.pl,Mentee,"lingua italiana (B2)"

      """)
    #expect(form.dateOrder == .dayFirst)
    #expect(draft.yaml(name: "x").contains("# by 13/2/2026\ndate-order: day-first"))
    #expect(form.fields["languages"]?.values["anglais"] == "en")
    #expect(form.fields["languages"]?.values["deutsch"] == "de")
  }

  @Test func aSurveyIsDrafted() throws {
    let (_, form) = try draft(
      """
      id,employee,q1,q2,How was it?,Which?
      1,700,5,10,good,A
      2,701,1,0,"well, so so",B
      3,702,4,9,bad,A
      4,703,3,8,fine,B

      """, survey: "trial")
    #expect(form.survey == "trial")
    #expect(form.questions.map(\.kind) == [.likert, .nps, .text, .choice])
    #expect(form.fields["employeeNumber"]?.columns == ["employee"])
  }
}
