import Basics
import Programme
import Regions
import Surveys
import ToolSupport

/// The table for a spreadsheet: one row a cell and question. A dimension that is totalled and a figure that is not published are empty.
enum TableData {
  private static let question = [
    "asked", "answered", "rate", "mean", "sd", "median", "top", "nps", "rateLow", "rateHigh", "meanLow",
    "meanHigh", "topLow", "topHigh", "npsLow", "npsHigh", "lowerQuartile", "upperQuartile",
  ]
  private static let scale = ["complete", "alpha", "alphaLow", "alphaHigh"]
  private static let change = [
    "people", "before", "after", "change", "changeLow", "changeHigh", "statistic", "p", "effect", "exact",
  ]

  static func table(_ table: PublishedTable) -> DataTable {
    let names =
      question + (table.survey.scales.isEmpty ? [] : scale) + (table.survey.pairedWith == nil ? [] : change)
    let headings = table.dimensions + ["question"] + names.map(heading) + ["distribution", "hidden"]
    let questions = table.survey.questions.keyed(by: \.name)
    let rows = table.summaries.map { summary in
      let values = questions[summary.question]?.kind.values ?? []
      let counts = values.compactMap { value in
        summary.figures["count.\(value)"].map { "\(value):\(number($0))" }
      }
      return table.dimensions.map { summary.slice[$0] ?? "" } + [summary.question]
        + names.map { summary.figures[$0].map(number) ?? "" }
        + [counts.joined(separator: "; "), summary.suppressed ?? ""]
    }
    return DataTable(headings, rows)
  }

  /// `rateLow` as `rate_low`: the way that columns are named.
  private static func heading(_ name: String) -> String {
    name.map { $0.isUppercase ? "_\($0.lowercased())" : String($0) }.joined()
  }

  /// The shortest text that reads back to the same number.
  private static func number(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? value.description
  }
}
