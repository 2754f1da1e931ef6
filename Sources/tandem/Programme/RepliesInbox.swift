import Basics
import Foundation
import Programme
import Store
import ToolSupport

/// The answers in `inbox/replies`, and which of them were read: the store knows each by its content, so that a file may keep its
/// name, or get another.
struct RepliesInbox {
  private let programme: OpenProgramme
  static let kind = "read"

  init(_ programme: OpenProgramme) { self.programme = programme }

  /// The files that no command has read yet, by the bytes of their paths.
  func unread() throws -> [String] {
    let folder = programme.folder.path(of: .replies)
    guard try FileKind.at(folder) == .folder else { return [] }
    let tree = try FolderTree(folder)
    for error in tree.unreadable {
      programme.console.report(Diagnostic(.warning, error.message, file: error.path, code: "no-input"))
    }
    guard !tree.files.isEmpty else { return [] }
    var known: Set<String> = []
    try programme.store.forEachRecord(kinds: [RepliesInbox.kind]) { _, line in
      if let digest = try JSONValue(parsing: line)["digest"]?.string { known.insert(digest) }
    }
    return try tree.files.filter { try !known.contains(ContentDigest.ofFile($0)) }
  }

  /// What the store remembers of files that were read.
  func entries(of files: [String]) throws -> [LogEntry] {
    try files.map { file in
      let value = JSONValue.object([
        "digest": .string(try ContentDigest.ofFile(file)), "record": .string(RepliesInbox.kind),
      ])
      return LogEntry(kind: RepliesInbox.kind, region: programme.folder.settings.regions[0], line: value.line)
    }
  }
}
