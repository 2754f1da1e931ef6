import Basics
import Programme

@testable import Regions

/// What a check of the configuration says of a region, calendars of holidays aside.
enum ConfigurationCheckRun {
  static func messages(_ config: String, region: String) -> [String] {
    ConfigurationFolder(path: config).check([region]) { _, _, _, _ in ([], []) }.map(\.message)
  }
}
