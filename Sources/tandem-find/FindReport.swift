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

  func write(to output: Output) throws {
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
    try output.write(prose: [
      "\(search.purpose.name) at \(search.site) for \(search.seeker.name): \(search.words)", "",
    ])
    try output.write(table)
    try output.write(prose: ["", "\(result.found.count) found\(excluded)"])
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

  /// One a person: `invitation` records where the people are to be asked, else `found`.
  func records(inviting: Bool) -> [[UInt8]] {
    result.found.map { found in
      let record = FoundRecord(found, by: search, language: language)
      return (inviting ? FoundRecord.invitation : FoundRecord.fields).line(record)
    }
  }
}
