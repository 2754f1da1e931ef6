import ArgumentParser
import Foundation
import Intake
import Regions
import ToolSupport

/// What the caller says of the files, where it is not to be detected.
struct FileOptions: ParsableArguments {
  @Option(help: "The form that the files are; else the one that fits best.", completion: .settings(.forms))
  var form: String?
  @Flag(help: "Let a region's own programs turn unusual exports into rows or records.")
  var allowAdapters = false
  @Option(help: "The encoding of the files (UTF-8, cp1250, latin1 …); else detected.")
  var encoding: String?
  @Option(help: "The delimiter of the files (one character, or tab); else detected.")
  var delimiter: String?
  @Option(help: "How many heading rows the files have; else detected.")
  var headingRows: Int?
  @Option(
    help: ArgumentHelp(
      "The sheet of the workbooks; else the one that a form fits best.", valueName: "name"))
  var sheet: String?

  func validate() throws { _ = try wishes() }

  /// What is said of all files.
  private func wishes() throws -> FormWishes {
    let values: [FormWishes.Option: String?] = [
      .form: form, .encoding: encoding, .delimiter: delimiter, .headingRows: headingRows.map(String.init),
      .sheet: sheet,
    ]
    do throws(FormWishes.Fault) {
      return try FormWishes(values)
    } catch {
      throw ValidationError(
        "--\(error.option) \(values.first { $0.key.rawValue == error.option }.flatMap(\.value) ?? ""): \(error.advice)"
      )
    }
  }

  /// What the readers are told, of all files and of one by its name.
  func wishes(_ exports: Exports, _ regions: [Region]) throws -> (all: FormWishes, own: [String: FormWishes])
  {
    // An adapter's name is a form's name only where the region has a form of that name too.
    func isAdapter(_ form: String?) -> Bool {
      regions.contains { region in form.map { region.adapters[$0] != nil } ?? false }
        && !regions.contains { $0.forms.contains { $0.name == form } }
    }
    let all = try wishes()
    return (
      isAdapter(form) ? all.withoutForm : all,
      exports.wishes.mapValues { isAdapter($0.form) ? $0.withoutForm : $0 }
    )
  }

  func open(_ files: [String], regions: [Region], on console: Console) throws(ToolFailure) -> Exports {
    try Exports.open(files, regions: regions, form: form, allowsAdapters: allowAdapters, on: console)
  }
}
