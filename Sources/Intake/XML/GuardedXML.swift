import Basics
import CLibXML2

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Who listens to the events of a guarded parse.
///
/// Names are interned: equal names of one parse are one pointer. Bytes are valid during the call alone.
protocol XMLListener: AnyObject {
  func startElement(
    _ name: XMLName, namespace: XMLName?, attributes: XMLAttributes, parser: GuardedXML)
  func text(_ bytes: UnsafeBufferPointer<UInt8>, parser: GuardedXML)
  func endElement(parser: GuardedXML)
}

typealias XMLName = UnsafePointer<xmlChar>

/// The attributes of one element: five pointers each (name, prefix, namespace, value, its end).
struct XMLAttributes {
  let count: Int
  fileprivate let pointers: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?

  func name(_ index: Int) -> XMLName? { pointers?[index * 5] }

  func value(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    guard let pointers, let start = pointers[index * 5 + 3], let end = pointers[index * 5 + 4] else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return UnsafeBufferPointer(start: start, count: end - start)
  }
}

/// libxml2's push parser behind our own guards: decoded, checked and limited before and after it.
///
/// The parser runs with XML_PARSE_NONET alone. A declared entity stops it at once, which ends every attack that
/// works by expansion and lets an external DOCTYPE pass unread. Of the bytes fed, everything from the start of
/// the present row on is kept, so that a row can be shown as it is in the file.
final class GuardedXML: EndsWithFailure {
  let file: String
  let limits: XMLLimits
  /// UTF-8 of the file: what a listener holds on to, and what the parser has not consumed.
  private(set) var recent = ByteBuffer()
  /// Bytes of the document before the front of `recent`.
  private(set) var recentOffset = 0
  private(set) var transcoder = Transcoder(.utf8)
  /// The offset from which on the listener wants the bytes kept; nil for none.
  var keptFrom: Int?

  private let listener: any XMLListener
  private let declared: TextEncoding?
  private var head: [UInt8] = []
  private var hasStarted = false
  private var context: xmlParserCtxtPtr?
  /// Bytes of `recent` that were fed to the parser, and bytes of the file before `recent`.
  private var fedCount = 0
  private var originalOffset = 0
  /// Behind a pointer, so that an event costs no check for overlapping access to this object's properties.
  private let state: UnsafeMutablePointer<State>
  private var fault: SourceProblem?
  private var thrown: (any Error)?
  var failure: (any Error)?
  private var isLast = false

  private struct State {
    var depth = 0
    var textCount = 0
    var isStopped = false
    /// Names of the open elements, as many as the limit on depth allows.
    let names: UnsafeMutablePointer<XMLName?>
  }

  var depth: Int { state.pointee.depth }
  private var innermost: String {
    depth > 0 ? Self.string(state.pointee.names[min(depth, limits.depth + 1) - 1]) : ""
  }

  /// - Parameter encoding: overrides what the document says of itself.
  init(file: String, limits: XMLLimits, encoding: TextEncoding?, listener: any XMLListener) {
    self.file = file
    self.limits = limits
    self.declared = encoding
    self.listener = listener
    state = .allocate(capacity: 1)
    let names = UnsafeMutablePointer<XMLName?>.allocate(capacity: limits.depth + 1)
    names.initialize(repeating: nil, count: limits.depth + 1)
    state.initialize(to: State(names: names))
    var sax = xmlSAXHandler()
    sax.initialized = UInt32(XML_SAX2_MAGIC)
    sax.startElementNs = { data, name, _, namespace, namespaceCount, _, count, _, attributes in
      GuardedXML.of(data)?.start(
        name, namespace, Int(namespaceCount), XMLAttributes(count: Int(count), pointers: attributes))
    }
    sax.endElementNs = { data, _, _, _ in GuardedXML.of(data)?.end() }
    sax.characters = { data, bytes, count in GuardedXML.of(data)?.characters(bytes, count) }
    sax.ignorableWhitespace = sax.characters
    sax.cdataBlock = sax.characters
    sax.entityDecl = { data, name, _, _, _, _ in
      GuardedXML.of(data)?.stop(.entityDeclared(GuardedXML.string(name)))
    }
    sax.attributeDecl = { data, _, name, _, _, value, choices in
      xmlFreeEnumeration(choices)
      // Defaults are put into every element, so that a small file could grow without bounds.
      if value != nil { GuardedXML.of(data)?.stop(.attributeDefaulted(GuardedXML.string(name))) }
    }
    sax.getEntity = { data, name in
      if let predefined = xmlGetPredefinedEntity(name) { return predefined }
      GuardedXML.of(data)?.stop(.entityUsed(GuardedXML.string(name)))
      return nil
    }
    sax.serror = { data, error in
      guard let error, error.pointee.level == XML_ERR_FATAL else { return }
      GuardedXML.of(data)?.parserFailed(error)
    }
    context = xmlCreatePushParserCtxt(&sax, Unmanaged.passUnretained(self).toOpaque(), nil, 0, nil)
    xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue))
  }

  deinit {
    xmlFreeParserCtxt(context)
    state.pointee.names.deallocate()
    state.deallocate()
  }

  private static func of(_ data: UnsafeMutableRawPointer?) -> GuardedXML? {
    data.map { Unmanaged<GuardedXML>.fromOpaque($0).takeUnretainedValue() }
  }

  static func string(_ name: UnsafePointer<xmlChar>?) -> String {
    guard let name else { return "" }
    return String(cString: name)
  }

  /// The one pointer of a name in this parse.
  func intern(_ name: String) -> XMLName? {
    guard let context else { return nil }
    return name.withCString { text in
      text.withMemoryRebound(to: xmlChar.self, capacity: name.utf8.count + 1) {
        xmlDictLookup(context.pointee.dict, $0, Int32(truncatingIfNeeded: name.utf8.count))
      }
    }
  }

  /// The physical line and the byte of that line at which the parser is.
  var line: Int { context?.pointee.input.map { Int($0.pointee.line) } ?? 1 }
  var position: Int { context?.pointee.input.map { Int($0.pointee.col) } ?? 1 }

  /// Bytes of UTF-8 that the parser has consumed.
  var consumed: Int {
    guard let input = context?.pointee.input, let current = input.pointee.cur, let base = input.pointee.base
    else { return 0 }
    return Int(input.pointee.consumed) + (current - base)
  }

  /// Where the tag that is being started begins.
  var tagStart: Int {
    let end = consumed - recentOffset
    var index = min(max(end, 0), recent.count)
    while index > 0 {
      index -= 1
      if recent.base[index] == UInt8(ascii: "<") { break }
    }
    return recentOffset + index
  }

  /// The UTF-8 of the file from an offset that is kept to where the parser is.
  func bytes(from offset: Int) -> UnsafeBufferPointer<UInt8> {
    let start = offset - recentOffset
    let end = min(consumed - recentOffset, recent.count)
    guard start >= 0, start <= end else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(rebasing: recent.bytes[start..<end])
  }

  /// Line feeds between an offset and where the parser is.
  func lineFeeds(from offset: Int) -> Int {
    bytes(from: offset).count { $0 == UInt8(ascii: "\n") }
  }

  // MARK: Feeding

  /// Takes the next bytes of the file. Throws the problem that ends the parse, or what a listener threw.
  func feed(_ piece: UnsafeBufferPointer<UInt8>) throws {
    try untilFailure {
      if hasStarted {
        transcoder.transcode(piece, into: &recent)
        try parse()
      } else {
        head += piece
        try startIfReady()
      }
    }
  }

  /// Ends the document.
  func finish() throws {
    try untilFailure {
      isLast = true
      if !hasStarted {
        if head.isEmpty { throw SourceProblem(file: file, fault: .empty) }
        try startIfReady()
      }
      transcoder.finish(into: &recent)
      try parse()
      guard let context else { return }
      xmlParseChunk(context, nil, 0, 1)
      try check()
    }
  }

  private func startIfReady() throws {
    let prolog: XMLProlog
    do {
      guard let found = try XMLProlog(head: head, isWhole: isLast) else { return }
      prolog = found
    } catch {
      throw SourceProblem(file: file, line: 1, fault: error)
    }
    if let declared, !declared.isForXML {
      throw SourceProblem(file: file, line: 1, fault: .encodingRefused(declared.rawValue))
    }
    hasStarted = true
    transcoder = Transcoder(declared ?? prolog.encoding)
    originalOffset = prolog.markCount
    head.withUnsafeBufferPointer {
      transcoder.transcode(UnsafeBufferPointer(rebasing: $0[prolog.markCount...]), into: &recent)
    }
    head = []
    blankDeclaration()
    try parse()
  }

  /// Overwrites the XML declaration with blanks: it has been read, and places stay where they are.
  private func blankDeclaration() {
    guard recent.bytes.starts(with: "<?xml".utf8), recent.count > 5,
      [0x20, 0x09, 0x0A, 0x0D].contains(recent.base[5]),
      let end = recent.bytes.firstIndex(of: UInt8(ascii: ">")), end <= XMLProlog.limit
    else { return }
    for index in 0...end where recent.base[index] != 0x0A && recent.base[index] != 0x0D {
      recent.base[index] = 0x20
    }
  }

  /// Feeds what was transcoded, as far as it is whole and clean, in pieces of 64 KiB.
  private func parse() throws {
    let fresh = UnsafeBufferPointer(rebasing: recent.bytes[fedCount...])
    var good = fresh.count
    var bad: IntakeError?
    if let start = fresh.baseAddress, let found = memchr(start, 0, fresh.count) {
      good = UnsafeRawPointer(found) - UnsafeRawPointer(start)
      bad = .nul
    }
    let checked = UnsafeBufferPointer(rebasing: fresh[..<good])
    if let offset = UTF8Check.firstFault(in: checked) {
      let isCut =
        !isLast && bad == nil && UTF8Check.firstFault(in: checked, allowingCutEnd: true) == nil
      good = offset
      bad = isCut ? nil : invalid(at: fedCount + offset)
    }
    let goodEnd = fedCount + good
    while fedCount < goodEnd {
      let count = min(64 * 1024, goodEnd - fedCount)
      // The bytes are copied by the parser, so that the buffer may move in between.
      let chunk = UnsafeRawPointer(recent.base + fedCount).assumingMemoryBound(to: CChar.self)
      fedCount += count
      xmlParseChunk(context, chunk, Int32(truncatingIfNeeded: count), 0)
      try check()
      try checkHeldBack()
    }
    if let bad {
      let before = max(0, consumed - recentOffset)
      let lines = before < goodEnd ? recent.bytes[before..<goodEnd].count { $0 == UInt8(ascii: "\n") } : 0
      throw SourceProblem(file: file, line: line + lines, fault: bad)
    }
    letGo()
  }

  private func invalid(at offset: Int) -> IntakeError {
    let bytes = recent.bytes
    let length = transcoder.encoding == .utf8 ? 1 : min(3, bytes.count - offset)
    return .invalidBytes(
      transcoder.original(UnsafeBufferPointer(rebasing: bytes[offset..<(offset + length)])),
      encoding: transcoder.encoding,
      offset: originalOffset + transcoder.originalCount(UnsafeBufferPointer(rebasing: bytes[..<offset])))
  }

  /// Throws what a callback has put down.
  private func check() throws {
    if let thrown { throw thrown }
    if let fault { throw fault }
  }

  private func checkHeldBack() throws {
    let from = max(0, consumed - recentOffset)
    let held = fedCount - from
    guard held > 32 * 1024, from < fedCount else { return }
    let bytes = UnsafeBufferPointer(rebasing: recent.bytes[from..<fedCount])
    let isTag = bytes.count > 1 && bytes[0] == UInt8(ascii: "<") && bytes[1] != UInt8(ascii: "!")
    // The parser compares each attribute with each, so a tag of very many must not reach it whole.
    if isTag, bytes.count(where: { $0 == UInt8(ascii: "=") }) > 8 * limits.attributes {
      throw SourceProblem(file: file, line: line, fault: .tooManyAttributes(limit: limits.attributes))
    }
    if held > limits.heldBack {
      throw SourceProblem(
        file: file, line: line,
        fault: isTag && bytes[1] != UInt8(ascii: "?") && bytes.contains(UInt8(ascii: "="))
          ? .attributeTooLong(limit: limits.attribute) : .heldBack(limit: limits.heldBack))
    }
  }

  /// Lets the bytes go that neither the listener nor the parser needs.
  private func letGo() {
    let from = min(keptFrom ?? .max, consumed) - recentOffset
    guard from > 256 * 1024 || from > recent.count / 2, from > 0 else { return }
    let dropped = min(from, fedCount)
    originalOffset += transcoder.originalCount(UnsafeBufferPointer(rebasing: recent.bytes[..<dropped]))
    recent.removeFirst(dropped)
    recentOffset += dropped
    fedCount -= dropped
  }

  // MARK: Events

  private func start(
    _ name: XMLName?, _ namespace: XMLName?, _ namespaceCount: Int, _ attributes: XMLAttributes
  ) {
    guard !state.pointee.isStopped, let name else { return }
    state.pointee.textCount = 0
    if depth >= limits.depth { return stop(.tooDeep(limit: limits.depth)) }
    state.pointee.names[depth] = name
    state.pointee.depth += 1
    if attributes.count + namespaceCount > limits.attributes {
      return stop(.tooManyAttributes(limit: limits.attributes))
    }
    for index in 0..<attributes.count where attributes.value(index).count > limits.attribute {
      return stop(.attributeTooLong(limit: limits.attribute))
    }
    listener.startElement(name, namespace: namespace, attributes: attributes, parser: self)
    if let keptFrom, consumed - keptFrom > limits.record { stop(.recordTooLong(limit: limits.record)) }
  }

  private func end() {
    guard !state.pointee.isStopped else { return }
    listener.endElement(parser: self)
    state.pointee.depth -= 1
    state.pointee.textCount = 0
  }

  private func characters(_ bytes: UnsafePointer<xmlChar>?, _ count: Int32) {
    guard !state.pointee.isStopped else { return }
    state.pointee.textCount += Int(count)
    if state.pointee.textCount > limits.text {
      return stop(.textTooLong(limit: limits.text, element: innermost))
    }
    listener.text(UnsafeBufferPointer(start: bytes, count: Int(count)), parser: self)
  }

  /// Stops the parse with a fault at the present place. The first fault counts.
  ///
  /// - Parameter line: where the parser knows it better than by the place up to which it has read.
  func stop(_ fault: IntakeError, line: Int? = nil) {
    if !state.pointee.isStopped {
      state.pointee.isStopped = true
      self.fault = SourceProblem(
        file: file, line: line ?? self.line, position: line == nil ? position : nil, fault: fault)
    }
    xmlStopParser(context)
  }

  /// Stops the parse with what the caller of a listener threw.
  func stop(throwing error: any Error) {
    if !state.pointee.isStopped {
      state.pointee.isStopped = true
      thrown = error
    }
    xmlStopParser(context)
  }

  private func parserFailed(_ error: UnsafeMutablePointer<xmlError>) {
    guard !state.pointee.isStopped else { return }
    var words = error.pointee.message.map { String(cString: $0) } ?? "not well-formed"
    while words.last?.isNewline == true || words.last == " " { words.removeLast() }
    switch xmlParserErrors(UInt32(bitPattern: error.pointee.code)) {
    case XML_ERR_NAME_REQUIRED where words.hasPrefix("xmlParseEntityRef"), XML_ERR_ENTITYREF_SEMICOL_MISSING:
      return stop(.bareAmpersand, line: Int(error.pointee.line))
    case XML_ERR_DOCUMENT_END, XML_ERR_TAG_NOT_FINISHED, XML_ERR_GT_REQUIRED, XML_ERR_LTSLASH_REQUIRED,
      XML_ERR_COMMENT_NOT_FINISHED, XML_ERR_CDATA_NOT_FINISHED, XML_ERR_PI_NOT_FINISHED,
      XML_ERR_ATTRIBUTE_NOT_FINISHED, XML_ERR_LITERAL_NOT_FINISHED:
      if isLast, depth > 0 { return stop(.truncated(open: innermost)) }
    default: break
    }
    stop(.malformed(words))
  }
}
