extension Shape {
  /// What should be there, in words.
  package var wanted: String {
    switch self {
    case .text(let kind): kind.wanted
    case .whole(let bounds): "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
    case .flag: "`true` or `false`"
    case .choice(let words): "one of \(words.map { "`\($0)`" }.joined(separator: ", "))"
    case .choiceOfWhole(let numbers): "one of \(numbers.map(String.init).joined(separator: ", "))"
    case .orNone(let shape): "\(shape.wanted), or `none`"
    case .list(let element, _): "a list (each \(element.wanted))"
    case .oneOrMore(let element): "\(element.wanted), or a list of such"
    case .at(_, let shape): shape.wanted
    case .map, .record, .open, .week: "a mapping"
    case .short(let element, _, _): "\(element.wanted), or a mapping"
    }
  }
}

extension Shape.Text {
  var wanted: String {
    switch self {
    case .line: "a text of one line"
    case .prose: "a text"
    case .identifier: "an id"
    case .email: "an e-mail address"
    case .link: "a link"
    case .timeZone: "a time zone such as `Europe/Warsaw`"
    case .country: "a country such as `PL`"
    case .language: "a language such as `pl`"
    case .date: "a date such as `2026-10-05`"
    case .yearDay: "a day such as `12-24`, of every year, or `2026-12-24`"
    case .clock: "a time such as `17:00`"
    case .span: "a span such as `08:00-18:00`"
    case .path(let ending): "a file that ends in `\(ending)`"
    case .comparison: "a comparison such as `\">= 2\"`"
    case .settingPath: "a setting such as `matching.objective`"
    case .delimiter: "one character, or `tab`"
    case .elementPath: "element names joined by `/`"
    case .encoding: "an encoding such as `windows-1250`"
    case .holidayDay: "a day such as `6 January`, `last monday of may` or `easter + 39 days`"
    case .weekdays: "a weekday such as `friday`, or `monday-friday`"
    }
  }
}
