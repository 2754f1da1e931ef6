import ArgumentParser
import Basics
import Delivery
import Foundation
import Programme
import RecordStream
import ServerOptions
import ToolSupport

/// `tandem-calendar mail`: answers out of a mailbox.
struct MailCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail",
    abstract: "Copy new mails of a mailbox into a folder, for tandem-invite replies.",
    discussion: """
      Nothing changes in the mailbox: it is opened to be read only, nothing is deleted, moved or marked as read. The folder \
      remembers what it has (the UIDs of each mailbox), so that each mail is copied once.

      On port 993 the connection begins with TLS, on others STARTTLS is required. User and password come from \
      $TANDEM_IMAP_USER and $TANDEM_IMAP_PASSWORD, or from --credentials; Microsoft 365 and Google want --oauth2.
      """)

  @Option(help: ArgumentHelp("The mail server.", valueName: "host:port"))
  var imap: Endpoint

  @Option(help: ArgumentHelp("The mailbox.", valueName: "name"))
  var mailbox = "INBOX"

  @Option(
    help: ArgumentHelp("The folder that mails are written to.", valueName: "dir"), completion: .directory)
  var to: String

  @Option(
    help: ArgumentHelp("In the first run, leave out mails that came before this day.", valueName: "day"))
  var since: LocalDate?

  @Option(
    help: ArgumentHelp(
      "implicit (from the first byte) or starttls; else by the port: 993 is implicit.", valueName: "mode"))
  var tls: TransportSecurity?

  @OptionGroup var access: ServerAccess
  @OptionGroup var shared: SharedOptions

  func run(on console: Console) throws -> ToolStatus {
    guard let login = try access.login(variables: "TANDEM_IMAP", for: .mail, on: console) else {
      throw ToolFailure(.usage, "a mailbox needs a login: give --credentials or --oauth2")
    }
    let progress = Progress("copying", on: console)
    defer { progress.finish() }
    do {
      let pickup = try MailPickup(into: to)
      let connection = try connect(login)
      let summary = try pickup.run(
        connection, server: imap.host, mailbox: mailbox, since: since.map(MailCommand.text),
        report: console.report,
        progress: { progress.update(done: $0, of: $1) })
      if summary.startedOver {
        console.report(
          Diagnostic(
            .warning, "the mailbox \(mailbox) was made anew on the server: all its mails were copied again",
            code: "uidvalidity"))
      }
      console.report(Diagnostic(.note, "\(counted(summary.taken, "new mail")) copied from \(mailbox)"))
      return summary.tooLarge > 0 ? .badInput : .done
    } catch let error as IMAPError {
      switch error {
      case .folder(let path, let reason): throw ToolFailure(.cannotCreate, reason, file: path)
      case .noMailbox: throw ToolFailure(.noInput, error.message)
      default: throw ToolFailure(.unavailable, error.message)
      }
    }
  }

  /// Again, with growing pauses, while the server cannot be reached.
  private func connect(_ login: Login) throws -> IMAPConnection {
    let server = IMAPConnection.Server(
      host: imap.host, port: imap.port, login: login, security: tls, roots: access.roots)
    for attempt in 1..<max(1, access.attempts) {
      do throws(IMAPError) {
        return try IMAPConnection(server)
      } catch {
        guard case .connection(.unreachable) = error else { throw error }
        sleep(UInt32(min(60, 1 << min(attempt - 1, 6))))
      }
    }
    return try IMAPConnection(server)
  }

  /// `5-Oct-2026` (RFC 9051, section 9).
  private static func text(_ day: LocalDate) -> String {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let parts = day.description.split(separator: "-")
    let (number, month) = (Int(parts.last ?? "") ?? 1, Int(parts.dropFirst().first ?? "") ?? 1)
    return "\(number)-\(months[(month - 1) % 12])-\(parts.first ?? "1970")"
  }
}
