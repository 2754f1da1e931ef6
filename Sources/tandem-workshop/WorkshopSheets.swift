import Basics
import Foundation
import Programme
import Regions
import ToolSupport
import Workshops

/// A workshop as its groups see it: agenda, and a roster of who comes and what each brings.
struct WorkshopSheets {
  private let workshop: Workshop
  private let composer: InvitationComposer
  private let people: [PersonID: Person]
  /// By mentor: sessions held in the cohort.
  private let held: [PersonID: Int]
  private let feedback: String?

  init(_ workshop: Workshop, composer: InvitationComposer, people: [PersonID: Person], held: [PersonID: Int])
  {
    self.workshop = workshop
    self.composer = composer
    self.people = people
    self.held = held
    feedback = composer.region.at(cohort: workshop.cohort).workshop.feedback
  }

  /// - Throws: where no language of the region has the texts.
  func page() throws(ConfigurationError) -> WorkshopPage {
    let words = try composer.words(of: workshop)
    var sheets: [WorkshopPage.Sheet] = []
    for (group, heading) in zip(workshop.groups, words.groups) {
      sheets.append(
        WorkshopPage.Sheet(
          heading: heading, moderator: group.moderator.map(name), rows: try rows(of: group),
          feedback: link(group)))
    }
    return WorkshopPage(words: words, sheets: sheets)
  }

  /// The roster of a group, with the region's headings.
  func roster(_ group: Workshop.Group) throws(ConfigurationError) -> String {
    let words = try composer.words(of: workshop)
    return CSVText.row(words.columns) + (try rows(of: group).map { CSVText.row($0) }.joined())
  }

  /// Number and point, below the region's heading.
  func agenda() throws(ConfigurationError) -> String {
    let words = try composer.words(of: workshop)
    let points = words.agenda.enumerated().map { CSVText.row([String($0 + 1), $1]) }
    return CSVText.row(["#", words.agendaTitle]) + points.joined()
  }

  private func name(_ id: PersonID) -> String { people[id]?.name ?? id.text }

  /// By name, as people look for themselves; people of one name by identifier.
  private func rows(of group: Workshop.Group) throws(ConfigurationError) -> [[String]] {
    let members = group.members.sorted { a, b in
      let (left, right) = (name(a), name(b))
      return left == right ? a < b : left.precedesByBytes(right)
    }
    var rows: [[String]] = []
    for member in members {
      let person = people[member]
      rows.append([
        name(member), person?.email ?? "", person?.department.joined(separator: " / ") ?? "",
        person?.site ?? "",
        String(held[member] ?? 0), try composer.topicNames(person?.teach ?? []),
      ])
    }
    return rows
  }

  /// The region's form, told which workshop and which group it is asked for.
  private func link(_ group: Workshop.Group) -> String? {
    func encoded(_ text: String) -> String {
      text.addingPercentEncoding(
        withAllowedCharacters: .alphanumerics.intersection(.init(charactersIn: "!"..."~"))) ?? ""
    }
    return feedback.map {
      $0.replacing("WORKSHOP", with: encoded(workshop.id.text)).replacing("GROUP", with: encoded(group.name))
    }
  }
}
