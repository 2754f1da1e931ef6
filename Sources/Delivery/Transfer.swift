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
  }

  /// More than any server has a reason to answer.
  static let largestAnswer = 1 << 28

  private let handle: UnsafeMutableRawPointer
  private let settings: Settings
  private var upload: [UInt8] = []
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
    self.settings = settings
  }

  deinit {
    // The goodbye that libcurl may still send calls nothing back.
    reset()
    unsafe curl_easy_cleanup(handle)
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
    set(CURLOPT_LOW_SPEED_LIMIT, 1)
    set(CURLOPT_LOW_SPEED_TIME, settings.patience)
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    if let roots = settings.roots {
      set(CURLOPT_CAINFO, roots)
      set(CURLOPT_CAPATH, nil)
    }
    if let login = settings.login {
      set(CURLOPT_USERNAME, login.user)
      set(CURLOPT_PASSWORD, login.password)
    }
  }

  /// - Parameter upload: what is handed to the server; nil: nothing is.
  func perform(upload: [UInt8]? = nil) -> Result {
    self.upload = upload ?? []
    hasLeft = false
    seen = Result(code: CURLE_OK, reason: "", status: 0, lines: [], body: [], command: "", taken: 0)
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    for option in [CURLOPT_READDATA, CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_DEBUGDATA] {
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
      unsafe Transfer.take(bytes, size * count, context) { $0.seen.body.append(contentsOf: $1) }
    }
    unsafe _ = tandem_curl_callback(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      unsafe Transfer.take(bytes, size * count, context) { transfer, line in
        // The answer to a goodbye would hide that to the mail.
        if transfer.hasLeft { return }
        // An HTTP answer before the last one: 100, 401.
        if line.starts(with: "HTTP/".utf8) { transfer.seen.lines = [] }
        transfer.seen.lines.append(contentsOf: line)
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
      }
      return 0
    }
    let code = unsafe curl_easy_perform(handle)
    var status = 0
    unsafe _ = tandem_curl_status(handle, &status)
    seen.code = code
    seen.status = status
    seen.reason = unsafe String(cString: curl_easy_strerror(code))
    return seen
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    unsafe context.map { unsafe Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func take(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
    _ body: (Transfer, [UInt8]) -> Void
  ) -> Int {
    guard let transfer = unsafe of(context) else { return 0 }
    guard transfer.seen.lines.count + transfer.seen.body.count + count <= largestAnswer else { return 0 }
    body(transfer, unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count)))
    return count
  }
}

/// A user and a password, for a server that wants them.
package struct Login: Hashable, Sendable {
  package var user: String
  package var password: String

  package init(user: String, password: String) {
    self.user = user
    self.password = password
  }
}
