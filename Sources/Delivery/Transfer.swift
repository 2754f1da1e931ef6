import CLibCurl
import Foundation

// The one file of this module that the compiler does not check for memory safety: libcurl takes and calls back with
// pointers. They are valid during the call alone; what they point to is copied.

/// A connection to a server through libcurl: kept between one transfer and the next while both sides hold it.
///
/// The calls wait for the server. Not to be used from two threads at once.
@safe final class Transfer {
  /// What is the same for all transfers over a connection.
  struct Settings: Sendable {
    /// Of the address, in lower case, comma-separated: nothing else is ever spoken, whatever a server says.
    var schemes: String
    var login: Login?
    /// A PEM file with the certificates to trust instead of the system's.
    var roots: String?
    /// Seconds without an answer, or without a byte.
    var patience: Int
    /// Seconds for a whole transfer, in which an answer must not trickle in either; nil: as long as bytes come.
    var longest: Int?
  }

  /// Why we ended a transfer ourselves.
  enum Stop: Hashable, Sendable {
    /// The answer is larger than any server has a reason to send.
    case tooLarge
    /// A few bytes unfold to very many (CWE-409).
    case tooPacked
    /// The answer trickles in (CWE-400).
    case tooSlow
    /// Whoever reads the answer wants no more of it.
    case refused
  }

  /// How a transfer ended, and what was seen of it.
  struct Result {
    var code: CURLcode
    /// libcurl's words for the code.
    var reason: String
    /// Of the last answer; 0 where none came.
    var status: Int
    /// All lines of the server's answers (SMTP), or those of the last answer's head (HTTP), with their CRLF.
    var lines: [UInt8]
    var body: [UInt8]
    /// The last command that was sent before a goodbye (SMTP).
    var command: String
    /// How many bytes of the upload were handed out.
    var taken: Int
    var stop: Stop?
    /// What the reader of the body threw.
    var thrown: (any Error)?
  }

  /// More than any server has a reason to answer, decoded.
  static let largestAnswer = 1 << 28
  /// The head of an answer, or all lines of a session.
  static let largestHead = 1 << 20
  /// Bytes that one byte on the wire may unfold to, where the answer is larger than `packedFrom`: calendars are packed
  /// to a tenth or a thirtieth of their size, the worst that gzip can do is a thousandth.
  static let highestRatio = 200
  static let packedFrom = 8 << 20
  /// Of a body that has begun, so many bytes must come in so many seconds.
  static let leastPace = (bytes: 1_000, seconds: 15)

  private let handle: UnsafeMutableRawPointer
  private let settings: Settings
  private let words: UnsafeMutablePointer<CChar>
  private var upload: [UInt8] = []
  private var sink: (([UInt8]) throws -> Void)?
  /// Decoded bytes of the body.
  private var bodyCount = 0
  /// When, and how much of the body there was, when the pace was last good.
  private var pace: (time: ContinuousClock.Instant, count: Int)?
  /// QUIT was sent.
  private var hasLeft = false
  private var seen = Result(
    code: CURLE_OK, reason: "", status: 0, lines: [], body: [], command: "", taken: 0)
  private var lists: [UnsafeMutablePointer<curl_slist>] = unsafe []

  /// Not safe on several threads at once, so once in all.
  private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// nil where there is no memory for it.
  init?(_ settings: Settings) {
    guard Transfer.isReady, let handle = unsafe curl_easy_init() else { return nil }
    unsafe self.handle = handle
    unsafe words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    unsafe words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    self.settings = settings
  }

  deinit {
    // The goodbye that libcurl may still send calls nothing back.
    reset()
    unsafe curl_easy_cleanup(handle)
    unsafe words.deallocate()
  }

  private func reset() {
    unsafe curl_easy_reset(handle)
    while let list = unsafe lists.popLast() { unsafe curl_slist_free_all(list) }
  }

  func set(_ option: CURLoption, _ text: String?) { _ = unsafe tandem_curl_text(handle, option, text) }
  func set(_ option: CURLoption, _ number: Int) { _ = unsafe tandem_curl_number(handle, option, number) }

  /// Lines of a header, or recipients; without line breaks.
  func set(_ option: CURLoption, list: [String]) {
    var head: UnsafeMutablePointer<curl_slist>?
    for line in list { unsafe head = curl_slist_append(head, line) ?? head }
    guard let head = unsafe head else { return }
    unsafe lists.append(head)
    unsafe _ = tandem_curl_pointer(handle, option, head)
  }

  /// A body that libcurl keeps, and can send once more where a kept connection turns out to be dead.
  func setBody(_ body: [UInt8]) {
    setSize(CURLOPT_POSTFIELDSIZE_LARGE, body.count)
    var body = body + [0]
    unsafe body.withUnsafeMutableBytes {
      unsafe _ = tandem_curl_pointer(handle, CURLOPT_COPYPOSTFIELDS, $0.baseAddress)
    }
  }

  private func setSize(_ option: CURLoption, _ size: Int) {
    unsafe _ = tandem_curl_size(handle, option, curl_off_t(size))
  }

  /// Forgets the options of the transfer before; the connection stays.
  func begin(_ address: String) {
    reset()
    set(CURLOPT_URL, address)
    set(CURLOPT_PROTOCOLS_STR, settings.schemes)
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_CONNECTTIMEOUT, min(30, settings.patience))
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, settings.patience)
    if let longest = settings.longest { set(CURLOPT_TIMEOUT, longest) }
    set(CURLOPT_LOW_SPEED_LIMIT, 1)
    set(CURLOPT_LOW_SPEED_TIME, settings.patience)
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    if let roots = settings.roots {
      set(CURLOPT_CAINFO, roots)
      set(CURLOPT_CAPATH, nil)
    }
    // Never to another server: libcurl follows no redirect unless it is asked to.
    guard let login = settings.login else { return }
    set(CURLOPT_USERNAME, login.user)
    switch login.secret {
    case .password(let password): set(CURLOPT_PASSWORD, password)
    case .token(let token): set(CURLOPT_XOAUTH2_BEARER, token)
    }
  }

  /// - Parameters:
  ///   - upload: what is handed to the server; nil: nothing is.
  ///   - sink: gets the body of a good answer (2xx) in pieces, which are not kept; what it throws ends the transfer.
  func perform(upload: [UInt8]? = nil, sink: (([UInt8]) throws -> Void)? = nil) -> Result {
    self.upload = upload ?? []
    self.sink = sink
    defer { self.sink = nil }
    hasLeft = false
    bodyCount = 0
    pace = nil
    unsafe words.pointee = 0
    unsafe _ = tandem_curl_pointer(handle, CURLOPT_ERRORBUFFER, words)
    seen = Result(code: CURLE_OK, reason: "", status: 0, lines: [], body: [], command: "", taken: 0)
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    for option in [
      CURLOPT_READDATA, CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_DEBUGDATA, CURLOPT_XFERINFODATA,
    ] {
      unsafe _ = tandem_curl_pointer(handle, option, context)
    }
    if upload != nil {
      set(CURLOPT_UPLOAD, 1)
      setSize(CURLOPT_INFILESIZE_LARGE, self.upload.count)
    }
    unsafe _ = tandem_curl_callback(handle, CURLOPT_READFUNCTION) { buffer, size, count, context in
      guard let transfer = unsafe Transfer.of(context) else { return Int(CURL_READFUNC_ABORT) }
      let rest = transfer.upload[transfer.seen.taken...].prefix(size * count)
      unsafe UnsafeMutableRawBufferPointer(start: buffer, count: size * count).copyBytes(from: rest)
      transfer.seen.taken += rest.count
      return rest.count
    }
    unsafe _ = tandem_curl_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      unsafe Transfer.take(bytes, size * count, context) { $0.takeBody($1) }
    }
    unsafe _ = tandem_curl_callback(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      unsafe Transfer.take(bytes, size * count, context) { transfer, line in
        // The answer to a goodbye would hide that to the mail.
        if transfer.hasLeft { return true }
        // An HTTP answer before the last one: 100, 401.
        if line.starts(with: "HTTP/".utf8) { transfer.seen.lines = [] }
        guard transfer.seen.lines.count + line.count <= Transfer.largestHead else {
          return transfer.end(.tooLarge)
        }
        transfer.seen.lines.append(contentsOf: line)
        return true
      }
    }
    if settings.longest != nil {
      set(CURLOPT_NOPROGRESS, 0)
      unsafe _ = tandem_curl_watch(handle) { context, _, received, _, _ in
        guard let transfer = unsafe Transfer.of(context) else { return 1 }
        return transfer.keepsPace(Int(received)) ? 0 : 1
      }
    }
    // libcurl reports what it sends only this way; nothing of it is printed.
    set(CURLOPT_VERBOSE, 1)
    unsafe _ = tandem_curl_debug(handle) { _, kind, bytes, count, context in
      guard kind == CURLINFO_HEADER_OUT else { return 0 }
      _ = unsafe Transfer.take(bytes, count, context) { transfer, line in
        let word = String(decoding: line.prefix { $0 > 0x20 }, as: UTF8.self)
        // Not what follows AUTH: that is the password.
        if ["EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"].contains(word) {
          if word == "QUIT" { transfer.hasLeft = true } else { transfer.seen.command = word }
        }
        return true
      }
      return 0
    }
    let code = unsafe curl_easy_perform(handle)
    var status = 0
    unsafe _ = tandem_curl_status(handle, &status)
    seen.code = code
    seen.status = status
    seen.reason =
      unsafe words.pointee == 0
      ? unsafe String(cString: curl_easy_strerror(code)) : unsafe String(cString: words)
    return seen
  }

  private func end(_ stop: Stop) -> Bool {
    if seen.stop == nil { seen.stop = stop }
    return false
  }

  private func takeBody(_ piece: [UInt8]) -> Bool {
    bodyCount += piece.count
    if pace == nil { pace = (ContinuousClock.now, 0) }
    guard bodyCount <= Transfer.largestAnswer else { return end(.tooLarge) }
    if bodyCount > Transfer.packedFrom {
      var received: curl_off_t = 0
      unsafe _ = tandem_curl_received(handle, &received)
      guard bodyCount / Transfer.highestRatio <= Int(received) else { return end(.tooPacked) }
    }
    guard let sink else {
      seen.body.append(contentsOf: piece)
      return true
    }
    var status = 0
    unsafe _ = tandem_curl_status(handle, &status)
    // What a server says of a failure is for people.
    guard (200..<300).contains(status) else { return true }
    do {
      try sink(piece)
      return true
    } catch {
      seen.thrown = error
      return end(.refused)
    }
  }

  /// Whether the body comes fast enough, as long as it comes at all.
  private func keepsPace(_ received: Int) -> Bool {
    guard let pace else { return true }
    let now = ContinuousClock.now
    guard pace.time.duration(to: now) > .seconds(Transfer.leastPace.seconds) else { return true }
    guard received - pace.count >= Transfer.leastPace.bytes else { return end(.tooSlow) }
    self.pace = (now, received)
    return true
  }

  // MARK: A session of our own

  /// Connects and logs in, and leaves the rest of the session to `send` and `receive`.
  func open() -> Result {
    set(CURLOPT_CONNECT_ONLY, 1)
    return perform()
  }

  /// - Returns: false where the server went away, or takes nothing for `patience` seconds.
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      var count = 0
      let code = unsafe bytes[sent...].withUnsafeBytes {
        unsafe curl_easy_send(handle, $0.baseAddress, $0.count, &count)
      }
      if code == CURLE_AGAIN, isReady(for: POLLOUT) { continue }
      guard code == CURLE_OK else { return false }
      sent += count
    }
    return true
  }

  /// What came; nil where the server went away, or says nothing for `patience` seconds.
  func receive() -> [UInt8]? {
    while true {
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      var count = 0
      let code = unsafe bytes.withUnsafeMutableBytes {
        unsafe curl_easy_recv(handle, $0.baseAddress, $0.count, &count)
      }
      if code == CURLE_AGAIN, isReady(for: POLLIN) { continue }
      guard code == CURLE_OK, count > 0 else { return nil }
      return Array(bytes[..<count])
    }
  }

  private func isReady(for event: Int32) -> Bool {
    var socket: curl_socket_t = -1
    guard unsafe tandem_curl_socket(handle, &socket) == CURLE_OK, socket >= 0 else { return false }
    var place = pollfd(fd: socket, events: Int16(event), revents: 0)
    return unsafe poll(&place, 1, Int32(clamping: settings.patience * 1000)) > 0
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    unsafe context.map { unsafe Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func take(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
    _ body: (Transfer, [UInt8]) -> Bool
  ) -> Int {
    guard let transfer = unsafe of(context) else { return 0 }
    return body(transfer, unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count))) ? count : 0
  }
}
