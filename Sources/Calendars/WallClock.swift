import Programme

/// Wall time is counted in seconds since 1970-01-01T00:00 *of the same wall clock*: what the clock shows, without
/// a zone. These are its parts; all arithmetic is floored, so that times before 1970 work as those after.
enum WallClock {
  static let day = 86_400
  /// 9999-12-31T23:59:59: no rule is followed beyond, and no value lies beyond.
  static let last = 253_402_300_799
  /// 0001-01-01T00:00:00.
  static let first = -62_135_596_800

  static func dayNumber(_ wall: Int) -> Int { floorDivide(wall, day) }

  static func secondOfDay(_ wall: Int) -> Int { wall - floorDivide(wall, day) * day }

  static func civil(_ dayNumber: Int) -> (year: Int, month: Int, day: Int) {
    LocalDate(daysSinceEpoch: dayNumber).components
  }

  /// 0 for Monday … 6 for Sunday.
  static func weekday(_ dayNumber: Int) -> Int { floorModulo(dayNumber + 3, 7) }

  /// Days since the epoch of the first day of a month; months beyond 1…12 run on into other years.
  static func firstDay(year: Int, month: Int = 1) -> Int {
    let months = year * 12 + month - 1
    let y = floorDivide(months, 12)
    let m = months - y * 12 + 1
    let shifted = m <= 2 ? y - 1 : y
    let era = floorDivide(shifted, 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

func floorDivide(_ a: Int, _ b: Int) -> Int {
  let quotient = a / b
  return a % b < 0 ? quotient - 1 : quotient
}

func floorModulo(_ a: Int, _ b: Int) -> Int {
  let rest = a % b
  return rest < 0 ? rest + b : rest
}

func ceilDivide(_ a: Int, _ b: Int) -> Int { -floorDivide(-a, b) }
