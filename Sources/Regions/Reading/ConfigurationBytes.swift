import Basics
import Programme

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The bytes of one configuration file, read without trust in what it is.
///
/// Opened here, and not by a library, so that a pipe, a device, a huge file or a link out of the folder is
/// refused before it is read.
package enum ConfigurationBytes {
  /// A region's folder is written by hand: a megabyte of YAML is a mistake.
  package static let sizeLimit = 1 << 20
  /// Holiday calendars may be larger.
  package static let calendarSizeLimit = 8 << 20

  /// The file's bytes.
  ///
  /// - Parameters:
  ///   - path: what is opened.
  ///   - shown: how diagnostics name it.
  ///   - root: the resolved folder that the file must not leave; nil: anywhere.
  /// - Throws: one diagnostic that names the file.
  package static func read(
    _ path: String, shown: String, within root: String? = nil, limit: Int = sizeLimit
  ) throws(ConfigurationError) -> [UInt8] {
    func refusal(_ message: String, _ code: String) -> ConfigurationError {
      ConfigurationError([Diagnostic(.error, message, file: shown, code: code)])
    }
    if let root {
      guard let real = SystemCall.realPath(path) else { throw refusal(reason(errno), "unreadable-file") }
      guard isInside(real, root) else {
        throw refusal(
          "is a symbolic link out of the configuration folder, to \(real): copy the file here instead",
          "outside-folder")
      }
    }
    do throws(InputError) {
      return try OpenedFile.bytes(path, limit: limit)
    } catch {
      switch error {
      case .cannotOpen(_, let number), .cannotRead(_, let number):
        throw refusal(reason(number), "unreadable-file")
      case .isFolder, .isNoFile: throw refusal("is not a file: put a file of this name here", "not-a-file")
      case .tooLarge(_, let size, _):
        throw refusal(
          "has \(size.map { "\($0)" } ?? "more") bytes, and at most \(limit) are read: split it, or take out what is "
            + "not configuration", "too-large")
      }
    }
  }

  /// Whether a resolved path is the resolved folder or is below it.
  package static func isInside(_ path: String, _ folder: String) -> Bool {
    path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
  }

  /// Whether a file is there. Where the system does not say, reading it reports the reason.
  package static func exists(_ path: String) -> Bool {
    SystemCall.access(path, F_OK) == 0 || errno != ENOENT && errno != ENOTDIR
  }

  /// Whether a folder is there. Where the system does not say, listing it reports the reason.
  package static func isFolder(_ path: String) -> Bool {
    do throws(InputError) { return try FileKind.at(path) == .folder } catch { return true }
  }

  /// The names in a folder, by bytes; hidden ones left out; empty where there is no such folder.
  ///
  /// - Throws: one diagnostic that names the folder that cannot be listed.
  package static func names(in folder: String) throws(ConfigurationError) -> [String] {
    do throws(InputError) {
      return try FolderListing.namesIfPresent(in: folder).filter { !$0.hasPrefix(".") }
    } catch {
      throw ConfigurationError([
        Diagnostic(.error, error.message, file: folder, code: "unreadable-folder")
      ])
    }
  }

  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "is not there: create it, or correct the name"
    case EACCES: "may not be read: give your user the right to read it"
    case ELOOP: "is a symbolic link that leads to itself: put a file here instead"
    default: "cannot be read (\(SystemCall.reason(code)))"
    }
  }
}
