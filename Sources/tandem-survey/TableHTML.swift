import Regions
import Surveys
import ToolSupport

/// The table as a page, in the words of the first region.
enum TableHTML {
  static func text(
    _ table: PublishedTable, regions: [Region], config: String, on console: Console
  ) throws -> String {
    ""
  }
}
