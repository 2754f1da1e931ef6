#if SMTP
  import NIOCore
  import NIOPosix
  import NIOSSL

  /// One session with a mail server (RFC 5321): greeting, STARTTLS (RFC 3207), AUTH (RFC 4954), and mails one by one.
  ///
  /// The calls wait for the server; none of them may be made on an event loop.
  package final class SMTPConnection {
    package struct Server: Sendable {
      package var host: String
      package var port: Int
      /// A user and a password, where the server wants them.
      package var login: (user: String, password: String)?
      /// Without STARTTLS; then without login, too.
      package var isPlain: Bool
      /// A PEM file with the certificates to trust instead of the system's.
      package var roots: String?
      /// Seconds for each answer.
      package var patience: Int

      package init(
        host: String, port: Int, login: (user: String, password: String)? = nil, isPlain: Bool = false,
        roots: String? = nil, patience: Int = 60
      ) {
        self.host = host
        self.port = port
        self.login = login
        self.isPlain = isPlain
        self.roots = roots
        self.patience = patience
      }
    }

    private let channel: any Channel
    private let server: Server

    /// Connects, and gets as far as the server lets anybody.
    ///
    /// - Throws: `SMTPError`.
    package init(_ server: Server) throws {
      self.server = server
      do {
        channel = try ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
          .connectTimeout(.seconds(Int64(server.patience)))
          .channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
              try channel.pipeline.syncOperations.addHandler(SMTPHandler())
            }
          }
          .connect(host: server.host, port: server.port).wait()
      } catch {
        throw SMTPError.connection("\(server.host):\(server.port): \(error)")
      }
      do {
        try begin()
      } catch {
        close()
        throw error
      }
    }

    private func begin() throws {
      try expect(exchange(nil))
      var extensions = try hello()
      if !server.isPlain {
        guard extensions.words(of: "STARTTLS") != nil else { throw SMTPError.noTLS }
        try expect(exchange("STARTTLS", isLast: true))
        try startTLS()
        extensions = try hello()
      }
      guard let login = server.login else { return }
      guard !server.isPlain else {
        throw SMTPError.noLogin("no password is sent in the clear; leave out --plain or the password")
      }
      let ways = extensions.words(of: "AUTH") ?? []
      func base64(_ text: String) -> String {
        String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self)
      }
      let reply: SMTPReply
      if ways.contains("PLAIN") {
        reply = try exchange("AUTH PLAIN " + base64("\0\(login.user)\0\(login.password)"))
      } else if ways.contains("LOGIN") {
        _ = try expect(exchange("AUTH LOGIN"))
        _ = try expect(exchange(base64(login.user)))
        reply = try exchange(base64(login.password))
      } else {
        throw SMTPError.noLogin("it offers neither AUTH PLAIN nor AUTH LOGIN")
      }
      if reply.isTransient { throw SMTPError.refused(reply) }
      guard reply.isGood else {
        throw SMTPError.noLogin("it answered \(reply.text); check user and password")
      }
    }

    private func hello() throws -> SMTPReply {
      // An address literal needs no name of this machine that the server could look up.
      try expect(exchange("EHLO [127.0.0.1]"))
    }

    private func startTLS() throws {
      do {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let roots = server.roots { configuration.trustRoots = .file(roots) }
        let context = try NIOSSLContext(configuration: configuration)
        let (channel, host) = (channel, server.host)
        try channel.eventLoop.submit {
          let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
          let handler = try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
          try channel.pipeline.syncOperations.addHandler(handler, position: .first)
        }.wait()
      } catch {
        throw SMTPError.connection("TLS cannot be begun: \(error)")
      }
    }

    /// How far a mail got.
    package enum Outcome: Hashable, Sendable {
      case accepted(SMTPReply)
      case refused(SMTPReply)
      /// It was handed over, and no answer came: the server may have it or not.
      case uncertain(String)
    }

    /// Hands one mail over.
    ///
    /// - Parameter bytes: with CRLF.
    /// - Throws: `SMTPError` where the server went away before the mail's end was sent, or takes no mail at all.
    package func send(_ bytes: [UInt8], from sender: MailAddress, to recipient: MailAddress) throws -> Outcome
    {
      // What is wrong with the sender or the session is no fault of this mail.
      try expect(exchange("MAIL FROM:<\(sender.address)>"))
      for command in ["RCPT TO:<\(recipient.address)>", "DATA"] {
        let reply = try exchange(command)
        if reply.code == 421 { throw SMTPError.refused(reply) }
        guard reply.isGood else {
          _ = try? exchange("RSET")
          return .refused(reply)
        }
      }
      do {
        let reply = try exchange(SMTPConnection.stuffed(bytes))
        return reply.isGood ? .accepted(reply) : .refused(reply)
      } catch let error as SMTPError {
        return .uncertain(error.message)
      }
    }

    /// A dot before each line that begins with one, and the dot that ends the mail (RFC 5321, section 4.5.2).
    static func stuffed(_ bytes: [UInt8]) -> [UInt8] {
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count + 8)
      var isStart = true
      for byte in bytes {
        if isStart, byte == 0x2E { result.append(0x2E) }
        result.append(byte)
        isStart = byte == 10
      }
      if !isStart { result += [13, 10] }
      return result + [0x2E, 13, 10]
    }

    package func close() { try? channel.close().wait() }

    /// Says goodbye.
    package func quit() {
      _ = try? exchange("QUIT")
      close()
    }

    @discardableResult
    private func expect(_ reply: SMTPReply) throws -> SMTPReply {
      guard reply.isGood else { throw SMTPError.refused(reply) }
      return reply
    }

    private func exchange(_ line: String?, isLast: Bool = false) throws -> SMTPReply {
      try exchange(line.map { Array($0.utf8) + [13, 10] } ?? [], isLast: isLast)
    }

    private func exchange(_ bytes: [UInt8], isLast: Bool = false) throws -> SMTPReply {
      let promise = channel.eventLoop.makePromise(of: SMTPReply.self)
      let patience = server.patience
      let timeout = channel.eventLoop.scheduleTask(in: .seconds(Int64(patience))) {
        promise.fail(SMTPError.connection("no answer for \(patience) seconds"))
      }
      channel.writeAndFlush(SMTPHandler.Request(bytes: bytes, isLast: isLast, reply: promise)).whenFailure {
        promise.fail(SMTPError.connection("\($0)"))
      }
      defer { timeout.cancel() }
      do {
        return try promise.futureResult.wait()
      } catch let error as SMTPError {
        throw error
      } catch {
        throw SMTPError.connection("\(error)")
      }
    }
  }

  /// One answer for each request, in order.
  private final class SMTPHandler: ChannelDuplexHandler {
    struct Request: Sendable {
      var bytes: [UInt8]
      /// Nothing may stand behind the answer: what an attacker put there before TLS began would be taken for the server's
      /// (CVE-2011-0411).
      var isLast: Bool
      var reply: EventLoopPromise<SMTPReply>
    }

    typealias InboundIn = ByteBuffer
    typealias OutboundIn = Request
    typealias OutboundOut = ByteBuffer

    private var waiting: [Request] = []
    private var received: [UInt8] = []
    private var failure: SMTPError?

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
      let request = unwrapOutboundIn(data)
      if let failure {
        request.reply.fail(failure)
        promise?.succeed()
        return
      }
      waiting.append(request)
      context.write(wrapOutboundOut(ByteBuffer(bytes: request.bytes)), promise: promise)
      answer(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      received += Array(unwrapInboundIn(data).readableBytesView)
      answer(context)
    }

    private func answer(_ context: ChannelHandlerContext) {
      while let request = waiting.first {
        do throws(SMTPError) {
          guard let reply = try SMTPReply.take(from: &received) else { return }
          if request.isLast, !received.isEmpty { throw .noSMTP("more than one answer to STARTTLS") }
          waiting.removeFirst()
          request.reply.succeed(reply)
        } catch {
          fail(error)
          context.close(promise: nil)
        }
      }
    }

    private func fail(_ error: SMTPError) {
      if failure == nil { failure = error }
      for request in waiting { request.reply.fail(error) }
      waiting = []
    }

    func channelInactive(context: ChannelHandlerContext) {
      fail(.connection("it closed the connection"))
      context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      fail(.connection("\(error)"))
      context.close(promise: nil)
    }
  }
#endif
