/// TNEF (MS-OXTNEF), the winmail.dat that Exchange sends to programs that it takes for Outlook.
enum TNEFFile {
  static let signature: [UInt8] = [0x78, 0x9F, 0x3E, 0x22]

  /// nil for what is no TNEF.
  static func read(_ bytes: [UInt8]) -> MAPIMessage? { read(bytes[...], depth: 0) }

  private static func read(_ bytes: ArraySlice<UInt8>, depth: Int) -> MAPIMessage? {
    guard bytes.starts(with: signature), depth < MAPIMessage.greatestDepth else { return nil }
    var message = MAPIMessage()
    var at = bytes.startIndex + 6
    while at + 9 <= bytes.endIndex {
      let head = bytes[at...]
      let length = head.number(at: 5, 4)
      // A level, a number, a length, the bytes, and their sum.
      guard at + 9 + length <= bytes.endIndex else { break }
      let value = bytes[(at + 9)..<(at + 9 + length)]
      read(head.number(at: 1, 4), value, into: &message, depth: depth)
      at += 9 + length + 2
    }
    return message
  }

  private static func read(
    _ attribute: Int, _ value: ArraySlice<UInt8>, into message: inout MAPIMessage, depth: Int
  ) {
    func old(_ tag: Int, type: Int = 0x1E) {
      if !message.properties.has(.tag(tag)) { message.properties.set(.tag(tag), type: type, Array(value)) }
    }
    switch attribute {
    case 0x0007_8008: old(0x1A)
    case 0x0001_8004: old(0x37)
    case 0x0002_800C: old(0x1000)
    case 0x0006_9007: old(0x3FFD, type: 0x03)
    case 0x0006_9003: properties(value, into: &message.properties) { _, _ in }
    case 0x0006_9002: message.attachments.append(MAPIMessage.Attachment())
    case 0x0006_800F: last(&message) { $0.bytes = Array(value) }
    case 0x0001_8010: last(&message) { $0.properties.set(.tag(0x3704), type: 0x1E, Array(value)) }
    case 0x0006_9005:
      last(&message) { attachment in
        properties(value, into: &attachment.properties) { tag, object in
          // An object begins with the identifier of its interface.
          if tag == 0x3701, let inner = read(object.dropFirst(16), depth: depth + 1) {
            attachment.message = [inner]
          }
        }
        if let bytes = attachment.properties.bytes(.tag(0x3701)), attachment.bytes.isEmpty {
          attachment.bytes = bytes
        }
      }
    case 0x0006_9004:
      var rest = value.dropFirst(4)
      for _ in 0..<min(1000, value.number(at: 0, 4)) {
        var recipient = MAPIProperties()
        let used = properties(rest, into: &recipient) { _, _ in }
        guard used > 4 else { break }
        message.recipients.append(recipient)
        rest = rest.dropFirst(used)
      }
    default: break
    }
  }

  private static func last(_ message: inout MAPIMessage, _ body: (inout MAPIMessage.Attachment) -> Void) {
    guard !message.attachments.isEmpty else { return }
    body(&message.attachments[message.attachments.count - 1])
  }

  /// A list of properties; `object` gets those that are neither texts nor numbers.
  ///
  /// - Returns: how many bytes it takes.
  @discardableResult
  private static func properties(
    _ bytes: ArraySlice<UInt8>, into properties: inout MAPIProperties,
    object: (Int, ArraySlice<UInt8>) -> Void
  ) -> Int {
    var at = 4
    func number() -> Int {
      let number = bytes.number(at: at, 4)
      at += 4
      return number
    }
    for _ in 0..<min(bytes.number(at: 0, 4), bytes.count / 4) {
      guard at + 4 <= bytes.count else { break }
      let kind = bytes.number(at: at, 2)
      let tag = bytes.number(at: at + 2, 2)
      at += 4
      var key: MAPIProperties.Key? = .tag(tag)
      if tag >= 0x8000 {
        guard at + 24 <= bytes.count else { break }
        let set = bytes.dropFirst(at).prefix(16)
        at += 16
        if number() == 0 {
          key = MAPIProperties.key(set, number())
        } else {
          let length = number()
          at += length + (4 - length % 4) % 4
          key = nil
        }
      }
      let type = kind & 0xFFF
      let isLong = [0x1E, 0x1F, 0x102, 0x0D].contains(type)
      let count = isLong || kind & 0x1000 != 0 ? number() : 1
      guard count <= bytes.count / 4 + 1 else { break }
      for index in 0..<count {
        let width =
          isLong ? number() : [0x05, 0x06, 0x07, 0x14, 0x40].contains(type) ? 8 : type == 0x48 ? 16 : 4
        guard width >= 0, at + width <= bytes.count else { return bytes.count }
        let value = bytes.dropFirst(at).prefix(width)
        at += width + (4 - width % 4) % 4
        guard index == 0, let key else { continue }
        if type == 0x0D { object(tag, value) } else { properties.set(key, type: type, Array(value)) }
      }
    }
    return at
  }
}
