/// A path as text, split at its last slash; slashes at its end do not count.
///
/// Foundation's `deletingLastPathComponent` is not used: it traps on a path of one character.
extension String {
  /// What the path names within its folder; empty for `/` and for nothing.
  package var fileName: String { unicodeScalars.split(separator: "/").last.map(String.init) ?? "" }

  /// The folder that holds it, without a slash at its end; empty: the current one.
  package var parentFolder: String {
    let steps = unicodeScalars
    guard let end = steps.lastIndex(where: { $0 != "/" }) else { return isEmpty ? "" : "/" }
    guard let slash = steps[...end].lastIndex(of: "/") else { return "" }
    return steps[..<slash].lastIndex { $0 != "/" }.map { String(steps[...$0]) } ?? "/"
  }

  /// A file's name without its last extension.
  package var stem: String { lastIndex(of: ".").map { String(self[..<$0]) } ?? self }
}
