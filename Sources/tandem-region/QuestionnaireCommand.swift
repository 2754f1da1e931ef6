import ArgumentParser
import Basics
import Intake
import Programme
import RecordStream
import Regions
import ToolSupport

/// Makes a questionnaire whose export the region's form reads.
struct QuestionnaireCommand: ToolCommand {
  enum Target: String, CaseIterable, ExpressibleByArgument {
    case csv, lss, html
  }

  static let configuration = CommandConfiguration(
    commandName: "questionnaire",
    abstract: "Make a sign-up questionnaire whose export the region's form reads without a change.",
    discussion: """
      csv is a list of questions to enter in Microsoft Forms. lss is a survey that LimeSurvey imports: export its answers as \
      CSV with full answers, and with full question texts as headings (question codes where the form's headings are codes). \
      html is a page that sends the answers by e-mail, or shows them as text to copy: save the text of each mail as a .csv.
      """)

  @OptionGroup var shared: SharedOptions
  @Option(
    name: .customLong("as"), help: "csv, lss or html.", completion: .list(Target.allCases.map(\.rawValue)))
  var target: Target
  @Option(help: "The language of the topics to choose from; else the region's.")
  var language: String?
  @Option(
    help: "The form whose questionnaire is made; else the region's only one.", completion: .settings(.forms))
  var form: String?

  func validate() throws {
    if let language, let fault = Shape.Text.language.fault(language) {
      throw ValidationError("--language is `\(language)`, \(fault)")
    }
  }

  func run(on console: Console) throws -> ToolStatus {
    let regions = try shared.regions(on: console)
    guard regions.count == 1, let region = regions.first else {
      throw ToolFailure(.usage, "several regions are at work: name one with --region")
    }
    let questionnaire = Questionnaire(
      try chosen(of: region), region: region, language: language ?? region.language)
    let omitted = questionnaire.omittedTopics
    if !omitted.isEmpty {
      console.report(
        Diagnostic(
          .warning,
          "\(counted(omitted.count, "topic is", "topics are")) not offered, as the form would split the name: "
            + omitted.map { "`\($0)`" }.joined(separator: ", ") + ": state other `separators` in the form",
          code: "omitted-topic"))
    }
    switch target {
    case .csv:
      try DataTable(Questionnaire.headings, questionnaire.rows).write(.csv, to: console.output)
    case .lss: try console.output.write(LimeSurveyStructure(questionnaire).xml)
    case .html: try console.output.write(QuestionnairePage(questionnaire).html)
    }
    return .done
  }

  private func chosen(of region: Region) throws(ToolFailure) -> Form {
    let all = region.forms.filter { $0.kind == .questionnaire }
    if let form {
      guard let found = all.first(where: { $0.name == form }) else {
        throw ToolFailure(
          .usage,
          "no questionnaire of \(region.id) is the form `\(form)`"
            + (NearestName.question(form, among: all.map(\.name)) ?? ""))
      }
      return try readable(found, region)
    }
    let forms = all.filter { $0.format == .csv }
    guard let first = forms.first ?? all.first else {
      throw ToolFailure(
        .configuration, "has no form of the kind questionnaire", file: region.folder + "/forms")
    }
    guard forms.count < 2 else {
      throw ToolFailure(
        .usage,
        "several forms are questionnaires: name one with --form: "
          + forms.map(\.name).joined(separator: ", "))
    }
    return try readable(first, region)
  }

  /// An export as CSV cannot be read by a form for XML.
  private func readable(_ form: Form, _ region: Region) throws(ToolFailure) -> Form {
    guard form.format == .csv else {
      throw ToolFailure(
        .configuration,
        "the form \(form.name) reads XML, in which a new questionnaire would have other names: add a form of the format csv",
        file: region.folder + "/forms")
    }
    return form
  }
}
