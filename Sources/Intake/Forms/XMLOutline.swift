/// The element paths at the beginning of an XML file, by local names: enough to tell which export it is.
///
/// A look at the tags alone, not a parser: what it sees decides on a form and on nothing else.
struct XMLOutline {
  /// `document/responses/rows/row` and every other path seen, with how often.
  private(set) var paths: [String: Int] = [:]
  private(set) var root: String?

  /// O(*n*) in the bytes of the piece.
  init(_ piece: [UInt8]) {
    // UTF-16 has a zero byte beside each ASCII character.
    let isWide = piece.prefix(64).contains(0)
    let bytes = isWide ? piece.filter { $0 != 0 } : piece
    var path: [String] = []
    var index = 0
    while let open = bytes[index...].firstIndex(of: 0x3C) {
      index = open + 1
      guard index < bytes.count else { return }
      switch bytes[index] {
      case UInt8(ascii: "!"):
        let isData = bytes[index...].starts(with: "![CDATA[".utf8)
        let end: [UInt8] = isData ? Array("]]>".utf8) : bytes[index...].starts(with: "!--".utf8) ? Array("-->".utf8) : [0x3E]
        guard let next = XMLOutline.end(of: end, in: bytes, from: index) else { return }
        index = next
      case UInt8(ascii: "?"):
        guard let next = XMLOutline.end(of: Array("?>".utf8), in: bytes, from: index) else { return }
        index = next
      case UInt8(ascii: "/"):
        _ = path.popLast()
      default:
        guard let close = bytes[index...].firstIndex(of: 0x3E) else { return }
        let tag = bytes[index..<close]
        let name = tag.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
        let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
        guard path.count < 64, paths.count < 4096 else { return }
        path.append(String(decoding: local, as: UTF8.self))
        if root == nil { root = path.first }
        paths[path.joined(separator: "/"), default: 0] += 1
        if tag.last == UInt8(ascii: "/") { path.removeLast() }
        index = close + 1
      }
    }
  }

  /// Whether elements stand at the path; its conditions and attributes are not looked at.
  func has(_ path: String) -> Bool {
    guard let wanted = try? ElementPath(path) else { return false }
    let names = wanted.steps.map(\.name)
    if !names.contains(nil) { return paths[names.compactMap { $0 }.joined(separator: "/")] != nil }
    return paths.keys.contains { path in
      let steps = path.split(separator: "/")
      return steps.count == names.count && zip(names, steps).allSatisfy { $0 == nil || $0 == String($1) }
    }
  }

  private static func end(of mark: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while let found = bytes[index...].firstIndex(of: mark[0]) {
      if bytes[found...].starts(with: mark) { return found + mark.count }
      index = found + 1
    }
    return nil
  }
}
