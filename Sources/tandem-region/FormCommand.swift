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
  @Argument(help: "The export: CSV, XML, or a workbook; - is standard input.", completion: .file())
  var export: String
  @Option(help: ArgumentHelp("The export has the answers to this survey.", valueName: "name"))
  var survey: String?
  @Option(
    help: ArgumentHelp(
      "The sheet of a workbook; else the one whose headings are known best.", valueName: "name"))
  var sheet: String?

  func validate() throws {
    if let survey, let fault = Shape.Text.identifier.fault(survey) {
      throw ValidationError("--survey is `\(survey)`, \(fault)")
    }
  }

  func run(on console: Console) throws -> ToolStatus {
    let folder = shared.configuration(on: console)
    let regions = try regions(in: folder, on: console)
    let source: ByteSource
    do throws(SourceProblem) {
      source =
        export == "-" ? try ByteSource(descriptor: 0, name: "standard input") : try ByteSource(path: export)
    } catch {
      console.report(Rejection(error).diagnostic)
      switch error.fault {
      case .cannotOpen, .folder, .readFailed: return .noInput
      default: return .badInput
      }
    }
    guard !source.isRecords else {
      throw ToolFailure(
        .badInput, "is a stream of records, and no export: nothing is to be drafted", file: source.name)
    }
    let others = folder.read(try shared.declaredRegionIDs(on: console)).regions
    let forms = folder.shippedForms + others.compactMap(\.region).flatMap(\.forms)
    do {
      var drafts: [(region: Region, draft: FormDraft)] = []
      for region in regions {
        drafts.append(
          (region, try FormDraft(source, region: region, forms: forms, survey: survey, sheet: sheet)))
      }
      // Where several regions are at work, that one whose sites and words the export has.
      guard let best = drafts.max(by: { $0.draft.doubts > $1.draft.doubts }) else { return .configuration }
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

  /// The regions at work, whatever is wrong with their forms: the one that is drafted may be there already, empty, since the
  /// shell has made its file.
  private func regions(in folder: ConfigurationFolder, on console: Console) throws -> [Region] {
    let ids = try shared.regionIDs(on: console)
    let found = ids.map { folder.readWithoutForms($0) }
    let errors = found.flatMap(\.diagnostics).filter { $0.severity == .error }
    guard errors.isEmpty, !found.isEmpty else {
      throw ToolFailure(
        .configuration,
        errors.isEmpty
          ? [
            Diagnostic(
              .error,
              "no region here: name the folder with --config or $TANDEM_CONFIG, or begin one with `tandem-region new`",
              file: folder.path)
          ] : Array(Set(errors)).sorted())
    }
    return found.compactMap(\.region)
  }
}
