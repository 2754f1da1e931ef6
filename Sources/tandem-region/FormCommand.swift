import ArgumentParser
import Basics
import Foundation
import Intake
import Programme
import RecordStream
import Regions
import ToolSupport

/// Drafts the form of an export.
struct FormCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "form",
    abstract: "Draft the form of an export: which column holds which field, as YAML.",
    discussion: """
      Headings are known by every form there is and by words of many languages, columns besides by their values: \
      addresses, sites, levels, topics, languages, yes and no, dates. What is unsure is marked `# check:`. Redirect the \
      draft into the region's forms/ folder, correct it, and look at it with `tandem-import preview`.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(
    help: ArgumentHelp(
      "The export: CSV, XML, or a workbook; - is standard input.",
      discussion: """
        Options of the file may follow its name, as for tandem-import: staff.csv@encoding=cp1250,delimiter=tab (encoding, \
        delimiter, heading-rows, sheet).
        """),
    completion: .file())
  var export: String
  @Option(help: ArgumentHelp("The export has the answers to this survey.", valueName: "name"))
  var survey: String?
  @Option(help: "The encoding of the export (UTF-8, cp1250, latin1 …); else detected.")
  var encoding: String?
  @Option(help: "The delimiter of the export (one character, or tab); else detected.")
  var delimiter: String?
  @Option(help: "How many heading rows the export has; else detected.")
  var headingRows: Int?
  @Option(
    help: ArgumentHelp(
      "The sheet of a workbook; else the one whose headings are known best.", valueName: "name"))
  var sheet: String?

  func validate() throws {
    if let survey, let fault = Shape.Text.identifier.fault(survey) {
      throw ValidationError("--survey is `\(survey)`, \(fault)")
    }
  }

  /// What is said of the export by options.
  private func wishes() throws(ToolFailure) -> FormWishes {
    do throws(FormWishes.Fault) {
      return try FormWishes([
        .encoding: encoding, .delimiter: delimiter, .headingRows: headingRows.map(String.init), .sheet: sheet,
      ])
    } catch {
      throw ToolFailure(.usage, "--\(error.option): \(error.advice)")
    }
  }

  /// The file, and what is said of it behind its name.
  private func argument() throws(ToolFailure) -> ExportArgument {
    let argument: ExportArgument
    do throws(ExportFault) {
      argument = try ExportArgument(export)
    } catch {
      throw ToolFailure(.usage, error.message, file: error.argument)
    }
    guard argument.wishes.form == nil else {
      throw ToolFailure(.usage, "form: the form is what is drafted, so leave it out", file: export)
    }
    return argument
  }

  func run(on console: Console) throws -> ToolStatus {
    let argument = try argument()
    let wishes = argument.wishes.over(try wishes())
    let folder = shared.configuration(on: console)
    // Whatever is wrong with their forms: the one that is drafted may be there already, empty, since the shell has made its
    // file.
    let regions = try shared.regions(on: console, readsForms: false)
    let source: ByteSource
    do throws(SourceProblem) {
      source = try argument.open()
    } catch {
      console.report(Rejection(error).diagnostic)
      return error.isMissing ? .noInput : .badInput
    }
    guard !source.isRecords else {
      throw ToolFailure(
        .badInput, "is a stream of records, and no export: nothing is to be drafted", file: source.name)
    }
    let others = folder.read(try shared.declaredRegionIDs(on: console)).regions
    let forms = folder.shippedForms + others.compactMap(\.region).flatMap(\.forms)
    do {
      // Where several regions are at work, that one whose sites and words the export has.
      var best = (
        region: regions[0],
        draft: try FormDraft(source, region: regions[0], forms: forms, survey: survey, wishes)
      )
      for region in regions.dropFirst() {
        let draft = try FormDraft(source, region: region, forms: forms, survey: survey, wishes)
        if draft.doubts < best.draft.doubts { best = (region, draft) }
      }
      if regions.count > 1 {
        console.report(
          Diagnostic(
            .note,
            "drafted for \(best.region.id), whose sites and words fit best: name another with --region",
            file: source.name, code: "region"))
      }
      return try write(best.draft, of: source, region: best.region, on: console)
    } catch let error as IntakeError {
      console.report(Diagnostic(.error, error.message, file: source.name, code: error.code))
      return .badInput
    }
  }

  private func write(_ draft: FormDraft, of source: ByteSource, region: Region, on console: Console) throws
    -> ToolStatus
  {
    let name = survey ?? "draft"
    let file = URL(filePath: source.name).lastPathComponent
    let read = Form.read(draft.yaml(name: file), named: name, file: name + ".yaml")
    guard let form = read.form else {
      for diagnostic in read.diagnostics { console.report(diagnostic) }
      return .badInput
    }
    let coverage = try FormDraft.Coverage(of: draft, as: form, over: source, region: region)
    try console.output.write(draft.yaml(name: file, coverage: coverage))
    let checks = draft.doubts
    console.report(
      Diagnostic(
        .note,
        "\(counted(draft.fieldCount, "field")) found, \(counted(checks, "check")) to make: write the draft to "
          + "\(region.folder)/forms/, then `tandem-import preview \(export)`", file: source.name,
        code: "draft"))
    return .done
  }
}
