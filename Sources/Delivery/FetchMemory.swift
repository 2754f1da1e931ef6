import Basics

/// What a folder of fetched calendars remembers of each: by which marks its server knows whether it changed.
struct FetchMemory {
  struct Entry: Hashable, Sendable {
    var etag: String?
    var modified: String?
    /// Of a collection.
    var version: String?
    /// What was asked about; empty where the whole calendar was.
    var window: String
    /// Of the file as it was written, so that one that was edited or lost is fetched again.
    var digest: UInt64 = 0
    /// When it was last as the server has it.
    var time = ""

    init(etag: String? = nil, modified: String? = nil, window: FetchWindow? = nil, version: String? = nil) {
      self.etag = etag
      self.modified = modified
      self.version = version
      self.window = window.map { "\($0.startText)/\($0.endText)" } ?? ""
    }
  }

  private static let name = ".tandem-fetch"
  private let path: String
  /// By a digest of what is fetched: addresses are secrets.
  private var entries: [String: Entry] = [:]

  /// - Throws: `InputError`. What nobody can read is nothing: all is fetched again.
  init(in folder: String) throws(InputError) {
    path = FolderListing.path(folder, FetchMemory.name)
    guard try FileKind.at(path) != nil,
      case .object(let members)? = try? JSONValue(parsing: try OpenedFile.bytes(path, limit: 1 << 26))
    else { return }
    entries = members.compactMapValues { value in
      guard let digest = value["digest"]?.string.flatMap({ UInt64($0, radix: 16) }) else { return nil }
      var entry = Entry(
        etag: value["etag"]?.string, modified: value["modified"]?.string, version: value["version"]?.string)
      entry.window = value["window"]?.string ?? ""
      entry.digest = digest
      entry.time = value["time"]?.string ?? ""
      return entry
    }
  }

  private static func key(_ source: CalendarSource) -> String {
    String(StableHash("\(source.person)\n\(source.kind.rawValue)\n\(source.address)".utf8).fnv, radix: 16)
  }

  /// What is remembered of a source whose file is still as it was written, and of the same window.
  func entry(of source: CalendarSource, window: FetchWindow, file: String) throws(InputError) -> Entry? {
    guard let entry = entries[FetchMemory.key(source)],
      entry.window.isEmpty || entry.window == "\(window.startText)/\(window.endText)",
      try FetchMemory.digest(of: file) == entry.digest
    else { return nil }
    return entry
  }

  /// When the source was last as its server has it.
  func time(of source: CalendarSource) -> String? { entries[FetchMemory.key(source)]?.time }

  /// nil where there is no such file.
  static func digest(of path: String) throws(InputError) -> UInt64? {
    guard try FileKind.at(path) == .file else { return nil }
    return StableHash(try OpenedFile.bytes(path, limit: 1 << 28)).fnv
  }

  mutating func set(_ entry: Entry, for source: CalendarSource) { entries[FetchMemory.key(source)] = entry }

  func write() throws(FileError) {
    var writer = JSONWriter()
    writer.value(
      .object(
        entries.mapValues { entry in
          var members: [String: JSONValue] = [
            "digest": .string(String(entry.digest, radix: 16)), "time": .string(entry.time),
          ]
          members["etag"] = entry.etag.map { .string($0) }
          members["modified"] = entry.modified.map { .string($0) }
          members["version"] = entry.version.map { .string($0) }
          if !entry.window.isEmpty { members["window"] = .string(entry.window) }
          return .object(members)
        }))
    try AtomicFile.write(writer.bytes + [10], to: path)
  }
}
