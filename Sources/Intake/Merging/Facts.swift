package import Programme

/// What one row says of one person, read by its form and checked by itself, before any other row is looked at.
package struct Facts: Sendable, Equatable {
  /// Index of the input, and the row in it.
  package var sheet: Int
  package var line: Int
  package var row: Int
  package var raw: [UInt8]
  /// Index of the region among those loaded; nil while it follows from who the person is.
  package var region: Int?

  package var employeeNumber: String?
  /// As written; compare by `emailKey`.
  package var email: String?
  /// Other addresses of theirs.
  package var aliases: [String] = []
  package var name: String?
  package var site: String?
  package var department: [String] = []
  package var level: Int?
  /// An employee number or an e-mail address.
  package var manager: String?
  package var languages: [String]?
  package var role: Role?
  package var learn: [String] = []
  package var teach: [String] = []
  package var interests: [String] = []
  package var said: [String: [String]] = [:]
  package var capacity: Int?
  package var acquainted: [String] = []
  /// Yes or no, by the field's name.
  package var flags: [String: Bool] = [:]
  package var workingHours: WorkingHours?
  package var timeZone: String?
  package var attributes: [String: String] = [:]
  package var timestamp: Timestamp?

  package var consent: Bool? { flags["consent"] }

  package var emailKey: String? { email?.lowercased() }

  /// How messages name the person: the address, else the number.
  package var label: String { email ?? employeeNumber ?? "row \(row)" }

  /// Whether two rows hold the same, wherever they are and whenever they were written.
  package func agrees(with other: Facts) -> Bool { differences(from: other).isEmpty }

  /// The fields in which two rows differ, in the order of the record.
  package func differences(from other: Facts) -> [String] {
    var fields: [String] = []
    func compare<Value: Equatable>(_ name: String, _ a: Value, _ b: Value) {
      if a != b { fields.append(name) }
    }
    compare("employeeNumber", employeeNumber, other.employeeNumber)
    compare("email", emailKey, other.emailKey)
    compare("aliases", aliases, other.aliases)
    compare("name", name, other.name)
    compare("site", site, other.site)
    compare("department", department, other.department)
    compare("level", level, other.level)
    compare("manager", manager, other.manager)
    compare("languages", languages, other.languages)
    compare("role", role, other.role)
    compare("learn", learn + (said["learn"] ?? []), other.learn + (other.said["learn"] ?? []))
    compare("teach", teach + (said["teach"] ?? []), other.teach + (other.said["teach"] ?? []))
    compare(
      "interests", interests + (said["interests"] ?? []), other.interests + (other.said["interests"] ?? []))
    compare("comments", said["comments"], other.said["comments"])
    compare("capacity", capacity, other.capacity)
    compare("acquainted", acquainted, other.acquainted)
    for (key, _) in Person.flags { compare(key, flags[key], other.flags[key]) }
    compare("workingHours", workingHours, other.workingHours)
    compare("timeZone", timeZone, other.timeZone)
    compare("attributes", attributes, other.attributes)
    return fields
  }
}

extension Person {
  /// What a form asks with yes or no.
  static let flags = fields.fields.compactMap { field in field.flag.map { (key: field.key, path: $0) } }
}
