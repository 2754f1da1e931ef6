package import Basics
import Programme

/// The configuration is wrong (exit code 78): every mistake found, sorted by file, line and column.
package struct ConfigurationError: Error, Hashable, Sendable {
  package var diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics.sorted()
  }
}
