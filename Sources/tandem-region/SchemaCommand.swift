import ArgumentParser
import Programme
import RecordStream
import Regions
import ToolSupport

/// Writes the JSON Schemas that editors complete keys with.
struct SchemaCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Write the JSON Schemas of the configuration's files.",
    discussion:
      "They are made of the same settings as the files are read by. None named: Config/schemas is renewed.")

  @OptionGroup var shared: SharedOptions
  @Argument(
    help: "Print this one: programme, region, form, texts or topics.",
    completion: .list(["programme", "region", "form", "texts", "topics"]))
  var name: String?

  func validate() throws {
    guard let name else { return }
    let known = JSONSchema.files.map { String($0.name.dropLast(5)) }
    guard known.contains(name) else {
      throw ValidationError("no schema `\(name)`: write one of \(known.joined(separator: ", "))")
    }
  }

  func run(on console: Console) throws -> ToolStatus {
    if let name {
      for file in JSONSchema.files where file.name == name + ".json" { try console.output.write(file.text) }
      return .done
    }
    let folder = shared.configuration(on: console).path + "/schemas"
    try Folder.make(folder)
    for file in JSONSchema.files {
      try AtomicFile.write(Array(file.text.utf8), to: folder + "/" + file.name, mode: 0o644)
    }
    return .done
  }
}
