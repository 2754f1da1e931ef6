import Foundation

/// A fresh folder for one test. It is deleted when nothing refers to it any more.
public final class WorkFolder: Sendable {
  public let path: String

  public init() throws {
    path = FileManager.default.temporaryDirectory.path + "/tandem-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file into the folder and returns its path.
  @discardableResult
  public func file(_ name: String, _ bytes: [UInt8], mode: Int = 0o600) throws -> String {
    let file = "\(path)/\(name)"
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    return file
  }

  @discardableResult
  public func file(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
    try file(name, Array(text.utf8), mode: mode)
  }

  public func bytes(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  public func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// The sorted names in a folder; none if there is no such folder.
  public func names(_ folder: String = ".") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []).sorted()
  }
}
