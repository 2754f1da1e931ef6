import Basics
import Finding
import Programme
import Regions
import ToolSupport

/// What a search gave, in the forms in which it is shown.
struct FindReport {
  let search: Search
  let result: SearchResult
  let catalogue: TopicCatalogue
  let language: String

  private func words(_ reason: Found.Reason) -> String {
    let field =
      switch reason.field {
      case .teach: "knows"
      case .interests: "likes"
      case .learn: "wants to learn"
      }
    let name = catalogue[reason.text]?.names[language] ?? catalogue[reason.text]?.names["en"] ?? reason.text
    return "\(field) \(name)"
  }

  private func reasons(_ found: Found) -> String { found.reasons.map(words).joined(separator: ", ") }

  var table: String {
    var table = TextTable([
      .init("person"), .init("name"), .init("department"), .init("relevance", .right), .init("asked", .right),
      .init("because"),
    ])
    for found in result.found {
      table.add([
        found.person.id.text, found.person.name, found.person.department.joined(separator: "/"),
        String(found.relevance), String(found.asked), reasons(found),
      ])
    }
    return "\(search.purpose.name) at \(search.site) for \(search.seeker.name): \(search.words)\n\n"
      + table.text
      + "\n\(result.found.count) found\(excluded)\n"
  }

  private var excluded: String {
    let parts = SearchResult.Exclusion.allCases.compactMap { exclusion in
      result.excluded[exclusion].map { "\($0) \(exclusion.rawValue)" }
    }
    return parts.isEmpty ? "" : "; left out: " + parts.joined(separator: ", ")
  }

  var nobody: String {
    "nobody was found\(excluded); try a broader topic, another site, or ask people to agree to be found"
  }

  var data: DataTable {
    DataTable(
      ["person", "name", "email", "department", "relevance", "asked", "because"],
      result.found.map { found in
        [
          found.person.id.text, found.person.name, found.person.email,
          found.person.department.joined(separator: "/"), String(found.relevance), String(found.asked),
          reasons(found),
        ]
      })
  }

  /// `found` records: one a person.
  var records: [[UInt8]] { result.found.map { JSONValue.object(members(of: $0, kind: "found")).line } }

  /// `invitation` records: the same with an identifier, the day and the words that the invited person may be told.
  var invitations: [[UInt8]] {
    result.found.map { found in
      var members = members(of: found, kind: "invitation")
      members["id"] = .string("\(search.date)/\(search.purpose.name)/\(search.seeker.id)+\(found.person.id)")
      members["date"] = .string(search.date.description)
      members["email"] = .string(found.person.email)
      members["language"] = .string(language)
      members["status"] = .string("proposed")
      return JSONValue.object(members).line
    }
  }

  private func members(of found: Found, kind: String) -> [String: JSONValue] {
    [
      "record": .string(kind), "person": .string(found.person.id.text), "for": .string(search.seeker.id.text),
      "purpose": .string(search.purpose.name), "site": .string(search.site), "words": .string(search.words),
      "topics": .array(search.topics.map { .string($0) }), "relevance": .integer(found.relevance),
      "asked": .integer(found.asked),
      "reasons": .array(
        found.reasons.map { reason in
          .object([
            "field": .string(reason.field.rawValue), "text": .string(reason.text),
            "nearness": .integer(reason.nearness),
          ])
        }),
    ]
  }
}
