import CLibPQ

// The one file that calls libpq, and the one of the PostgreSQL files that the compiler does not check for memory safety.

/// A connection to a PostgreSQL server.
///
/// It serves one thread at a time.
@safe final class PostgresConnection {
  private let link: OpaquePointer
  /// The server's names for the statements it has prepared.
  private var prepared: [Statement: String] = [:]
  /// The statement whose rows are still arriving.
  private var arriving: PostgresRows?

  /// With more prepared statements than this, the server forgets them all.
  private static let statementLimit = 256

  private struct Statement: Hashable {
    var sql: String
    /// The same text with other types is another statement.
    var types: [UInt32]
  }

  /// Connects to a server.
  ///
  /// - Parameter parameters: libpq's connection parameters; the environment supplies what is missing.
  init(_ parameters: [String: String]) throws(PostgresFailure) {
    let opened = unsafe PostgresConnection.withParameters(parameters) { unsafe PQconnectdbParams($0, $1, 0) }
    guard let opened = unsafe opened else {
      throw PostgresFailure("there is not enough memory", isLost: true)
    }
    guard unsafe PQstatus(opened) == CONNECTION_OK else {
      let reason = unsafe PostgresConnection.text(PQerrorMessage(opened))
      let lacksPassword = unsafe PQconnectionNeedsPassword(opened) == 1
      unsafe PQfinish(opened)
      throw PostgresFailure(reason, isLost: true, lacksPassword: lacksPassword)
    }
    unsafe link = opened
    // libpq prints notices on standard error otherwise.
    unsafe PQsetNoticeProcessor(link, { _, _ in }, nil)
  }

  deinit {
    arriving?.clear()
    unsafe PQfinish(link)
  }

  /// The connection parameters that the environment or a service file sets to something unusual.
  static func defaults() -> [String: String] {
    guard let options = unsafe PQconndefaults() else { return [:] }
    return unsafe taken(options, besides: { unsafe $0.compiled })
  }

  /// The connection parameters in an address; nil where it is not one.
  static func parameters(of address: String) -> [String: String]? {
    guard let options = unsafe PQconninfoParse(address, nil) else { return nil }
    return unsafe taken(options, besides: { _ in nil })
  }

  /// The parameters that are set; frees the options.
  ///
  /// - Parameter usual: the value with which one counts as not set.
  private static func taken(
    _ options: UnsafeMutablePointer<PQconninfoOption>,
    besides usual: (PQconninfoOption) -> UnsafeMutablePointer<CChar>?
  ) -> [String: String] {
    defer { unsafe PQconninfoFree(options) }
    var parameters: [String: String] = [:]
    var option = unsafe options
    while let keyword = unsafe option.pointee.keyword {
      if let value = unsafe option.pointee.val {
        let text = unsafe String(cString: value)
        let usual = unsafe usual(option.pointee).map { unsafe String(cString: $0) }
        if text != usual { unsafe parameters[String(cString: keyword)] = text }
      }
      unsafe option += 1
    }
    return parameters
  }

  /// Whether the server takes connections: it does not while it starts or stops.
  static func isServing(_ parameters: [String: String]) -> Bool {
    unsafe withParameters(parameters) { unsafe PQpingParams($0, $1, 0) } == PQPING_OK
  }

  /// libpq's version, as 150004.
  static var libraryVersion: Int { Int(PQlibVersion()) }

  private typealias Words = UnsafePointer<UnsafePointer<CChar>?>

  private static func withParameters<Value>(_ parameters: [String: String], _ body: (Words, Words) -> Value)
    -> Value
  {
    var texts: [UInt8] = []
    var places: [(keyword: Int, value: Int)] = []
    for (keyword, value) in parameters {
      let start = texts.count
      texts += keyword.utf8
      texts.append(0)
      places.append((start, texts.count))
      texts += value.utf8
      texts.append(0)
    }
    return unsafe texts.withUnsafeBytes { buffer in
      let start = unsafe buffer.assumingMemoryBound(to: CChar.self).baseAddress
      let keywords = unsafe places.map { place in unsafe start.map { unsafe $0 + place.keyword } } + [nil]
      let values = unsafe places.map { place in unsafe start.map { unsafe $0 + place.value } } + [nil]
      return unsafe keywords.withUnsafeBufferPointer { keywords in
        unsafe values.withUnsafeBufferPointer { values in
          guard let first = keywords.baseAddress, let second = values.baseAddress else {
            preconditionFailure("an array that is not empty has an address")
          }
          return unsafe body(first, second)
        }
      }
    }
  }

  /// Whether the connection can no longer be used.
  var isLost: Bool { unsafe PQstatus(link) == CONNECTION_BAD }

  /// Whether a transaction is open, be it one that failed.
  var isInTransaction: Bool { unsafe PQtransactionStatus(link) != PQTRANS_IDLE }

  /// Whether a statement of the open transaction failed, so that it can only be rolled back.
  var hasFailed: Bool { unsafe PQtransactionStatus(link) == PQTRANS_INERROR }

  var isEncrypted: Bool { unsafe PQsslInUse(link) == 1 }

  /// A setting that the server reports of itself, such as `server_encoding`.
  func report(_ name: String) -> String? {
    unsafe PQparameterStatus(link, name).map { unsafe String(cString: $0) }
  }

  // MARK: - Statements

  /// Runs statements without parameters, separated by semicolons.
  func run(script: String) throws(PostgresFailure) {
    settle()
    try unsafe check(PQexec(link, script))
  }

  /// Runs one statement and ignores its rows. Only a statement with parameters is prepared: the others are made once.
  func run(_ sql: String, _ parameters: PostgresParameters) throws(PostgresFailure) {
    settle()
    if parameters.places.isEmpty {
      try unsafe check(PQexecParams(link, sql, 0, nil, nil, nil, nil, 0))
    } else {
      let name = try prepare(sql, parameters)
      try unsafe check(
        parameters.withArrays { unsafe PQexecPrepared(link, name, $0, $1, $2, $3, 0) })
    }
  }

  /// Calls `body` with each row. The rows are never all in memory, unless `body` runs another statement: the rows that are
  /// still to come are kept first.
  func rows(_ sql: String, _ parameters: PostgresParameters, _ body: (PostgresRows) throws -> Void) throws {
    settle()
    let name = try prepare(sql, parameters)
    let isSent = unsafe parameters.withArrays { unsafe PQsendQueryPrepared(link, name, $0, $1, $2, $3, 0) }
    guard isSent == 1 else { throw unsafe failure(nil) }
    // Fails only before anything is sent or after the first row.
    _ = unsafe PQsetSingleRowMode(link)
    let rows = unsafe PostgresRows(link)
    arriving = rows
    defer {
      rows.clear()
      if arriving === rows { arriving = nil }
    }
    while let result = unsafe rows.next() {
      switch unsafe PQresultStatus(result) {
      case PGRES_SINGLE_TUPLE: try body(rows)
      case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: break
      default: throw unsafe failure(result)
      }
    }
  }

  /// The name of a prepared statement.
  private func prepare(_ sql: String, _ parameters: PostgresParameters) throws(PostgresFailure) -> String {
    let statement = Statement(sql: sql, types: parameters.types)
    if let name = prepared[statement] { return name }
    if prepared.count >= PostgresConnection.statementLimit {
      try unsafe check(PQexec(link, "DEALLOCATE ALL"))
      prepared = [:]
    }
    let name = "tandem\(prepared.count)"
    try unsafe check(
      unsafe parameters.types.withUnsafeBufferPointer { types in
        unsafe PQprepare(link, name, sql, Int32(types.count), types.baseAddress)
      })
    prepared[statement] = name
    return name
  }

  /// Reads the rest of a statement whose rows are still arriving: the connection serves one statement at a time.
  private func settle() {
    arriving?.keepRest()
    arriving = nil
  }

  private func check(_ result: OpaquePointer?) throws(PostgresFailure) {
    defer { unsafe PQclear(result) }
    switch unsafe PQresultStatus(result) {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: break
    default: throw unsafe failure(result)
    }
  }

  private func failure(_ result: OpaquePointer?) -> PostgresFailure {
    func field(_ code: Unicode.Scalar) -> String {
      unsafe PostgresConnection.text(PQresultErrorField(result, Int32(code.value)))
    }
    // PG_DIAG_SEVERITY_NONLOCALIZED, PG_DIAG_MESSAGE_PRIMARY and PG_DIAG_SQLSTATE, which are macros of characters.
    let endsSession = ["FATAL", "PANIC"].contains(field("V"))
    let message = field("M")
    return PostgresFailure(
      message.isEmpty ? unsafe PostgresConnection.text(PQerrorMessage(link)) : message, state: field("C"),
      isLost: isLost || endsSession)
  }

  private static func text(_ words: UnsafePointer<CChar>?) -> String {
    unsafe words.map { unsafe String(cString: $0) } ?? ""
  }

  private static func text(_ words: UnsafeMutablePointer<CChar>?) -> String {
    unsafe text(words.map { unsafe UnsafePointer($0) })
  }
}

/// The rows of a statement, one after the other. As a row it is the current one.
@safe final class PostgresRows: SQLRow {
  private let link: OpaquePointer
  /// What libpq gave last: one row, the end, or an error.
  private var current: OpaquePointer?
  /// What came before the connection served another statement; the first is the last to come.
  private var kept: [OpaquePointer] = unsafe []
  private var isRead = false

  private static let boolean: UInt32 = 16

  fileprivate init(_ link: OpaquePointer) { unsafe self.link = link }

  fileprivate func next() -> OpaquePointer? {
    unsafe PQclear(current)
    if let last = unsafe kept.popLast() {
      unsafe current = last
    } else {
      unsafe current = isRead ? nil : PQgetResult(link)
      if unsafe current == nil { isRead = true }
    }
    return unsafe current
  }

  fileprivate func keepRest() {
    guard !isRead else { return }
    var rest: [OpaquePointer] = unsafe []
    while let result = unsafe PQgetResult(link) { unsafe rest.append(result) }
    unsafe kept = rest.reversed()
    isRead = true
  }

  /// Frees everything, so that the connection is free for the next statement.
  fileprivate func clear() {
    while unsafe next() != nil {}
  }

  func integer(_ column: Int) -> Int? {
    guard let text = text(column) else { return nil }
    if let number = Int(text) { return number }
    return unsafe text == "t" && PQftype(current, Int32(column)) == PostgresRows.boolean ? 1 : 0
  }

  func text(_ column: Int) -> String? {
    unsafe field(column).map { unsafe String(decoding: $0, as: UTF8.self) }
  }

  func bytes(_ column: Int) -> [UInt8]? { unsafe field(column).map { unsafe Array($0) } }

  private func field(_ column: Int) -> UnsafeRawBufferPointer? {
    precondition(unsafe column >= 0 && column < PQnfields(current), "no column \(column) in the row")
    guard unsafe PQgetisnull(current, 0, Int32(column)) == 0 else { return nil }
    return unsafe UnsafeRawBufferPointer(
      start: PQgetvalue(current, 0, Int32(column)), count: Int(PQgetlength(current, 0, Int32(column))))
  }
}

extension PostgresParameters {
  /// Calls `body` with the number of parameters and libpq's arrays: where each begins, its length, its format.
  fileprivate func withArrays<Value>(
    _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) ->
      Value
  ) -> Value {
    let lengths = places.map { Int32($0?.count ?? 0) }
    let formats = [Int32](repeating: 1, count: places.count)
    return unsafe bytes.withUnsafeBytes { buffer in
      let start = unsafe buffer.assumingMemoryBound(to: CChar.self).baseAddress
      let values = unsafe places.map { place -> UnsafePointer<CChar>? in
        guard let place, let start = unsafe start else { return nil }
        return unsafe start + place.lowerBound
      }
      return unsafe values.withUnsafeBufferPointer { values in
        unsafe lengths.withUnsafeBufferPointer { lengths in
          unsafe formats.withUnsafeBufferPointer { formats in
            unsafe body(Int32(places.count), values.baseAddress, lengths.baseAddress, formats.baseAddress)
          }
        }
      }
    }
  }
}
