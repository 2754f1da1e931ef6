import Foundation

/// All that stands in a folder: names, bytes and rights.
struct Snapshot: Equatable, Sendable {
  struct File: Equatable, Sendable {
    var mode: Int
    /// nil: a folder.
    var bytes: [UInt8]?
  }

  var files: [String: File] = [:]

  init(_ folder: String) throws {
    let manager = FileManager.default
    for name in manager.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
      let path = "\(folder)/\(name)"
      let attributes = try manager.attributesOfItem(atPath: path)
      let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
      files[name] = File(
        mode: attributes[.posixPermissions] as? Int ?? 0,
        bytes: isFolder ? nil : manager.contents(atPath: path).map { [UInt8]($0) } ?? [])
    }
  }

  subscript(_ name: String) -> [UInt8]? { files[name]?.bytes }

  /// What differs from another, in words; empty: nothing.
  func differences(from other: Snapshot, but ignored: (String) -> Bool) -> [String] {
    Set(files.keys).union(other.files.keys).sorted().filter { !ignored($0) && files[$0] != other.files[$0] }
      .map { name in
        switch (files[name], other.files[name]) {
        case (nil, _): "\(name) is missing"
        case (_, nil): "\(name) is left over"
        case (let mine?, let theirs?):
          mine.mode != theirs.mode
            ? "\(name) has the mode \(String(mine.mode, radix: 8)), not \(String(theirs.mode, radix: 8))"
            : "\(name) has other content"
        }
      }
  }

  /// What a run that was stopped on its way from `old` to `new` may not have left: half a file, or one that is open to others.
  ///
  /// - Parameter grows: files to which lines are added: what stands there must begin as `old`, and be the beginning of `new`.
  func harm(
    from old: Snapshot, to new: Snapshot, grows: Set<String>, but ignored: (String) -> Bool = { _ in false }
  ) -> [String] {
    var harm: [String] = []
    for (name, file) in files.sorted(by: { $0.key < $1.key }) where !ignored(name) {
      guard let bytes = file.bytes else { continue }
      let place = name.replacing(".tandem-part", with: "").replacing(".xx.part/", with: "xx/")
      if file.mode & 0o077 != 0, old.files[name]?.mode != file.mode, new.files[place]?.mode != file.mode {
        harm.append("\(name) can be read by others: \(String(file.mode, radix: 8))")
      }
      if Snapshot.isDraft(name) { continue }
      if grows.contains(name) {
        if !bytes.starts(with: old[name] ?? []) || !(new[name] ?? []).starts(with: bytes) {
          harm.append("\(name) is neither what it was nor on its way")
        }
      } else if file != old.files[name], file != new.files[name] {
        harm.append("\(name) is neither the old one nor the new one (\(bytes.count) bytes)")
      }
    }
    for name in old.files.keys.sorted() where files[name] == nil && new.files[name] != nil {
      harm.append("\(name) is gone")
    }
    return harm
  }

  static func isDraft(_ name: String) -> Bool { name.hasSuffix(".tandem-part") || name.contains(".part/") }
}
