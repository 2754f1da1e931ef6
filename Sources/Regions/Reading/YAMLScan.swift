/// What must be known of a YAML text before Yams may compose it: mistakes that a YAML parser names badly, one at a
/// time or not at all (tabs, doubled keys), and those that must never reach it (aliases that expand without
/// bound, nesting without end).
///
/// One pass over the bytes, O(n). It follows YAML 1.2 block and flow style closely enough to know where a value begins;
/// anchors, aliases, tags and complex keys are refused as a whole, so nothing expands. A class and not a struct:
/// its methods change it byte by byte, and a struct would be copied for each call that keeps it.
final class YAMLScan {
  struct Mistake: Hashable {
    var line: Int
    var column: Int
    var code: String
    var message: String
  }

  struct Place: Hashable {
    var line: Int
    var column: Int
  }

  /// In the order of the text.
  private(set) var mistakes: [Mistake] = []
  /// The text may not be composed: what is there is not configuration.
  private(set) var isFatal = false
  /// Where doubled keys are: in `bytes` their first letter is made unlike any other, so that the rest can be read.
  private(set) var doubled: Set<Place> = []
  private(set) var bytes: [UInt8]

  static let depthLimit = 24

  private enum Level {
    case keys(column: Int, names: [String: Int])
    case dash(column: Int)

    var column: Int {
      switch self {
      case .keys(let column, _), .dash(let column): column
      }
    }
  }

  private var position = 0
  private var lineStart = 0
  private var line = 1
  private var levels: [Level] = []
  /// Names in each open `{`, nil for `[`.
  private var flow: [[String: Int]?] = []
  private var quote: UInt8?
  /// What follows would be misread.
  private var isOver = false
  /// Column of the innermost key or dash: what is deeper belongs to its value.
  private var parent = -1
  /// Inside a block scalar, or a plain one that goes on: all lines deeper than this column.
  private var textBelow: Int?
  private var flowPlain = false
  private var replacements: [(index: Int, length: Int)] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    while position < self.bytes.count, !isOver, !isFatal || mistakes.count < 20 { scanLine() }
    repair()
  }

  private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0x0A }
  private func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
  private func endsToken(_ byte: UInt8) -> Bool { isBlank(byte) || isBreak(byte) }

  private func column(_ index: Int) -> Int {
    var count = 1
    for byte in bytes[min(lineStart, index)..<index] where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }

  private func complain(_ index: Int, _ code: String, _ message: String, fatal: Bool = true) {
    mistakes.append(Mistake(line: line, column: column(index), code: code, message: message))
    if fatal { isFatal = true }
  }

  private func endLine() {
    while position < bytes.count, !isBreak(bytes[position]) { position += 1 }
    if position < bytes.count {
      position += byte(position) == 0x0D && byte(position + 1) == 0x0A ? 2 : 1
    }
    line += 1
    lineStart = position
  }

  private func scanLine() {
    defer { endLine() }
    if !flow.isEmpty { return scanFlow() }
    var tab: Int?
    while isBlank(byte(position)) {
      if byte(position) == 0x09, tab == nil { tab = position }
      position += 1
    }
    if isBreak(byte(position)) { return }
    let indent = position - lineStart
    if let below = textBelow {
      if indent > below { return }
      textBelow = nil
    }
    if byte(position) == 0x23 { return }
    if let tab {
      return complain(
        tab, "tab", "a tab in the indentation: YAML indents with spaces only, so replace it with two")
    }
    if indent == 0 {
      let marker = bytes[position..<min(position + 3, bytes.count)]
      if marker.elementsEqual("---".utf8) || marker.elementsEqual("...".utf8), endsToken(byte(position + 3)) {
        levels = []
        parent = -1
        position += 3
      }
    }
    scanBlock(start: true)
  }

  /// From `position` to the end of the line, outside of brackets.
  private func scanBlock(start: Bool) {
    if start { parent = -1 }
    var tokens = 0
    while !isBreak(byte(position)) {
      let here = byte(position)
      let next = byte(position + 1)
      if isBlank(here) {
        position += 1
        continue
      }
      tokens += 1
      if tokens > YAMLScan.depthLimit || levels.count > YAMLScan.depthLimit {
        return refuseDepth()
      }
      switch here {
      case 0x23: return
      case 0x2D where endsToken(next):
        enter(dash: position)
        position += 1
      case 0x3F where endsToken(next):
        return refuseComplexKey()
      case 0x26 where !endsToken(next), 0x2A where !endsToken(next):
        refuseAnchor(here)
      case 0x21:
        return complain(position, "tag", "a tag (`!`): take it out; what a value is follows from its key")
      case 0x7C, 0x3E:
        textBelow = parent
        return
      case 0x5B, 0x7B:
        return scanFlow()
      case 0x22, 0x27:
        let first = position
        position += 1
        quote = here
        guard closeQuote() else { return refuseQuote(first) }
        guard colonFollows() else { continue }
        enter(key: first + 1, end: keyEnd(first), at: first)
      default:
        let first = position
        guard let colon = plainKeyEnd() else {
          textBelow = parent
          return
        }
        enter(key: first, end: colon, at: first)
        position = colon + 1
      }
    }
  }

  private func scanFlow() {
    while !isBreak(byte(position)) {
      let here = byte(position)
      let next = byte(position + 1)
      switch here {
      case _ where isBlank(here):
        position += 1
        if byte(position) == 0x23 { return }
      case 0x23 where position == lineStart: return
      case 0x5B, 0x7B:
        flowPlain = false
        guard flow.count < YAMLScan.depthLimit else {
          return refuseDepth()
        }
        flow.append(here == 0x7B ? [:] : nil)
        position += 1
      case 0x5D, 0x7D:
        flowPlain = false
        flow.removeLast(min(1, flow.count))
        position += 1
        if flow.isEmpty { return scanBlock(start: false) }
      case 0x2C:
        flowPlain = false
        position += 1
      case 0x3A where endsToken(next) || isFlowIndicator(next) || !flowPlain:
        flowPlain = false
        position += 1
      case _ where flowPlain:
        position += 1
      case 0x3F where endsToken(next):
        return refuseComplexKey()
      case 0x26 where !endsToken(next), 0x2A where !endsToken(next):
        refuseAnchor(here)
      case 0x21:
        return complain(position, "tag", "a tag (`!`): take it out; what a value is follows from its key")
      case 0x22, 0x27:
        let first = position
        position += 1
        quote = here
        guard closeQuote() else { return refuseQuote(first) }
        if colonFollows() { enterFlow(key: first + 1, end: keyEnd(first), at: first) }
      default:
        let first = position
        var end = position
        while !isBreak(byte(end)), !isFlowIndicator(byte(end)),
          !(byte(end) == 0x3A && (endsToken(byte(end + 1)) || isFlowIndicator(byte(end + 1)))),
          !(byte(end) == 0x23 && end > first && isBlank(byte(end - 1)))
        { end += 1 }
        if byte(end) == 0x3A { enterFlow(key: first, end: end, at: first) }
        flowPlain = true
        position = max(end, first + 1)
      }
    }
  }

  private func isFlowIndicator(_ byte: UInt8) -> Bool {
    byte == 0x2C || byte == 0x5B || byte == 0x5D || byte == 0x7B || byte == 0x7D
  }

  /// Whether the quote closes on this line; `position` is then after it.
  private func closeQuote() -> Bool {
    while !isBreak(byte(position)) {
      let here = byte(position)
      if here == 0x5C, quote == 0x22, !isBreak(byte(position + 1)) {
        position += 2
      } else if here == quote {
        if here == 0x27, byte(position + 1) == 0x27 {
          position += 2
        } else {
          position += 1
          quote = nil
          return true
        }
      } else {
        position += 1
      }
    }
    return false
  }

  /// Whether a colon follows a quoted word; `position` is then after it.
  private func colonFollows() -> Bool {
    var index = position
    while isBlank(byte(index)) { index += 1 }
    guard byte(index) == 0x3A else { return false }
    position = index + 1
    return true
  }

  private func keyEnd(_ first: Int) -> Int {
    var index = first + 1
    while index < position, byte(index) != byte(first) { index += 1 }
    return index
  }

  /// The colon that ends a plain key which begins at `position`; nil where no key begins.
  private func plainKeyEnd() -> Int? {
    var index = position
    while !isBreak(byte(index)) {
      if byte(index) == 0x3A, endsToken(byte(index + 1)) { return index }
      if byte(index) == 0x23, index > position, isBlank(byte(index - 1)) { return nil }
      index += 1
    }
    return nil
  }

  private func enter(dash index: Int) {
    let column = index - lineStart
    while let last = levels.last, last.column > column { levels.removeLast() }
    if case .dash(column)? = levels.last {} else { levels.append(.dash(column: column)) }
    parent = column
  }

  private func enter(key first: Int, end: Int, at index: Int) {
    let column = index - lineStart
    while let last = levels.last {
      if last.column > column {
        levels.removeLast()
      } else if case .dash(column) = last {
        levels.removeLast()
      } else {
        break
      }
    }
    let name = text(first, end)
    if case .keys(column, var names)? = levels.last {
      levels.removeLast()
      note(name, in: &names, first: first, at: index)
      levels.append(.keys(column: column, names: names))
    } else {
      levels.append(.keys(column: column, names: [name: line]))
    }
    parent = column
  }

  private func enterFlow(key first: Int, end: Int, at index: Int) {
    guard case .some(.some(var names)) = flow.last else { return }
    note(text(first, end), in: &names, first: first, at: index)
    flow[flow.count - 1] = names
  }

  private func text(_ first: Int, _ end: Int) -> String {
    var end = end
    while end > first, isBlank(bytes[end - 1]) { end -= 1 }
    return String(decoding: bytes[first..<max(first, end)], as: UTF8.self)
  }

  private func note(_ name: String, in names: inout [String: Int], first: Int, at index: Int) {
    guard let earlier = names[name] else {
      names[name] = line
      return
    }
    guard !name.isEmpty else { return }
    complain(
      index, "duplicate-key",
      "`\(name)` appears here a second time, first on line \(earlier): keep one of the two",
      fatal: false)
    doubled.insert(Place(line: line, column: column(index)))
    var length = 1
    while byte(first + length) & 0xC0 == 0x80 { length += 1 }
    replacements.append((first, length))
  }

  private func refuseQuote(_ first: Int) {
    quote = nil
    isOver = true
    complain(
      first, "open-quote",
      "a quote that does not close on its line: close it, or write a text of several lines below `|`")
  }

  private func refuseComplexKey() {
    isOver = true
    complain(position, "complex-key", "a complex key (`? `): write the key and a colon")
  }

  private func refuseDepth() {
    isOver = true
    complain(position, "too-deep", "nested more than \(YAMLScan.depthLimit) deep: no setting is")
  }

  private func refuseAnchor(_ kind: UInt8) {
    complain(
      position, "anchor",
      kind == 0x26
        ? "an anchor (`&`): anchors are not read, so write the value out, or quote the word if it is text"
        : "an alias (`*`): aliases are not read, so write the value out, or quote the word if it is text")
    while !endsToken(byte(position)), flow.isEmpty || !isFlowIndicator(byte(position)) { position += 1 }
  }

  private func repair() {
    for (number, place) in replacements.enumerated().reversed() {
      let scalar = Unicode.Scalar(UInt32(0xE000 + number % 6400)) ?? "\u{E000}"
      bytes.replaceSubrange(place.index..<place.index + place.length, with: Array(String(scalar).utf8))
    }
  }
}
