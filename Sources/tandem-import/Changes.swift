import Basics
import Programme
import RecordStream
import ToolSupport

/// The people of an earlier output.
struct PreviousStream {
  private(set) var people: [PersonID: Person] = [:]

  init(path: String, on console: Console) throws {
    for input in try console.open([path]) {
      var people: [PersonID: Person] = [:]
      try RecordReader(input, log: console.report).forEachLine { line in
        if case .person(let person) = try line.decode() { people[person.id] = person }
      }
      self.people = people
    }
  }
}

/// Who is new, changed and gone since an earlier import.
struct Changes {
  private(set) var notes: [Diagnostic] = []

  init(from earlier: [PersonID: Person], to people: [Person]) {
    var (new, changed, same) = (0, 0, 0)
    for person in people {
      guard let before = earlier[person.id] else {
        new += 1
        notes.append(Diagnostic(.note, "new: \(person.id), \(person.name)", code: "new"))
        continue
      }
      let fields = Changes.differences(before, person)
      if fields.isEmpty {
        same += 1
      } else {
        changed += 1
        let text = fields.joined(separator: "; ")
        notes.append(Diagnostic(.note, "changed: \(person.id), \(person.name): \(text)", code: "changed"))
      }
    }
    let present = Set(people.map(\.id))
    let gone = earlier.keys.filter { !present.contains($0) }.sorted()
    for id in gone {
      notes.append(Diagnostic(.note, "gone: \(id), \(earlier[id]?.name ?? "")", code: "gone"))
    }
    notes.append(
      Diagnostic(
        .note,
        "since the earlier import: \(new) new, \(changed) changed, \(gone.count) gone, \(same) as before",
        code: "changes"))
  }

  /// What changed, field by field; where the answer stood in its file does not count.
  private static func differences(_ a: Person, _ b: Person) -> [String] {
    var texts: [String] = []
    func compare(_ name: String, _ before: String, _ after: String) {
      if before != after { texts.append("\(name) \(shown(before)) → \(shown(after))") }
    }
    compare("name", a.name, b.name)
    compare("e-mail", a.email, b.email)
    compare("site", a.site, b.site)
    compare("role", a.role.rawValue, b.role.rawValue)
    compare("department", a.department.joined(separator: "/"), b.department.joined(separator: "/"))
    compare("level", a.level.map(String.init) ?? "", b.level.map(String.init) ?? "")
    compare("manager", a.manager?.text ?? "", b.manager?.text ?? "")
    compare("languages", a.languages.joined(separator: ", "), b.languages.joined(separator: ", "))
    compare("time zone", a.timeZone, b.timeZone)
    compare("learn", a.learn.joined(separator: ", "), b.learn.joined(separator: ", "))
    compare("teach", a.teach.joined(separator: ", "), b.teach.joined(separator: ", "))
    compare("interests", a.interests.joined(separator: ", "), b.interests.joined(separator: ", "))
    compare("capacity", a.capacity.map(String.init) ?? "", b.capacity.map(String.init) ?? "")
    compare("consent", a.consent.map(String.init) ?? "", b.consent.map(String.init) ?? "")
    compare("findable", a.findable.map(String.init) ?? "", b.findable.map(String.init) ?? "")
    // What is long or seldom is only named.
    if a.said != b.said, texts.isEmpty || a.said["comments"] != b.said["comments"] { texts.append("words") }
    if a.acquainted != b.acquainted { texts.append("acquaintances") }
    if a.workingHours != b.workingHours { texts.append("working hours") }
    if a.attributes != b.attributes { texts.append("attributes") }
    return texts
  }

  private static func shown(_ text: String) -> String { text.isEmpty ? "(none)" : text }
}
