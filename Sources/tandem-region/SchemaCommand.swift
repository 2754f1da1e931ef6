import ArgumentParser
import Basics
import Programme
import RecordStream
import Regions
import ToolSupport

/// Writes the JSON Schemas that editors complete keys with, and those of the records that flow between the tools.
struct SchemaCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Write the JSON Schemas of the configuration's files and of the records.",
    discussion: """
      They come from the descriptions by which the files are read and from those of the reference of records. Without a \
      name, Config/schemas is rewritten.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(
    help: "Print this one: programme, region, form, texts, topics or holidays.",
    completion: .list(["programme", "region", "form", "texts", "topics", "holidays"]))
  var name: String?

  @Option(
    help: ArgumentHelp("Print that of a kind of record: person, session, reply …", valueName: "kind"),
    completion: .list(RecordKinds.descriptions.map(\.kind)))
  var record: String?

  func validate() throws {
    if let record, !RecordKinds.schemas.contains(where: { $0.name == record + ".json" }) {
      let kinds = RecordKinds.descriptions.map(\.kind).joined(separator: ", ")
      throw ValidationError("no record is `\(record)`: write one of \(kinds)")
    }
    if name != nil, record != nil { throw ValidationError("name a file or a --record, not both") }
    guard let name else { return }
    let known = JSONSchema.files.map { String($0.name.dropLast(5)) }
    guard known.contains(name) else {
      throw ValidationError("no schema `\(name)`: write one of \(known.joined(separator: ", "))")
    }
  }

  func run(on console: Console) throws -> ToolStatus {
    if let record {
      for file in RecordKinds.schemas where file.name == record + ".json" {
        try console.output.write(file.text)
      }
      return .done
    }
    if let name {
      for file in JSONSchema.files where file.name == name + ".json" { try console.output.write(file.text) }
      return .done
    }
    let folder = shared.configuration(on: console).path + "/schemas"
    try Folder.make(folder + "/records")
    let records = RecordKinds.schemas.map { (name: "records/" + $0.name, text: $0.text) }
    for file in JSONSchema.files + records {
      try AtomicFile.write(Array(file.text.utf8), to: folder + "/" + file.name, mode: 0o644)
    }
    return .done
  }
}
