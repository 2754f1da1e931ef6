import Programme

/// The time of a mail's field Date (RFC 5322, section 3.3).
enum MailDate {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Of `Thu, 01 Oct 2026 08:00:00 +0200`, in seconds since the epoch; nil for another text.
  static func seconds(_ text: String) -> Int? {
    var words = text.split { $0 == " " || $0 == "," || $0 == "\t" }.map(String.init)[...]
    if let first = words.first, first.first?.isNumber == false { words = words.dropFirst() }
    let parts = Array(words)
    guard parts.count >= 4, let day = Int(parts[0]),
      let month = months.firstIndex(of: String(parts[1].lowercased().prefix(3))), let year = Int(parts[2])
    else { return nil }
    let clock = parts[3].split(separator: ":").compactMap { Int($0) }
    guard clock.count >= 2, (1...31).contains(day), (1970...9999).contains(year),
      let date = LocalDate(year: year, month: month + 1, day: day)
    else { return nil }
    var offset = 0
    if parts.count > 4, let number = Int(parts[4].filter { $0.isNumber }), parts[4].count == 5 {
      offset = (number / 100 * 3600 + number % 100 * 60) * (parts[4].hasPrefix("-") ? -1 : 1)
    }
    let second = clock.count > 2 ? clock[2] : 0
    return date.daysSinceEpoch * 86_400 + clock[0] * 3600 + clock[1] * 60 + second - offset
  }
}
