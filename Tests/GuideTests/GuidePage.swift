import Foundation

/// A page of Markdown as its reader meets it: fenced blocks, headings and links, each with its line.
///
/// What the tests do with a block is said by its fence and by a comment on the line above, which no viewer shows:
/// - `sh` is run, in one shell for the whole page; `sh exit=65` ends with that code (of several failing commands, with
///   all of them: `exit=65,69`); `sh afresh` begins in the page's folder again, without what was exported before.
/// - `text` behind it is all that it shows; `text stdout` and `text stderr` are the two apart.
/// - `<!-- file: PATH -->` before any other block: the block is written to that file of the page's folder.
/// - `<!-- not run: REASON -->`: the block is for reading.
/// - `<!-- stand-in: smtp HOST:PORT -->` or `caldav URL`, anywhere: a server of the tests answers for it.
struct GuidePage {
  struct Block {
    enum Role: Equatable {
      case command(exit: [Int32], isAfresh: Bool)
      case output, standardOutput, standardErrors
      case file(String)
      /// Why nobody runs it.
      case shown(String)
      /// Neither run, nor said why.
      case unmarked
    }

    let role: Role
    /// Of the opening fence, from 1.
    let line: Int
    let lines: [String]

    var text: String { lines.map { $0 + "\n" }.joined() }
  }

  struct StandIn {
    let kind: String
    let address: String
  }

  let path: String
  let lines: [String]
  private(set) var blocks: [Block] = []
  private(set) var standIns: [StandIn] = []
  private(set) var headings: [String] = []
  private(set) var links: [(target: String, line: Int)] = []
  /// Code of a line of prose, with its line.
  private(set) var words: [(text: String, line: Int)] = []
  /// Indented code that looks like a command: it would be run by nobody.
  private(set) var indentedCommands: [Int] = []

  init(_ path: String) throws {
    try self.init(path, text: String(contentsOfFile: path, encoding: .utf8))
  }

  init(_ path: String, text: String) {
    self.path = path
    lines = text.components(separatedBy: "\n")
    var remark: String?
    var index = 0
    while index < lines.count {
      let line = lines[index]
      if line.hasPrefix("```") {
        let end = lines[(index + 1)...].firstIndex { $0.hasPrefix("```") } ?? lines.count
        let role = GuidePage.role(fence: String(line.dropFirst(3)), remark: remark)
        blocks.append(Block(role: role, line: index + 1, lines: Array(lines[(index + 1)..<end])))
        remark = nil
        index = end + 1
        continue
      }
      if line.hasPrefix("<!--") {
        let text = line.dropFirst(4).prefix { $0 != ">" }.dropLast(2).trimmingCharacters(in: .whitespaces)
        remark = text
        let parts = text.split(separator: " ").map(String.init)
        if parts.count == 3, parts[0] == "stand-in:" {
          standIns.append(StandIn(kind: parts[1], address: parts[2]))
          remark = nil
        }
      } else {
        if !line.isEmpty { remark = nil }
        read(line, number: index + 1)
      }
      index += 1
    }
  }

  private static func role(fence: String, remark: String?) -> Block.Role {
    let words = fence.split(separator: " ").map(String.init)
    if let remark, remark.hasPrefix("file: ") { return .file(String(remark.dropFirst(6))) }
    if let remark, remark.hasPrefix("not run: "), remark.count > 15 { return .shown(remark) }
    switch words.first {
    case "sh":
      let exit = words.first { $0.hasPrefix("exit=") }?.dropFirst(5) ?? ""
      return .command(
        exit: exit.split(separator: ",").compactMap { Int32($0) }, isAfresh: words.contains("afresh"))
    case "text" where words.contains("stdout"): return .standardOutput
    case "text" where words.contains("stderr"): return .standardErrors
    case "text": return .output
    default: return .unmarked
    }
  }

  private mutating func read(_ line: String, number: Int) {
    if line.hasPrefix("#") {
      headings.append(line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces))
    }
    if line.hasPrefix("    "), let first = line.split(separator: " ").first,
      first.hasPrefix("tandem") || first == "make", !line.contains("──")
    {
      indentedCommands.append(number)
    }
    // Code comes first: what stands in it is no link.
    var prose = ""
    for (place, part) in line.components(separatedBy: "`").enumerated() {
      if place % 2 == 1 { words.append((part, number)) } else { prose += part }
    }
    for part in prose.components(separatedBy: "](").dropFirst() {
      links.append((String(part.prefix { $0 != ")" }), number))
    }
  }

  /// Anchors as GitHub and others make them of headings: lower case, spaces to `-`, without other signs.
  var anchors: Set<String> {
    var anchors: Set<String> = []
    for heading in headings {
      let base = heading.lowercased().unicodeScalars.compactMap { scalar -> String? in
        if scalar == " " { return "-" }
        let isKept = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        return isKept || scalar == "-" || scalar == "_" ? String(scalar) : nil
      }.joined()
      var name = base
      var count = 0
      while !anchors.insert(name).inserted {
        count += 1
        name = "\(base)-\(count)"
      }
    }
    return anchors
  }
}
