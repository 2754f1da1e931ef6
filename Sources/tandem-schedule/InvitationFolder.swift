import Calendars
import Dispatch
import Foundation
import Programme
import RecordStream
import Scheduling
import Synchronization
import ToolSupport

/// The folder that invitations are written to: a REQUEST or CANCEL file for each session that is new or changed, and a
/// PUBLISH file with all sessions of each tandem that is concerned.
struct InvitationFolder {
  private let path: String
  private let wording: InvitationWording

  /// Makes the folder, readable by its owner alone, before any planning.
  ///
  /// - Throws: exit code 73 where the folder cannot be made.
  init(_ path: String, wording: InvitationWording) throws(ToolFailure) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw ToolFailure(
        .cannotCreate, "the folder cannot be created; check its path and the rights", file: path)
    }
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    self.wording = wording
  }

  /// One file to write: its name without the ending, and what it holds.
  private enum Work: Sendable {
    case session(Session, Tandem)
    case bundle(Tandem, [Session])
  }

  /// Writes the files of the changed sessions, on all cores; each is written beside and renamed into place.
  ///
  /// - Returns: the invitations that no calendar would take (an address that is none); the others are written.
  /// - Throws: the first other failure, by the order of the sessions.
  func write(
    _ changed: [Session], of plan: CohortPlan, input: CohortInput, output: SessionOutput
  ) throws -> [Diagnostic] {
    let tandems = Dictionary(input.tandems.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var work: [Work] = changed.compactMap { session in tandems[session.tandem].map { .session(session, $0) } }
    let all = Dictionary(grouping: plan.sessions.filter { $0.status != .cancelled }, by: \.tandem)
    var seen: Set<String> = []
    for session in changed where seen.insert(session.tandem).inserted {
      guard let tandem = tandems[session.tandem], let sessions = all[session.tandem] else { continue }
      work.append(.bundle(tandem, sessions))
    }
    let jobs = work
    let failures = Mutex<[Int: any Error]>([:])
    DispatchQueue.concurrentPerform(iterations: jobs.count) { at in
      do {
        try write(jobs[at], people: input.people, output: output)
      } catch {
        failures.withLock { $0[at] = error }
      }
    }
    var refused: [Diagnostic] = []
    for (_, failure) in failures.withLock({ $0.sorted { $0.key < $1.key } }) {
      guard let error = failure as? CalendarError else { throw failure }
      refused.append(Diagnostic(.error, error.message, code: error.code))
    }
    return refused
  }

  private func write(_ work: Work, people: [PersonID: Person], output: SessionOutput) throws {
    let name: String
    let bytes: [UInt8]
    switch work {
    case .session(let session, let tandem):
      guard
        let invitation = try wording.invitation(
          to: session, of: tandem, people: people, movedFrom: output.movedFrom(session), stamp: output.stamp)
      else { return }
      name = InvitationFolder.fileName("\(tandem.id)-\(session.number)")
      bytes = try CalendarWriter.bytes(of: invitation)
    case .bundle(let tandem, let sessions):
      let invitations = try sessions.compactMap {
        try wording.invitation(to: $0, of: tandem, people: people, stamp: output.stamp)
      }
      guard let title = try wording.title(of: tandem, sessions: sessions.count, people: people) else {
        return
      }
      name = InvitationFolder.fileName("\(tandem.id)-all")
      bytes = try CalendarWriter.bundle(invitations, title: title)
    }
    // Thousands of files that can be made again: none waits for the disk.
    try AtomicFile.write(bytes, to: "\(path)/\(name).ics", synchronize: false)
  }

  /// Letters, digits and `-` of an identifier, so that no record can choose a folder. One that is long, or has signs other
  /// than those of our identifiers, gets a sum of its bytes (FNV-1a) beside, so that it shares no file with another.
  static func fileName(_ identifier: String) -> String {
    var name = ""
    var isOurs = true
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in identifier.utf8 {
      sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: name.unicodeScalars.append(Unicode.Scalar(byte))
      case 0x2F, 0x2B, 0x3A: name += "-"
      default:
        name += "-"
        isOurs = false
      }
    }
    name = String(name.prefix(150))
    return isOurs && identifier.utf8.count <= 150 ? name : name + "-" + String(sum, radix: 16)
  }
}
