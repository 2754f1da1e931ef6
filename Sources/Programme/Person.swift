package import Basics

/// What somebody applied to be. `either` may become mentor or mentee, whichever serves the whole.
package enum Role: String, CaseIterable, Hashable, Sendable {
  case mentor, mentee, either

  package var mayMentor: Bool { self != .mentee }
  package var mayBeMentored: Bool { self != .mentor }
}

/// `<region>:<employee number>`: stable, and unique over all regions.
package struct PersonID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) { self.text = text }
  package init(region: String, employeeNumber: String) { text = "\(region):\(employeeNumber)" }

  /// What stands before the first colon; the whole where there is none.
  package var region: String { String(text.prefix { $0 != ":" }) }
  /// What stands after the first colon; the whole where there is none.
  package var employeeNumber: String {
    guard let colon = text.firstIndex(of: ":") else { return text }
    return String(text[text.index(after: colon)...])
  }

  package var description: String { text }
  /// By bytes, not by locale: the same order everywhere.
  package static func < (a: PersonID, b: PersonID) -> Bool { a.text.precedesByBytes(b.text) }
}

/// Where a record came from: the export and the physical line in it.
package struct SourcePlace: Hashable, Sendable {
  package var file: String
  package var line: Int

  package init(file: String, line: Int) {
    self.file = file
    self.line = line
  }
}

/// When somebody works, where it differs from the site: minutes since midnight for each weekday.
package struct WorkingHours: Hashable, Sendable {
  /// A weekday that is absent is not worked.
  package var spans: [Weekday: [Range<Int>]]

  package init(spans: [Weekday: [Range<Int>]]) { self.spans = spans }

  /// The same span on each of the days.
  package init(days: some Sequence<Weekday>, span: Range<Int>) {
    spans = Dictionary(uniqueKeysWithValues: Set(days).map { ($0, [span]) })
  }
}

/// An applicant, as intake makes it of master data and questionnaires.
package struct Person: Hashable, Sendable {
  package var id: PersonID
  package var region: String
  /// The site's name, as the region declares it.
  package var site: String
  package var name: String
  package var email: String
  package var role: Role
  /// Broad to narrow: `["Engineering", "Software"]`.
  package var department: [String]
  /// Higher is more senior; nil where master data does not say.
  package var level: Int?
  package var manager: PersonID?
  /// BCP 47 tags, sorted; empty where nothing is known.
  package var languages: [String]
  /// An IANA name.
  package var timeZone: String
  /// Topic ids, in the order of wishes.
  package var learn: [String]
  package var teach: [String]
  package var interests: [String]
  /// The free words behind the topics, by field (`learn`, `teach`, `interests`, `comments`).
  package var said: [String: [String]]
  /// How many tandems at once; nil: what the region says.
  package var capacity: Int?
  /// People whom the person declared to know.
  package var acquainted: [PersonID]
  /// To take part; nil where the form does not ask.
  package var consent: Bool?
  /// To be found by `tandem-find`; nil where the form does not ask.
  package var findable: Bool?
  /// Own working hours; nil: those of the site.
  package var workingHours: WorkingHours?
  /// Further facts of master data that a region's rules speak of (`costCentre`).
  package var attributes: [String: String]
  package var source: SourcePlace?

  package init(
    id: PersonID, region: String, site: String, name: String, email: String, role: Role,
    department: [String], level: Int? = nil, manager: PersonID? = nil, languages: [String] = [],
    timeZone: String, learn: [String] = [], teach: [String] = [], interests: [String] = [],
    said: [String: [String]] = [:], capacity: Int? = nil, acquainted: [PersonID] = [], consent: Bool? = nil,
    findable: Bool? = nil, workingHours: WorkingHours? = nil, attributes: [String: String] = [:],
    source: SourcePlace? = nil
  ) {
    self.id = id
    self.region = region
    self.site = site
    self.name = name
    self.email = email
    self.role = role
    self.department = department
    self.level = level
    self.manager = manager
    self.languages = languages
    self.timeZone = timeZone
    self.learn = learn
    self.teach = teach
    self.interests = interests
    self.said = said
    self.capacity = capacity
    self.acquainted = acquainted
    self.consent = consent
    self.findable = findable
    self.workingHours = workingHours
    self.attributes = attributes
    self.source = source
  }
}
