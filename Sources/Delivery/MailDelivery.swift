package import Basics
import Foundation
package import Mailing
import Programme
import RecordStream

/// Carries the mails of an outbox to the server: from `new` through `sending` to `sent` or `failed`.
///
/// A mail lies in `sending` while the server has it in hand. One that is found there, after a crash or when the answer to
/// its end never came, may have arrived: it is reported, and stays there until somebody asks for it to be sent again.
package struct MailDelivery {
  package struct Summary: Hashable, Sendable {
    package var sent = 0
    package var failed = 0
    /// Left in `new` for another run.
    package var waiting = 0
    /// Left in `sending`.
    package var uncertain = 0

    package var count: Int { sent + failed + waiting + uncertain }
  }

  /// What hands a mail over; a test gives its own.
  package typealias HandOver = (
    _ bytes: [UInt8], _ sender: MailAddress, _ recipient: MailAddress
  ) throws(SMTPError) -> SMTPConnection.Outcome

  private let outbox: Outbox
  /// How often one mail is tried in a run.
  private let attempts: Int
  /// Called with the seconds to wait before a further round: 1, 2, 4 …, at most 60.
  private let wait: (Int) -> Void

  package init(_ outbox: Outbox, attempts: Int = 5, wait: @escaping (Int) -> Void = { sleep(UInt32($0)) }) {
    self.outbox = outbox
    self.attempts = attempts
    self.wait = wait
  }

  /// Sends all that is new, by name; what may go later is tried again in rounds, after all others, so that a server that
  /// makes each new recipient wait holds nobody else up.
  ///
  /// - Parameters:
  ///   - again: also what is uncertain from an earlier run.
  ///   - report: gets each mail that did not go, and why.
  ///   - progress: gets how many are done, of how many.
  /// - Throws: `MailingError.outbox`, `FileError`.
  package func run(
    again: Bool = false, report: (Diagnostic) -> Void, progress: (Int, Int) -> Void = { _, _ in },
    handOver: HandOver
  ) throws -> Summary {
    var summary = Summary()
    summary.uncertain = try settleEarlier(again: again, report: report)
    let new = try outbox.names(in: .new)
    if !new.others.isEmpty {
      report(
        Diagnostic(
          .warning,
          "\(counted(new.others.count, "file", "files")) here that are not mails of this outbox are not sent: "
            + new.others.prefix(3).joined(separator: ", "), file: outbox.folder(.new), code: "not-ours"))
    }
    var pending = new.mails
    let all = pending.count + summary.uncertain
    var reasons: [String: (recipient: String, reason: String)] = [:]
    var trouble: SMTPError?
    for attempt in 0..<max(1, attempts) where !pending.isEmpty {
      if attempt > 0 { wait(min(60, 1 << min(attempt - 1, 6))) }
      trouble = nil
      var later: [String] = []
      for (index, name) in pending.enumerated() {
        if trouble != nil {
          later += pending[index...]
          break
        }
        switch try send(name, report: report, handOver) {
        case .sent: summary.sent += 1
        case .failed: summary.failed += 1
        case .uncertain: summary.uncertain += 1
        case .later(let recipient, let reason):
          later.append(name)
          reasons[name] = (recipient, reason)
        case .gone(let error):
          later.append(name)
          trouble = error
        }
        progress(summary.count, all)
      }
      pending = later
      if let trouble, !trouble.isTransient { break }
    }
    summary.waiting = pending.count
    if let trouble {
      report(
        Diagnostic(
          .error, "\(trouble.message); \(counted(pending.count, "mail waits", "mails wait"))",
          code: "no-server"))
    } else {
      for name in pending {
        let (recipient, reason) = reasons[name] ?? ("", "")
        report(
          Diagnostic(
            .warning, "to \(recipient) waits for another run: \(reason)",
            file: "\(outbox.folder(.new))/\(name)",
            code: "waiting"))
      }
    }
    return summary
  }

  /// Moves what a killed run left in `sending` to where it belongs.
  ///
  /// - Returns: how many mails may have been sent, and stay.
  private func settleEarlier(again: Bool, report: (Diagnostic) -> Void) throws -> Int {
    let open = try outbox.names(in: .sending).mails
    let delivered = open.isEmpty ? [] : try outbox.delivered()
    var uncertain = 0
    for name in open {
      if delivered.contains(name) {
        try move(name, .sending, .sent)
      } else if again {
        try move(name, .sending, .new)
      } else {
        uncertain += 1
        report(
          Diagnostic(
            .warning, "may have been sent already: ask the recipient, or send it again with --again",
            file: "\(outbox.folder(.sending))/\(name)", code: "uncertain"))
      }
    }
    return uncertain
  }

  private enum Fate {
    case sent, failed, uncertain
    /// This mail may go later.
    case later(recipient: String, reason: String)
    /// No mail would go now.
    case gone(SMTPError)
  }

  private func send(_ name: String, report: (Diagnostic) -> Void, _ handOver: HandOver) throws -> Fate {
    let path = "\(outbox.folder(.new))/\(name)"
    let mail: (bytes: [UInt8], sender: MailAddress, recipient: MailAddress)
    do {
      mail = try read(path)
    } catch let error as MailingError {
      report(Diagnostic(.error, error.message, file: path, code: error.code))
      try fail(name, from: .new, to: "", error.message)
      return .failed
    }
    let recipient = mail.recipient.address
    try move(name, .new, .sending)
    // Before the server has it: after a power cut it must not lie in `new` again.
    try outbox.synchronize(.sending)
    let outcome: SMTPConnection.Outcome
    do throws(SMTPError) {
      outcome = try handOver(mail.bytes, mail.sender, mail.recipient)
    } catch {
      try move(name, .sending, .new)
      try outbox.record(delivery: name, to: recipient, status: "waiting", reply: error.message)
      return .gone(error)
    }
    switch outcome {
    case .accepted(let reply):
      // In this order: a run that is killed between the two leaves word for the next one.
      try outbox.record(delivery: name, to: recipient, status: "sent", reply: reply.text)
      try move(name, .sending, .sent)
      return .sent
    case .refused(let reply) where reply.isTransient:
      try move(name, .sending, .new)
      try outbox.record(delivery: name, to: recipient, status: "waiting", reply: reply.text)
      return .later(recipient: recipient, reason: reply.text)
    case .refused(let reply):
      report(
        Diagnostic(
          .error, "to \(recipient) was rejected permanently: \(reply.text)",
          file: "\(outbox.folder(.failed))/\(name)", code: "refused"))
      try fail(name, from: .sending, to: recipient, reply.text)
      return .failed
    case .uncertain(let reason):
      report(
        Diagnostic(
          .warning, "to \(recipient) may have been sent: \(reason); send it again with --again",
          file: "\(outbox.folder(.sending))/\(name)", code: "uncertain"))
      try outbox.record(delivery: name, to: recipient, status: "uncertain", reply: reason)
      return .uncertain
    }
  }

  private func move(_ name: String, _ from: Outbox.Folder, _ to: Outbox.Folder) throws(MailingError) {
    let path = "\(outbox.folder(from))/\(name)"
    guard SystemCall.rename(path, "\(outbox.folder(to))/\(name)") == 0 else {
      throw .outbox(
        path: path, reason: "cannot be moved to \(to.rawValue): \(SystemCall.reason(errno))")
    }
  }

  /// The reason is beside the mail.
  private func fail(_ name: String, from: Outbox.Folder, to recipient: String, _ reason: String) throws {
    try AtomicFile.write(Array((reason + "\n").utf8), to: "\(outbox.folder(.failed))/\(name).txt")
    try move(name, from, .failed)
    try outbox.record(delivery: name, to: recipient, status: "failed", reply: reason)
  }

  private func read(_ path: String) throws -> (bytes: [UInt8], sender: MailAddress, recipient: MailAddress) {
    let bytes = try Input(path: path).readAll(limit: 1 << 26)
    return (bytes, try MailParts.address("from", of: bytes), try MailParts.address("to", of: bytes))
  }
}
