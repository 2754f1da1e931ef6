import ArgumentParser
import Basics
import Programme
import RecordStream
import Store
import ToolSupport

struct AwayCommand: WeekCommand {
  static let configuration = CommandConfiguration(
    commandName: "away", abstract: "Record that somebody is away, so that nothing is planned in that time.",
    discussion:
      "The next `tandem schedule` moves the sessions of those days. `--back` takes an absence out again.")
  @Argument(help: ArgumentHelp("A name, an address, an employee number or an id.", valueName: "who")) var who:
    String
  @Argument(help: ArgumentHelp("The first day, as 2026-12-01.", valueName: "from")) var from: LocalDate
  @Argument(help: ArgumentHelp("The last day, included.", valueName: "to")) var to: LocalDate
  @Option(help: "The kind of reason: illness, leave or other.") var reason: Absence.Reason = .other
  @Flag(help: "They are not away after all.") var back = false
  @OptionGroup var options: ProgrammeOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if to < from { throw ValidationError("\(to) is before \(from): give the first day first") }
  }

  func run(on console: Console) throws -> ToolStatus {
    let programme = try open(
      console, ["away", who, from.description, to.description] + (back ? ["--back"] : []))
    return try StoreFailure.told { try programme.twice { try record(in: programme, on: console) } }
  }

  private func record(in programme: OpenProgramme, on console: Console) throws -> ToolStatus {
    let copy = try WorkingCopy(programme.store, in: programme.folder)
    let names = try words(copy, programme)
    let person = try names.person(who)
    let absence = Absence(person: person.id, from: from, to: to, reason: reason)
    let key = RecordKey(kind: Absence.fields.description.kind, id: absence.id)
    let before = copy.records.lines[key]
    let after = back ? nil : Absence.fields.line(absence)
    guard before != after else {
      throw ToolFailure(
        back ? .badInput : .done,
        [
          Diagnostic(
            back ? .error : .note,
            back
              ? "\(person.name) is not recorded as away from \(from) to \(to)"
              : "\(person.name) is recorded as away in that time already")
        ])
    }
    let number = try programme.commit(
      [Change(key: key, before: before, after: after)], onto: copy.records.base)
    let touched = names.planned(of: person.id, from: from, to: to)
    console.report(
      Diagnostic(
        .note,
        "revision \(number ?? copy.records.base): \(person.name) is \(back ? "not " : "")away from \(from) to \(to)"
          + (touched == 0 || back
            ? ""
            : "; \(counted(touched, "session")) in that time: `tandem schedule` moves \(touched == 1 ? "it" : "them")")
      ))
    return .done
  }
}

extension Absence.Reason: ExpressibleByArgument {}
