import Basics
import Calendars
package import Programme
import RecordStream
package import Regions

/// The public holidays and room bookings of the regions at work, read before any planning.
package struct SiteCalendars {
  package private(set) var holidays: [SiteKey: Set<LocalDate>] = [:]
  package private(set) var bookings: [SiteKey: [String: BusyTime]] = [:]
  /// From two days before the cohort's start to two days after its end, over all regions; nil: none declares it.
  package private(set) var window: MinuteInterval?
  /// Whether every file was good.
  package private(set) var isClean = true

  /// - Throws: exit code 78 where a file that the configuration names cannot be opened.
  package init(_ regions: [Region], cohort: String, on console: Console) throws(ToolFailure) {
    let cohorts = regions.compactMap { $0.cohort(cohort) }
    guard let first = cohorts.map(\.start).min(), let last = cohorts.map(\.end).max() else { return }
    let window = MinuteInterval(
      start: (first.daysSinceEpoch - 2) * 1440, end: (last.daysSinceEpoch + 2) * 1440)
    self.window = window
    var files: [String: CalendarFile] = [:]
    func file(_ path: String, _ region: Region) throws(ToolFailure) -> CalendarFile {
      if let known = files[path] { return known }
      let bytes: [UInt8]
      do throws(InputError) {
        bytes = try Input(path: path).readAll()
      } catch {
        throw ToolFailure(.configuration, error.message, file: path)
      }
      let file = CalendarFile.read(bytes, fileName: path, territory: region.country, depth: .texts)
      for diagnostic in file.diagnostics {
        if diagnostic.severity == .error { isClean = false }
        console.report(diagnostic)
      }
      files[path] = file
      return file
    }
    for region in regions {
      for site in region.sites {
        let key = SiteKey(region: region.id, site: site.name)
        var days: Set<LocalDate> = []
        for path in site.holidays {
          for day in try file(path, region).wholeDays(
            from: first.adding(days: -2), through: last.adding(days: 2))
          {
            days.insert(day.date)
          }
        }
        holidays[key] = days
        guard let zone = try? ZoneDatabase.zone(site.timeZone) else { continue }
        for room in site.rooms {
          guard let path = room.calendar else { continue }
          bookings[key, default: [:]][room.name] = try file(path, region).busyTime(in: window, zone: zone)
        }
      }
    }
  }
}
