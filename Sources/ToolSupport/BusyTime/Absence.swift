import ArgumentParser
import Calendars
package import Programme

extension Absence {
  /// - Parameter words: PERSON FROM TO, any number of times.
  /// - Throws: a usage error that quotes what was not understood.
  package static func read(_ words: [String]) throws -> [Absence] {
    guard words.count % 3 == 0 else {
      throw ValidationError("--absent takes PERSON FROM TO, as in pl:100087 2026-12-01 2026-12-14")
    }
    return try stride(from: 0, to: words.count, by: 3).map { at in
      let dates = try words[(at + 1)...(at + 2)].map { word in
        guard let date = LocalDate(iso8601: word) else {
          throw ValidationError("--absent: \"\(word)\" is not a date; write it as 2026-12-01")
        }
        return date
      }
      guard dates[0] <= dates[1] else {
        throw ValidationError("--absent: \(dates[1]) is before \(dates[0]); give the first day first")
      }
      return Absence(person: PersonID(words[at]), from: dates[0], to: dates[1])
    }
  }

  /// nil where the person is not on the stream, or lives in no zone that there is.
  package func busyTime(of people: [PersonID: Person]) -> BusyTime? {
    guard let zone = people[person].flatMap({ try? ZoneDatabase.zone($0.timeZone) }) else { return nil }
    return BusyTime([
      MinuteInterval(start: zone.minute(of: from), end: zone.minute(of: to.adding(days: 1)))
    ])
  }
}
