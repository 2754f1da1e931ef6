import Programme

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The bytes of one configuration file, read without trust in what stands there.
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
      guard let real = resolved(path) else { throw refusal(reason(errno), "unreadable-file") }
      guard isInside(real, root) else {
        throw refusal(
          "is a symbolic link out of the configuration folder, to \(real): copy the file here instead",
          "outside-folder")
      }
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw refusal(reason(errno), "unreadable-file") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw refusal(reason(errno), "unreadable-file") }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw refusal("is not a file: put a file of this name here", "not-a-file")
    }
    guard status.st_size <= limit else {
      throw refusal(
        "has \(status.st_size) bytes, and at most \(limit) are read: split it, or take out what is not configuration",
        "too-large")
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw refusal(reason(errno), "unreadable-file") }
      if count == 0 { break }
      filled += count
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  /// The path without links; nil where nothing stands there.
  package static func resolved(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  /// Whether a resolved path is the resolved folder or stands below it.
  package static func isInside(_ path: String, _ folder: String) -> Bool {
    path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
  }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder, by bytes; hidden ones left out; empty where there is no such folder.
  package static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.precedesByBytes($1) }
  }

  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "is not there: create it, or correct the name"
    case EACCES: "may not be read: give your user the right to read it"
    case ELOOP: "is a symbolic link that leads to itself: put a file here instead"
    default: "cannot be read (\(String(cString: strerror(code))))"
    }
  }
}
