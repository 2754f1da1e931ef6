import Basics
package import Programme

/// JSON Schemas (draft 7) of the records, made of their descriptions.
package enum RecordSchema {
  package static func text(of description: RecordDescription) -> String {
    pretty(schema(description), "") + "\n"
  }

  private static func schema(_ description: RecordDescription) -> JSONValue {
    var keys = description.fields
    if description.isNamed {
      keys.append(FieldDescription("record", .words([description.kind]), "the kind of record", .required))
    }
    var members = object(keys)
    members["$schema"] = .string("http://json-schema.org/draft-07/schema#")
    members["title"] = .string(description.kind)
    members["description"] = .string(description.meaning)
    members["additionalProperties"] = description.others.map { .object(schema($0.shape)) }
    return .object(members)
  }

  private static func object(_ keys: [FieldDescription]) -> [String: JSONValue] {
    var properties: [String: JSONValue] = [:]
    for key in keys {
      var own = schema(key.presence == .optional ? .orNull(key.shape) : key.shape)
      own["description"] = .string(key.meaning)
      properties[key.key] = .object(own)
    }
    let required = keys.filter { $0.presence == .required }.map(\.key).sorted { $0.precedesByBytes($1) }
    var members: [String: JSONValue] = ["type": .string("object"), "properties": .object(properties)]
    if !required.isEmpty { members["required"] = .array(required.map { .string($0) }) }
    return members
  }

  private static func schema(_ shape: FieldShape) -> [String: JSONValue] {
    func typed(_ type: String, _ more: [String: JSONValue] = [:]) -> [String: JSONValue] {
      more.merging(["type": .string(type)]) { own, _ in own }
    }
    func anyOf(_ shapes: [[String: JSONValue]]) -> [String: JSONValue] {
      ["anyOf": .array(shapes.map { .object($0) })]
    }
    switch shape {
    case .text: return typed("string")
    case .id: return typed("string", ["minLength": .integer(1)])
    case .time:
      return typed(
        "string",
        [
          "format": .string("date-time"),
          "pattern": .string(
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$"
          ),
        ])
    case .date:
      return typed("string", ["pattern": .string("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")])
    case .integer: return typed("integer")
    case .count: return typed("integer", ["minimum": .integer(0), "maximum": .integer(Count.most)])
    case .number: return typed("number")
    case .flag: return typed("boolean")
    case .words(let words): return ["enum": .array(words.map { .string($0) })]
    case .span: return typed("string", ["pattern": .string("^[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}$")])
    case .list(let element): return typed("array", ["items": .object(schema(element))])
    case .tuple(let parts):
      return typed(
        "array",
        [
          "items": .array(parts.map { .object(schema($0)) }), "minItems": .integer(parts.count),
          "maxItems": .integer(parts.count),
        ])
    case .map(let element): return typed("object", ["additionalProperties": .object(schema(element))])
    case .named(let names, let element):
      return typed(
        "object",
        [
          "propertyNames": .object(["enum": .array(names.map { .string($0) })]),
          "additionalProperties": .object(schema(element)),
        ])
    case .object(let keys): return object(keys)
    case .orNull(let inner): return anyOf([schema(inner), typed("null")])
    case .either(let shapes): return anyOf(shapes.map(schema))
    }
  }

  /// Two spaces a level; members in byte order; short lists on one line.
  private static func pretty(_ value: JSONValue, _ margin: String) -> String {
    let inner = margin + "  "
    switch value {
    case .object(let members) where !members.isEmpty:
      let names = members.keys.sorted { $0.precedesByBytes($1) }
      let lines = names.map { name in
        "\(inner)\(text(.string(name))): \(pretty(members[name] ?? .null, inner))"
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(margin)}"
    case .array(let elements) where elements.contains { $0.string == nil }:
      return "[\n" + elements.map { inner + pretty($0, inner) }.joined(separator: ",\n") + "\n\(margin)]"
    default: return text(value)
    }
  }

  private static func text(_ value: JSONValue) -> String { String(decoding: value.line, as: UTF8.self) }
}
