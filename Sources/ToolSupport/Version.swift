import CBuildCommit

/// What `--version` prints: the suite's version, the same for each of its tools, and the commit that it was built from.
package enum Version {
  package static let number = "1.0.0"

  /// `tandem 1.0.0 (817cd23)`; `(817cd23, modified)` where the tree was not as committed.
  package static let text = "tandem \(number) (\(String(cString: tandem_build_commit())))"
}
