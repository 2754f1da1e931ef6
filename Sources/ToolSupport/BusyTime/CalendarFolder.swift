package import Basics
import Calendars
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

  private struct Answer: Sendable {
    var owner: PersonID?
    var busy = BusyTime.none
    var diagnostics: [Diagnostic] = []
    var unreadable: InputError?
    var isUnderstood = true
  }

  private static func read(
    _ path: String, _ files: InputFiles, _ owners: CalendarOwners, _ window: MinuteInterval,
    _ countries: [String: String],
    _ ours: Set<String>
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
    guard let owner = named ?? owners.owner(of: path, among: file.ownerCandidates) else {
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
    answer.isUnderstood = file.isUnderstood
    answer.owner = owner.id
    if let zone = try? ZoneDatabase.zone(owner.timeZone) {
      answer.busy = file.busyTime(in: window, zone: zone, owners: [owner.email.lowercased()])
    }
    return answer
  }
}
