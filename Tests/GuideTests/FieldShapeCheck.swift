import Basics
import Programme
import RecordStream

/// Holds a value against a description, more strictly than a reader does: what is not described is a fault.
enum FieldShapeCheck {
  static func faults(_ value: JSONValue, in description: RecordDescription) -> [String] {
    guard case .object(var members) = value else { return ["is no object"] }
    if description.isNamed, members.removeValue(forKey: "record") != .string(description.kind) {
      return ["is another kind"]
    }
    return faults(members, description.fields, others: description.others?.shape, at: description.kind)
  }

  private static func faults(
    _ members: [String: JSONValue], _ keys: [FieldDescription], others: FieldShape?, at path: String
  ) -> [String] {
    var found: [String] = []
    for key in keys where key.presence == .required && members[key.key] == nil {
      found.append("\(path).\(key.key) is missing")
    }
    for (name, member) in members {
      if let key = keys.first(where: { $0.key == name }) {
        found += faults(member, key.shape, at: "\(path).\(name)")
      } else if let others {
        found += faults(member, others, at: "\(path).\(name)")
      } else {
        found.append("\(path).\(name) is not described")
      }
    }
    return found
  }

  private static func faults(_ value: JSONValue, _ shape: FieldShape, at path: String) -> [String] {
    func expect(_ holds: Bool) -> [String] { holds ? [] : ["\(path) is \(value), not \(shape)"] }
    switch (shape, value) {
    case (.text, .string), (.flag, .bool), (.integer, .integer), (.number, .integer), (.number, .double):
      return []
    case (.id, .string(let text)): return expect(!text.isEmpty)
    case (.time, .string(let text)): return expect(text.contains("T") && text.count >= 20)
    case (.date, .string(let text)): return expect(text.split(separator: "-").count == 3 && text.count == 10)
    case (.span, .string(let text)): return expect(WorkingHoursText.isSpan(text))
    case (.count, .integer(let number)): return expect((0...Count.most).contains(number))
    case (.words(let words), .string(let text)): return expect(words.contains(text))
    case (.list(let element), .array(let items)):
      return items.flatMap { faults($0, element, at: path + "[]") }
    case (.tuple(let parts), .array(let items)):
      guard parts.count == items.count else { return expect(false) }
      return zip(items, parts).flatMap { faults($0, $1, at: path + "[]") }
    case (.map(let element), .object(let members)):
      return members.values.flatMap { faults($0, element, at: path + ".*") }
    case (.named(let names, let element), .object(let members)):
      return members.flatMap { name, member in
        names.contains(name) ? faults(member, element, at: path + ".*") : ["\(path).\(name) is unknown"]
      }
    case (.object(let keys), .object(let members)): return faults(members, keys, others: nil, at: path)
    case (.orNull, .null): return []
    case (.orNull(let inner), _): return faults(value, inner, at: path)
    case (.either(let shapes), _): return expect(shapes.contains { faults(value, $0, at: path).isEmpty })
    default: return expect(false)
    }
  }

  private enum WorkingHoursText {
    static func isSpan(_ text: String) -> Bool {
      let parts = text.split(whereSeparator: { $0 == "-" || $0 == ":" })
      return parts.count == 4 && parts.allSatisfy { $0.count == 2 && Int($0) != nil }
    }
  }
}
