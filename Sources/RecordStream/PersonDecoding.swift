package import Programme

extension Person {
  init(_ scanner: inout JSONScanner) throws {
    var id: PersonID?
    var region: String?
    var site: String?
    var name: String?
    var email: String?
    var timeZone: String?
    var role: Role?
    var department: [String]?
    var rest = Person(
      id: PersonID(""), region: "", site: "", name: "", email: "", role: .either, department: [], timeZone: ""
    )
    try scanner.beginObject()
    while let key = try scanner.nextKey() {
      if try scanner.null() { continue }
      switch key {
      case "id": id = PersonID(try scanner.string())
      case "region": region = try scanner.string()
      case "site": site = try scanner.string()
      case "name": name = try scanner.string()
      case "email": email = try scanner.string()
      case "role": role = try scanner.word(Role.self)
      case "department": department = try scanner.strings()
      case "timeZone": timeZone = try scanner.string()
      case "level": rest.level = try scanner.integer()
      case "manager": rest.manager = PersonID(try scanner.string())
      case "languages": rest.languages = try scanner.strings()
      case "learn": rest.learn = try scanner.strings()
      case "teach": rest.teach = try scanner.strings()
      case "interests": rest.interests = try scanner.strings()
      case "said":
        try scanner.beginObject()
        while let field = try scanner.nextKey() { rest.said[field] = try scanner.strings() }
      case "capacity":
        rest.capacity = try scanner.integer()
        if (rest.capacity ?? 0) < 0 { throw RecordError("the capacity is negative", offset: scanner.offset) }
      case "acquainted": rest.acquainted = try scanner.people()
      case "consent": rest.consent = try scanner.bool()
      case "findable": rest.findable = try scanner.bool()
      case "workingHours": rest.workingHours = try WorkingHours(&scanner)
      case "attributes": rest.attributes = try scanner.map()
      case "source":
        var place = SourcePlace(file: "", line: 0)
        try scanner.beginObject()
        while let part = try scanner.nextKey() {
          switch part {
          case "file": place.file = try scanner.string()
          case "line": place.line = try scanner.integer()
          default: try scanner.skipValue()
          }
        }
        rest.source = place
      default: try scanner.skipValue()
      }
    }
    self = rest
    self.id = try required(id, "id", of: .person)
    self.region = try required(region, "region", of: .person)
    self.site = try required(site, "site", of: .person)
    self.name = try required(name, "name", of: .person)
    self.email = try required(email, "email", of: .person)
    self.role = try required(role, "role", of: .person)
    self.department = try required(department, "department", of: .person)
    self.timeZone = try required(timeZone, "timeZone", of: .person)
  }
}

extension WorkingHours {
  /// `{"monday":["08:00-12:00","13:00-17:00"]}`
  init(_ scanner: inout JSONScanner) throws {
    self.init(spans: [:])
    try scanner.beginObject()
    while let key = try scanner.nextKey() {
      let place = scanner.offset
      guard let weekday = Weekday(rawValue: key) else {
        throw RecordError("\"\(key)\" is no weekday; write monday … sunday", offset: place)
      }
      spans[weekday] = try scanner.strings().map { text in
        guard let span = WorkingHours.span(text) else {
          throw RecordError("\"\(text)\" is no span of hours; write it as 08:00-17:30", offset: place)
        }
        return span
      }
    }
  }

  /// Minutes since midnight of `08:00-17:30`; nil for any other text.
  package static func span(_ text: String) -> Range<Int>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { clock -> Int? in
      let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[1].utf8.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
        (0...24).contains(hour), (0..<60).contains(minute), hour * 60 + minute <= 1440
      else { return nil }
      return hour * 60 + minute
    }
    guard ends.count == 2, let start = ends[0], let end = ends[1], start < end else { return nil }
    return start..<end
  }
}
