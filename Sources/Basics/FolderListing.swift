import Foundation

/// What is in a folder. A folder that cannot be listed is an error, never an empty folder.
package enum FolderListing {
  /// The names in a folder, hidden ones too, sorted by bytes.
  ///
  /// - Parameter folder: empty: the current one.
  /// - Throws: `InputError.cannotOpen`, `.cannotRead`.
  package static func names(in folder: String) throws(InputError) -> [String] {
    var failure: Int32 = 0
    guard let names = SystemCall.names(folder.isEmpty ? "." : folder, failure: &failure) else {
      throw .cannotOpen(path: folder, errno: errno)
    }
    guard failure == 0 else { throw .cannotRead(path: folder, errno: failure) }
    return names.sorted { $0.precedesByBytes($1) }
  }

  /// As `names(in:)`, but of a folder that may be missing.
  ///
  /// - Returns: nothing where it is missing.
  package static func namesIfPresent(in folder: String) throws(InputError) -> [String] {
    do throws(InputError) {
      return try names(in: folder)
    } catch .cannotOpen(_, ENOENT) {
      return []
    }
  }

  /// `name` in `folder`.
  package static func path(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") || folder.isEmpty ? folder + name : folder + "/" + name
  }
}

/// Everything at and below a folder, looked through without following symbolic links to other folders.
package struct FolderTree: Sendable {
  package struct Entry: Hashable, Sendable {
    package let path: String
    /// What it is; of a symbolic link, what it leads to; nil for a link that leads nowhere.
    package let kind: FileKind?
    package let isLink: Bool
  }

  /// All that is no folder, and links to folders, sorted by the bytes of their paths.
  package private(set) var entries: [Entry] = []
  /// The folders that were listed, the first is the one that was named.
  package private(set) var folders: [String] = []
  /// Folders that could not be listed, and entries of which the system does not say what they are.
  package private(set) var unreadable: [InputError] = []

  /// - Throws: `InputError` where the folder itself cannot be listed.
  package init(_ folder: String) throws(InputError) {
    var waiting: [String] = [folder]
    while let next = waiting.popLast() {
      do throws(InputError) {
        let names = try FolderListing.names(in: next)
        folders.append(next)
        for name in names.reversed() { look(at: FolderListing.path(next, name), &waiting) }
      } catch {
        if folders.isEmpty { throw error }
        unreadable.append(error)
      }
    }
    entries.sort { $0.path.precedesByBytes($1.path) }
    unreadable.sort { $0.path.precedesByBytes($1.path) }
  }

  private mutating func look(at path: String, _ waiting: inout [String]) {
    guard let status = SystemCall.linkStatus(path) else {
      // Removed since the folder was listed: then it is not there.
      if errno != ENOENT { unreadable.append(.cannotOpen(path: path, errno: errno)) }
      return
    }
    guard status.st_mode & S_IFMT == S_IFLNK else {
      let kind = FileKind(status.st_mode)
      if kind == .folder {
        waiting.append(path)
      } else {
        entries.append(Entry(path: path, kind: kind, isLink: false))
      }
      return
    }
    do throws(InputError) {
      entries.append(Entry(path: path, kind: try FileKind.at(path), isLink: true))
    } catch {
      unreadable.append(error)
    }
  }

  /// The paths of the regular files, reached by a link or not.
  package var files: [String] { entries.filter { $0.kind == .file }.map(\.path) }
}
