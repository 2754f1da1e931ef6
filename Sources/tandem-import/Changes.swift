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
  /// People before, and of them those who are gone; and those who are new.
  private(set) var counts = (before: 0, gone: 0, new: 0)

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
    counts = (earlier.count, gone.count, new)
    notes.append(
      Diagnostic(
        .note,
        "since the earlier import: \(new) new, \(changed) changed, \(gone.count) gone, \(same) as before",
        code: "changes"))
  }

  /// What changed, field by field. A field whose value is too long to be read is only named.
  private static func differences(_ before: Person, _ after: Person) -> [String] {
    Person.fields.changes(from: before, to: after).map { field in
      guard let old = field.shown(before), let new = field.shown(after) else { return field.label }
      return "\(field.label) \(shown(old)) → \(shown(new))"
    }
  }

  private static func shown(_ text: String) -> String { text.isEmpty ? "(none)" : text }
}
