import Basics
import Foundation

/// The folder of a programme: where its store is, and the files that people look into.
///
/// ```
/// programme.json      what `tandem init` was told
/// programme.sqlite    the store, unless a server keeps it
/// inbox/              exports; inbox/calendars, inbox/replies
/// outbox/             mails on their way
/// pages/              calendars, rosters, certificates, reports
/// rejects/            rows to correct
/// ```
package struct ProgrammeFolder: Hashable, Sendable {
  package let path: String
  package var settings: Settings

  /// What holds for every command in the folder, unless its options say otherwise.
  package struct Settings: Hashable, Sendable {
    package var cohort: String
    /// The regions at work, by id.
    package var regions: [String]
    /// The folder of the configuration; nil: as every tool finds it.
    package var configuration: String?
    /// The address of a server's database; nil: the file in this folder.
    package var server: String?

    package init(cohort: String, regions: [String], configuration: String?, server: String?) {
      self.cohort = cohort
      self.regions = regions
      self.configuration = configuration
      self.server = server
    }
  }

  package enum Part: String, CaseIterable, Sendable {
    case inbox
    case calendars = "inbox/calendars"
    case replies = "inbox/replies"
    case outbox, pages, rejects
  }

  private static let settingsFile = "programme.json"
  package static let storeFile = "programme.sqlite"

  package func path(of part: Part) -> String { FolderListing.path(path, part.rawValue) }
  package var storePath: String { FolderListing.path(path, ProgrammeFolder.storeFile) }

  /// The folder that is asked for, else that of $TANDEM_PROGRAMME, else the nearest one from the current folder upwards, as
  /// git finds a repository.
  ///
  /// - Returns: nil where none was asked for and none is found.
  /// - Throws: `StoreError.cannotOpen` where the one that is asked for is none.
  package static func found(
    asked: String?, environment: [String: String], current: String = FileManager.default.currentDirectoryPath
  ) throws -> ProgrammeFolder? {
    if let named = asked ?? environment["TANDEM_PROGRAMME"], !named.isEmpty {
      guard try FileKind.at(FolderListing.path(named, settingsFile)) == .file else {
        throw StoreError.cannotOpen(
          "\(named) is no programme: it has no \(settingsFile); make one with `tandem init \(named)`")
      }
      return try ProgrammeFolder(named)
    }
    var folder = current
    while true {
      if try FileKind.at(FolderListing.path(folder, settingsFile)) == .file {
        return try ProgrammeFolder(folder)
      }
      guard folder != "/", !folder.isEmpty else { return nil }
      folder = folder.parentFolder
    }
  }

  private init(_ path: String) throws {
    self.path = path
    let file = FolderListing.path(path, ProgrammeFolder.settingsFile)
    let value: JSONValue
    let bytes = try OpenedFile.bytes(file, limit: 1 << 20)
    do throws(JSONError) {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw StoreError.notAStore("\(file): \(error.message) at byte \(error.offset); correct it")
    }
    let named = value["regions"]?.array ?? []
    let regions = named.compactMap(\.string)
    guard let cohort = value["cohort"]?.string, !regions.isEmpty else {
      throw StoreError.notAStore("\(file): \"cohort\" or \"regions\" is missing; see `tandem init --help`")
    }
    guard regions.count == named.count else {
      throw StoreError.notAStore("\(file): \"regions\" is to be a list of names, as in [\"pl\"]; correct it")
    }
    settings = Settings(
      cohort: cohort, regions: regions, configuration: value["configuration"]?.string,
      server: value["server"]?.string)
  }

  /// Makes the folder with its parts, readable by their owner alone. The settings come last: what has them is a programme.
  ///
  /// - Throws: `FileError`; `StoreError.notAStore` where there is a programme already.
  package static func create(_ path: String, _ settings: Settings, store: (ProgrammeFolder) throws -> Void)
    throws
    -> ProgrammeFolder
  {
    let file = FolderListing.path(path, settingsFile)
    guard try FileKind.at(file) == nil else {
      throw StoreError.notAStore("\(path) is a programme already; `tandem status` shows it")
    }
    let folder = ProgrammeFolder(path, settings)
    // A server that refuses leaves no folder behind.
    if settings.server != nil { try store(folder) }
    try Folders.make(path)
    for part in Part.allCases { try Folders.make(folder.path(of: part)) }
    if settings.server == nil { try store(folder) }
    var members: [String: JSONValue] = [
      "cohort": .string(settings.cohort), "regions": .array(settings.regions.map { .string($0) }),
    ]
    if let configuration = settings.configuration { members["configuration"] = .string(configuration) }
    if let server = settings.server { members["server"] = .string(server) }
    try AtomicFile.write(JSONValue.object(members).line + [0x0A], to: file)
    return folder
  }

  private init(_ path: String, _ settings: Settings) {
    self.path = path
    self.settings = settings
  }
}
