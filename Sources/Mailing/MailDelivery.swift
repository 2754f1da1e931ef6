#if SMTP
  import Foundation
  package import Programme
  import RecordStream

  /// Carries the mails of an outbox to the server: from `new` through `sending` to `sent` or `failed`.
  ///
  /// A mail lies in `sending` while the server has it in hand. One that is found there, after a crash or when the answer to
  /// its end never came, may have arrived: it is told, and stays there until somebody asks for it to be sent again.
  package struct MailDelivery {
    package struct Summary: Hashable, Sendable {
      package var sent = 0
      package var failed = 0
      /// Left in `new` for another run.
      package var waiting = 0
      /// Left in `sending`.
      package var uncertain = 0
    }

    /// What hands a mail over; a test gives its own.
    package typealias HandOver = (
      _ bytes: [UInt8], _ sender: MailAddress, _ recipient: MailAddress
    ) throws -> SMTPConnection.Outcome

    private let outbox: Outbox
    /// How often one mail is tried in a run.
    private let attempts: Int
    /// Called with the seconds to wait before a further attempt: 1, 2, 4 …, at most 60.
    private let wait: (Int) -> Void

    package init(_ outbox: Outbox, attempts: Int = 5, wait: @escaping (Int) -> Void = { sleep(UInt32($0)) }) {
      self.outbox = outbox
      self.attempts = attempts
      self.wait = wait
    }

    /// Sends all that is new, by name.
    ///
    /// - Parameters:
    ///   - again: also what is uncertain from an earlier run.
    ///   - report: gets each mail that did not go, and why.
    /// - Throws: `MailingError.outbox`.
    package func run(
      again: Bool = false, report: (Diagnostic) -> Void, handOver: HandOver
    ) throws -> Summary {
      var summary = Summary()
      for name in names(.sending) {
        if again {
          try move(name, .sending, .new)
        } else {
          summary.uncertain += 1
          report(
            Diagnostic(
              .warning,
              "may have been sent already: nobody knows; ask the recipient, or send it once more with --again",
              file: "\(outbox.folder(.sending))/\(name)", code: "uncertain"))
        }
      }
      var isGone = false
      for name in names(.new) {
        if isGone {
          summary.waiting += 1
          continue
        }
        let path = "\(outbox.folder(.new))/\(name)"
        let mail: (bytes: [UInt8], sender: MailAddress, recipient: MailAddress)
        do {
          mail = try read(path)
        } catch let error as MailingError {
          report(Diagnostic(.error, error.message, file: path, code: error.code))
          summary.failed += 1
          try fail(name, from: .new, error.message)
          continue
        }
        try move(name, .new, .sending)
        switch attempt(mail, handOver) {
        case .sent(let text):
          try move(name, .sending, .sent)
          try outbox.record(delivery: name, status: "sent", reply: text)
          summary.sent += 1
        case .failed(let text):
          report(Diagnostic(.error, "was refused for good: \(text)", file: path, code: "refused"))
          try fail(name, from: .sending, text)
          summary.failed += 1
        case .waiting(let text, let isServer):
          report(Diagnostic(.warning, "waits for another run: \(text)", file: path, code: "waiting"))
          try move(name, .sending, .new)
          try outbox.record(delivery: name, status: "waiting", reply: text)
          summary.waiting += 1
          isGone = isServer
        case .uncertain(let text):
          report(
            Diagnostic(
              .warning, "may have been sent: \(text); send it once more with --again", file: path,
              code: "uncertain"))
          try outbox.record(delivery: name, status: "uncertain", reply: text)
          summary.uncertain += 1
        }
      }
      return summary
    }

    private enum Result {
      case sent(String)
      case failed(String)
      case uncertain(String)
      /// `isServer`: no mail would go now.
      case waiting(String, isServer: Bool)
    }

    private func attempt(
      _ mail: (bytes: [UInt8], sender: MailAddress, recipient: MailAddress), _ handOver: HandOver
    ) -> Result {
      var last = Result.waiting("", isServer: false)
      for attempt in 0..<max(1, attempts) {
        if attempt > 0 { wait(min(60, 1 << min(attempt - 1, 6))) }
        do {
          switch try handOver(mail.bytes, mail.sender, mail.recipient) {
          case .accepted(let reply): return .sent(reply.text)
          case .uncertain(let reason): return .uncertain(reason)
          case .refused(let reply):
            guard reply.isTransient else { return .failed(reply.text) }
            last = .waiting(reply.text, isServer: false)
          }
        } catch let error as SMTPError {
          last = .waiting(error.message, isServer: true)
          if !error.isTransient { return last }
        } catch {
          return .waiting(String(describing: error), isServer: true)
        }
      }
      return last
    }

    private func names(_ folder: Outbox.Folder) -> [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: outbox.folder(folder))) ?? [])
        .filter { $0.hasSuffix(".eml") }.sorted { $0.precedesByBytes($1) }
    }

    private func move(_ name: String, _ from: Outbox.Folder, _ to: Outbox.Folder) throws(MailingError) {
      let path = "\(outbox.folder(from))/\(name)"
      guard rename(path, "\(outbox.folder(to))/\(name)") == 0 else {
        throw .outbox(
          path: path, reason: "cannot be moved to \(to.rawValue): \(String(cString: strerror(errno)))")
      }
    }

    /// The reason stands beside the mail.
    private func fail(_ name: String, from: Outbox.Folder, _ reason: String) throws {
      try AtomicFile.write(Array((reason + "\n").utf8), to: "\(outbox.folder(.failed))/\(name).txt")
      try move(name, from, .failed)
      try outbox.record(delivery: name, status: "failed", reply: reason)
    }

    private func read(_ path: String) throws -> (bytes: [UInt8], sender: MailAddress, recipient: MailAddress)
    {
      let bytes = try Input(path: path).readAll(limit: 1 << 26)
      return (bytes, try MailParts.address("from", of: bytes), try MailParts.address("to", of: bytes))
    }
  }
#endif
