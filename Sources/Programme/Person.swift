import Basics

/// What somebody applied to be. `either` may become mentor or mentee, whichever serves the whole.
package enum Role: String, CaseIterable, FieldValue {
  case mentor, mentee, either

  package var mayMentor: Bool { self != .mentee }
  package var mayBeMentored: Bool { self != .mentor }

  /// Whether two people of these roles can be a pair.
  package func fits(_ other: Role) -> Bool {
    mayMentor && other.mayBeMentored || mayBeMentored && other.mayMentor
  }
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

extension SourcePlace: FieldObject {
  package static let fields = FieldTable(
    blank: SourcePlace(file: "", line: 0),
    [
      .defaulted("file", \.file, "the export"),
      .count("line", \.line, "the physical line"),
    ])
}

/// An applicant, as intake makes it of master data and questionnaires.
package struct Person: Hashable, Sendable {
  package var id: PersonID
  package var region: String
  /// The site's name, as the region declares it.
  package var site: String
  package var name: String
  package var email: String
  /// Other addresses that they write from.
  package var aliases: [String] = []
  package var role: Role
  /// Broad to narrow: `["Engineering", "Software"]`.
  package var department: [String]
  /// An IANA name.
  package var timeZone: String
  /// Higher is more senior; nil where master data does not say.
  package var level: Int?
  package var manager: PersonID?
  /// BCP 47 tags, sorted; empty where nothing is known.
  package var languages: [String] = []
  /// Topic ids, in the order of wishes.
  package var learn: [String] = []
  package var teach: [String] = []
  package var interests: [String] = []
  /// The free words behind the topics, by field (`learn`, `teach`, `interests`, `comments`).
  package var said: [String: [String]] = [:]
  /// How many tandems at once; nil: what the region says.
  package var capacity: Int?
  /// People whom the person declared to know.
  package var acquainted: [PersonID] = []
  /// To take part; nil where the form does not ask.
  package var consent: Bool?
  /// To be found by `tandem-find`; nil where the form does not ask.
  package var findable: Bool?
  /// Own working hours; nil: those of the site.
  package var workingHours: WorkingHours?
  /// Further facts of master data that a region's rules speak of (`costCentre`).
  package var attributes: [String: String] = [:]
  package var source: SourcePlace?

  package init(
    id: PersonID, region: String, site: String, name: String, email: String, role: Role,
    department: [String], timeZone: String
  ) {
    self.id = id
    self.region = region
    self.site = site
    self.name = name
    self.email = email
    self.role = role
    self.department = department
    self.timeZone = timeZone
  }
}

extension Person: FieldObject {
  package static let fields = FieldTable(
    "person", "Somebody of the master data, with what they said in the questionnaire.",
    place: "`tandem-import`",
    blank: Person(
      id: PersonID(""), region: "", site: "", name: "", email: "", role: .either, department: [], timeZone: ""
    ),
    [
      .required("id", \.id, "`REGION:EMPLOYEE NUMBER`").derived(),
      .required("region", \.region, "the region's id").derived(),
      .required("site", \.site, "the site's name, as the region declares it"),
      .required("name", \.name, "the whole name"),
      .required("email", \.email, "the address that invitations go to").labelled("e-mail"),
      .sparse("aliases", \.aliases, "other addresses that they write from").labelled("other addresses"),
      .required("role", \.role, "what they applied to be"),
      .required(
        "department", \.department, "the path, broad to narrow", shown: { $0.joined(separator: "/") }),
      .required("timeZone", \.timeZone, "IANA name"),
      .optional("level", \.level, "the level in the hierarchy"),
      .optional("manager", \.manager, "the manager's id"),
      .defaulted("languages", \.languages, "BCP 47, the best first"),
      .defaulted("learn", \.learn, "topics that they want to learn, by id"),
      .defaulted("teach", \.teach, "topics that they can teach, by id"),
      .defaulted("interests", \.interests, "topics that they like, by id"),
      .count("capacity", \.capacity, "tandems at once"),
      .flag("consent", \.consent, "whether their data may be used to match; absent: not asked"),
      .flag("findable", \.findable, "whether `tandem-find` may name them"),
      .sparse("said", \.said, "the free words behind the topics, by field").labelled("words").derived(),
      .sparse("acquainted", \.acquainted, "ids of people whom they know already").labelled("acquaintances"),
      .optional(
        "workingHours", \.workingHours,
        "their hours, where they differ from the site's; a day left out is not worked"),
      .sparse("attributes", \.attributes, "other facts that rules may speak of").derived(),
      .optional("source", \.source, "where it was read").derived(isCompared: false),
    ])
}
