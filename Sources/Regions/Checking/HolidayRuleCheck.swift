import Basics
import Programme

/// What in a country's holidays contradicts itself, or names what is not in the file.
enum HolidayRuleCheck {
  static func mistakes(in country: Value) -> [Diagnostic] {
    var found = span(country)
    let places = ["subdivisions", "partly-known"].flatMap { country[$0]?.entries ?? [] }
    var known: Set<String> = []
    for place in places where !known.insert(place.name).inserted {
      found.append(
        place.origin.error(
          "`\(place.name)` is in `subdivisions` and in `partly-known`: keep one of the two",
          code: "contradiction"))
    }
    for place in places where place.name != place.name.uppercased() {
      found.append(
        place.origin.error(
          "the subdivision `\(place.name)` has small letters: write it as ISO 3166-2 does, "
            + "`\(place.name.uppercased())`", code: "bad-value"))
    }
    let festivals = country["festivals"]?.entries.map(\.name) ?? []
    for holiday in country["holidays"]?.items ?? [] where holiday.content != .bad {
      found += when(holiday, festivals)
      found += span(holiday)
      found += self.places(holiday, known)
    }
    return found
  }

  private static func when(_ holiday: Value, _ festivals: [String]) -> [Diagnostic] {
    let name = holiday["name"]?.text ?? "the holiday"
    switch (holiday["day"], holiday["dates"]) {
    case (nil, nil):
      return [
        holiday.origin.error(
          "`\(name)` has neither `day` nor `dates`: state when it comes, `day: 6 January`", code: "missing")
      ]
    case (_?, let dates?):
      return [
        dates.origin.error(
          "`\(name)` has `day` and `dates`: keep one, and write the other as a holiday of its own",
          code: "contradiction")
      ]
    case (let day?, nil):
      guard case .listed(let festival)? = day.text.flatMap({ HolidayDay($0) })?.anchor,
        !festivals.contains(festival)
      else { return [] }
      let names = festivals + HolidayDay.Computed.allCases.map(\.rawValue)
      let nearest = NearestName.question(festival, among: names)
      return [
        day.origin.error(
          "no festival `\(festival)`\(nearest ?? ": list its dates in `festivals`, or write a day, `6 January`")",
          code: "unknown-festival")
      ]
    case (nil, _?): return []
    }
  }

  private static func span(_ value: Value) -> [Diagnostic] {
    var found: [Diagnostic] = []
    if let first = value["since"]?.whole, let until = value["until"], let last = until.whole, last < first {
      found.append(
        until.origin.error(
          "`until` is \(last), before `since`, \(first): swap them", code: "contradiction"))
    }
    if let every = value["every"], value["since"] == nil {
      found.append(
        every.origin.error(
          "`every` counts from `since`, which is not here: state the first year", code: "missing"))
    }
    return found
  }

  private static func places(_ holiday: Value, _ known: Set<String>) -> [Diagnostic] {
    var found: [Diagnostic] = []
    if holiday["in"] != nil, let other = holiday["not-in"] {
      found.append(
        other.origin.error("`in` and `not-in` at one holiday: keep one of the two", code: "contradiction"))
    }
    for place in (holiday["in"]?.items ?? []) + (holiday["not-in"]?.items ?? []) {
      guard let name = place.text, !known.contains(name), name != HolidayRule.Places.withoutSubdivision else {
        continue
      }
      let nearest = NearestName.question(name, among: known)
      found.append(
        place.origin.error(
          "no subdivision `\(name)`\(nearest ?? ": add it to `subdivisions`, or take it out")",
          code: "unknown-subdivision"))
    }
    return found
  }
}
