import Programme

/// Subdivisions that the country's holidays do not know.
enum SubdivisionCheck {
  static func mistakes(in region: Value, countries: [String: NationalHolidays]) -> [Diagnostic] {
    guard let country = region["country"]?.text, let holidays = countries[country] else { return [] }
    return ([region] + (region["sites"]?.entries.map(\.value) ?? [])).compactMap { place in
      guard let stated = place["subdivision"], let name = stated.text, holidays.place(name) == .unknown else {
        return nil
      }
      return stated.origin.error(holidays.unknownSubdivision(name), code: "unknown-subdivision")
    }
  }
}

extension NationalHolidays {
  /// `no holidays of XX in DE: …`, with the names that are known.
  package func unknownSubdivision(_ name: String, option: String = "`subdivision`") -> String {
    "no holidays of \(name) in \(code): \(option) is one of \(subdivisionCodes.joined(separator: ", "))"
  }
}
