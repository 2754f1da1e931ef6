import Basics
import Foundation
import Intake
import Programme
import RecordStream
import ToolSupport

/// The files of one call of `forget`, looked through twice: for all that the people are known by, then for them.
final class Forgetting {
  private enum Kind {
    case stream, key, calendar, mail, page, rows, other
  }

  private(set) var traces: Traces
  private let paths: [String]
  /// What was learned from a file: the more, the later it is changed. A run that is killed and repeated must learn of
  /// the files that are left all that it needs for them.
  private var taught: [String: Int] = [:]

  init(people: [String], files: [String]) {
    traces = Traces(people)
    paths = files
  }

  /// Every regular file at or below the paths, in the order of their names.
  ///
  /// - Throws: exit code 66, after every folder that cannot be listed was named.
  static func files(in paths: [String], on console: Console) throws -> [String] {
    var files: Set<String> = []
    var isComplete = true
    for path in paths {
      guard try FileKind.at(path) == .folder else {
        files.insert(path)
        continue
      }
      let tree = try FolderTree(path)
      for problem in tree.unreadable {
        isComplete = false
        console.report(Diagnostic(.error, problem.message, file: problem.path, code: "no-input"))
      }
      // What a killed run left half-written names people, too.
      for folder in tree.folders { try FileDraft.sweep(folder) }
      files.formUnion(tree.entries.filter { $0.kind == .file && !$0.isLink }.map(\.path))
    }
    guard isComplete else { throw ToolFailure(.noInput) }
    return files.filter { !FileDraft.isDraft($0) }.sorted { $0.precedesByBytes($1) }
  }

  private static func kind(of bytes: [UInt8], named path: String) -> Kind {
    if path.lowercased().hasSuffix(".eml") { return .mail }
    if path.lowercased().hasSuffix(".html") { return .page }
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    guard let first = text.firstIndex(where: { $0 > 0x20 }) else { return .other }
    let start = text[first...]
    if start.starts(with: "BEGIN:VCALENDAR".utf8) { return .calendar }
    if start.starts(with: "{\"people\":[".utf8) { return .key }
    if start.first == UInt8(ascii: "{") { return .stream }
    return (try? ByteSource.kind(of: bytes)) == nil ? .other : .rows
  }

  private func read(_ path: String, on console: Console) throws -> [UInt8] {
    try console.open([path]).first?.readAll() ?? []
  }

  /// First the people, then their tandems: a tandem may stand before its people.
  func learn(on console: Console) throws {
    for _ in 0..<2 {
      for path in paths {
        let bytes = try read(path, on: console)
        switch Forgetting.kind(of: bytes, named: path) {
        case .key:
          taught[path] = 3
          if let key = try? PseudonymKey(parsing: bytes) { traces.learn(key) }
        case .stream:
          try RecordReader(Input(name: path, bytes: bytes)) { _ in }.forEachLine { line in
            if line.kind == "person" || line.kind == "tandem" {
              taught[path] = max(taught[path] ?? 0, line.kind == "person" ? 2 : 1)
              traces.learn(try JSONValue(parsing: line.bytes))
            }
          }
        default: continue
        }
      }
    }
    traces.settle()
  }

  /// What was removed, by file; files in which nobody stands are left alone.
  ///
  /// - Parameter done: gets all that was removed so far, after each file.
  func remove(
    isDryRun: Bool, on console: Console, done: ([(path: String, removal: Removal)]) throws -> Void
  ) throws -> [(path: String, removal: Removal)] {
    var removals: [(at: Int, path: String, removal: Removal)] = []
    let byLesson = paths.enumerated().sorted {
      (taught[$0.element] ?? 0, $0.offset) < (taught[$1.element] ?? 0, $1.offset)
    }
    for (at, path) in byLesson {
      let bytes = try read(path, on: console)
      var removal = Removal()
      let kept = try remove(from: bytes, path: path, &removal, on: console)
      guard !removal.isEmpty else { continue }
      removals.append((at, masked(path), removal))
      if isDryRun { continue }
      if let kept, !removal.isDeleted {
        let mode = (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
        try AtomicFile.write(kept, to: path, mode: mode_t(mode ?? 0o600))
      } else {
        guard unlink(path) == 0 else {
          throw ToolFailure(.ioError, "cannot be removed: \(String(cString: strerror(errno)))", file: path)
        }
      }
      try done(removals.map { ($0.path, $0.removal) })
    }
    return removals.sorted { $0.at < $1.at }.map { ($0.path, $0.removal) }
  }

  private func remove(
    from bytes: [UInt8], path: String, _ removal: inout Removal, on console: Console
  ) throws -> [UInt8]? {
    let kind = Forgetting.kind(of: bytes, named: path)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    if kind != .rows, kind != .stream, kind != .key, traces.isWhole(stem) || traces.erased(stem) != nil {
      removal.isDeleted = true
      return nil
    }
    switch kind {
    case .calendar: return traces.forget(calendar: bytes, &removal)
    case .rows:
      do {
        return try traces.forget(rows: try ByteSource(path: path), bytes: bytes, &removal)
      } catch let problem as SourceProblem {
        console.report(Rejection(problem).diagnostic)
        return bytes
      }
    case .key:
      var key = try PseudonymKey(parsing: bytes)
      for id in traces.ids.sorted() where key.forget(id: id) { removal.add("key") }
      return key.bytes
    case .stream:
      var kept: [UInt8] = []
      var lost = 0
      try RecordReader(
        Input(name: path, bytes: bytes),
        log: {
          console.report($0)
          lost += 1
        }
      ).forEachLine { line in
        let record = try JSONValue(parsing: line.bytes)
        if let left = traces.forget(record, &removal) {
          kept += left == record ? Array(line.bytes) : left.line
          kept.append(0x0A)
        }
      }
      // A line that cannot be read might be about anybody: the file stays as it is.
      if lost > 0 { removal = Removal() }
      return kept
    case .mail:
      // A message to the person is the person's; of any other the parts may be coded, and are not touched.
      guard traces.isRecipient(mail: bytes) else { return bytes }
      removal.isDeleted = true
      return nil
    case .page:
      guard let erased = traces.erased(String(decoding: bytes, as: UTF8.self)) else { return bytes }
      removal.add("page")
      return Array(erased.utf8)
    case .other: return bytes
    }
  }

  /// A file's name may be the person's number or address.
  private func masked(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).map { part in
      let stem = part.lastIndex(of: ".").map { String(part[..<$0]) } ?? String(part)
      if traces.isWhole(stem) { return "…" + part.dropFirst(stem.count) }
      return traces.erased(String(part)) ?? String(part)
    }.joined(separator: "/")
  }
}

/// The receipt: what was removed where.
struct ForgetReport {
  let removals: [(path: String, removal: Removal)]
  let date: String?

  private func text(_ removal: Removal) -> String {
    if removal.isDeleted { return "the file" }
    return removal.counts.keys.sorted { $0.precedesByBytes($1) }
      .map { "\(removal.counts[$0] ?? 0) \($0)" }.joined(separator: ", ")
  }

  var ndjson: String { lines.joined() }

  private var lines: [String] {
    removals.map { path, removal in
      var members: [String: JSONValue] = ["file": .string(path), "record": .string("receipt")]
      members["date"] = date.map { .string($0) }
      members["removed"] =
        removal.isDeleted ? .string("file") : .object(removal.counts.mapValues { .integer($0) })
      return String(decoding: JSONValue.object(members).line, as: UTF8.self) + "\n"
    }
  }

  /// Adds to the receipts of a file, which may be those of a run that was killed; each stands there once.
  func add(to receipts: String) throws {
    var all = Set(lines)
    if FileManager.default.fileExists(atPath: receipts) {
      let text = String(decoding: try Input(path: receipts).readAll(), as: UTF8.self)
      for line in text.split(separator: "\n") { all.insert(line + "\n") }
    }
    try AtomicFile.write(all.sorted { $0.precedesByBytes($1) }.joined().utf8, to: receipts)
  }

  var table: String {
    var table = TextTable([.init("file"), .init("removed")])
    for (path, removal) in removals { table.add([path, text(removal)]) }
    return (date.map { "\($0)\n\n" } ?? "") + table.text
  }

  var csv: String {
    CSVText.row(["file", "removed", "date"])
      + removals.map { CSVText.row([$0.path, text($0.removal), date ?? ""]) }.joined()
  }
}
