import Basics
import Foundation
import Programme
import RecordStream

/// The files of one call of `forget`: those that can be read, and those that cannot.
struct ForgetFiles {
  let roots: [String]
  /// Regular files, in the order of their names.
  private(set) var regular: [String] = []
  /// Those below the roots.
  private(set) var folders: [String] = []
  private(set) var missing: [String] = []
  /// What cannot be read, with the reason.
  private(set) var unsearchable: [(path: String, reason: String)] = []

  /// Larger files are not read: all of a file is held while it is searched.
  static let largest = 1 << 28

  /// - Throws: `InputError` where a root cannot be looked at, or what a killed run left cannot be removed.
  init(_ roots: [String]) throws {
    self.roots = roots
    var files: Set<String> = []
    for root in roots {
      if let status = SystemCall.linkStatus(root), status.st_mode & S_IFMT == S_IFLNK {
        unsearchable.append((root, ForgetFiles.link))
        continue
      }
      switch try FileKind.at(root) {
      case nil: missing.append(root)
      case .folder: try add(FolderTree(root), to: &files)
      case .file: files.insert(root)
      case let kind?: unsearchable.append((root, "a \(kind.name)"))
      }
    }
    for path in files.sorted(by: { $0.precedesByBytes($1) }) where !FileDraft.isDraft(path) {
      do throws(InputError) {
        close(try OpenedFile.descriptor(path, .file))
        if let status = SystemCall.status(path), status.st_size > ForgetFiles.largest {
          throw .tooLarge(path: path, size: Int(status.st_size), limit: ForgetFiles.largest)
        }
        regular.append(path)
      } catch {
        unsearchable.append((path, error.message))
      }
    }
    unsearchable.sort { $0.path.precedesByBytes($1.path) }
  }

  private static let link = "a symbolic link; name what it leads to"

  private mutating func add(_ tree: FolderTree, to files: inout Set<String>) throws {
    folders += tree.folders.dropFirst()
    unsearchable += tree.unreadable.map { ($0.path, $0.message) }
    // What a killed run left half-written names people, too.
    for folder in tree.folders { try FileDraft.sweep(folder) }
    for entry in tree.entries {
      if entry.isLink {
        unsearchable.append((entry.path, ForgetFiles.link))
      } else if let kind = entry.kind, kind != .file {
        unsearchable.append((entry.path, "a \(kind.name)"))
      } else {
        files.insert(entry.path)
      }
    }
  }
}
