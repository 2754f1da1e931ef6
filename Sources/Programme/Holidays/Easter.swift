/// Easter Sunday, on which half of the holidays of the Christian world hang.
enum Easter {
  /// By the Gregorian computus (Meeus, Jones and Butcher: Astronomical Algorithms, 1991, chapter 8). O(1).
  static func western(_ year: Int) -> LocalDate? {
    let a = year % 19
    let (b, c) = (year / 100, year % 100)
    let (d, e) = (b / 4, b % 4)
    let g = (8 * b + 13) / 25
    let h = (19 * a + b - d - g + 15) % 30
    let (i, k) = (c / 4, c % 4)
    let l = (32 + 2 * e + 2 * i - h - k) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let month = (h + l - 7 * m + 114) / 31
    let day = (h + l - 7 * m + 114) % 31 + 1
    return LocalDate(year: year, month: month, day: day)
  }

  /// Of the Eastern churches, by the Julian computus, as a Gregorian date; 1900 to 2099 (Meeus, as above). O(1).
  static func orthodox(_ year: Int) -> LocalDate? {
    let (a, b, c) = (year % 4, year % 7, year % 19)
    let d = (19 * c + 15) % 30
    let e = (2 * a + 4 * b - d + 34) % 7
    let month = (d + e + 114) / 31
    let day = (d + e + 114) % 31 + 1
    return LocalDate(year: year, month: month, day: day)?.adding(days: 13)
  }
}
