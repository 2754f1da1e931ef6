import Basics
import Calendars
import Foundation
import Mailing
import Programme
import RecordStream
import Regions
import Scheduling
import ToolSupport

/// The folder that invitations are written to: a REQUEST or CANCEL file for each session that is new or changed, and a
/// PUBLISH file with all sessions of each tandem that is concerned.
struct InvitationFolder {
  private let folder: PrivateFolder
  private let wording: RegionWording

  /// Makes the folder, before any planning.
  ///
  /// - Throws: exit code 73 where the folder cannot be made.
  init(_ path: String, wording: RegionWording) throws(ToolFailure) {
    folder = try PrivateFolder(path)
    self.wording = wording
  }

  /// Writes the notices that are sent now: for each session one file for all whom its news concerns, and one for each who
  /// is uninvited; then the PUBLISH files of the tandems concerned.
  ///
  /// - Returns: the notices that were written, and what is wrong with those that no calendar would accept.
  func write(
    _ notices: [Notice], of plan: CohortPlan, output: SessionOutput
  ) throws -> (notified: [Notice], refused: [Diagnostic]) {
    var refused: [Diagnostic] = []
    var unwritten: Set<String> = []
    for (meeting, news) in Dictionary(grouping: notices, by: \.meeting).sorted(by: {
      $0.key.precedesByBytes($1.key)
    }) {
      let name = String(meeting.map { $0 == "#" ? "-" : $0 })
      // A move names the earlier time, so it comes first.
      let common = [Notice.Kind.moved, .invited, .reworded, .cancelled].lazy
        .compactMap { kind in news.first { $0.kind == kind } }.first
      let uninvited = news.filter { $0.kind == .uninvited }
      var files = common.map { [($0, name)] } ?? []
      for (at, notice) in uninvited.enumerated() { files.append((notice, "\(name)-uninvited-\(at + 1)")) }
      for (notice, name) in files {
        if let fault = try folder.write(notice.invitation, method: notice.method, name) {
          unwritten.insert(meeting)
          refused.append(fault)
        }
      }
    }
    let concerned = Set(notices.compactMap(\.tandem))
    let bundles = output.tandems.values.filter { concerned.contains($0.id) }
      .sorted { $0.id < $1.id }
    let all = Dictionary(grouping: plan.sessions, by: \.tandem)
    for tandem in bundles {
      let work = Work(tandem: tandem, changed: [], all: all[tandem.id] ?? [])
      refused += try write(work, people: output.people, output: output)
    }
    return (notices.filter { !unwritten.contains($0.meeting) }, refused)
  }

  /// The files of one tandem: its changed sessions, and all that are to come or were.
  private struct Work: Sendable {
    var tandem: Tandem
    var changed: [Session]
    var all: [Session]
  }

  /// Writes the files of the changed sessions, tandem by tandem on all cores, each atomically.
  ///
  /// - Returns: what is wrong with invitations that no calendar would accept, such as an invalid address; the others are
  ///   written.
  /// - Throws: the first other failure, by the order of the tandems.
  func write(
    _ changed: [Session], of plan: CohortPlan, output: SessionOutput
  ) throws -> [Diagnostic] {
    let all = Dictionary(grouping: plan.sessions, by: \.tandem)
    let work = Dictionary(grouping: changed, by: \.tandem).compactMap { id, sessions in
      output.tandems[id].map { Work(tandem: $0, changed: sessions, all: all[id] ?? []) }
    }.sorted { $0.tandem.id < $1.tandem.id }
    return try Parallel.map(work) { work in
      Result { try write(work, people: output.people, output: output) }
    }.flatMap { try $0.get() }
  }

  private func write(_ work: Work, people: [PersonID: Person], output: SessionOutput) throws -> [Diagnostic] {
    let changed = Set(work.changed.map(\.number))
    var refused: [Diagnostic] = []
    var published: [Invitation] = []
    for session in work.all {
      guard
        let invitation = try wording.invitation(
          to: session, of: work.tandem, people: people, movedFrom: output.movedFrom(session),
          stamp: output.stamp)
      else { continue }
      if session.counts { published.append(invitation) }
      guard changed.contains(session.number) else { continue }
      if let fault = try folder.write(invitation, "\(work.tandem.id)-\(session.number)") {
        refused.append(fault)
      }
    }
    guard !published.isEmpty, refused.isEmpty,
      let title = try wording.title(of: work.tandem, sessions: published.count, people: people)
    else { return refused }
    try folder.write(
      CalendarWriter.bundle(published, title: title), "\(work.tandem.id)-all", ending: "ics")
    return refused
  }
}
