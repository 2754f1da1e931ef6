import Basics
import Foundation
import Programme

@testable import Mailing

/// Writes what Outlook and Exchange write, from a line of properties: a .msg (MS-OXMSG in MS-CFB) or a winmail.dat (MS-OXTNEF).
struct OutlookSample {
  /// A property: its type, its number, the set it is of (nil: a number of its own), its value.
  private struct Property {
    var type: Int
    var number: Int
    var set: [UInt8]?
    var value: [UInt8]
    var isLong: Bool { [0x1E, 0x1F, 0x102].contains(type) }
  }

  private var properties: [Property] = []
  private var recipients: [[Property]] = []
  private var attachment: (name: String, bytes: [UInt8])?
  private var inner: [OutlookSample] = []
  /// The class in the words of old Exchange servers, as TNEF alone has it.
  private var oldClass: String?

  /// - Parameter line: `class=…, from=…, uid=…`, parted by commas or, within brackets, by semicolons.
  init(_ line: String) {
    var line = line
    if let open = line.range(of: "inner=["), let close = line.range(of: "]") {
      inner = [OutlookSample(String(line[open.upperBound..<close.lowerBound]).replacing("; ", with: ", "))]
      line.removeSubrange(open.lowerBound..<close.upperBound)
    }
    var page: Int?
    for part in line.components(separatedBy: ", ") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard pair.count == 2 else { continue }
      let value = pair[1]
      switch pair[0] {
      case "class": text(0x1A, value)
      case "old": oldClass = value
      case "from":
        text(0x65, value)
        text(0x0C1F, value)
      case "sender": text(0x0C1F, value)
      case "smtp": text(0x5D01, value)
      case "headers": text(0x7D, value)
      case "page":
        page = Int(value)
        properties.append(Property(type: 3, number: 0x3FFD, set: nil, value: Self.number(Int(value) ?? 0, 4)))
      case "body":
        if let page {
          let bytes = Iconv(from: ["UTF-8"], to: "CP\(page)")?.text(Array(value.utf8), mark: []) ?? []
          properties.append(Property(type: 0x1E, number: 0x1000, set: nil, value: bytes))
        } else {
          text(0x1000, value)
        }
      case "uid": add(0x102, 0x03, MAPIProperties.meetings, Self.globalID(of: value))
      case "goid":
        add(
          0x102, 0x03, MAPIProperties.meetings,
          Self.header(1) + Self.number(16, 4) + [UInt8](repeating: 7, count: 16))
      case "sequence": add(3, 0x8201, MAPIProperties.appointments, Self.number(Int(value) ?? 0, 4))
      case "counter": add(0x0B, 0x8257, MAPIProperties.appointments, [1, 0])
      case "reply": add(0x40, 0x8220, MAPIProperties.appointments, Self.time(value))
      case "proposed": add(0x40, 0x8250, MAPIProperties.appointments, Self.time(value))
      case "until": add(0x40, 0x8251, MAPIProperties.appointments, Self.time(value))
      case "failed":
        recipients = [[Property(type: 0x1F, number: 0x39FE, set: nil, value: Self.wide(value))]]
      case "words":
        recipients[0].append(Property(type: 0x1F, number: 0x0C1B, set: nil, value: Self.wide(value)))
      case "file":
        let file = value.split(separator: "=", maxSplits: 1).map(String.init)
        attachment = (file[0], Array(file[1].utf8))
      case "padding": text(0x1013, String(repeating: "x", count: Int(value) ?? 0))
      default: break
      }
    }
  }

  private mutating func text(_ number: Int, _ value: String) { add(0x1F, number, nil, Self.wide(value)) }

  private mutating func add(_ type: Int, _ number: Int, _ set: [UInt8]?, _ value: [UInt8]) {
    properties.removeAll { $0.number == number && $0.set == set }
    properties.append(Property(type: type, number: number, set: set, value: value))
  }

  private static func number(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  private static func wide(_ text: String) -> [UInt8] { text.utf16.flatMap { number(Int($0), 2) } }

  private static func time(_ text: String) -> [UInt8] {
    let seconds = Timestamp(rfc3339: text)?.secondsSinceEpoch ?? 0
    return number((seconds + 11_644_473_600) * 10_000_000, 8)
  }

  private static func header(_ day: Int) -> [UInt8] {
    [0x04, 0, 0, 0, 0x82, 0, 0xE0, 0, 0x74, 0xC5, 0xB7, 0x10, 0x1A, 0x82, 0xE0, 0x08] + [0, 0, 0, UInt8(day)]
      + [UInt8](repeating: 0, count: 16)
  }

  private static func globalID(of uid: String) -> [UInt8] {
    let data = Array("vCal-Uid".utf8) + [1, 0, 0, 0] + Array(uid.utf8) + [0]
    return header(0) + number(data.count, 4) + data
  }

  // MARK: .msg

  private indirect enum Node {
    case stream(String, [UInt8])
    case storage(String, [Node])

    var name: String {
      switch self {
      case .stream(let name, _), .storage(let name, _): name
      }
    }
  }

  var msg: [UInt8] {
    var names: [(set: [UInt8], number: Int)] = []
    var nodes = contents(header: 32, &names)
    let entries = names.enumerated().flatMap { index, name -> [UInt8] in
      let set = name.set == MAPIProperties.appointments ? 3 : 4
      return Self.number(name.number, 4) + Self.number(set << 1, 2) + Self.number(index, 2)
    }
    nodes.append(
      .storage(
        "__nameid_version1.0",
        [
          .stream("__substg1.0_00020102", MAPIProperties.appointments + MAPIProperties.meetings),
          .stream("__substg1.0_00030102", entries), .stream("__substg1.0_00040102", []),
        ]))
    return Self.compound(nodes)
  }

  private func contents(header: Int, _ names: inout [(set: [UInt8], number: Int)]) -> [Node] {
    var nodes = Self.nodes(properties, header: header, &names)
    for (index, recipient) in recipients.enumerated() {
      nodes.append(
        .storage(
          "__recip_version1.0_#0000000\(index)", Self.nodes(recipient, header: 8, &names)))
    }
    if let attachment {
      let list = [
        Property(type: 0x1F, number: 0x3707, set: nil, value: Self.wide(attachment.name)),
        Property(type: 0x102, number: 0x3701, set: nil, value: attachment.bytes),
      ]
      nodes.append(
        .storage("__attach_version1.0_#00000000", Self.nodes(list, header: 8, &names)))
    }
    for message in inner {
      let list = [Property(type: 3, number: 0x3705, set: nil, value: Self.number(5, 4))]
      let own = Self.nodes(list, header: 8, &names)
      nodes.append(
        .storage(
          "__attach_version1.0_#00000001",
          own + [.storage("__substg1.0_3701000D", message.contents(header: 24, &names))]))
    }
    return nodes
  }

  private static func nodes(
    _ properties: [Property], header: Int, _ names: inout [(set: [UInt8], number: Int)]
  ) -> [Node] {
    var nodes: [Node] = []
    var list = [UInt8](repeating: 0, count: header)
    for property in properties {
      var tag = property.number
      if let set = property.set {
        let index =
          names.firstIndex { $0.set == set && $0.number == property.number } ?? names.count
        if index == names.count { names.append((set, property.number)) }
        tag = 0x8000 + index
      }
      list += number(property.type, 2) + number(tag, 2) + number(6, 4)
      if property.isLong {
        list += number(property.value.count, 8)
        let digits = String(tag, radix: 16, uppercase: true)
        let type = String(property.type, radix: 16, uppercase: true)
        nodes.append(
          .stream(
            "__substg1.0_" + String(repeating: "0", count: 4 - digits.count) + digits
              + String(repeating: "0", count: 4 - type.count) + type, property.value))
      } else {
        list += property.value + [UInt8](repeating: 0, count: 8 - property.value.count)
      }
    }
    return nodes + [.stream("__properties_version1.0", list)]
  }

  /// MS-CFB, version 3: sectors of 512 bytes, short ones of 64.
  private static func compound(_ nodes: [Node]) -> [UInt8] {
    struct Entry {
      var name: String
      var type: UInt8
      var right = 0xFFFF_FFFF
      var child = 0xFFFF_FFFF
      var first = 0xFFFF_FFFE
      var size = 0
    }
    var entries = [Entry(name: "Root Entry", type: 5)]
    var sectors: [[UInt8]] = []
    var table: [Int] = []
    var short: [UInt8] = []
    var shortTable: [Int] = []
    func place(_ bytes: [UInt8]) -> Int {
      guard !bytes.isEmpty else { return 0xFFFF_FFFE }
      let first = sectors.count
      for at in stride(from: 0, to: bytes.count, by: 512) {
        let part = Array(bytes[at..<min(bytes.count, at + 512)])
        sectors.append(part + [UInt8](repeating: 0, count: 512 - part.count))
        table.append(at + 512 < bytes.count ? sectors.count : 0xFFFF_FFFE)
      }
      return first
    }
    /// Siblings are a list to the right: any order is a tree.
    func add(_ nodes: [Node], to parent: Int) {
      var before: Int?
      for node in nodes {
        let index = entries.count
        switch node {
        case .stream(let name, let bytes):
          var entry = Entry(name: name, type: 2)
          entry.size = bytes.count
          if bytes.count >= 4096 {
            entry.first = place(bytes)
          } else if !bytes.isEmpty {
            entry.first = short.count / 64
            for at in stride(from: 0, to: bytes.count, by: 64) {
              let part = Array(bytes[at..<min(bytes.count, at + 64)])
              short += part + [UInt8](repeating: 0, count: 64 - part.count)
              shortTable.append(at + 64 < bytes.count ? short.count / 64 : 0xFFFF_FFFE)
            }
          }
          entries.append(entry)
        case .storage(let name, let inside):
          entries.append(Entry(name: name, type: 1))
          add(inside, to: index)
        }
        if let before { entries[before].right = index } else { entries[parent].child = index }
        before = index
      }
    }
    add(nodes, to: 0)
    entries[0].first = place(short)
    entries[0].size = short.count
    let shortFirst = place(shortTable.flatMap { number($0, 4) })
    let shortCount = (shortTable.count * 4 + 511) / 512
    var directory: [UInt8] = []
    for entry in entries {
      let name = wide(entry.name)
      directory += name + [UInt8](repeating: 0, count: 64 - name.count) + number(name.count + 2, 2)
      directory += [entry.type, 1] + number(0xFFFF_FFFF, 4) + number(entry.right, 4) + number(entry.child, 4)
      directory += [UInt8](repeating: 0, count: 36) + number(entry.first, 4) + number(entry.size, 8)
    }
    let directoryFirst = place(directory)
    let tableFirst = sectors.count
    var tableCount = 1
    while tableCount * 128 < sectors.count + tableCount { tableCount += 1 }
    table += [Int](repeating: 0xFFFF_FFFD, count: tableCount)
    table += [Int](repeating: 0xFFFF_FFFF, count: tableCount * 128 - table.count)
    var head: [UInt8] = CompoundFile.signature + [UInt8](repeating: 0, count: 16)
    head += number(0x3E, 2) + number(3, 2) + number(0xFFFE, 2) + number(9, 2) + number(6, 2)
    head +=
      [UInt8](repeating: 0, count: 10) + number(tableCount, 4) + number(directoryFirst, 4) + number(0, 4)
    head +=
      number(4096, 4) + number(shortFirst, 4) + number(shortCount, 4) + number(0xFFFF_FFFE, 4) + number(0, 4)
    for index in 0..<109 { head += number(index < tableCount ? tableFirst + index : 0xFFFF_FFFF, 4) }
    return head + sectors.flatMap { $0 } + table.flatMap { number($0, 4) }
  }

  // MARK: winmail.dat

  var tnef: [UInt8] {
    var bytes: [UInt8] = TNEFFile.signature + [1, 0]
    func add(_ level: UInt8, _ attribute: Int, _ value: [UInt8]) {
      bytes += [level] + Self.number(attribute, 4) + Self.number(value.count, 4) + value
      bytes += Self.number(value.reduce(0) { $0 + Int($1) } & 0xFFFF, 2)
    }
    add(1, 0x0008_9006, Self.number(0x10000, 4))
    add(1, 0x0006_9007, Self.number(1252, 8))
    if let oldClass { add(1, 0x0007_8008, Array(oldClass.utf8) + [0]) }
    add(1, 0x0006_9003, Self.list(properties))
    if let attachment {
      add(2, 0x0006_9002, [UInt8](repeating: 0, count: 14))
      add(2, 0x0001_8010, Array(attachment.name.utf8) + [0])
      add(2, 0x0006_800F, attachment.bytes)
    }
    return bytes
  }

  private static func list(_ properties: [Property]) -> [UInt8] {
    func padded(_ bytes: [UInt8]) -> [UInt8] {
      bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
    }
    var bytes = number(properties.count, 4)
    for property in properties {
      bytes += number(property.type, 2)
      if let set = property.set {
        bytes += number(0x8000 + property.number & 0xFFF, 2) + set + number(0, 4) + number(property.number, 4)
      } else {
        bytes += number(property.number, 2)
      }
      if property.isLong { bytes += number(1, 4) + number(property.value.count, 4) }
      bytes += padded(property.value)
    }
    return bytes
  }

  // MARK: S/MIME and uuencode

  /// A CMS message of signed data without a signature, of no given lengths, as Outlook writes it.
  static func signed(_ content: [UInt8]) -> [UInt8] {
    func part(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
      [tag, 0x82] + [UInt8(content.count >> 8), UInt8(content.count & 255)] + content
    }
    func open(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] { [tag, 0x80] + content + [0, 0] }
    let half = content.count / 2
    let octets = open(0x24, part(0x04, Array(content[..<half])) + part(0x04, Array(content[half...])))
    let data: [UInt8] = [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01]
    let signed: [UInt8] = [0x06, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]
    let inside = [0x02, 1, 1] + [0x31, 0] + open(0x30, data + open(0xA0, octets)) + [0x31, 0]
    return open(0x30, signed + open(0xA0, open(0x30, inside)))
  }

  static func uuencoded(_ content: [UInt8]) -> [UInt8] {
    func letter(_ value: UInt8) -> UInt8 { value & 63 == 0 ? 0x60 : value & 63 + 0x20 }
    var text: [UInt8] = Array("begin 644 reply.ics\r\n".utf8)
    for at in stride(from: 0, to: content.count, by: 45) {
      let line = Array(content[at..<min(content.count, at + 45)])
      text.append(letter(UInt8(line.count)))
      for group in stride(from: 0, to: line.count, by: 3) {
        let three = (0..<3).map { group + $0 < line.count ? line[group + $0] : 0 }
        text += [
          letter(three[0] >> 2), letter(three[0] << 4 | three[1] >> 4), letter(three[1] << 2 | three[2] >> 6),
          letter(three[2]),
        ]
      }
      text += [13, 10]
    }
    return text + Array("`\r\nend\r\n".utf8)
  }
}
