package import Programme

/// Writes public holidays as a calendar file of whole days, to be read back as any region's own (RFC 5545, 3.6.1:
/// a DATE start, an exclusive end, transparent).
package enum HolidayFile {
  /// The file's bytes; identifiers come of place and date, so that the next run names the same day the same.
  ///
  /// - Parameters:
  ///   - holidays: their names are written in the country's language, the English ones beside them.
  ///   - language: BCP 47 tag of the names.
  ///   - country: ISO 3166-1 alpha-2.
  ///   - subdivision: as the holidays were asked for.
  ///   - title: how a calendar program names the file.
  ///   - stamp: when the file was made.
  package static func bytes(
    of holidays: [Holiday], language: String?, country: String, subdivision: String?, title: String,
    stamp: Timestamp
  ) -> [UInt8] {
    var writer = ContentLineWriter()
    writer.literal("BEGIN:VCALENDAR")
    writer.literal("VERSION:2.0")
    writer.literal("PRODID:-//Tandem//Tandem//EN")
    writer.literal("CALSCALE:GREGORIAN")
    writer.text("X-WR-CALNAME", title)
    let place = ([country] + [subdivision].compactMap { $0 }).joined(separator: "-").lowercased()
    let safe = String(
      String.UnicodeScalarView(
        place.unicodeScalars.filter {
          $0.isASCII && ($0.properties.isAlphabetic || $0 == "-" || $0.properties.numericType != nil)
        }))
    var counts: [LocalDate: Int] = [:]
    for holiday in holidays.sorted() {
      let count = counts[holiday.date, default: 0]
      counts[holiday.date] = count + 1
      writer.literal("BEGIN:VEVENT")
      writer.literal(
        "UID:\(holiday.date)-\(safe)\(count == 0 ? "" : "-\(count + 1)")@holidays.tandem.invalid")
      writer.begin("DTSTAMP")
      writer.time(wall: stamp.secondsSinceEpoch, isUTC: true)
      writer.literal("DTSTART;VALUE=DATE:\(HolidayFile.basic(holiday.date))")
      writer.literal("DTEND;VALUE=DATE:\(HolidayFile.basic(holiday.date.adding(days: 1)))")
      writer.text("SUMMARY", language: language, holiday.name)
      if holiday.english != holiday.name { writer.text("DESCRIPTION", language: "en", holiday.english) }
      writer.literal("CLASS:PUBLIC")
      writer.literal("TRANSP:TRANSPARENT")
      writer.literal("END:VEVENT")
    }
    writer.literal("END:VCALENDAR")
    return writer.bytes
  }

  /// `20261224`
  private static func basic(_ date: LocalDate) -> String {
    date.description.split(separator: "-").joined()
  }
}
