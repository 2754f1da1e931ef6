import Basics
import Foundation
import Intake
import Programme
import RecordStream
import ToolSupport

/// The files of one call of `forget`: looked through for all that the people are known by, changed, and searched again.
final class Forgetting {
  private(set) var traces: Traces
  private var files: ForgetFiles
  private let console: Console
  private(set) var results: [ForgetResult] = []
  /// What was learned from a file: the more, the later it is changed. A run that is killed and repeated must learn of
  /// the files that are left all that it needs for them.
  private var taught: [String: Int] = [:]

  init(people: [String], files: ForgetFiles, on console: Console) {
    traces = Traces(people)
    self.files = files
    self.console = console
  }

  private func read(_ path: String) throws -> [UInt8] {
    try OpenedFile.bytes(path, limit: ForgetFiles.largest)
  }

  /// First the people, then their tandems: a tandem may be before its people.
  func learn() throws {
    for _ in 0..<2 {
      for path in files.regular { try learn(from: path) }
    }
    traces.settle()
  }

  private func learn(from path: String) throws {
    let bytes = try read(path)
    switch ContentKind(of: bytes, named: path) {
    case .key:
      taught[path] = 3
      if let key = try? PseudonymKey(parsing: bytes) { traces.learn(key) }
    case .stream:
      // What is wrong with a line is reported when the file is changed.
      try RecordReader(Input(name: path, bytes: bytes)) { _ in }.forEachLine { line in
        guard line.kind == "person" || line.kind == "tandem" else { return }
        taught[path] = max(taught[path] ?? 0, line.kind == "person" ? 2 : 1)
        traces.learn(try line.value())
      }
    default: break
    }
  }

  /// People of the call who are in no record, in no key, and nowhere else in the files.
  ///
  /// - Parameter receipts: where earlier receipts are: they name whom nobody found.
  func unknown(receipts: String?) throws -> [String] {
    var left = traces.unknownSpellings
    for path in files.regular where !left.isEmpty && path != receipts {
      let bytes = try read(path)
      let kind = ContentKind(of: bytes, named: path)
      left.removeAll { _, traces in
        if traces.holds(fileName: path.fileName) || traces.spellings.occur(in: bytes) { return true }
        guard kind == .rows else { return false }
        var removal = Removal()
        _ = try? traces.forget(rows: ByteSource(path: path), bytes: bytes, &removal)
        return !removal.isEmpty
      }
    }
    return left.map(\.word)
  }

  /// Names that cannot be read, entries that are not files: reported, and kept for the receipt.
  func tellUnsearched() {
    for (path, reason) in files.unsearchable { tellUnsearched(path, reason) }
  }

  private func tellUnsearched(_ path: String, _ reason: String) {
    console.report(
      Diagnostic(.warning, "not searched; look yourself: \(reason)", file: path, code: "not-searched"))
    results.append(ForgetResult(path: traces.masked(path: path), outcome: .unsearched(reason)))
  }

  /// Takes the people out of every file; files in which nobody is are left alone.
  ///
  /// - Parameter done: gets all results so far, after each change.
  func remove(isDryRun: Bool, done: () throws -> Void) throws {
    try renameFolders(isDryRun: isDryRun)
    let byLesson = files.regular.enumerated().sorted {
      (taught[$0.element] ?? 0, $0.offset) < (taught[$1.element] ?? 0, $1.offset)
    }
    for (_, path) in byLesson {
      let bytes = try read(path)
      var removal = Removal()
      var kept = try remove(from: bytes, path: path, &removal)
      var target = path
      if let text = kept, !removal.isDeleted, traces.holds(fileName: path.fileName) {
        if case .unsearchable = ContentKind(of: bytes, named: path) {
          // It may be the person's own, or not: nobody has looked.
        } else {
          target = free(FolderListing.path(path.parentFolder, traces.masked(path: path.fileName)))
          removal.add("name")
          kept = text
        }
      }
      guard !removal.isEmpty else { continue }
      results.append(ForgetResult(path: traces.masked(path: path), outcome: .removed(removal)))
      if isDryRun { continue }
      tellOtherNames(path)
      if let kept, !removal.isDeleted {
        if kept != bytes {
          let mode = (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
          try AtomicFile.write(kept, to: path, mode: mode_t(mode ?? 0o600))
        }
        if target != path { try rename(path, target) }
      } else {
        guard SystemCall.unlink(path) == 0 else {
          throw ToolFailure(.ioError, "cannot be removed: \(SystemCall.reason(errno))", file: path)
        }
      }
      try done()
    }
  }

  /// A file with another hard link keeps its old contents there.
  private func tellOtherNames(_ path: String) {
    guard let status = SystemCall.linkStatus(path), status.st_nlink > 1 else { return }
    tellUnsearched(path, "it has another name (a hard link) under which the old contents stay")
  }

  private func rename(_ path: String, _ target: String) throws {
    guard SystemCall.rename(path, target) == 0 else {
      throw ToolFailure(.ioError, "cannot be renamed: \(SystemCall.reason(errno))", file: path)
    }
  }

  private func free(_ path: String) -> String {
    var target = path
    var number = 1
    while FileManager.default.fileExists(atPath: target) {
      number += 1
      target = "\(path) \(number)"
    }
    return target
  }

  /// Before the files: a run that is killed and repeated still knows whom to look for.
  private func renameFolders(isDryRun: Bool) throws {
    var hasRenamed = false
    for path in files.folders.sorted(by: { $1.utf8.count < $0.utf8.count })
    where traces.holds(fileName: path.fileName) {
      var removal = Removal()
      removal.add("name")
      results.append(ForgetResult(path: traces.masked(path: path), outcome: .removed(removal)))
      if isDryRun { continue }
      try rename(path, free(FolderListing.path(path.parentFolder, traces.masked(path: path.fileName))))
      hasRenamed = true
    }
    guard hasRenamed else { return }
    files = try ForgetFiles(files.roots)
    taught = [:]
    try learn()
  }

  private func remove(from bytes: [UInt8], path: String, _ removal: inout Removal) throws -> [UInt8]? {
    let kind = ContentKind(of: bytes, named: path)
    switch kind {
    case .unsearchable(let reason):
      switch bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) ? traces.search(workbook: path) : .unread {
      case .unread: tellUnsearched(path, reason)
      case .searched([]):
        tellUnsearched(
          path,
          "a workbook whose sheets and cells do not name the person; its comments, properties and pictures are not searched"
        )
      case .searched(let places):
        let shown = places.prefix(5).joined(separator: ", ") + (places.count > 5 ? " …" : "")
        tellLeft(path, "the person is in the workbook, \(shown)")
      }
      return bytes
    case .calendar, .mail, .mailNote, .page, .text, .document, .cards:
      // A calendar, a mail or a note that is named for the person is the person's.
      let isNamed =
        [.calendar, .mail, .mailNote, .page].contains(kind)
        ? traces.holds(fileName: path.fileName) : traces.isWhole(path.fileName.stem)
      if isNamed {
        removal.isDeleted = true
        return nil
      }
    case .stream, .key, .rows, .fixedColumns: break
    }
    switch kind {
    case .calendar: return traces.forget(calendar: bytes, &removal)
    case .cards: return traces.forget(cards: bytes, &removal)
    case .page: return traces.forget(page: bytes, &removal)
    case .text, .fixedColumns: return traces.forget(text: bytes, isRecords: kind == .fixedColumns, &removal)
    case .mail:
      if let reason = Traces.unsearchablePart(ofMail: bytes), !traces.isPersons(mail: bytes) {
        tellUnsearched(path, reason)
      }
      return traces.forget(mail: bytes, &removal)
    case .mailNote:
      guard traces.spellings.occur(in: bytes) else { return bytes }
      removal.isDeleted = true
      return nil
    case .rows:
      do {
        return try traces.forget(rows: try ByteSource(path: path), bytes: bytes, &removal)
      } catch let problem as SourceProblem {
        console.report(Rejection(problem).diagnostic)
        removal = Removal()
        return traces.forget(text: bytes, isRecords: false, &removal)
      }
    case .key, .document:
      do throws(RecordError) {
        return kind == .key
          ? try traces.forget(key: bytes, &removal) : try traces.forget(document: bytes, &removal)
      } catch {
        console.report(Diagnostic(.error, error.message, file: path, code: "bad-json"))
        removal = Removal()
        return traces.forget(text: bytes, isRecords: false, &removal)
      }
    case .stream: return try forget(stream: bytes, path: path, &removal)
    case .unsearchable: return bytes
    }
  }

  /// A line that cannot be read as a record stays, unless it holds the person.
  private func forget(stream bytes: [UInt8], path: String, _ removal: inout Removal) throws -> [UInt8] {
    var kept: [UInt8] = []
    var noticesGone = 0
    var isTooLong = false
    let reader = RecordReader(Input(name: path, bytes: bytes), log: console.report)
    try reader.forEachLine { line in
      var text: [UInt8]? = Array(copying: line.bytes)
      if line.kind == "batch", noticesGone > 0 {
        // A batch of the outbox's journal counts its notices.
        text = try batch(line, without: noticesGone)
        noticesGone = 0
      } else if traces.spellings.occur(in: Array(copying: line.bytes)) {
        let record = try line.value()
        let left = traces.forget(record, &removal)
        text = left.map { $0 == record ? Array(copying: line.bytes) : $0.line }
        if left == nil, line.kind == "notice" { noticesGone += 1 }
      }
      if let text { kept += text + [0x0A] }
    } refused: { line in
      guard let line else {
        isTooLong = true
        return
      }
      if traces.spellings.occur(in: Array(copying: line)) {
        removal.add("line")
      } else {
        kept += Array(copying: line) + [0x0A]
      }
    }
    guard isTooLong else { return kept }
    removal = Removal()
    return bytes
  }

  private func batch(_ line: RecordLine, without gone: Int) throws -> [UInt8] {
    guard case .object(var members) = try line.value(), let entries = members["entries"]?.integer else {
      return Array(copying: line.bytes)
    }
    members["entries"] = .integer(max(0, entries - gone))
    return JSONValue.object(members).line
  }

  // MARK: - The closing pass

  /// Searches everything again, whatever changed it and whatever did not; what is still there is reported and kept for the receipt.
  func searchAgain() throws {
    let files = try ForgetFiles(files.roots)
    for path in files.folders + files.unsearchable.map(\.path)
    where traces.holds(fileName: path.fileName) {
      tellLeft(path, "its name still identifies the person")
    }
    for path in files.regular {
      let bytes = try read(path)
      if traces.holds(fileName: path.fileName) { tellLeft(path, "its name still identifies the person") }
      let kind = ContentKind(of: bytes, named: path)
      if case .unsearchable = kind { continue }
      let text = ContentKind.wide(bytes).map { $0.utf8(of: bytes) } ?? bytes
      let found = traces.spellings.lines(in: text)
      if !found.own.isEmpty { tellLeft(path, "the person is still there, \(Forgetting.wording(found.own))") }
      if !found.ambiguous.isEmpty {
        tellLeft(path, "a name that two people have is there, \(Forgetting.wording(found.ambiguous))")
      }
    }
  }

  private func tellLeft(_ path: String, _ what: String) {
    console.report(Diagnostic(.error, "\(what): look yourself", file: path, code: "left"))
    results.append(ForgetResult(path: traces.masked(path: path), outcome: .left(what)))
  }

  private static func wording(_ lines: [Int]) -> String {
    let first = lines.prefix(5).map(String.init).joined(separator: ", ")
    return lines.count == 1 ? "line \(first)" : "lines \(first)" + (lines.count > 5 ? " …" : "")
  }
}
