package import Basics
package import Calendars
import Foundation
package import Programme
import RecordStream
package import Regions

/// The calendar files that a call names, found before any work and read on all cores.
package struct CalendarFolder {
  /// In byte order, each once.
  package let paths: [String]
  private let files: InputFiles

  /// - Parameter named: files or folders; of a folder, the .ics and .ifb files in it and below it.
  /// - Throws: `ToolFailure` with exit code 66, after every path that cannot be opened was named; 64 for a record stream.
  package init(_ named: [String], on console: Console) throws(ToolFailure) {
    files = try InputFiles(
      named, kind: "calendars",
      placement:
        "put it before --busy, or end the calendars with `--`, as in --busy calendars -- plan.ndjson",
      on: console
    ) { _, path in
      let ending = path.suffix(4).lowercased()
      return (ending == ".ics" || ending == ".ifb")
        && path.split(separator: "/").last?.hasPrefix(".") == false
    }
    paths = files.paths.sorted { $0.precedesByBytes($1) }
  }

  /// What the files say of each person's time.
  package struct Reading {
    package var busy: [PersonID: BusyTime] = [:]
    /// By file: what was wrong in it, or that it belongs to nobody.
    package var diagnostics: [Diagnostic] = []
    /// Whether every file could be read, and everything in it that says when.
    package var isClean: Bool {
      isComplete && isUnderstood && !diagnostics.contains { $0.severity == .error }
    }
    /// Whether every file could be opened and read.
    fileprivate(set) var isComplete = true
    fileprivate(set) var isUnderstood = true
  }

  /// Reads all files. Files are independent, so each core takes the next one; the answers are put together in the
  /// order of the paths.
  ///
  /// - Parameter ours: UIDs of sessions of the earlier plan: they are in the calendars of those who accepted them, and
  ///   must not be in their own way.
  package func read(
    for owners: CalendarOwners, in window: MinuteInterval, regions: [Region], beside ours: Set<String>,
    on console: Console
  ) -> Reading {
    let countries = regions.keyed(by: \.id).mapValues(\.country)
    let answers = Parallel.map(paths) { [files] path in
      CalendarFolder.read(path, files, owners, window, countries, ours)
    }
    var reading = Reading()
    var unreadable: [InputError] = []
    for answer in answers {
      if !answer.isUnderstood { reading.isUnderstood = false }
      reading.diagnostics += answer.diagnostics
      if let error = answer.unreadable { unreadable.append(error) }
      guard let owner = answer.owner else { continue }
      reading.busy[owner] = (reading.busy[owner] ?? .none).union(answer.busy)
    }
    reading.isComplete = files.report(unreadable: unreadable, on: console)
    return reading
  }

  /// A calendar and what was understood of it.
  package struct Overview: Sendable {
    package var owner: Person
    package var path: String
    package var summary: CalendarSummary
    /// What speaks for a calendar that is not whole.
    package var doubts: [String]
    /// How many messages there are about what cannot be read.
    package var warnings: Int
    /// Whether everything in it that says when could be read.
    package var isUnderstood: Bool
  }

  /// Reads all files, each to an overview; what is in doubt is among the diagnostics.
  package func summaries(
    for owners: CalendarOwners, term: ClosedRange<LocalDate>, regions: [Region], on console: Console
  ) -> (calendars: [Overview], diagnostics: [Diagnostic], isClean: Bool) {
    let countries = regions.keyed(by: \.id).mapValues(\.country)
    let window = MinuteInterval(
      start: (term.lowerBound.daysSinceEpoch - 2) * 1440, end: (term.upperBound.daysSinceEpoch + 3) * 1440)
    let answers = Parallel.map(paths) { [files] path in
      CalendarFolder.read(path, files, owners, window, countries, [], isSummary: true)
    }
    var calendars: [Overview] = []
    var diagnostics: [Diagnostic] = []
    var unreadable: [InputError] = []
    var isClean = true
    for (path, answer) in zip(paths, answers) {
      if let error = answer.unreadable { unreadable.append(error) }
      if !answer.isUnderstood || answer.diagnostics.contains(where: { $0.severity == .error }) {
        isClean = false
      }
      diagnostics += answer.diagnostics
      guard let owner = answer.person, let summary = answer.summary else { continue }
      let doubts = summary.doubts(in: term)
      diagnostics += doubts.map { Diagnostic(.warning, $0, file: path, code: "calendar-doubt") }
      calendars.append(
        Overview(
          owner: owner, path: path, summary: summary, doubts: doubts,
          warnings: answer.diagnostics.count { $0.severity != .note }, isUnderstood: answer.isUnderstood))
    }
    if !files.report(unreadable: unreadable, on: console) { isClean = false }
    return (calendars, diagnostics, isClean)
  }

  private struct Answer: Sendable {
    var person: Person?
    var summary: CalendarSummary?
    var owner: PersonID?
    var busy = BusyTime.none
    var diagnostics: [Diagnostic] = []
    var unreadable: InputError?
    var isUnderstood = true
  }

  private static func read(
    _ path: String, _ files: InputFiles, _ owners: CalendarOwners, _ window: MinuteInterval,
    _ countries: [String: String],
    _ ours: Set<String>, isSummary: Bool = false
  ) -> Answer {
    var answer = Answer()
    let bytes: [UInt8]
    do throws(InputError) {
      bytes = try files.read(path)
    } catch {
      answer.unreadable = error
      return answer
    }
    // Where the owner is decides what a Windows zone name means; mostly the file's name names the owner.
    let named = owners.owner(of: path, among: [CalendarOwners.stem(of: path)])
    var file = CalendarFile.read(bytes, fileName: path, territory: named.flatMap { countries[$0.region] })
    let titled = named == nil ? owners.owner(of: path, among: file.ownerCandidates) : nil
    let namesake =
      named == nil && titled == nil && !owners.isAmbiguous(among: file.ownerCandidates)
      ? owners.namesake(of: [CalendarOwners.stem(of: path), file.title ?? ""]) : nil
    guard let owner = named ?? titled ?? namesake else {
      answer.diagnostics = [
        Diagnostic(
          .warning,
          owners.isAmbiguous(among: file.ownerCandidates)
            ? "several people have this employee number; put the file into a folder named by its region"
            : "belongs to nobody on the stream; name it by an employee number or an e-mail address",
          file: path, code: "nobody's-calendar")
      ]
      return answer
    }
    if named == nil, let country = countries[owner.region] {
      file = CalendarFile.read(bytes, fileName: path, territory: country)
    }
    if !ours.isEmpty { file.events.removeAll { ours.contains($0.uid) } }
    answer.diagnostics = file.diagnostics
    if namesake != nil {
      answer.diagnostics.insert(
        Diagnostic(
          .note,
          "taken for the calendar of \(owner.name) (\(owner.id)), by the name; to be sure, rename it to "
            + "\(owner.id.employeeNumber).ics", file: path, code: "calendar-by-name"), at: 0)
    }
    answer.isUnderstood = file.isUnderstood
    answer.owner = owner.id
    answer.person = owner
    if let zone = try? ZoneDatabase.zone(owner.timeZone) {
      if isSummary {
        let addresses = Set(([owner.email] + owner.aliases).map { $0.lowercased() })
        answer.summary = file.summary(in: window, zone: zone, owners: addresses)
        return answer
      }
      answer.busy = file.busyTime(
        in: window, zone: zone, owners: Set(([owner.email] + owner.aliases).map { $0.lowercased() }))
    }
    return answer
  }
}
