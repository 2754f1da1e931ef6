import ArgumentParser
import Basics
import Programme
import RecordStream
import Store
import ToolSupport

struct GrantCommand: ProgrammeCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant",
    abstract: "On a server: let a clerk read and write regions, or headquarters see counts.",
    discussion:
      "The role must be there: CREATE ROLE wanda LOGIN. Only who made the programme can give access.")
  @Argument(help: ArgumentHelp("The server's login role.", valueName: "role")) var role: String
  @Argument(help: ArgumentHelp("Ids of regions; * for all.", valueName: "region")) var regions: [String] = []
  @Flag(help: "Counts by region, kind and status, and no record.") var headquarters = false
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(_ programme: OpenProgramme) throws -> ToolStatus {
    guard regions.isEmpty == headquarters else {
      throw ToolFailure(.usage, "name regions, or give --headquarters")
    }
    try programme.store.grant(role, regions: headquarters ? nil : Set(regions))
    return .done
  }
}

struct RevokeCommand: ProgrammeCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "On a server: take all access from a role.")
  @Argument(help: ArgumentHelp("The server's login role.", valueName: "role")) var role: String
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(_ programme: OpenProgramme) throws -> ToolStatus {
    try programme.store.revoke(role)
    return .done
  }
}

struct AccessCommand: ProgrammeCommand {
  static let configuration = CommandConfiguration(
    commandName: "access", abstract: "On a server: list who has access to what.")
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(_ programme: OpenProgramme) throws -> ToolStatus {
    var table = TextTable([
      TextTable.Column("Role"), TextTable.Column("Regions"), TextTable.Column("Counts"),
    ])
    for access in try programme.store.access() {
      table.add([
        access.role, access.regions.sorted { $0.precedesByBytes($1) }.joined(separator: ", "),
        access.seesCounts ? "yes" : "",
      ])
    }
    try programme.console.output.write(table.text)
    return .done
  }
}

struct CountsCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "counts", abstract: "On a server: how many records there are, by region, kind and status.")
  @Option(
    help: ArgumentHelp("The server's database, for who has no programme's folder.", valueName: "address"))
  var store: String?
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(on console: Console) throws -> ToolStatus {
    try StoreFailure.told {
      // Headquarters may read nothing else of the store.
      let database =
        try store.map { try StoreAddress.database(at: $0) }
        ?? StoreAddress.database(of: options.folder(on: console))
      var table = TextTable([
        TextTable.Column("Region"), TextTable.Column("Kind"), TextTable.Column("Status"),
        TextTable.Column("Records", .right),
      ])
      for count in try RecordStore.regionCounts(in: database) {
        table.add([count.region, count.kind, count.status ?? "", String(count.number)])
      }
      try console.output.write(table.text)
      return .done
    }
  }
}

struct CompactCommand: ProgrammeCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact", abstract: "Rewrite the database without what was erased from it.")
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func run(_ programme: OpenProgramme) throws -> ToolStatus {
    try programme.store.compact()
    return .done
  }
}
