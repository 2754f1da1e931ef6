package import Basics
import Programme
import RecordStream

/// The files that a call names, outright or by the folders that they are in: each is read, or named as not read.
package struct InputFiles: Sendable {
  private struct Folder {
    let path: String
    var taken: Set<String>
    var others: [String]
  }

  /// The files to read: those named outright in the order of the call, those of a folder sorted by bytes; each once.
  package private(set) var paths: [String] = []
  private let named: Set<String>
  private var folders: [Folder] = []
  private var refused: [InputError] = []
  /// What the files are, in the plural: `calendars`.
  private let kind: String

  /// Looks into the folders, and those below them.
  ///
  /// - Parameters:
  ///   - kind: what the files are, in the plural.
  ///   - placement: what to do about a record stream among them, which is here by mistake.
  ///   - takes: whether a file of a folder is one of them, by its path below that folder.
  /// - Throws: exit code 66, after all files and folders that cannot be opened were named; 64 for a record stream.
  package init(
    _ named: [String], kind: String, placement: String, on console: Console,
    takes: (_ folder: String, _ path: Substring) -> Bool
  ) throws(ToolFailure) {
    self.named = Set(named)
    self.kind = kind
    var failures: [Diagnostic] = []
    var streams: [Diagnostic] = []
    for path in named {
      do throws(InputError) {
        guard path != "-", try FileKind.at(path) == .folder else {
          if path != "-", try InputFiles.holdsRecords(path) {
            streams.append(
              Diagnostic(
                .error, "holds records, not \(kind): \(placement)", file: path, code: "misplaced-stream"))
          }
          add(path)
          continue
        }
        let tree = try FolderTree(path)
        failures += tree.unreadable.map(InputFiles.diagnostic)
        add(tree, of: path, takes)
      } catch {
        failures.append(InputFiles.diagnostic(error))
      }
    }
    for diagnostic in failures + streams { console.report(diagnostic) }
    if !failures.isEmpty { throw ToolFailure(.noInput) }
    if !streams.isEmpty { throw ToolFailure(.usage) }
  }

  private static func diagnostic(_ error: InputError) -> Diagnostic {
    Diagnostic(.error, error.message, file: error.path, code: "no-input")
  }

  private mutating func add(_ path: String) { if !paths.contains(path) { paths.append(path) } }

  private mutating func add(_ tree: FolderTree, of path: String, _ takes: (String, Substring) -> Bool) {
    var folder = Folder(path: path, taken: [], others: [])
    let known = Set(paths)
    for entry in tree.entries {
      let below = entry.path.dropFirst(FolderListing.path(path, "").count)
      if !takes(path, below) {
        folder.others.append(String(below))
        continue
      }
      folder.taken.insert(entry.path)
      switch entry.kind {
      case .file: if !known.contains(entry.path) { paths.append(entry.path) }
      case nil: refused.append(.cannotOpen(path: entry.path, errno: 2))
      case .folder: refused.append(.isFolder(path: entry.path))
      case .pipe, .socket, .device:
        refused.append(.isNoFile(path: entry.path, kind: entry.kind ?? .device))
      }
    }
    folders.append(folder)
  }

  /// Of a regular file alone: what is read of a pipe is gone.
  private static func holdsRecords(_ path: String) throws(InputError) -> Bool {
    guard try FileKind.at(path) == .file else {
      // Whether it can be opened is known when it is read.
      if try FileKind.at(path) == nil { throw .cannotOpen(path: path, errno: 2) }
      return false
    }
    return isRecords(try OpenedFile.head(path, count: 4096))
  }

  /// Records begin with a brace, which neither calendars nor mails do.
  package static func isRecords(_ bytes: [UInt8]) -> Bool {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    return text.first { $0 > 0x20 } == UInt8(ascii: "{")
  }

  /// Everything in one of the files.
  package func read(_ path: String, on console: Console) throws -> [UInt8] {
    path == "-" ? try console.open(["-"])[0].readAll(limit: InputFiles.limit) : try read(path)
  }

  /// Everything in one of the files that is not standard input.
  package func read(_ path: String) throws(InputError) -> [UInt8] {
    try OpenedFile.bytes(path, named.contains(path) ? .stream : .file, limit: InputFiles.limit)
  }

  /// More than any mail server lets through, or a calendar of many years has.
  private static let limit = 1 << 26

  /// Reports what was not read: the first few by name and reason, and of each folder how many and of which kind.
  ///
  /// - Parameter unreadable: what failed when it was read.
  /// - Returns: whether all could be read.
  package func report(unreadable: [InputError], on console: Console) -> Bool {
    let all = (refused + unreadable).sorted { $0.path.precedesByBytes($1.path) }
    let outright = all.filter { error in !folders.contains { $0.taken.contains(error.path) } }
    for error in outright { console.report(InputFiles.diagnostic(error)) }
    for folder in folders {
      let bad = all.filter { folder.taken.contains($0.path) }
      for error in bad.prefix(3) { console.report(InputFiles.diagnostic(error)) }
      guard !bad.isEmpty || !folder.others.isEmpty else { continue }
      var parts = ["\(folder.taken.count - bad.count) read"]
      func count(_ names: [String], _ what: String) {
        guard !names.isEmpty else { return }
        let shown = names.prefix(3).joined(separator: ", ")
        parts.append("\(names.count) \(what) (\(shown)\(names.count > 3 ? ", …" : ""))")
      }
      count(folder.others, "not \(kind)")
      count(bad.map { String($0.path.dropFirst(FolderListing.path(folder.path, "").count)) }, "unreadable")
      let files = folder.taken.count + folder.others.count
      console.report(
        Diagnostic(
          bad.isEmpty ? .warning : .error,
          "\(counted(files, "file")): \(parts.joined(separator: ", "))", file: folder.path,
          code: "not-read"))
    }
    return all.isEmpty
  }
}
