package import ArgumentParser

/// What a region's configuration gives names to, and an option asks for by name.
package enum SettingName: String, CaseIterable, Sendable, ExpressibleByArgument {
  case regions, cohorts, sites, surveys, forms, purposes, topics

  /// Whether an option takes several of them, comma-separated.
  package var isListed: Bool { self == .regions || self == .topics }
}

extension CompletionKind {
  /// The names that the configuration at hand has: completion asks it, so that a new region's cohort is offered at once.
  package static func settings(_ names: SettingName) -> CompletionKind {
    .shellCommand("tandem-region names \(names.rawValue)")
  }

  /// Of all formats, those that this command writes; `OutputFormat.check` holds the call to them.
  package static func formats(_ formats: OutputFormat...) -> CompletionKind {
    .list(formats.map(\.rawValue))
  }
}
