import Foundation
import Programme
import Regions

/// The order of day and month in the dates of one column: one for all of them, as the program wrote it that exported them.
struct DateColumn {
  private var first: [Form.DateOrder: (line: Int, text: String)] = [:]
  /// A date that can be read either way, the first.
  private(set) var doubtful: (line: Int, text: String)?

  /// What a date says of the order of its column.
  mutating func add(_ text: String, line: Int) {
    switch TimeText.order(of: text) {
    case .proved(let order): if first[order] == nil { first[order] = (line, text) }
    case .doubtful: doubtful = doubtful ?? (line, text)
    case .plain: break
    }
  }

  /// Whether no later value can say more.
  var isDecided: Bool { doubtful == nil || first.count == 2 }

  /// What is known of a column, and how.
  struct Decision: Sendable, Hashable {
    /// nil: each date says it by itself, or cannot be read.
    var order: Form.DateOrder?
    /// For the summary of the file; nil: there was nothing to decide.
    var note: String?
    /// What is wrong with the column.
    var warning: String?
  }

  /// Looks at the first piece of a delimited file, and at all of it where that leaves the order in doubt and the file can be
  /// read twice.
  static func decision(
    _ source: ByteSource, _ layout: CSVDialect?, _ binding: FormBinding, country: String
  ) -> Decision {
    guard binding.form.timeFormat == nil, let columns = binding.fields["timestamp"]?.columns else {
      return Decision()
    }
    var dates = DateColumn()
    guard let layout, source.definition == nil else {
      return Decision(order: binding.form.dateOrder ?? usual(in: country))
    }
    for isWhole in [false, true] where !isWhole || !dates.isDecided && !source.isWhole {
      source.forEachRow(layout, beyondFirstPiece: isWhole) { row in
        for column in columns {
          if let text = row.string(column), !text.isEmpty { dates.add(text, line: row.line) }
        }
      }
    }
    return dates.decision(stated: binding.form.dateOrder, country: country)
  }

  /// The order that the form states, else the one that a date proves, else the usual one of the country.
  func decision(stated: Form.DateOrder?, country: String) -> Decision {
    if let stated {
      let other: Form.DateOrder = stated == .dayFirst ? .monthFirst : .dayFirst
      let warning = first[other].map {
        "the form says \(stated.rawValue), and \(Quoted.word($0.text)) in line \($0.line) is not: correct `date-order`"
      }
      return Decision(
        order: stated, note: doubtful == nil ? nil : "dates \(stated.rawValue)", warning: warning)
    }
    if let day = first[.dayFirst], let month = first[.monthFirst] {
      return Decision(
        warning: "dates are day-first in line \(day.line) (\(Quoted.word(day.text))) and month-first in line "
          + "\(month.line) (\(Quoted.word(month.text))): those that can be read either way are not read; "
          + "write all of them one way")
    }
    if let (order, proof) = first.first {
      return Decision(order: order, note: "dates \(order.rawValue) by line \(proof.line) (\(proof.text))")
    }
    guard let doubtful else { return Decision() }
    if let usual = DateColumn.usual(in: country) {
      return Decision(order: usual, note: "dates \(usual.rawValue), which is usual in \(country)")
    }
    return Decision(
      warning:
        "\(Quoted.word(doubtful.text)) in line \(doubtful.line) can be read day-first and month-first, and so can "
        + "all dates beside it: state `date-order` in the form")
  }

  /// The order in short dates of the country's main language (Unicode CLDR); nil: the year stands first, or it is not known.
  static func usual(in country: String) -> Form.DateOrder? {
    let locale = Locale(identifier: Locale.Language(identifier: "und-\(country)").maximalIdentifier)
    guard let pattern = DateFormatter.dateFormat(fromTemplate: "yMd", options: 0, locale: locale),
      let day = pattern.firstIndex(of: "d"), let month = pattern.firstIndex(of: "M"),
      let year = pattern.firstIndex(of: "y"), year > min(day, month)
    else { return nil }
    return day < month ? .dayFirst : .monthFirst
  }
}
