package import Basics
import Foundation
import RecordStream

/// A folder of files with names in them, readable by its owner alone.
package struct PrivateFolder: Sendable {
  package let path: String

  /// Makes it where it is missing, and removes what killed runs left half-written in it.
  ///
  /// - Throws: exit code 73 where the folder cannot be made.
  package init(_ path: String) throws(ToolFailure) {
    do throws(FileError) {
      try Folders.make(path)
      try FileDraft.sweep(path)
    } catch {
      throw ToolFailure(.cannotCreate, error.message, file: path)
    }
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// Written beside and renamed into place, under the identifier's letters and digits.
  package func write(_ bytes: [UInt8], _ identifier: String, ending: String) throws(FileError) {
    // Thousands of files that can be made again: none waits for the disk.
    try AtomicFile.write(
      bytes, to: "\(path)/\(PrivateFolder.fileName(identifier)).\(ending)", synchronize: false)
  }

  /// Letters, digits and `-` of an identifier, so that no record can choose a folder. One that is long, or has signs other
  /// than those of our identifiers, gets a sum of its bytes (FNV-1a) beside, so that it shares no file with another.
  package static func fileName(_ identifier: String) -> String {
    var name = ""
    var isOurs = true
    for byte in identifier.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: name.unicodeScalars.append(Unicode.Scalar(byte))
      case 0x2F, 0x2B, 0x3A: name += "-"
      default:
        name += "-"
        isOurs = false
      }
    }
    name = String(name.prefix(150))
    guard !isOurs || identifier.utf8.count > 150 else { return name }
    return name + "-" + String(StableHash(identifier.utf8).fnv, radix: 16)
  }
}
