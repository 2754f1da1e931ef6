import Basics

/// Text of a certificate on its way out, with its running digest (FNV-1a, 64 bits).
///
/// Each step of the digest is one to one, so that one changed byte always changes it.
struct CertificateLine {
  private var bytes: [UInt8] = []
  private var hash = StableHash()

  mutating func text(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func number(_ value: some BinaryInteger) { text(String(value)) }

  mutating func field(_ key: String, _ value: some BinaryInteger) {
    text(",\"\(key)\":")
    number(value)
  }

  mutating func node(_ side: String, _ index: Int, _ name: String, _ node: AssignmentProblem.Node) {
    text("{\"\(side)\":\(index),\"id\":")
    bytes.append(contentsOf: JSONValue.string(name).line)
    text(",\"capacity\":\(node.capacity),\"priority\":\(node.priority)")
  }

  mutating func prices(_ prices: Certificate.NodePrice?...) {
    for (key, price) in zip(["best", "most", "above"], prices) {
      guard let price else { continue }
      text(",\"\(key)\":[\(price.cover),\(price.potential)]")
    }
  }

  mutating func list(_ key: String, _ values: ArraySlice<some BinaryInteger>) {
    text(",\"\(key)\":[")
    var first = true
    for value in values {
      if !first { bytes.append(0x2C) }
      first = false
      number(value)
    }
    bytes.append(0x5D)
  }

  mutating func end() { text("}\n") }

  /// Hands over what is left, and the digest of everything.
  mutating func finish(_ sink: ([UInt8]) throws -> Void) rethrows {
    try flush(sink, least: 0)
    try sink(Array("{\"digest\":\"\(hash.fnv.digits(16, radix: 16))\"}\n".utf8))
  }

  /// Hands over what has gathered when it is at least `least` bytes.
  mutating func flush(_ sink: ([UInt8]) throws -> Void, least: Int = 1 << 16) rethrows {
    guard bytes.count >= least else { return }
    hash.add(bytes)
    try sink(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}

/// Reads the text of a certificate byte by byte; every key is where the writer puts it.
struct CertificateScanner {
  private let bytes: [UInt8]
  private var place = 0
  private(set) var line = 1

  /// - Throws: when the last line is no digest, or not that of the text before it.
  init(_ raw: [UInt8]) throws(CertificateError) {
    let tail = 11 + 16 + 3
    guard raw.count >= tail else { throw .syntax(line: 1) }
    let body = raw[..<(raw.count - tail)]
    let digest = StableHash(body).fnv.digits(16, radix: 16)
    guard raw[(raw.count - tail)...].elementsEqual("{\"digest\":\"\(digest)\"}\n".utf8) else {
      throw .digest
    }
    bytes = Array(body)
  }

  var isAtEnd: Bool { place == bytes.count }

  private var next: UInt8 { place < bytes.count ? bytes[place] : 0 }

  mutating func skip(_ text: String) -> Bool {
    guard bytes[place...].starts(with: text.utf8) else { return false }
    place += text.utf8.count
    return true
  }

  mutating func expect(_ text: String) throws(CertificateError) {
    guard skip(text) else { throw .syntax(line: line) }
  }

  mutating func end() throws(CertificateError) {
    try expect("}\n")
    line += 1
  }

  mutating func number() throws(CertificateError) -> Int {
    let negative = next == 0x2D
    if negative { place += 1 }
    let start = place
    var value = 0
    while next &- 0x30 <= 9 {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(next - 0x30))
      guard !overflow, !carry else { throw .syntax(line: line) }
      value = sum
      place += 1
    }
    guard place > start else { throw .syntax(line: line) }
    return negative ? -value : value
  }

  mutating func natural() throws(CertificateError) -> Int {
    let value = try number()
    guard value >= 0 else { throw .syntax(line: line) }
    return value
  }

  /// How many of something there are, each with an index of 32 bits.
  mutating func count() throws(CertificateError) -> Int {
    let value = try natural()
    guard value < Int(Int32.max) else { throw .syntax(line: line) }
    return value
  }

  mutating func small() throws(CertificateError) -> Int32 {
    guard let value = Int32(exactly: try number()) else { throw .syntax(line: line) }
    return value
  }

  mutating func count(_ key: String) throws(CertificateError) -> Int {
    try expect(",\"\(key)\":")
    return try count()
  }

  mutating func name() throws(CertificateError) -> String {
    let start = place
    repeat {
      if next == 0x5C { place += 1 }
      place += 1
      guard place < bytes.count else { throw .syntax(line: line) }
    } while next != 0x22
    place += 1
    guard let name = try? JSONValue(parsing: bytes[start..<place]).string else { throw .syntax(line: line) }
    return name
  }

  mutating func node(
    _ side: String, _ index: Int
  ) throws(CertificateError) -> (String, AssignmentProblem.Node) {
    try expect("{\"\(side)\":\(index),\"id\":")
    let name = try name()
    try expect(",\"capacity\":")
    let capacity = try small()
    try expect(",\"priority\":")
    return (name, .init(capacity: capacity, priority: try small()))
  }

  mutating func prices() throws(CertificateError) -> [Certificate.NodePrice?] {
    var prices: [Certificate.NodePrice?] = []
    for key in ["best", "most", "above"] {
      guard skip(",\"\(key)\":[") else {
        prices.append(nil)
        continue
      }
      guard let cover = UInt8(exactly: try number()), cover <= 1 else { throw .syntax(line: line) }
      try expect(",")
      let potential = try number()
      guard potential.magnitude < 1 << 62 else { throw .syntax(line: line) }
      try expect("]")
      prices.append(Certificate.NodePrice(cover: cover, potential: Int64(potential)))
    }
    return prices
  }

  /// The duals of a proof by odd sets.
  mutating func generalDual() throws(CertificateError) -> GeneralDual {
    try expect(",\"vertices\":[")
    var dual = GeneralDual(vertices: [], sets: [])
    if !skip("]") {
      repeat { dual.vertices.append(Int64(try number())) } while skip(",")
      try expect("]")
    }
    try expect(",\"sets\":[")
    if skip("]") { return dual }
    repeat {
      try expect("{\"dual\":")
      var set = GeneralMatching.OddSet(vertices: [], dual: Int64(try number()))
      try list("of", &set.vertices)
      try expect("}")
      dual.sets.append(set)
    } while skip(",")
    try expect("]")
    return dual
  }

  mutating func list(_ key: String, _ values: inout [Int32]) throws(CertificateError) {
    try expect(",\"\(key)\":[")
    if skip("]") { return }
    repeat { values.append(try small()) } while skip(",")
    try expect("]")
  }
}
