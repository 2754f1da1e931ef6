import ArgumentParser
import Basics
import Delivery
import Mailing
import Programme
import RecordStream
import ServerOptions
import ToolSupport

/// `tandem-invite send`: hands the outbox to the mail server.
struct SendCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: "Send the mails of an outbox.",
    discussion: """
      On port 465 the connection begins with TLS, on others STARTTLS is required; --tls says otherwise, --plain does without. \
      User and password come from $TANDEM_SMTP_USER and $TANDEM_SMTP_PASSWORD, or from --credentials; without either, there \
      is no login. Microsoft 365 and Google want --oauth2 (XOAUTH2).

      What the server rejects permanently (5xx) goes to `failed`, with the reason beside it. What it may accept later (4xx) \
      is tried again after 1, 2, 4 … seconds, when all others were, then waits for another run. A mail that was sent to its \
      end without an answer may have arrived: it stays in `sending` and is not sent again unless --again is given. Each \
      delivery is a line of deliveries.ndjson.
      """)

  @Option(help: ArgumentHelp("The mail server.", valueName: "host:port"))
  var smtp: Endpoint

  @Option(
    help: ArgumentHelp("The folder that `tandem-invite make` filled.", valueName: "dir"),
    completion: .directory)
  var outbox: String

  @OptionGroup var access: ServerAccess

  @Flag(help: "Without TLS, and so without a password: for a server on the same machine.")
  var plain = false

  @Option(
    help: ArgumentHelp(
      "implicit (from the first byte) or starttls; else by the port: 465 is implicit.", valueName: "mode"))
  var tls: TransportSecurity?

  @Flag(help: "Send again what may have been sent already.")
  var again = false

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard tls == nil || !plain else { throw ValidationError("--plain is without --tls") }
  }

  func run(on console: Console) throws -> ToolStatus {
    let server = SMTPConnection.Server(
      host: smtp.host, port: smtp.port,
      login: try access.login(variables: "TANDEM_SMTP", for: .mail, on: console),
      security: plain ? TransportSecurity.none : tls, roots: access.roots)
    let box: Outbox
    do throws(MailingError) {
      box = try Outbox(outbox, makes: false)
    } catch {
      throw ToolFailure(error)
    }
    let connection: SMTPConnection
    do throws(SMTPError) {
      connection = try SMTPConnection(server)
    } catch {
      throw ToolFailure(.usage, error.message)
    }
    let progress = Progress("sending", on: console)
    defer { progress.finish() }
    let summary: MailDelivery.Summary
    do {
      summary = try MailDelivery(box, attempts: access.attempts).run(
        again: again, report: console.report, progress: { progress.update(done: $0, of: $1) },
        handOver: connection.send)
    } catch let error as MailingError {
      throw ToolFailure(error)
    }
    console.report(
      Diagnostic(
        .note,
        "\(summary.sent) sent, \(summary.failed) failed, \(summary.waiting) waiting, \(summary.uncertain) uncertain"
      ))
    if summary.waiting > 0 { return .unavailable }
    return summary.failed + summary.uncertain > 0 ? .badInput : .done
  }
}
