package import ArgumentParser
import Basics

/// The files that a call names to be written.
package enum OutputFiles {
  /// Refuses a call that would overwrite a file that it reads, or write two results to one file.
  ///
  /// - Parameters:
  ///   - outputs: each with its option; nil and `-` are no file.
  ///   - inputs: the paths of the files that the call reads.
  package static func check(
    _ outputs: KeyValuePairs<String, String?>, inputs: [String]
  ) throws(ValidationError) {
    var earlier: [(option: String, path: String)] = []
    for (option, path) in outputs {
      guard let path, path != "-" else { continue }
      if inputs.contains(where: { $0 == path || FileIdentity.isOne($0, path) }) {
        throw ValidationError("\(option) \(path) is an input too: name another file")
      }
      if let other = earlier.first(where: { FileIdentity.isOne($0.path, path) }) {
        throw ValidationError("\(option) \(path) is the file of \(other.option) too: name another file")
      }
      earlier.append((option, path))
    }
  }
}
