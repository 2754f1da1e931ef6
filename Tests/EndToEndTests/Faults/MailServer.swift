import Foundation
import Synchronization

/// A mail server on loopback that counts: it takes every mail (RFC 5321, as far as a client sends it), and remembers it before it
/// answers.
final class MailServer: Sendable {
  struct Mail: Hashable, Sendable {
    var recipient: String
    var text: [UInt8]
  }

  let port: Int
  private let listener: Int32
  /// How long it thinks before it answers a mail.
  private let pause: UInt32
  private let received = Mutex<[Mail]>([])

  var mails: [Mail] { received.withLock { $0 } }

  init(pause: UInt32 = 2000) throws {
    self.pause = pause
    let opened = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(opened, $0, length) == 0 && listen(opened, 16) == 0 && getsockname(opened, $0, &length) == 0
      }
    }
    guard opened >= 0, isBound else { throw POSIXError(.EADDRNOTAVAIL) }
    // No tool must inherit it.
    _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
    listener = opened
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { [self] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        _ = fcntl(client, F_SETFD, FD_CLOEXEC)
        Thread.detachNewThread { [self] in
          serve(client)
          close(client)
        }
      }
    }
  }

  /// Nobody is served any more.
  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private func serve(_ client: Int32) {
    func say(_ line: String) {
      _ = (line + "\r\n").withCString {
        Foundation.send(client, $0, strlen($0), Int32(MSG_NOSIGNAL))
      }
    }
    var waiting: [UInt8] = []
    /// Without its CRLF; nil: the client went away.
    func line() -> [UInt8]? {
      while true {
        if let end = waiting.firstIndex(of: 10) {
          let line = waiting[..<end].filter { $0 != 13 }
          waiting.removeSubrange(...end)
          return line
        }
        var piece = [UInt8](repeating: 0, count: 4096)
        let count = recv(client, &piece, piece.count, 0)
        guard count > 0 else { return nil }
        waiting += piece[..<count]
      }
    }
    var recipient = ""
    say("220 counting ESMTP")
    while let command = line() {
      let text = String(decoding: command, as: UTF8.self)
      switch text.prefix(4).uppercased() {
      case "RCPT":
        recipient = text.firstMatch(of: /<(.*)>/).map { String($0.1) } ?? text
        say("250 OK")
      case "DATA":
        say("354 go ahead")
        var mail: [UInt8] = []
        var isWhole = false
        while let part = line() {
          if part == [UInt8(ascii: ".")] {
            isWhole = true
            break
          }
          mail += part + [10]
        }
        guard isWhole else { return }
        received.withLock { $0.append(Mail(recipient: recipient, text: mail)) }
        usleep(pause)
        say("250 2.0.0 queued")
      case "QUIT":
        say("221 bye")
        return
      default: say("250 OK")
      }
    }
  }
}
