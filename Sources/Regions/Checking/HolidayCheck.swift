import Basics
import Programme

/// Holiday calendars that are missing, unreadable, or end before a cohort does.
enum HolidayCheck {
  static func mistakes(
    in region: Value, folder: String, reader: ConfigurationFolder.HolidayReader
  ) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let cohorts = (region["cohorts"]?.entries ?? []).compactMap { entry -> Cohort? in
      guard let start = entry.value["start"]?.text.flatMap({ LocalDate(iso8601: $0) }),
        let end = entry.value["end"]?.text.flatMap({ LocalDate(iso8601: $0) }), start < end
      else { return nil }
      return Cohort(id: entry.name, start: start, end: end)
    }
    var years: [String: Set<Int>?] = [:]
    let root = SystemCall.realPath(folder)
    var told: Set<Origin> = []
    for site in region["sites"]?.entries ?? [] {
      guard let holidays = site.value["holidays"] ?? region["holidays"], !holidays.items.isEmpty else {
        found.append(
          site.origin.warning(
            "no `holidays` for \(site.name): sessions may fall on public holidays; name a calendar, "
              + "`holidays: [holidays/\(region["country"]?.text?.lowercased() ?? "xx").ics]`",
            code: "no-holidays"))
        continue
      }
      guard told.insert(holidays.origin).inserted else { continue }
      var known: Set<Int> = []
      var isWhole = true
      for item in holidays.items {
        guard let name = item.text else {
          isWhole = false
          continue
        }
        if years[name] == nil {
          let (own, diagnostics) = read(folder + "/" + name, root, item.origin, cohorts, reader)
          found += diagnostics
          years[name] = .some(own)
        }
        if let own = years[name] ?? nil { known.formUnion(own) } else { isWhole = false }
      }
      guard isWhole else { continue }
      for cohort in cohorts {
        let last = cohort.end.adding(days: -1)
        let missing = (cohort.start.year...last.year).filter { !known.contains($0) }
        guard let first = missing.first else { continue }
        found.append(
          holidays.origin.error(
            "`holidays` name no day in \(first), and the cohort \(cohort.id) runs from \(cohort.start) to \(last): "
              + "add that year's holidays", code: "holidays-end"))
      }
    }
    return found
  }

  /// The years in which a calendar names a day; nil where it cannot be read.
  private static func read(
    _ path: String, _ root: String?, _ origin: Origin, _ cohorts: [Cohort],
    _ reader: ConfigurationFolder.HolidayReader
  ) -> (years: Set<Int>?, diagnostics: [Diagnostic]) {
    guard ConfigurationBytes.exists(path) else {
      return (
        nil,
        [origin.error("no file `\(path)`: put the calendar there, or take the line out", code: "no-file")]
      )
    }
    do throws(ConfigurationError) {
      let bytes = try ConfigurationBytes.read(
        path, shown: path, within: root, limit: ConfigurationBytes.calendarSizeLimit)
      let first = cohorts.map(\.start.year).min() ?? 1970
      let last = cohorts.map(\.end.year).max() ?? 2099
      guard let from = LocalDate(year: first, month: 1, day: 1),
        let to = LocalDate(year: last, month: 12, day: 31)
      else { return (nil, []) }
      let (dates, diagnostics) = reader(path, bytes, from, to)
      return (Set(dates.map(\.year)), diagnostics)
    } catch {
      return (nil, error.diagnostics)
    }
  }
}
