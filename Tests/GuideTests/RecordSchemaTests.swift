import Basics
import Foundation
import Programme
import RecordStream
import TestSupport
import Testing

@testable import tandem_region

/// What the reference says of records is what the tools write, and what they read.
@Suite struct RecordSchemaTests {
  private static let shipped = Repository.path + "/Config/schemas/records"

  @Test func theShippedSchemasAreCurrent() throws {
    for file in RecordKinds.schemas {
      let shipped = try? String(contentsOfFile: "\(Self.shipped)/\(file.name)", encoding: .utf8)
      #expect(shipped == file.text, "\(file.name): run `tandem-region schema` and commit Config/schemas")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.shipped)
    #expect(Set(names) == Set(RecordKinds.schemas.map(\.name)))
  }

  @Test func everyKindThatIsReadIsDescribed() throws {
    #expect(
      Set(RecordKinds.descriptions.map(\.kind)).isSuperset(
        of: Record.Kind.allCases.map(\.rawValue)))
  }

  /// Lines of all kinds; then each of them spoiled in every way, where reading and schema must agree.
  @Test func whatIsWrittenAndReadIsWhatIsDescribed() async throws {
    let written = try await RecordLines()
    let descriptions = Dictionary(uniqueKeysWithValues: RecordKinds.descriptions.map { ($0.kind, $0) })
    var samples: [String: [JSONValue]] = [:]
    var judged: [Judged] = []
    for line in written.lines {
      let value = try JSONValue(parsing: Array(line.utf8))
      let kind = value["record"]?.string ?? Diagnostic.fields.description.kind
      let description = try #require(descriptions[kind], "\(kind) is not described")
      #expect(FieldShapeCheck.faults(value, in: description) == [], "\(line)")
      judged.append(Judged(kind: kind, line: line, isRead: true))
      // Of each kind, those that differ in their keys.
      if case .object(let members) = value,
        !(samples[kind, default: []].contains {
          if case .object(let other) = $0 { other.keys == members.keys } else { false }
        })
      {
        samples[kind, default: []].append(value)
      }
    }
    let missing = Set(descriptions.keys).subtracting(samples.keys)
    #expect(missing == [], "kinds of which no line was written")

    for kind in samples.keys.sorted() {
      guard let description = descriptions[kind], Reading.knows(kind) else { continue }
      for sample in samples[kind] ?? [] {
        for spoiled in Self.spoiled(sample, Reading.fields(description)) {
          let line = String(decoding: spoiled.line, as: UTF8.self)
          judged.append(Judged(kind: kind, line: line, isRead: Reading.accepts(line)))
        }
      }
    }
    #expect(judged.count { !$0.isRead } > 200, "much was refused")
    #expect(judged.count { $0.isRead } > 500, "much was read")
    try judgeByOthers(judged)
  }

  private struct Judged {
    var kind: String
    var line: String
    var isRead: Bool
  }

  /// The sample with one key, or one key of a part, taken out or replaced.
  private static func spoiled(_ sample: JSONValue, _ keys: [FieldDescription]) -> [JSONValue] {
    guard case .object(let members) = sample else { return [] }
    var result: [JSONValue] = []
    let others: [JSONValue?] = [
      nil, .null, .string("no such word"), .integer(-1), .integer(7), .double(1.5), .bool(true), .array([]),
      .object([:]), .array([.integer(7)]), .object(["monday": .array([.string("08:00-12:00")])]),
      .object(["x": .null]), .array([.object([:])]), .string("2026-13-05"),
    ]
    for key in keys {
      for other in others {
        var changed = members
        changed[key.key] = other
        result.append(.object(changed))
      }
      // One level down: each part of an object, of a map, of a list's first element.
      switch members[key.key] {
      case .object(let parts):
        for name in parts.keys.sorted() {
          for other in others {
            var changed = (parts, members)
            changed.0[name] = other
            changed.1[key.key] = .object(changed.0)
            result.append(.object(changed.1))
          }
        }
      case .array(let elements):
        guard case .object(let parts) = elements.first else { continue }
        for name in parts.keys.sorted() {
          for other in others {
            var changed = (parts, elements, members)
            changed.0[name] = other
            changed.1[0] = .object(changed.0)
            changed.2[key.key] = .array(changed.1)
            result.append(.object(changed.2))
          }
        }
      default: continue
      }
    }
    return result
  }

  /// jsonschema (PyPI) with the shipped files says of each line what reading said.
  private func judgeByOthers(_ judged: [Judged]) throws {
    let script = """
      import json, sys, jsonschema
      judges = {}
      for line in open(sys.argv[2], encoding="utf-8"):
          kind, text = line.rstrip("\\n").split("\\t", 1)
          if kind not in judges:
              schema = json.load(open(sys.argv[1] + "/" + kind + ".json", encoding="utf-8"))
              jsonschema.Draft7Validator.check_schema(schema)
              judges[kind] = jsonschema.Draft7Validator(schema)
          print(int(judges[kind].is_valid(json.loads(text))))
      """
    let folder = try WorkFolder()
    let lines = try folder.file("lines", judged.map { "\($0.kind)\t\($0.line)\n" }.joined())
    let asked = try Program.run(try Python.path(), ["-c", script, Self.shipped, lines])
    try #require(asked.status == 0, "\(asked.text)")
    let verdicts = asked.text.split(separator: "\n").map { $0 == "1" }
    try #require(verdicts.count == judged.count)
    let differing = zip(judged, verdicts).filter { $0.isRead != $1 }.map {
      "\($1 ? "only the schema takes" : "only reading takes") \($0.line)"
    }
    #expect(differing.isEmpty, "\(differing.count): \(differing.prefix(12).joined(separator: "\n"))")
  }
}

/// Reading as the tools do it.
private enum Reading {
  static func knows(_ kind: String) -> Bool { Record.Kind(rawValue: kind) != nil }

  /// Of a reply, `session` or `workshop` must be there, which no schema of ours says.
  static func fields(_ description: RecordDescription) -> [FieldDescription] {
    guard description.kind == Record.Kind.reply.rawValue else { return description.fields }
    return description.fields.filter { !["session", "workshop"].contains($0.key) }
  }

  static func accepts(_ line: String) -> Bool {
    var isRead = true
    let reader = RecordReader(Input(name: "line", bytes: Array(line.utf8))) { _ in isRead = false }
    do {
      try reader.forEachLine { line in
        _ = try line.decode()
      }
    } catch {
      return false
    }
    return isRead
  }
}
