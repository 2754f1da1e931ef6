import Basics
import Matching
import Programme
import ToolSupport

/// A match as a table for a terminal and as CSV for a spreadsheet.
struct MatchReport {
  private let match: CohortMatch
  private let wording: MatchWording

  init(_ match: CohortMatch) {
    self.match = match
    wording = MatchWording(match)
  }

  /// What HR counts.
  struct Counts: Hashable {
    var mentors = 0
    var mentees = 0
    var either = 0
    var tandems = 0
    var unmatched = 0
    var applicants: Int { mentors + mentees + either }
  }

  /// By region, in the order of their ids.
  var counts: [(region: String, counts: Counts)] {
    var counts: [String: Counts] = [:]
    for person in match.applicants.people {
      switch person.role {
      case .mentor: counts[person.region, default: Counts()].mentors += 1
      case .mentee: counts[person.region, default: Counts()].mentees += 1
      case .either: counts[person.region, default: Counts()].either += 1
      }
    }
    for tandem in match.tandems { counts[tandem.region, default: Counts()].tandems += 1 }
    for person in match.unmatched.compactMap({ match.person($0.person) }) {
      counts[person.region, default: Counts()].unmatched += 1
    }
    return counts.keys.sorted { $0.precedesByBytes($1) }.map { ($0, counts[$0] ?? Counts()) }
  }

  var whole: Counts {
    counts.reduce(into: Counts()) { sum, region in
      sum.mentors += region.counts.mentors
      sum.mentees += region.counts.mentees
      sum.either += region.counts.either
      sum.tandems += region.counts.tandems
      sum.unmatched += region.counts.unmatched
    }
  }

  /// How many of the unmatched each rule speaks of, and for how many it rules out most candidates.
  var reasons: [(rule: String, people: Int, first: Int)] {
    var people: [String: Int] = [:]
    var first: [String: Int] = [:]
    for unmatched in match.unmatched {
      for (place, reason) in unmatched.reasons.enumerated() {
        people[reason.rule, default: 0] += 1
        if place == 0 { first[reason.rule, default: 0] += 1 }
      }
    }
    return people.keys.sorted { a, b in
      let (more, less) = (first[a] ?? 0, first[b] ?? 0)
      return more != less ? more > less : a.precedesByBytes(b)
    }.map { ($0, people[$0] ?? 0, first[$0] ?? 0) }
  }

  func writeTable(to output: Output) throws {
    var tandems = TextTable([
      .init("mentor"), .init("department"), .init("mentee"), .init("department"), .init("site"),
      .init("score", .right), .init("taught", .right, spare: 4), .init("returned", .right, spare: 3),
      .init("shared", .right, spare: 2), .init("distance", .right, spare: 1), .init("topics", spare: 5),
    ])
    for tandem in match.tandems {
      let mentor = match.person(tandem.mentor)
      let mentee = match.person(tandem.mentee)
      let sites = [mentor?.site ?? "", mentee?.site ?? ""]
      tandems.add([
        mentor?.name ?? tandem.mentor.text, mentor?.department.joined(separator: "/") ?? "",
        mentee?.name ?? tandem.mentee.text, mentee?.department.joined(separator: "/") ?? "",
        sites[0] == sites[1] ? sites[0] : sites.joined(separator: " – "),
        String(tandem.score.total) + (tandem.locked ? "*" : ""), String(tandem.score.taught),
        String(tandem.score.returned), String(tandem.score.shared), String(tandem.score.distance),
        wording.topics(tandem.topics),
      ])
    }
    try output.write(prose: ["Cohort \(match.cohort)", ""])
    try output.write(tandems)
    if match.tandems.contains(where: \.locked) { try output.write("* locked by HR\n") }
    for table in [countTable] + (match.unmatched.isEmpty ? [] : [unmatchedTable, reasonTable]) {
      try output.write("\n")
      try output.write(table)
    }
  }

  private var countTable: TextTable {
    var table = TextTable([
      .init("region"), .init("applicants", .right), .init("mentors", .right), .init("mentees", .right),
      .init("either", .right), .init("tandems", .right), .init("unmatched", .right),
    ])
    func add(_ name: String, _ counts: Counts) {
      table.add(
        [name]
          + [
            counts.applicants, counts.mentors, counts.mentees, counts.either, counts.tandems,
            counts.unmatched,
          ].map { String($0) })
    }
    for region in counts { add(region.region, region.counts) }
    if counts.count > 1 { add("all", whole) }
    return table
  }

  private var unmatchedTable: TextTable {
    var table = TextTable([
      .init("unmatched"), .init("role"), .init("department"), .init("site"), .init("ruled out by"),
    ])
    for unmatched in match.unmatched {
      let person = match.person(unmatched.person)
      table.add([
        person?.name ?? unmatched.person.text, person?.role.rawValue ?? "",
        person?.department.joined(separator: "/") ?? "", person?.site ?? "",
        unmatched.reasonsText,
      ])
    }
    return table
  }

  private var reasonTable: TextTable {
    var table = TextTable([.init("rule"), .init("unmatched people", .right), .init("most of all", .right)])
    for reason in reasons { table.add([reason.rule, String(reason.people), String(reason.first)]) }
    return table
  }

  var data: DataTable {
    let headings = [
      "mentor", "mentor name", "mentee", "mentee name", "region", "site", "score", "taught", "returned",
      "shared", "distance", "status", "locked", "topics",
    ]
    let rows = match.tandems.map { tandem in
      [
        tandem.mentor.text, match.person(tandem.mentor)?.name ?? "", tandem.mentee.text,
        match.person(tandem.mentee)?.name ?? "", tandem.region, match.person(tandem.mentee)?.site ?? "",
        String(tandem.score.total), String(tandem.score.taught), String(tandem.score.returned),
        String(tandem.score.shared), String(tandem.score.distance), tandem.status.rawValue,
        String(tandem.locked), wording.topics(tandem.topics),
      ]
    }
    return DataTable(headings, rows)
  }
}
