package import Basics
import Foundation
import RecordStream

/// The rejected rows of each input, word for word and with what must be around them, ready to be corrected and
/// imported again.
///
/// Exports differ in headings and encodings, so rows of two inputs never share a file: rows of one input go to the path
/// itself; where several inputs have rejects, each gets a file beside it with the input's name behind a hyphen; and
/// a folder gets one file an input under the input's own name. No input is overwritten: where one has the name already,
/// a number goes behind it.
package final class RejectsFiles {
  private struct Part {
    var frame: Frame
    var rows: [(line: Int, raw: [UInt8])] = []
    var bytes = 0
    var count = 0
    var draft: FileDraft?
    /// What the draft holds does not end with a line.
    var endsOpen = false
  }

  /// One file that was written.
  package struct Written: Hashable, Sendable {
    package var input: String
    package var path: String
    package var rows: Int
  }

  /// Beyond this many bytes rows go to the disk at once: a file of nothing but bad rows must not fill the memory.
  private static let held = 1 << 24

  private let path: String
  private let inputs: [String]
  private var parts: [String: Part] = [:]
  private var drafts = 0

  /// - Parameter inputs: the paths of all inputs of the run.
  package init(path: String, inputs: [String] = []) {
    self.path = path
    self.inputs = inputs
  }

  package func add(_ rejection: Rejection, frame: Frame) throws(FileError) {
    var part = parts.removeValue(forKey: rejection.file) ?? Part(frame: frame)
    part.rows.append((rejection.line, rejection.raw))
    part.bytes += rejection.raw.count
    part.count += 1
    if part.bytes > RejectsFiles.held { try spill(&part) }
    parts[rejection.file] = part
  }

  /// Writes all files into place, readable by their owner alone.
  package func finish() throws(FileError) -> [Written] {
    var written: [Written] = []
    try FileDraft.sweep(folder)
    for input in parts.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      guard var part = parts.removeValue(forKey: input) else { continue }
      let target = target(
        of: input, suffix: part.frame.suffix,
        among: Set(written.map(\.input)).union(parts.keys).union([input]))
      try spill(&part)
      try place(part, at: target)
      written.append(Written(input: input, path: target, rows: part.count))
    }
    return written
  }

  private var isFolder: Bool {
    path.hasSuffix("/") || SystemCall.status(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  /// The folder that all of them go to.
  private var folder: String {
    if isFolder { return path.hasSuffix("/") ? String(path.dropLast()) : path }
    return path.parentFolder.isEmpty ? "." : path.parentFolder
  }

  /// Where the rejects of an input go, given all inputs that have some.
  private func target(of input: String, suffix: String, among all: Set<String>) -> String {
    let wanted = name(of: input, suffix: suffix, among: all)
    let name = wanted.fileName
    var target = wanted
    var number = 1
    // A file of corrected rejects is an input of the next run, beside the export that it was made of.
    while inputs.contains(where: { FileIdentity.isOne($0, target) }) {
      number += 1
      target = FolderListing.path(
        wanted.parentFolder, "\(name.stem)-\(number)\(name.dropFirst(name.stem.count))")
    }
    return target
  }

  private func name(of input: String, suffix: String, among all: Set<String>) -> String {
    let name = RejectsFiles.shortName(of: input, among: all) + suffix
    if isFolder { return "\(folder)/\(name)" }
    if all.count == 1 { return path }
    return FolderListing.path(path.parentFolder, "\(path.fileName.stem)-\(name)")
  }

  /// The input's own name, with the folder's before it where two inputs share it.
  private static func shortName(of input: String, among all: Set<String>) -> String {
    let steps = input.split(separator: "/").map(String.init)
    let others = all.filter { $0 != input }.map { $0.split(separator: "/").map(String.init) }
    for depth in 1...max(1, steps.count) {
      let name = steps.suffix(depth)
      if !others.contains(where: { $0.suffix(depth) == name }) { return name.joined(separator: "-") }
    }
    return steps.joined(separator: "-")
  }

  private func spill(_ part: inout Part) throws(FileError) {
    if part.draft == nil {
      if path.hasSuffix("/") { try Folders.make(folder) }
      // The place is known when all inputs are read. By number, so that two runs at once never wait for each other both.
      let name = isFolder ? "rejects" : path.fileName
      drafts += 1
      part.draft = try FileDraft(FileDraft.isStream(path) ? path : "\(folder)/.\(name)-\(drafts)")
      try write(part.frame.head, to: part)
    }
    for row in part.rows.sorted(by: { $0.line < $1.line }) {
      // A row that ended with the file must not run into the next one.
      if part.endsOpen { try write(part.frame.lineEnd, to: part) }
      try write(row.raw, to: part)
      part.endsOpen = !RejectsFiles.endsLine(row.raw)
    }
    part.rows = []
    part.bytes = 0
  }

  private static func endsLine(_ raw: [UInt8]) -> Bool {
    guard let last = raw.last(where: { $0 != 0 }) else { return true }
    return last == 0x0A || last == 0x0D
  }

  private func write(_ bytes: [UInt8], to part: Part) throws(FileError) {
    do throws(OutputError) {
      try part.draft?.output.write(bytes)
    } catch {
      throw error.fileError(path)
    }
  }

  private func place(_ part: Part, at target: String) throws(FileError) {
    try write(part.frame.tail, to: part)
    try part.draft?.place(at: target)
  }
}
