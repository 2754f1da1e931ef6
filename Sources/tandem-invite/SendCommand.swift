import ArgumentParser
import Basics
import Delivery
import Foundation
import Mailing
import Programme
import RecordStream
import ToolSupport

/// `tandem-invite send`: hands the outbox to the mail server.
struct SendCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: "Send the mails of an outbox.",
    discussion: """
      STARTTLS is required unless --plain is given. User and password come from $TANDEM_SMTP_USER and \
      $TANDEM_SMTP_PASSWORD, or from --credentials; without either, there is no login.

      What the server rejects permanently (5xx) goes to `failed`, with the reason beside it. What it may accept later (4xx) \
      is tried again after 1, 2, 4 … seconds, when all others were, then waits for another run. A mail that was sent to its \
      end without an answer may have arrived: it stays in `sending` and is not sent again unless --again is given. Each \
      delivery is a line of deliveries.ndjson.
      """)

  @Option(help: ArgumentHelp("The mail server.", valueName: "host:port"))
  var smtp: String

  @Option(
    help: ArgumentHelp("The folder that `tandem-invite make` filled.", valueName: "dir"),
    completion: .directory)
  var outbox: String

  @OptionGroup var access: ServerAccess

  @Flag(help: "Without TLS, and so without a password: for a server on the same machine.")
  var plain = false

  @Flag(help: "Send again what may have been sent already.")
  var again = false

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard endpoint != nil else { throw ValidationError("--smtp is HOST:PORT, not \(smtp)") }
  }

  private var endpoint: (host: String, port: Int)? {
    guard let colon = smtp.lastIndex(of: ":"), let port = Int(smtp[smtp.index(after: colon)...]),
      (1...65_535).contains(port)
    else { return nil }
    var host = String(smtp[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    let isHost = host.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || ".-:_".unicodeScalars.contains($0)
    }
    return host.isEmpty || !isHost ? nil : (host, port)
  }

  func run(on console: Console) throws -> ToolStatus {
    guard let endpoint else { return .usage }
    let server = SMTPConnection.Server(
      host: endpoint.host, port: endpoint.port,
      login: try access.login(variables: "TANDEM_SMTP", on: console), isPlain: plain,
      roots: access.roots)
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
